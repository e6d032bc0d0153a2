"""Which fact an address means, from its id alone: what it is called, and where its page is."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from entraide.communiques.api import find_withdrawn
from entraide.communiques.domain.undoing import FactWithdrawn
from entraide.kernel.errors import EntraideError, NotFound
from entraide.kernel.node import Node
from entraide.programme.api import list_listed_kinds, say
from entraide.programme.domain.kinds import Kind
from entraide.storage.api import find_images
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
    """Return the fact with this id, None where it does not stand in the register."""
    kind = find_kind(node, fact_id)
    if kind is None:
        return None
    title = read_titles(node, kind.name, [fact_id]).get(fact_id, "")
    return FactShown(fact_id, say(kind.one), title, f"/{kind.table}/{fact_id}/")


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
