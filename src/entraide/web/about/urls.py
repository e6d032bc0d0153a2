"""Addresses of the pages about the register; they are permanent."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.about import interface, views

app_name = "about"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_overview, name="overview"),
    path("api/", interface.show_interface, name="api"),
    path("texts/", views.list_texts, name="texts"),
    path("texts/<slug:name>/<slug:language>/", views.write, name="write"),
    path("texts/<slug:name>/<slug:language>/default/", views.go_back, name="default"),
    path("reporting/", views.switch, name="switch"),
    path("<slug:name>/", views.show_page, name="page"),
]
