"""Search of the public register: what the words were found in, by kind, with the find marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.kernel.node import Node
from entraide.programme.api import say
from entraide.search.api import find_documents
from entraide.web.http import node_of
from entraide.web.register.hits import Hit, list_searched, read_hits

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
    names = {one.name: say(one.many) for one in list_searched()}
    kind = kind if kind in names else ""
    groups = _find(node_of(request), query, kind, names) if query else ()
    context = {
        "query": query,
        "kind": kind,
        "kind_name": names[kind] if kind else "",
        "groups": groups,
        "found": sum(group.found for group in groups),
        "full": sum(group.found for group in groups) >= LIMIT,
        "trail": [{"label": gettext("Register"), "href": reverse("register:home")}, {"label": gettext("Search")}],
    }
    return render(request, "register/search.html", context)


def _find(node: Node, query: str, kind: str, names: Mapping[str, str]) -> tuple[Group, ...]:
    found = find_documents(node, query, kinds=[kind] if kind else list(names), limit=LIMIT)
    ids: dict[str, list[UUID]] = {one: [item.object_id for item in found if item.kind == one] for one in names}
    groups = []
    for one in names:
        if ids[one]:
            shown = ids[one] if kind else ids[one][:PER_KIND]
            more = "" if len(shown) == len(ids[one]) else one
            groups.append(Group(one, names[one], read_hits(node, one, shown, query), len(ids[one]), more))
    return tuple(groups)
