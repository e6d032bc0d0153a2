"""Every finding of every rule: one change to a harmless request gives exactly these findings, in words that exist."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from entraide.kernel.text import fill
from entraide.safeguards.api import evaluate
from entraide.safeguards.domain.model import Params
from entraide.safeguards.domain.request_facts import RequestFacts
from entraide.safeguards.domain.rules.use import check_repetition
from tests.factories.safeguards import make_evidence
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


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Requests of this sender were refused 1 time in twelve months."),
        (5, "Requests of this sender were refused 5 times in twelve months."),
    ],
)
def test_refusals_of_a_sender_are_counted_in_words_that_fit(count: int, words: str) -> None:
    """One refusal is no plural, whatever number of them a ministry's own rules call many."""
    (hit,) = check_repetition(make_evidence(earlier_refusals_of_sender=count), Params({"many_refusals": 1}))
    assert fill(hit.message, hit.params) == words


@pytest.mark.parametrize(
    ("types", "is_named"),
    [
        pytest.param({"evidence"}, True, id="by its type"),
        pytest.param({"coercive", "other"}, True, id="by one of its traits"),
        pytest.param({"other"}, False, id="by neither"),
        pytest.param(set(), False, id="by nothing"),
    ],
)
def test_a_rule_names_a_request_by_its_type_or_by_a_trait(types: set[str], *, is_named: bool) -> None:
    """A type that the rules do not know by name is known to them by what it has in common with others."""
    facts = make_evidence(traits=frozenset({"coercive", "urgent"}))
    assert facts.is_one_of(frozenset(types)) is is_named


@pytest.mark.wording
@pytest.mark.parametrize("language", ["fr", "vi"])
def test_every_finding_speaks_each_language_and_tells_its_values(language: str) -> None:
    """Each message has a translation, and what tells the finding from another stands in it."""
    with translation.override(language):
        for code, message, params in messages():
            filled = fill(message, params, translation.gettext, translation.ngettext)
            assert filled != fill(message, params), code
            assert all(value in filled for value in params.values()), code
