"""The negotiation of a plan: whose turn it is, what freezes the text, and that two copies end alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.errors import EntraideError
from entraide.plans.domain.errors import AlreadyAgreed, AlreadySigned, ChangedMeanwhile, NotYourTurn, WrongState
from entraide.plans.domain.negotiation import (
    Negotiation,
    PlanState,
    agree,
    amend,
    is_outdated,
    propose,
    require_editable,
    sign,
)

DRAFT = Negotiation(("LA", "VN"), "VN")
PROPOSED = propose(DRAFT, "VN")
AMENDED = amend(PROPOSED, "LA", 1)
HALF_AGREED = agree(AMENDED, "VN", 2)
AGREED = agree(HALF_AGREED, "LA", 2)
HALF_SIGNED = sign(AGREED, "LA")
SIGNED = sign(HALF_SIGNED, "VN")

ALLOWED = {
    "propose": (PROPOSED, PlanState.PROPOSED, 1, "LA"),
    "amend": (AMENDED, PlanState.AMENDED, 2, "VN"),
    "amend again": (amend(AMENDED, "VN", 2), PlanState.AMENDED, 3, "LA"),
    "agree with the turn hands it over": (HALF_AGREED, PlanState.AMENDED, 2, "LA"),
    "agree without the turn leaves it": (agree(AMENDED, "LA", 2), PlanState.AMENDED, 2, "VN"),
    "both agree": (AGREED, PlanState.AGREED, 2, ""),
    "amend after the other agreed": (amend(HALF_AGREED, "LA", 2), PlanState.AMENDED, 3, "VN"),
    "one signs": (HALF_SIGNED, PlanState.AGREED, 2, ""),
    "both sign": (SIGNED, PlanState.SIGNED, 2, ""),
}


@pytest.mark.parametrize(("after", "state", "version", "turn"), ALLOWED.values(), ids=ALLOWED)
def test_moves(after, state, version, turn):
    """Each move leads to its state, version and turn."""
    assert (after.state, after.version, after.turn) == (state, version, turn)


def test_amending_clears_agreements():
    """Nobody has agreed to a new version yet."""
    assert HALF_AGREED.agreed == {"VN"}
    assert amend(HALF_AGREED, "LA", 2).agreed == frozenset()


REFUSED = {
    "propose out of turn": (propose, (DRAFT, "LA"), NotYourTurn),
    "propose twice": (propose, (PROPOSED, "VN"), WrongState),
    "edit out of turn": (require_editable, (PROPOSED, "VN"), NotYourTurn),
    "edit a frozen text": (require_editable, (AGREED, "VN"), WrongState),
    "amend a draft": (amend, (DRAFT, "VN", 0), WrongState),
    "amend out of turn": (amend, (PROPOSED, "VN", 1), NotYourTurn),
    "amend an older version": (amend, (AMENDED, "VN", 1), ChangedMeanwhile),
    "amend a frozen text": (amend, (AGREED, "VN", 2), WrongState),
    "agree to a draft": (agree, (DRAFT, "VN", 0), WrongState),
    "agree to another version": (agree, (AMENDED, "VN", 1), ChangedMeanwhile),
    "agree twice": (agree, (HALF_AGREED, "VN", 2), AlreadyAgreed),
    "agree to a frozen text": (agree, (AGREED, "VN", 2), WrongState),
    "sign before both agreed": (sign, (HALF_AGREED, "VN"), WrongState),
    "sign twice": (sign, (HALF_SIGNED, "LA"), AlreadySigned),
    "sign a signed plan": (sign, (SIGNED, "LA"), AlreadySigned),
}


@pytest.mark.parametrize(("move", "arguments", "error"), REFUSED.values(), ids=REFUSED)
def test_refused_moves(move, arguments, error):
    """A move that the state does not allow is a clear conflict."""
    with pytest.raises(error):
        move(*arguments)


ACTS = st.lists(
    st.tuples(st.sampled_from(["VN", "LA"]), st.sampled_from(["amend", "agree", "sign", "deliver"])), max_size=40
)


@given(ACTS)
def test_two_copies_end_alike(acts):
    """Whatever the sides do and however messages cross, both copies are equal once all messages have arrived."""
    copies = {"VN": PROPOSED, "LA": PROPOSED}
    queues = {"VN": [], "LA": []}
    for side, act in acts:
        if act == "deliver":
            if queues[side]:
                copies[side] = _receive(copies[side], queues[side].pop(0))
            continue
        version = copies[side].version
        try:
            copies[side] = _apply(copies[side], side, act, version)
        except EntraideError:
            continue
        queues["LA" if side == "VN" else "VN"].append((side, act, version))
    for side, queue in queues.items():
        for message in queue:
            copies[side] = _receive(copies[side], message)
    assert copies["VN"] == copies["LA"]


def _apply(negotiation, side, act, version):
    if act == "amend":
        return amend(negotiation, side, version)
    return agree(negotiation, side, version) if act == "agree" else sign(negotiation, side)


def _receive(negotiation, message):
    side, act, version = message
    if act == "agree" and is_outdated(negotiation, version):
        return negotiation
    return _apply(negotiation, side, act, version)
