"""Putting a difference into the register: each row becomes an act of the context that owns the fact."""

from uuid import UUID

from entraide.access.api import Actor
from entraide.kernel.node import Node
from entraide.tables.domain.difference import KEY, Added, Changed, Difference
from entraide.tables.domain.permalinks import id_of
from entraide.tables.domain.tables import Table, Tables
from entraide.tables.services.acting import Acting
from entraide.tables.services.sources import EnteredSources


def apply_difference(node: Node, actor: Actor, tables: Tables, difference: Difference, sources: EnteredSources) -> None:
    """Apply all rows in the order of the tables within the running transaction, and cite the passage of each."""
    acting = Acting(node, actor)
    for table in tables.tables:
        for item in difference.added:
            if item.table == table.name:
                made = acting.add(table, item.cells)
                if item.key:
                    acting.made[f"{KEY}{table.name}/{item.key}"] = made
                _cite(sources, table, item, made, list(item.cells))
        for change in difference.changed:
            if change.table == table.name:
                cells = {each.column: each.new for each in change.changes}
                acting.change(table, change.permalink, cells)
                _cite(sources, table, change, _fact_id(table, change.permalink), list(cells))
    sources.index()


def _fact_id(table: Table, permalink: str) -> UUID:
    """Return the id of the fact that a row's passage is cited for: its own, or that of the fact it is part of."""
    return id_of(permalink.partition("#")[0]) if table.kind.cites_as else id_of(permalink)


def _cite(sources: EnteredSources, table: Table, item: Added | Changed, fact_id: UUID, columns: list[str]) -> None:
    within = table.kind.within
    part = within.at if within is not None and table.kind.cites_as else ""
    fields = [part] if part else [_field(table, name) for name in columns]
    sources.cite(item.cited, item.place, table.kind.fact, fact_id, fields)


def _field(table: Table, name: str) -> str:
    column = table.column(name)
    return column.field if column is not None else name.rpartition("_")[0]
