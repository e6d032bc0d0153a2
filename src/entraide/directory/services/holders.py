"""Who held which post when, with what tells posts apart: read at once, for checks over the whole directory."""

from dataclasses import dataclass
from uuid import UUID

from entraide.directory.adapters.portfolios import load_portfolios
from entraide.directory.domain.ranks import DEPUTY, rank_of_post
from entraide.directory.models import Post, Tenure
from entraide.kernel.node import Node
from entraide.search.api import fold_name


@dataclass(frozen=True, slots=True)
class Holder:
    """A tenure with its post: EDTF dates with nothing left out, the rank and portfolio that its titles mean."""

    post_id: UUID
    person_id: UUID
    name: str
    names: frozenset[str]
    state: str
    organisation_id: UUID
    first_seen: str
    last_seen: str
    rank: str
    portfolio: str
    deputy: bool


@dataclass(frozen=True, slots=True)
class PostTitled:
    """A post with one of its titles and the State of its organisation, empty where that has none."""

    id: UUID
    title: str
    state: str


def list_holders(node: Node) -> list[Holder]:
    """Return every tenure of the directory with its post."""
    with node.active():
        rows = Tenure.objects.select_related("person", "post__organisation")
        rows = rows.prefetch_related("person__names", "post__titles").order_by("id")
        return [_holder(row) for row in rows]


def list_posts_without_state(node: Node) -> list[PostTitled]:
    """Return the posts of organisations that have no State."""
    with node.active():
        rows = Post.objects.filter(organisation__state="").prefetch_related("titles").order_by("id")
        return [PostTitled(row.id, next((item.title for item in row.titles.all()), ""), "") for row in rows]


def _holder(row: Tenure) -> Holder:
    words, state = load_portfolios(), row.post.organisation.state
    titles = [item.title for item in row.post.titles.all()]
    ranks = [rank for title in titles if (rank := rank_of_post(words, title, state))]
    tokens = [fold_name(title).split() for title in titles]
    several = any(_holds(title, phrase) for title in tokens for phrase in (*words.deputies, *words.deputy_ministers))
    return Holder(
        post_id=row.post_id,
        person_id=row.person_id,
        name=row.person.name,
        names=frozenset(fold_name(item.name) for item in row.person.names.all()),
        state=state,
        organisation_id=row.post.organisation_id,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        rank=ranks[0].rank if ranks else "",
        portfolio=ranks[0].portfolio if ranks else "",
        deputy=several or any(rank.rank == DEPUTY for rank in ranks),
    )


def _holds(tokens: list[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(tokens[at : at + len(phrase)]) == tuple(phrase) for at in range(len(tokens)))
