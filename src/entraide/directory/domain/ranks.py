"""Whether two titles mean one post: the minister of a portfolio and the deputy, in whatever language they are printed.

A ministry has one minister, and "deputy minister" is one post with several holders at a time. A title counts as exact
only when every word of it is accounted for; "deputy prime minister and minister of public security" is the minister of
public security with more to it. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.directory.domain.portfolios import Phrase, Portfolios, portfolio_of_name
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
        if not length:
            continue
        head = tuple(tokens[start : start + length])
        before = _deputy_before(words, tokens, start)
        rank = DEPUTY if before < start or head in words.deputy_ministers else MINISTER
        rest = tokens[start + length :]
        whole = portfolio_of_name(words, " ".join([*tokens[:before], "ministere", *rest]), state)
        if whole:
            return Rank(rank, whole, exact=True)
        part = portfolio_of_name(words, " ".join(["ministere", *rest]), state)
        if part and found is None:
            found = Rank(rank, part, exact=False)
    return found


def _longest(tokens: Sequence[str], start: int, phrases: Sequence[Phrase]) -> int:
    return next((len(phrase) for phrase in phrases if tuple(tokens[start : start + len(phrase)]) == phrase), 0)


def _deputy_before(words: Portfolios, tokens: Sequence[str], start: int) -> int:
    """Return where a word for deputy begins that stands directly before `start`, else `start` itself."""
    for phrase in words.deputies:
        begin = start - len(phrase)
        if begin >= 0 and tuple(tokens[begin:start]) == phrase:
            return begin
    return start
