"""The facts of named contents, odd ones among them, to the last one: what the forms declare is what the rules read."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from entraide.requests.domain.told_facts import Surroundings, derive_facts
from entraide.safeguards.domain.request_facts import AuthorityFacts
from tests.factories.contents import evidence_content, preservation_content
from tests.factories.forms import released_form
from tests.factories.nodes import NOON

TOLD = yaml.safe_load(Path(__file__).with_name("facts_told.yaml").read_text(encoding="utf-8"))
VN = AuthorityFacts("VN", registered=True, covers_type=True, covers_basis=True, languages=frozenset({"vi", "en"}))
LA = AuthorityFacts("LA", registered=True, covers_type=True, covers_basis=True, languages=frozenset({"lo", "en", "fr"}))
CONTENTS = {"evidence": evidence_content, "preservation": preservation_content}


def told(form_id: str, content: dict[str, Any], around: Mapping[str, Any]) -> dict[str, Any]:
    """Every fact by its path, in plain values."""
    known = {name: frozenset(value) if isinstance(value, list) else value for name, value in around.items()}
    surroundings = Surroundings(NOON.date(), VN, LA, content_digest="c0ffee", **known)
    return flat(plain(asdict(derive_facts(released_form(form_id), content, surroundings))))


def plain(value: Any) -> Any:  # noqa: ANN401 - any value of the facts
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for name, item in value.items():
        paths |= flat(item, f"{prefix}{name}.") if isinstance(item, Mapping) else {f"{prefix}{name}": item}
    return paths


@pytest.mark.parametrize("form_id", TOLD["complete"])
def test_a_complete_sample_tells_every_fact(form_id: str):
    """Each fact of the complete samples is the one that is written down, and there is no other."""
    assert told(form_id, CONTENTS[form_id](), {}) == TOLD["complete"][form_id]


@pytest.mark.parametrize("name", TOLD["cases"])
def test_a_changed_answer_changes_its_own_facts(name: str):
    """What differs from the complete sample is exactly what the case says; everything else stays."""
    case = TOLD["cases"][name]
    content = {} if case.get("empty") else CONTENTS[case["form"]](**case.get("answers", {}))
    expected = {**TOLD["complete"][case["form"]], **case["facts"]}
    assert told(case["form"], content, case.get("around", {})) == expected


def test_an_answer_that_no_field_asks_for_tells_nothing():
    """Preservation does not ask for privileges or a final judgment; such answers change no fact (they are refused)."""
    unasked = {"privileges": ["press_sources"], "final_judgment": "yes", "punishable_in_both": "yes"}
    content = preservation_content(**unasked, assurances=["retrial"], requested_provision="x")
    assert told("preservation", content, {}) == TOLD["complete"]["preservation"]


ODD: dict[str, tuple[dict[str, Any], str, Any]] = {
    "a code that stands alone is the only one": (
        {"measures": "search"},
        "measures",
        [{"code": "search", "judicial_authority": True, "allowed_at_home": True}],
    ),
    "a number is no list of offences": ({"offence": 7}, "offence.codes", ["7"]),
    "no translations at all": ({"translations": 0}, "translations", ["0"]),
    "an earlier reference in a list": (
        {"previous_reference": ["VN-2024-000001"]},
        "earlier_refusals",
        [{"reference": "VN-2024-000001", "new_facts": False}],
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_an_answer_of_a_wrong_shape_is_read_and_never_crashes(name: str):
    """What completeness refuses is still read, so that no rule is passed over by a value of another shape."""
    answers, path, expected = ODD[name]
    facts = told("evidence", {**evidence_content(), **answers}, {"refused": ["VN-2024-000001"]})
    found = facts[path]
    assert found == expected
