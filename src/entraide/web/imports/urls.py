"""Addresses of the imports."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.imports import views

app_name = "imports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_imports, name="imports"),
    path("new/", views.give, name="new"),
    path("<uuid:import_id>/", views.show_difference, name="difference"),
    path("<uuid:import_id>/apply/", views.apply, name="apply"),
    path("<uuid:import_id>/drop/", views.drop, name="drop"),
]
