"""Rows of an import as acts of the context that owns the fact: one way for all tables, by what their kinds declare."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from entraide.access.api import Actor
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.api import plug_of
from entraide.programme.domain.kinds import Field, FieldType
from entraide.programme.domain.paths import Item, read_path
from entraide.tables.domain.cells import YES, split_list, split_pairs
from entraide.tables.domain.difference import KEY
from entraide.tables.domain.errors import NotImported
from entraide.tables.domain.permalinks import id_of, parse_permalink
from entraide.tables.domain.tables import Table
from entraide.tables.services.likeness import texts_in

Cells = Mapping[str, str]


@dataclass(slots=True)
class Acting:
    """One application of a difference; `made` holds what each key has become."""

    node: Node
    actor: Actor
    made: dict[str, UUID] = field(default_factory=dict)

    def add(self, table: Table, cells: Cells) -> UUID:
        """Create the fact of a new row and return its id; raises `NotImported` and what the act raises."""
        create = plug_of(table.kind.name).create
        if create is None:
            raise NotImported(name=table.name)
        return create(self.node, self.actor, self.values(table, cells))

    def change(self, table: Table, permalink: str, cells: Cells) -> None:
        """Correct the fact at a permalink by the cells that differ; raises `NotImported` and what the act raises."""
        correct, parts = plug_of(table.kind.name).correct, parse_permalink(table, permalink, self.node.settings.origin)
        if correct is None or parts is None:
            raise NotImported(name=table.name)
        correct(self.node, self.actor, parts, self.values(table, cells, permalink))

    def values(self, table: Table, cells: Cells, permalink: str = "") -> dict[str, Any]:
        """Return what the cells say of each field; `permalink` is that of the fact that they change."""
        found: dict[str, Any] = {}
        for each in table.kind.fields:
            told = texts_in(each.name, cells) if each.type is FieldType.TEXTS else cells.get(each.name, "")
            if each.basis:
                told = told or cells.get(f"{each.name}_basis", "")
            if told:
                found[each.name] = self._value(table, each, cells, permalink)
        return found

    def _value(self, table: Table, each: Field, cells: Cells, permalink: str) -> Any:  # noqa: ANN401 - by the type
        cell = cells.get(each.name, "")
        if each.type is FieldType.LINK:
            return self.id_at(cell)
        if each.type is FieldType.LINKS:
            return [self.id_at(link) for link in split_list(cell)]
        if each.type is FieldType.TEXTS:
            return texts_in(each.name, cells)
        if each.basis:
            return self._date(table, each, cells, permalink)
        return _VALUES.get(each.type, str)(cell)

    def _date(self, table: Table, each: Field, cells: Cells, permalink: str) -> PartialDate | None:
        """Return a date with its basis; what the cells do not say of the two is that of the fact they change."""
        value, basis = cells.get(each.name, ""), cells.get(f"{each.name}_basis", "")
        current = self._current(table, each, permalink) if permalink and not (value and basis) else None
        known = current.basis if current else DateBasis.STATED
        shown = value or (current.value if current else "")
        return PartialDate(shown, DateBasis(basis) if basis else known) if shown else None

    def _current(self, table: Table, each: Field, permalink: str) -> PartialDate | None:
        read = plug_of(table.kind.name).list
        views = read(self.node, [id_of(permalink)]) if read is not None else ()
        return next((read_path(Item(view), each.path) for view in views), None)

    def id_at(self, link: str) -> UUID:
        """Return the id that a permalink names, or that a key of this import has become."""
        return self.made[link] if link.startswith(KEY) else id_of(link)


_VALUES: Mapping[FieldType, Callable[[str], Any]] = {
    FieldType.NUMBER: int,
    FieldType.LIST: split_list,
    FieldType.BY_STATE: split_pairs,
    FieldType.YESNO: lambda cell: cell == YES,
}
