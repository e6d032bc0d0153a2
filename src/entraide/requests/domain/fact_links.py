"""Which fact of the safeguards a field answers, and how its answer is read.

A link is data of the form: `fact: channel` gives the answer itself, `fact: {answered: stage_stated}` only whether there
is one. The ways of reading are a closed list, and each is held to the type of the fact when the form is loaded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final

from entraide.safeguards.domain.shape import FactShape, FactType, describe_facts


class Reading(StrEnum):
    """How an answer becomes a fact."""

    ANSWER = "answer"
    """The answer itself: yes or no, a code, codes, a number, a day, one item per row or code."""
    ANSWERED = "answered"
    """Whether there is an answer; of several fields (and of each row) all must be answered."""
    ANY_ANSWERED = "any_answered"
    """Whether one of the fields that tell this fact is answered."""
    COMPLETE = "complete"
    """Whether every field that tells this fact is answered as far as the form requires it."""
    CHOSEN = "chosen"
    """Whether one of `codes` is chosen."""
    YEARS = "years"
    """A part of a number of months."""
    MONTHS = "months"
    """A part of a number of months."""
    REQUESTED_STATE = "requested_state"
    """Whether the answer is the requested State."""


@dataclass(frozen=True, slots=True)
class FactLink:
    """One fact that a field tells: its path in `RequestFacts`, the way of reading, and the codes of `chosen`."""

    path: str
    reading: Reading = Reading.ANSWER
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """A link with what is known of its field: id, kind, and the fact of the rows that it stands in."""

    link: FactLink
    field: str
    kind: str
    rows: str | None = None


SUPPLIED: Final = frozenset(
    {
        "request_type", "traits", "on", "content_digest", "earlier_refusals_of_sender", "persons.reference",
        *(path for path in describe_facts() if path.startswith(("sender.", "recipient."))),
    }
)  # fmt: skip
"""Facts that the node itself knows; no form may tell them."""

_FLAGS: Final = frozenset({FactType.FLAG, FactType.ANSWER})
_NUMBER: Final = frozenset({FactType.NUMBER})
_TYPES: Final[Mapping[Reading, frozenset[FactType]]] = {
    Reading.ANSWERED: _FLAGS,
    Reading.ANY_ANSWERED: _FLAGS,
    Reading.COMPLETE: _FLAGS,
    Reading.CHOSEN: _FLAGS,
    Reading.YEARS: _NUMBER,
    Reading.MONTHS: _NUMBER,
    Reading.REQUESTED_STATE: _FLAGS,
}
_KINDS: Final[Mapping[Reading, frozenset[str]]] = {
    Reading.CHOSEN: frozenset({"code", "codes"}),
    Reading.YEARS: frozenset({"integer"}),
    Reading.MONTHS: frozenset({"integer"}),
    Reading.REQUESTED_STATE: frozenset({"state"}),
}
_ANSWERED_BY: Final[Mapping[FactType, frozenset[str]]] = {
    FactType.FLAG: frozenset({"code"}),
    FactType.ANSWER: frozenset({"code"}),
    FactType.CODE: frozenset({"code"}),
    FactType.CODES: frozenset({"codes"}),
    FactType.TEXT: frozenset({"code", "text", "state", "codes"}),
    FactType.TEXTS: frozenset({"codes"}),
    FactType.LIST: frozenset({"codes"}),
    FactType.NUMBER: frozenset({"integer"}),
    FactType.DAY: frozenset({"date"}),
    FactType.ITEMS: frozenset({"rows"}),
}


def parse_links(value: Any) -> tuple[FactLink, ...]:  # noqa: ANN401 - what stands under `fact` in YAML
    """Return the links that `fact` declares: a path, `{reading: path}`, or a list of these; raises `ValueError`."""
    if value is None:
        return ()
    return tuple(_link(item) for item in (value if isinstance(value, list) else [value]))


def find_link_defects(linked: Iterable[Linked]) -> Iterator[str]:
    """Yield what is wrong with the links of one form, each with its field and its fact by name."""
    readings: dict[str, tuple[Reading, str]] = {}
    for item in linked:
        why = _why_wrong(item)
        if not why:
            why = _why_double(item, readings.get(item.link.path))
            readings.setdefault(item.link.path, (item.link.reading, item.field))
        if why:
            yield f"field {item.field}: the fact {item.link.path} {why}"


def _link(item: Any) -> FactLink:  # noqa: ANN401 - one entry under `fact`
    if isinstance(item, str):
        return FactLink(item)
    readings = [name for name in item if name != "codes"]
    if len(readings) != 1:
        raise ValueError(f"a fact is a path or one way of reading with a path, not {item!r}")
    return FactLink(str(item[readings[0]]), Reading(readings[0]), tuple(str(code) for code in item.get("codes", ())))


def _why_wrong(item: Linked) -> str:
    link = item.link
    shape = describe_facts().get(link.path)
    if shape is None:
        return f"does not exist{_nearest(link.path)}"
    if link.path in SUPPLIED:
        return "is told by the node itself"
    if shape.kind not in _TYPES.get(link.reading, frozenset(FactType)):
        return f"is of the type {shape.kind.value}, which “{link.reading.value}” does not give"
    if item.kind not in _allowed_kinds(shape, link):
        return f"cannot be read from a field of the kind {item.kind} by “{link.reading.value}”"
    if (link.reading is Reading.CHOSEN) is not bool(link.codes):
        return "needs codes with “chosen”, and with nothing else"
    return _why_misplaced(item, shape)


def _nearest(path: str) -> str:
    like = get_close_matches(path, describe_facts(), 1)
    return f"; {like[0]} does" if like else ""


def _allowed_kinds(shape: FactShape, link: FactLink) -> frozenset[str]:
    if link.reading is not Reading.ANSWER:
        return _KINDS.get(
            link.reading, frozenset({*(kind for kinds in _ANSWERED_BY.values() for kind in kinds), *_WORDS})
        )
    allowed = _ANSWERED_BY[shape.kind]
    # Several codes are one text only where each makes an item of its own.
    return allowed if shape.kind is not FactType.TEXT or shape.names_item else allowed - {"codes"}


_WORDS: Final = frozenset({"long_text", "partial_date", "moment", "authority", "identifier"})


def _why_misplaced(item: Linked, shape: FactShape) -> str:
    if item.rows is None:
        return ""
    if shape.items and shape.items != item.rows:
        return f"belongs to {shape.items}, and this row is none of them"
    if not shape.items and item.link.reading not in (Reading.ANSWERED, Reading.ANY_ANSWERED, Reading.COMPLETE):
        return "is one for the whole request, and there may be several rows"
    return "" if shape.kind is not FactType.ITEMS else "is a list, and this field stands in a row"


def _why_double(item: Linked, earlier: tuple[Reading, str] | None) -> str:
    if earlier is None:
        return ""
    reading, field = earlier
    parts = {Reading.YEARS, Reading.MONTHS}
    if {reading, item.link.reading} == parts:
        return ""
    if reading is item.link.reading and reading in (Reading.ANSWERED, Reading.ANY_ANSWERED, Reading.COMPLETE):
        return ""
    return f"is told by the field {field} already"
