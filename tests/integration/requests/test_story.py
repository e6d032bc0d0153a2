"""A request from draft to answer on two nodes, with the real channel between them."""

import pytest

from entraide.requests.api import (
    acknowledge,
    approve_answer,
    close,
    count_answers,
    draft_answer,
    get_request,
    list_due,
    list_requests,
    open_request,
    start_execution,
)
from entraide.requests.domain.clocks import ClockState
from entraide.requests.domain.counting import Pair
from entraide.requests.domain.lifecycle import State
from tests.factories.contents import answer_content
from tests.simulators.exchange import Exchange

ASKED = Pair("vn-mps", "la-mops")
pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def test_request_travels_is_answered_and_both_see_one_timeline(exchange: Exchange):
    """Draft, check, four eyes, delivery, acknowledgement, execution, answer: both sides end in the same state."""
    a, b, pair = exchange.a, exchange.b, exchange.pair
    request_id = exchange.release("preservation")
    assert get_request(a.node, request_id).summary.state is State.RECEIVED
    incoming = get_request(b.node, request_id)
    assert incoming.summary.state is State.RECEIVED
    assert incoming.summary.reference == "VN-2025-000001"
    assert [item.what for item in list_due(b.node, actor=b.officer, at=pair.clock.now())] == ["acknowledge"]

    opened = open_request(b.node, actor=b.officer, request_id=request_id, reason="I handle this request.")
    assert opened.content == exchange.content("preservation")
    acknowledge(b.node, actor=b.officer, request_id=request_id)
    pair.deliver()
    assert get_request(a.node, request_id).summary.state is State.ACKNOWLEDGED
    start_execution(b.node, actor=b.officer, request_id=request_id)
    pair.clock.advance(days=2)
    draft_answer(b.node, actor=b.officer, request_id=request_id, content=answer_content())
    approve_answer(b.node, actor=b.approver, request_id=request_id)
    pair.deliver()

    sent, received = get_request(b.node, request_id), get_request(a.node, request_id)
    assert (sent.summary.state, received.summary.state) == (State.ANSWERED, State.ANSWERED)
    assert [(clock.name, clock.state) for clock in received.clocks] == [
        ("acknowledgement", ClockState.MET),
        ("decision", ClockState.MET),
        ("execution", ClockState.MET),
        ("preservation", ClockState.RUNNING),
    ]
    assert [clock.due for clock in sent.clocks] == [clock.due for clock in received.clocks]
    assert received.preserved_until == sent.preserved_until
    names = [item.name for item in received.timeline]
    for name in (
        "created",
        "submitted",
        "released",
        "delivered",
        "retrieved",
        "acknowledged",
        "answered",
        "preservation",
    ):
        assert name in names
    answers = open_request(a.node, actor=a.officer, request_id=request_id, reason="To use the answer.").answers
    assert list(answers.values()) == [answer_content()]
    close(a.node, actor=a.officer, request_id=request_id)
    assert get_request(a.node, request_id).summary.state is State.CLOSED


def test_answers_are_counted_without_persons(exchange: Exchange):
    """The programme sees how many requests of a domain were answered in time, and nothing else."""
    a, b, pair = exchange.a, exchange.b, exchange.pair
    since, until = pair.clock.now(), pair.clock.now().replace(year=2026)
    first, second = exchange.release("preservation"), exchange.release("evidence")
    acknowledge(b.node, actor=b.officer, request_id=first)
    refusal = answer_content(
        outcome="refused",
        done=None,
        ground="no_data",
        reasons="There is no such account.",
        consultation_means="call",
        consulted_on=pair.clock.now().date().isoformat(),
    )
    draft_answer(b.node, actor=b.officer, request_id=first, content=refusal)
    approve_answer(b.node, actor=b.approver, request_id=first)
    pair.deliver()
    for node in (a.node, b.node):
        counts = count_answers(node, domain="telecom-fraud", since=since, until=until)[ASKED]
        assert (counts.in_time, counts.late, counts.open, counts.overdue) == (1, 0, 1, 0)
    pair.clock.advance(days=91)
    acknowledge(b.node, actor=b.officer, request_id=second)
    draft_answer(b.node, actor=b.officer, request_id=second, content=answer_content())
    approve_answer(b.node, actor=b.approver, request_id=second)
    pair.deliver()
    for node in (a.node, b.node):
        counts = count_answers(node, domain="legal-assistance", since=since, until=until)[ASKED]
        assert (counts.in_time, counts.late, counts.open) == (0, 1, 0)


def test_what_only_one_journal_knows_is_counted_as_one_sided(exchange: Exchange):
    """A request that never reached the partner counts as open and one-sided, until evidence says that it arrived."""
    a, pair = exchange.a, exchange.pair
    since, until = pair.clock.now(), pair.clock.now().replace(year=2026)
    exchange.release("preservation", deliver=False)
    counts = count_answers(a.node, domain="telecom-fraud", since=since, until=until)[ASKED]
    assert (counts.open, counts.one_sided) == (1, 1)
    pair.deliver()
    counts = count_answers(a.node, domain="telecom-fraud", since=since, until=until)[ASKED]
    assert (counts.open, counts.one_sided) == (1, 0)


def test_lists_filter_by_state_direction_and_due(exchange: Exchange):
    """Lists show what is asked for and say what is overdue."""
    first, second = (
        exchange.release("preservation", urgency="urgent", urgency_reason="flight", urgency_explained="x"),
        exchange.draft(),
    )
    rows = list_requests(exchange.a.node).requests
    assert {row.id for row in rows} == {first, second}
    assert [row.id for row in list_requests(exchange.a.node, state=State.DRAFT).requests] == [second]
    assert list_requests(exchange.b.node, due="overdue").total == 0
    exchange.pair.clock.advance(hours=25)
    page = list_requests(exchange.b.node, due="overdue")
    assert [(row.id, row.overdue, row.urgent) for row in page.requests] == [(first, True, True)]
