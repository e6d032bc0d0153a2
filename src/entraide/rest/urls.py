"""Addresses of the interface for programs: `/api/openapi.json` describes what stands under `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from entraide.rest.directory import router as directory
from entraide.rest.interface import VERSION, api

api.add_router(f"/v{VERSION}", directory)

urlpatterns: list[URLPattern | URLResolver] = [path("", api.urls)]
