"""Results of a search: narrowed, counted, ordered and cut into pages as they are asked for."""

import datetime as dt
from uuid import UUID

import pytest

from entraide.search.api import Narrowing, NewDocument, Order, index_documents, search_documents
from tests.factories.nodes import make_node

pytestmark = pytest.mark.django_db
KINDS = ("test.meeting", "test.plan")
EVERYTHING = Narrowing()
# Number, kind, States, years, day; all of one subject.
ROWS = [
    (1, "test.meeting", ("LA", "VN"), (2024,), dt.date(2024, 10, 22)),
    (2, "test.meeting", ("KH", "VN"), (2025,), dt.date(2025, 1, 12)),
    (3, "test.plan", ("LA", "VN"), (2025, 2026), dt.date(2025, 2, 1)),
    (4, "test.plan", ("CN", "VN"), (), None),
    (5, "test.meeting", ("LA", "VN"), (2023,), dt.date(2023, 3, 3)),
]


@pytest.fixture(autouse=True)
def _documents(db):
    index_documents(
        NewDocument(kind, UUID(int=number), "frontière", public=True, states=states, years=years, day=day)
        for number, kind, states, years, day in ROWS
    )
    index_documents(
        [NewDocument("test.meeting", UUID(int=9), "frontière", public=False, states=("LA",), years=(2024,))]
    )
    index_documents([NewDocument("test.other", UUID(int=8), "frontière", public=True, states=("LA",), years=(2024,))])


def search(query="frontiere", narrowing=EVERYTHING, **options: object):
    return search_documents(make_node(), query, narrowing, kinds=KINDS, **options)


def numbers(results):
    return [document.object_id.int for document in results.found]


@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        pytest.param(EVERYTHING, {1, 2, 3, 4, 5}, id="nothing"),
        pytest.param(Narrowing(states=("LA",)), {1, 3, 5}, id="a State"),
        pytest.param(Narrowing(states=("LA", "VN")), {1, 3, 5}, id="two States, both"),
        pytest.param(Narrowing(states=("LA", "KH")), set(), id="two States that never meet"),
        pytest.param(Narrowing(year=2025), {2, 3}, id="a year"),
        pytest.param(Narrowing(year=2026), {3}, id="a later year of several"),
        pytest.param(Narrowing(("test.plan",)), {3, 4}, id="a kind"),
        pytest.param(Narrowing(("test.plan",), ("LA",), 2025), {3}, id="all three"),
    ],
)
def test_results_are_narrowed_by_all_that_is_asked(narrowing, expected):
    """What is not public, or of a kind that is not searched, is never among them."""
    results = search(narrowing=narrowing)
    assert set(numbers(results)) == expected
    assert results.count == len(expected)


@pytest.mark.parametrize(("order", "expected"), [(Order.NEWEST, [3, 2, 1, 5, 4]), (Order.OLDEST, [5, 1, 2, 3, 4])])
def test_in_an_order_of_days_what_has_none_comes_last(order, expected):
    assert numbers(search(order=order)) == expected


def test_counts_of_kinds_are_of_all_kinds_and_others_of_what_is_shown():
    """So that a reader who chose a kind sees what the other one would give."""
    results = search(narrowing=Narrowing(("test.plan",)))
    assert results.kinds == {"test.meeting": 3, "test.plan": 2}
    assert results.states == {"LA": 1, "CN": 1, "VN": 2}
    assert results.years == {2025: 1, 2026: 1}
    assert results.counted_all


def test_pages_follow_each_other_without_a_gap():
    """Whatever the order, and beyond the last there is nothing."""
    for order in Order:
        whole = numbers(search(order=order))
        parts = [numbers(search(order=order, first=first, limit=2)) for first in (0, 2, 4, 6)]
        assert [number for part in parts for number in part] == whole
        assert [len(part) for part in parts] == [2, 2, 1, 0]
        assert search(order=order, first=4, limit=2).count == len(ROWS)


def test_words_that_nothing_holds_are_left_out_and_named():
    """A State and a year that the query names are never left out."""
    results = search("frontière xyzzy Lào 2024")
    assert (numbers(results), results.left_out) == ([1], ("xyzzy",))
    assert numbers(search("frontière Lào 2022")) == []
