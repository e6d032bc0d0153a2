"""Every finding of every rule: one change to a harmless request gives exactly these findings, in words that exist."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from entraide.kernel.text import fill
from entraide.safeguards.api import evaluate
from entraide.safeguards.domain.request_facts import RequestFacts
from tests.unit.safeguards.finding_cases import CASES, RULES, Found


@pytest.mark.parametrize(("facts", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_a_change_gives_exactly_its_findings(facts: RequestFacts, expected: list[Found]) -> None:
    """One change to a harmless request is found by its rule, with its outcome and its values, and by no other."""
    found = [
        Found(one.code, one.outcome, one.missing, one.lifted_by, dict(one.params))
        for one in evaluate(RULES, facts).findings
    ]
    assert found == expected


def messages() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each finding of the table once: its code, its message id and its values."""
    seen = set()
    for _, facts, _ in CASES:
        for one in evaluate(RULES, facts).findings:
            if one.code not in seen:
                seen.add(one.code)
                yield one.code, one.message, dict(one.params)


@pytest.mark.wording
@pytest.mark.parametrize("language", ["fr", "vi"])
def test_every_finding_speaks_each_language_and_tells_its_values(language: str) -> None:
    """Each message has a translation, and what tells the finding from another stands in it."""
    with translation.override(language):
        for code, message, params in messages():
            filled = fill(message, params, translation.gettext, translation.ngettext)
            assert filled != fill(message, params), code
            assert all(value in filled for value in params.values()), code
