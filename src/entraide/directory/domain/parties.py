"""A party: an organisation of a State, or of States, that agrees, signs, asks or is asked, and how it is reached.

A party has one id on every node. That of a ministry with a node is the node's name (`vn-mps`). One on paper is spoken
for by a node, which keeps what it said on paper: its id is that node's name, a slash and the organisation's id there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from entraide.directory.domain.organisations import Organisation, Partner
from entraide.kernel.ids import OrganisationId, PartyId
from entraide.kernel.languages import choose_text
from entraide.kernel.node import Node

LONGEST_PARTY = 100
"""Characters of a party's id: a node's name of 63 characters at most, a slash and a UUID."""

OF_STATES = "XX"
"""What stands in the place of a State for an organisation of States."""


class Reach(StrEnum):
    """How a party is reached from a node."""

    OWN = "own"
    NODE = "node"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation with its State (ISO 3166-1 alpha-2, `XX` for one of States) and its names per language.

    `node` is the name of the node that speaks for it: its own, or for a party on paper that of another party.
    """

    id: PartyId
    state: str
    node: str
    organisation: Mapping[str, str] = field(default_factory=dict)

    @property
    def on_paper(self) -> bool:
        """Whether it has no node, so that another party's node keeps what it said on paper."""
        return self.id != self.node

    def reach_from(self, node: str) -> Reach:
        """Return how the node of that name reaches this party."""
        if self.on_paper:
            return Reach.PAPER
        return Reach.OWN if self.node == node else Reach.NODE

    def name_in(self, language: str) -> str:
        """Return the organisation's name in `language`, else in English, else in the first language there is."""
        return choose_text(dict(self.organisation), language).text or self.id


def own_party(node: Node) -> Party:
    """Return the ministry of a node itself as a party."""
    settings = node.settings
    return Party(PartyId(settings.name), settings.state, settings.name, settings.organisation)


def party_of(partner: Partner) -> Party:
    """Return the ministry of a partner's node as a party."""
    return Party(PartyId(partner.name), partner.state, partner.name, partner.organisation)


def paper_party(node: Node, organisation: Organisation) -> Party:
    """Return an organisation without a node as a party for which `node` speaks."""
    name = node.settings.name
    party_id = paper_party_id(name, organisation.id)
    return Party(party_id, organisation.state or OF_STATES, name, organisation.names)


def paper_party_id(node: str, organisation_id: UUID) -> PartyId:
    """Return the id of the party on paper for which the node of that name speaks."""
    return PartyId(f"{node}/{organisation_id}")


def organisation_on_paper(node: str, party_id: str) -> OrganisationId | None:
    """Return the organisation of a party on paper for which the node of that name speaks; None for another party."""
    speaker, _, organisation = party_id.partition("/")
    try:
        return OrganisationId(UUID(organisation)) if speaker == node and organisation else None
    except ValueError:
        return None


def order_parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Return parties in the order of the protocol: by State, then by id."""
    return tuple(sorted(parties, key=lambda party: (party.state, party.id)))
