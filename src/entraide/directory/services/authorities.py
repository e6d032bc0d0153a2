"""Authorities with their competence: this node's own, and each partner's as that partner announced them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.directory.domain.competence import Competence, parse_competence
from entraide.directory.domain.errors import AuthorityNotTheirs, BadAuthority, NoSuchOrganisation
from entraide.directory.domain.matching import LIKELY
from entraide.directory.domain.messages import MOST_ALIASES, AnnouncedAuthority
from entraide.directory.domain.organisations import Organisation as KnownOrganisation
from entraide.directory.models import Authority, Organisation, PartnerNode
from entraide.directory.selectors import (
    get_authority,
    get_partner,
    list_authorities,
    list_organisations,
    match_organisations,
)
from entraide.directory.services.organisations import enter_organisation
from entraide.journal.api import append_entry
from entraide.kernel.ids import AuthorityId, OrganisationId, PartnerId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.search.domain.folding import fold_name
from entraide.storage.api import transaction


def register_authority(
    node: Node,
    *,
    actor: Actor,
    organisation_id: OrganisationId,
    name: str,
    kind: str,
    request_types: Sequence[str],
    legal_bases: Sequence[str],
    languages: Sequence[str],
    hours: str,
    time_zone: str,
    on_paper: bool = False,
) -> AuthorityId:
    """Enter one of this node's own authorities: which request types and legal bases it is competent for, and when.

    The organisation must be of the node's own State. With `on_paper` it is an authority of a ministry without a node,
    of any State, whom requests reach on paper. Raises `BadAuthority`, `UnknownLanguage`, `NoSuchOrganisation`
    and `RoleMissing` (desk officer or operator).
    """
    require_role(actor, Role.desk_officer, Role.operator)
    competence = parse_competence(
        name=name,
        kind=kind,
        request_types=request_types,
        legal_bases=legal_bases,
        languages=languages,
        hours=hours,
        time_zone=time_zone,
    )
    with transaction(node):
        organisation = Organisation.objects.filter(id=organisation_id).first()
        if organisation is None:
            raise NoSuchOrganisation
        if organisation.state != node.settings.state and not on_paper:
            raise BadAuthority(why=N_("its organisation is of another State"))
        authority_id = AuthorityId(new_uuid(node))
        _save(node, authority_id, organisation_id, None, competence, on_paper=on_paper)
        append_entry(
            node,
            kind="directory.authority_registered",
            subject=authority_id,
            content=_journaled(competence) | ({"on_paper": True} if on_paper else {}),
            actor=actor.user_id,
        )
    return authority_id


def withdraw_authority(node: Node, *, actor: Actor, authority_id: AuthorityId) -> None:
    """Take an authority that was entered here out of use.

    Raises `NoSuchAuthority`, `AuthorityNotTheirs`, `RoleMissing`.
    """
    require_role(actor, Role.desk_officer, Role.operator)
    with transaction(node):
        if get_authority(node, authority_id).partner_id is not None:
            raise AuthorityNotTheirs
        Authority.objects.filter(id=authority_id, withdrawn_at=None).update(withdrawn_at=node.clock.now())
        append_entry(node, kind="directory.authority_withdrawn", subject=authority_id, content={}, actor=actor.user_id)


def export_authorities(node: Node) -> tuple[AnnouncedAuthority, ...]:
    """Return this node's own authorities in force, as they are announced to a partner."""
    with node.active():
        own = list_authorities(node, own=True)
        organisations = {
            organisation.id: organisation
            for organisation in list_organisations(node, ids={authority.organisation_id for authority in own})
        }
        return tuple(
            AnnouncedAuthority(
                id=authority.id,
                state=authority.state,
                organisation=dict(organisations[authority.organisation_id].names),
                aliases=tuple(organisations[authority.organisation_id].aliases)[:MOST_ALIASES],
                name=authority.name,
                kind=authority.kind.value,
                request_types=tuple(authority.request_types),
                legal_bases=tuple(authority.legal_bases),
                languages=tuple(authority.languages),
                hours=authority.hours,
                time_zone=authority.time_zone,
            )
            for authority in own
        )


def import_authorities(node: Node, *, partner_id: PartnerId, authorities: Sequence[AnnouncedAuthority]) -> None:
    """Replace what is known of a partner's authorities with what it announced.

    An authority keeps the partner's id, so that both nodes name it alike; one that is no longer announced is
    withdrawn. Raises `AuthorityNotTheirs` for an authority of another State, or with the id of someone else's,
    `BadAuthority` for one that cannot be, `UnknownLanguage`, and `NoSuchPartner`.
    """
    with transaction(node):
        partner = get_partner(node, partner_id)
        announced = {_import_one(node, partner_id, partner.state, authority) for authority in authorities}
        gone = Authority.objects.filter(partner_id=partner_id, withdrawn_at=None).exclude(id__in=announced)
        gone.update(withdrawn_at=node.clock.now())
        append_entry(
            node,
            kind="directory.authorities_imported",
            subject=partner_id,
            content={"authorities": sorted(str(authority_id) for authority_id in announced)},
        )


def _import_one(node: Node, partner_id: PartnerId, state: str, announced: AnnouncedAuthority) -> UUID:
    authority_id = AuthorityId(announced.id)
    row = Authority.objects.filter(id=authority_id).first()
    if announced.state != state or (row is not None and row.partner_id != partner_id):
        raise AuthorityNotTheirs
    if not announced.organisation:
        raise BadAuthority(why=N_("its organisation has no name"))
    competence = parse_competence(
        name=announced.name,
        kind=announced.kind,
        request_types=announced.request_types,
        legal_bases=announced.legal_bases,
        languages=announced.languages,
        hours=announced.hours,
        time_zone=announced.time_zone,
    )
    organisation_id = enter_names(node, state, announced.organisation, announced.aliases)
    _save(node, authority_id, organisation_id, partner_id, competence)
    return authority_id


def _known_and_taken(node: Node, state: str, names: Sequence[str]) -> tuple[KnownOrganisation | None, set[str]]:
    """Return the organisation that bears one of `names`, if any, and the folded names that others bear."""
    matches = match_organisations(node, state, names)
    known = matches[0].organisation if matches and matches[0].strength >= LIKELY else None
    others = [match.organisation for match in matches[1:] if match.strength > LIKELY]
    return known, {fold_name(text) for other in others for text in other.spellings}


def enter_names(node: Node, state: str, names: Mapping[str, str], aliases: Sequence[str]) -> OrganisationId:
    """Enter the partner's organisation under its names: the one known by a name or as the State's only body of the same
    portfolio, else a new one. A name that another organisation has here is left to that one.
    Raises `BadAuthority` without a name.
    """
    everything = [*names.values(), *(alias for alias in aliases if fold_name(alias))]
    known, taken = _known_and_taken(node, state, everything)
    texts = [text for text in everything if fold_name(text) not in taken]
    anchor = [known.spellings[0]] if known else []
    organisation_id = known.id if known else None
    for language, name in sorted((code, name) for code, name in names.items() if name in texts):
        organisation_id = enter_organisation(
            node, actor_id=None, state=state, name=name, language=language, aliases=[*anchor, *texts]
        )
    if organisation_id is None:
        raise BadAuthority(why=N_("its organisation has no name"))
    return organisation_id


def _save(
    node: Node,
    authority_id: AuthorityId,
    organisation_id: OrganisationId,
    partner_id: PartnerId | None,
    competence: Competence,
    *,
    on_paper: bool = False,
) -> None:
    facts = {
        "organisation_id": organisation_id,
        "on_paper": on_paper,
        "partner": PartnerNode.objects.get(id=partner_id) if partner_id else None,
        "name": competence.name,
        "kind": competence.kind,
        "request_types": list(competence.request_types),
        "legal_bases": list(competence.legal_bases),
        "languages": list(competence.languages),
        "hours": competence.hours,
        "time_zone": competence.time_zone,
        "withdrawn_at": None,
    }
    Authority.objects.update_or_create(
        id=authority_id, defaults=facts, create_defaults=facts | {"registered_at": node.clock.now()}
    )


def _journaled(competence: Competence) -> dict[str, Any]:
    return {
        "kind": competence.kind.value,
        "request_types": list(competence.request_types),
        "legal_bases": list(competence.legal_bases),
        "languages": list(competence.languages),
    }
