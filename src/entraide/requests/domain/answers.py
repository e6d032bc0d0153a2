"""Answers: how a request ends, which ground may be named, and what of it leaves the node.

A ground that protects a person (political offence, discrimination, asylum, torture, fair trial) leaves as one neutral
code with the same words every time, so that a refusal never reveals asylum, place or belief. That also is the reason
that R22 asks for. Every other refusal or postponement needs a consultation first and reasons (UNTOC article 18(23),
(25), (26)).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from entraide.kernel.errors import Refused
from entraide.kernel.text import N_
from entraide.requests.domain.lifecycle import Act


class AnswerOutcome(StrEnum):
    """How the requested side answers."""

    EXECUTED = "executed"
    IN_PART = "in_part"
    REFUSED = "refused"
    POSTPONED = "postponed"


PROTECTED_GROUNDS: Final = frozenset({"R04", "R07", "R08", "R09", "R11"})
NEUTRAL_GROUND: Final = "general"
NEUTRAL_REASON: Final = N_("Assistance is not possible, on a general ground.")


class ProtectedGroundRefusesAll(Refused):
    """A protected ground goes with a refusal only."""

    code = "requests.protected_ground_refuses_all"
    message = N_("This ground protects a person: it can refuse the request, not postpone it or grant a part.")
    remedy = N_("Choose the answer “refused”, or another ground.")


class RefusalWithoutConsultation(Refused):
    """R22: the refusal itself is stopped."""

    code = "requests.refusal_without_consultation"
    message = N_("A refusal or postponement needs a consultation with the other side first, and reasons (rule R22).")
    remedy = N_("Consult the requesting authority, then say how and when you did, and give the reasons.")


def derive_act(outcome: AnswerOutcome) -> Act:
    """Return what the answer does to the request: a postponement leaves it in execution."""
    return Act.POSTPONED if outcome is AnswerOutcome.POSTPONED else Act.ANSWERED


def is_protected(answer: Mapping[str, Any]) -> bool:
    """Whether the answer names a ground that protects a person."""
    return answer.get("ground") in PROTECTED_GROUNDS


def require_grounds(answer: Mapping[str, Any]) -> None:
    """Raise what stops the refusal itself.

    `ProtectedGroundRefusesAll` when a protected ground comes with another outcome than a refusal, and
    `RefusalWithoutConsultation` for any other refusal or postponement without consultation or reasons (R22).
    """
    outcome = answer.get("outcome")
    if is_protected(answer) and outcome != AnswerOutcome.EXECUTED:
        if outcome != AnswerOutcome.REFUSED:
            raise ProtectedGroundRefusesAll
        return
    declines = outcome in (AnswerOutcome.REFUSED, AnswerOutcome.POSTPONED)
    if declines and not all(answer.get(field) for field in ("reasons", "consultation_means", "consulted_on")):
        raise RefusalWithoutConsultation


def derive_sent_answer(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of `answer` leaves the node.

    A refusal on a protected ground leaves as two codes and nothing else, whatever was written: five different truths
    become the same bytes.
    """
    if is_protected(answer) and answer.get("outcome") == AnswerOutcome.REFUSED:
        return {"outcome": AnswerOutcome.REFUSED.value, "ground": NEUTRAL_GROUND}
    dropped = _OF_A_REFUSAL if answer.get("outcome") == AnswerOutcome.EXECUTED else frozenset[str]()
    return {field: value for field, value in answer.items() if field not in dropped}


_OF_A_REFUSAL: Final = frozenset({"ground", "reasons", "consultation_means", "consulted_on"})


def preserved_until(answer: Mapping[str, Any]) -> date | None:
    """Return the day until which the answer promises that data stays preserved."""
    value = answer.get("preserved_until")
    return date.fromisoformat(value) if isinstance(value, str) and value else None
