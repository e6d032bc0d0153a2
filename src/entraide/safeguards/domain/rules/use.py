"""What becomes of information afterwards: its purpose, its handling code, and requests sent again and again."""

from collections.abc import Iterator

from entraide.kernel.decision import Outcome
from entraide.kernel.text import N_, NN_
from entraide.safeguards.domain.codes import Channel, Handling
from entraide.safeguards.domain.model import Hit, Params, lacking
from entraide.safeguards.domain.request_facts import RequestFacts


def check_purpose(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all checks
    """R18: information is used for the purpose it was given for, or with the sender's consent."""
    for item in facts.reused:
        if item.new_purpose != item.stated_purpose and not item.consent:
            yield lacking(
                "R18.purpose",
                N_("Information of {state} would be used for another purpose without its consent."),
                state=item.originator,
            )


def check_onward_transfer(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R19: the handling code is stated and kept; H1 not in court, H2 not passed on, H3 as its sender said."""
    if facts.handling is None:
        yield lacking("R19.none", N_("The handling code is not stated."))
    for item in facts.reused:
        if item.permission:
            continue
        state = item.originator
        if item.handling in (Handling.H2, Handling.H3) and item.originator != facts.recipient.state:
            yield lacking(
                "R19.onward", N_("Information of {state} may not be passed on without its permission."), state=state
            )
        court = facts.channel is Channel.JUDICIAL or facts.is_one_of(params.codes("court_types"))
        if item.handling is Handling.H1 and court:
            yield lacking(
                "R19.court", N_("Information of {state} may not be used in court without its permission."), state=state
            )


def check_repetition(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R29: a refused request comes back only with new facts; a sender refused many times is shown."""
    for refusal in facts.earlier_refusals:
        if not refusal.new_facts:
            yield Hit(
                "R29.again",
                N_("The request {reference} was refused, and no new facts are stated."),
                {"reference": refusal.reference},
            )
    if facts.earlier_refusals_of_sender >= params.number("many_refusals"):
        yield Hit(
            "R29.many",
            NN_(
                "Requests of this sender were refused {count} time in twelve months.",
                "Requests of this sender were refused {count} times in twelve months.",
                by="count",
            ),
            {"count": str(facts.earlier_refusals_of_sender)},
            outcome=Outcome.WARN,
        )
