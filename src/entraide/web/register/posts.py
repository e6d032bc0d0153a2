"""People on public pages: the name and post as printed, with a link to the post where the directory knows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.directory.api import list_tenures
from entraide.kernel.ids import PostId
from entraide.kernel.node import Node
from entraide.programme.api import PersonInPost


@dataclass(frozen=True, slots=True)
class LinkedPerson:
    """A holder of a post as printed; `post_id` when the directory knows the tenure."""

    person: PersonInPost
    post_id: PostId | None


def link_posts(node: Node, people: Sequence[PersonInPost]) -> tuple[LinkedPerson, ...]:
    """Return `people` with the posts of their tenures, in one query."""
    known = [person.tenure_id for person in people if person.tenure_id]
    posts = {tenure.id: tenure.post_id for tenure in list_tenures(node, ids=known)} if known else {}
    return tuple(LinkedPerson(person, posts.get(person.tenure_id) if person.tenure_id else None) for person in people)
