"""Addresses of the sources area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.sources import kinds, views

app_name = "sources"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_sources, name="sources"),
    path("kinds/", kinds.show_kinds, name="kinds"),
    path("<uuid:source_id>/", views.show_source, name="source"),
]
