"""The register as an import asks it: facts by permalink as the rows that an export would write, and by what names them.

Reads in batches and remembers; made for one dry run or one application, within one transaction.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from entraide.kernel.node import Node
from entraide.programme.api import load_kinds, plug_of
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.paths import Item
from entraide.tables.domain.cells import cell_of
from entraide.tables.domain.difference import Alike, Candidate, Cited, Current
from entraide.tables.domain.permalinks import id_of, parse_permalink
from entraide.tables.domain.tables import Table, Tables
from entraide.tables.services.exporting import parts_within
from entraide.tables.services.likeness import Looking, find_alike, find_named
from entraide.tables.services.rows import Addresses, row_of
from entraide.tables.services.sources import RowSources

BATCH = 400
"""Ids in one query; databases limit the number of parameters."""


class RegisterLookups:
    """Implements `domain.difference.Known` on the database of the active node."""

    def __init__(self, node: Node, tables: Tables, sources: RowSources) -> None:
        self._tables = tables
        self._at = Addresses(node, tables.languages)
        self._looking = Looking(self._at)
        self._sources = sources
        self._named: dict[tuple[str, ...], Sequence[Candidate]] = {}
        self._facts: dict[str, dict[str, Current | None]] = {table.name: {} for table in tables.tables}

    def load(self, table: str, permalinks: Collection[str]) -> None:
        """Read the facts at `permalinks` that were not read yet."""
        known = self._facts[table]
        missing = [item for item in dict.fromkeys(permalinks) if item not in known]
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            form = self._tables.get(table)
            items = list(self._items(form, batch))
            self._at.find_elsewhere(form.kind, items)
            for item in items:
                texts = {name: cell_of(value) for name, value in row_of(self._at, form.kind, item).items()}
                known[texts["permalink"]] = Current(texts, _is_frozen(form.kind, item))
            for permalink in batch:
                known.setdefault(permalink, None)

    def current(self, table: str, permalink: str) -> Current | None:
        """Return a fact, None when there is none."""
        self.load(table, [permalink])
        return self._facts[table][permalink]

    def named(self, table: str, naturals: Mapping[str, str], mechanism: str) -> Sequence[Candidate]:
        """Return the facts with these natural columns: see `likeness`."""
        key = (table, mechanism, *(part for item in sorted(naturals.items()) for part in item))
        if key not in self._named:
            self._named[key] = find_named(self._looking, self._tables.get(table), naturals, mechanism)
        return self._named[key]

    def alike(self, table: str, cells: Mapping[str, str]) -> Alike:
        """Return what a new row may mean: see `likeness`."""
        return find_alike(self._looking, self._tables.get(table), cells)

    def cites(self, cited: Cited, file: str) -> str:
        """Return why a row's source cannot be cited, or an empty text."""
        return self._sources.problem(cited, file)

    def _items(self, table: Table, permalinks: Sequence[str]) -> Iterator[Item]:
        """Yield the facts at permalinks; with those of another kind's facts come their siblings."""
        within = table.kind.within
        if within is None or not within.at:
            yield from map(Item, self._views(table.kind, [id_of(link) for link in permalinks]))
            return
        parent = load_kinds().get(within.kind)
        part = next(field.name for field in table.kind.fields if field.to == parent.name)
        parents = map(Item, self._views(parent, self._parts(table, permalinks, part)))
        yield from parts_within(table.kind, list(parents))

    def _views(self, kind: Kind, ids: Sequence[UUID]) -> Sequence[object]:
        read = plug_of(kind.name).list
        return read(self._at.node, ids) if read is not None else ()

    def _parts(self, table: Table, permalinks: Sequence[str], name: str) -> list[UUID]:
        found = (parse_permalink(table, item, self._at.origin) for item in permalinks)
        return list(dict.fromkeys(UUID(parts[name]) for parts in found if parts))


def _is_frozen(kind: Kind, item: Item) -> bool:
    """Whether a fact, or what it is part of, never changes."""
    if plug_of(kind.name).frozen(item.view):
        return True
    if item.parent is None or kind.within is None:
        return False
    return _is_frozen(load_kinds().get(kind.within.kind), item.parent)
