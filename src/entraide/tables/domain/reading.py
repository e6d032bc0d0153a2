"""A CSV file as people's spreadsheets write it: its encoding, delimiter, header and rows, each row with its line.

Nothing is guessed silently: what had to be guessed is said, and what cannot be read is refused with its line.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from entraide.tables.domain.cells import tidy, unprotect
from entraide.tables.domain.refusals import Refusal
from entraide.tables.domain.tables import Column, ColumnType, Table, Tables

MOST_ROWS = 50_000
"""Rows of one import. Each is compared with the register; a longer table is split."""
LONGEST_CELL = 100_000
DELIMITERS = (",", ";", "\t")
WORKBOOKS = ((b"PK\x03\x04", "XLSX, ODS or ZIP"), (b"\xd0\xcf\x11\xe0", "XLS"), (b"%PDF-", "PDF"))


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as written: its line, its cells by column (protection taken away), and its span in the text."""

    line: int
    cells: dict[str, str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file of an import: its table (None when refused), what was found of its form, its rows and what is refused.

    A file of a table that is exported only, as a folder of exports holds them, is `left_out`: it is not compared.
    """

    name: str
    table: Table | None
    text: str = ""
    encoding: str = ""
    delimiter: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[RawRow, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def left_out(self) -> bool:
        """Whether nothing of the file is compared, because its table is exported only."""
        return self.table is not None and not self.table.importable


def parse_file(name: str, data: bytes, tables: Tables) -> ParsedFile:
    """Return the rows of a CSV file; what is wrong with it stands in `refusals`, and nothing is raised."""
    decoded = decode_table(name, data)
    if isinstance(decoded, Refusal):
        return ParsedFile(name, None, refusals=(decoded,))
    text, encoding = decoded
    body, skipped = _skip_separator_line(text)
    delimiter = find_delimiter(body, tables)
    records = _records(body, delimiter, skipped)
    try:
        first = next(records, None)
    except csv.Error as error:
        return ParsedFile(name, None, text, encoding, delimiter, refusals=(_quotes(name, 1, error),))
    if first is None:
        return ParsedFile(name, None, text, encoding, delimiter, refusals=(Refusal("empty", name),))
    header = [tidy(unprotect(cell)).lower() for cell in first.cells]
    while header and not header[-1]:
        header.pop()
    form = ParsedFile(name, None, text, encoding, delimiter)
    return _read_table(form, find_table(name, header, tables), header, records)


def _read_table(
    form: ParsedFile, found: Table | Refusal, header: Sequence[str], records: "Iterator[_Record]"
) -> ParsedFile:
    """Return the file with its table and rows, or with why there are none."""
    if isinstance(found, Refusal):
        return replace(form, refusals=(found,))
    if not found.importable:
        return replace(form, table=found)
    columns = match_columns(form.name, header, found)
    wrong = tuple(item for item in columns if isinstance(item, Refusal))
    if wrong:
        return replace(form, table=found, refusals=wrong)
    known = tuple(item for item in columns if isinstance(item, Column))
    rows, refusals = _read_rows(form.name, records, [column.name for column in known])
    return replace(form, table=found, columns=known, rows=tuple(rows), refusals=tuple(refusals))


def decode_table(name: str, data: bytes) -> tuple[str, str] | Refusal:
    """Return the text of a file and the name of its encoding: UTF-8, UTF-16, else Windows-1252."""
    if not data.strip():
        return Refusal("empty", name)
    for start, form in WORKBOOKS:
        if data.startswith(start):
            return Refusal("workbook", name, params={"format": form})
    for mark, codec, label in (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
    ):
        if data.startswith(mark):
            return _decode(name, data, codec, label)
    if b"\x00" in data:
        return Refusal("not_text", name)
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _decode(name, data, "cp1252", "Windows-1252")


def _decode(name: str, data: bytes, codec: str, label: str) -> tuple[str, str] | Refusal:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return Refusal("encoding", name)
    return Refusal("not_text", name) if "\x00" in text else (text, label)


def find_delimiter(text: str, tables: Tables) -> str:
    """Return the delimiter by which the header gives the most names of columns; a comma when none gives any."""
    header = text[:20_000].replace("\r", "\n").lstrip("\n").split("\n", 1)[0]
    names = {column.name for table in tables.tables for column in table.columns}

    def score(delimiter: str) -> int:
        return sum(cell.strip(' "').lower() in names for cell in header.split(delimiter))

    return max(DELIMITERS, key=score)


def find_table(name: str, header: Sequence[str], tables: Tables) -> Table | Refusal:
    """Return the table that the file's name says, else the one whose columns alone contain the whole header."""
    words = set(re.split(r"[^a-z]+", name.lower().rsplit(".", 1)[0]))
    named = [table for table in tables.tables if table.name in words]
    fitting = [table for table in tables.importable if header and all(table.column(item) for item in header)]
    chosen = named if len(named) == 1 else fitting
    if len(chosen) != 1:
        return Refusal("which_table", name, params={"allowed": ", ".join(table.name for table in tables.importable)})
    return chosen[0]


def match_columns(name: str, header: Sequence[str], table: Table) -> list[Column | Refusal]:
    """Return the column of each name of the header, or why there is none."""
    found: list[Column | Refusal] = []
    for index, item in enumerate(header):
        column = table.column(item) or _in_another_language(table, item)
        if item in header[:index]:
            found.append(Refusal("duplicate_column", name, 1, item, {"name": item}))
        elif column is None:
            nearest = get_close_matches(item, [each.name for each in table.columns], n=1, cutoff=0.5)
            params = {"name": item or "–", "table": table.name, "nearest": nearest[0] if nearest else "permalink"}
            found.append(Refusal("unknown_column", name, 1, item, params))
        else:
            found.append(column)
    if "permalink" not in header:
        given = {column.field for column in found if isinstance(column, Column)}
        missing = _missing_fields(header, table, given)
        found += [Refusal("missing_column", name, 1, item, {"name": item}) for item in missing]
    return found


def _missing_fields(header: Sequence[str], table: Table, given: set[str]) -> list[str]:
    """Return the fields that a new row must have and of which no column of the header tells."""
    told = given | {name.removesuffix("_key") for name in header} | {item.split("_")[0] for item in header}
    return list(dict.fromkeys(item.field for item in table.columns if item.needed and item.field not in told))


def _in_another_language(table: Table, name: str) -> Column | None:
    """Return a column such as `text_lo` of a field that has a text per language."""
    field, _, language = name.rpartition("_")
    if not table.texts(field) or not re.fullmatch(r"[a-z]{2,3}", language):
        return None
    model = next(column for column in table.columns if column.field == field)
    if len(language) == 3 and table.column(f"{field}_{language[:2]}") is not None:
        return None  # `text_frr` is a slip for `text_fr` far sooner than North Frisian
    return Column(name, ColumnType.TEXT, field, language=language, change=model.change, longest=model.longest)


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    cells: list[str]
    start: int
    end: int


def _skip_separator_line(text: str) -> tuple[str, int]:
    """Return the text after the line `sep=;` that Excel understands, and how many characters it has."""
    found = re.match(r"\s*\"?sep=.\"?[ \t]*(?:\r\n|\r|\n)", text, re.IGNORECASE)
    return (text[found.end() :], found.end()) if found else (text, 0)


def _records(text: str, delimiter: str, offset: int) -> Iterator[_Record]:
    """Yield the records of the text with their lines and spans; raises `csv.Error` for broken quotation marks."""
    consumed = [offset, 0 if offset == 0 else 1]

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            consumed[0] += len(line)
            consumed[1] += 1
            yield line

    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    start, line = consumed[0], consumed[1]
    for cells in reader:
        yield _Record(line + 1, cells, start, consumed[0])
        start, line = consumed[0], consumed[1]


def _read_rows(name: str, records: Iterator[_Record], columns: Sequence[str]) -> tuple[list[RawRow], list[Refusal]]:
    rows: list[RawRow] = []
    refusals: list[Refusal] = []
    last = 1
    try:
        for record in records:
            last = record.line
            cells = [tidy(unprotect(cell)) for cell in record.cells]
            while len(cells) > len(columns) and not cells[-1]:
                cells.pop()
            if not any(cells):
                continue
            if len(cells) != len(columns):
                params = {"count": str(len(cells)), "expected": str(len(columns))}
                refusals.append(Refusal("cells", name, record.line, params=params))
                continue
            if len(rows) == MOST_ROWS:
                refusals.append(Refusal("too_many_rows", name, record.line, params={"limit": f"{MOST_ROWS:,}"}))
                break
            rows.append(RawRow(record.line, dict(zip(columns, cells, strict=True)), record.start, record.end))
    except csv.Error as error:
        refusals.append(_quotes(name, last + 1, error))
    return rows, refusals


def _quotes(name: str, line: int, error: csv.Error) -> Refusal:
    if "field limit" in str(error):
        return Refusal("too_long", name, line, params={"count": f"> {LONGEST_CELL}", "limit": str(LONGEST_CELL)})
    return Refusal("quotes", name, line, params={"why": str(error)})
