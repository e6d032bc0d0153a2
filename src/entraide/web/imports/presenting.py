"""A difference as the page shows it: one part at a time, each entry with its place in the file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from entraide.tables.api import (
    Added,
    Changed,
    Difference,
    LeftAsItIs,
    Refusal,
    describe_column,
    load_tables,
)
from entraide.web.language import filled

Entry = Added | Changed | LeftAsItIs | Refusal
PARTS = ("refused", "changed", "added", "left")


@dataclass(frozen=True, slots=True)
class Line:
    """A cell of an entry: its column with the meaning of it, what stood there and what will."""

    column: str
    about: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry: what it is about, where it stands, its lines, and for a refusal the reason and the remedy."""

    title: str
    href: str
    place: str
    lines: Sequence[Line]
    note: str = ""
    remedy: str = ""
    code: str = ""


def entries_of(difference: Difference, part: str) -> Sequence[Entry]:
    """Return the entries of one part of a difference."""
    parts: dict[str, Sequence[Entry]] = {
        "refused": difference.refused,
        "changed": difference.changed,
        "added": difference.added,
        "left": difference.left,
    }
    return parts[part]


def first_part(difference: Difference) -> str:
    """Return the part that a person needs to see first: what is refused, then what changes."""
    return next((part for part in PARTS if entries_of(difference, part)), "changed")


def show_entry(entry: Entry, language: str) -> Shown:
    """Return an entry as the page shows it, in `language`."""
    if isinstance(entry, Refusal):
        params = dict(entry.params)
        return Shown(
            entry.column or gettext("The file"),
            "",
            _place(entry.file, entry.line),
            (),
            filled(entry.message, params),
            filled(entry.remedy, params),
            entry.code,
        )
    if isinstance(entry, LeftAsItIs):
        note = gettext("The cell is empty, or something was taken out of it; an import deletes nothing.")
        if entry.new:
            note = gettext("An import changes no wording that the register has; correct it by hand, on its page.")
        lines = (Line(entry.column, "", entry.old, entry.old),)
        return Shown(entry.column, "", _place(entry.file, entry.line), lines, note)
    place = _place(entry.place.file, entry.place.line)
    if isinstance(entry, Added):
        cells = [Line(name, _about(entry.table, name, language), "", value) for name, value in entry.cells.items()]
        return Shown(entry.label or entry.table, "", f"{entry.table} · {place}", cells)
    changes = [
        Line(item.column, _about(entry.table, item.column, language), item.old, item.new) for item in entry.changes
    ]
    matched = gettext("Found without a permalink, by what the row says.") if entry.matched else ""
    return Shown(entry.label or entry.table, entry.permalink, f"{entry.table} · {place}", changes, matched)


def _place(file: str, line: int) -> str:
    return gettext("{file}, line {line}").format(file=file, line=line) if line else file


def _about(table: str, name: str, language: str) -> str:
    of = load_tables().get(table)
    column = of.column(name)
    return describe_column(of, column, language) if column else ""
