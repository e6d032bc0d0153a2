"""Whether two titles mean one post: the minister of a portfolio and the deputy, in whatever language they are printed.

A ministry has one minister, and "deputy minister" is one post with several holders at a time. A title counts as exact
only when every word of it is accounted for; "deputy prime minister and minister of public security" is the minister of
public security with more to it, and so is "minister of the interior, of overseas territories and of local government".
Whoever serves beside a minister ("secretary of State to the minister of the interior") is none. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.directory.domain.portfolios import Phrase, Portfolios, find_subject, is_plain_minister, portfolio_of_name
from entraide.search.domain.folding import fold_name

MINISTER, DEPUTY = "minister", "deputy_minister"


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank within a portfolio; `exact` when the title says nothing else."""

    rank: str
    portfolio: str
    exact: bool

    def means(self, other: "Rank") -> bool:
        """Whether both are the same rank of the same portfolio."""
        return (self.rank, self.portfolio) == (other.rank, other.portfolio)


def rank_of_post(words: Portfolios, title: str, state: str) -> Rank | None:
    """Return the rank that a post's title in `state` means, None when it is no minister's or deputy's."""
    tokens = fold_name(title).split()
    found: Rank | None = None
    for start in range(len(tokens)):
        length = _longest(tokens, start, words.minister_heads)
        if not length or _is_of_another(words, tokens, start):
            continue
        head = tuple(tokens[start : start + length])
        before = _deputy_before(words, tokens, start)
        rank = DEPUTY if before < start or head in words.deputy_ministers else MINISTER
        rest = tokens[start + length :]
        whole = portfolio_of_name(words, " ".join([*tokens[:before], "ministere", *rest]), state)
        if whole:
            return Rank(rank, whole, exact=True)
        part = portfolio_of_name(words, " ".join(["ministere", *rest]), state) or find_subject(words, rest, state)
        if part and found is None:
            found = Rank(rank, part, exact=False)
    return found


def plain_rank(words: Portfolios, title: str) -> Rank | None:
    """Return the rank of a title that says "minister" or "deputy minister" and not of what; its portfolio is empty."""
    if not is_plain_minister(words, title):
        return None
    tokens = tuple(fold_name(title).split())
    deputy = _longest(tokens, 0, words.deputies) or _longest(tokens, 0, words.deputy_ministers)
    return Rank(DEPUTY if deputy else MINISTER, "", exact=True)


def office_of_post(words: Portfolios, title: str) -> str:
    """Return the body whose head a title names first (the government, the presidency, the party), empty for none.

    A deputy's title is passed over: "Deputy Prime Minister" names nobody's head.
    """
    tokens = fold_name(title).split()
    start = 0
    while start < len(tokens):
        code, length = _office_at(words, tokens, start)
        if code:
            return code
        start += max(length, 1)
    return ""


def _office_at(words: Portfolios, tokens: Sequence[str], start: int) -> tuple[str, int]:
    """Return the body whose head is named from the word at `start`, empty for a deputy, and how many words it takes."""
    code, length = "", 0
    for body in words.names:
        for phrase in words.posts.get(body, ()):
            if len(phrase) > length and tuple(tokens[start : start + len(phrase)]) == phrase:
                code, length = body, len(phrase)
    is_deputy = _longest(tokens, start, words.deputies) or _deputy_before(words, tokens, start) < start
    return ("" if is_deputy else code), length


def _is_of_another(words: Portfolios, tokens: Sequence[str], start: int) -> bool:
    """Whether what stands before a head makes the title that of somebody who serves beside the minister."""
    for phrase in words.links:
        begin = start - len(phrase)
        if begin > 0 and tuple(tokens[begin:start]) == phrase:
            return not _longest(tokens, begin - 1, words.conjunctions)
    return False


def _longest(tokens: Sequence[str], start: int, phrases: Sequence[Phrase]) -> int:
    return next((len(phrase) for phrase in phrases if tuple(tokens[start : start + len(phrase)]) == phrase), 0)


def _deputy_before(words: Portfolios, tokens: Sequence[str], start: int) -> int:
    """Return where a word for deputy begins that stands directly before `start`, else `start` itself."""
    for phrase in words.deputies:
        begin = start - len(phrase)
        if begin >= 0 and tuple(tokens[begin:start]) == phrase:
            return begin
    return start
