"""Which language a text is in: its script by Unicode, and in Latin script its small words and letters.

Each paragraph is judged, by what it holds itself and a little by the whole; a page in several languages has shares.
Every language that is known is named, whether it is read or not; a text without a sign of any is `und` (ISO 639).
"""

import heapq
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import regex

from entraide.kernel.errors import BadInput
from entraide.kernel.languages import READ
from entraide.kernel.text import N_
from entraide.kernel.yaml_text import parse_yaml
from entraide.reader.domain.folding import lower_characters

UNDETERMINED = "und"
BARE_VIETNAMESE = "vi-x-bare"
BARE_VIETNAMESE_NAME = N_("Vietnamese without its marks")
"""It has no code of its own, and CLDR no name for it."""
ENOUGH = 0.4
"""The share of a page from which it is read in a language, whatever else stands on it."""
_PIECE = 300
"""Characters of a paragraph that are looked at; its other letters are those of the same language."""
_MOST_PIECES = 40
_FEW_WORDS = 5
_A_SIGN = 0.07
"""The share of words, each counted by how few languages have it, that a language must give."""
_A_SIGN_OF_FEW = 0.15
_WHOLE_COUNTS = 0.25
_READ_COUNTS = 1.1
"""Of two that a few words leave open, one that is read is likelier to be given to a reader."""
_CANDIDATES = 10
_LETTER_COUNTS = 0.45
_MOST_BY_LETTERS = 0.12
_MANY_WORDS = 60
_ALONE = 0.62
_FOREIGN = 0.05
_UNMISTAKABLE = 0.06
"""The share of letters of one language alone from which no small word is needed."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_TOKEN = regex.compile(r"\p{Latin}[\p{Latin}\p{M}]*")
_NOT_LATIN = regex.compile(r"[\p{L}--\p{Latin}]", regex.VERSION1)
_LATIN = regex.compile(r"\p{Latin}|\P{L}")
_WORD = regex.compile(r"(?<![\d\p{L}\p{M}-])[\p{L}\p{M}]+")


class LanguageNotRead(BadInput):
    """The text is in a language that the reader does not read."""

    code = "reader.language_not_read"
    message = N_("{file}: is in a language that is not read yet: {language}.")
    remedy = N_("Give the text in French, English or Vietnamese, or enter what it says by hand.")


class LanguageNotTold(BadInput):
    """There are too few words to tell the language by."""

    code = "reader.language_not_told"
    message = N_("{file}: its language cannot be told.")
    remedy = N_("Give the whole text, in French, English or Vietnamese.")


@dataclass(frozen=True, slots=True)
class Detection:
    """The language of a text, `und` where none can be told, and the share of each that it holds, largest first."""

    code: str
    shares: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether the reader reads the text."""
        return self.code in READ


def detect_language(text: str) -> str:
    """Return the ISO 639 code of the language of `text`, whether it is read or not; `und` where none can be told.

    Vietnamese without its marks is `vi-x-bare`: it is not read, for its words are those of several others.
    """
    return detect_languages(text).code


def require_read_language(text: str, *, file: str) -> Detection:
    """Return the language of `text`, the content of `file`; raises `LanguageNotRead`, `LanguageNotTold`.

    `language` in the first error is a code: who shows it says its name.
    """
    found = detect_languages(text)
    if found.code == UNDETERMINED:
        raise LanguageNotTold(file=file)
    if not found.is_read:
        raise LanguageNotRead(file=file, language=found.code)
    return found


def detect_languages(text: str) -> Detection:
    """Return the language of `text` and the shares of all that it holds, by letters.

    A language that is read is that of the text where it has a share of `ENOUGH`; else the largest counts. Linear in the
    text: of a long one pieces from all over are judged.
    """
    begun = list(_pieces(lower_characters(unicodedata.normalize("NFC", text))))
    page = _Piece.of("\n".join(piece for piece, _ in begun), 0)
    whole = _scores(page, {}, None)
    if (only := _only_language(page, sum(len(piece) for piece, _ in begun), whole)) != UNDETERMINED:
        return Detection(only, {only: 1.0})
    pieces = [_Piece.of(piece, size) for piece, size in begun]
    likely = set(heapq.nlargest(_CANDIDATES, whole, key=lambda code: whole[code]))
    weights: dict[str, float] = {}
    for piece in pieces:
        for code, weight in _judge(piece, whole, likely):
            weights[code] = weights.get(code, 0.0) + weight
    if not weights:
        code = _best(whole, _A_SIGN_OF_FEW)
        return Detection(code, {code: 1.0} if code != UNDETERMINED else {})
    total = sum(weights.values())
    ranked = sorted(weights, key=lambda code: -weights[code])
    shares = {code: weights[code] / total for code in ranked}
    read = next((code for code in ranked if code in READ and shares[code] >= ENOUGH), ranked[0])
    return Detection(read, shares)


def _only_language(page: "_Piece", size: int, whole: Mapping[str, float]) -> str:
    """Return the read language that a text is in throughout, `und` where another may stand beside it.

    `page` are all pieces as one, `size` their characters.
    """
    first, second = (*heapq.nlargest(2, whole, key=lambda code: whole[code]), "", "")[:2]
    if first not in READ or page.count < _MANY_WORDS:
        return UNDETERMINED
    if whole[first] < 2 * _A_SIGN or whole.get(second, 0.0) > _ALONE * whole[first]:
        return UNDETERMINED
    letters = sum([count for one, count in page.letters.items() if not _is_latin(one)])
    return first if letters < _FOREIGN * size else UNDETERMINED


@lru_cache(maxsize=4096)
def _is_latin(character: str) -> bool:
    """Whether a character is a Latin letter, or no letter."""
    return _LATIN.match(character) is not None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph: its beginning, the words and the letters beyond ASCII in it, and the length of all of it."""

    text: str
    tokens: Mapping[str, int]
    count: int
    letters: Mapping[str, int]
    size: int

    @classmethod
    def of(cls, text: str, size: int) -> "_Piece":
        """Return what is counted of a paragraph that begins with `text`."""
        tokens = Counter(_TOKEN.findall(text))
        letters = Counter(_BEYOND_ASCII.findall(text))
        return cls(text, tokens, tokens.total(), letters, size)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Yield the beginnings of paragraphs with their lengths, of a long text as many as are judged, from all over."""
    found = [line for line in text.split("\n") if line and not line.isspace()]
    step = max(1, -(-len(found) // _MOST_PIECES))
    for line in found[::step]:
        yield line[:_PIECE], len(line)


def _judge(piece: _Piece, whole: Mapping[str, float], likely: Collection[str]) -> Iterator[tuple[str, float]]:
    """Yield the languages of a paragraph with their letters: one in Latin script at most, others by their script."""
    foreign = len(_NOT_LATIN.findall(piece.text)) if piece.letters else 0
    if foreign:
        yield from _by_script(piece.text, foreign)
    if piece.count >= _FEW_WORDS:
        code = _best(_scores(piece, whole, likely), _A_SIGN)
        if code != UNDETERMINED:
            yield code, float(piece.size - foreign)


def _scores(piece: _Piece, whole: Mapping[str, float], likely: Collection[str] | None) -> dict[str, float]:
    """Return for each language the share of words that are its small ones, and what its letters add.

    Letters alone tell none, unless there are many that only one language has. `likely` are the only ones to look at.
    """
    known = _known()
    scores: dict[str, float] = {}
    for token, times in piece.tokens.items():
        for code, weight in known.words.get(token, ()):
            if likely is None or code in likely:
                scores[code] = scores.get(code, 0.0) + weight * times
    special = {one: times for one, times in piece.letters.items() if one in known.telling}
    size = max(sum(map(len, piece.tokens)), 1)
    for code in known.unmistakable:
        if sum(times for one, times in special.items() if known.telling[one] == (code,)) > _UNMISTAKABLE * size:
            scores.setdefault(code, 0.0)
    count = max(piece.count, 1)
    for code in list(scores):
        scores[code] = scores[code] * (_READ_COUNTS if code in READ else 1) / count
        scores[code] += _WHOLE_COUNTS * whole.get(code, 0.0)
    for one, times in special.items():
        codes = known.telling[one]
        bonus = min(_LETTER_COUNTS * times / count / len(codes), _MOST_BY_LETTERS)
        for code in codes:
            if code in scores:
                scores[code] += bonus
    return scores


def _best(scores: Mapping[str, float], least: float) -> str:
    code = max(scores, key=lambda one: scores[one], default=UNDETERMINED)
    return code if scores.get(code, 0.0) >= least else UNDETERMINED


def _by_script(piece: str, count: int) -> Iterator[tuple[str, float]]:
    """Yield the language of the letters that are not Latin: that of their script, told apart where several write it."""
    known = _known()
    found = {name: len(pattern.findall(piece)) for name, pattern in known.scripts.items()}
    found = {name: number for name, number in found.items() if number}
    if "Han" in found and any(name in found for name in ("Hiragana", "Katakana")):
        found = {name: number for name, number in found.items() if name != "Han"}
        found["Hiragana"] = found.get("Hiragana", 0) + count
    if not found:
        return
    name = max(found, key=lambda one: found[one])
    weight = float(count) * (_DENSE if name in {"Han", "Hiragana", "Katakana", "Hangul"} else 1)
    yield _within_script(name, piece, count), weight


_SPECIAL_COUNTS = 8
"""How much a letter that only one language of a script has counts beside a small word."""
_DENSE = 2.5
"""How many letters of others one of these is worth."""


def _within_script(name: str, piece: str, count: int) -> str:
    known = _known()
    letters = {
        code: sum(character in special for character in piece)
        for code, special in known.script_letters.get(name, {}).items()
    }
    words = known.script_words.get(name, {})
    tokens = _WORD.findall(piece)
    scores = {code: sum(token in own for token in tokens) / max(len(tokens), 1) for code, own in words.items()}
    for code, number in letters.items():
        scores[code] = scores.get(code, 0.0) + _SPECIAL_COUNTS * number / max(count, 1)
    best = max(scores, key=lambda code: scores[code], default="")
    return best if best and scores[best] > 0.01 else known.of_script[name]


@dataclass(frozen=True, slots=True)
class _Known:
    """The lists made ready: each word with its languages and what it counts for each, letters, scripts."""

    words: Mapping[str, Sequence[tuple[str, float]]]
    telling: Mapping[str, tuple[str, ...]]
    unmistakable: Collection[str]
    of_script: Mapping[str, str]
    scripts: Mapping[str, "regex.Pattern[str]"]
    script_letters: Mapping[str, Mapping[str, frozenset[str]]]
    script_words: Mapping[str, Mapping[str, frozenset[str]]]


@cache
def _known() -> _Known:
    source = files("entraide.reader") / "vocabulary" / "languages.yaml"
    raw: Mapping[str, Any] = parse_yaml(source.read_text(encoding="utf-8"))
    letters = {code: frozenset(lists.get("letters", "")) for code, lists in raw["latin"].items()}
    having: dict[str, set[str]] = {}
    for code, lists in raw["latin"].items():
        for word in lists["words"].split():
            for part in regex.split(r"['’‘-]", word):
                if part:
                    having.setdefault(part, set()).add(code)
    words = {word: [(code, 1 / len(codes) ** 0.5) for code in sorted(codes)] for word, codes in having.items()}
    telling: dict[str, list[str]] = {}
    for code, special in letters.items():
        for character in special:
            telling.setdefault(character, []).append(code)
    return _Known(
        words,
        {one: tuple(codes) for one, codes in telling.items()},
        {codes[0] for codes in telling.values() if len(codes) == 1},
        raw["scripts"],
        {name: regex.compile(rf"\p{{{name}}}") for name in raw["scripts"]},
        {name: {code: frozenset(special) for code, special in rows.items()} for name, rows in raw["letters"].items()},
        {name: {code: frozenset(small.split()) for code, small in rows.items()} for name, rows in raw["words"].items()},
    )
