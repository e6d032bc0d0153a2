"""The phrase of a meeting's noun: where the name of its series begins and ends."""

import regex

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.ordinals import ordinal_beside

_HANGING = frozenset(
    [
        "ce",
        "jeudi",
        "lundi",
        "mardi",
        "mercredi",
        "vendredi",
        "samedi",
        "dimanche",
        "et",
        "avec",
        "entre",
        "de",
        "du",
        "la",
        "le",
        "les",
        "and",
        "with",
        "between",
        "of",
        "the",
        "a",
        "an",
        "un",
        "une",
        "l'",
        "pour",
        "par",
        "by",
        "au",
        "aux",
        "và",
        "với",
        "giữa",
        "lần",
    ]
)
# A comma ends a series, except in `phòng, chống`; a preposition only before a place, a day or a year.
_SERIES_STOP = regex.compile(
    r",(?! chống)|[(;]| (?:qui|que|où|est|sont|a|ont|était|étaient|avait|avaient|sera|seront"
    r"|was|were|which|is|has|had|will|the two|both|avec|with|với|entre|between"
    r"|giữa|lần thứ|vào|đã|sẽ|do) "
    r"| (?:à|en|au|in|on|at|tại|ngày) (?=\p{Lu}|\d)"
)
_AND_THE = regex.compile(r" (?:et|and) (?:le|la|les|l'|the) ?(?:\w+ )?$")
_MOST_BEFORE = 6
_LINK = 60


def series_span(facts: Facts, start: int, end: int, sentence: Sentence) -> tuple[str, int]:
    """Return the name of the series whose noun stands at `start`..`end` (empty where it has none) and its end."""
    document = facts.document
    found = ordinal_beside(document, start, end)
    last = _series_end(facts, end, sentence)
    first = _series_start(document, start, found[2] if found else None)
    named = last > end + 3 or first < start
    return (document.text[first : max(last, end)] if named else ""), max(last, end)


def _series_start(document: Document, start: int, after: int | None) -> int:
    """English: `the 14th Vietnam-Laos Security Cooperation Conference`: the words after the number or the article."""
    if document.vocabulary.language != "en":
        return start
    if after is not None and after <= start:
        return next((t for t in [after + 1] if document.text[after : after + 1] == " "), start)
    words = document.vocabulary.words
    first = document.token_at(start)
    for number in range(first - 1, max(first - 1 - _MOST_BEFORE, -1), -1):
        token = document.tokens[number]
        if token.folded in words["articles"]:
            return document.tokens[number + 1].start
        if not token.text[0].isalnum() or document.text[token.end : token.end + 1] != " ":
            break
    return start


def _series_end(facts: Facts, end: int, sentence: Sentence) -> int:
    """The noun's phrase ends at a verb of holding, a comma, a bracket, a date or a full stop."""
    document = facts.document
    dates = facts.dates_in(end, sentence.end)[:1]
    stops = [sentence.end, *(m.start for m in dates if m.month or m.weekday is not None)]
    for kind in ("held_past", "held_present", "held_future", "met", "chaired", "signed"):
        stops += [hit.start for hit in document.within(kind, end, sentence.end)[:1]]
    # `les commissions mixtes et le groupe de travail` are two.
    others = document.within("meetings", end, min(stops))
    joins = (_AND_THE.search(document.folded, max(end, other.start - _LINK), other.start) for other in others)
    stops += [match.start() for match in joins if match][:1]
    stop = _SERIES_STOP.search(document.text, end, min(stops))
    last = stop.start() if stop else min(stops)
    return end + len(without_tail(document.text[end:last]))


def without_tail(phrase: str) -> str:
    """Return the phrase without small words left hanging at its end."""
    phrase = phrase.rstrip(" .»”\"'-–—")
    while (last := phrase.rpartition(" ")[2].lower()) in _HANGING and phrase.strip():
        phrase = phrase[: len(phrase) - len(last)].rstrip(" .,»”\"'")
    return phrase
