"""What search engines are told: which pages are public, and where all of them are listed."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

PRIVATE = (
    "accounts",
    "acts",
    "checks",
    "desk",
    "error-reports",
    "imports",
    "journal",
    "pairing",
    "plans",
    "proposals",
    "requests",
    "same",
    "search",
    "upkeep",
)
"""First parts of addresses that are not for search engines."""


@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:
    """Tell which pages are not for search engines, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: /{area}/" for area in PRIVATE)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('feeds:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
