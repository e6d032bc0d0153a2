"""Corrections of the directory: names, titles and dates that a person found wrong; nothing is taken away."""

from collections.abc import Mapping, Sequence

from entraide.access.api import Actor, Role, require_role
from entraide.directory.domain.errors import NoSuchOrganisation, NoSuchPost, NoSuchTenure, OrganisationsDiffer
from entraide.directory.domain.names import clean_name, name_key
from entraide.directory.domain.states import parse_language
from entraide.directory.models import (
    Organisation,
    OrganisationKey,
    OrganisationName,
    PersonName,
    Post,
    PostTitle,
    Tenure,
)
from entraide.directory.services.finding import index_organisation, index_post
from entraide.journal.api import append_entry
from entraide.kernel.ids import OrganisationId, PostId, TenureId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.search.domain.folding import fold
from entraide.storage.api import transaction

Changes = dict[str, list[str]]


def correct_organisation(
    node: Node,
    *,
    actor: Actor,
    organisation_id: OrganisationId,
    names: Mapping[str, str] | None = None,
    aliases: Sequence[str] = (),
) -> None:
    """Give an organisation these names by language and further aliases; a name that is replaced stays as an alias.

    Raises `OrganisationsDiffer` when a name belongs to another organisation of the State, `NoSuchOrganisation`,
    `NameMissing`, `UnknownLanguage` and `RoleMissing` (desk officer or operator).
    """
    require_role(actor, Role.desk_officer, Role.operator)
    given = {parse_language(code): clean_name(text, 300) for code, text in (names or {}).items()}
    others = [clean_name(text, 300) for text in aliases]
    with transaction(node):
        row = Organisation.objects.select_for_update().filter(id=organisation_id).first()
        if row is None:
            raise NoSuchOrganisation
        _claim(node, row, [*given.values(), *others])
        changes = _rename(node, row, given)
        others += [before for before, _ in changes.values() if before]
        spellings = set(OrganisationName.objects.filter(organisation=row).values_list("name", flat=True))
        new = [text for text in dict.fromkeys(others) if text not in spellings]
        for text in new:
            _name(node, row, text, language="")
        index_organisation(row.id)
        content = {"state": row.state, "changes": changes, "aliases": new}
        append_entry(
            node,
            kind="directory.organisation_corrected",
            subject=row.id,
            content=content,
            actor=actor.user_id,
        )


def _rename(node: Node, row: Organisation, given: Mapping[str, str]) -> Changes:
    """Give an organisation its name in each language, and return what stood there before beside what stands now."""
    changes: Changes = {}
    for language, text in given.items():
        known = OrganisationName.objects.filter(organisation=row, language=language, is_alias=False).first()
        if known is None:
            changes[language] = ["", text]
            _name(node, row, text, language=language)
        elif known.name != text:
            changes[language] = [known.name, text]
            known.name, known.sort_key = text, fold(text)[:300]
            known.save(update_fields=["name", "sort_key"])
    return changes


def correct_post(node: Node, *, actor: Actor, post_id: PostId, titles: Mapping[str, str]) -> None:
    """Give a post these titles by language; raises `NoSuchPost`, `NameMissing`, `UnknownLanguage`, `RoleMissing`."""
    require_role(actor, Role.desk_officer, Role.operator)
    given = {parse_language(code): clean_name(text, 300) for code, text in titles.items()}
    with transaction(node):
        row = Post.objects.select_for_update().filter(id=post_id).first()
        if row is None:
            raise NoSuchPost
        changes: Changes = {}
        for language, text in given.items():
            title = PostTitle.objects.filter(post=row, language=language).first()
            changes[language] = [title.title if title else "", text]
            title = title or PostTitle(id=new_uuid(node), post=row, language=language)
            title.title, title.key = text, name_key(text, 300)
            title.save()
        index_post(row.id)
        append_entry(
            node,
            kind="directory.post_corrected",
            subject=row.id,
            content={"changes": changes},
            actor=actor.user_id,
        )


def correct_tenure(
    node: Node,
    *,
    actor: Actor,
    tenure_id: TenureId,
    first_seen: PartialDate | None = None,
    last_seen: PartialDate | None = None,
    spellings: Sequence[str] = (),
) -> None:
    """Correct when a person was seen in a post, and add spellings of the name.

    Raises `NoSuchTenure`, `NameMissing` and `RoleMissing` (desk officer or operator).
    """
    require_role(actor, Role.desk_officer, Role.operator)
    with transaction(node):
        row = Tenure.objects.select_for_update().filter(id=tenure_id).first()
        if row is None:
            raise NoSuchTenure
        changes: Changes = {}
        if first_seen is not None:
            changes["first_seen"] = [row.first_seen, first_seen.value]
            row.first_seen, row.first_basis = first_seen.value, first_seen.basis
        if last_seen is not None:
            changes["last_seen"] = [row.last_seen, last_seen.value]
            row.last_seen, row.last_basis = last_seen.value, last_seen.basis
        row.save()
        for text in (clean_name(item, 200) for item in spellings):
            PersonName.objects.get_or_create(
                person_id=row.person_id, name=text, defaults={"id": new_uuid(node), "key": name_key(text, 200)}
            )
        index_post(row.post_id)
        append_entry(
            node,
            kind="directory.tenure_corrected",
            subject=row.id,
            content={"changes": changes, "spellings": len(spellings)},
            actor=actor.user_id,
        )


def _claim(node: Node, row: Organisation, texts: Sequence[str]) -> None:
    """Make the folded names this organisation's; raises `OrganisationsDiffer` where another one has them."""
    keys = {name_key(text, 300) for text in texts}
    known = dict(OrganisationKey.objects.filter(state=row.state, key__in=keys).values_list("key", "organisation_id"))
    if set(known.values()) - {row.id}:
        raise OrganisationsDiffer(count=len(set(known.values()) | {row.id}), state=row.state)
    OrganisationKey.objects.bulk_create(
        OrganisationKey(id=new_uuid(node), organisation=row, state=row.state, key=key)
        for key in sorted(keys - known.keys())
    )


def _name(node: Node, row: Organisation, text: str, *, language: str) -> None:
    OrganisationName.objects.create(
        id=new_uuid(node),
        organisation=row,
        name=text,
        sort_key=fold(text)[:300],
        language=language,
        is_alias=not language,
    )
