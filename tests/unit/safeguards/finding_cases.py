"""A harmless request with one change, and exactly what the rules find in it; persons are placeholders."""

from dataclasses import dataclass, field, replace
from datetime import date

from entraide.kernel.decision import Outcome
from entraide.safeguards.api import load_rules
from entraide.safeguards.domain.codes import (
    Assurance,
    BasisKind,
    Beneficiary,
    Channel,
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
    LegalBasisFacts,
    MeasureFacts,
    OffenceFacts,
    PersonalDataFacts,
    PersonFacts,
    PredominanceAnswers,
    RequestFacts,
    ReusedInformation,
)
from tests.factories.nodes import make_node
from tests.factories.safeguards import FRAUD, HARM, SUBJECT_A, make_evidence, make_preservation

RULES = load_rules(make_node())


@dataclass(frozen=True)
class Found:
    """What is expected of one finding."""

    code: str
    outcome: Outcome = Outcome.BLOCK
    missing: bool = False
    lifted_by: str = ""
    params: dict[str, str] = field(default_factory=dict)


def blocks(code: str, /, **params: str) -> Found:
    return Found(code, params=params)


def lacks(code: str, /, **params: str) -> Found:
    return Found(code, missing=True, params=params)


def warns(code: str, /, **params: str) -> Found:
    return Found(code, Outcome.WARN, params=params)


def reviews(code: str, /, **params: str) -> Found:
    return Found(code, Outcome.NEEDS_REVIEW, params=params)


def assures(code: str) -> Found:
    return Found(code, Outcome.NEEDS_ASSURANCE)


def offence(**changes: object) -> OffenceFacts:
    return replace(FRAUD, **changes)  # type: ignore[arg-type]


def person(role: PersonRole | None = PersonRole.SUSPECT, *roles: PublicRole, **changes: object) -> PersonFacts:
    return replace(SUBJECT_A, role=role, public_roles=frozenset(roles), **changes)  # type: ignore[arg-type]


def coded(*conducts: Conduct, **changes: object) -> RequestFacts:
    return make_evidence(conducts=frozenset(conducts), **changes)


def answered(**changes: object) -> RequestFacts:
    return make_evidence(predominance=replace(HARM, **changes))  # type: ignore[arg-type]


def measured(*measures: MeasureFacts, **changes: object) -> RequestFacts:
    return make_evidence(measures=measures, **changes)


def flagged(**flags: object) -> RequestFacts:
    return make_evidence(flags=HumanFlags(**flags))  # type: ignore[arg-type]


def between(side: str, **changes: object) -> RequestFacts:
    return make_evidence(**{side: replace(getattr(make_evidence(), side), **changes)})


def preserving(**changes: object) -> RequestFacts:
    return make_preservation(preservation=replace(make_preservation().preservation, **changes))


def protecting(**changes: object) -> RequestFacts:
    defaults = {
        "protective_purpose": ProtectivePurpose.MISSING_PERSON,
        "persons": (person(PersonRole.THIRD_PARTY),),
        "conducts": frozenset(),
        "predominance": PredominanceAnswers(),
    }
    return make_evidence(**(defaults | changes))


def reusing(*items: ReusedInformation, **changes: object) -> RequestFacts:
    return make_evidence(reused=items, **changes)


def serving(**changes: object) -> RequestFacts:
    return make_evidence(request_type="service_of_documents", **changes)


def basis(**changes: object) -> RequestFacts:
    return make_evidence(basis=replace(make_evidence().basis, **changes))


def marked(*, persons: tuple[PersonFacts, ...] = (SUBJECT_A,), **changes: object) -> RequestFacts:
    data = replace(make_evidence().personal_data, **changes)  # type: ignore[arg-type]
    return make_evidence(personal_data=data, persons=persons)


MEASURE = MeasureFacts("bank_records", judicial_authority=True, allowed_at_home=True)
FOREIGN = ReusedInformation("TH", "prevention", "prevention", Handling.H2)
SPOUSE = PersonFacts("Subject B", PersonRole.THIRD_PARTY, public_roles=frozenset())
TREATY_TWICE = offence(treaty_offences=("unheard-of", "UNCAC-15"))

COMPLETENESS = [
    ("no subject", make_evidence(subject_stated=False), [lacks("R01.subject")]),
    ("no stage", make_evidence(stage_stated=False), [lacks("R01.stage")]),
    ("no facts", make_evidence(facts_stated=False), [lacks("R01.facts")]),
    ("no assistance", make_evidence(assistance_stated=False), [lacks("R01.assistance")]),
    ("no purpose", make_evidence(purpose_stated=False), [lacks("R01.purpose")]),
    ("no offence", make_evidence(offence=offence(codes=())), [lacks("R01.offence")]),
    (
        "no provision",
        make_evidence(offence=offence(provision_cited=False)),
        [lacks("R01.provision"), Found("R14.provisions", Outcome.WARN, missing=True)],
    ),
    ("documents are served without facts and offence", serving(facts_stated=False, offence=OffenceFacts()), []),
    ("no basis", make_evidence(basis=LegalBasisFacts()), [lacks("R02.none")]),
    ("reciprocity", make_evidence(basis=LegalBasisFacts(BasisKind.RECIPROCITY)), [warns("R02.reciprocity")]),
    ("no instrument", basis(instrument=""), [lacks("R02.instrument")]),
    ("no article", basis(article=""), [lacks("R02.article")]),
    ("sender is no party", basis(requesting_party=False), [lacks("R02.not_party", state="VN")]),
    ("nobody knows of the recipient", basis(requested_party=None), [lacks("R02.not_party", state="LA")]),
    ("sender unregistered", between("sender", registered=False), [lacks("R03.unregistered", state="VN")]),
    ("recipient unregistered", between("recipient", registered=False), [lacks("R03.unregistered", state="LA")]),
    ("sender not for the type", between("sender", covers_type=False), [lacks("R03.type", state="VN")]),
    ("recipient not for the type", between("recipient", covers_type=False), [lacks("R03.type", state="LA")]),
    ("recipient not for it", between("recipient", covers_basis=False), [lacks("R03.instrument", state="LA")]),
    (
        "reciprocity asks for no instrument",
        replace(between("recipient", covers_basis=False), basis=LegalBasisFacts(BasisKind.RECIPROCITY)),
        [warns("R02.reciprocity")],
    ),
    ("no channel", make_evidence(channel=None), [lacks("R03.channel")]),
    ("police channel", make_evidence(channel=Channel.POLICE), [warns("R03.police_channel")]),
    ("police channel where nothing formal is asked", make_preservation(), []),
    ("interpol channel", make_evidence(channel=Channel.INTERPOL), []),
    ("nothing to preserve", make_preservation(preservation=None), [lacks("R25.none")]),
    ("data not described", preserving(data_described=False), [lacks("R25.data")]),
    ("no link", preserving(link_to_offence=False), [lacks("R25.link")]),
    ("no custodian", preserving(custodian_named=False), [lacks("R25.custodian")]),
    ("no necessity", preserving(necessity_stated=False), [lacks("R25.necessity")]),
    ("intention not answered", preserving(intends_request=None), [lacks("R25.intention")]),
    ("no intention", preserving(intends_request=False), [lacks("R25.intention")]),
    ("no identifier", preserving(identifiers=()), [lacks("R25.identifier")]),
    (
        "one identifier of no kind, one incomplete",
        preserving(identifiers=(DataIdentifier("fax", complete=True), DataIdentifier("email"))),
        [lacks("R25.kind", number="1"), lacks("R25.incomplete", number="2")],
    ),
    ("no role", marked(persons=(person(None),)), [lacks("R30.role", reference="Subject A")]),
    ("fact or opinion", marked(fact_or_opinion=False), [lacks("R30.fact_or_opinion")]),
    ("sensitive", marked(sensitive_fields=frozenset({"health"})), [lacks("R30.sensitive")]),
    ("needed", marked(sensitive_fields=frozenset({"health"}), sensitive_justified=True), []),
    ("no expiry", marked(expires_on=None), [lacks("R30.expiry")]),
    ("expires today", marked(expires_on=date(2026, 3, 2)), [lacks("R30.expired")]),
    ("expires tomorrow", marked(expires_on=date(2026, 3, 3)), []),
    ("nobody is concerned", make_evidence(persons=(), personal_data=PersonalDataFacts()), []),
    (
        "somebody without a name is concerned",
        make_evidence(persons=(SPOUSE,), personal_data=PersonalDataFacts()),
        [lacks("R30.fact_or_opinion"), lacks("R30.expiry")],
    ),
    (
        "an address leads to somebody",
        make_preservation(personal_data=PersonalDataFacts()),
        [lacks("R30.fact_or_opinion"), lacks("R30.expiry")],
    ),
    ("no language", make_evidence(language=""), [lacks("R32.none")]),
    ("another language", make_evidence(language="vi"), [lacks("R32.not_accepted", languages="en, lo")]),
    ("translated", make_evidence(language="vi", translations=frozenset({"lo", "fr"})), []),
    (
        "accepted languages unknown",
        between("recipient", languages=frozenset()),
        [lacks("R32.not_accepted", languages="?")],
    ),
    (
        "urgent in another language",
        make_evidence(language="vi", urgent=True),
        [Found("R32.not_accepted", Outcome.WARN, missing=True, params={"languages": "en, lo"})],
    ),
]

MOTIVE = [
    ("no conduct", coded(), [lacks("R04.no_conduct")]),
    ("act not answered", answered(act_described=None), [lacks("R04.act")]),
    ("act not told", answered(act_described=False), [lacks("R04.act")]),
    ("harm not answered", answered(harm_to_persons=None), [lacks("R04.harm")]),
    ("no harm", answered(harm_to_persons=False), []),
    ("main element not answered", answered(main_element=None), [lacks("R04.main_element")]),
    ("beneficiary not answered", answered(beneficiary=None), [lacks("R04.beneficiary")]),
    (
        "roles not answered",
        make_evidence(persons=(SPOUSE, replace(SUBJECT_A, public_roles=None))),
        [lacks("R04.public_roles", reference="Subject A")],
    ),
    (
        "a political offence among others",
        make_evidence(offence=offence(codes=("0701", "08031"))),
        [blocks("R04.offence", code="08031")],
    ),
    ("terrorism by name", make_evidence(offence=offence(codes=("0701", "0906"))), [reviews("R04.label")]),
    ("terrorism by violence", coded(Conduct.VIOLENCE, offence=offence(codes=("0906",))), []),
    ("only expression", coded(Conduct.EXPRESSION), [blocks("R04.only_opinion")]),
    ("expression and movement", coded(Conduct.EXPRESSION, Conduct.MOVEMENT), [blocks("R04.only_opinion")]),
    (
        "everything harmless at once",
        coded(
            Conduct.EXPRESSION,
            Conduct.ASSEMBLY,
            Conduct.ASSOCIATION,
            Conduct.RELIGION,
            Conduct.ELECTION,
            Conduct.FAMILY_LIFE,
            Conduct.MOVEMENT,
        ),
        [blocks("R04.only_opinion")],
    ),
    ("only movement", coded(Conduct.MOVEMENT), [reviews("R04.private_life")]),
    ("only private life", coded(Conduct.MOVEMENT, Conduct.FAMILY_LIFE), [reviews("R04.private_life")]),
    ("movement and money", coded(Conduct.MOVEMENT, Conduct.MONEY), []),
    ("religion and money", coded(Conduct.RELIGION, Conduct.MONEY), [reviews("R04.mixed")]),
    (
        "violence without harm",
        coded(Conduct.VIOLENCE, predominance=replace(HARM, harm_to_persons=False)),
        [reviews("R04.contradiction")],
    ),
    ("those in power profit", answered(beneficiary=Beneficiary.HOLDERS_OF_POWER), [reviews("R04.profit")]),
    ("a private party profits", answered(beneficiary=Beneficiary.PRIVATE_PARTY), [reviews("R04.profit")]),
    ("opinion in the main", answered(main_element=MainElement.OPINION), [blocks("R04.predominant")]),
    ("association in the main", answered(main_element=MainElement.ASSOCIATION), [blocks("R04.predominant")]),
    ("office in the main", answered(main_element=MainElement.OFFICE), [blocks("R04.predominant")]),
    (
        "a candidate is accused",
        make_evidence(persons=(person(PersonRole.ACCUSED, PublicRole.CANDIDATE),)),
        [reviews("R04.public_role", reference="Subject A")],
    ),
    ("a candidate is a witness", make_evidence(persons=(person(PersonRole.WITNESS, PublicRole.CANDIDATE),)), []),
    ("a protective purpose waives the questions", protecting(), []),
    ("nobody to protect", protecting(persons=()), [lacks("R04.protected_person")]),
    (
        "who is protected is not answered",
        protecting(persons=(replace(SUBJECT_A, role=PersonRole.VICTIM, public_roles=None),)),
        [lacks("R04.public_roles", reference="Subject A")],
    ),
    (
        "a protected victim is an activist",
        protecting(persons=(person(PersonRole.VICTIM, PublicRole.ACTIVIST),)),
        [reviews("R04.public_role", reference="Subject A")],
    ),
    (
        "a protective purpose and religion",
        protecting(conducts=frozenset({Conduct.RELIGION})),
        [blocks("R04.only_opinion")],
    ),
    (
        "a protective purpose and opinion in the main",
        protecting(predominance=PredominanceAnswers(main_element=MainElement.OPINION)),
        [blocks("R04.predominant")],
    ),
    (
        "a protective purpose and a political offence",
        protecting(offence=offence(codes=("0904",))),
        [blocks("R04.offence", code="0904")],
    ),
    (
        "a protective purpose with a suspect waives nothing",
        protecting(persons=(SPOUSE, SUBJECT_A), predominance=HARM),
        [lacks("R04.no_conduct")],
    ),
    (
        "convicted and protected",
        protecting(persons=(person(PersonRole.CONVICTED),), predominance=HARM),
        [lacks("R04.no_conduct")],
    ),
    (
        "violence with harm lifts the block",
        coded(Conduct.VIOLENCE, predominance=replace(HARM, main_element=MainElement.OFFICE)),
        [Found("R04.predominant", Outcome.NEEDS_REVIEW, lifted_by="R05")],
    ),
    (
        "violence without an answer on harm lifts nothing",
        coded(Conduct.VIOLENCE, predominance=replace(HARM, main_element=MainElement.OFFICE, harm_to_persons=None)),
        [lacks("R04.harm"), blocks("R04.predominant")],
    ),
    ("harm without violence lifts nothing", answered(main_element=MainElement.OFFICE), [blocks("R04.predominant")]),
    (
        "an offence of a treaty lifts, named after one that is in no list",
        coded(Conduct.MONEY, offence=TREATY_TWICE, predominance=replace(HARM, main_element=MainElement.OFFICE)),
        [Found("R04.predominant", Outcome.NEEDS_REVIEW, lifted_by="R05")],
    ),
    ("military", make_evidence(offence=offence(purely_military=True)), [blocks("R06.military")]),
    ("persecution", flagged(persecution_grounds=frozenset({"religion"})), [blocks("R07.grounds")]),
]

PROTECTION = [
    ("asylum", make_evidence(persons=(SPOUSE, person(asylum_against=frozenset({"VN"})))), [blocks("R08.asylum")]),
    ("asylum from the other side", make_evidence(persons=(person(asylum_against=frozenset({"LA"})),)), []),
    ("risk of torture", flagged(torture_risk=True), [blocks("R09.risk")]),
    ("tainted evidence", flagged(tainted_evidence=True), [blocks("R09.evidence")]),
    ("penalty not stated", make_evidence(offence=offence(penalty=None)), [lacks("R10.unknown")]),
    ("death", make_evidence(offence=offence(penalty=PenaltyKind.DEATH)), [assures("R10.death")]),
    (
        "death, assured",
        make_evidence(offence=offence(penalty=PenaltyKind.DEATH), assurances=frozenset({Assurance.NO_DEATH_PENALTY})),
        [warns("R10.assured")],
    ),
    (
        "death, another assurance",
        make_evidence(offence=offence(penalty=PenaltyKind.DEATH), assurances=frozenset({Assurance.RETRIAL})),
        [assures("R10.death")],
    ),
    ("in absentia", flagged(in_absentia=True), [assures("R11.in_absentia")]),
    (
        "in absentia, retrial assured",
        make_evidence(flags=HumanFlags(in_absentia=True), assurances=frozenset({Assurance.RETRIAL})),
        [warns("R11.retrial")],
    ),
    ("court for the case", flagged(ad_hoc_court=True), [assures("R11.ad_hoc")]),
    ("no fair trial", flagged(unfair_trial=True), [assures("R11.unfair")]),
    (
        "a named victim",
        make_evidence(persons=(person(PersonRole.VICTIM, named=True),)),
        [blocks("R27.exposed", reference="Subject A")],
    ),
    (
        "a named witness",
        make_evidence(persons=(person(PersonRole.WITNESS, named=True),)),
        [blocks("R27.exposed", reference="Subject A")],
    ),
    (
        "a named minor",
        make_evidence(persons=(person(named=True, is_minor=True),)),
        [blocks("R27.exposed", reference="Subject A")],
    ),
    ("a named suspect", make_evidence(persons=(person(named=True),)), []),
    ("a victim without a name", make_evidence(persons=(person(PersonRole.VICTIM),)), []),
    (
        "a victim under a pseudonym",
        make_evidence(
            persons=(person(PersonRole.VICTIM, named=True, identity_protection=IdentityProtection.PSEUDONYM),)
        ),
        [],
    ),
    ("referred without an answer", make_evidence(request_type="victim_referral"), [blocks("R27.referral")]),
    (
        "referred against the will",
        make_evidence(request_type="victim_referral", referral_consent=False),
        [blocks("R27.referral")],
    ),
    ("referred with consent", make_evidence(request_type="victim_referral", referral_consent=True), []),
    ("returned against the will", make_evidence(involuntary_return=True), [blocks("R27.return")]),
    ("a person asked for without a court", make_evidence(asks_for_person=True), [blocks("R31.no_process")]),
    ("a person asked for by a court", make_evidence(asks_for_person=True, judicial_process=True), []),
]

JUSTICE = [
    ("judged", make_evidence(final_judgment=True), [blocks("R12.judged")]),
    (
        "dual criminality not answered",
        make_evidence(offence=offence(punishable_in_both=None)),
        [Found("R14.unanswered", Outcome.WARN, missing=True)],
    ),
    (
        "dual criminality not answered for one coercive measure of two",
        measured(MeasureFacts("documents"), MEASURE, offence=offence(punishable_in_both=None)),
        [lacks("R14.unanswered")],
    ),
    ("not punishable", make_evidence(offence=offence(punishable_in_both=False)), [warns("R14.not_punishable")]),
    (
        "not punishable and coercive",
        measured(MEASURE, offence=offence(punishable_in_both=False)),
        [blocks("R14.not_punishable")],
    ),
    (
        "their provision not cited",
        make_evidence(offence=offence(requested_provision_cited=False)),
        [Found("R14.provisions", Outcome.WARN, missing=True)],
    ),
    (
        "their provision not cited and coercive",
        measured(MEASURE, offence=offence(requested_provision_cited=False)),
        [lacks("R14.provisions")],
    ),
    ("a fine", make_evidence(offence=offence(penalty=PenaltyKind.FINE)), [warns("R17.trivial")]),
    ("five months", make_evidence(offence=offence(maximum_months=5)), [warns("R17.trivial")]),
    ("six months", make_evidence(offence=offence(maximum_months=6)), []),
    ("months not told", make_evidence(offence=offence(maximum_months=None)), []),
    ("a trivial offence", make_evidence(offence=offence(codes=("0701", "060112"))), [warns("R17.trivial")]),
    ("out of proportion", flagged(disproportionate=True), [warns("R17.disproportionate")]),
    ("simpler ways", flagged(obtainable_otherwise=True), [warns("R17.otherwise")]),
    ("sovereignty", flagged(sovereignty=True), [reviews("R20.sovereignty")]),
    (
        "officers present",
        measured(MeasureFacts("documents"), MeasureFacts("joint_presence")),
        [reviews("R20.sovereignty")],
    ),
    (
        "an unknown measure",
        measured(MeasureFacts("documents"), MeasureFacts("hypnosis")),
        [lacks("R23.unknown", number="2")],
    ),
    ("no court", measured(replace(MEASURE, judicial_authority=None)), [lacks("R23.judicial", number="1")]),
    ("a court refused", measured(replace(MEASURE, judicial_authority=False)), [lacks("R23.judicial", number="1")]),
    ("home not answered", measured(replace(MEASURE, allowed_at_home=None)), [lacks("R23.home", number="1")]),
    ("not at home", measured(replace(MEASURE, allowed_at_home=False)), [blocks("R23.not_at_home", number="1")]),
    (
        "not even documents",
        measured(MEASURE, MeasureFacts("documents", allowed_at_home=False)),
        [blocks("R23.not_at_home", number="2")],
    ),
    ("consent not answered", measured(MeasureFacts("detainee_transfer")), [lacks("R23.consent")]),
    ("nobody to consent", measured(MeasureFacts("detainee_transfer"), persons=()), [lacks("R23.consent")]),
    (
        "one of two consents",
        measured(MeasureFacts("detainee_transfer"), persons=(person(consents_to_transfer=True), SPOUSE)),
        [lacks("R23.consent")],
    ),
    ("consent", measured(MeasureFacts("detainee_transfer"), persons=(person(consents_to_transfer=True),)), []),
    ("immunity", flagged(privileges=frozenset({"diplomatic"})), [reviews("R24.privilege")]),
    (
        "a lawyer as witness",
        make_evidence(persons=(person(PersonRole.WITNESS, PublicRole.LAWYER),)),
        [reviews("R24.profession", reference="Subject A")],
    ),
    (
        "a journalist suspected",
        make_evidence(persons=(person(PersonRole.SUSPECT, PublicRole.JOURNALIST),)),
        [reviews("R04.public_role", reference="Subject A"), reviews("R24.profession", reference="Subject A")],
    ),
    ("a journalist as victim", make_evidence(persons=(person(PersonRole.VICTIM, PublicRole.JOURNALIST),)), []),
    (
        "an official suspected",
        make_evidence(persons=(person(PersonRole.SUSPECT, PublicRole.OFFICIAL),)),
        [reviews("R04.public_role", reference="Subject A")],
    ),
]

USE = [
    (
        "another purpose",
        reusing(replace(FOREIGN, new_purpose="tax", permission=True)),
        [lacks("R18.purpose", state="TH")],
    ),
    ("another purpose with consent", reusing(replace(FOREIGN, new_purpose="tax", permission=True, consent=True)), []),
    ("no handling code", make_evidence(handling=None), [lacks("R19.none")]),
    ("passed on", reusing(FOREIGN), [lacks("R19.onward", state="TH")]),
    ("passed on though H3", reusing(replace(FOREIGN, handling=Handling.H3)), [lacks("R19.onward", state="TH")]),
    ("free to be passed on", reusing(replace(FOREIGN, handling=Handling.H0)), []),
    ("back to where it came from", reusing(replace(FOREIGN, originator="LA")), []),
    ("one permitted, one not", reusing(replace(FOREIGN, permission=True), FOREIGN), [lacks("R19.onward", state="TH")]),
    (
        "in court by the channel",
        serving(reused=(replace(FOREIGN, handling=Handling.H1),)),
        [lacks("R19.court", state="TH")],
    ),
    (
        "in court by the type",
        reusing(replace(FOREIGN, handling=Handling.H1), channel=Channel.INTERPOL),
        [lacks("R19.court", state="TH")],
    ),
    ("not in court", make_preservation(reused=(replace(FOREIGN, handling=Handling.H1),)), []),
    (
        "the same again",
        make_evidence(earlier_refusals=(EarlierRefusal("A", new_facts=True), EarlierRefusal("B"))),
        [blocks("R29.again", reference="B")],
    ),
    ("refused five times", make_evidence(earlier_refusals_of_sender=5), [warns("R29.many", count="5")]),
    ("refused four times", make_evidence(earlier_refusals_of_sender=4), []),
]
CASES = [*COMPLETENESS, *MOTIVE, *PROTECTION, *JUSTICE, *USE]
