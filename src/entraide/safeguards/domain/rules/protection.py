"""Who must be protected: refugees, those at risk of torture or death, victims, minors, and anyone without a court."""

from collections.abc import Iterator

from entraide.kernel.decision import Outcome
from entraide.kernel.text import N_
from entraide.safeguards.domain.codes import Assurance, PenaltyKind, PersonRole
from entraide.safeguards.domain.model import Hit, Params
from entraide.safeguards.domain.request_facts import PersonFacts, RequestFacts


def check_asylum(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all checks
    """R08: a person has, or seeks, protection against the requesting State."""
    if any(facts.sender.state in person.asylum_against for person in facts.persons):
        yield Hit("R08.asylum", N_("A person concerned is protected against the requesting State."))


def check_torture(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all checks
    """R09: a person flagged a risk of torture, or evidence obtained by it."""
    if facts.flags.torture_risk:
        yield Hit("R09.risk", N_("A risk of torture has been flagged."))
    if facts.flags.tainted_evidence:
        yield Hit("R09.evidence", N_("Part of the request rests on evidence said to be obtained by torture."))


def check_death_penalty(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all
    """R10: where the maximum penalty is death, an assurance comes with the request."""
    if facts.offence.penalty is None:
        yield Hit("R10.unknown", N_("The maximum penalty is not stated."), outcome=Outcome.BLOCK, missing=True)
    elif facts.offence.penalty is PenaltyKind.DEATH:
        if Assurance.NO_DEATH_PENALTY in facts.assurances:
            yield Hit(
                "R10.assured",
                N_("The maximum penalty is death; an assurance is attached and the requested authority weighs it."),
                outcome=Outcome.WARN,
            )
        else:
            yield Hit("R10.death", N_("The maximum penalty is death, and no assurance is attached."))


def check_fair_trial(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all checks
    """R11: judgment in absentia without retrial, a court set up for the case, no fair trial."""
    if facts.flags.in_absentia:
        if Assurance.RETRIAL in facts.assurances:
            yield Hit(
                "R11.retrial",
                N_("The judgment was given in absentia; a retrial is assured and the requested authority weighs it."),
                outcome=Outcome.WARN,
            )
        else:
            yield Hit("R11.in_absentia", N_("The judgment was given in absentia, and no retrial is assured."))
    if facts.flags.ad_hoc_court:
        yield Hit("R11.ad_hoc", N_("The court was set up for the case."))
    if facts.flags.unfair_trial:
        yield Hit("R11.unfair", N_("The minimum guarantees of a fair trial have been questioned."))


def check_identity(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R27: no victim, minor or witness is exposed; no referral without consent; no involuntary return."""
    for person in facts.persons:
        if _is_protected(person) and person.named and person.identity_protection is None:
            yield Hit(
                "R27.exposed",
                N_("{reference} is a victim, a witness or a minor and is named without protection of the identity."),
                {"reference": person.reference},
            )
    if facts.is_one_of(params.codes("referral_types")) and facts.referral_consent is not True:
        yield Hit("R27.referral", N_("The person has not consented to the referral."))
    if facts.involuntary_return:
        yield Hit("R27.return", N_("The return of a victim is not voluntary."))


def _is_protected(person: PersonFacts) -> bool:
    return person.is_minor or person.role in (PersonRole.VICTIM, PersonRole.WITNESS)


def check_disguised_extradition(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature
    """R31: nobody is handed over, asked for or removed without a judicial process."""
    if facts.asks_for_person and not facts.judicial_process:
        yield Hit("R31.no_process", N_("A person is to be handed over or removed without a judicial process."))
