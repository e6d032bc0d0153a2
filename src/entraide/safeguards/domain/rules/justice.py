"""What the law of both States allows: one judgment only, dual criminality, proportion, courts, privileges."""

from collections.abc import Iterator

from entraide.kernel.decision import Outcome
from entraide.kernel.text import N_
from entraide.safeguards.domain.codes import PenaltyKind, PersonRole, PublicRole
from entraide.safeguards.domain.model import Hit, Params, lacking
from entraide.safeguards.domain.request_facts import MeasureFacts, RequestFacts


def check_final_judgment(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all
    """R12: nobody is pursued twice for the same facts."""
    if facts.final_judgment:
        yield Hit("R12.judged", N_("A final judgment on the same facts exists."))


def check_dual_criminality(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R14: the conduct is punishable in both States, both provisions cited; a block only for coercive measures."""
    coercive = any(measure.code in params.codes("coercive") for measure in facts.measures)
    outcome = None if coercive else Outcome.WARN
    offence = facts.offence
    if offence.punishable_in_both is None:
        yield Hit("R14.unanswered", N_("Dual criminality is not answered."), outcome=outcome, missing=True)
    elif offence.punishable_in_both is False:
        yield Hit("R14.not_punishable", N_("The conduct is not punishable in both States."), outcome=outcome)
    if not offence.provision_cited or not offence.requested_provision_cited:
        yield Hit(
            "R14.provisions",
            N_("The provisions of both States that punish the conduct are not both cited."),
            outcome=outcome,
            missing=True,
        )


def check_proportionality(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R17: trivial, disproportionate or obtainable otherwise."""
    offence = facts.offence
    months = offence.maximum_months
    light = offence.penalty is PenaltyKind.FINE or (months is not None and months < params.number("trivial_months"))
    if light or any(code.startswith(tuple(params.codes("trivial_offences"))) for code in offence.codes):
        yield Hit("R17.trivial", N_("The offence is light for the assistance asked."))
    if facts.flags.disproportionate:
        yield Hit("R17.disproportionate", N_("The assistance asked is out of proportion to the offence."))
    if facts.flags.obtainable_otherwise:
        yield Hit("R17.otherwise", N_("What is asked can be obtained in a simpler way."))


def check_sovereignty(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R20: sovereignty, security or public order, flagged by a person or touched by the measure."""
    touching = params.codes("measures")
    if facts.flags.sovereignty or any(measure.code in touching for measure in facts.measures):
        yield Hit("R20.sovereignty", N_("Sovereignty, security or public order of the requested State may be touched."))


def check_measures(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R23: a judicial authority behind intrusive measures, a detainee's consent, nothing that home law forbids."""
    for number, measure in enumerate(facts.measures, start=1):
        where = str(number)
        if measure.code not in params.codes("known"):
            yield lacking("R23.unknown", N_("Measure {number} is not in the list of measures."), number=where)
        if measure.code in params.codes("intrusive"):
            yield from _check_intrusive(measure, where)
        if measure.allowed_at_home is False:
            not_at_home = N_("The requesting authority could not order measure {number} at home.")
            yield Hit("R23.not_at_home", not_at_home, {"number": where})
        consent = bool(facts.persons) and all(person.consents_to_transfer is True for person in facts.persons)
        if measure.code in params.codes("detainee_transfer") and not consent:
            yield lacking("R23.consent", N_("The person in custody has not consented to the transfer."))


def _check_intrusive(measure: MeasureFacts, number: str) -> Iterator[Hit]:
    if measure.judicial_authority is not True:
        no_court = N_("Measure {number} is intrusive, and no judicial authority ordered it.")
        yield lacking("R23.judicial", no_court, number=number)
    if measure.allowed_at_home is None:
        unanswered = N_("It is not answered whether measure {number} is allowed at home.")
        yield lacking("R23.home", unanswered, number=number)


def check_privileges(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all checks
    """R24: immunity, professional privilege or the freedom of the press, also of a witness or third party."""
    if facts.flags.privileges:
        yield Hit("R24.privilege", N_("An immunity or a privilege has been flagged."))
    bound = {PublicRole.JOURNALIST, PublicRole.LAWYER}
    for person in facts.persons:
        if person.role is not PersonRole.VICTIM and bound & (person.public_roles or frozenset()):
            yield Hit(
                "R24.profession",
                N_("{reference} is a lawyer or a journalist: professional secrecy or sources may be touched."),
                {"reference": person.reference},
            )
