"""Cleaning: what is no part of the report goes, and every character left knows where it stood.

Cut are stamps of the page, teasers after *Voir plus* and its like, comment tails, and a paragraph that stands twice;
mended are words glued to the name of a language by a translator, invisible characters and decomposed accents.
"""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

import regex

from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.reader.domain.folding import fold_characters
from entraide.reader.domain.tails import Line, Tails
from entraide.reader.domain.vocabulary import Vocabulary

_HEADER = regex.compile(r"\A\s*date ((?:19|20)[0-9][0-9](?:-[0-9][0-9]){0,2})\s+")
_GLUED = regex.compile(
    r"\b(?:Français|Anglais|Vietnamien|Espagnol|Russe|Chinois|French|English|Vietnamese)(?=\p{Lu}\p{Ll})"
)
_INVISIBLE = regex.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")
_DECOMPOSED = regex.compile(r"[\p{L}]\p{M}+")
_BARE = regex.compile(r"[\d\s.,:;|/•·*_=+-]*\Z")
_LONG_LINE = 90
_TWICE = 20
"""Characters of a line that, standing twice, is of the page."""
_BREAK = regex.compile(r"(?<=[^\n])\n(?=[^\n])")
_NARROWEST, _RAGGED, _WRAPPED = 45, 28, 3
_BULLETS = "-–•*·+ \t"
_SENTENCE_ENDS = (".", "!", "?", "…", "»", "”", '"')


@dataclass(frozen=True, slots=True)
class CleanText:
    """The cleaned text and its map to the original; `header` is an EDTF date that the page's header states, or None."""

    text: str
    original: str
    header: str | None
    _clean: tuple[int, ...] = field(repr=False)
    _origin: tuple[int, ...] = field(repr=False)
    _ends: tuple[int, ...] = field(repr=False)
    _kept: tuple[bool, ...] = field(repr=False)
    _spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original of the clean span `start`..`end` (end excluded)."""
        known = self._spans.get((start, end))
        if known is None:
            last = max(end, start + 1) - 1
            known = (self._at(start), self._at(last, last=True)) if self._clean else (0, 0)
            self._spans[start, end] = known
        return known

    def _at(self, position: int, *, last: bool = False) -> int:
        piece = max(bisect_right(self._clean, position) - 1, 0)
        if not self._kept[piece]:
            return self._ends[piece] if last else self._origin[piece]
        place = self._origin[piece] + position - self._clean[piece]
        if place >= self._ends[piece]:
            return self._ends[piece] if last else self._ends[piece] - 1
        return place + 1 if last else place


def clean_text(original: str, vocabulary: Vocabulary) -> CleanText:
    """Return `original` without what is no part of the report."""
    header = _header(original)
    edits: list[tuple[int, int, str]] = []
    if header:
        edits.append((header.start(), header.end(), ""))
    edits += _cut_lines(original, header.end() if header else 0, vocabulary)
    edits += [(place, place + 1, " ") for place in wrapped_breaks(original)]
    edits += [(m.start(), m.end(), "") for pattern in (_GLUED, _INVISIBLE) for m in pattern.finditer(original)]
    if not unicodedata.is_normalized("NFC", original):
        edits += [(m.start(), m.end(), unicodedata.normalize("NFC", m.group())) for m in _DECOMPOSED.finditer(original)]
    return _apply(original, sorted(edits), header.group(1) if header else None)


def _header(original: str) -> "regex.Match[str] | None":
    """The header, when what it states is a day, a month or a year: `date 2023-21` is none."""
    match = _HEADER.match(original)
    try:
        return match if match and PartialDate(match[1]) else None
    except NotADate:
        return None


def _cut_lines(original: str, position: int, vocabulary: Vocabulary) -> list[tuple[int, int, str]]:
    openings = vocabulary.lists["marker.cut_lines"]
    edits: list[tuple[int, int, str]] = []
    seen: set[str] = set()
    lines = _lines_of(original, position)
    number = 0
    tails = Tails(vocabulary, lines)
    while number < len(lines):
        line = lines[number]
        if (following := tails.following(number)) is not None:
            end = lines[following].start if following < len(lines) else len(original)
            edits.append((line.start, end, "\n" if following < len(lines) else ""))
            number = following
            continue
        if _is_of_the_page(line, openings, seen):
            edits.append((line.start, line.end, "\n"))
        if line.bare:
            seen.add(line.bare)
        number += 1
    return edits


def _lines_of(original: str, position: int) -> list[Line]:
    folded = fold_characters(original)
    lines = []
    for text in original[position:].splitlines(keepends=True):
        start, position = position, position + len(text)
        lines.append(Line(start, position, text, folded[start:position].strip(" \t\r\n:.>»-•()0123456789")))
    return lines


def _is_of_the_page(line: Line, openings: tuple[str, ...], seen: set[str]) -> bool:
    """A line of marks or figures, of the page's own words, or one that stands twice."""
    text, bare = line.text.strip(), line.bare
    if not bare:
        return bool(text) and bool(_BARE.match(text)) and not _has_date(text)
    return (len(bare) < _LONG_LINE and _opens(bare, openings)) or (len(bare) > _TWICE and bare in seen)


def _opens(bare: str, openings: tuple[str, ...]) -> bool:
    """Whether a short line begins with one of the page's own words, alone or before a colon."""
    return bare.startswith(openings) and any(
        bare.startswith(word) and bare[len(word) : len(word) + 2].strip(" :") == "" for word in openings
    )


def wrapped_breaks(text: str) -> list[int]:
    """Return the places of the line breaks that only wrap a paragraph, in a text whose lines were broken hard.

    Lines are wrapped where some go on in lower case on the next; a break then parts no sentence after a line of nearly
    the full width that ends without a full stop, unless a bullet, a bar or an empty line follows.
    """
    breaks = [match.start() for match in _BREAK.finditer(text)]
    ends = [(text.rfind("\n", 0, place) + 1, place) for place in breaks]
    open_ended = [(start, end) for start, end in ends if _goes_on(text[start:end]) and not _begins_anew(text, end)]
    going_on = [end - start for start, end in open_ended if text[end + 1].islower()]
    if len(going_on) < _WRAPPED:
        return []
    width = sorted(going_on)[len(going_on) // 2]
    return [end for start, end in open_ended if text[end + 1].islower() or end - start >= width - _RAGGED]


def _goes_on(line: str) -> bool:
    return len(line) >= _NARROWEST and "|" not in line and not line.rstrip().endswith((*_SENTENCE_ENDS, ":", ";"))


def _begins_anew(text: str, end: int) -> bool:
    return text[end + 1] in _BULLETS or "|" in text[end + 1 : text.find("\n", end + 1) + 1]


def _has_date(line: str) -> bool:
    return any(part.isdigit() and len(part) == 4 for part in regex.split(r"\D+", line))


def _apply(original: str, edits: list[tuple[int, int, str]], header: str | None) -> CleanText:
    parts: list[str] = []
    clean: list[int] = []
    origin: list[int] = []
    ends: list[int] = []
    kept: list[bool] = []
    length = position = 0

    def put(piece: str, start: int, end: int) -> None:
        nonlocal length
        if piece:
            parts.append(piece)
            clean.append(length)
            origin.append(start)
            ends.append(end)
            kept.append(piece == original[start:end])
            length += len(piece)

    for start, end, replacement in edits:
        if start < position:
            continue
        put(original[position:start], position, start)
        put(replacement, start, end)
        position = end
    put(original[position:], position, len(original))
    return CleanText("".join(parts), original, header, tuple(clean), tuple(origin), tuple(ends), tuple(kept))
