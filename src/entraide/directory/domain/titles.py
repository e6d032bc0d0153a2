"""Titles of posts and names of bodies in another language, composed from their parts: a rank and what it is over.

A title is composed only where every word of it is accounted for by the reviewed vocabulary (`vocabulary/posts.yaml`) or
names its State; nothing is guessed and nothing is left out. What cannot be composed stands in its own language. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from entraide.directory.domain.portfolios import Phrase, Portfolios, state_length
from entraide.search.domain.folding import fold, fold_name

Forms = Mapping[str, str]
"""What is written, by language."""
MOST_PARTS: Final = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of titles: what it is called by language, in which States (all where none are named), what it may lead."""

    code: str
    forms: Forms
    states: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    forms_in: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Titles:
    """The vocabulary: entries by code, and for reading the phrases of each sort, longest first, with their codes."""

    subjects: Mapping[str, Entry]
    charges: Mapping[str, Entry]
    bodies: Mapping[str, Entry]
    leaders: Mapping[str, Entry]
    posts: Mapping[str, Entry]
    units: Mapping[str, Entry]
    acting: Forms
    between: Forms
    leaders_vi: Mapping[str, Mapping[str, str]]
    locals: Mapping[str, Mapping[str, str]]
    phrases: Mapping[str, tuple[tuple[Phrase, str], ...]]
    joins: frozenset[str]
    links: frozenset[str]
    fillers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One title of several: a post that stands alone, a charge over subjects, or the lead of a body."""

    sort: str
    code: str
    over: tuple[str, ...] = ()
    acting: bool = False


def title_in(titles: Titles, words: Portfolios, title: str, state: str, language: str) -> str:
    """Return the title of a post of `state` in `language`, empty where it cannot be composed."""
    parts = read_title(titles, words, title, state)
    return write_title(titles, parts, state, language) if parts else ""


def body_in(titles: Titles, words: Portfolios, name: str, state: str, language: str) -> str:
    """Return the name of a body of `state` in `language`, empty where it cannot be composed."""
    tokens = _tokens(titles, name)
    start = _skip_state(titles, words, tokens, 0, state)
    for code, end in _matches(titles, "bodies", tokens, start, state):
        if _skip_state(titles, words, tokens, end, state) == len(tokens):
            return titles.bodies[code].forms.get(language, "")
    for part, end in _charged(titles, words, tokens, start, state):
        if part.code == "ministry" and _skip_state(titles, words, tokens, end, state) == len(tokens):
            return _write(titles, part, state, language)
    return ""


def read_title(titles: Titles, words: Portfolios, title: str, state: str) -> tuple[Part, ...]:
    """Return the parts of a title, none where a word of it is not accounted for."""
    return _read(titles, words, _tokens(titles, title), 0, state, MOST_PARTS) or ()


def write_title(titles: Titles, parts: Sequence[Part], state: str, language: str) -> str:
    """Return parts as a title in `language`, empty where one of them has no form in it."""
    written = [_write(titles, part, state, language) for part in parts]
    if not all(written):
        return ""
    *first, last = written
    return titles.between.get(language, ", ").join([", ".join(first), last]) if first else last


def _read(
    titles: Titles, words: Portfolios, tokens: Phrase, start: int, state: str, most: int
) -> tuple[Part, ...] | None:
    """Return the parts of all words from `start` on, None where that is not possible."""
    if not most:
        return None
    for part, end in _parts(titles, words, tokens, start, state):
        after = _skip_state(titles, words, tokens, end, state)
        if after == len(tokens):
            return (part,)
        following = _skip_joins(titles, tokens, after)
        if following > after:
            rest = _read(titles, words, tokens, following, state, most - 1)
            if rest:
                return (part, *rest)
    return None


def _parts(titles: Titles, words: Portfolios, tokens: Phrase, start: int, state: str) -> Iterator[tuple[Part, int]]:
    """Yield what may stand at `start`, with where it ends; what takes more words first."""
    acting = tokens[start : start + 1] in (("acting",), ("quyen",))
    begin = _skip_state(titles, words, tokens, start + acting, state)
    found = [
        *_alone(titles, tokens, begin, state),
        *_charged(titles, words, tokens, begin, state),
        *_leading(titles, words, tokens, begin, state),
    ]
    for part, end in sorted(found, key=lambda item: -item[1]):
        late = tokens[end : end + 2] == ("par", "interim")
        yield Part(part.sort, part.code, part.over, acting or late), end + 2 * late


def _alone(titles: Titles, tokens: Phrase, start: int, state: str) -> Iterator[tuple[Part, int]]:
    for code, end in _matches(titles, "posts", tokens, start, state):
        yield Part("posts", code), end


def _charged(titles: Titles, words: Portfolios, tokens: Phrase, start: int, state: str) -> Iterator[tuple[Part, int]]:
    for code, end in _matches(titles, "charges", tokens, start, state):
        begin = _skip_state(titles, words, tokens, end, state)
        for over, after in _subjects(titles, tokens, begin, state):
            yield Part("charges", code, over), after
    # "Home Affairs Minister", "Interior Ministry".
    for over, end in _subjects(titles, tokens, start, state):
        for code, after in _matches(titles, "charges", tokens, end, state):
            if code in ("minister", "ministry"):
                yield Part("charges", code, over), after


def _leading(titles: Titles, words: Portfolios, tokens: Phrase, start: int, state: str) -> Iterator[tuple[Part, int]]:
    for code, end in _matches(titles, "leaders", tokens, start, state):
        begin = _skip_state(titles, words, tokens, end, state)
        for body, after in _matches(titles, "bodies", tokens, begin, state):
            only = titles.leaders[code].only
            if body in only or not (only or any(body in other.only for other in titles.leaders.values())):
                yield Part("leaders", code, (body,)), after


def _subjects(titles: Titles, tokens: Phrase, start: int, state: str) -> list[tuple[tuple[str, ...], int]]:
    """Return the lists of subjects that begin at `start`, each with where it ends, the longest first."""
    found: list[tuple[tuple[str, ...], int]] = []
    over: tuple[str, ...] = ()
    at = start
    while True:
        code, end = next(_matches(titles, "subjects", tokens, at, state), ("", at))
        if not code:
            return found[::-1]
        over = (*over, titles.locals.get(state, {}).get(code, code))
        found.append((over, end))
        at = _skip_joins(titles, tokens, end)
        if at == end:
            return found[::-1]


def _matches(titles: Titles, sort: str, tokens: Phrase, start: int, state: str) -> Iterator[tuple[str, int]]:
    entries: Mapping[str, Entry] = getattr(titles, sort)
    for phrase, code in titles.phrases[sort]:
        if tokens[start : start + len(phrase)] == phrase:
            states = entries[code].states
            if not states or state in states:
                yield code, start + len(phrase)


def _skip_joins(titles: Titles, tokens: Sequence[str], start: int) -> int:
    """Return where a comma, an "and" or both end."""
    for length in (4, 3, 2, 1):
        between = " ".join(word for word in tokens[start : start + length] if word != ",")
        if len(tokens) >= start + length and (between in titles.joins or not between):
            return start + length
    return start


def _skip_state(titles: Titles, words: Portfolios, tokens: Sequence[str], start: int, state: str) -> int:
    """Return where the words of the State end that begin at `start`, with what may stand around its name."""
    begin = start
    while begin < len(tokens) and tokens[begin] in titles.fillers:
        begin += 1
    length = state_length(words, tokens, begin, state) if begin < len(tokens) else 0
    if not length:
        return start
    end = begin + length
    while end < len(tokens) and tokens[end] in titles.fillers:
        end += 1
    return end


def _write(titles: Titles, part: Part, state: str, language: str) -> str:
    entry: Entry = getattr(titles, part.sort)[part.code]
    text = entry.forms.get(language, "")
    if language == "vi":
        text = entry.forms_in.get(state, text)
    if part.sort == "charges":
        text = text.format(subject=_write_subjects(titles, part.over, language))
    elif part.sort == "leaders":
        body = titles.bodies[part.over[0]].forms
        of = body.get(f"{language}_of", "")
        text = text.format(of=of, body=body.get(language, "")) if language != "vi" else _lead(titles, part, body, text)
    return titles.acting[language].format(post=text) if part.acting and text else text


def _lead(titles: Titles, part: Part, body: Forms, text: str) -> str:
    name = body.get("vi", "")
    special = titles.leaders_vi.get(name.split(" ", maxsplit=1)[0], {}).get(part.code)
    return f"{special} {name}" if special else text.format(body=name)


def _write_subjects(titles: Titles, codes: Iterable[str], language: str) -> str:
    first, *others = (titles.subjects[code].forms.get(language, "") for code in codes)
    if language == "en":
        others = [text.removeprefix("of ") for text in others]
    if not others:
        return first
    last = {"fr": " et ", "en": " and ", "vi": " và "}.get(language, ", ")
    return last.join([", ".join([first, *others[:-1]]), others[-1]])


def _tokens(titles: Titles, text: str) -> Phrase:
    """Return folded words without links; a comma stays, because it parts titles."""
    return tuple(cut(text, titles.links))


def cut(text: str, links: frozenset[str]) -> list[str]:
    """Return the folded words of a phrase without `links`, commas among them."""
    tokens: list[str] = []
    for number, part in enumerate(fold(text).replace(";", ",").split(",")):
        tokens += ([","] if number else []) + [word for word in fold_name(part).split() if word not in links]
    return tokens
