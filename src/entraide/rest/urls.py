"""Addresses of the interface for programs: `/api/openapi.json` describes what stands under `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from entraide.rest import counts, details, directory, register, sources
from entraide.rest.interface import VERSION, api
from entraide.rest.operations import add_operations
from entraide.rest.serving import describe, nothing_here, serve_publicly, with_any_origin

add_operations(register.router, directory.router)
for part in (directory, register, details, sources, counts):
    api.add_router(f"/v{VERSION}", part.router)

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", with_any_origin(describe), name="openapi"),
    *(
        serve_publicly(pattern)
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name != "api-root"
    ),
    path("", with_any_origin(nothing_here)),
    path("<path:rest>", with_any_origin(nothing_here)),
]
