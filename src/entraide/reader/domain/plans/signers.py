"""Who signs: names in signature blocks, with their posts and parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from entraide.documents.domain.tree import Paragraph
from entraide.reader.domain.folding import fold_characters, lower_characters
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.words import any_begins, any_has, every_language
from entraide.reader.domain.vocabulary import load_vocabulary

_TOKEN = regex.compile(
    r"(?:\p{Lu}[\p{L}'’.-]*|de|da|do|dos|del|di|la|le|el|al|ben|bin|ibn|van|von|der|den|binti|bint|of|y|e|d['’]\p{Lu}\p{L}+)"
)
_SIGNED = regex.compile(r"^\s*[(\[]?(?:signé|signed|đã ký|ký tên|s/|signature|sgd|ký)\b[.:)\]]*\s*", regex.IGNORECASE)


_NAME_ENDS = regex.compile(r",|\s[–—-]\s|\(")
_FOR = regex.compile(r"(?:pour|for|on behalf of|au nom de)\s", regex.IGNORECASE)
_FEWEST_TOKENS, _MOST_TOKENS = 2, 6


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs: name, post, party, and where the name stands."""

    name: str
    post: str
    state: str
    start: int


@cache
def _ranks() -> "regex.Pattern[str]":
    return regex.compile(rf"^(?:(?:{_any_of('ranks', 'titles')})\.?\s+)+")


@cache
def _posts() -> "regex.Pattern[str]":
    return regex.compile(rf"(?<!\w)(?:{_any_of('posts', 'ministries')})(?!\w)")


def _any_of(*names: str) -> str:
    """Return the terms of lists of the communiqués' vocabulary, of all languages, as one alternation."""
    terms = {
        words.fold(str(term)).rstrip("*")
        for words in every_language()
        for name in names
        for term in load_vocabulary(words.language).raw[name]
    }
    return "|".join(regex.escape(term) for term in sorted(terms, key=len, reverse=True) if term)


def name_of(line: str) -> tuple[str, int]:
    """Return the name in a line, rank and title off, and where it begins there; empty where it holds none."""
    match = _SIGNED.match(line)
    begin = match.end() if match and match.end() < len(line) else 0
    text = _without_post(_without_rank(_NAME_ENDS.split(line[begin:].strip(" .:_…\t"))[0].strip()))
    tokens = text.split()
    if not _FEWEST_TOKENS <= len(tokens) <= _MOST_TOKENS or not tokens[0][0].isupper():
        return "", 0
    if not all(_TOKEN.fullmatch(token) for token in tokens) or _is_no_name(text):
        return "", 0
    return text, line.find(text)


def _without_rank(text: str) -> str:
    for folded in (fold_characters(text), lower_characters(text)):
        rank = _ranks().match(folded)
        if rank and rank.end() < len(text):
            return text[rank.end() :]
    return text


def _without_post(text: str) -> str:
    """`Ana Example Secretary of State`: a page's lines that ran together; the post behind a whole name goes."""
    post = _posts().search(fold_characters(text))
    before = text[: post.start()].strip() if post and text[post.start()].isupper() else ""
    return before if len(before.split()) >= _FEWEST_TOKENS else text


def _is_no_name(text: str) -> bool:
    """A post, a unit, a word for signing or for both sides; heads of units in Vietnamese are words of names too."""
    if _posts().search(fold_characters(text)) or _posts().search(lower_characters(text)):
        return True
    if _FOR.match(text):
        return True
    units = any(words.has("unit_heads", text) for words in every_language() if words.language != "vi")
    return units or any_begins("signature", text) or any_has("both", text) or any_has("section.contacts", text)


def signers_of_columns(columns: Sequence[Sequence[Paragraph]], sides: Sides) -> list[Signer]:
    """Return who signs in columns beside each other: the first name of each, of the party that the column names."""
    signers: list[Signer] = []
    for number, lines in enumerate(columns):
        whole = "\n".join(line.text for line in lines)
        code = sides.state_of(whole) or next((c for line in lines if (c := sides.state_of(line.text))), "")
        if not code and number < len(sides.states) == len(columns):
            code = sides.states[number]
        signers += _of_lines(lines, sides, code, most=1 if len(columns) > 1 else 9)
    return signers


def signers_of_lines(lines: Sequence[Paragraph], sides: Sides) -> list[Signer]:
    """Return who signs below each other; a line `Pour …` before a name says for whom."""
    signers = _of_lines(lines, sides, "", most=9)
    taken = [signer.state for signer in signers]
    if len(signers) == len(sides.states) and not all(taken):
        return [Signer(s.name, s.post, sides.states[number], s.start) for number, s in enumerate(signers)]
    return signers


def _of_lines(lines: Sequence[Paragraph], sides: Sides, state: str, *, most: int) -> list[Signer]:
    found: list[Signer] = []
    waiting: list[str] = []
    for number, line in enumerate(lines):
        for piece, offset in _pieces(line.text):
            name, place = name_of(piece)
            if not name and any_begins("signature", piece):
                waiting += filter(None, [sides.state_of(piece)])
                name, place = _behind_colon(piece)
            if name and len(found) < most:
                code = state or (waiting.pop(0) if waiting else "")
                post = _post(piece, name, lines[number + 1 : number + 2])
                found.append(Signer(name, post, code, line.start + offset + max(place, 0)))
    return found


def _behind_colon(piece: str) -> tuple[str, int]:
    """`For the Republic of Botswana: Tau Sekao`."""
    behind = regex.search(r":\s*(?P<rest>\S.*)$", piece)
    name, place = name_of(behind["rest"]) if behind else ("", 0)
    return name, place + (behind.start("rest") if behind and name else 0)


def _pieces(text: str) -> list[tuple[str, int]]:
    """Columns that a page's line ran together stand apart by a tab or several spaces."""
    pieces: list[tuple[str, int]] = []
    position = 0
    for part in regex.split(r"(\t+|\s{3,}|\n)", text):
        if part.strip():
            pieces.append((part.strip(), position + len(part) - len(part.lstrip())))
        position += len(part)
    return pieces


def _post(piece: str, name: str, following: Sequence[Paragraph]) -> str:
    behind = piece[piece.find(name) + len(name) :].strip(" ,–—-()")
    if behind:
        return behind
    text = following[0].text.strip() if following else ""
    return text if text and len(text) < 120 and not name_of(text)[0] and not any_begins("signature", text) else ""
