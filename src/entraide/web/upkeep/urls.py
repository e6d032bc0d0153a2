"""Addresses of the upkeep area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.upkeep import views

app_name = "upkeep"
urlpatterns: list[URLPattern | URLResolver] = [
    path("mechanisms/<uuid:mechanism_id>/", views.keep_mechanism, name="mechanism"),
    path("meetings/<uuid:meeting_id>/", views.keep_meeting, name="meeting"),
]
