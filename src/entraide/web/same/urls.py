"""Addresses of the pages of identity."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.same import views

app_name = "same"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_questions, name="questions"),
    path("compare/", views.compare, name="compare"),
    path("answer/", views.answer, name="answer"),
    path("joined/", views.show_joins, name="joins"),
    path("joined/<uuid:join_id>/split/", views.split, name="split"),
]
