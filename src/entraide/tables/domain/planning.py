"""From the rows of an import to the difference that it would make; pure, with the register behind an interface.

Tables are taken in an order in which each points only to earlier ones, so that when a row is compared its links are
settled: permalinks of the register, or keys of rows that this import adds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from entraide.tables.domain.comparing import compare_cells
from entraide.tables.domain.difference import (
    KEY,
    MOST_CHANGES,
    Added,
    Alike,
    Candidate,
    Changed,
    Difference,
    Known,
    LeftAsItIs,
    label_of,
)
from entraide.tables.domain.reading import MOST_ROWS, ParsedFile
from entraide.tables.domain.refusals import Refusal
from entraide.tables.domain.rows import ImportRow, check_rows
from entraide.tables.domain.rules import Checked, check_fact, identity_of
from entraide.tables.domain.tables import ColumnType, Table, Tables

MOST_SHOWN = 5
"""Candidates that a refusal names."""


def derive_difference(files: Sequence[ParsedFile], tables: Tables, known: Known, origin: str) -> Difference:
    """Return what importing `files` together would add, change, leave and refuse."""
    rows, refused = check_rows(files, tables, origin)
    if len(rows) > MOST_ROWS:
        return Difference(refused=(*refused, Refusal("too_many_rows", "", params={"limit": f"{MOST_ROWS:,}"})))
    plan = _Plan(tables, known, rows, refused)
    by_table: dict[str, list[ImportRow]] = defaultdict(list)
    for row in rows:
        by_table[row.table.name].append(row)
    for table in tables.tables:
        plan.load(table, by_table[table.name])
        for row in by_table[table.name]:
            plan.take(row)
    count = len(plan.added) + len(plan.changed)
    if count > MOST_CHANGES:
        plan.refused.append(
            Refusal("too_many_changes", "", params={"count": f"{count:,}", "limit": f"{MOST_CHANGES:,}"})
        )
    return Difference(
        tuple(plan.added),
        tuple(plan.changed),
        plan.unchanged,
        tuple(sorted(plan.refused, key=lambda item: (item.file, item.line))),
        tuple(plan.left),
    )


@dataclass
class _Plan:
    """The difference as it grows, with what has become of each key."""

    tables: Tables
    known: Known
    rows: Sequence[ImportRow]
    refused: list[Refusal]
    added: list[Added] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    left: list[LeftAsItIs] = field(default_factory=list)
    unchanged: int = 0
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    identities: dict[tuple[str, ...], ImportRow] = field(default_factory=dict)
    seen: dict[str, ImportRow] = field(default_factory=dict)
    added_cells: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wanted_keys = {(row.table.name, row.key) for row in self.rows if row.key}

    def load(self, table: Table, rows: Sequence[ImportRow]) -> None:
        """Read what the rows of a table name."""
        self.known.load(table.name, [row.permalink for row in rows if row.permalink])
        for column in table.columns:
            if column.type is ColumnType.LINK:
                cells = {row.cells.get(column.name) or row.links.get(column.name, "") for row in rows}
                self.known.load(column.to, [cell for cell in cells if cell])

    def take(self, row: ImportRow) -> None:
        """Compare one row with the register."""
        cells = self._linked(row)
        if cells is None:
            return
        if row.permalink:
            self._change(row, cells, row.permalink, matched=False)
            return
        given = {name: "" if value.startswith(KEY) else value for name, value in cells.items()}
        alike = Alike() if self._hangs_on_new(row, cells) else self.known.alike(row.table.name, given)
        known = alike.exact or self._says_the_same(row, cells, alike.maybe)
        if known is not None:
            self._change(row, cells, known.permalink, matched=True)
        elif alike.maybe and not row.is_new:
            self._refuse(row, "looks_known", candidates=_shown(alike.maybe))
        else:
            self._add(row, cells)

    def _says_the_same(self, row: ImportRow, cells: Mapping[str, str], maybe: Sequence[Candidate]) -> Candidate | None:
        """Return the one candidate of which the row says nothing else than the register has, if it is one."""
        stated = {name: value for name, value in cells.items() if value}
        self.known.load(row.table.name, [item.permalink for item in maybe])
        same = []
        for item in maybe:
            current = self.known.current(row.table.name, item.permalink)
            if current is not None and compare_cells(row.table, current, stated, matched=False).says_nothing_new:
                same.append(item)
        return same[0] if len(same) == 1 else None

    def _hangs_on_new(self, row: ImportRow, cells: Mapping[str, str]) -> bool:
        """Whether a needed link leads to a fact that this import adds, of which the register can know nothing."""
        needed = [column.name for column in row.table.columns if column.type is ColumnType.LINK and column.needed]
        return any(cells.get(name, "").startswith(KEY) for name in needed)

    def _linked(self, row: ImportRow) -> dict[str, str] | None:
        """Return the row's cells with its links settled, None when one is refused."""
        cells = dict(row.cells)
        before = len(self.refused)
        mechanism = ""
        for column in row.table.columns:
            if column.type is not ColumnType.LINK or column.import_only:
                continue
            found = self._link(row, column.name, column.to, cells.get(column.name, ""), mechanism)
            if found:
                cells[column.name] = found
            mechanism = found if column.to == "mechanisms" else mechanism
        for column in row.table.columns:
            if column.type is ColumnType.LINKS and not column.import_only and column.name in row.cells:
                self._check_links(row, column.name, column.to)
        return cells if len(self.refused) == before else None

    def _link(self, row: ImportRow, name: str, to: str, permalink: str, mechanism: str) -> str:
        ways: list[str] = []
        if permalink:
            if self.known.current(to, permalink) is None:
                self._refuse(row, "no_such_fact", name, value=permalink)
                return ""
            ways.append(permalink)
        if key := row.links.get(f"{name}_key", ""):
            ways.append(self._of_key(row, name, to, key))
        target = self.tables.get(to)
        naturals = {item: row.links[f"{name}_{item}"] for item in target.natural if row.links.get(f"{name}_{item}")}
        # `kind` of an action is its own; the columns that name its instrument are its alone.
        if naturals:
            ways.append(self._of_naturals(row, name, to, naturals, mechanism))
        found = [way for way in ways if way]
        if len(set(found)) > 1:
            self._refuse(row, "two_ways", name)
        return found[0] if found else ""

    def _of_key(self, row: ImportRow, name: str, to: str, key: str) -> str:
        if (to, key) in self.keys:
            return self.keys[to, key]
        code = "key_refused" if (to, key) in self.wanted_keys else "no_such_key"
        self._refuse(row, code, f"{name}_key", value=key, table=to)
        return ""

    def _of_naturals(self, row: ImportRow, name: str, to: str, naturals: Mapping[str, str], mechanism: str) -> str:
        if mechanism.startswith(KEY):
            found: Sequence[Candidate] = ()
        else:
            found = self.known.named(to, naturals, mechanism)
        value = ", ".join(naturals.values())
        column = f"{name}_{next(iter(naturals))}"
        if not found:
            self._refuse(row, "not_found", column, value=value)
        elif len(found) > 1:
            self._refuse(row, "ambiguous", column, value=value, candidates=_shown(found))
        else:
            self.known.load(to, [found[0].permalink])
            return found[0].permalink
        return ""

    def _check_links(self, row: ImportRow, name: str, to: str) -> None:
        links = [item for item in row.cells[name].split(" | ") if item]
        self.known.load(to, links)
        for item in links:
            if self.known.current(to, item) is None:
                self._refuse(row, "no_such_fact", name, value=item)

    def _change(self, row: ImportRow, cells: Mapping[str, str], permalink: str, *, matched: bool) -> None:
        self.known.load(row.table.name, [permalink])
        current = self.known.current(row.table.name, permalink)
        if current is None:
            self._refuse(row, "no_such_fact", "permalink", value=permalink)
            return
        if permalink in self.seen:
            self._refuse_twice(row, self.seen[permalink])
            return
        self.seen[permalink] = row
        if row.key:
            self.keys[row.table.name, row.key] = permalink
        stated = {name: value for name, value in cells.items() if name in row.columns or value}
        compared = compare_cells(row.table, current, stated, matched=matched)
        for column, code, params in compared.refused:
            self._refuse(row, code, column, **params)
        self.left += [LeftAsItIs(row.place.file, row.place.line, name, old) for name, old in compared.left]
        self.left += [LeftAsItIs(row.place.file, row.place.line, *cells) for cells in compared.worded]
        if compared.refused:
            return
        if not compared.changes:
            self.unchanged += 1
            return
        after = {**current.cells, **{change.column: change.new for change in compared.changes}}
        changed = {change.column for change in compared.changes}
        if self._holds(row, after, permalink, changed) and self._is_cited(row):
            self.changed.append(
                Changed(
                    row.table.name,
                    row.place,
                    permalink,
                    compared.changes,
                    row.cited,
                    matched=matched,
                    label=label_of(current.cells),
                )
            )

    def _add(self, row: ImportRow, cells: Mapping[str, str]) -> None:
        kept = {name: value for name, value in cells.items() if value}
        missing = _missing(row.table, kept)
        for name in missing:
            self._refuse(row, "needed", name, name=name)
        if missing or not self._holds(row, kept, "", set(kept)) or not self._is_cited(row):
            return
        identity = identity_of(row.table, kept)
        if identity and identity in self.identities:
            self._refuse_twice(row, self.identities[identity])
            return
        if identity:
            self.identities[identity] = row
        if row.key:
            link = f"{KEY}{row.table.name}/{row.key}"
            self.keys[row.table.name, row.key] = link
            self.added_cells[link] = kept
        self.added.append(Added(row.table.name, row.place, kept, row.cited, row.key))

    def _holds(self, row: ImportRow, cells: Mapping[str, str], permalink: str, changed: set[str]) -> bool:
        found = check_fact(Checked(row.table, cells, permalink, changed, self._cells_at, self.known))
        for column, code, params in found:
            self._refuse(row, code, column, **params)
        return not found

    def _cells_at(self, table: str, link: str) -> Mapping[str, str]:
        if link.startswith(KEY):
            return self.added_cells.get(link, {})
        self.known.load(table, [link])
        current = self.known.current(table, link)
        return current.cells if current else {}

    def _is_cited(self, row: ImportRow) -> bool:
        code = self.known.cites(row.cited, row.place.file)
        if code:
            column = "passage" if code.startswith("passage") else "source"
            self._refuse(row, code, column, value=row.cited.passage[:80], limit="400,000")
        return not code

    def _refuse(self, row: ImportRow, code: str, column: str = "", **params: str) -> None:
        self.refused.append(Refusal(code, row.place.file, row.place.line, column, params))

    def _refuse_twice(self, row: ImportRow, other: ImportRow) -> None:
        self._refuse(row, "same_fact_twice", other=str(other.place.line), other_file=other.place.file)


def _shown(candidates: Sequence[Candidate]) -> str:
    return "; ".join(f"{item.summary} <{item.permalink}>" for item in candidates[:MOST_SHOWN])


def _missing(table: Table, kept: Mapping[str, str]) -> list[str]:
    """Return the fields that a new fact must have and that no cell states, each once."""
    stated = {column.field for column in table.columns if column.name in kept}
    stated |= {name.rpartition("_")[0] for name in kept if table.column(name) is None}
    return list(dict.fromkeys(item.field for item in table.columns if item.needed and item.field not in stated))
