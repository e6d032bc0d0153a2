"""Why is the request made? Coded conduct and answered questions decide; words and labels prove nothing."""

from collections.abc import Iterator

from entraide.kernel.decision import Outcome
from entraide.kernel.text import N_
from entraide.safeguards.domain.codes import Beneficiary, Conduct, MainElement, PersonRole
from entraide.safeguards.domain.model import Hit, Params, lacking
from entraide.safeguards.domain.request_facts import RequestFacts

OPINION = frozenset({Conduct.EXPRESSION, Conduct.ASSEMBLY, Conduct.ASSOCIATION, Conduct.RELIGION, Conduct.ELECTION})
PRIVATE_LIFE = frozenset({Conduct.FAMILY_LIFE, Conduct.MOVEMENT})
SUSPECTS = frozenset({PersonRole.SUSPECT, PersonRole.ACCUSED, PersonRole.CONVICTED})
HARMLESS = OPINION | PRIVATE_LIFE
ROLES_UNANSWERED = N_("It is not answered whether {reference} is a candidate, official, journalist, lawyer ...")


def check_political(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R04: no carriage for a political offence; who and what is asked about must be told by codes and answers."""
    suspects = any(person.role in SUSPECTS for person in facts.persons)
    if facts.protective_purpose is not None and not suspects:
        yield from _check_offence_codes(facts, params)
        yield from _check_protective(facts)
        # A protective purpose waives the questions, never the answers: what is alleged all the same is looked at.
        yield from _check_conduct(facts.conducts)
        yield from _check_main_element(facts)
        return
    yield from _check_answered(facts)
    yield from _check_offence_codes(facts, params)
    yield from _check_conduct(facts.conducts)
    yield from _check_predominance(facts)


def _check_protective(facts: RequestFacts) -> Iterator[Hit]:
    """A search for a missing person has served to find those who fled: who is protected must be told."""
    if not facts.persons:
        yield lacking("R04.protected_person", N_("It is not stated whom the protective purpose serves."))
    yield from _check_roles_answered(facts)
    yield from _check_public_roles(facts, except_for=frozenset())


def _check_answered(facts: RequestFacts) -> Iterator[Hit]:
    if not facts.conducts:
        yield lacking("R04.no_conduct", N_("The alleged conduct is not coded, and no protective purpose is stated."))
    answers = facts.predominance
    if answers.act_described is not True:
        yield lacking("R04.act", N_("What was done, and to whom, is not told."))
    if answers.harm_to_persons is None:
        yield lacking("R04.harm", N_("It is not answered whether there is violence or loss to persons."))
    if answers.main_element is None:
        yield lacking("R04.main_element", N_("It is not answered what the offence is made of in the main."))
    if answers.beneficiary is None:
        yield lacking("R04.beneficiary", N_("It is not answered who profits from the request."))
    yield from _check_roles_answered(facts)


def _check_roles_answered(facts: RequestFacts) -> Iterator[Hit]:
    for person in facts.persons:
        if person.public_roles is None:
            yield lacking("R04.public_roles", ROLES_UNANSWERED, reference=person.reference)


def _check_offence_codes(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    listed = tuple(params.codes("political_offences"))
    for code in facts.offence.codes:
        if code.startswith(listed):
            yield Hit("R04.offence", N_("The offence {code} is in the list of political offences."), {"code": code})
    labelled = tuple(params.codes("label_offences"))
    if Conduct.VIOLENCE not in facts.conducts and any(code.startswith(labelled) for code in facts.offence.codes):
        yield Hit(
            "R04.label",
            N_("The offence bears the name of terrorism, and no violence against persons is coded."),
            outcome=Outcome.NEEDS_REVIEW,
        )


def _check_conduct(conducts: frozenset[Conduct]) -> Iterator[Hit]:
    if not conducts:
        return
    if conducts <= HARMLESS and conducts & OPINION:
        yield Hit(
            "R04.only_opinion",
            N_("All that is alleged is expression, assembly, association, religion or election."),
        )
    elif conducts <= PRIVATE_LIFE:
        yield Hit(
            "R04.private_life",
            N_("The alleged conduct is only family life, or leaving or entering a country."),
            outcome=Outcome.NEEDS_REVIEW,
        )
    elif conducts & OPINION:
        yield Hit(
            "R04.mixed",
            N_("The alleged conduct includes expression, assembly, association, religion or election."),
            outcome=Outcome.NEEDS_REVIEW,
        )


def _check_predominance(facts: RequestFacts) -> Iterator[Hit]:
    answers = facts.predominance
    yield from _check_main_element(facts)
    if Conduct.VIOLENCE in facts.conducts and answers.harm_to_persons is False:
        yield Hit(
            "R04.contradiction",
            N_("Violence is coded, but the answer says that no person was harmed."),
            outcome=Outcome.NEEDS_REVIEW,
        )
    if answers.beneficiary in (Beneficiary.HOLDERS_OF_POWER, Beneficiary.PRIVATE_PARTY):
        yield Hit(
            "R04.profit",
            N_("Those who hold power, or a private party, would profit from the request."),
            outcome=Outcome.NEEDS_REVIEW,
        )
    yield from _check_public_roles(facts, except_for=frozenset({PersonRole.VICTIM, PersonRole.WITNESS}))


def _check_main_element(facts: RequestFacts) -> Iterator[Hit]:
    if facts.predominance.main_element in (MainElement.OPINION, MainElement.ASSOCIATION, MainElement.OFFICE):
        yield Hit("R04.predominant", N_("The main element of the offence is opinion, association or office."))


def _check_public_roles(facts: RequestFacts, *, except_for: frozenset[PersonRole]) -> Iterator[Hit]:
    for person in facts.persons:
        if person.public_roles and person.role not in except_for:
            yield Hit(
                "R04.public_role",
                N_("{reference} is a candidate, official, journalist, lawyer, activist or refugee."),
                {"reference": person.reference},
                outcome=Outcome.NEEDS_REVIEW,
            )


def has_grave_conduct(facts: RequestFacts, params: Params) -> bool:
    """R05: whether violence against persons is coded and answered, or a treaty offence with a duty to prosecute or
    extradite is named together with conduct of that offence; a terrorism label alone does not count.
    """
    if Conduct.VIOLENCE in facts.conducts and facts.predominance.harm_to_persons is True:
        return True
    needed = params.table("treaty_conduct")
    return any(needed.get(offence, frozenset()) & facts.conducts for offence in facts.offence.treaty_offences)


def check_military(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all checks
    """R06: an offence of military law that is none of ordinary criminal law."""
    if facts.offence.purely_military:
        yield Hit("R06.military", N_("The offence is purely military."))


def check_persecution(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all
    """R07: a person flagged substantial grounds for believing that somebody is pursued for what they are or think."""
    if facts.flags.persecution_grounds:
        yield Hit(
            "R07.grounds",
            N_("Substantial grounds are flagged: race, sex, religion, nationality, ethnic origin or opinion."),
        )
