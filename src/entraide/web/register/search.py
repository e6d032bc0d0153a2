"""Search results of the public register: what the words were found in, and where it leads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.programme.api import (
    FactKind,
    list_commitments,
    list_instruments,
    list_mechanisms,
    list_meetings,
)
from entraide.search.api import find_documents
from entraide.web.templatetags.programme import domain_name, edtf, here_in, mechanism_title, meeting_title, term

LIMIT = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: its kind in words, what it is called, a line about it and its address."""

    kind: str
    title: str
    note: str
    href: str


def show_results(request: HttpRequest) -> HttpResponse:
    """Show what the words of `q` were found in, best first."""
    query = request.GET.get("q", "").strip()[:200]
    hits = _hits(query) if query else []
    trail = [{"label": gettext("Register"), "href": reverse("register:home")}, {"label": gettext("Search")}]
    return render(request, "register/search.html", {"query": query, "hits": hits, "limit": LIMIT, "trail": trail})


def _hits(query: str) -> list[Hit]:
    found = find_documents(query, kinds=[kind.value for kind in READERS], limit=LIMIT)
    read = {
        kind: read_many([item.object_id for item in found if item.kind == kind]) for kind, read_many in READERS.items()
    }
    hits = [read[FactKind(item.kind)].get(item.object_id) for item in found]
    return [hit for hit in hits if hit is not None]


def _mechanisms(ids: Sequence[UUID]) -> dict[UUID, Hit]:
    wanted = set(ids)
    return {
        item.id: Hit(term(FactKind.MECHANISM), mechanism_title(item), "", reverse("register:mechanism", args=[item.id]))
        for item in (list_mechanisms() if wanted else ())
        if item.id in wanted
    }


def _meetings(ids: Sequence[UUID]) -> dict[UUID, Hit]:
    return {
        item.id: Hit(
            term(FactKind.MEETING),
            meeting_title(item),
            " · ".join(part for part in (edtf(item.date), item.place) if part),
            reverse("register:meeting", args=[item.id]),
        )
        for item in (list_meetings(ids=ids, limit=LIMIT) if ids else ())
    }


def _instruments(ids: Sequence[UUID]) -> dict[UUID, Hit]:
    return {
        item.id: Hit(term(item.kind), here_in(item.titles), item.period, reverse("register:instrument", args=[item.id]))
        for item in (list_instruments(ids=ids, limit=LIMIT) if ids else ())
    }


def _commitments(ids: Sequence[UUID]) -> dict[UUID, Hit]:
    return {
        item.id: Hit(
            f"{term(FactKind.COMMITMENT)} · {domain_name(item.domain)}",
            here_in(item.texts),
            " · ".join(part for part in (term(item.status), item.period) if part),
            reverse("register:commitment", args=[item.id]),
        )
        for item in (list_commitments(ids=ids, limit=LIMIT) if ids else ())
    }


READERS: dict[FactKind, Callable[[Sequence[UUID]], dict[UUID, Hit]]] = {
    FactKind.MECHANISM: _mechanisms,
    FactKind.MEETING: _meetings,
    FactKind.INSTRUMENT: _instruments,
    FactKind.COMMITMENT: _commitments,
}
