"""Addresses of the design area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.design import views

app_name = "design"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_components, name="components"),
    path("theme/", views.set_theme, name="theme"),
]
