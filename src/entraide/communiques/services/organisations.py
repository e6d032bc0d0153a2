"""The organisation that a party or a post names: known by name, by its office in another language, or new."""

from collections.abc import Sequence
from uuid import UUID

from entraide.communiques.adapters.offices import office_of
from entraide.communiques.domain.proposals import Fields, ProposalKind
from entraide.communiques.services.context import Desk
from entraide.directory.api import (
    Organisation,
    ensure_organisation,
    find_organisation,
    get_organisation,
    list_organisations,
)
from entraide.kernel.ids import OrganisationId

STATE_OF_NO_STATE = "XX"
CERTAIN, LIKELY, POSSIBLE = 3, 2, 1


def find_organisations(fields: Fields) -> list[tuple[Organisation, int]]:
    """Return the organisations that a party proposal may mean with their strength, best first.

    The same name is certain; the same office of the same State under its name in another language is likely; any other
    body of the State is possible.
    """
    state, name = _state(fields["state"]), fields["organisation"]
    if not name:
        return []
    known = find_organisation(state, name)
    if known is not None:
        return [(known, CERTAIN)]
    same_state = [item for item in list_organisations() if item.state == state]
    office = office_of(name)
    rated = [(item, LIKELY if office and office in _offices(item) else POSSIBLE) for item in same_state]
    return sorted(rated, key=lambda item: -item[1])


def keep_organisation(desk: Desk, fields: Fields, same_as: UUID | None, *, new: bool) -> tuple[OrganisationId, bool]:
    """Return the organisation of a party and whether it was known; its name is added to a known one."""
    if same_as is None and not new:
        same_as = next((item.id for item, strength in find_organisations(fields) if strength >= LIKELY), None)
    aliases = list(get_organisation(OrganisationId(same_as)).names.values())[:1] if same_as else []
    return _ensure(desk, fields["state"], fields["organisation"], aliases), same_as is not None


def organisation_of_post(desk: Desk, fields: Fields, same_as: UUID | None, *, new: bool) -> OrganisationId | None:
    """Return the organisation of a post: the one a person chose, the party of that name, which has to be kept first,
    another one that is named, or the State's one known office that the post is of; None when nothing says it.
    """
    if same_as is not None:
        return OrganisationId(same_as)
    if not fields["organisation"]:
        known = [] if new else find_offices(fields)
        return known[0].id if len(known) == 1 else None
    for party in desk.proposals.values():
        same = party.kind == ProposalKind.PARTY.value and party.fields["state"] == fields["state"]
        if same and party.fields["organisation"] == fields["organisation"]:
            return OrganisationId(desk.require_fact(party.key))
    return _ensure(desk, fields["state"], fields["organisation"])


def find_offices(fields: Fields) -> list[Organisation]:
    """Return the known organisations of the State whose office a post without a named organisation is of."""
    office = "" if fields["organisation"] else office_of(fields["post"])
    state = _state(fields["state"])
    return [item for item in list_organisations() if office and item.state == state and office in _offices(item)]


def _ensure(desk: Desk, state: str, name: str, aliases: Sequence[str] = ()) -> OrganisationId:
    return ensure_organisation(
        desk.node, actor=desk.actor, state=_state(state), name=name, language=desk.language, aliases=aliases
    )


def _state(code: str) -> str:
    return "" if code == STATE_OF_NO_STATE else code


def _offices(organisation: Organisation) -> set[str]:
    return {office_of(name) for name in (*organisation.names.values(), *organisation.aliases)} - {""}
