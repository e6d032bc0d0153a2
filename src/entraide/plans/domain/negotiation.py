"""How the parties come to one text: a state machine without input or output.

    draft --propose--> proposed --amend--> amended --amend--> ...
    proposed or amended --agree by all--> agreed --sign by all--> signed

1. One party has the turn; only that party edits. Proposing and amending raise the version and hand the turn to the
   next party, in the order of the parties.
2. A party agrees to one version and one digest. An amendment makes a new version, to which nobody has agreed yet.
3. The party that has the turn hands it over by agreeing: to the next party that has not agreed, which may agree too or
   amend once more. A party may agree before its turn comes, and is passed over then.
4. A party on paper never has the turn. When all others have agreed, the turn is with the party whose node speaks for
   the first one that has not, so that it may amend what comes back on paper.
5. When all have agreed to the same version the text is frozen; from then on it can only be signed.
6. A late agreement to an older version changes nothing: it crossed an amendment on its way.

At any version the turn follows from who made that version and from who has agreed to it, in whatever order. A party
that has agreed cannot be passed over unknowingly: so at most one party believes that it may make the next version, and
copies that receive each other's messages end in the same state.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from enum import StrEnum

from entraide.kernel.text import N_
from entraide.plans.domain.errors import AlreadyAgreed, AlreadySigned, ChangedMeanwhile, NotYourTurn, WrongState


class PlanState(StrEnum):
    """How far a plan has come."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AMENDED = "amended"
    AGREED = "agreed"
    SIGNED = "signed"


STATE_NAMES = {
    PlanState.DRAFT: N_("draft"),
    PlanState.PROPOSED: N_("proposed"),
    PlanState.AMENDED: N_("amended"),
    PlanState.AGREED: N_("agreed"),
    PlanState.SIGNED: N_("signed"),
}
NEGOTIABLE = frozenset({PlanState.PROPOSED, PlanState.AMENDED})


@dataclass(frozen=True, slots=True)
class Negotiation:
    """Where a negotiation stands: `parties` are ids in the order of the protocol, `turn` the one that may edit.

    `agreed` are the parties that agreed to the present `version`, `signed` those that signed the frozen text.
    `speakers` names for each party on paper the one whose node speaks for it.
    """

    parties: tuple[str, ...]
    turn: str
    state: PlanState = PlanState.DRAFT
    version: int = 0
    agreed: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()
    speakers: Mapping[str, str] = field(default_factory=dict)

    @property
    def with_nodes(self) -> tuple[str, ...]:
        """The parties that have a node, in order."""
        return tuple(party for party in self.parties if party not in self.speakers)

    def speaker_of(self, party: str) -> str:
        """Return the party whose node speaks for `party`: itself, unless it is on paper."""
        return self.speakers.get(party, party)


def require_editable(negotiation: Negotiation, by: str) -> None:
    """Raise `WrongState` or `NotYourTurn` unless the party `by` may edit the text now (rule 1)."""
    if negotiation.state not in NEGOTIABLE | {PlanState.DRAFT}:
        raise WrongState(state=negotiation.state)
    if negotiation.turn != by:
        raise NotYourTurn(turn=negotiation.turn)


def propose(negotiation: Negotiation, by: str) -> Negotiation:
    """Return the negotiation after `by` sent the draft to the other parties; raises `WrongState`, `NotYourTurn`."""
    if negotiation.state is not PlanState.DRAFT:
        raise WrongState(state=negotiation.state)
    require_editable(negotiation, by)
    return replace(negotiation, state=PlanState.PROPOSED, version=1, turn=_next_turn(negotiation, by, frozenset()))


def amend(negotiation: Negotiation, by: str, base_version: int) -> Negotiation:
    """Return the negotiation after `by` sent amendments to `base_version` (rules 1 and 2).

    Raises `WrongState`, `NotYourTurn`, or `ChangedMeanwhile` when the text has moved on from `base_version`.
    """
    if negotiation.state not in NEGOTIABLE:
        raise WrongState(state=negotiation.state)
    require_editable(negotiation, by)
    if base_version != negotiation.version:
        raise ChangedMeanwhile(version=negotiation.version)
    return replace(
        negotiation,
        state=PlanState.AMENDED,
        version=negotiation.version + 1,
        turn=_next_turn(negotiation, by, frozenset()),
        agreed=frozenset(),
    )


def agree(negotiation: Negotiation, by: str, version: int) -> Negotiation:
    """Return the negotiation after `by` agreed to `version` (rules 2 to 6).

    Raises `WrongState` for a draft or a frozen text, `AlreadyAgreed`, `ChangedMeanwhile` for a version that is not
    the present one.
    """
    if negotiation.state not in NEGOTIABLE:
        raise WrongState(state=negotiation.state)
    if version != negotiation.version:
        raise ChangedMeanwhile(version=negotiation.version)
    if by in negotiation.agreed:
        raise AlreadyAgreed(version=version)
    agreed = negotiation.agreed | {by}
    if agreed == frozenset(negotiation.parties):
        return replace(negotiation, agreed=agreed, turn="", state=PlanState.AGREED)
    turn = negotiation.turn if negotiation.turn not in agreed else _next_turn(negotiation, negotiation.turn, agreed)
    return replace(negotiation, agreed=agreed, turn=turn)


def sign(negotiation: Negotiation, by: str) -> Negotiation:
    """Return the negotiation after `by` signed the frozen text; raises `WrongState`, `AlreadySigned`."""
    if negotiation.state is not PlanState.AGREED:
        raise AlreadySigned if negotiation.state is PlanState.SIGNED else WrongState(state=negotiation.state)
    if by in negotiation.signed:
        raise AlreadySigned
    signed = negotiation.signed | {by}
    complete = signed == frozenset(negotiation.parties)
    return replace(negotiation, signed=signed, state=PlanState.SIGNED if complete else negotiation.state)


def is_outdated(negotiation: Negotiation, version: int) -> bool:
    """Return whether a message about `version` was overtaken by an amendment on its way (rule 6)."""
    return version < negotiation.version


def is_early(negotiation: Negotiation, version: int, agreed: AbstractSet[str], *, sender: str, own: str) -> bool:
    """Return whether a message may rest on another party's that has not come yet.

    `version` and `agreed` are where the negotiation stood for the party `sender`. What it sent itself came before, and
    what the party `own` did is known: only what a third party sent can still be on its way.
    """
    others = {party for party in negotiation.parties if negotiation.speaker_of(party) not in {sender, own}}
    if version != negotiation.version:
        return version > negotiation.version and any(party not in negotiation.speakers for party in others)
    return bool((agreed & others) - negotiation.agreed)


def _next_turn(negotiation: Negotiation, holder: str, agreed: AbstractSet[str]) -> str:
    """Return who has the turn after `holder`, once `agreed` have agreed (rules 3 and 4)."""
    circle = negotiation.with_nodes
    place = circle.index(holder) + 1
    for party in (*circle[place:], *circle[:place]):
        if party not in agreed:
            return party
    return next(negotiation.speaker_of(party) for party in negotiation.parties if party not in agreed)
