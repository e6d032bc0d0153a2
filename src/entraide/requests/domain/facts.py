"""From a filled form to the facts that the safeguards decide on: codes and whether a text is there, never the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from entraide.requests.domain.forms import Form
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
    RequestType,
)
from entraide.safeguards.domain.facts import (
    AuthorityFacts,
    DataIdentifier,
    EarlierRefusal,
    HumanFlags,
    LegalBasisFacts,
    MeasureFacts,
    OffenceFacts,
    PersonalDataFacts,
    PersonFacts,
    PredominanceAnswers,
    PreservationFacts,
    RequestFacts,
)

Code = TypeVar("Code", bound=StrEnum)
NO_PUBLIC_ROLE = "none"
_IDENTIFYING = ("name", "original_name", "document_number")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the node knows beside the form: the two authorities and earlier refusals of the same sender.

    `refused` holds the references of the sender's requests that were refused; `refusals` counts those of twelve months.
    `content_digest` is the salted digest of the content, to which clearances are bound.
    """

    on: date
    sender: AuthorityFacts
    recipient: AuthorityFacts
    refused: frozenset[str] = frozenset()
    refusals: int = 0
    content_digest: str = ""


def derive_facts(form: Form, content: Mapping[str, Any], around: Surroundings) -> RequestFacts:
    """Return the facts of `content`; a missing or unreadable answer becomes None or False, which a rule then stops."""
    return RequestFacts(
        request_type=RequestType(form.id),
        on=around.on,
        sender=around.sender,
        recipient=around.recipient,
        channel=_code(Channel, content.get("channel")),
        handling=_code(Handling, content.get("handling")),
        urgent=content.get("urgency") == "urgent",
        basis=_basis(content),
        subject_stated=bool(content.get("offence")),
        stage_stated=bool(content.get("stage")),
        facts_stated=all(content.get(name) for name in ("facts", "facts_date", "facts_place")),
        assistance_stated=bool(content.get("measures") or content.get("data_kinds")),
        purpose_stated=all(content.get(name) for name in ("purpose", "purpose_text")),
        offence=_offence(content),
        conducts=_codes(Conduct, content.get("conduct")),
        protective_purpose=_code(ProtectivePurpose, content.get("protective_purpose")),
        predominance=PredominanceAnswers(
            act_described=bool(content.get("facts")) or None,
            harm_to_persons=_answer(content.get("harm_to_persons")),
            main_element=_code(MainElement, content.get("main_element")),
            beneficiary=_code(Beneficiary, content.get("beneficiary")),
        ),
        persons=tuple(_person(row, index, around) for index, row in enumerate(_rows(content.get("persons")))),
        measures=_measures(content),
        preservation=_preservation(content) if form.id == RequestType.PRESERVATION else None,
        personal_data=PersonalDataFacts(
            fact_or_opinion=all(row.get("basis") for row in _rows(content.get("persons"))),
            expires_on=_date(content.get("expires_on")),
        ),
        language=str(content.get("language", "")),
        translations=frozenset(str(item) for item in content.get("translations", ())),
        assurances=_codes(Assurance, content.get("assurances")),
        earlier_refusals=_earlier(content, around),
        earlier_refusals_of_sender=around.refusals,
        final_judgment=content.get("final_judgment") == "yes",
        flags=HumanFlags(
            privileges=frozenset(str(item) for item in content.get("privileges", ())),
            obtainable_otherwise=content.get("obtainable_otherwise") == "yes",
        ),
        content_digest=around.content_digest,
    )


def _basis(content: Mapping[str, Any]) -> LegalBasisFacts:
    both = _answer(content.get("both_parties"))
    return LegalBasisFacts(
        kind=_code(BasisKind, content.get("basis_kind")),
        instrument=str(content.get("instrument", "")),
        article=str(content.get("article", "")),
        requesting_party=both,
        requested_party=both,
    )


def _offence(content: Mapping[str, Any]) -> OffenceFacts:
    years, months = content.get("maximum_years"), content.get("maximum_months")
    known = isinstance(years, int) or isinstance(months, int)
    return OffenceFacts(
        codes=tuple(content.get("offence", ())),
        treaty_offences=tuple(content.get("treaty_offences", ())),
        provision_cited=bool(content.get("domestic_provision")),
        requested_provision_cited=bool(content.get("requested_provision")),
        punishable_in_both=_answer(content.get("punishable_in_both")),
        penalty=_code(PenaltyKind, content.get("maximum_penalty")),
        maximum_months=(years or 0) * 12 + (months or 0) if known else None,
        purely_military=content.get("purely_military") == "yes",
    )


def _person(row: Mapping[str, Any], index: int, around: Surroundings) -> PersonFacts:
    roles = row.get("public_roles")
    return PersonFacts(
        reference=f"Subject {chr(ord('A') + index)}",
        role=_code(PersonRole, row.get("role")),
        has_identifier=any(row.get(name) for name in _IDENTIFYING),
        named=any(row.get(name) for name in ("name", "original_name")),
        is_minor=row.get("minor") == "yes",
        public_roles=_codes(PublicRole, roles) if roles else None,
        identity_protection=_code(IdentityProtection, row.get("identity_protection")),
        own_national=bool(row.get("nationality")) and row.get("nationality") == around.recipient.state,
    )


def _measures(content: Mapping[str, Any]) -> tuple[MeasureFacts, ...]:
    judicial = bool(content.get("judicial_authority") and content.get("judicial_decision")) or None
    allowed = _answer(content.get("allowed_at_home"))
    return tuple(MeasureFacts(str(code), judicial, allowed) for code in content.get("measures", ()))


def _preservation(content: Mapping[str, Any]) -> PreservationFacts:
    identifiers = tuple(
        DataIdentifier(str(row.get("kind", "")), _is_complete(row)) for row in _rows(content.get("identifiers"))
    )
    return PreservationFacts(
        data_described=bool(content.get("data_kinds")),
        link_to_offence=bool(content.get("facts_link")),
        custodian_named=bool(content.get("custodian")),
        necessity_stated=bool(content.get("necessity")),
        intends_request=_answer(content.get("assistance_intended")),
        identifiers=identifiers,
    )


def _is_complete(row: Mapping[str, Any]) -> bool:
    if row.get("kind") == "ip_port_utc":
        return all(row.get(name) for name in ("value", "port", "seen_at"))
    return bool(row.get("value"))


def _earlier(content: Mapping[str, Any], around: Surroundings) -> tuple[EarlierRefusal, ...]:
    reference = content.get("previous_reference")
    if reference not in around.refused:
        return ()
    return (EarlierRefusal(str(reference), new_facts=content.get("new_facts") == "yes"),)


def _rows(value: object) -> Sequence[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _answer(value: object) -> bool | None:
    return {"yes": True, "no": False}.get(str(value))


def _code(codes: type[Code], value: object) -> Code | None:
    return next((code for code in codes if code.value == value), None)


def _codes(codes: type[Code], values: object) -> frozenset[Code]:
    return frozenset(code for code in codes if isinstance(values, list) and code.value in values)


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
