"""How two sides come to one text: a state machine without input or output.

    draft --propose--> proposed --amend--> amended --amend--> ...
    proposed or amended --agree by both--> agreed --sign by both--> signed

1. One side has the turn; only that side edits. Proposing and amending raise the version and hand the turn over.
2. A side agrees to one version and one digest. An amendment makes a new version, to which nobody has agreed yet.
3. The side that has the turn hands it over by agreeing, so that the other may agree too or amend once more.
4. When both have agreed to the same version the text is frozen; from then on it can only be signed.
5. A late agreement to an older version changes nothing: it crossed an amendment on its way.

Because only the holder of the turn can make a version, two copies of a negotiation that receive each other's
messages in order end in the same state.
"""

from dataclasses import dataclass, replace
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
    """Where a negotiation stands: `sides` are the state codes of the parties, `turn` the one that may edit.

    `agreed` are the sides that agreed to the present `version`, `signed` those that signed the frozen text.
    """

    sides: tuple[str, ...]
    turn: str
    state: PlanState = PlanState.DRAFT
    version: int = 0
    agreed: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()

    def next_side(self, side: str) -> str:
        """Return the side after `side`, in the order of the parties."""
        return self.sides[(self.sides.index(side) + 1) % len(self.sides)]


def require_editable(negotiation: Negotiation, by: str) -> None:
    """Raise `WrongState` or `NotYourTurn` unless the side `by` may edit the text now (rule 1)."""
    if negotiation.state not in NEGOTIABLE | {PlanState.DRAFT}:
        raise WrongState(state=negotiation.state)
    if negotiation.turn != by:
        raise NotYourTurn(turn=negotiation.turn)


def propose(negotiation: Negotiation, by: str) -> Negotiation:
    """Return the negotiation after `by` sent the draft to the other side; raises `WrongState`, `NotYourTurn`."""
    if negotiation.state is not PlanState.DRAFT:
        raise WrongState(state=negotiation.state)
    require_editable(negotiation, by)
    return replace(negotiation, state=PlanState.PROPOSED, version=1, turn=negotiation.next_side(by))


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
        turn=negotiation.next_side(by),
        agreed=frozenset(),
    )


def agree(negotiation: Negotiation, by: str, version: int) -> Negotiation:
    """Return the negotiation after `by` agreed to `version` (rules 2 to 5).

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
    turn = negotiation.next_side(by) if negotiation.turn == by else negotiation.turn
    frozen = agreed == frozenset(negotiation.sides)
    if frozen:
        return replace(negotiation, agreed=agreed, turn="", state=PlanState.AGREED)
    return replace(negotiation, agreed=agreed, turn=turn)


def sign(negotiation: Negotiation, by: str) -> Negotiation:
    """Return the negotiation after `by` signed the frozen text; raises `WrongState`, `AlreadySigned`."""
    if negotiation.state is not PlanState.AGREED:
        raise AlreadySigned if negotiation.state is PlanState.SIGNED else WrongState(state=negotiation.state)
    if by in negotiation.signed:
        raise AlreadySigned
    signed = negotiation.signed | {by}
    complete = signed == frozenset(negotiation.sides)
    return replace(negotiation, signed=signed, state=PlanState.SIGNED if complete else negotiation.state)


def is_outdated(negotiation: Negotiation, version: int) -> bool:
    """Return whether a message about `version` was overtaken by an amendment on its way (rule 5)."""
    return version < negotiation.version
