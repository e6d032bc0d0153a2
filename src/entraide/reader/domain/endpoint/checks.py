"""Whether a quote stands in the text, and whether the text's own words bear a value out.

Where the rules have a normaliser it decides: dates, ordinals and States of an answer must be what the reader's grammar
makes of the quote. Names and titles must stand in their quote letter by letter; codes must be of our lists.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from entraide.kernel.partial_dates import PartialDate
from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.endpoint.shape import LONGEST_QUOTE, VALUES, Dropped
from entraide.reader.domain.ordinals import ordinals_within
from entraide.reader.domain.reading import Opened

_MOST_PLACES = 50
_LONGEST_VALUE = 300
_PERIOD = re.compile(r"((?:19|20)[0-9][0-9])(?:/((?:19|20)[0-9][0-9]))?\Z")
_VERBATIM = frozenset({"type", "series", "place", "title_short", "name", "post", "organisation"})
_NAMES = frozenset({"co_chairs", "signatories"})


class Unborne(Exception):
    """A field that cannot stand; `reason` is counted. Never leaves this package."""

    def __init__(self, reason: Dropped) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Borne:
    """A field that the text bears out: its value, where its quote stands in the clean text, and on what basis."""

    value: Any
    start: int
    end: int
    basis: str


def places_of(clean: str, quote: str) -> list[tuple[int, int]]:
    """Return the spans at which `quote` stands in `clean`, blanks of any kind and number being alike; at most fifty."""
    words = quote.split()
    if not words or len(quote) > LONGEST_QUOTE:
        return []
    literal, spans, place = quote.strip(), list[tuple[int, int]](), -1
    while len(spans) < _MOST_PLACES and (place := clean.find(literal, place + 1)) >= 0:
        spans.append((place, place + len(literal)))
    if not spans:
        pattern = re.compile(r"\s{1,9}".join(map(re.escape, words)))
        for match in pattern.finditer(clean):
            spans.append(match.span())
            if len(spans) == _MOST_PLACES:
                break
    return spans


def nearest(spans: list[tuple[int, int]], anchor: int | None) -> tuple[int, int]:
    """Of several places the one nearest to where the rest of the item stands, else the first."""
    return spans[0] if anchor is None else min(spans, key=lambda span: (abs(span[0] - anchor), span[0]))


def check_field(
    opened: Opened, domains: Collection[str], kind: str, name: str, value: object, spans: list[tuple[int, int]],
    anchor: int | None,
) -> Borne:  # fmt: skip
    """Return the field if one of its quote's places bears the value out, the nearest first; raises `Unborne`."""
    check = _check_of(kind, name, domains)
    first = nearest(spans, anchor)
    found: Borne | None = None
    for start, end in [first, *(span for span in spans if span != first)]:
        found = check(opened, value, start, end)
        if found is not None:
            return found
    raise Unborne(Dropped.NOT_IN_QUOTE)


_Check = Callable[[Opened, object, int, int], Borne | None]


def _check_of(kind: str, name: str, domains: Collection[str]) -> _Check:
    codes: Mapping[str, Collection[str]] = {**VALUES, "commitments.domain": domains}
    if f"{kind}.{name}" in codes:
        allowed = codes[f"{kind}.{name}"]
        return lambda _opened, value, start, end: _code(allowed, value, start, end)
    if name in _VERBATIM:
        return _verbatim
    if name in _NAMES:
        return _names
    return {"date": _date, "ordinal": _ordinal, "state": _state, "period": _period}[name]


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_VALUE:
        raise Unborne(Dropped.BAD_VALUE)
    return " ".join(value.split())


def _code(allowed: Collection[str], value: object, start: int, end: int) -> Borne:
    code = _text(value)
    if code not in allowed:
        raise Unborne(Dropped.BAD_VALUE)
    return Borne(code, start, end, "inferred")


def _quoted(opened: Opened, start: int, end: int) -> str:
    return " ".join(opened.clean.text[start:end].split())


def _verbatim(opened: Opened, value: object, start: int, end: int) -> Borne | None:
    text = _text(value)
    return Borne(text, start, end, "stated") if _stands_in(text, _quoted(opened, start, end)) else None


def _names(opened: Opened, value: object, start: int, end: int) -> Borne | None:
    if not isinstance(value, list) or not value:
        raise Unborne(Dropped.BAD_VALUE)
    names = [_text(item) for item in value[:_MOST_PLACES]]
    quoted = _quoted(opened, start, end)
    return Borne(tuple(names), start, end, "stated") if all(_stands_in(name, quoted) for name in names) else None


def _stands_in(text: str, quoted: str) -> bool:
    """Whether `text` stands in the quote as whole words: `Al` is not in `Alger`."""
    place = quoted.find(text)
    while place >= 0:
        before, after = quoted[place - 1 : place] if place else "", quoted[place + len(text) :][:1]
        if not (before.isalnum() and text[0].isalnum()) and not (after.isalnum() and text[-1].isalnum()):
            return True
        place = quoted.find(text, place + 1)
    return False


def _date(opened: Opened, value: object, start: int, end: int) -> Borne | None:
    text = _text(value)
    first = bisect_left(opened.dates, start, key=lambda mention: mention.start)
    for mention in opened.dates[first:]:
        if mention.start >= end:
            break
        for future in (False, True):
            found: PartialDate | None = resolve(mention, opened.context, future=future)
            if mention.end <= end and found is not None and found.value == text:
                return Borne(found, start, end, found.basis.value)
    return None


def _ordinal(opened: Opened, value: object, start: int, end: int) -> Borne | None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unborne(Dropped.BAD_VALUE)
    return Borne(value, start, end, "stated") if value in ordinals_within(opened.document, start, end) else None


def _state(opened: Opened, value: object, start: int, end: int) -> Borne | None:
    code = _text(value)
    for kind in ("state", "body"):
        for hit in opened.document.within(kind, start, end):
            if hit.value == code and hit.end <= end:
                return Borne(code, start, end, "stated")
    if code not in opened.document.vocabulary.states["states"] and code != "XX":
        raise Unborne(Dropped.BAD_VALUE)
    return None


def _period(opened: Opened, value: object, start: int, end: int) -> Borne | None:
    match = _PERIOD.match(_text(value))
    if match is None:
        raise Unborne(Dropped.BAD_VALUE)
    quoted = opened.clean.text[start:end]
    return Borne(match[0], start, end, "stated") if all(year in quoted for year in match.groups() if year) else None
