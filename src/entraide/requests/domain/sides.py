"""The two sides of a request, each a party; which of them is this node's own gives the direction."""

from dataclasses import dataclass

from entraide.directory.domain.parties import Party, Reach
from entraide.kernel.ids import PartyId
from entraide.requests.domain.lifecycle import Direction


def derive_direction(own: str, requesting: str) -> Direction:
    """Return which side of a request the party `own` is."""
    return Direction.OUTGOING if requesting == own else Direction.INCOMING


@dataclass(frozen=True, slots=True)
class Sides:
    """Who asks whom, as the node of the party `own` sees it."""

    requesting: Party
    requested: Party
    own: PartyId

    @property
    def direction(self) -> Direction:
        """Which side this node's own party is."""
        return derive_direction(self.own, self.requesting.id)

    @property
    def other(self) -> Party:
        """The party at the other side."""
        return self.requested if self.direction is Direction.OUTGOING else self.requesting

    @property
    def reach(self) -> Reach:
        """How the other party is reached: through its node, or on paper."""
        return self.other.reach_from(self.own)

    @property
    def on_paper(self) -> bool:
        """Whether nothing of this request travels by the exchange."""
        return self.reach is Reach.PAPER
