"""The page that shows every component in every state, and the choice of a theme."""

from datetime import timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from entraide.web.context import THEME_COOKIE, THEMES
from entraide.web.design.forms import SampleForm
from entraide.web.design.samples import sample_context
from entraide.web.http import node_of

YEAR = timedelta(days=365)


@require_GET
def show_components(request: HttpRequest) -> HttpResponse:
    """Show the design system with the snippets that produce it."""
    broken = SampleForm({"broken-kind": "preservation", "broken-confirmed": ""}, prefix="broken")
    broken.is_valid()
    page = Paginator(range(240), 20).get_page(request.GET.get("page", "5"))
    context = sample_context(node_of(request).clock.now()) | {"form": SampleForm(), "broken": broken, "page": page}
    return render(request, "design/components.html", context)


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember the reader's theme for a year and go back; works without a script."""
    there = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        there = "/"
    response = HttpResponseRedirect(there)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        # Readable by theme.js, which changes it without a page load; it holds nothing but a word.
        response.set_cookie(THEME_COOKIE, theme, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response
