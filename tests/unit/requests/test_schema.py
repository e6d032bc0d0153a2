"""The JSON Schema of a form says what completeness says, as far as no clock is needed."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator, meta

from entraide.requests.api import get_form_schema, list_forms
from entraide.requests.domain.completeness import find_problems
from tests.factories.contents import answer_content, evidence_content, preservation_content
from tests.factories.forms import released_codes, released_form
from tests.factories.nodes import NOON, make_node
from tests.unit.requests.test_completeness import CASES, CONTENTS

FORMS = (*list_forms(make_node()), "answer", "acknowledgement")
OF_TIME = {"too_soon", "in_the_past", "in_the_future"}
"""What only a clock finds: the schema says it in a comment."""
SCHEMAS = {form_id: get_form_schema(make_node(), form_id) for form_id in FORMS}
VALIDATORS = {form_id: Draft202012Validator(schema, validate_formats=True) for form_id, schema in SCHEMAS.items()}


@pytest.mark.parametrize("form_id", FORMS)
def test_it_is_a_schema(form_id: str):
    """Each form gives a valid schema of the dialect, with one property per field and a title that people read."""
    schema, form = SCHEMAS[form_id], released_form(form_id)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert meta.is_valid(schema)
    assert list(schema["properties"]) == [item.id for item in form.fields]
    assert all(schema["properties"][item.id]["title"] != item.id for item in form.fields)


@pytest.mark.parametrize("form_id", CONTENTS)
def test_complete_content_is_valid(form_id: str):
    """The samples of the tests answer the schema."""
    assert VALIDATORS[form_id].is_valid(CONTENTS[form_id]())


@pytest.mark.parametrize("case", CASES)
def test_what_completeness_refuses_is_invalid(case: str):
    """Each thing missing or wrong is found by the schema too, but for what depends on the day."""
    form_id, changes, _, code = CASES[case]
    assert VALIDATORS[form_id].is_valid(CONTENTS[form_id](**changes)) is (code in OF_TIME)


def test_questions_that_an_answer_waives_are_not_required():
    """A protective purpose waives the questions of conduct, a protected ground the consultation."""
    waived = {"conduct": None, "harm_to_persons": None, "main_element": None, "beneficiary": None}
    assert not VALIDATORS["evidence"].is_valid(evidence_content(**waived))
    assert VALIDATORS["evidence"].is_valid(evidence_content(**waived, protective_purpose="missing_person"))
    refusal = {"outcome": "refused", "reasons": "x", "done": None}
    assert not VALIDATORS["answer"].is_valid(answer_content(**refusal, ground="R20"))
    assert VALIDATORS["answer"].is_valid(answer_content(**refusal, ground="R08"))


def test_it_tells_programs_what_is_personal_and_what_the_safeguards_read():
    """A program that fills in a request knows which fields hold personal data, and which facts come from which."""
    properties = SCHEMAS["evidence"]["properties"]
    assert properties["holder"]["x-entraide"] == {"personal": True}
    assert properties["offence"]["x-entraide"] == {
        "facts": [{"answer": "offence.codes"}, {"answered": "subject_stated"}]
    }
    assert properties["persons"]["items"]["properties"]["name"]["x-entraide"]["personal"] is True
    assert properties["date_wanted"]["$comment"] == "at least 0 days from the moment of the release"


VALUES = st.sampled_from(
    [
        7,
        -1,
        0,
        True,
        "x",
        "yes",
        "2025-03-01",
        "2025-02-30",
        "LA",
        ["x"],
        ["en"],
        ["en", "en"],
        {"a": 1},
        [{}],
        [{"kind": "url"}],
    ]
)


@given(st.sampled_from(["evidence", "preservation"]), st.data(), VALUES, st.booleans())
def test_schema_and_completeness_agree(form_id: str, data: st.DataObject, value: Any, removed: bool):  # noqa: ANN401, FBT001
    """Whatever stands in whatever field, or is taken away, both say the same, but for what depends on the day."""
    content = CONTENTS[form_id]()
    name = data.draw(st.sampled_from([item.id for item in released_form(form_id).fields]))
    content = {key: item for key, item in content.items() if key != name} | ({} if removed else {name: value})
    problems = {item.code for item in find_problems(released_form(form_id), content, released_codes(), NOON)} - OF_TIME
    assert VALIDATORS[form_id].is_valid(content) is (not problems)


@given(st.text(max_size=30), st.sampled_from(["custodian", "facts", "article", "preserve_until"]))
def test_they_agree_on_any_text(text: str, name: str):
    """Control characters, texts that nobody sees, and dates that are none are refused by both."""
    content = preservation_content(**{name: text})
    problems = {item.code for item in find_problems(released_form("preservation"), content, released_codes(), NOON)}
    blank = not any(not character.isspace() for character in text)
    if not blank:
        assert VALIDATORS["preservation"].is_valid(content) is (not problems - OF_TIME)


def test_an_own_form_has_a_schema_too():
    """A type of a node's own folder is described like a released one."""
    folder = Path(__file__).parents[2] / "integration" / "requests" / "new_type"
    schema = get_form_schema(make_node(request_forms=folder), "vehicle_return", "fr")
    assert meta.is_valid(schema)
    row = schema["properties"]["vehicles"]["items"]
    assert row["properties"]["kind"] == {"title": "Type de véhicule", "enum": ["car", "lorry", "motorcycle"]}
    assert row["anyOf"] == [{"required": ["chassis_number"]}, {"required": ["plate"]}]
    assert {"if": {"required": ["plate"]}, "then": {"required": ["plate_state"]}} in row["allOf"]
