"""The organisation of a party, found or entered in this node's directory."""

from entraide.directory.domain.parties import OF_STATES, Party
from entraide.directory.selectors import find_organisation
from entraide.directory.services.authorities import enter_names
from entraide.kernel.ids import OrganisationId
from entraide.kernel.node import Node


def ensure_party_organisation(node: Node, party: Party) -> OrganisationId | None:
    """Return the organisation of a party, within the running transaction.

    That of a ministry whose node is this one or paired with it is entered when there is none; one on paper, of which
    another node alone tells, is only looked up, and None where it is not known. Raises what entering a name raises.
    """
    if not party.on_paper:
        return enter_names(node, party.state, party.organisation, ())
    state = "" if party.state == OF_STATES else party.state
    found = (find_organisation(node, state, name) for name in party.organisation.values())
    return next((organisation.id for organisation in found if organisation is not None), None)
