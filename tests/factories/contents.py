"""Complete contents of forms; persons are placeholders, addresses are those of documentation (RFC 5737)."""

from datetime import timedelta
from typing import Any

from tests.factories.nodes import NOON

SENDING = "019459f0-0000-7000-8000-000000000001"
RECEIVING = "019459f0-0000-7000-8000-000000000002"

_COMMON: dict[str, Any] = {
    "request_kind": "new",
    "sending_authority": SENDING,
    "receiving_authority": RECEIVING,
    "contact_post": "Duty officer, Department of High-Tech Crime",
    "contact_details": "+84 24 0000 0000",
    "contact_hours": "24/7",
    "contact_time_zone": "Asia/Ho_Chi_Minh",
    "channel": "judicial",
    "language": "en",
    "basis_kind": "instrument",
    "instrument": "UNTOC",
    "article": "18(3)",
    "both_parties": "yes",
    "stage": "investigation",
    "offence": ["0701"],
    "conduct": ["money", "systems_data"],
    "harm_to_persons": "yes",
    "main_element": "gain",
    "beneficiary": "victims",
    "domestic_provision": "Article 174 of the penal code: whoever takes property by deceit ...",
    "maximum_penalty": "imprisonment",
    "maximum_years": 12,
    "purely_military": "no",
    "facts_date": "2024-12",
    "facts_place": "Vientiane and Hanoi",
    "facts": "Callers who posed as bank clerks had 14 victims transfer their savings to accounts of Subject A.",
    "facts_role": "Subject A held the receiving accounts.",
    "facts_link": "The accounts were opened from the address named here.",
    "purpose": "investigation",
    "purpose_text": "To find who opened the accounts.",
    "persons": [
        {"role": "suspect", "basis": "fact", "name": "Subject A", "minor": "no", "public_roles": ["none"]},
    ],
    "urgency": "routine",
    "date_wanted": "2025-03-01",
    "confidentiality": "confidential",
    "handling": "H1",
    "expires_on": "2026-01-12",
}


def preservation_content(**changes: object) -> dict[str, Any]:
    """A preservation request that is complete and passes every safeguard; None removes an answer."""
    content = {
        **_COMMON,
        "data_kinds": ["subscriber", "access_log"],
        "identifiers": [
            {"kind": "ip_port_utc", "value": "203.0.113.7", "port": 443, "seen_at": "2024-12-03T08:15:00Z"},
        ],
        "custodian": "Provider One",
        "preserve_until": (NOON + timedelta(days=90)).date().isoformat(),
        "necessity": "The provider deletes its logs after 90 days.",
        "assistance_intended": "yes",
        "assistance_expected_on": "2025-02-15",
    }
    return _changed(content, changes)


def evidence_content(**changes: object) -> dict[str, Any]:
    """A request for evidence that is complete and passes every safeguard; None removes an answer."""
    content = {
        **_COMMON,
        "measures": ["documents", "bank_records"],
        "holder": "Bank One, Vientiane",
        "procedure": "Certified copies.",
        "evidence_use": "trial",
        "judicial_authority": "People's Procuracy of Hanoi",
        "judicial_decision": "No. 7 of 2025-01-08",
        "allowed_at_home": "yes",
        "requested_provision": "Article 229 of the penal code",
        "punishable_in_both": "yes",
        "final_judgment": "no",
        "obtainable_otherwise": "no",
    }
    return _changed(content, changes)


def answer_content(**changes: object) -> dict[str, Any]:
    """An answer that says that everything was done; None removes an answer to a question."""
    content = {
        "outcome": "executed",
        "done": "The provider keeps the data.",
        "provider_reference": "P-1",
        "preserved_until": (NOON + timedelta(days=90)).date().isoformat(),
        "handling": "H1",
        "language": "en",
    }
    return _changed(content, changes)


def _changed(content: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    merged = {**content, **changes}
    return {name: value for name, value in merged.items() if value is not None}
