"""Which portfolio a name or the title of a post means: the ministry of the interior, the presidency, the customs.

A State has one body of each portfolio, so two names of one portfolio and one State likely mean the same body, in
whatever language. Rules are strict where a mistake would merge: a name counts only when every word of it is accounted
for (head, State, subject), a department of a ministry is not the ministry, and a name with the words of another State
has no portfolio here. Pure; the words come from `vocabulary/portfolios.yaml`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from entraide.directory.domain.states import state_name
from entraide.kernel.languages import READ, SOURCE
from entraide.search.domain.folding import fold, fold_name

Phrase = tuple[str, ...]
SHORTEST_STEM = 4
"""An adjective of a State shares so many letters with its name: "vietnamien", "lao", "chinois"."""
_MINOR = frozenset({"government", "presidency", "party", "national_assembly"})
_LONGEST_STATE = 5


@dataclass(frozen=True, slots=True)
class Portfolios:
    """The vocabulary: phrases as folded words, longest first; `local` holds the subjects of one State alone."""

    ministry_heads: tuple[Phrase, ...]
    minister_heads: tuple[Phrase, ...]
    plurals: tuple[Phrase, ...]
    deputies: tuple[Phrase, ...]
    deputy_ministers: tuple[Phrase, ...]
    links: tuple[Phrase, ...]
    fillers: tuple[Phrase, ...]
    conjunctions: tuple[Phrase, ...]
    parts: tuple[Phrase, ...]
    trailing: tuple[Phrase, ...]
    state_words: Mapping[str, tuple[Phrase, ...]]
    subjects: Mapping[str, tuple[Phrase, ...]]
    local: Mapping[tuple[str, str], tuple[Phrase, ...]]
    names: Mapping[str, tuple[Phrase, ...]]
    posts: Mapping[str, tuple[Phrase, ...]]
    body_names: Mapping[str, Mapping[str, str]]


def portfolio_of_name(words: Portfolios, name: str, state: str) -> str:
    """Return the code of the portfolio that an organisation's `name` means in `state`, empty when none is certain."""
    tokens = _tokens(name)
    start = _skip(words, tokens, 0, state, words.fillers)
    for code, phrases in words.names.items():
        length = _starts(tokens, start, phrases)
        if length and _is_rest(words, tokens, start + length, state):
            return code
    head = _starts(tokens, start, words.ministry_heads)
    if head:
        return _subject_after(words, tokens, start + head, state)
    return _subject_before(words, tokens, start, state)


def portfolios_of_post(words: Portfolios, title: str, state: str) -> tuple[str, ...]:
    """Return the codes of the portfolios that a post's title names, in its order.

    Beside a ministry or a court, posts of the government and the like do not count: a deputy prime minister who is
    minister of public security belongs to that ministry.
    """
    tokens = _tokens(title)
    found: dict[str, None] = {}
    position = 0
    while position < len(tokens):
        code, length = _post_at(words, tokens, position, state)
        if code:
            found.setdefault(code)
        position += max(length, 1)
    strong = [code for code in found if code not in _MINOR]
    return tuple(strong or found)


def find_subject(words: Portfolios, tokens: Sequence[str], state: str) -> str:
    """Return the code of the portfolio that the words behind a head begin with, whatever follows; empty for none."""
    return _subject(words, tokens, _skip(words, tokens, 0, state, words.links + words.fillers), state)[0]


def names_another_state(words: Portfolios, name: str, state: str, others: Iterable[str]) -> bool:
    """Whether a name bears the words of one of `others` and none of `state`."""
    tokens = _tokens(name)

    def bears(code: str) -> bool:
        return any(state_length(words, tokens, position, code) for position in range(len(tokens)))

    return not bears(state) and any(bears(code) for code in others if code and code != state)


def is_plain_head(words: Portfolios, name: str, state: str) -> bool:
    """Whether a name is no more than "the two ministries", which names no body."""
    tokens = _tokens(name)
    start = _skip(words, tokens, 0, state, words.fillers)
    head = _starts(tokens, start, words.ministry_heads)
    return bool(head) and _skip(words, tokens, start + head, state, words.links + words.fillers) == len(tokens)


def is_plain_minister(words: Portfolios, title: str) -> bool:
    """Whether a post's title is "minister" or "deputy minister" and does not say of what."""
    tokens = _tokens(title)
    start = _starts(tokens, 0, words.deputies)
    head = _starts(tokens, start, words.minister_heads)
    return bool(head) and start + head == len(tokens)


def standard_name(words: Portfolios, name: str, state: str, language: str) -> str:
    """Return a name as it was read, or its body's usual name in `language` where it is in the plural or too long.

    "The ministries of public security" is the name of no body, and a Vietnamese name may drag the verb behind it.
    """
    code = portfolio_of_name(words, name, state)
    tokens = _tokens(name)
    start = _skip(words, tokens, 0, state, words.fillers)
    dragging = bool(tokens) and tokens[-1:] in [list(phrase) for phrase in words.trailing]
    if code and (dragging or _starts(tokens, start, words.plurals)):
        return (words.body_names.get(language) or words.body_names[SOURCE])[code]
    return name


def _post_at(words: Portfolios, tokens: Sequence[str], start: int, state: str) -> tuple[str, int]:
    """The portfolio named from the word at `start`, and how many words it takes."""
    best = ("", 0)
    for code in words.posts:
        length = _starts(tokens, start, words.posts[code] + words.names.get(code, ()))
        if length > best[1]:
            best = (code, length)
    if best[1]:
        return best
    head = _starts(tokens, start, words.minister_heads) or _starts(tokens, start, words.ministry_heads)
    if head:
        after = _skip(words, tokens, start + head, state, words.links + words.fillers)
        code, length = _subject(words, tokens, after, state)
        return code, after + length - start if code else head
    code, length = _subject(words, tokens, start, state)
    if code:
        head = _starts(tokens, start + length, words.minister_heads)
        return (code, length + head) if head else ("", 1)
    return "", 1


def _subject_after(words: Portfolios, tokens: Sequence[str], start: int, state: str) -> str:
    """Read the order of "ministry (Lao) of public security (of Laos)"."""
    after = _skip(words, tokens, start, state, words.links + words.fillers)
    code, length = _subject(words, tokens, after, state)
    return code if code and _is_rest(words, tokens, after + length, state) else ""


def _subject_before(words: Portfolios, tokens: Sequence[str], start: int, state: str) -> str:
    """Read the order of "Lao Interior Ministry"."""
    code, length = _subject(words, tokens, start, state)
    head = _starts(tokens, start + length, words.ministry_heads) if code else 0
    return code if head and _is_rest(words, tokens, start + length + head, state) else ""


def _subject(words: Portfolios, tokens: Sequence[str], start: int, state: str) -> tuple[str, int]:
    best = ("", 0)
    for code, phrases in words.subjects.items():
        length = _starts(tokens, start, phrases + words.local.get((code, state), ()))
        if length > best[1]:
            best = (code, length)
    return best


def _is_rest(words: Portfolios, tokens: Sequence[str], start: int, state: str) -> bool:
    """Whether what follows the subject changes nothing: the State, or further subjects of no portfolio of their own."""
    end = _skip(words, tokens, start, state, words.links + words.fillers + words.trailing)
    if end == len(tokens):
        return True
    if not (tokens[end] == "," or _starts(tokens, end, words.conjunctions)):
        return False
    rest = range(end, len(tokens))
    return not any(_starts(tokens, at, words.parts) or _subject(words, tokens, at, state)[0] for at in rest)


def _skip(words: Portfolios, tokens: Sequence[str], start: int, state: str, phrases: Sequence[Phrase]) -> int:
    """Return where the words of `phrases` and of the State end."""
    while start < len(tokens):
        length = _starts(tokens, start, phrases) or state_length(words, tokens, start, state)
        if not length:
            break
        start += length
    return start


def _starts(tokens: Sequence[str], start: int, phrases: Iterable[Phrase]) -> int:
    """Return the length of the longest of `phrases` that begins at `start`, 0 when none does."""
    lengths = (len(phrase) for phrase in phrases if tuple(tokens[start : start + len(phrase)]) == phrase)
    return max(lengths, default=0)


def state_length(words: Portfolios, tokens: Sequence[str], start: int, state: str) -> int:
    """Return how many words from `start` name the State, by its name in the languages read or by an adjective."""
    if not state:
        return 0
    listed = _starts(tokens, start, words.state_words.get(state, ()))
    names = _state_names(state)
    for length in range(_LONGEST_STATE, 0, -1):
        if start + length <= len(tokens) and "".join(tokens[start : start + length]) in names:
            return max(length, listed)
    if listed:
        return listed
    word = tokens[start]
    adjective = any(len(word) >= len(stem) and word.startswith(stem) for stem in (_stem(name) for name in names))
    return 1 if adjective else 0


def _stem(name: str) -> str:
    """The first letters of a State's name, by which its adjectives begin; three of the shortest names ("Laos")."""
    return name[: SHORTEST_STEM if len(name) > SHORTEST_STEM else SHORTEST_STEM - 1]


@lru_cache(maxsize=512)
def _state_names(state: str) -> frozenset[str]:
    return frozenset(fold_name(state_name(state, language)).replace(" ", "") for language in READ)


def _tokens(text: str) -> list[str]:
    """Folded words; a comma stays, because it separates subjects."""
    parts = fold(text).split(",")
    tokens: list[str] = []
    for number, part in enumerate(parts):
        tokens += ([","] if number else []) + fold_name(part).split()
    return tokens
