"""Whether a title is that of a post that the organisation has already, with a reason that a person can read.

1. The same words, in any language: certain.
2. The same rank of the same portfolio, and both titles say nothing else: likely, whoever holds it.
3. The same rank of the same portfolio, or a title in another language, with the same holder: possible.
4. The same rank, where one title says more than the other: possible when the post has no title in that language.
Holders play no part but as a sign that two titles are one post; they are never merged.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from entraide.directory.domain.matching import CERTAIN, LIKELY, POSSIBLE
from entraide.directory.domain.organisations import Post
from entraide.directory.domain.portfolios import Portfolios
from entraide.directory.domain.ranks import Rank, rank_of_post
from entraide.kernel.ids import PostId
from entraide.kernel.text import N_
from entraide.search.domain.folding import fold_name

SAME_TITLE = N_("Same title.")
SAME_RANK = N_("The same post of the ministry in other words.")
SAME_HOLDER = N_("Another title of the same holder.")
LIKE_RANK = N_("The same rank, with more to it.")


@dataclass(frozen=True, slots=True)
class PostMatch:
    """A post that a title may mean: strength (3 certain, 2 likely, 1 possible) and the reason as a message id."""

    post: Post
    strength: int
    reason: str


def match_post_titles(
    words: Portfolios,
    posts: Sequence[Post],
    holders: Mapping[PostId, Collection[str]],
    *,
    state: str,
    title: str,
    language: str,
    person: str,
) -> list[PostMatch]:
    """Return which of one organisation's `posts` a `title` may mean, best first.

    `holders` are the folded names of those who held each post, `person` is who holds the title.
    """
    rank, key = rank_of_post(words, title, state), fold_name(person)
    found = [
        match
        for post in posts
        if (match := _match(words, post, rank, state, fold_name(title), language, key in holders.get(post.id, ())))
    ]
    return sorted(found, key=lambda item: -item.strength)


def _match(
    words: Portfolios,
    post: Post,
    rank: Rank | None,
    state: str,
    title: str,
    language: str,
    held: bool,  # noqa: FBT001
) -> PostMatch | None:
    if title in map(fold_name, post.spellings):
        return PostMatch(post, CERTAIN, SAME_TITLE)
    ranks = [known for text in post.spellings if (known := rank_of_post(words, text, state))]
    if rank is not None:
        return _match_rank(post, rank, ranks, held=held, worded=language in post.titles)
    if ranks or language in post.titles:
        return None
    return PostMatch(post, POSSIBLE, SAME_HOLDER) if held else None


def _match_rank(post: Post, rank: Rank, ranks: Sequence[Rank], *, held: bool, worded: bool) -> PostMatch | None:
    """Return the match of a post whose titles have `ranks`; `worded`: one is in the language of the given title."""
    same = [known.exact for known in ranks if known.means(rank)]
    if not same:
        return None
    if rank.exact and any(same):
        return PostMatch(post, LIKELY, SAME_RANK)
    if held:
        return PostMatch(post, POSSIBLE, SAME_HOLDER)
    return None if worded else PostMatch(post, POSSIBLE, LIKE_RANK)
