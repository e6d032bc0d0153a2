r"""Values as cells of a spreadsheet and back, without loss, and without a cell that a spreadsheet would compute.

A text that a spreadsheet takes for a formula gets an apostrophe in front (OWASP, CSV injection); reading takes exactly
that apostrophe away again. Several values of one cell stand between bars, `a | b`, a bar inside a value as `\\|`.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from entraide.tables.domain.tables import Column, ColumnType, Table

Value: TypeAlias = str | int | bool | tuple[str, ...] | Mapping[str, str] | None
Row: TypeAlias = Mapping[str, Value]

BYTE_ORDER_MARK = "﻿"
YES, NO = "yes", "no"
_COMPUTED = re.compile(r"['\s]*[=+\-@＝＋－＠\t\r\n]")
_BAR = re.compile(r"(?<!\\)\|")


def protect(text: str) -> str:
    """Return `text` so that no spreadsheet computes it; `unprotect` undoes it exactly."""
    return f"'{text}" if _COMPUTED.match(text) else text


def unprotect(text: str) -> str:
    """Return the text that `protect` was given."""
    return text[1:] if text.startswith("'") and _COMPUTED.match(text) else text


def join_list(values: Iterable[str]) -> str:
    """Return several values as one cell: `a | b`; empty where all of them are."""
    values = tuple(values)
    if not any(values):
        return ""
    return " | ".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def split_list(text: str) -> tuple[str, ...]:
    """Return the values of a cell that `join_list` made; empty ones are left out."""
    parts: list[str] = [""]
    escaped = False
    for character in text:
        if escaped:
            parts[-1] += character if character in "\\|" else f"\\{character}"
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "|":
            parts.append("")
        else:
            parts[-1] += character
    if escaped:
        parts[-1] += "\\"
    return tuple(part.strip() for part in parts if part.strip())


def join_pairs(pairs: Mapping[str, str]) -> str:
    """Return texts by code as one cell: `LA: Police | VN: Department`."""
    return join_list(f"{code}: {text}" for code, text in sorted(pairs.items()))


def split_pairs(text: str) -> dict[str, str] | None:
    """Return the texts by code of a cell that `join_pairs` made, None when a part has no code."""
    found = {}
    for part in split_list(text):
        code, colon, words = part.partition(":")
        if not colon or not code.strip() or not words.strip():
            return None
        found[code.strip()] = words.strip()
    return found


def tidy(text: str) -> str:
    """Return a cell as it is compared: composed Unicode (NFC), line ends as one kind, no blanks around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def cell_of(value: Value) -> str:
    """Return a value as the text of a cell, not yet protected."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Mapping):
        return join_pairs(value)
    if isinstance(value, tuple):
        return join_list(value)
    return str(value)


def csv_lines(
    columns: Sequence[Column], rows: Iterable[Row], *, mark: bool, separator: str = ",", protected: bool = True
) -> Iterable[str]:
    """Yield the lines of a CSV file (RFC 4180), the header first; `mark` begins it with a byte order mark.

    Not `protected`, texts stand as they are, for programs that compute nothing.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    as_cell = protect if protected else str
    writer.writerow([column.name for column in columns])
    yield (BYTE_ORDER_MARK if mark else "") + buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([as_cell(cell_of(row.get(column.name))) for column in columns])
        yield buffer.getvalue()


def json_lines(columns: Sequence[Column], rows: Iterable[Row]) -> Iterable[str]:
    """Yield one JSON object per row, each on a line of its own (JSON Lines)."""
    for row in rows:
        yield _object(columns, row) + "\n"


def json_document(table: Table, rows: Iterable[Row], documentation: str) -> Iterable[str]:
    """Yield one JSON object with the table's name, where its columns are described, and its rows."""
    head = json.dumps({"table": table.name, "documentation": documentation}, ensure_ascii=False)
    yield f'{head[:-1]}, "rows": ['
    between = "\n"
    for row in rows:
        yield between + _object(table.exported, row)
        between = ",\n"
    yield "\n]}\n"


def _object(columns: Sequence[Column], row: Row) -> str:
    return json.dumps({column.name: _plain(column, row.get(column.name)) for column in columns}, ensure_ascii=False)


def _plain(column: Column, value: Value) -> object:
    """Return a value as JSON has it: no empty texts, lists and objects for what is several."""
    if column.type in (ColumnType.LIST, ColumnType.LINKS):
        return [item or None for item in value] if isinstance(value, tuple) else []
    if isinstance(value, Mapping):
        return dict(value)
    return None if value == "" else value
