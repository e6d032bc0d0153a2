"""What any fact with a page is called, and a line about it, whatever its kind: for citing, reporting, describing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import ResolverMatch

from entraide.kernel.errors import NotFound
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.programme.api import load_kinds, plug_of, say
from entraide.programme.domain.kinds import Kind
from entraide.web.register.hits import Hit, find_hits, list_searched
from entraide.web.register.presenting import title_of

SHORT = 40
"""Characters of a title that many facts may have, as the name of a kind of meeting."""
AREAS = frozenset({"register", "sources"})
"""Namespaces of addresses below which pages of facts stand, each under the name of its kind."""


class NoSuchPageOfAFact(NotFound):
    """No fact that readers may see has this address."""

    code = "web.no_such_fact"
    message = N_("The register shows no such fact.")
    remedy = N_("Start from the page of the fact.")


@dataclass(frozen=True, slots=True)
class Described:
    """A fact in the reader's language: `title` may be in another one (`language`), `note` is a line about it."""

    kind: Kind
    id: UUID
    title: str
    language: str
    note: str

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"/{self.kind.table}/{self.id}/"

    @property
    def kind_name(self) -> str:
        """What its kind is called."""
        return say(self.kind.one)

    @property
    def told_apart(self) -> str:
        """Its title, with the line about it where the title alone tells little."""
        return " · ".join(part for part in (self.title, self.note) if part) if len(self.title) < SHORT else self.title

    @property
    def line(self) -> str:
        """A sentence or so that describes its page."""
        return " · ".join(part for part in (self.kind_name, self.note) if part)


def fact_shown(match: ResolverMatch | None) -> tuple[Kind, UUID] | None:
    """Return the kind and id of the fact whose page is asked for, None for any other page."""
    if match is None or match.app_name not in AREAS or len(match.kwargs) > 2:
        return None
    kind = load_kinds().find(match.url_name or "")
    fact_id = next((value for value in match.kwargs.values() if isinstance(value, UUID)), None)
    return (kind, fact_id) if kind is not None and kind.has_page and fact_id is not None else None


def kind_with_page(table: str) -> Kind:
    """Return the kind whose pages stand below `/<table>/`; raises `NoSuchPageOfAFact`."""
    found = next((kind for kind in load_kinds() if kind.table == table and kind.has_page), None)
    if found is None:
        raise NoSuchPageOfAFact
    return found


def describe_facts(node: Node, kind: Kind, ids: Sequence[UUID]) -> dict[UUID, Described]:
    """Return what facts of a kind are called, without those that readers do not see, in one read or two."""
    if kind in list_searched():
        return {item: _of_hit(kind, item, hit) for item, hit in find_hits(node, kind.name, ids).items()}
    read = plug_of(kind.name).list
    views = read(node, ids) if read is not None else ()
    return {view.id: _of_view(kind, view.id, view) for view in views}


def describe_fact(node: Node, kind: Kind, fact_id: UUID) -> Described:
    """Return what a fact is called; raises a `NotFound` where readers see none, or none any more."""
    found = describe_facts(node, kind, [fact_id]).get(fact_id)
    if found is None:
        raise NoSuchPageOfAFact(id=fact_id)
    return found


def _of_hit(kind: Kind, fact_id: UUID, hit: Hit) -> Described:
    title = "".join(text for text, _marked in hit.title)
    return Described(kind, fact_id, title or say(kind.one), hit.language, hit.note)


def _of_view(kind: Kind, fact_id: UUID, view: object) -> Described:
    shown = title_of(kind, view)
    return Described(kind, fact_id, shown.text, shown.language, "")
