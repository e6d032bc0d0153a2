"""The reviewed YAML of requests: forms, code lists and labels hold together."""

from collections.abc import Iterator

import pytest

from entraide.kernel.languages import SPOKEN
from entraide.requests.adapters.vocabulary import list_forms, load_vocabulary
from entraide.requests.domain.forms import Field, FieldKind
from tests.factories.forms import released_codes, released_form, released_words
from tests.factories.nodes import make_node

pytestmark = pytest.mark.wording

FORMS = (*list_forms(make_node()), "answer", "acknowledgement")


RELEASED = {
    ("preservation", 1): "02783774b7adff6fd3a965488538f372989732cb6996bf008ca1d59971fc6ece",
    ("evidence", 1): "b896c15d30080e9cef740df92de1396244160b9a84e6d56bea99d3516c6513e6",
    ("answer", 1): "b5bde209dc8b1ad3725f859d5129ba654694682800a037367ba45cb22a3cd0d0",
    ("acknowledgement", 1): "11616fd008f2f8e0530bc6240bbaddf03f251b06d9486cfe3c9bbb617bb4ae2f",
}
"""The digests of released forms: both nodes of a pair compare them, so a change is a new version, never an edit."""


def all_fields(fields: tuple[Field, ...], prefix: str = "") -> Iterator[tuple[str, Field]]:
    for field in fields:
        yield f"{prefix}{field.id}", field
        yield from all_fields(field.fields, f"{prefix}{field.id}.")


@pytest.mark.parametrize("form_id", FORMS)
def test_form_names_only_lists_and_fields_that_exist(form_id: str):
    """A form names code lists that are known, and conditions look at fields of the same form or row."""
    form = released_form(form_id)
    for _, field in all_fields(tuple(form.fields)):
        if field.kind in (FieldKind.CODE, FieldKind.CODES):
            assert released_codes()[field.codes], field.id
    rows = [tuple(form.fields), *(field.fields for field in form.fields if field.fields)]
    for fields in rows:
        ids = {field.id for field in fields}
        for field in fields:
            for condition in (field.required_when, field.waived_when):
                assert condition is None or condition.field in ids, field.id


@pytest.mark.parametrize("form_id", FORMS)
def test_conditions_name_codes_of_their_field(form_id: str):
    """A condition never waits for a code that its field does not offer."""
    form = released_form(form_id)
    for fields in [tuple(form.fields), *(field.fields for field in form.fields if field.fields)]:
        by_id = {field.id: field for field in fields}
        for field in fields:
            for condition in (field.required_when, field.waived_when):
                if condition and condition.values:
                    assert set(condition.values) <= released_codes()[by_id[condition.field].codes], field.id


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("form_id", FORMS)
def test_every_form_section_and_field_has_a_label(form_id: str, language: str):
    """Nobody ever reads an id instead of a label."""
    form, words = released_form(form_id), released_words(language)
    assert words.form(form_id).text != form_id
    for section in form.sections:
        assert words.section(section.id).text != section.id
    for path, field in all_fields(tuple(form.fields)):
        label = words.field(path)
        assert label.text != path
        assert label.item or field.kind is not FieldKind.ROWS


@pytest.mark.parametrize("language", SPOKEN)
def test_every_code_has_a_label(language: str):
    """Every code that a form offers is labelled in every language; IANA names of time zones label themselves."""
    for name in load_vocabulary(make_node()).codes:
        if name != "time_zone":
            unlabelled = [code for code, label in released_words(language).choices(name) if label == code]
            assert not unlabelled, (name, unlabelled)


@pytest.mark.parametrize("form_id", FORMS)
def test_a_released_form_is_never_edited(form_id: str):
    """The digest of each form in its version is the released one."""
    form = released_form(form_id)
    assert RELEASED[form_id, form.version] == form.digest


def test_row_number_does_not_matter_for_a_label():
    """`persons.3.name` is labelled like `persons.name`."""
    assert released_words("fr").field("persons.3.name") == released_words("fr").field("persons.name")
