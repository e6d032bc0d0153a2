"""Whether a point or a sentence promises, or says what became of a promise; what is a recital, a formula, esteem."""

from collections.abc import Iterator
from functools import cache

import regex

from entraide.reader.domain.plans.words import PlanWords, load_words

_SENTENCE = regex.compile(r"(?<=[\p{Ll}\p{N})»”%]{2}[.!?])\s+(?=[\p{Lu}«“])")
_FEWEST_WORDS = 5
_LONGEST_ANNOUNCEMENT = 14
_LONGEST_CONTACT = 16
_PHONE = regex.compile(r"\D{0,10}\d[\d .]{2,}")
_TOLD = ("past", "status.ongoing", "status.dropped")


def sentences(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the sentences of a line with their offsets; `start` is that of the line."""
    position = 0
    for match in [*_SENTENCE.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[position:end]
        if piece.strip():
            yield piece.strip(), start + position + len(piece) - len(piece.lstrip())
        position = match.end() if match else end


def is_sentence_of_promise(text: str, words: PlanWords, *, review: bool) -> bool:
    """Whether a sentence of running text promises: a word that binds or a future, and none of a formula.

    In a review of what was agreed before, one that says what became of it counts too.
    """
    if len(text.split()) < _FEWEST_WORDS or _is_other(text, words):
        return False
    folded = words.fold(text)
    return binds(text, words) or (review and any(words.pattern(name).search(folded) for name in _TOLD))


def is_promise(text: str, words: PlanWords, *, minutes: bool, review: bool, given: bool) -> bool:
    """Whether a point says what will be done, or in a review what was done.

    No recital, formula, contact, heading or mere esteem is one; `given` where labels say who or when.
    """
    size = len(text.split())
    if size < 2 or _is_other(text, words):
        return False
    if given or review:
        return True
    folded = words.fold(text)
    if size <= 3 and not words.pattern("nominal").match(folded):
        return False
    told = minutes and words.pattern("past").search(folded[:80]) and not binds(text, words)
    # Vietnamese marks the past by one word that many promises hold too.
    return not told or words.language == "vi"


def binds(text: str, words: PlanWords) -> bool:
    """Whether a text binds: a modal, a future, the parties as its subject, who bears costs."""
    folded = words.fold(text)
    if words.pattern("modal").search(folded) or words.pattern("bearing").search(folded):
        return True
    return words.begins("parties", text) or _future(words.language).search(folded) is not None


@cache
def _future(language: str) -> "regex.Pattern[str]":
    endings = load_words(language).lists.get("verb_future", ())
    return regex.compile(rf"\b\p{{L}}{{3,}}(?:{'|'.join(endings)})\b" if endings else r"(?!)")


def _is_other(text: str, words: PlanWords) -> bool:
    """A recital, a closing formula, a line of a contact list, a note, or mere esteem."""
    folded = words.fold(text)
    if words.pattern("formula").search(folded) or words.begins("note_line", text) or _announces(folded, words):
        return True
    return _is_recital(text, words) or _is_contact(text, folded, words) or _is_esteem(folded, words)


def _announces(folded: str, words: PlanWords) -> bool:
    """`The sides adopt the activities set out below.`: short, and its last words point to what follows."""
    if len(folded.split()) > _LONGEST_ANNOUNCEMENT:
        return False
    end = folded.rstrip(" .:")
    return any(match.end() == len(end) for match in words.pattern("points_below").finditer(end))


def _is_recital(text: str, words: PlanWords) -> bool:
    if not words.begins("recital", text):
        return False
    return not words.has("modal", text) or text.rstrip().endswith((";", ","))


def _is_contact(text: str, folded: str, words: PlanWords) -> bool:
    contact = words.pattern("contact_line").search(folded)
    if contact is None or len(text.split()) >= _LONGEST_CONTACT:
        return False
    return "@" in text or _PHONE.match(folded[contact.end() :]) is not None


def _is_esteem(folded: str, words: PlanWords) -> bool:
    """`The sides noted with satisfaction …`, with nothing promised behind it."""
    esteem = words.pattern("reaffirm").search(folded[:80])
    return esteem is not None and words.pattern("modal").search(folded, esteem.end()) is None
