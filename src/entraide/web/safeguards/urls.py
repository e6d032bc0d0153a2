"""Addresses of the safeguards area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.safeguards import views

app_name = "safeguards"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_rules, name="rules"),
    path("<slug:rule_id>/", views.show_rule, name="rule"),
]
