"""From a browser's fields to content: what was shown comes back the same, what nobody asked for does not."""

from typing import Any

import pytest
from django.http import QueryDict

from entraide.kernel.canonical import canonical_bytes
from entraide.web.requests.parsing import parse_content
from tests.factories.contents import answer_content, evidence_content, preservation_content
from tests.factories.forms import released_form

CONTENTS = {"preservation": preservation_content(), "evidence": evidence_content(), "answer": answer_content()}


def posted(content: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in content.items():
        rows = value if isinstance(value, list) and value and isinstance(value[0], dict) else None
        for key, item in (
            [(f"{name}-{index}-{key}", item) for index, row in enumerate(rows) for key, item in row.items()]
            if rows
            else [(name, value)]
        ):
            data.setlist(key, [str(part) for part in item] if isinstance(item, list) else [str(item)])
    return data


@pytest.mark.parametrize("form_id", CONTENTS)
def test_content_survives_the_browser(form_id: str):
    """Posting what a form shows gives the same content, to the byte."""
    parsed = parse_content(released_form(form_id), posted(CONTENTS[form_id]))
    assert canonical_bytes(parsed) == canonical_bytes(CONTENTS[form_id])


CASES: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "blank fields are left out": ({"custodian": "  "}, {}),
    "a field that nobody asked for is left out": ({"religion": "x", "persons-0-ethnicity": "x"}, {}),
    "decomposed letters are composed": ({"custodian": "Vie\u0302t"}, {"custodian": "Viêt"}),
    "line ends are plain and kept in long texts": ({"facts": "one\r\ntwo"}, {"facts": "one\ntwo"}),
    "a line of text has no line ends": ({"custodian": "one\r\ntwo"}, {"custodian": "one two"}),
    "control characters are dropped": ({"custodian": "o\x00ne\x1b"}, {"custodian": "one"}),
    "a number stays what was typed when it is none": ({"maximum_years": "ten"}, {"maximum_years": "ten"}),
    "a number is a number": ({"maximum_years": " 10 "}, {"maximum_years": 10}),
    "a moment may be written a little shorter": (
        {"identifiers-0-seen_at": "2025-03-31 14:05 utc"},
        {"identifiers": [{"seen_at": "2025-03-31T14:05:00Z"}]},
    ),
    "another zone is not silently taken for UTC": (
        {"identifiers-0-seen_at": "2025-03-31T14:05+07:00"},
        {"identifiers": [{"seen_at": "2025-03-31T14:05+07:00"}]},
    ),
    "gaps between rows close": (
        {"persons-3-name": "Subject B", "persons-1-name": "Subject A"},
        {"persons": [{"name": "Subject A"}, {"name": "Subject B"}]},
    ),
    "a removed row goes": (
        {"persons-0-name": "Subject A", "persons-1-name": "Subject B", "remove": "persons-0"},
        {"persons": [{"name": "Subject B"}]},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_browser_sends_becomes_canonical_content(case: str):
    """Only the form's fields, in canonical text; what is wrong is kept for the check to say."""
    sent, expected = CASES[case]
    data = QueryDict(mutable=True)
    data.update(sent)
    assert parse_content(released_form("preservation"), data) == expected
