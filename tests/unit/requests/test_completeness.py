"""Completeness: one clear reason per missing, wrong or extra field."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.decision import Outcome
from entraide.requests.domain.completeness import decide_completeness, find_problems
from tests.factories.contents import answer_content, evidence_content, preservation_content
from tests.factories.forms import released_codes, released_form
from tests.factories.nodes import NOON

IDENTIFIER = {"kind": "ip_port_utc", "value": "203.0.113.7", "port": 443, "seen_at": "2024-12-03T08:15:00Z"}
PERSON = {"role": "suspect", "basis": "fact", "name": "Subject A", "minor": "no", "public_roles": ["none"]}
CONTENTS: dict[str, Callable[..., dict[str, Any]]] = {
    "preservation": preservation_content,
    "evidence": evidence_content,
    "answer": answer_content,
}


def problems(form_id: str, content: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item.path, item.code) for item in find_problems(released_form(form_id), content, released_codes(), NOON)]


@pytest.mark.parametrize("form_id", CONTENTS)
def test_complete_content_is_permitted(form_id: str):
    """The samples of the tests answer their forms."""
    decision = decide_completeness(released_form(form_id), CONTENTS[form_id](), released_codes(), NOON)
    assert (decision.outcome, decision.reasons) == (Outcome.PERMIT, ())


CASES: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "a missing text": ("preservation", {"facts": None}, "facts", "missing"),
    "a blank text": ("preservation", {"facts": ""}, "facts", "missing"),
    "no data kind": ("preservation", {"data_kinds": []}, "data_kinds", "missing"),
    "no identifier": ("preservation", {"identifiers": []}, "identifiers", "missing"),
    "an address without its port": (
        "preservation",
        {"identifiers": [{key: value for key, value in IDENTIFIER.items() if key != "port"}]},
        "identifiers.0.port",
        "missing",
    ),
    "an address without its moment": (
        "preservation",
        {"identifiers": [IDENTIFIER, {key: value for key, value in IDENTIFIER.items() if key != "seen_at"}]},
        "identifiers.1.seen_at",
        "missing",
    ),
    "a moment in local time": (
        "preservation",
        {"identifiers": [{**IDENTIFIER, "seen_at": "2024-12-03T15:15:00+07:00"}]},
        "identifiers.0.seen_at",
        "not_a_moment",
    ),
    "no IP address": (
        "preservation",
        {"identifiers": [{**IDENTIFIER, "value": "203.0.113"}]},
        "identifiers.0.value",
        "not_an_ip",
    ),
    "no e-mail address": (
        "preservation",
        {"identifiers": [{"kind": "email", "value": "someone at example"}]},
        "identifiers.0.value",
        "not_an_email",
    ),
    "a national telephone number": (
        "preservation",
        {"identifiers": [{"kind": "phone", "value": "020 000 000"}]},
        "identifiers.0.value",
        "not_a_phone",
    ),
    "no address of the web": (
        "preservation",
        {"identifiers": [{"kind": "url", "value": "javascript:alert(1)"}]},
        "identifiers.0.value",
        "not_a_url",
    ),
    "a port out of range": (
        "preservation",
        {"identifiers": [{**IDENTIFIER, "port": 70000}]},
        "identifiers.0.port",
        "not_a_number",
    ),
    "a preservation below 60 days": ("preservation", {"preserve_until": "2025-03-01"}, "preserve_until", "too_soon"),
    "no request to follow": ("preservation", {"assistance_intended": "no"}, "assistance_intended", "must_be"),
    "an extension without its ticket": (
        "preservation",
        {"request_kind": "extension", "previous_reference": "VN-2024-000001"},
        "previous_ticket",
        "missing",
    ),
    "urgent without a reason": (
        "preservation",
        {"urgency": "urgent", "urgency_explained": "The log is deleted tonight."},
        "urgency_reason",
        "missing",
    ),
    "an unknown code": ("evidence", {"stage": "gossip"}, "stage", "not_a_code"),
    "a code twice": ("evidence", {"measures": ["documents", "documents"]}, "measures", "repeated"),
    "an intrusive measure without a judge": ("evidence", {"judicial_authority": None}, "judicial_authority", "missing"),
    "imprisonment without years": ("evidence", {"maximum_years": None}, "maximum_years", "missing"),
    "true instead of a number": ("evidence", {"maximum_years": True}, "maximum_years", "not_a_number"),
    "a bilateral treaty without a title": ("evidence", {"instrument": "BILATERAL"}, "instrument_title", "missing"),
    "a date that is none": ("evidence", {"date_wanted": "2025-02-30"}, "date_wanted", "not_a_date"),
    "a date wanted in the past": ("evidence", {"date_wanted": "2025-01-11"}, "date_wanted", "in_the_past"),
    "a partial date that is none": ("evidence", {"facts_date": "last spring"}, "facts_date", "not_a_partial_date"),
    "a text that is too long": ("evidence", {"facts_place": "x" * 301}, "facts_place", "too_long"),
    "a list instead of a text": ("evidence", {"facts": ["x"]}, "facts", "not_text"),
    "rows that are none": ("evidence", {"persons": "Subject A"}, "persons", "not_text"),
    "a person without a role": (
        "evidence",
        {"persons": [{key: value for key, value in PERSON.items() if key != "role"}]},
        "persons.0.role",
        "missing",
    ),
    "a person without an identifier": (
        "evidence",
        {"persons": [{key: value for key, value in PERSON.items() if key != "name"}]},
        "persons.0.name",
        "one_of",
    ),
    "a document without its number": (
        "evidence",
        {"persons": [{**PERSON, "document_kind": "passport"}]},
        "persons.0.document_number",
        "missing",
    ),
    "too many persons": ("evidence", {"persons": [PERSON] * 11}, "persons", "too_many"),
    "a nationality that is no code": (
        "evidence",
        {"persons": [{**PERSON, "nationality": "Laos"}]},
        "persons.0.nationality",
        "not_a_state",
    ),
    "a field that nobody asked for": ("evidence", {"religion": "x"}, "religion", "extra"),
    "a field of a person that nobody asked for": (
        "evidence",
        {"persons": [{**PERSON, "political_opinion": "x"}]},
        "persons.0.political_opinion",
        "extra",
    ),
    "an authority that is no id": ("evidence", {"sending_authority": "the ministry"}, "sending_authority", "not_text"),
    "an execution without a word": ("answer", {"done": None}, "done", "missing"),
    "a refusal without a consultation": (
        "answer",
        {"outcome": "refused", "ground": "R20", "reasons": "Ordre public.", "consulted_on": "2025-01-10"},
        "consultation_means",
        "missing",
    ),
    "a consultation that lies ahead": (
        "answer",
        {
            "outcome": "refused",
            "ground": "R20",
            "reasons": "x",
            "consultation_means": "call",
            "consulted_on": "2025-02-01",
        },
        "consulted_on",
        "in_the_future",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_one_reason_per_problem(case: str):
    """What is missing or wrong gives exactly one reason, at its own field."""
    form_id, changes, path, code = CASES[case]
    assert problems(form_id, CONTENTS[form_id](**changes)) == [(path, code)]


def test_protective_purpose_waives_the_questions_of_conduct():
    """A request that serves the person needs no alleged conduct."""
    content = evidence_content(
        protective_purpose="missing_person", conduct=None, harm_to_persons=None, main_element=None, beneficiary=None
    )
    assert problems("evidence", content) == []


def test_protected_ground_asks_for_no_consultation():
    """Consulting on asylum or torture would reveal it, so the form does not ask (R22 is met by the neutral code)."""
    assert problems("answer", answer_content(outcome="refused", ground="R08", reasons="x", done=None)) == []


@given(st.sampled_from(sorted(preservation_content())), st.sampled_from(["", None, [], "x", 7, ["x"], {"a": 1}, True]))
def test_any_value_anywhere_is_a_decision_never_a_crash(name: str, value: object):
    """Whatever arrives in a field, the answer is a decision; reasons exist exactly when it blocks."""
    decision = decide_completeness(
        released_form("preservation"),
        {**preservation_content(), name: value},
        released_codes(),
        NOON + timedelta(hours=1),
    )
    assert decision.allows is (not decision.reasons)
