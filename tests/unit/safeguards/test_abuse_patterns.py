"""Patterns of abuse that must be stopped, each beside a legitimate request that looks like it and must pass."""

from dataclasses import dataclass, replace

import pytest

from entraide.kernel.decision import Outcome
from entraide.safeguards.api import evaluate, load_rules
from entraide.safeguards.domain.codes import (
    Assurance,
    Beneficiary,
    Conduct,
    Handling,
    IdentityProtection,
    MainElement,
    PenaltyKind,
    PersonRole,
    ProtectivePurpose,
    PublicRole,
)
from entraide.safeguards.domain.request_facts import (
    DataIdentifier,
    EarlierRefusal,
    HumanFlags,
    MeasureFacts,
    OffenceFacts,
    PersonFacts,
    PredominanceAnswers,
    RequestFacts,
    ReusedInformation,
)
from tests.factories.nodes import make_node
from tests.factories.safeguards import FRAUD, HARM, SUBJECT_A, make_evidence, make_preservation

NODE = make_node()
RULES = load_rules(NODE)


def offence(code: str, **changes: object) -> OffenceFacts:
    return replace(FRAUD, codes=(code,), **changes)  # type: ignore[arg-type]


def person(role: PersonRole = PersonRole.SUSPECT, *roles: PublicRole, **changes: object) -> PersonFacts:
    return replace(SUBJECT_A, role=role, public_roles=frozenset(roles), **changes)  # type: ignore[arg-type]


def answers(
    main: MainElement, beneficiary: Beneficiary = Beneficiary.PUBLIC, *, harm: bool = False
) -> PredominanceAnswers:
    return PredominanceAnswers(True, harm, main, beneficiary)


@dataclass(frozen=True)
class Pattern:
    """A named pattern: the facts of the abuse, the rule that stops it, and the look-alike that passes."""

    name: str
    abuse: RequestFacts
    rule: str
    lookalike: RequestFacts
    lookalike_rule_may_warn: str = ""


PATTERNS = [
    Pattern(
        "a blogger's posts asked for as an offence of expression",
        make_preservation(offence=offence("0803"), conducts=frozenset({Conduct.EXPRESSION})),
        "R04",
        make_preservation(offence=offence("0701"), conducts=frozenset({Conduct.MONEY, Conduct.SYSTEMS_DATA})),
    ),
    Pattern(
        "a membership dressed up as a terrorist group",
        make_evidence(offence=offence("09061"), conducts=frozenset({Conduct.ASSOCIATION})),
        "R04",
        make_evidence(offence=offence("09051"), conducts=frozenset({Conduct.TRAFFICKING, Conduct.VIOLENCE})),
    ),
    Pattern(
        "donations to an association labelled as financing of terrorism",
        make_evidence(offence=offence("09062"), conducts=frozenset({Conduct.MONEY})),
        "R04",
        make_evidence(offence=offence("07041"), conducts=frozenset({Conduct.MONEY})),
    ),
    Pattern(
        "a fraud charge against a candidate",
        make_evidence(persons=(person(PersonRole.SUSPECT, PublicRole.CANDIDATE),)),
        "R04",
        make_evidence(persons=(person(PersonRole.VICTIM, PublicRole.CANDIDATE, named=False),)),
    ),
    Pattern(
        "a protest coded as damage to property",
        make_evidence(offence=offence("0502"), conducts=frozenset({Conduct.ASSEMBLY, Conduct.PROPERTY})),
        "R04",
        make_evidence(offence=offence("0502"), conducts=frozenset({Conduct.PROPERTY})),
    ),
    Pattern(
        "violence coded, while the answer says that nobody was harmed",
        make_evidence(conducts=frozenset({Conduct.VIOLENCE}), predominance=answers(MainElement.HARM)),
        "R04",
        make_evidence(offence=offence("0102"), conducts=frozenset({Conduct.VIOLENCE})),
    ),
    Pattern(
        "an old office holder pursued for the office held",
        make_evidence(offence=offence("07031"), predominance=answers(MainElement.OFFICE)),
        "R04",
        make_evidence(
            offence=offence("07031"),
            conducts=frozenset({Conduct.PUBLIC_OFFICE}),
            predominance=answers(MainElement.GAIN),
        ),
    ),
    Pattern(
        "a dissident searched for as a missing person",
        make_preservation(
            protective_purpose=ProtectivePurpose.MISSING_PERSON,
            persons=(person(PersonRole.THIRD_PARTY, PublicRole.ACTIVIST),),
        ),
        "R04",
        make_preservation(
            protective_purpose=ProtectivePurpose.MISSING_PERSON,
            conducts=frozenset(),
            persons=(person(PersonRole.THIRD_PARTY),),
        ),
    ),
    Pattern(
        "a refugee asked for by the State fled from",
        make_evidence(persons=(person(PersonRole.SUSPECT, asylum_against=frozenset({"VN"})),)),
        "R08",
        make_evidence(persons=(person(PersonRole.SUSPECT, asylum_against=frozenset({"XX"})),)),
    ),
    Pattern(
        "evidence obtained by torture",
        make_evidence(flags=HumanFlags(tainted_evidence=True)),
        "R09",
        make_evidence(offence=offence("0101"), conducts=frozenset({Conduct.VIOLENCE})),
    ),
    Pattern(
        "a drug case with the death penalty and no assurance",
        make_evidence(offence=offence("06012", penalty=PenaltyKind.DEATH), conducts=frozenset({Conduct.DRUGS})),
        "R10",
        make_evidence(
            offence=offence("06012", penalty=PenaltyKind.DEATH),
            conducts=frozenset({Conduct.DRUGS}),
            assurances=frozenset({Assurance.NO_DEATH_PENALTY}),
        ),
        "R10",
    ),
    Pattern(
        "a second prosecution for judged facts",
        make_evidence(final_judgment=True),
        "R12",
        make_evidence(earlier_refusals=(EarlierRefusal("VN-2026-0007", new_facts=True),)),
    ),
    Pattern(
        "a search with no court behind it",
        make_evidence(measures=(MeasureFacts("search", judicial_authority=False, allowed_at_home=True),)),
        "R23",
        make_evidence(measures=(MeasureFacts("search", judicial_authority=True, allowed_at_home=True),)),
    ),
    Pattern(
        "a coercive measure for what is no offence at the other side",
        make_evidence(
            offence=replace(FRAUD, punishable_in_both=False),
            measures=(MeasureFacts("bank_records", judicial_authority=True, allowed_at_home=True),),
        ),
        "R14",
        make_preservation(offence=offence("09031", punishable_in_both=None, requested_provision_cited=False)),
    ),
    Pattern(
        "a journalist's sources reached through a witness",
        make_evidence(persons=(person(PersonRole.WITNESS, PublicRole.JOURNALIST),)),
        "R24",
        make_evidence(
            persons=(person(PersonRole.WITNESS, named=True, identity_protection=IdentityProtection.CONSENT),)
        ),
    ),
    Pattern(
        "a victim named without protection",
        make_evidence(offence=offence("0204"), persons=(person(PersonRole.VICTIM, named=True),)),
        "R27",
        make_evidence(
            offence=offence("0204"),
            conducts=frozenset({Conduct.TRAFFICKING}),
            persons=(person(PersonRole.VICTIM, named=True, identity_protection=IdentityProtection.RESTRICTED),),
        ),
    ),
    Pattern(
        "a person handed over outside any court",
        make_evidence(asks_for_person=True),
        "R31",
        make_evidence(asks_for_person=True, judicial_process=True),
    ),
    Pattern(
        "the refused request once more",
        make_evidence(earlier_refusals=(EarlierRefusal("VN-2026-0007"),)),
        "R29",
        make_evidence(earlier_refusals_of_sender=1),
    ),
    Pattern(
        "information of a third State passed on",
        make_evidence(reused=(ReusedInformation("TH", "prevention", "prevention", Handling.H2),)),
        "R19",
        make_evidence(reused=(ReusedInformation("TH", "prevention", "prevention", Handling.H2, permission=True),)),
    ),
    Pattern(
        "a fishing request for a whole address without port and moment",
        make_preservation(
            preservation=replace(
                make_preservation().preservation,  # type: ignore[type-var]
                identifiers=(DataIdentifier("ip_port_utc"),),
            )
        ),
        "R25",
        make_preservation(
            preservation=replace(
                make_preservation().preservation,  # type: ignore[type-var]
                identifiers=(DataIdentifier("email", complete=True),),
            )
        ),
    ),
    Pattern(
        "a creditor who uses the police",
        make_evidence(predominance=replace(HARM, beneficiary=Beneficiary.PRIVATE_PARTY)),
        "R04",
        make_evidence(predominance=replace(HARM, beneficiary=Beneficiary.VICTIMS)),
    ),
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_abuse_is_stopped_by_its_rule(pattern: Pattern) -> None:
    """The pattern does not go on without a human, and the expected rule says why."""
    evaluation = evaluate(RULES, pattern.abuse)
    assert not evaluation.decision.allows
    assert pattern.rule in {finding.rule_id for finding in evaluation.stopping}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_lookalike_passes(pattern: Pattern) -> None:
    """The legitimate look-alike goes on; at most the named rule and the police channel warn."""
    evaluation = evaluate(RULES, pattern.lookalike)
    assert evaluation.decision.allows, [finding.code for finding in evaluation.stopping]
    assert {finding.rule_id for finding in evaluation.findings} <= {pattern.lookalike_rule_may_warn}


def test_violence_is_examined_by_a_person_and_not_blocked() -> None:
    """Coded violence with harm lifts R04 from block to review, and says by which exception."""
    facts = make_evidence(
        offence=offence("0906"),
        conducts=frozenset({Conduct.VIOLENCE, Conduct.ASSOCIATION}),
        predominance=replace(HARM, main_element=MainElement.OPINION),
    )
    evaluation = evaluate(RULES, facts)
    assert evaluation.decision.outcome is Outcome.NEEDS_REVIEW
    assert {finding.lifted_by for finding in evaluation.findings if finding.code == "R04.predominant"} == {"R05"}


@pytest.mark.parametrize(
    ("treaty_offence", "conduct", "outcome"),
    [
        ("terrorist-bombing", Conduct.ASSOCIATION, Outcome.BLOCK),
        ("terrorist-bombing", Conduct.EXPRESSION, Outcome.BLOCK),
        ("UNCAC-15", Conduct.EXPRESSION, Outcome.BLOCK),
        ("UNCAC-15", Conduct.PUBLIC_OFFICE, Outcome.NEEDS_REVIEW),
    ],
)
def test_a_treaty_offence_lifts_only_with_its_conduct(treaty_offence: str, conduct: Conduct, outcome: Outcome) -> None:
    """Naming a convention without conduct of its offence lifts nothing."""
    facts = make_evidence(
        offence=offence("0701", treaty_offences=(treaty_offence,)),
        conducts=frozenset({conduct}),
        predominance=answers(MainElement.OFFICE),
    )
    assert evaluate(RULES, facts).decision.outcome is outcome
