"""Which promises the first page may follow: those that were counted or graded last, however many others there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entraide.programme.api import list_followed_commitments
from entraide.programme.selectors import commitments
from tests.factories.cooperations import make_register
from tests.factories.nodes import make_node

pytestmark = pytest.mark.django_db


def test_those_of_a_state_are_the_latest_of_its_mechanisms(monkeypatch):
    """Later ones of other States stand before them in the whole register, and are not among its own."""
    node = make_node()
    first, second = make_register(node, state="LA"), make_register(node, state="KH")
    assert [item.id for item in list_followed_commitments(node)] == [second.commitment, first.commitment]
    assert [item.id for item in list_followed_commitments(node, state="LA")] == [first.commitment]
    assert [item.id for item in list_followed_commitments(node, limit=1)] == [second.commitment]
    assert list_followed_commitments(node, state="FR") == ()
    monkeypatch.setattr(commitments, "LOOKED_AT", 1)
    assert list_followed_commitments(node, state="LA") == ()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's words for how it reads")
def test_they_are_found_without_a_look_at_every_commitment_of_the_mechanisms():
    """From the latest grades to their commitments, each by its id, as fast with a million as with ten."""
    node = make_node()
    make_register(node)
    with CaptureQueriesContext(connection) as captured:
        list_followed_commitments(node, state="VN")
    plans = []
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans += [row[3] for row in cursor.fetchall()]
    assert any("programme_assessment" in step for step in plans)
    assert not [step for step in plans if "programme_commitment " in step and "(id=?)" not in step]
