"""Addresses of the pairing area."""

from django.urls import URLPattern, URLResolver

app_name = "pairing"
urlpatterns: list[URLPattern | URLResolver] = []
