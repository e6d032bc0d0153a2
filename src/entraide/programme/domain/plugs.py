"""What a kind of fact can do: acts that write it and reads that return it, its own or the general ones.

A kind with rules of its own names a `Plug` of its context in its declaration; one without has the general acts and
reads over its model. Consumers ask for the plug of a kind and know no kind by name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from entraide.access.domain.actor import Actor
from entraide.kernel.node import Node
from entraide.programme.domain.kinds import Field
from entraide.programme.domain.lists import NEWEST, Page

Values = Mapping[str, Any]
"""Values of fields by name: ids of links, texts by language, partial dates, tuples, numbers, truth, text, codes."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list is narrowed to, and how it is ordered.

    All of `states` are parties; `year` is that of the meeting or the report, `plan_year` one that a plan or a
    commitment covers; `codes` are by field; `sort` is one of the kind's orders (`lists.sorts_of`).
    """

    states: frozenset[str] = frozenset()
    year: int | None = None
    mechanism_id: UUID | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    plan_year: int | None = None
    sort: str = NEWEST

    def code(self, name: str) -> str | None:
        """Return the code that a field is narrowed to, or None."""
        return self.codes.get(name) or None


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many of a list in the order of ids, from beyond an id on; `backwards` in the opposite order."""

    beyond: UUID | None
    backwards: bool
    limit: int


def _never(_view: object) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Plug:
    """The acts and reads of a kind; what is None the kind cannot do.

    `list` returns the facts of ids in any order, `page` a page of a list, `entered` a stretch of the list in the order
    of entry (with a value of the field that the declaration narrows it by), `get` one fact (raises a `NotFound`), `of`
    the facts that link to another through a field, `walk` all in pages of a size, for exports, `rows` the rows of a
    list as a query, to be counted by what they can be narrowed by. `create` returns the id of what it made; `correct`
    takes the parts of a permalink (`id`, or what the kind's page is made of) and the values that differ. `save` saves a
    row of the kind's model in which a settled value stands, with what follows from it, and raises what forbids it.
    `frozen` says of a view that it never changes; `renew` puts a fact into the search index as it stands, after a join,
    `index` many rows of the kind's model at once.
    """

    list: Callable[[Node, Sequence[UUID]], Sequence[Any]] | None = None
    page: Callable[[Node, Narrowed, str | None, int], Page[Any]] | None = None
    entered: Callable[[Node, Any, Stretch], Sequence[Any]] | None = None
    get: Callable[[Node, UUID], Any] | None = None
    of: Callable[[Node, Field, UUID], Sequence[Any]] | None = None
    walk: Callable[[Node, Narrowed, int], Iterator[Sequence[Any]]] | None = None
    rows: Callable[[Node, Narrowed], Any] | None = None
    create: Callable[[Node, Actor, Values], UUID] | None = None
    correct: Callable[[Node, Actor, Mapping[str, str], Values], None] | None = None
    save: Callable[[Any], None] | None = None
    frozen: Callable[[Any], bool] = _never
    renew: Callable[[UUID], None] | None = None
    index: Callable[[Any], None] | None = None

    def pages(self, node: Node, wanted: Narrowed, size: int) -> Iterator[Sequence[Any]]:
        """Yield all facts that `wanted` leaves, `size` at a time; nothing where the kind has no list."""
        if self.walk is not None:
            yield from self.walk(node, wanted, size)
            return
        cursor: str | None = None
        while self.page is not None:
            page = self.page(node, wanted, cursor, size)
            yield page.items
            cursor = page.next_cursor
            if cursor is None:
                return
