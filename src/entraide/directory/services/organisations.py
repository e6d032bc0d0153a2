"""Entering organisations: one is found by any of its names, and two are never merged silently."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError

from entraide.access.api import Actor, Role, require_role
from entraide.directory.domain.errors import OrganisationsDiffer
from entraide.directory.domain.names import clean_name, name_key
from entraide.directory.domain.states import parse_language, parse_state
from entraide.directory.models import Organisation, OrganisationKey, OrganisationName
from entraide.directory.services.finding import index_organisation
from entraide.journal.api import append_entry
from entraide.kernel.ids import OrganisationId, new_uuid
from entraide.kernel.node import Node
from entraide.search.domain.folding import fold
from entraide.storage.api import transaction


def ensure_organisation(
    node: Node, *, actor: Actor, state: str, name: str, language: str, aliases: Sequence[str] = ()
) -> OrganisationId:
    """Return the organisation of `state` that `name` or one of `aliases` names; enter it when there is none.

    `state` is an ISO 3166-1 code, or empty for a body of no State. A name in a further language and further aliases
    are added to what is there: once "ministère de la Police" is given as an alias of Vietnam's "ministère de la
    Sécurité publique", both mean the same organisation. Raises `OrganisationsDiffer` when the names given belong to
    several, `UnknownState`, `UnknownLanguage`, `NameMissing` and `RoleMissing` (desk officer or operator).
    """
    require_role(actor, Role.desk_officer, Role.operator)
    return enter_organisation(node, actor_id=actor.user_id, state=state, name=name, language=language, aliases=aliases)


def enter_organisation(
    node: Node, *, actor_id: UUID | None, state: str, name: str, language: str, aliases: Sequence[str] = ()
) -> OrganisationId:
    """Do the work of `ensure_organisation`, also where a partner's announcement is the reason (`actor_id` None)."""
    code = parse_state(state) if state else ""
    tongue = parse_language(language)
    texts = [clean_name(text, 300) for text in (name, *aliases)]
    keys = {name_key(text, 300) for text in texts}
    try:
        return _enter(node, actor_id, code, tongue, texts, keys)
    except IntegrityError:
        # Someone entered one of the names at the same moment; now it is there to be found.
        return _enter(node, actor_id, code, tongue, texts, keys)


def _enter(
    node: Node, actor_id: UUID | None, state: str, language: str, texts: list[str], keys: set[str]
) -> OrganisationId:
    with transaction(node):
        known = dict(OrganisationKey.objects.filter(state=state, key__in=keys).values_list("key", "organisation_id"))
        owners = set(known.values())
        if len(owners) > 1:
            raise OrganisationsDiffer(count=len(owners), state=state)
        organisation_id = OrganisationId(owners.pop() if owners else _create(node, state))
        OrganisationKey.objects.bulk_create(
            OrganisationKey(id=new_uuid(node), organisation_id=organisation_id, state=state, key=key)
            for key in sorted(keys - known.keys())
        )
        changed = _add_names(node, organisation_id, texts, language)
        if changed or not known:
            index_organisation(organisation_id)
            append_entry(
                node,
                kind="directory.organisation_changed" if known else "directory.organisation_entered",
                subject=organisation_id,
                content={"state": state, "names": changed},
                actor=actor_id,
            )
    return organisation_id


def _create(node: Node, state: str) -> UUID:
    return Organisation.objects.create(id=new_uuid(node), state=state, created_at=node.clock.now()).id


def _add_names(node: Node, organisation_id: OrganisationId, texts: list[str], language: str) -> list[str]:
    """Add the names that are new: the first as the name in `language` when there is none yet, all others as aliases."""
    rows = list(OrganisationName.objects.filter(organisation_id=organisation_id))
    spellings = {row.name for row in rows}
    added: list[str] = []
    if not any(row.language == language and not row.is_alias for row in rows):
        _add_name(node, organisation_id, texts[0], language=language, is_alias=False)
        added.append(texts[0])
    for text in texts:
        if text not in spellings and text not in added:
            _add_name(node, organisation_id, text, language="", is_alias=True)
            added.append(text)
    return added


def _add_name(node: Node, organisation_id: OrganisationId, text: str, *, language: str, is_alias: bool) -> None:
    OrganisationName.objects.create(
        id=new_uuid(node),
        organisation_id=organisation_id,
        name=text,
        sort_key=fold(text)[:300],
        language=language,
        is_alias=is_alias,
    )
