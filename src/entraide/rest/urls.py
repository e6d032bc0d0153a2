"""Addresses of the interface for programs: `/api/openapi.json` describes what stands under `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from entraide.rest.openapi import describe
from entraide.rest.routers import COMPLETE
from entraide.rest.serving import nothing_here, serve_publicly, with_any_origin

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", with_any_origin(describe), name="openapi"),
    *(
        serve_publicly(pattern)
        for pattern in COMPLETE.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name != "api-root"
    ),
    path("", with_any_origin(nothing_here)),
    path("<path:rest>", with_any_origin(nothing_here)),
]
