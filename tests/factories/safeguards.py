"""Complete, harmless facts that tests change in one place; persons are placeholders."""

from dataclasses import replace
from datetime import date
from typing import Any

from entraide.safeguards.domain.codes import (
    BasisKind,
    Beneficiary,
    Channel,
    Conduct,
    Handling,
    MainElement,
    PenaltyKind,
    PersonRole,
)
from entraide.safeguards.domain.request_facts import (
    AuthorityFacts,
    DataIdentifier,
    LegalBasisFacts,
    MeasureFacts,
    OffenceFacts,
    PersonalDataFacts,
    PersonFacts,
    PredominanceAnswers,
    PreservationFacts,
    RequestFacts,
)

SUBJECT_A = PersonFacts("Subject A", PersonRole.SUSPECT, has_identifier=True, public_roles=frozenset())
HARM = PredominanceAnswers(True, True, MainElement.HARM, Beneficiary.VICTIMS)
FRAUD = OffenceFacts(("0701",), (), True, True, True, PenaltyKind.IMPRISONMENT, 84)


def make_evidence(**changes: Any) -> RequestFacts:  # noqa: ANN401 - any field may change
    """Return a request for documents about a fraud between Vietnam and Laos that no rule objects to, with `changes`."""
    end = AuthorityFacts("VN", registered=True, covers_type=True, covers_basis=True, languages=frozenset({"vi", "en"}))
    facts = RequestFacts(
        request_type="evidence",
        on=date(2026, 3, 2),
        sender=end,
        recipient=replace(end, state="LA", languages=frozenset({"lo", "en"})),
        channel=Channel.JUDICIAL,
        handling=Handling.H1,
        basis=LegalBasisFacts(BasisKind.INSTRUMENT, "UNTOC", "18", requesting_party=True, requested_party=True),
        subject_stated=True,
        stage_stated=True,
        facts_stated=True,
        assistance_stated=True,
        purpose_stated=True,
        offence=FRAUD,
        conducts=frozenset({Conduct.MONEY}),
        predominance=HARM,
        persons=(SUBJECT_A,),
        measures=(MeasureFacts("documents"),),
        personal_data=PersonalDataFacts(fact_or_opinion=True, expires_on=date(2027, 3, 2)),
        language="en",
    )
    return replace(facts, **changes)


def make_preservation(**changes: Any) -> RequestFacts:  # noqa: ANN401 - any field may change
    """Return a request to preserve data of one address that no rule objects to, with `changes`."""
    stated = PreservationFacts(
        data_described=True,
        link_to_offence=True,
        custodian_named=True,
        necessity_stated=True,
        intends_request=True,
        identifiers=(DataIdentifier("ip_port_utc", complete=True),),
    )
    facts = make_evidence(
        request_type="preservation",
        channel=Channel.POLICE,
        offence=OffenceFacts(("09031",), ("BUDAPEST-2",), True, penalty=PenaltyKind.IMPRISONMENT, maximum_months=60),
        conducts=frozenset({Conduct.SYSTEMS_DATA}),
        persons=(),
        measures=(),
        preservation=stated,
    )
    return replace(facts, **changes)
