"""Rows of the register that change, in words: the facts that they belong to, and each value, old and new."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from entraide.directory.api import language_name, state_name
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import NotADate
from entraide.programme.api import load_kinds, name_code, name_field, say
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.publication.api import OUTCOMES, TITLES, AboutPage, Outcome
from entraide.storage.domain.traces import Image, Place, list_differences
from entraide.web.language import reader_language
from entraide.web.register.hits import read_titles
from entraide.web.templatetags.programme import day

PROPOSAL, CITATION = "communiques.Proposal", "communiques.Citation"
ABOUT, ANSWER, SWITCH = "publication.OwnText", "publication.ErrorAnswer", "publication.Reporting"
HIDDEN = frozenset({"id", "created_at", "sort_date", "listed_on", "position", "folded_name", "sort_key", "key"})
"""Columns that say nothing to a person."""
TITLED = frozenset({"mechanism", "series", "meeting", "instrument", "commitment", "organisation", "post", "source"})
"""Kinds whose facts have titles, so that a link to one can be told."""
NAMES_OF_FIELDS = (
    gettext_noop("State"),
    gettext_noop("Organisation"),
    gettext_noop("First seen"),
    gettext_noop("Last seen"),
    gettext_noop("Name"),
    gettext_noop("Level"),
    gettext_noop("Status"),
    gettext_noop("Date"),
    gettext_noop("Role"),
    gettext_noop("Post"),
    gettext_noop("Title"),
    gettext_noop("Period"),
    gettext_noop("Languages"),
    gettext_noop("Instrument"),
    gettext_noop("Kind"),
    gettext_noop("Text"),
    gettext_noop("Lead units"),
    gettext_noop("Origin"),
    gettext_noop("When"),
    gettext_noop("Place"),
    gettext_noop("Assessor"),
    gettext_noop("Method"),
    gettext_noop("Grade"),
    gettext_noop("Note"),
    gettext_noop("Value"),
    gettext_noop("Field"),
)
"""Names that fields have without a label of their own, for the catalogs."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that an act changed: what it is, the old and the new one, and the language of a text."""

    label: str
    old: str
    new: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """A fact that an act touched: what it is called, its page where it has one, and the values that changed."""

    title: str
    href: str
    history: str
    values: tuple[Value, ...]
    tone: str


Row = tuple[Place, Image | None, Image | None]
"""A row that changes: where it stands, what it was, what it is then."""


def present_rows(node: Node, rows: Sequence[Row]) -> list[Touched]:
    """Return the facts and parts that change, each with its values; what says nothing to a person is left out."""
    merged: dict[Place, list[Image | None]] = {}
    for place, before, after in rows:
        merged.setdefault(place, [before, after])[1] = after
    found = [_touched(node, place, pair[0], pair[1]) for place, pair in merged.items()]
    return [item for item in found if item is not None]


def _touched(node: Node, place: Place, before: Image | None, after: Image | None) -> Touched | None:
    kind = next((item for item in load_kinds() if item.model == place[0]), None)
    if place[0] == CITATION:
        return None  # that a passage shows a fact is told at the fact
    if kind is None:
        return _other(place, before, after)
    values = [value for cell in list_differences(before, after) if (value := _value(node, kind, *cell)) is not None]
    if not values and before is not None and after is not None:
        return None
    state, tone = _state_of(before, after)
    page = f"/{kind.table}/{place[1]}/" if kind.has_page else ""
    history = f"/acts/facts/{place[1]}/" if page else ""
    title = " · ".join(filter(None, (say(kind.one), state)))
    return Touched(title, page if after is not None else "", history, tuple(values), tone)


def _state_of(before: Image | None, after: Image | None) -> tuple[str, str]:
    """Return whether a row is made or goes, in words, and the tone of it."""
    if before is None:
        return gettext("new"), "good"
    return (gettext("withdrawn"), "bad") if after is None else ("", "calm")


def _other(place: Place, before: Image | None, after: Image | None) -> Touched | None:
    """Return what changes in a table of which no kind is declared: a proposal's state, a name."""
    cells = {column: (old, new) for column, old, new in list_differences(before, after)}
    if place[0] == PROPOSAL:
        old, new = cells.get("state", (None, None))
        if new is None:
            return None
        values = (Value(gettext("Proposal"), _state(old), _state(new)),)
        return Touched(gettext("Proposal"), "", "", values, "calm")
    if place[0] in _TOLD_APART:
        return _TOLD_APART[place[0]](cells, after or before or {})
    for column in ("name", "title"):
        if column in cells:
            language = str((after or before or {}).get("language") or "")
            old, new = cells[column]
            value = Value(gettext("Name"), str(old or ""), str(new or ""), language)
            return Touched(gettext("Name"), "", "", (value,), "calm")
    return None


Cells = Mapping[str, tuple[Any, Any]]


def _page(cells: Cells, image: Image) -> Touched | None:
    """Tell a text of a page about the register."""
    if "text" not in cells:
        return None
    language, page = str(image["language"]), AboutPage(str(image["page"]))
    old, new = (str(value or "") for value in cells["text"])
    label = f"{gettext(TITLES[page])} ({language_name(language, reader_language())})"
    return Touched(label, f"/about/{page}/", "", (Value(gettext("Text"), old, new, language),), "calm")


def _answer(cells: Cells, _image: Image) -> Touched | None:
    """Tell an answer to a report of an error."""
    old, new = (str(value or "") for value in cells.get("outcome", ("", "")))
    words = {item.value: gettext(OUTCOMES[item]) for item in Outcome}
    value = Value(gettext("Answer"), words.get(old, ""), words.get(new, ""))
    return Touched(gettext("Report of an error"), "/error-reports/", "", (value,), "calm") if old or new else None


def _switch(cells: Cells, _image: Image) -> Touched | None:
    """Tell that reports are taken, or none."""
    old, new = (None if value is None else bool(value) for value in cells.get("open", (None, None)))
    words = {None: "", True: gettext("yes"), False: gettext("no")}
    value = Value(gettext("Readers may report errors"), words[old], words[new])
    return Touched(gettext("Report an error"), "/about/texts/#reporting", "", (value,), "calm")


_TOLD_APART: Mapping[str, Callable[[Cells, Image], Touched | None]] = {ABOUT: _page, ANSWER: _answer, SWITCH: _switch}
"""How rows are told that are of no kind of fact and have no name."""


def _state(value: object) -> str:
    names = {
        "waiting": gettext("Waiting"),
        "kept": gettext("Kept"),
        "corrected": gettext("Kept, corrected"),
        "rejected": gettext("Rejected"),
    }
    return names.get(str(value), "")


def _value(node: Node, kind: Kind, column: str, old: Any, new: Any) -> Value | None:  # noqa: ANN401 - columns' values
    own, _, part = column.partition(".")
    field = next((item for item in kind.fields if own in (item.column, f"{item.column}_id")), None)
    if own in HIDDEN or field is None or (not old and not new):
        return None
    if field.type is FieldType.LINK and field.to not in TITLED:
        return None  # it is told by the other fields
    label, language = gettext(name_field(field)), ""
    if field.type is FieldType.TEXTS and part:
        language = part
        label = f"{label} ({language_name(part, reader_language())})"
    elif part:
        label = f"{label} ({state_name(part, reader_language())})"
    return Value(label, _shown(node, field, old), _shown(node, field, new), language)


def _shown(node: Node, field: Field, value: Any) -> str:  # noqa: ANN401 - a column's value
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Mapping):
        return "; ".join(str(item) for item in value.values())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _SHOWN.get(field.type, _as_text)(node, field, str(value))


def _as_text(_node: Node, _field: Field, value: str) -> str:
    return value


def _linked(node: Node, field: Field, value: str) -> str:
    id_ = UUID(value)
    return read_titles(node, field.to, [id_]).get(id_, gettext("withdrawn"))


def _coded(_node: Node, field: Field, value: str) -> str:
    return state_name(value, reader_language()) if field.code_list == "states" else name_code(field, value)


def _dated(_node: Node, _field: Field, value: str) -> str:
    try:
        return day(value)
    except NotADate:
        return value


_SHOWN: Mapping[FieldType, Callable[[Node, Field, str], str]] = {
    FieldType.LINK: _linked,
    FieldType.CODE: _coded,
    FieldType.EDTF: _dated,
}
"""How a value is told, by type; others are told as they are."""
