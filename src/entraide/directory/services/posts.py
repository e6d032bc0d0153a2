"""Posts and who was seen in them; people are in the register only as holders of a public post."""

from entraide.access.api import Actor, Role, require_role
from entraide.directory.domain.errors import NoSuchOrganisation, NoSuchPost
from entraide.directory.domain.names import clean_name, name_key
from entraide.directory.domain.states import parse_language
from entraide.directory.models import Organisation, Person, PersonName, Post, PostTitle, Tenure
from entraide.directory.services.finding import index_post
from entraide.journal.api import append_entry
from entraide.kernel.ids import OrganisationId, PostId, TenureId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.storage.api import transaction


def ensure_post(
    node: Node,
    *,
    actor: Actor,
    organisation_id: OrganisationId,
    title: str,
    language: str,
    same_as: PostId | None = None,
) -> PostId:
    """Return the organisation's post titled `title` in `language`; enter it when there is none.

    With `same_as`, `title` is added to that post: as its title in `language`, or as an alias where it has one. Raises
    `NameMissing`, `UnknownLanguage`, `NoSuchOrganisation`, `NoSuchPost` and `RoleMissing` (desk officer or operator).
    """
    require_role(actor, Role.desk_officer, Role.operator)
    text, tongue = clean_name(title, 300), parse_language(language)
    key = name_key(text, 300)
    with transaction(node):
        # The row is locked, so that two officers who keep the same post at once get one post.
        if Organisation.objects.select_for_update().filter(id=organisation_id).first() is None:
            raise NoSuchOrganisation
        titles = PostTitle.objects.filter(post__organisation_id=organisation_id)
        known = titles.filter(key=key, language=tongue).first()
        if known is not None:
            return PostId(known.post_id)
        if same_as is None:
            post_id = Post.objects.create(
                id=new_uuid(node), organisation_id=organisation_id, created_at=node.clock.now()
            ).id
        elif Post.objects.filter(id=same_as, organisation_id=organisation_id).exists():
            post_id = same_as
        else:
            raise NoSuchPost
        is_alias = PostTitle.objects.filter(post_id=post_id, language=tongue, is_alias=False).exists()
        PostTitle.objects.create(
            id=new_uuid(node), post_id=post_id, title=text, key=key, language=tongue, is_alias=is_alias
        )
        index_post(post_id)
        append_entry(
            node,
            kind="directory.post_entered",
            subject=post_id,
            content={"organisation": str(organisation_id), "language": tongue},
            actor=actor.user_id,
        )
    return PostId(post_id)


def record_tenure(node: Node, *, actor: Actor, post_id: PostId, person_name: str, seen_on: PartialDate) -> TenureId:
    """Record that a source showed a person in a post on a date, and return the tenure.

    A name that folds to that of a holder of the same post is the same person in another spelling, and the tenure's
    first or last date moves; any other name is another person. People of different posts are never merged. Raises
    `NameMissing`, `NoSuchPost` and `RoleMissing` (desk officer or operator).
    """
    require_role(actor, Role.desk_officer, Role.operator)
    text = clean_name(person_name, 200)
    key = name_key(text, 200)
    with transaction(node):
        if Post.objects.select_for_update().filter(id=post_id).first() is None:
            raise NoSuchPost
        tenure = Tenure.objects.filter(post_id=post_id, person__names__key=key).first()
        if tenure is None:
            tenure = _new_tenure(node, post_id, text, seen_on)
            kind = "directory.tenure_recorded"
        elif _widen(tenure, seen_on) or not tenure.person.names.filter(name=text).exists():
            tenure.save()
            kind = "directory.tenure_widened"
        else:
            return TenureId(tenure.id)
        PersonName.objects.get_or_create(
            person_id=tenure.person_id, name=text, defaults={"id": new_uuid(node), "key": key}
        )
        index_post(post_id)
        append_entry(
            node,
            kind=kind,
            subject=tenure.id,
            content={"post": str(post_id), "first": tenure.first_seen, "last": tenure.last_seen},
            actor=actor.user_id,
        )
    return TenureId(tenure.id)


def _new_tenure(node: Node, post_id: PostId, name: str, seen_on: PartialDate) -> Tenure:
    person = Person.objects.create(id=new_uuid(node), name=name, created_at=node.clock.now())
    return Tenure.objects.create(
        id=new_uuid(node),
        post_id=post_id,
        person=person,
        first_seen=seen_on.value,
        first_basis=seen_on.basis,
        last_seen=seen_on.value,
        last_basis=seen_on.basis,
    )


def _widen(tenure: Tenure, seen_on: PartialDate) -> bool:
    """Move the first or the last date when `seen_on` lies outside; a date with unknown digits counts from its start."""
    if seen_on.earliest < PartialDate(tenure.first_seen).earliest:
        tenure.first_seen, tenure.first_basis = seen_on.value, seen_on.basis
        return True
    if seen_on.earliest > PartialDate(tenure.last_seen).earliest:
        tenure.last_seen, tenure.last_basis = seen_on.value, seen_on.basis
        return True
    return False
