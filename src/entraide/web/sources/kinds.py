"""How sources are weighed: the rule that decides which of two contradictory values is shown, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from entraide.programme.api import WEIGHTS, SourceKind
from entraide.web.sourcekinds import SOURCE_KINDS

MEANINGS: dict[SourceKind, str | Promise] = {
    SourceKind.SIGNED_TEXT: gettext_lazy(
        "The text itself, as the parties signed it: minutes, a memorandum, a plan. "
        "What a plan signed on this node says counts as such."
    ),
    SourceKind.OFFICIAL_RELEASE: gettext_lazy(
        "What a ministry, a government or an embassy published under its own name about what it did."
    ),
    SourceKind.PRESS: gettext_lazy("What a newspaper, an agency or a broadcaster reported."),
}


@require_GET
def show_kinds(request: HttpRequest) -> HttpResponse:
    """Explain the kinds of sources, the weightiest first, and what happens where two of them disagree."""
    kinds = sorted(SourceKind, key=lambda kind: -WEIGHTS[kind])
    trail = [
        {"label": _("Register"), "href": "/"},
        {"label": _("Sources"), "href": reverse("sources:sources")},
        {"label": _("How sources are weighed")},
    ]
    shown = [(SOURCE_KINDS[kind], MEANINGS[kind], WEIGHTS[kind]) for kind in kinds]
    return render(request, "sources/kinds.html", {"kinds": shown, "trail": trail})
