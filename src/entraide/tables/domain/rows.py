"""Rows of an import before the register is asked: cells in their form, keys and permalinks each once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entraide.programme.domain.kinds import Change
from entraide.tables.domain.difference import Cited, Place
from entraide.tables.domain.permalinks import parse_permalink, write_permalink
from entraide.tables.domain.reading import ParsedFile, RawRow
from entraide.tables.domain.refusals import Refusal
from entraide.tables.domain.tables import Column, Table, Tables
from entraide.tables.domain.values import Bad, read_cell

CITING = frozenset({"source", "source_url", "source_kind", "passage"})


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row whose cells are in their form: `cells` of the table, `links` the columns that name other facts."""

    table: Table
    place: Place
    permalink: str
    key: str
    is_new: bool
    cells: Mapping[str, str]
    links: Mapping[str, str]
    cited: Cited
    columns: frozenset[str]


def check_rows(files: Sequence[ParsedFile], tables: Tables, origin: str) -> tuple[list[ImportRow], list[Refusal]]:
    """Return the rows of all files and what is refused before the register is asked."""
    rows: list[ImportRow] = []
    refused = [refusal for file in files for refusal in file.refusals]
    for file in files:
        if file.table is None or not file.columns:
            continue
        for raw in file.rows:
            row = _row(file, file.table, raw, tables, origin)
            if isinstance(row, ImportRow):
                rows.append(row)
            else:
                refused += row
    return _once(rows, refused), refused


def _row(file: ParsedFile, table: Table, raw: RawRow, tables: Tables, origin: str) -> ImportRow | list[Refusal]:
    cells: dict[str, str] = {}
    refused: list[Refusal] = []
    for column in file.columns:
        text = raw.cells[column.name]
        value = _permalink(table, text, origin) if column.name == "permalink" else _cell(column, text, tables, origin)
        if isinstance(value, Bad):
            refused.append(Refusal(value.code, file.name, raw.line, column.name, value.params))
        else:
            cells[column.name] = value
    if refused:
        return refused
    own = {name: value for name, value in cells.items() if (known := _column(file, name)) and not known.import_only}
    own.pop("permalink", None)
    extra = {name: value for name, value in cells.items() if name not in own and value}
    return ImportRow(
        table,
        Place(file.name, raw.line, raw.start, raw.end),
        cells.get("permalink", ""),
        extra.pop("key", ""),
        extra.pop("new", "") == "yes",
        own,
        {name: value for name, value in extra.items() if name not in CITING and name != "permalink"},
        Cited(
            extra.get("source", ""),
            extra.get("source_url", ""),
            extra.get("source_kind", ""),
            extra.get("passage", ""),
        ),
        frozenset(own),
    )


def _column(file: ParsedFile, name: str) -> Column | None:
    return next((column for column in file.columns if column.name == name), None)


def _cell(column: Column, text: str, tables: Tables, origin: str) -> str | Bad:
    # What is computed for readers is ignored, so nothing about it can be wrong.
    return "" if column.change is Change.DERIVED else read_cell(column, text, tables, origin)


def _permalink(table: Table, text: str, origin: str) -> str | Bad:
    if not text:
        return ""
    parts = parse_permalink(table, text, origin)
    if parts is None:
        page = table.page.strip("/").split("/", 1)[0]
        return Bad("foreign_permalink", {"value": text[:100], "origin": origin, "page": page})
    return write_permalink(table, parts, origin)


def _once(rows: Sequence[ImportRow], refused: list[Refusal]) -> list[ImportRow]:
    """Return the rows without those whose key or permalink an earlier row has."""
    seen: dict[tuple[str, str, str], Place] = {}
    kept = []
    for row in rows:
        marks = [("key", row.table.name, row.key)] if row.key else []
        marks += [("permalink", row.table.name, row.permalink)] if row.permalink else []
        clash = next((mark for mark in marks if mark in seen), None)
        if clash is None:
            seen |= dict.fromkeys(marks, row.place)
            kept.append(row)
            continue
        other = seen[clash]
        code = "duplicate_key" if clash[0] == "key" else "same_fact_twice"
        params = {"value": row.key, "other": str(other.line), "other_file": other.file}
        refused.append(Refusal(code, row.place.file, row.place.line, clash[0], params))
    return kept
