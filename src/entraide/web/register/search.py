"""Search of the public register: what the words were found in, by kind, with the find marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.search.api import find_documents
from entraide.web.register.hits import KINDS, Hit, read_hits

LONGEST = 200
"""Characters of a query that are looked at."""
LIMIT = 120
PER_KIND = 5


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind: at most a few of `found` when several kinds are shown; `more` leads to all of them."""

    kind: str
    name: str
    hits: tuple[Hit, ...]
    found: int
    more: str


def show_results(request: HttpRequest) -> HttpResponse:
    """Show what the words of `q` were found in, best first within each kind; `kind` asks for one kind alone."""
    query = " ".join(request.GET.get("q", "")[: 5 * LONGEST].replace("\x00", " ").split())[:LONGEST]
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    groups = _find(query, kind) if query else ()
    context = {
        "query": query,
        "kind": kind,
        "kind_name": gettext(KINDS[kind]) if kind else "",
        "groups": groups,
        "found": sum(group.found for group in groups),
        "full": sum(group.found for group in groups) >= LIMIT,
        "trail": [{"label": gettext("Register"), "href": reverse("register:home")}, {"label": gettext("Search")}],
    }
    return render(request, "register/search.html", context)


def _find(query: str, kind: str) -> tuple[Group, ...]:
    found = find_documents(query, kinds=[kind] if kind else list(KINDS), limit=LIMIT)
    ids: dict[str, list[UUID]] = {one: [item.object_id for item in found if item.kind == one] for one in KINDS}
    return tuple(_group(one, ids[one], query, whole=bool(kind)) for one in KINDS if ids[one])


def _group(kind: str, ids: Sequence[UUID], query: str, *, whole: bool) -> Group:
    shown = ids if whole else ids[:PER_KIND]
    hits = read_hits(kind, shown, query)
    more = "" if len(shown) == len(ids) else kind
    return Group(kind, gettext(KINDS[kind]), hits, len(ids), more)
