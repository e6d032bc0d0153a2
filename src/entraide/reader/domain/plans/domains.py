"""The domain of a clause: its matter before its form, its own words before those of the heading above it."""

from collections.abc import Iterable, Iterator
from functools import cache

import regex

from entraide.reader.domain.plans.words import PlanWords, alternatives, load_words
from entraide.reader.domain.vocabulary import Hit, Vocabulary, load_vocabulary

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
_Hit = tuple[str, int, int]
"""A domain, where its words begin, and their length."""


def domain_of(text: str, words: PlanWords, *headings: str, units: Iterable[str] = ()) -> str:
    """Return the code of the domain of a clause; `headings` are tried in their order where the clause names no domain.

    The names of `units` in the text say who acts and not on what.
    """
    bare = text
    for unit in units:
        bare = bare.replace(unit, " " * len(unit))
    own = _ranked(bare, words) or _ranked(text, words)
    if not own:
        return _of_headings(headings, words) or ("assistance" if words.has("giving", text) else _weak(text, words))
    if "funding" in own and own[0] in _FORMS and words.has("bearing", text):
        return "funding"
    return own[0]


def _of_headings(headings: Iterable[str], words: PlanWords) -> str:
    matters = (code for heading in headings for code in _ranked(heading, words) if code not in _FORMS)
    return next(matters, "")


def _weak(text: str, words: PlanWords) -> str:
    """`crime` alone, where nothing else is named."""
    vocabulary = load_vocabulary(words.language)
    found = vocabulary.find(text, vocabulary.fold(text))
    return next((hit.value for hit in found if hit.kind == "weak_domain"), _GENERAL)


def _ranked(text: str, words: PlanWords) -> list[str]:
    """Return the domains that `text` names, the most precise first, those of one rank by place and length."""
    hits = _hits(text, words)
    giving = words.has("giving", text)
    found: dict[str, tuple[int, int, int]] = {}
    for hit in hits:
        if not any(_is_part(hit, other) for other in hits):
            code, start, length = hit
            key = (1 if giving and code == "assistance" else _rank(code), start, -length)
            found[code] = min(key, found.get(code, key))
    return sorted(found, key=lambda code: found[code])


def _is_part(hit: _Hit, other: _Hit) -> bool:
    """`smuggling of cigarettes` says more than `smuggling`."""
    inside = other[1] <= hit[1] and hit[1] + hit[2] <= other[1] + other[2]
    return inside and other[2] > hit[2] and other[0] != hit[0]


def _rank(code: str) -> int:
    if code in _FORMS:
        return 10 + _FORMS.index(code)
    return 2 + _BROAD.index(code) if code in _BROAD else int(code == "legal-assistance")


def _hits(text: str, words: PlanWords) -> list[_Hit]:
    plain = words.fold(text)
    own = ((code, match) for code, pattern in _own(words.language) for match in pattern.finditer(plain))
    return _of_communiques(text, words) + [(code, match.start(), len(match[0])) for code, match in own]


def _of_communiques(text: str, words: PlanWords) -> list[_Hit]:
    """What the words of the communiqués show, pairs of words too."""
    vocabulary = load_vocabulary(words.language)
    folded = vocabulary.fold(text)
    found = vocabulary.find(text, folded)
    without = [hit for hit in found if hit.kind == "without"]
    hits = [(hit.value, hit.start, hit.end - hit.start) for hit in found if _shows(hit, without)]
    return hits + [near for hit in found if hit.kind == "pair" for near in _paired(hit, folded, vocabulary)]


def _shows(hit: Hit, without: Iterable[Hit]) -> bool:
    """Whether a hit names a domain that no longer word takes back."""
    taken = any(one.start <= hit.start < one.end and one.value == hit.value for one in without)
    return hit.kind == "domain" and not taken


def _paired(hit: Hit, folded: str, vocabulary: Vocabulary) -> Iterator[_Hit]:
    """Two words that show a domain together, within so many characters, in either order."""
    pair = vocabulary.pairs[hit.value]
    after = pair.second.search(folded, hit.end, min(len(folded), hit.end + pair.gap + _LONGEST_WORD))
    if after and after.start() - hit.end <= pair.gap:
        yield pair.domain, hit.start, after.end() - hit.start
    for before in pair.second.finditer(folded, max(0, hit.start - pair.gap), hit.start):
        yield pair.domain, before.start(), hit.end - before.start()


_LONGEST_WORD = 30


@cache
def _own(language: str) -> "tuple[tuple[str, regex.Pattern[str]], ...]":
    """The words of plans themselves, a pattern per domain: words of two may begin together."""
    words = load_words(language)
    return tuple(
        (name.removeprefix("domains."), regex.compile(rf"(?<!\w)(?:{alternatives(terms, words.fold)})(?!\w)"))
        for name, terms in words.lists.items()
        if name.startswith("domains.")
    )
