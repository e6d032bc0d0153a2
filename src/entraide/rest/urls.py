"""Addresses of the interface for programs: `/api/openapi.json` describes what stands under `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from entraide.rest import counts, directory, register
from entraide.rest.interface import VERSION, api

for part in (directory, register, counts):
    api.add_router(f"/v{VERSION}", part.router)

urlpatterns: list[URLPattern | URLResolver] = [path("", api.urls)]
