"""The domain of a clause: its matter before its form, its own words before those of the heading above it."""

from collections.abc import Iterable
from functools import cache

import regex

from entraide.reader.domain.plans.words import PlanWords, alternatives, load_words
from entraide.reader.domain.vocabulary import load_vocabulary

_FORMS = (
    "digital",
    "technology",
    "training",
    "information-exchange",
    "delegations",
    "assistance",
    "funding",
    "multilateral",
    "mechanism",
    "general",
)
"""Forms of cooperation, from the one that says most to the one that says least."""
_BROAD = ("organised-crime", "border", "state-security")
"""Matters that give way to a more precise one."""
_GENERAL = "general"


def domain_of(text: str, words: PlanWords, *headings: str, units: Iterable[str] = ()) -> str:
    """Return the code of the domain of a clause; `headings` are tried in their order where the clause names no matter.

    The names of `units` in the text say who acts and not on what.
    """
    whole = text
    for unit in units:
        text = text.replace(unit, " " * len(unit))
    own = _ranked(text, words) or (_ranked(whole, words) if whole != text else [])
    if "funding" in own and own[0] in _FORMS and words.has("bearing", text):
        return "funding"
    if own and (own[0] not in _FORMS or (own[0] == "assistance" and words.has("giving", text))):
        return own[0]
    for heading in headings:
        matters = [code for code in _ranked(heading, words) if code not in _FORMS] if heading else []
        if matters and not own:
            return matters[0]
    if own:
        return own[0]
    return "assistance" if words.has("giving", text) else _weak(text, words)


def _weak(text: str, words: PlanWords) -> str:
    """`crime` alone, where nothing else is named."""
    vocabulary = load_vocabulary(words.language)
    found = vocabulary.find(text, vocabulary.fold(text))
    return next((hit.value for hit in found if hit.kind == "weak_domain"), _GENERAL)


def _ranked(text: str, words: PlanWords) -> list[str]:
    """Return the domains that `text` names, the most precise first, those of one rank by place and length."""
    found: dict[str, tuple[int, int, int]] = {}
    hits = _hits(text, words)
    giving = words.has("giving", text)
    for code, start, length in hits:
        if any(
            begin <= start and start + length <= begin + size and size > length and other != code
            for other, begin, size in hits
        ):
            continue  # `smuggling of cigarettes` says more than `smuggling`
        key = (1 if giving and code == "assistance" else _rank(code), start, -length)
        if code not in found or key < found[code]:
            found[code] = key
    return sorted(found, key=lambda code: found[code])


def _rank(code: str) -> int:
    if code in _FORMS:
        return 10 + _FORMS.index(code)
    return 2 + _BROAD.index(code) if code in _BROAD else int(code == "legal-assistance")


def _hits(text: str, words: PlanWords) -> list[tuple[str, int, int]]:
    vocabulary = load_vocabulary(words.language)
    folded = vocabulary.fold(text)
    found = vocabulary.find(text, folded)
    without = [(hit.start, hit.end, hit.value) for hit in found if hit.kind == "without"]
    hits = [
        (hit.value, hit.start, hit.end - hit.start)
        for hit in found
        if hit.kind == "domain"
        and not any(start <= hit.start < end and value == hit.value for start, end, value in without)
    ]
    for near in (hit for hit in found if hit.kind == "near"):
        for first, second, gap in vocabulary.near[near.value]:
            place = folded.find(second, near.end, near.end + gap + len(second))
            if folded.startswith(first, near.start) and place >= 0 and not folded[place - 1].isalnum():
                hits.append((near.value, near.start, place + len(second) - near.start))
    hits += [
        (match.lastgroup.replace("_", "-"), match.start(), len(match[0]))
        for match in _own(words.language).finditer(words.fold(text))
        if match.lastgroup
    ]
    return hits


@cache
def _own(language: str) -> "regex.Pattern[str]":
    """The words of plans themselves, one group per domain."""
    words = load_words(language)
    parts = [
        rf"(?P<{name.removeprefix('domains.').replace('-', '_')}>{alternatives(terms, words.fold)})"
        for name, terms in words.lists.items()
        if name.startswith("domains.")
    ]
    return regex.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
