"""The public lists: commitments, meetings, instruments, mechanisms, organisations; narrowed, paged, citable."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.directory.api import list_organisations
from entraide.programme.api import (
    CommitmentFilter,
    CommitmentStatus,
    InstrumentFilter,
    InstrumentKind,
    Level,
    MechanismFilter,
    MechanismView,
    MeetingFilter,
    Page,
    list_mechanisms,
    page_commitments,
    page_instruments,
    page_mechanisms,
    page_meetings,
)
from entraide.search.domain.folding import fold
from entraide.web.language import reader_language
from entraide.web.register.filters import CURSOR, ListFilter
from entraide.web.templatetags.programme import by_words, state_title

PER_PAGE = 50
MOST_ORGANISATIONS = 400


def show_commitments(request: HttpRequest) -> HttpResponse:
    """List commitments by State, domain, status, year and mechanism, those agreed last first."""
    chosen = ListFilter(request, ("state", "domain", "status", "year", "mechanism"))
    wanted = CommitmentFilter(
        states=frozenset(chosen.states),
        domain=chosen.domain or None,
        status=CommitmentStatus(chosen.status) if chosen.status else None,
        year=chosen.year,
        mechanism_id=chosen.mechanism_id,
    )
    page = page_commitments(wanted, cursor=_cursor(request), limit=PER_PAGE)
    names = _mechanisms([item.mechanism_id for item in page.items])
    rows = [(alike, names.get(alike[0].mechanism_id)) for alike in by_words(page.items)]
    return _show(request, "register/commitments.html", gettext("Commitments"), chosen, page, rows)


def show_meetings(request: HttpRequest) -> HttpResponse:
    """List meetings by State, level, year and mechanism, newest first."""
    chosen = ListFilter(request, ("state", "level", "year", "mechanism"))
    wanted = MeetingFilter(
        states=frozenset(chosen.states),
        level=Level(chosen.level) if chosen.level else None,
        year=chosen.year,
        mechanism_id=chosen.mechanism_id,
    )
    page = page_meetings(wanted, cursor=_cursor(request), limit=PER_PAGE)
    names = _mechanisms([item.mechanism_id for item in page.items])
    rows = [(item, names.get(item.mechanism_id)) for item in page.items]
    return _show(request, "register/meetings.html", gettext("Meetings"), chosen, page, rows)


def show_instruments(request: HttpRequest) -> HttpResponse:
    """List instruments by State, kind, year and mechanism, newest first."""
    chosen = ListFilter(request, ("state", "kind", "year", "mechanism"))
    wanted = InstrumentFilter(
        states=frozenset(chosen.states),
        kind=InstrumentKind(chosen.kind) if chosen.kind else None,
        year=chosen.year,
        mechanism_id=chosen.mechanism_id,
    )
    page = page_instruments(wanted, cursor=_cursor(request), limit=PER_PAGE)
    names = _mechanisms([item.mechanism_id for item in page.items])
    rows = [(item, names.get(item.mechanism_id)) for item in page.items]
    return _show(request, "register/instruments.html", gettext("Instruments"), chosen, page, rows)


def show_mechanisms(request: HttpRequest) -> HttpResponse:
    """List mechanisms by State."""
    chosen = ListFilter(request, ("state",))
    page = page_mechanisms(MechanismFilter(frozenset(chosen.states)), cursor=_cursor(request), limit=PER_PAGE)
    return _show(request, "register/mechanisms.html", gettext("Mechanisms"), chosen, page, page.items)


def show_organisations(request: HttpRequest) -> HttpResponse:
    """List all organisations by State, in the order of the reader's language."""
    named = [
        (state_title(item.state) if item.state else "", item.name_in(reader_language()), item)
        for item in list_organisations()
    ]
    named.sort(key=lambda row: (row[0] == "", fold(row[0]), fold(row[1])))
    page = Paginator(named, MOST_ORGANISATIONS).get_page(request.GET.get("page"))
    groups = [
        (state or gettext("Organisations of no State"), [(item, name) for _, name, item in rows])
        for state, rows in groupby(page, key=lambda row: row[0])
    ]
    context = {
        "groups": groups,
        "page": page,
        "title": gettext("Organisations"),
        "trail": _trail(gettext("Organisations")),
    }
    return render(request, "register/organisations.html", context)


def _show(
    request: HttpRequest, template: str, title: str, chosen: ListFilter, page: Page[Any], rows: Sequence[Any]
) -> HttpResponse:
    if chosen.untidy and not request.GET.get(CURSOR):
        return redirect(chosen.permalink)
    context = {
        "title": title,
        "cite_title": f"{title} ({chosen.title})" if chosen.title else title,
        "filter": chosen,
        "page": page,
        "rows": rows,
        "trail": _trail(title),
    }
    return render(request, template, context)


def _mechanisms(ids: Sequence[UUID]) -> dict[UUID, MechanismView]:
    return {item.id: item for item in list_mechanisms(ids=set(ids))} if ids else {}


def _cursor(request: HttpRequest) -> str | None:
    return request.GET.get(CURSOR) or None


def _trail(title: str) -> list[dict[str, str]]:
    return [{"label": gettext("Register"), "href": reverse("register:home")}, {"label": title}]
