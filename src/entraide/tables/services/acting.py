"""What the acts of an import share: who acts on which node, and what the keys of the import have become."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from entraide.access.api import Actor
from entraide.directory.api import list_organisations
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.api import Party
from entraide.tables.domain.cells import split_list
from entraide.tables.domain.difference import KEY
from entraide.tables.domain.permalinks import id_of

Cells = Mapping[str, str]


@dataclass(slots=True)
class Acting:
    """One application of a difference; `made` holds what each key has become."""

    node: Node
    actor: Actor
    made: dict[str, UUID] = field(default_factory=dict)

    def link(self, cells: Cells, name: str) -> UUID | None:
        """Return the id that a link leads to, None when the cell is empty."""
        cell = cells.get(name, "")
        return self.id_at(cell) if cell else None

    def needed(self, cells: Cells, name: str) -> UUID:
        """Return the id that the link of a needed column leads to."""
        return self.id_at(cells[name])

    def id_at(self, link: str) -> UUID:
        """Return the id that a permalink names, or that a key of this import has become."""
        return self.made[link] if link.startswith(KEY) else id_of(link)

    def parties(self, states: str, organisations: str) -> list[Party]:
        """Return the parties of these States, each with the one of the organisations that is its own."""
        ids = [self.id_at(link) for link in split_list(organisations)]
        bodies = {item.state or "XX": item for item in list_organisations(ids=ids)} if ids else {}
        return [
            Party(state, bodies[state].id, dict(bodies[state].names)) if state in bodies else Party(state)
            for state in split_list(states)
        ]


def date_in(cells: Cells, name: str = "date", current: PartialDate | None = None) -> PartialDate | None:
    """Return the date of a row with its basis, None when the row says nothing of it.

    What the row does not say of the two is that of the `current` date.
    """
    value, basis = cells.get(name, ""), cells.get(f"{name}_basis", "")
    if not value and not basis:
        return None
    known = current.basis if current else DateBasis.STATED
    shown = value or (current.value if current else "")
    return PartialDate(shown, DateBasis(basis) if basis else known) if shown else None
