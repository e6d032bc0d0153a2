"""The exchange between two nodes over a friendly network."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from entraide.channel.api import (
    EvidenceKind,
    NoExchange,
    deliver_pending,
    list_evidences,
    list_exchanges,
    submit_message,
)
from entraide.channel.domain.batch import parse_batch
from entraide.channel.models import Batch, EvidenceStatement, InboxMessage, OutboxMessage, WitnessedCheckpoint
from entraide.directory.api import list_authorities
from entraide.journal.models import Entry
from entraide.kernel.codecs import Text
from entraide.kernel.ids import PartnerId, new_uuid
from entraide.kernel.wire import Message
from entraide.storage.api import transaction
from tests.simulators.ring import Note, thread_of

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
CHAIN = [EvidenceKind.SUBMISSION_ACCEPTED, EvidenceKind.RELAY_ACCEPTED, EvidenceKind.DELIVERED]


@dataclass(frozen=True, slots=True)
class Unheard(Message):
    """A message that only its sender knows."""

    message_type, message_version = "test.unknown", 7


@dataclass(frozen=True, slots=True)
class OtherNote(Message):
    """What another program might send as a message of the tests."""

    message_type, message_version = "test.note", 1

    n: Annotated[str, Text(5)]


def numbers(side):
    return [message.value.n for message in side.handled]


def kinds(side, message):
    with side.node.active():
        return [evidence.kind for evidence in list_evidences(side.node, message)]


def test_a_message_arrives_with_the_same_evidences_at_both_ends(pair):
    """A message is submitted, relayed and delivered, and both sides hold the same evidence of it."""
    message = pair.submit({"n": 1})
    pair.deliver()
    assert numbers(pair.b) == [1]
    with pair.a.node.active():
        sent = list_evidences(pair.a.node, message)
    assert [evidence.kind for evidence in sent] == CHAIN
    with pair.b.node.active():
        assert list_evidences(pair.b.node, message) == sent


def test_both_directions_work_at_once(pair):
    """Each node has its own log, so that both may send without waiting for the other."""
    for number in range(3):
        pair.submit({"n": number})
        pair.submit({"n": number + 10}, sender=pair.b)
    pair.deliver()
    assert (numbers(pair.b), numbers(pair.a)) == ([0, 1, 2], [10, 11, 12])


def test_an_act_and_its_message_are_kept_together_or_not_at_all(pair):
    """A message of a transaction that fails is never sent; outside a transaction none can be submitted."""

    def act_that_fails():
        with transaction(pair.a.node):
            pair.submit({"n": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_that_fails()
    pair.deliver()
    assert numbers(pair.b) == []


def test_a_message_to_nobody_is_refused(pair):
    """A message to a partner without an exchange is refused at submission."""
    with pytest.raises(NoExchange), transaction(pair.a.node):
        submit_message(
            pair.a.node,
            partner_id=PartnerId(new_uuid(pair.a.node)),
            message=Note(),
            thread_id=thread_of(1),
        )


def test_nothing_readable_lies_in_the_tables_or_on_the_wire(pair):
    """Payloads are encrypted in outbox, inbox, batch and on the wire; the sealed batch goes when it is evidenced."""
    pair.submit({"n": 1, "subject": "Subject A"})
    pair.transport.be_away(pair.b.node.settings.origin)
    deliver_pending(pair.a.node)
    with pair.a.node.active():
        assert b"Subject" not in bytes(Batch.objects.get(evidenced_at=None).sealed)
    pair.transport.come_back()
    pair.deliver()
    assert all(b"Subject" not in body for _, _, body in pair.transport.posts)
    for model, side in ((OutboxMessage, pair.a), (InboxMessage, pair.b)):
        with side.node.active():
            assert all(b"Subject" not in bytes(row.sealed) + bytes(row.secret) for row in model.objects.all())
            assert not Entry.objects.filter(content__contains="Subject").exists()
    with pair.a.node.active():
        assert not Batch.objects.exclude(sealed=b"").exists()


def test_urgent_messages_leave_first_and_alone(pair):
    """An urgent message does not wait behind a bulk of others, and takes along what is before it in its thread."""
    for number in range(5):
        pair.submit({"n": number}, thread=number)
    pair.submit({"n": 9}, thread=2, urgent=True)
    pair.deliver()
    assert numbers(pair.b) == [2, 9, 0, 1, 3, 4]
    sizes = [len(parse_batch(body).messages) for _, path, body in pair.transport.posts[-2:] if path.endswith("batches")]
    assert sizes == [2, 4]


def test_a_rejected_message_is_told_with_its_code(pair):
    """What a handler refuses is evidence for the sender, with the handler's code; its neighbours are delivered."""
    pair.rejected = {2}
    messages = [pair.submit({"n": number}) for number in (1, 2, 3)]
    pair.deliver()
    assert numbers(pair.b) == [1, 3]
    with pair.a.node.active():
        evidence = list_evidences(pair.a.node, messages[1])[-1]
    assert (evidence.kind, evidence.code, evidence.by) == (EvidenceKind.REJECTED, "test.rejected", "la-mops")


def test_an_unknown_type_is_rejected_not_lost(pair):
    """A type that nobody handles at the other side comes back as a rejection with a code."""
    with transaction(pair.a.node):
        message = submit_message(
            pair.a.node,
            partner_id=pair.a.partner_id,
            message=Unheard(),
            thread_id=thread_of(1),
        )
    pair.deliver()
    with pair.a.node.active():
        assert list_evidences(pair.a.node, message)[-1].code == "channel.unknown_type"


def test_a_payload_that_is_not_as_declared_never_reaches_its_handler(pair):
    """The channel itself rejects it with the code of its class, for good; its neighbours are delivered."""
    pair.submit({"n": 1})
    with transaction(pair.a.node):
        message = submit_message(
            pair.a.node, partner_id=pair.a.partner_id, message=OtherNote("one"), thread_id=thread_of(0)
        )
    pair.submit({"n": 2})
    pair.deliver()
    assert numbers(pair.b) == [1, 2]
    with pair.a.node.active():
        evidence = list_evidences(pair.a.node, message)[-1]
    assert (evidence.kind, evidence.code) == (EvidenceKind.REJECTED, "malformed")


def test_a_poisoned_message_blocks_its_thread_only(pair):
    """A handler that crashes loses nothing: its thread waits, others go on, and later it is delivered with evidence."""
    pair.poisoned = {2}
    messages = [pair.submit({"n": number}, thread=thread) for number, thread in ((1, 1), (2, 2), (3, 2), (4, 3))]
    pair.deliver(rounds=3)
    assert numbers(pair.b) == [1, 4]
    assert kinds(pair.a, messages[1]) == CHAIN[:2]
    with pair.b.node.active():
        assert InboxMessage.objects.get(message_id=messages[1]).code == "channel.handler_failed"
    assert list_exchanges(pair.b.node)[0].blocked == 1
    pair.poisoned.clear()
    pair.deliver(rounds=20, step=30)
    assert numbers(pair.b) == [1, 4, 2, 3]
    assert [kinds(side, message) for side in (pair.a, pair.b) for message in messages] == [CHAIN] * 8


def test_an_expired_message_is_a_non_delivery_with_a_reason(pair):
    """What waits beyond its expiry is not sent any more, and its timeline says so."""
    pair.transport.be_away(pair.b.node.settings.origin)
    first = pair.submit({"n": 1})
    deliver_pending(pair.a.node)
    pair.clock.advance(minutes=1)
    late = pair.submit({"n": 2}, expires_at=pair.clock.now().replace(hour=13))
    pair.clock.advance(hours=2)
    pair.transport.come_back()
    pair.deliver()
    assert numbers(pair.b) == [1]
    assert kinds(pair.a, first) == CHAIN
    with pair.a.node.active():
        assert [(e.kind, e.code) for e in list_evidences(pair.a.node, late)][1:] == [
            (EvidenceKind.NON_DELIVERY, "channel.expired")
        ]


def test_authorities_and_heads_arrive_after_pairing(pair):
    """After pairing each side knows the other's authorities and has witnessed the head of its own log."""
    for side in (pair.a, pair.b):
        with side.node.active():
            assert WitnessedCheckpoint.objects.filter(partner_id=side.partner_id).count() == 1
            assert list_authorities(side.node, own=False) == []
    pair.clock.advance(days=1, seconds=1)
    pair.submit({"n": 1})
    pair.deliver()
    with pair.b.node.active():
        assert WitnessedCheckpoint.objects.count() == 2


def test_a_bulk_goes_in_batches_of_five_hundred(pair):
    """A backlog leaves in full batches, each with one receipt, and arrives in order."""
    with transaction(pair.a.node):
        for number in range(1100):
            pair.submit({"n": number})
    before = len(pair.transport.posts)
    report = deliver_pending(pair.a.node)
    assert (report.batches, report.messages) == (3, 1100)
    assert len(pair.transport.posts) - before == 3
    assert numbers(pair.b) == list(range(1100))
    with pair.a.node.active():
        receipts = EvidenceStatement.objects.filter(outgoing=True, kind="receipt").order_by("-n0")[:3]
        assert [row.n1 - row.n0 for row in receipts] == [100, 500, 500]
