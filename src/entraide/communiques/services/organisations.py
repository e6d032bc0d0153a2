"""The organisation that a party or a post names: known by name, by its portfolio under another name, or new."""

from uuid import UUID

from entraide.communiques.domain.proposals import Fields, ProposalKind
from entraide.communiques.services.context import Desk
from entraide.directory.api import (
    CERTAIN,
    LIKELY,
    OrganisationMatch,
    ensure_organisation,
    get_organisation,
    match_organisations,
    match_organisations_of_post,
)
from entraide.kernel.ids import OrganisationId
from entraide.kernel.node import Node

STATE_OF_NO_STATE = "XX"


def find_organisations(node: Node, fields: Fields) -> list[OrganisationMatch]:
    """Return the organisations that a party proposal may mean, best first."""
    name = fields["organisation"]
    return match_organisations(node, _state(fields["state"]), [name]) if name else []


def find_organisations_of_post(desk: Desk, fields: Fields) -> list[OrganisationMatch]:
    """Return the organisations that the post of an official may belong to, best first; none where a party of the text
    says it.
    """
    if fields["organisation"]:
        return [] if _party_of(desk, fields) else find_organisations(desk.node, fields)
    return match_organisations_of_post(desk.node, _state(fields["state"]), fields["post"]) if fields["state"] else []


def keep_organisation(desk: Desk, fields: Fields, same_as: UUID | None, *, new: bool) -> tuple[OrganisationId, bool]:
    """Return the organisation that a party or a post names and whether it was known; its name is added to a known one.

    Without `same_as` and `new`, a certain or likely match is the one.
    """
    if same_as is None and not new:
        same_as = _best(find_organisations(desk.node, fields))
    aliases = get_organisation(desk.node, OrganisationId(same_as)).spellings[:1] if same_as else ()
    organisation = ensure_organisation(
        desk.node,
        actor=desk.actor,
        state=_state(fields["state"]),
        name=fields["organisation"],
        language=desk.language,
        aliases=aliases,
    )
    return organisation, same_as is not None


def organisation_of_post(desk: Desk, fields: Fields, same_as: UUID | None, *, new: bool) -> OrganisationId | None:
    """Return the organisation of a post: the one a person chose, the party of that name, which has to be kept first,
    another one that is named, or the State's one known body of the post's portfolio; None when nothing says it.
    """
    if same_as is not None:
        return OrganisationId(same_as)
    if not fields["organisation"]:
        best = None if new else _best(find_organisations_of_post(desk, fields))
        return OrganisationId(best) if best else None
    party = _party_of(desk, fields)
    if party is not None:
        return OrganisationId(desk.require_fact(party))
    return keep_organisation(desk, fields, None, new=new)[0]


def settled_organisation(desk: Desk, fields: Fields) -> OrganisationId | None:
    """Return the organisation of a post where nothing is left to ask: a party of the text, or a body of that very name.

    Raises `KeepFirst` while that party has not been kept.
    """
    if not fields["organisation"]:
        return None
    party = _party_of(desk, fields)
    if party is not None:
        return OrganisationId(desk.require_fact(party))
    found = find_organisations(desk.node, fields)
    return found[0].organisation.id if found and found[0].strength == CERTAIN else None


def _party_of(desk: Desk, fields: Fields) -> str | None:
    """Return the key of the text's party that a post names as its organisation."""
    for proposal in desk.proposals.values():
        if proposal.kind != ProposalKind.PARTY or proposal.read_fields["state"] != fields["state"]:
            continue
        if fields["organisation"] in (proposal.read_fields["organisation"], proposal.fields.get("organisation")):
            return proposal.key
    return None


def _best(matches: list[OrganisationMatch]) -> UUID | None:
    return matches[0].organisation.id if matches and matches[0].strength >= LIKELY else None


def _state(code: str) -> str:
    return "" if code == STATE_OF_NO_STATE else code
