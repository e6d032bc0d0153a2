"""Judges of one page: does it speak one language, and is its French set as French is printed?

They read what a person reads: text, and the names of things in attributes, each with the `lang` that holds for it. A
word counts for another language by a list of small words and of letters that the page's language does not have; names
of people are no language and are given.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import html
from lxml.etree import _Comment, _Element, _ProcessingInstruction

SPOKEN_BY_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-label")
NOT_SPOKEN = {"script", "style", "template", "code", "pre", "kbd", "samp", "var"}
EXACT = {"blockquote", "q", "textarea", *NOT_SPOKEN}
ENGLISH = """
    the of and with between from is are was were this that these those its their not which by has have been
    when where what who there here only into
"""
FRENCH = """
    le les des du et une dans pour avec sur entre par est sont aux qui que cette ces leur leurs été ministère
    conférence
"""
SMALL = {"en": frozenset(ENGLISH.split()), "fr": frozenset(FRENCH.split())}
# Words of one language that are words, or syllables of names, of another.
SHARED = {"vi": {"du", "que", "qui", "sur"}, "en": set(), "fr": set()}
QUOTED = 4
VIETNAMESE = re.compile(r"[ăđơưạ-ỹ]", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+|\bwww\.\S+")
MISPRINTS = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "a straight quotation mark": re.compile(r'"'),
    "no narrow space before high punctuation": re.compile(r"[^\s\u202f;!?…»)][;!?](?:\s|\Z)|[ \u00a0][;!?»]"),
    "no narrow space before a colon": re.compile(r"(?:\A|[^\u202f\d]):(?:\s|\Z)|\d:\s"),
    "no narrow space in guillemets": re.compile(r"«[^\u202f]|[^\u202f]»"),
    "no narrow space before a sign": re.compile(r"\d[ \u00a0]?[%€]"),
    "a number that may break": re.compile(r"\b\d{1,3}[ \u00a0]\d{3}\b"),
    "a first day that is no ordinal": re.compile(
        r"\b1\s(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b"
    ),
    "an ordinal of no dictionary": re.compile(r"\b\d+(?:ème|ième|eme)\b|\b1(?:ère|e)\b"),
}


@dataclass(frozen=True)
class Said:
    """Words of a page with the language that holds for them; `exact` when they are quoted or typed."""

    words: str
    language: str
    exact: bool
    where: str


def said_on(page: str) -> Iterator[Said]:
    """Yield everything that a page says, in its order."""
    yield from _said(html.document_fromstring(page), "", exact=False)


def foreign_words(page: str, names: Iterable[str] = ()) -> list[str]:
    """Return what a page says in another language than the one it declares there, with the words that give it away."""
    known = sorted({unicodedata.normalize("NFC", name) for name in names if name}, key=len, reverse=True)
    anybody = re.compile("|".join(map(re.escape, known))) if known else None
    found = []
    for said in said_on(page):
        words = ADDRESS.sub(" ", unicodedata.normalize("NFC", said.words))
        given = _given_away(anybody.sub(" ", words) if anybody else words, said.language)
        # What is typed is in the language of who typed it.
        if said.where == "<textarea>":
            continue
        # A quotation is as its source has it, which may name a thing in another language.
        if given and not (said.exact and len(given) <= len(WORD.findall(words)) / QUOTED):
            found.append(f"{said.language}: {' '.join(said.words.split())[:90]} [{', '.join(given[:4])}] {said.where}")
    return found


def misprints(page: str) -> list[str]:
    """Return where the French of a page is not set as French is."""
    found = []
    for said in said_on(page):
        # A label that a narrow screen shows is set in its catalog; other attributes are heard, not seen.
        if said.language != "fr" or said.exact or (said.where.startswith("@") and said.where != "@data-label"):
            continue
        words = ADDRESS.sub(" ", said.words)
        found += [
            f"{fault}: {' '.join(words.split())[:90]!r}" for fault, sign in MISPRINTS.items() if sign.search(words)
        ]
    return found


def _given_away(words: str, language: str) -> list[str]:
    given = WORD.findall(words.lower())
    found = [word for word in given if VIETNAMESE.search(word)] if language in ("fr", "en") else []
    for other, small in SMALL.items():
        if other != language and language in ("fr", "en", "vi"):
            found += [word for word in given if word in small and word not in SHARED[language]]
    return found


def _said(element: _Element, language: str, *, exact: bool) -> Iterator[Said]:
    if isinstance(element, _Comment | _ProcessingInstruction):
        return
    name = str(element.tag)
    language = element.get("lang", language)
    exact = exact or name in EXACT or "data-exact" in element.attrib
    if name not in NOT_SPOKEN:
        for attribute in SPOKEN_BY_ATTRIBUTES:
            if (element.get(attribute) or "").strip():
                yield Said(element.get(attribute), language, exact, f"@{attribute}")
        if (element.text or "").strip():
            yield Said(element.text, language, exact, f"<{name}>")
        for child in element:
            yield from _said(child, language, exact=exact)
            if (child.tail or "").strip():
                yield Said(child.tail, language, exact, f"<{name}>")
