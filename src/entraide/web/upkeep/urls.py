"""Addresses of the upkeep area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.upkeep import fact_forms, views

app_name = "upkeep"
urlpatterns: list[URLPattern | URLResolver] = [
    path("mechanisms/<uuid:mechanism_id>/", views.keep_mechanism, name="mechanism"),
    path("meetings/<uuid:meeting_id>/", views.keep_meeting, name="meeting"),
    *(
        path(f"{kind.table}/new/", fact_forms.enter, {"name": kind.name}, name=f"new_{kind.name}")
        for kind in fact_forms.list_entered_kinds()
    ),
    *(
        path(f"{kind.table}/<uuid:fact_id>/", fact_forms.amend, {"name": kind.name}, name=kind.name)
        for kind in fact_forms.list_entered_kinds()
    ),
]
