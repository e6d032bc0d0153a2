"""The post of an official: one that the organisation has under another title, or a new one."""

from uuid import UUID

from entraide.communiques.domain.errors import KeepFirst, OrganisationMissing
from entraide.communiques.domain.proposals import Fields
from entraide.communiques.services.context import Desk
from entraide.communiques.services.organisations import organisation_of_post, settled_organisation
from entraide.directory.api import LIKELY, NoSuchPost, PostMatch, ensure_post, get_post, match_posts
from entraide.kernel.ids import OrganisationId, PostId
from entraide.kernel.node import Node


def find_posts(desk: Desk, fields: Fields) -> list[PostMatch]:
    """Return the posts that an official's title may mean, best first; none before the organisation is settled."""
    try:
        organisation = settled_organisation(desk, fields)
    except KeepFirst:
        return []
    return _matches(desk, organisation, fields) if organisation else []


def keep_post(desk: Desk, fields: Fields, same_as: UUID | None, *, new: bool) -> PostId:
    """Return the post of an official's title, entered when there is none; raises `OrganisationMissing`.

    `same_as` is the post or the organisation that a person says it is; `new` that it is none of those offered. Without
    either, a likely post of the organisation gets the title as another of its own.
    """
    post = _post(desk.node, same_as)
    if post is not None:
        return _ensure(desk, get_post(desk.node, post).organisation_id, fields, post)
    settled = settled_organisation(desk, fields) if same_as is None else None
    organisation = settled or organisation_of_post(desk, fields, same_as, new=new)
    if organisation is None:
        raise OrganisationMissing
    asked = new and settled is not None
    best = next(iter(_matches(desk, organisation, fields)), None)
    known = best.post.id if best and best.strength >= LIKELY and not asked else None
    return _ensure(desk, organisation, fields, known)


def _ensure(desk: Desk, organisation: OrganisationId, fields: Fields, same_as: PostId | None) -> PostId:
    return ensure_post(
        desk.node,
        actor=desk.actor,
        organisation_id=organisation,
        title=fields["post"],
        language=desk.language,
        same_as=same_as,
    )


def _matches(desk: Desk, organisation: OrganisationId, fields: Fields) -> list[PostMatch]:
    return match_posts(desk.node, organisation, title=fields["post"], language=desk.language, person=fields["name"])


def _post(node: Node, value: UUID | None) -> PostId | None:
    if value is None:
        return None
    try:
        return get_post(node, PostId(value)).id
    except NoSuchPost:
        return None
