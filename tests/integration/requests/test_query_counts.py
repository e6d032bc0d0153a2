"""A use case loads a request once, decides on it, and saves it once."""

from collections.abc import Callable

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from entraide.kernel.ids import RequestId
from entraide.kernel.node import Node
from entraide.requests.api import (
    acknowledge,
    approve_answer,
    approve_release,
    check_request,
    clear_finding,
    close,
    confirm_clearance,
    draft_answer,
    get_request,
    open_request,
    return_to_drafter,
    start_execution,
    submit_for_approval,
    update_draft,
    withdraw,
)
from tests.factories.contents import answer_content
from tests.simulators.exchange import Exchange

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
PARTS = ("requests_requestevent", "requests_answer", "requests_clearance", "requests_safeguardfinding")
READ_ONCE = ("requests_request", *PARTS)
JUDGED = {"final_judgment": "yes"}


def counted(node: Node, act: Callable[[], object]) -> tuple[dict[str, int], int]:
    """How often `act` reads each table of its request, and how often it saves the request itself."""
    with CaptureQueriesContext(connections[node.database]) as queries:
        act()
    told = [query["sql"] for query in queries]
    # Earlier refusals of other requests are joined; what is meant here stands alone.
    reads = {table: sum(f'FROM "{table}" WHERE' in sql for sql in told if "SELECT" in sql) for table in READ_ONCE}
    return reads, sum('UPDATE "requests_request"' in sql for sql in told)


def require_once(node: Node, act: Callable[[], object], *, saves: int = 1) -> None:
    """No table of the request is read twice, the request's own row exactly once, and it is saved once."""
    reads, saved = counted(node, act)
    assert reads["requests_request"] == 1
    assert max(reads.values()) == 1, reads
    assert saved == saves


def test_drafting_checking_and_release_load_once(exchange: Exchange):
    """From the draft to its release, and back to the drafter."""
    a = exchange.a
    request_id, content = exchange.draft(), exchange.content("preservation")
    require_once(a.node, lambda: update_draft(a.node, actor=a.officer, request_id=request_id, content=content))
    require_once(a.node, lambda: check_request(a.node, actor=a.officer, request_id=request_id))
    submit = lambda: submit_for_approval(a.node, actor=a.officer, request_id=request_id)  # noqa: E731 - said twice
    require_once(a.node, submit)
    require_once(a.node, lambda: return_to_drafter(a.node, actor=a.approver, request_id=request_id))
    submit()
    require_once(a.node, lambda: approve_release(a.node, actor=a.approver, request_id=request_id))
    require_once(a.node, lambda: withdraw(a.node, actor=a.officer, request_id=request_id))


def test_a_new_draft_is_written_once_and_reads_no_request(exchange: Exchange):
    """There is nothing to load, and the row is complete when it is inserted."""
    reads, saved = counted(exchange.a.node, exchange.draft)
    assert (set(reads.values()), saved) == ({0}, 0)


def test_clearing_and_confirming_load_once(exchange: Exchange):
    """The finding, the clearances and those who wrote come with the case."""
    a = exchange.a
    request_id = exchange.draft("evidence", **JUDGED)
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    key = next(item.key for item in get_request(a.node, request_id).findings if item.clearance is None)
    finding = {"request_id": request_id, "finding_key": key}
    require_once(a.node, lambda: clear_finding(a.node, actor=a.approver, reason="Read.", **finding), saves=1)
    require_once(a.node, lambda: confirm_clearance(a.node, actor=a.second_approver, **finding))


def test_execution_and_answers_load_once_on_either_side(exchange: Exchange):
    """Acknowledged, begun, answered, approved and closed, here and by message."""
    b, request_id = exchange.b, exchange.release()
    require_once(b.node, lambda: acknowledge(b.node, actor=b.officer, request_id=request_id))
    require_once(b.node, lambda: start_execution(b.node, actor=b.officer, request_id=request_id))
    _draft_twice(exchange, request_id)
    require_once(b.node, lambda: approve_answer(b.node, actor=b.approver, request_id=request_id))
    require_once(b.node, lambda: close(b.node, actor=b.officer, request_id=request_id))


def test_opening_reads_the_request_and_its_answers_once(exchange: Exchange):
    """However many answers there are; nothing of the request is saved."""
    b, request_id = exchange.b, exchange.release()
    acknowledge(b.node, actor=b.officer, request_id=request_id)
    _draft_twice(exchange, request_id)
    act = {"actor": b.officer, "request_id": request_id, "reason": "I handle it."}
    require_once(b.node, lambda: open_request(b.node, **act), saves=0)


def _draft_twice(exchange: Exchange, request_id: RequestId) -> None:
    b = exchange.b
    for _ in range(2):
        require_once(
            b.node,
            lambda: draft_answer(b.node, actor=b.officer, request_id=request_id, content=answer_content()),
        )


def test_the_number_of_reads_does_not_grow_with_the_history(exchange: Exchange):
    """A request with many events is decided on with as many queries as one with few."""
    a, content = exchange.a, exchange.content("preservation")
    request_id = exchange.draft()

    def update() -> None:
        update_draft(a.node, actor=a.officer, request_id=request_id, content=content)

    def queries() -> int:
        with CaptureQueriesContext(connections[a.node.database]) as captured:
            update()
        return len(captured)

    few = queries()
    for _ in range(10):
        update()
    assert queries() == few
