"""Putting organisations and posts into the search index, by every name in every script that the directory knows.

Called inside the transaction of the act that changes them. People are found only as holders of a public post.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from entraide.directory.domain.states import state_name
from entraide.directory.models import Organisation, OrganisationName, PersonName, Post, PostTitle, Tenure
from entraide.kernel.languages import SPOKEN
from entraide.search.api import NewDocument, index_documents

PLACES: Final = {"post": 5, "organisation": 5}
"""How far ahead of others these stand among results, from 0 to 9."""


def index_organisation(organisation_id: UUID) -> None:
    """Make an organisation findable by its names, its aliases and the name of its State; one not there is left."""
    if not Organisation.objects.filter(id=organisation_id).exists():
        return
    names = OrganisationName.objects.filter(organisation_id=organisation_id).values_list("name", flat=True)
    state = Organisation.objects.values_list("state", flat=True).get(id=organisation_id)
    _index("organisation", organisation_id, names, state)


def index_post(post_id: UUID) -> None:
    """Make a post findable by its titles, its State, and every spelling of the names of those who held it.

    One that is not there is left.
    """
    if not Post.objects.filter(id=post_id).exists():
        return
    titles = PostTitle.objects.filter(post_id=post_id).values_list("title", flat=True)
    holders = PersonName.objects.filter(person__tenures__post_id=post_id).values_list("name", flat=True)
    state = Post.objects.values_list("organisation__state", flat=True).get(id=post_id)
    _index("post", post_id, [*holders, *titles], state)


def index_posts_of(person_id: UUID) -> None:
    """Make the posts that a person held findable by every spelling of the name."""
    for post_id in sorted(set(Tenure.objects.filter(person_id=person_id).values_list("post_id", flat=True))):
        index_post(post_id)


def _index(kind: str, object_id: UUID, names: Iterable[str], state: str) -> None:
    """Put something into the index by its names, which are what it is called, and by its State."""
    state_names = [state_name(state, language) for language in SPOKEN] if state else []
    document = NewDocument(
        kind,
        object_id,
        " · ".join(dict.fromkeys(state_names)),
        public=True,
        head=" · ".join(dict.fromkeys(names)),
        states=(state,) if state else (),
        place=PLACES[kind],
    )
    index_documents([document])
