"""Addresses of acts on the register."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.acts import views

app_name = "acts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_latest, name="latest"),
    path("facts/<uuid:fact_id>/", views.show_history, name="history"),
    path("<uuid:act_id>/", views.undo, name="undo"),
    path("<uuid:act_id>/batch/", views.undo_batch, name="batch"),
    path("<uuid:act_id>/restore/", views.restore, name="restore"),
]
