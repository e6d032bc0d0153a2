"""Where a text is at home: the States it names, its agency, dateline and title, and whose the short forms are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from entraide.reader.domain.document import Document
from entraide.reader.domain.vocabulary import Hit

BODY = "XX"
"""The code of an organisation of States, in the place of a State's."""
_SHORT_FORM = regex.compile(r"\((\p{Lu}[\p{Lu}\p{Ll}&.-]{1,11})\)")
_BEFORE = 110
_MOST_CODES = 24
_MOST_SHORT_FORMS = 40
_LEAD = 2
_HEADING = 220


class Ground(NamedTuple):
    """A State with the words that show it, and how they do."""

    state: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Landscape:
    """What the whole text says of States: `codes` most named first, `grounds` of the text, `short_forms` by letters."""

    codes: tuple[str, ...]
    counts: Mapping[str, int]
    grounds: tuple[Ground, ...]
    short_forms: Mapping[str, Hit]

    def span(self, document: Document, code: str) -> tuple[int, int]:
        """Return where the State is first named."""
        for kind in ("state", "body", "town", "agency"):
            for hit in document.hits.get(kind, ()):
                if hit.value == code:
                    return hit.start, hit.end
        return 0, 0


def survey(document: Document) -> Landscape:
    """Return what the text says of States as a whole."""
    counts = Counter(hit.value for hit in document.hits.get("state", ()))
    towns = Counter(hit.value for hit in document.hits.get("town", ()))
    first = {hit.value: hit.start for hit in reversed(document.hits.get("state", ()))}
    codes = sorted(counts, key=lambda code: (-2 * counts[code] - towns[code], first[code]))[:_MOST_CODES]
    if document.hits.get("body"):
        codes.append(BODY)
        counts[BODY] = len(document.hits["body"])
    grounds = [*_agencies(document), *_headings(document), *_places(document)]
    codes += [ground.state for ground in grounds if ground.state not in codes]
    return Landscape(tuple(dict.fromkeys(codes)), counts, tuple(grounds), _short_forms(document))


def _agencies(document: Document) -> list[Ground]:
    """The State of the news agency that is named, where it is of one State."""
    homes = document.vocabulary.states["agencies"]
    hits = document.hits.get("agency", ())
    found: list[Ground] = []
    for hit in hits[:_LEAD]:
        name = document.text[hit.start : hit.end]
        owners = [code for code, names in homes.items() if name in names]
        found += [
            Ground(code, hit.start, hit.end, "agency" if len(owners) == 1 else "agency_of_some") for code in owners
        ]
    return found


def _headings(document: Document) -> list[Ground]:
    """The States of the title in their order, of the dateline, and of the ministry that heads its own page."""
    found: list[Ground] = []
    for block in document.blocks[:3]:
        if block.kind == "title":
            end = min(block.end, block.start + _HEADING)
            found += _of_title(document.within("state", block.start, end), found)
            found += _all(document.within("town", block.start, end)[:_LEAD], "town_of_title")
    first = document.blocks[0] if document.blocks else None
    if first and document.within("ministries", first.start, first.start + 12):
        found += _all(document.within("state", first.start, first.end)[:1], "own_page")
    for block in document.blocks[:4]:
        found += _all(document.within("town", block.start, block.body_start)[:1], "dateline")
    return found


def _of_title(hits: Iterable[Hit], known: Sequence[Ground]) -> list[Ground]:
    """The States of a title that the titles before do not name, counted on."""
    before = [ground.state for ground in known if ground.kind.startswith("title_")]
    new = {hit.value: hit for hit in reversed(list(hits)) if hit.value not in before}
    order = sorted(new.values(), key=lambda hit: hit.start)
    return [
        Ground(hit.value, hit.start, hit.end, f"title_{min(number, 3)}")
        for number, hit in enumerate(order, len(before) + 1)
    ]


def _all(hits: Iterable[Hit], kind: str) -> list[Ground]:
    return [Ground(hit.value, hit.start, hit.end, kind) for hit in hits]


def _places(document: Document) -> list[Ground]:
    """The States of the towns and of the goals of journeys that the lead names."""
    lead = [sentence for sentence in document.sentences if sentence.kind == "body"][:_LEAD]
    if not lead:
        return []
    found = _all(document.within("town", lead[0].start, lead[-1].end)[:_LEAD], "town_of_lead")
    for kind in ("journeys", "visits"):
        for journey in document.within(kind, lead[0].start, lead[-1].end)[:_LEAD]:
            goals = [
                *document.within("state", journey.end, journey.end + 40),
                *document.within("town", journey.end, journey.end + 40),
            ]
            found += _all([hit for hit in sorted(goals)[:1] if hit.form in {"name", "town"}], "goal")
    return found


def _short_forms(document: Document) -> dict[str, Hit]:
    """`Indonesian National Police (INP)`: the State or body of the name that the letters stand for."""
    found: dict[str, Hit] = {}
    for match in _SHORT_FORM.finditer(document.text):
        if len(found) >= _MOST_SHORT_FORMS:
            break
        start = max(document.sentence_at(match.start()).start if document.sentences else 0, match.start() - _BEFORE)
        cut = max(document.text.rfind(mark, start, match.start()) for mark in (",", ";", ")"))
        start = max(start, cut)
        near = [
            hit
            for kind in ("state", "body")
            for hit in document.within(kind, start, match.start())
            if document.text[hit.start : hit.end] != match[1]
        ]
        if near and match[1] not in found:
            found[match[1]] = max(near, key=lambda hit: hit.start)
    return found
