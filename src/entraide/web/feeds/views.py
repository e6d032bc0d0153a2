"""Addresses of calendars and feeds."""

import json
from uuid import UUID

from django.http import HttpRequest

from entraide.kernel.errors import BadInput
from entraide.kernel.ids import MechanismId
from entraide.kernel.languages import choose_text
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.programme.api import MechanismView, get_mechanism, list_mechanisms
from entraide.web.feeds.answers import Made, language_asked, machine_readable
from entraide.web.feeds.atom import build_feed
from entraide.web.feeds.bibliography import entry_of, write_bibtex, write_ris
from entraide.web.feeds.calendar import build_calendar
from entraide.web.feeds.changes import Place
from entraide.web.feeds.linked import document_of
from entraide.web.http import node_of
from entraide.web.register.described import describe_fact, kind_with_page

ATOM = "application/atom+xml; charset=utf-8"
LINKED = "application/ld+json"
CALENDAR = "text/calendar; charset=utf-8"
BIBLIOGRAPHIES = {
    "bib": ("application/x-bibtex; charset=utf-8", write_bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", write_ris),
}


class BadFeedPage(BadInput):
    """`before` names no entry of the feed."""

    code = "web.bad_feed_page"
    message = N_("“{before}” is not the id of an entry.")
    remedy = N_("Follow the links from the first page of the feed.")


@machine_readable
def calendar(request: HttpRequest, mechanism_id: UUID | None = None) -> Made:
    """Answer the calendar of a mechanism, or of all."""
    node, language = node_of(request), language_asked(request)
    of = _mechanism(node, mechanism_id)
    return Made(
        CALENDAR,
        lambda: build_calendar(node, _all(node, of), of=of),
        language=language,
        day=node.clock.now().date(),
        filename="entraide.ics",
    )


@machine_readable
def feed(request: HttpRequest, mechanism_id: UUID | None = None) -> Made:
    """Answer a page of the Atom feed of a mechanism, or of the whole register."""
    node, language = node_of(request), language_asked(request)
    before = _before(request.GET.get("before", ""))
    of = _mechanism(node, mechanism_id)
    return Made(
        ATOM,
        lambda: build_feed(node, _all(node, of), of=of, address=request.path, before=before),
        language=language,
    )


@machine_readable
def linked(request: HttpRequest, kind: str, id_: UUID) -> Made:
    """Answer what stands on a page as JSON-LD."""
    node = node_of(request)
    return Made(LINKED, lambda: json.dumps(document_of(node, kind, id_), ensure_ascii=False, indent=1).encode())


@machine_readable
def cited(request: HttpRequest, table: str, id_: UUID, form: str) -> Made:
    """Answer how to cite the page of a fact, as BibTeX or as RIS."""
    node, language = node_of(request), language_asked(request)
    kind, (content_type, write) = kind_with_page(table), BIBLIOGRAPHIES[form]
    author = choose_text(node.settings.organisation, language).text or node.settings.name
    return Made(
        content_type,
        lambda: write(entry_of(node, describe_fact(node, kind, id_), author, language)).encode(),
        language=language,
        day=node.clock.now().date(),
        filename=f"{kind.name}-{id_}.{form}",
    )


def _mechanism(node: Node, mechanism_id: UUID | None) -> MechanismView | None:
    return get_mechanism(node, MechanismId(mechanism_id)) if mechanism_id else None


def _all(node: Node, of: MechanismView | None) -> tuple[MechanismView, ...]:
    return (of,) if of else list_mechanisms(node)


def _before(text: str) -> Place | None:
    first, dot, fact = text.partition(".")
    try:
        return (UUID(first), UUID(fact) if dot else None) if text else None
    except ValueError as error:
        raise BadFeedPage(before=text[:40]) from error
