"""Contents of the story's requests. Persons are placeholders, addresses are those of documentation (RFC 5737).

Texts are kept in English, as a request has one language; pages of a demonstration show them in the reader's.
"""

from datetime import datetime, timedelta
from typing import Any

from entraide.kernel.ids import AuthorityId
from entraide.kernel.text import N_

Content = dict[str, Any]


def common_content(sender: AuthorityId, recipient: AuthorityId, at: datetime) -> Content:
    """Return what both requests say: who asks whom, on what basis, about which facts."""
    return {
        "request_kind": "new",
        "sending_authority": str(sender),
        "receiving_authority": str(recipient),
        "contact_post": N_("Duty officer of the central authority"),
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
        "offence": ["0204"],
        "conduct": ["trafficking", "systems_data"],
        "harm_to_persons": "yes",
        "main_element": "gain",
        "beneficiary": "victims",
        "domestic_provision": N_("Penal code, trafficking in persons: recruiting persons by deceit for forced labour"),
        "maximum_penalty": "imprisonment",
        "maximum_years": 10,
        "purely_military": "no",
        "facts_date": at.date().isoformat()[:7],
        "facts_place": N_("Border province"),
        "facts": N_("Offers of work on a messaging service brought several persons to a place where they were held."),
        "facts_role": N_("Subject A ran the account that published the offers."),
        "facts_link": N_("The account was used from the address named here."),
        "purpose": "investigation",
        "purpose_text": N_("To find who ran the account."),
        "persons": [
            {"role": "suspect", "basis": "fact", "name": N_("Subject A"), "minor": "no", "public_roles": ["none"]}
        ],
        "urgency": "routine",
        "date_wanted": (at + timedelta(days=40)).date().isoformat(),
        "confidentiality": "confidential",
        "handling": "H1",
        "expires_on": (at + timedelta(days=365)).date().isoformat(),
    }


def preservation_content(sender: AuthorityId, recipient: AuthorityId, at: datetime) -> Content:
    """Return a complete request to preserve the data of an account."""
    seen = (at - timedelta(days=20)).replace(hour=8, minute=15, second=0, microsecond=0)
    return {
        **common_content(sender, recipient, at),
        "data_kinds": ["subscriber", "access_log"],
        "identifiers": [
            {"kind": "ip_port_utc", "value": "203.0.113.7", "port": 443, "seen_at": seen.strftime("%Y-%m-%dT%H:%M:%SZ")}
        ],
        "custodian": N_("Provider One"),
        "preserve_until": (at + timedelta(days=90)).date().isoformat(),
        "necessity": N_("The provider deletes its logs after 90 days."),
        "assistance_intended": "yes",
        "assistance_expected_on": (at + timedelta(days=30)).date().isoformat(),
    }


def evidence_content(sender: AuthorityId, recipient: AuthorityId, at: datetime) -> Content:
    """Return a complete request for evidence in the same case."""
    return {
        **common_content(sender, recipient, at),
        "measures": ["documents", "bank_records"],
        "holder": N_("Bank One"),
        "procedure": N_("Certified copies."),
        "evidence_use": "trial",
        "judicial_authority": N_("The prosecutor's office in charge"),
        "judicial_decision": N_("Decision of the day before"),
        "allowed_at_home": "yes",
        "requested_provision": N_("Penal code, trafficking in persons"),
        "punishable_in_both": "yes",
        "final_judgment": "no",
        "obtainable_otherwise": "no",
    }


def political_content(sender: AuthorityId, recipient: AuthorityId, at: datetime) -> Content:
    """Return a request about nothing but an opinion, under a label that sounds like a crime."""
    return {
        **evidence_content(sender, recipient, at),
        "offence": ["09061"],
        "conduct": ["expression"],
        "harm_to_persons": "no",
        "main_element": "opinion",
        "beneficiary": "holders_of_power",
        "facts": N_("Subject B published texts that criticise an administration."),
        "facts_role": N_("Subject B is their author."),
        "facts_link": N_("The documents show who wrote the texts."),
        "persons": [
            {"role": "suspect", "basis": "fact", "name": N_("Subject B"), "minor": "no", "public_roles": ["journalist"]}
        ],
    }


def answer_content() -> Content:
    """Return an answer that says that what was asked has been done."""
    return {"outcome": "executed", "handling": "H1", "language": "en", "done": N_("Done as asked.")}
