"""Addresses of the checks that warn."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.checks import views

app_name = "checks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_warnings, name="warnings"),
    path("answer/", views.answer, name="answer"),
]
