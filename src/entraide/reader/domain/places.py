"""Places of events: a preposition of place and a town, a province or at least a state; the dateline never counts."""

from functools import cache
from typing import NamedTuple

import regex

from entraide.reader.domain.document import Document
from entraide.reader.domain.vocabulary import load_vocabulary

_CLAIMED = frozenset({"body", "posts", "org_heads", "meetings", "instrument", "ranks", "agency", "titles"})
"""Kinds of words that are no place."""


class Place(NamedTuple):
    """A place as written, its offsets, and whether it is only a state."""

    start: int
    end: int
    text: str
    is_state: bool


def find_places(document: Document, start: int, end: int) -> list[Place]:
    """Return the places of the span in order."""
    pattern = _pattern(document.vocabulary.language)
    places: list[Place] = []
    for match in pattern.finditer(document.text, start, end):
        place = _place(document, match)
        if place:
            places.append(place)
    return places


def _place(document: Document, match: "regex.Match[str]") -> Place | None:
    begin, finish = match.span("p")
    town = document.hit_at("town", begin)
    if town:
        return Place(begin, town.end, document.text[begin : town.end], is_state=False)
    state = document.hit_at("state", begin)
    if state:
        named = state.form == "name"
        return Place(begin, state.end, document.text[begin : state.end], is_state=True) if named else None
    word = document.folded[begin:finish].split()[0]
    words = document.vocabulary.words
    taken = word in words["not_names"] or word in words["portfolio"]
    if taken or not _CLAIMED.isdisjoint(document.kinds_at(begin)) or not _is_place_word(document, match):
        return None
    text = document.text[begin:finish].rstrip(".'’-")
    return Place(begin, begin + len(text), text, is_state=False)


def _is_place_word(document: Document, match: "regex.Match[str]") -> bool:
    """An unknown word is a place after à, in, tại; after *en* and *au* only states are."""
    return document.folded[match.start() : match.start("p")].strip() not in {"en", "au", "aux"}


@cache
def _pattern(language: str) -> "regex.Pattern[str]":
    words = sorted((str(word) for word in load_vocabulary(language).raw["place_prepositions"]), key=len, reverse=True)
    both = (
        "|".join(regex.escape(word) for word in words)
        + "|"
        + "|".join(regex.escape(word[0].upper() + word[1:]) for word in words)
    )
    nouns = "|".join(regex.escape(str(word)) for word in load_vocabulary(language).raw["place_nouns"])
    # `in the eastern town of X`, `au poste frontière de X`: the noun says that a place follows.
    led = {
        "fr": rf"(?:à|au|aux|dans|en) (?:la |le |les |l['’])?(?:{nouns})(?: [\p{{Ll}}-]+)? (?:de|du|d['’])",
        "en": rf"(?:in|at|from|to|near) (?:the |its |a )?(?:[\p{{Ll}}-]+ ){{0,2}}(?:{nouns}) of",
        "vi": rf"(?:tại|ở) (?:{nouns})",
    }[language]
    name = r"(?P<p>\p{Lu}[\p{L}\p{M}'’.-]*(?:[ ](?:\p{Lu}[\p{L}\p{M}'’-]*|de la|de|du|des|el|al)(?=[ ,.;:)\n]|$)){0,3})"
    return regex.compile(rf"(?<![\w'’])(?:(?:{both})\s(?:l['’]|the )?|{led}\s?){name}")
