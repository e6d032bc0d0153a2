"""Facts of the register as rows of the tables: exports write them, and imports compare with exactly these values.

Every row is made in one way, by what its kind declares: a field's path leads to its value, its type says how a cell
holds it, and the page of a kind what its permalinks look like.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any
from uuid import UUID

from entraide.communiques.api import CitationView
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import load_kinds, plug_of
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.paths import Item, parts_of, parts_of_link, read_path, tells_parts
from entraide.tables.domain.cells import Value

Cells = dict[str, Value]
Parts = Mapping[str, object]
"""The parts of a permalink by name."""


@dataclass(frozen=True)
class Addresses:
    """Makes permalinks on a node's origin."""

    node: Node
    languages: tuple[str, ...] = ()
    elsewhere: dict[tuple[str, UUID], Parts | None] = field(default_factory=dict)

    @cached_property
    def origin(self) -> str:
        """The node's origin."""
        return self.node.settings.origin

    def page(self, table: str, id_: object, fragment: str = "") -> str:
        """Return the address of a page, with the place on it."""
        return f"{self.origin}/{table}/{id_}/{f'#{fragment}' if fragment else ''}"

    def write(self, kind: Kind, parts: Parts) -> str:
        """Return the permalink of a fact with these parts."""
        return self.origin + kind.page.format(**parts)

    def of(self, kind: Kind, item: Item) -> str:
        """Return the permalink of a fact."""
        return self.write(kind, parts_of(kind, item))

    def find_elsewhere(self, kind: Kind, items: Sequence[Item]) -> None:
        """Read what the permalinks of links need and the facts themselves do not tell, in one query per field."""
        for link in (item for item in kind.fields if item.type is FieldType.LINK and item.in_table):
            target = load_kinds().get(link.to)
            if tells_parts(kind, target):
                continue
            ids = {read_path(item, link.path) for item in items} - {None}
            unknown = [id_ for id_ in ids if (target.name, id_) not in self.elsewhere]
            read = plug_of(target.name).list
            views = read(self.node, unknown) if read is not None and unknown else ()
            found = {view.id: parts_of(target, Item(view)) for view in views}
            self.elsewhere.update({(target.name, id_): found.get(id_) for id_ in unknown})

    def link(self, kind: Kind, item: Item, link: Field, id_: UUID | None) -> str:
        """Return the permalink that a link of a fact leads to, empty where it leads nowhere."""
        if id_ is None:
            return ""
        target = load_kinds().get(link.to)
        if (target.name, id_) in self.elsewhere:
            parts = self.elsewhere[target.name, id_]
            return self.write(target, parts) if parts else ""
        return self.write(target, parts_of_link(kind, item, target, id_))


def row_of(at: Addresses, kind: Kind, item: Item) -> Cells:
    """Return a fact as a row of its kind's table; what its links need is read before, by `find_elsewhere`."""
    cells: Cells = {"permalink": at.of(kind, item)}
    for each in kind.fields:
        if each.in_table:
            cells.update(_cells(at, kind, item, each))
    return cells


def _cells(at: Addresses, kind: Kind, item: Item, each: Field) -> Cells:
    value = read_path(item, each.path)
    if each.type is FieldType.LINK:
        return {each.name: at.link(kind, item, each, value)}
    if each.type is FieldType.LINKS:
        return {each.name: tuple(at.link(kind, item, each, id_) for id_ in value or ())}
    if each.type is FieldType.TEXTS:
        return _texts(each.name, value or {}, at.languages)
    if each.type is FieldType.FACT:
        return {each.name: fact_address(at, item.view.fact_kind, value)}
    if each.basis:
        return {each.name: value.value if value else "", f"{each.name}_basis": value.basis.value if value else ""}
    return {each.name: _AS_CELL.get(each.type, _plain)(value)}


def _plain(value: Any) -> Value:  # noqa: ANN401 - whatever the field holds
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, PartialDate):
        return value.value
    return "" if value is None else str(value)


def _number(value: int | None) -> Value:
    return value


def _yesno(value: object) -> Value:
    return value if isinstance(value, bool) else value is not None


def _list(value: Iterable[str] | None) -> Value:
    return tuple(str(item) for item in value or ())


def _by_state(value: Mapping[str, str] | None) -> Value:
    return dict(value or {})


def _moment(value: datetime | None) -> Value:
    return value.isoformat(timespec="seconds") if value else ""


_AS_CELL: Mapping[FieldType, Callable[[Any], Value]] = {
    FieldType.NUMBER: _number,
    FieldType.YESNO: _yesno,
    FieldType.LIST: _list,
    FieldType.BY_STATE: _by_state,
    FieldType.MOMENT: _moment,
}


def fact_address(at: Addresses, name: str, fact_id: UUID) -> str:
    """Return the permalink of a cited fact with a page of its own; of any other, its id as a URN (RFC 9562)."""
    kind = load_kinds().find(name)
    return at.page(kind.table, fact_id) if kind and kind.cited and kind.has_page else fact_id.urn


def cited_cells(at: Addresses, citations: Sequence[CitationView]) -> Cells:
    """Return the sources of a fact, each once, in the order of their ids."""
    sources = {item.source.id: item.source for item in citations}
    ordered = [sources[key] for key in sorted(sources)]
    return {
        "cited_sources": tuple(at.page("sources", source.id) for source in ordered),
        "cited_urls": tuple(source.url for source in ordered),
        "cited_kinds": tuple(source.kind.value for source in ordered),
        "cited_sha256": tuple(source.sha256 for source in ordered),
        "sample_data": any(source.sample for source in ordered),
    }


def _texts(name: str, texts: Mapping[str, str], languages: Sequence[str]) -> Cells:
    own: Cells = {f"{name}_{language}": texts.get(language, "") for language in languages}
    own[f"{name}_other"] = {code: text for code, text in sorted(texts.items()) if code not in languages}
    return own
