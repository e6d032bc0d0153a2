"""The rest of a post behind its holder's name: `X, commissaire à la paix et à la sécurité` goes on to the next mark.

A post in apposition is closed by a mark, so words that no lexicon knows belong to it, unless a verb stands among them.
"""

from typing import NamedTuple

from entraide.reader.domain.document import Document
from entraide.reader.domain.grammar.lexicon import FINITE, load_verbs
from entraide.reader.domain.vocabulary import Hit

_LONGEST = 16
_CLOSING = frozenset({",", ";", "(", ")", ".", ":", "–", "—"})
# fmt: off
_TELLING = frozenset([
    "who", "which", "that", "was", "is", "were", "has", "had", "will", "said", "says", "told", "met", "as",
    "qui", "que", "qu'", "dont", "ont", "est", "sont", "ayant",
    "đã", "đang", "sẽ", "được", "bị", "là", "do", "tại", "với", "cho", "vừa", "đến", "khi", "để", "gặp", "tiếp", "dẫn",
    "cùng", "trong", "theo",
])
_LINKS = frozenset(["of", "for", "from", "the", "du", "de", "la", "des", "d'", "l'", "le", "les", "của", "nước"])
# fmt: on
_ORGANISATIONS = ("ministries", "org_heads")
_HEADS = ("posts", "memberships", "counterparts")
_PERSONAL = ("ranks", "titles", "posts")
_VERBS = ("chaired", "held_past", "met", "signed")
_TWO = 2
_SHORTEST, _LONGEST_LETTERS = 2, 8


class Rest(NamedTuple):
    """Where the rest ends: the token behind it, the span that is of the post's text, and the States that it names."""

    token: int
    start: int
    end: int
    states: tuple[Hit, ...]


def rest_behind(document: Document, number: int) -> Rest | None:
    """Return the rest of a post that goes on at the token `number`, or None where no mark closes it."""
    tokens = document.tokens
    if number >= len(tokens) or tokens[number].text in _CLOSING or not _goes_on(document, number):
        return None
    return _up_to_a_mark(document, number)


def organisation_behind(document: Document, number: int) -> Rest | None:
    """Return the organisation that follows the comma at `number`: `Commandant, Japan Coast Guard`, `DG, BSF`."""
    tokens = document.tokens
    if number + 1 >= len(tokens) or tokens[number].text != ",":
        return None
    first = tokens[number + 1]
    broken = document.breaks(tokens[number].start, first.start)
    if broken or any(document.hit_at(kind, first.start) for kind in _HEADS):
        return None
    return _up_to_a_mark(document, number + 1) if _is_organisation(document, number + 1) else None


def _is_organisation(document: Document, number: int) -> bool:
    """Letters of a service, or a capitalised organisation, behind its State or not."""
    tokens = document.tokens
    first = tokens[number]
    near = document.within("state", first.start, first.start + 1)
    named = document.token_at(near[0].end - 1) + 1 if near else number
    if named >= len(tokens) or not tokens[named].text[0].isupper():
        return False
    letters = first.text.isupper() and _SHORTEST < len(first.text) <= _LONGEST_LETTERS and not near
    return letters or any(document.hit_at(kind, tokens[named].start) for kind in _ORGANISATIONS)


def _up_to_a_mark(document: Document, first: int) -> Rest | None:
    tokens = document.tokens
    for number in range(first, min(first + _LONGEST, len(tokens))):
        if number > first and not _goes_on(document, number):
            closed = tokens[number].text in _CLOSING or document.breaks(tokens[number - 1].end, tokens[number].start)
            return _made(document, first, number) if closed or _begins_a_person(document, number) else None
    return None


def _goes_on(document: Document, number: int) -> bool:
    """Whether the word may be of a post: no mark, no verb, no person's rank or title, on the same line."""
    token = document.tokens[number]
    if document.breaks(document.tokens[number - 1].end, token.start) or token.text in _CLOSING:
        return False
    if token.folded in _TELLING or _is_finite(document, number) or _is_unknown_pair(document, number):
        return False
    if any(document.hit_at(kind, token.start) for kind in _VERBS):
        return False
    return not _begins_a_person(document, number)


def _begins_a_person(document: Document, number: int) -> bool:
    """`et le général B`, `và ông B`: a title or rank, or a link with one behind."""
    tokens, words = document.tokens, document.vocabulary.words
    here = number
    while here + 1 < len(tokens) and (
        tokens[here].folded in words["conjunctions"] or (here > number and tokens[here].folded in words["articles"])
    ):
        here += 1
    return any(document.hit_at(kind, tokens[here].start) for kind in _PERSONAL)


def _is_unknown_pair(document: Document, number: int) -> bool:
    """Whether two capitalised words that the lexicon does not know stand here: a name, so the post came to its end."""
    words = document.vocabulary.words
    pair = document.tokens[number : number + 2]
    return len(pair) == _TWO and all(
        token.text[0].isupper()
        and token.folded not in words["portfolio"]
        and token.folded not in words["not_names"]
        and not document.kinds_at(token.start)
        for token in pair
    )


def _is_finite(document: Document, number: int) -> bool:
    token, language = document.tokens[number], document.vocabulary.language
    # Folded, the preposition `à` is the verb `a`.
    if language == "vi" or not token.text.islower() or token.text == "à":
        return False
    return any(form.mood in FINITE for form in load_verbs(language).forms.get(token.folded, ()))


def _made(document: Document, first: int, last: int) -> Rest | None:
    """The rest without the State that ends it and the link before that one."""
    tokens = document.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    states = document.within("state", start, end)
    kept = last
    if states and states[-1].end >= end:
        kept = document.token_at(states[-1].start)
        while kept > first and tokens[kept - 1].folded in _LINKS:
            kept -= 1
    return Rest(last, start, tokens[kept - 1].end if kept > first else start, tuple(states))
