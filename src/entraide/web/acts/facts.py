"""Which fact an address means, from its id alone: what it is called, and where its page is."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext

from entraide.communiques.api import find_withdrawn
from entraide.communiques.domain.undoing import FactWithdrawn
from entraide.directory.api import language_name
from entraide.kernel.errors import EntraideError, NotFound
from entraide.kernel.node import Node
from entraide.programme.api import list_listed_kinds, say
from entraide.programme.domain.kinds import Kind
from entraide.publication.api import TITLES, AboutPage
from entraide.storage.api import find_images, list_changes_of
from entraide.web.language import reader_language
from entraide.web.register.changes import ABOUT, SWITCH
from entraide.web.register.hits import read_titles


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact that stands in the register: its kind in words, its title and its address."""

    id: UUID
    kind: str
    title: str
    href: str


def find_kind(node: Node, fact_id: UUID) -> Kind | None:
    """Return the kind of the fact with this id, None where there is none with a page."""
    kinds = {kind.model: kind for kind in list_listed_kinds() if kind.model}
    there = find_images(node, [(model, fact_id) for model in kinds])
    return next((kinds[model] for model, _id in there), None)


def find_fact(node: Node, fact_id: UUID) -> FactShown | None:
    """Return the fact with this id, or what else has a history; None where it does not stand in the register."""
    kind = find_kind(node, fact_id)
    if kind is None:
        return _find_apart(node, fact_id)
    title = read_titles(node, kind.name, [fact_id]).get(fact_id, "")
    return FactShown(fact_id, say(kind.one), title, f"/{kind.table}/{fact_id}/")


def _find_apart(node: Node, row_id: UUID) -> FactShown | None:
    """Return what is no fact, but has a history: a page about the register in a language, the switch of reports."""
    changes = list_changes_of(node, [row_id])
    image = (changes[-1].after or changes[-1].before or {}) if changes else {}
    model = changes[-1].place[0] if changes else ""
    if model == ABOUT:
        page = AboutPage(str(image["page"]))
        language = language_name(str(image["language"]), reader_language())
        return FactShown(row_id, gettext("About"), f"{gettext(TITLES[page])} ({language})", f"/about/{page}/")
    if model == SWITCH:
        return FactShown(row_id, gettext("About"), gettext("Report an error"), "/about/texts/#reporting")
    return None


def withdrawal_at(request: HttpRequest, node: Node, error: EntraideError) -> FactWithdrawn | None:
    """Return that what an address names was withdrawn, where that is why it was not found."""
    match = request.resolver_match
    if not isinstance(error, NotFound) or match is None:
        return None
    for value in match.kwargs.values():
        found = find_withdrawn(node, value) if isinstance(value, UUID) else None
        if found is not None:
            return FactWithdrawn(day=found.at.date().isoformat(), reason=found.reason)
    return None
