"""What a partner's messages do: verified, applied once, rejected with a code; neutral refusals are alike."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from entraide.access.api import RoleMissing, SamePerson
from entraide.directory.models import Authority
from entraide.journal.models import Entry
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.ids import new_uuid
from entraide.requests.api import (
    AnswerIncomplete,
    acknowledge,
    approve_answer,
    draft_answer,
    get_request,
    open_request,
    withdraw,
)
from entraide.requests.domain.answers import PROTECTED_GROUNDS, RefusalWithoutConsultation
from entraide.requests.domain.lifecycle import State
from entraide.requests.domain.statements import RELEASE_LABEL
from entraide.requests.models import Request, RequestEvent
from tests.factories.contents import answer_content
from tests.simulators.exchange import Exchange
from tests.simulators.handling import Incoming, hand_over, open_last_sent

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def released_message(exchange: Exchange, **changes: object) -> Incoming:
    """The message of a released request as B opens it, before it arrived through the channel."""
    exchange.release(deliver=False, **changes)
    return open_last_sent(exchange.a.node, "requests.released")


def handle(exchange: Exchange, message: Incoming) -> str:
    return hand_over(exchange.b.node, exchange.pair.b.partner_id, message)


def resigned(exchange: Exchange, payload: dict[str, Any], **changes: str) -> dict[str, Any]:
    """The payload with a changed statement under a good signature of the sender: a lie, not a forgery."""
    statement = {**payload["statement"], **changes}
    signature = exchange.a.node.keyring.sign(
        RELEASE_LABEL, canonical_bytes(statement), at=exchange.a.node.clock.now()
    ).to_json()
    return {**payload, "statement": statement, "signature": signature}


Tamper = Callable[[Exchange, dict[str, Any]], dict[str, Any]]
TAMPERED: dict[str, tuple[Tamper, str]] = {
    "another content": (
        lambda _, payload: {**payload, "content": {**payload["content"], "custodian": "Provider Two"}},
        "requests.statement_mismatch",
    ),
    "another salt": (lambda _, payload: {**payload, "salt": "00" * 32}, "requests.statement_mismatch"),
    "a short salt": (lambda _, payload: {**payload, "salt": "00"}, "malformed"),
    "another statement under the old signature": (
        lambda _, payload: {**payload, "statement": {**payload["statement"], "approved_by": "Somebody"}},
        "keys.bad_signature",
    ),
    "no signature": (lambda _, payload: {**payload, "signature": None}, "kernel.not_a_key"),
    "another reference": (lambda _, payload: {**payload, "reference": "VN-2025-999999"}, "statement_mismatch"),
    "a statement for another node": (
        lambda exchange, payload: resigned(exchange, payload, requested="th-rtp"),
        "requests.statement_mismatch",
    ),
    "a statement about another request": (
        lambda exchange, payload: resigned(exchange, payload, request="019459f0-0000-7000-8000-00000000000f"),
        "statement_mismatch",
    ),
    "a form of another version": (
        lambda _, payload: {**payload, "form": {**payload["form"], "version": 2}},
        "form_version",
    ),
    "an unknown form": (lambda _, payload: {**payload, "form": {"id": "wanted_alert"}}, "unknown_form"),
    "no content": (lambda _, payload: {**payload, "content": "x"}, "malformed"),
    "no id": (lambda _, payload: {**payload, "request": "1"}, "malformed"),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_a_message_that_does_not_hold_is_rejected_and_leaves_nothing(exchange: Exchange, case: str):
    """Content, salt, statement, signature, form and thread belong together; what does not is rejected with a code."""
    tamper, code = TAMPERED[case]
    message = released_message(exchange)
    payload = tamper(exchange, message.payload)
    assert handle(exchange, replace(message, payload=payload)) == code
    with exchange.b.node.active():
        assert not Request.objects.exists()


def test_the_same_message_again_changes_nothing(exchange: Exchange):
    """Handlers are idempotent: one request, one receipt, one entry."""
    message = released_message(exchange)
    for _ in range(3):
        assert handle(exchange, message) == ""
    with exchange.b.node.active():
        assert Request.objects.count() == 1
        assert RequestEvent.objects.filter(kind="received").count() == 1
        assert Entry.objects.filter(kind="requests.received").count() == 1


def test_another_thread_or_a_taken_reference_is_rejected(exchange: Exchange):
    """A request keeps its own thread; a second request under the reference of another one is not taken."""
    message = released_message(exchange)
    assert handle(exchange, replace(message, thread_id=new_uuid(exchange.b.node))) == "thread_mismatch"
    assert handle(exchange, message) == ""
    other = str(new_uuid(exchange.a.node))
    payload = {**resigned(exchange, message.payload, request=other), "request": other}
    twin = replace(message, payload=payload, thread_id=UUID(other))
    assert handle(exchange, twin) == "duplicate_reference"


def test_a_partner_speaks_of_its_own_requests_only(exchange: Exchange):
    """An acknowledgement of a request that went to somebody else is rejected."""
    request_id = exchange.release()
    Request.objects.filter(id=request_id).update(requested="kh-moi")
    acknowledge(exchange.b.node, actor=exchange.b.officer, request_id=request_id)
    exchange.pair.deliver()
    assert Request.objects.get(id=request_id).state == State.RELEASED
    Request.objects.filter(id=request_id).update(requested=exchange.b.party_id)


def test_an_answer_to_a_withdrawn_request_is_rejected(exchange: Exchange):
    """Withdrawal and answer cross on their way: each side keeps what it did first, nothing is doubled."""
    b = exchange.b
    request_id = exchange.release()
    acknowledge(b.node, actor=b.officer, request_id=request_id)
    draft_answer(b.node, actor=b.officer, request_id=request_id, content=answer_content())
    approve_answer(b.node, actor=b.approver, request_id=request_id)
    withdraw(exchange.a.node, actor=exchange.a.officer, request_id=request_id)
    exchange.pair.deliver()
    assert get_request(exchange.a.node, request_id).summary.state is State.WITHDRAWN
    assert get_request(b.node, request_id).summary.state is State.ANSWERED


def test_four_eyes_and_completeness_on_answers(exchange: Exchange):
    """An answer is approved by somebody else, complete, and a refusal only after a consultation (R22)."""
    b = exchange.b
    request_id = exchange.release()
    acknowledge(b.node, actor=b.officer, request_id=request_id)
    draft_answer(b.node, actor=b.officer, request_id=request_id, content=answer_content(done=None))
    with pytest.raises(RoleMissing):
        approve_answer(b.node, actor=b.officer, request_id=request_id)
    with pytest.raises(AnswerIncomplete):
        approve_answer(b.node, actor=b.approver, request_id=request_id)
    refusal = answer_content(outcome="refused", done=None, ground="R20", reasons="Ordre public.")
    draft_answer(b.node, actor=b.officer, request_id=request_id, content=refusal)
    with pytest.raises(RefusalWithoutConsultation):
        approve_answer(b.node, actor=b.approver, request_id=request_id)
    with b.node.active():
        Request.objects.get(id=request_id).answers.update(drafter_id=b.approver.user_id)
    with pytest.raises(SamePerson):
        approve_answer(b.node, actor=b.approver, request_id=request_id)


def test_refusals_on_protected_grounds_read_alike_on_the_other_side(exchange: Exchange):
    """Five protected grounds, five different reasons: the requesting side receives the same words five times."""
    a, b = exchange.a, exchange.b
    received = []
    for ground in sorted(PROTECTED_GROUNDS):
        request_id = exchange.release("evidence")
        acknowledge(b.node, actor=b.officer, request_id=request_id)
        written = answer_content(outcome="refused", done=None, ground=ground, reasons=f"Secret reason {ground}.")
        draft_answer(b.node, actor=b.officer, request_id=request_id, content=written)
        approve_answer(b.node, actor=b.approver, request_id=request_id)
        exchange.pair.deliver()
        opened = open_request(a.node, actor=a.officer, request_id=request_id, reason="To read the answer.")
        received += opened.answers.values()
        kept = open_request(b.node, actor=b.officer, request_id=request_id, reason="To compare.")
        assert list(kept.answers.values()) == [written]
    assert received == [{"outcome": "refused", "ground": "general"}] * len(PROTECTED_GROUNDS)


def test_the_recipient_evaluates_again_with_its_own_rules(exchange: Exchange):
    """What the recipient's own rules find is shown to its officers; the request is received all the same."""
    with exchange.b.node.active():
        Authority.objects.filter(partner=None).update(languages=["lo"])
    request_id = exchange.release()
    detail = get_request(exchange.b.node, request_id)
    assert detail.summary.state is State.RECEIVED
    assert (detail.outcome, [finding.rule_id for finding in detail.findings]) == ("block", ["R32"])
