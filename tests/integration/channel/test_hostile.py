"""Whatever the network does: nothing lost, nothing doubled, order kept per thread, the same evidence at both ends."""

import pytest
from django.db import transaction as database_transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entraide.channel.api import Circuit, EvidenceKind, deliver_pending, list_evidences, list_exchanges
from entraide.channel.models import EvidenceStatement, Exchange, InboxMessage, OutboxMessage
from entraide.directory.api import list_signers
from entraide.journal.api import get_head, verify_all_logs
from entraide.journal.models import Entry
from tests.simulators.transports import Hostility

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def assert_whole(pair, submitted):
    """Everything that was submitted was applied once, in order per thread, and both ends hold the same evidence."""
    for sender, reader in ((pair.a, pair.b), (pair.b, pair.a)):
        expected = submitted[sender.node.settings.name]
        got = [message.value.n for message in reader.handled]
        assert sorted(got) == sorted(number for _, number in expected)
        for thread in {thread for thread, _ in expected}:
            of_thread = [number for own, number in expected if own == thread]
            assert [number for number in got if number in of_thread] == of_thread
        with sender.node.active():
            theirs = set(EvidenceStatement.objects.filter(outgoing=True).values_list("digest", flat=True))
            assert not OutboxMessage.objects.exclude(state="delivered").exists()
        with reader.node.active():
            ours = set(EvidenceStatement.objects.filter(outgoing=False).values_list("digest", flat=True))
            assert not InboxMessage.objects.exclude(state="applied").exists()
        assert {bytes(digest) for digest in theirs} == {bytes(digest) for digest in ours}
    for side in (pair.a, pair.b):
        verify_all_logs(side.node, list_signers(side.node))
    views = [list_exchanges(side.node)[0] for side in (pair.a, pair.b)]
    assert (views[0].outgoing_size, views[0].outgoing_root) == (views[1].incoming_size, views[1].incoming_root)
    assert (views[1].outgoing_size, views[1].outgoing_root) == (views[0].incoming_size, views[0].incoming_root)


@pytest.mark.parametrize("hostility", [h for h in Hostility if h is not Hostility.NONE])
def test_one_hostile_post_harms_nothing(pair, hostility):
    """Each hostility alone, in both directions, is survived."""
    submitted = {"vn-mps": [], "la-mops": []}
    for number in range(4):
        for side in (pair.a, pair.b):
            pair.submit({"n": number}, sender=side, thread=number % 2)
            submitted[side.node.settings.name].append((number % 2, number))
        pair.transport.be(hostility, hostility)
        pair.deliver()
    assert_whole(pair, submitted)


STEP = st.fixed_dictionaries(
    {
        "from_a": st.booleans(),
        "hostilities": st.lists(st.sampled_from(list(Hostility)), max_size=3),
        "messages": st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=4),
        "deliver": st.booleans(),
        "seconds": st.integers(0, 20),
    }
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(STEP, min_size=1, max_size=8), place=st.integers(0, 10_000))
def test_any_sequence_of_hostilities_is_survived(pair, steps, place):
    """Submissions, passes and hostilities in any order: in the end everything is there once, in order."""
    undo = {alias: database_transaction.savepoint(using=alias) for alias in ("default", "partner")}
    try:
        play(pair, steps, place)
    finally:
        for alias, savepoint in undo.items():
            database_transaction.savepoint_rollback(savepoint, using=alias)


def play(pair, steps, place):
    submitted = {"vn-mps": [], "la-mops": []}
    pair.a.handled.clear()
    pair.b.handled.clear()
    pair.transport.plan.clear()
    pair.transport.choose = lambda _: place
    number = 0
    for step in steps:
        side = pair.a if step["from_a"] else pair.b
        pair.transport.be(*step["hostilities"])
        for thread, urgent in step["messages"]:
            number += 1
            pair.submit({"n": number}, sender=side, thread=thread, urgent=urgent)
            submitted[side.node.settings.name].append((thread, number))
        if step["deliver"]:
            deliver_pending(side.node)
            pair.clock.advance(seconds=step["seconds"])
    pair.deliver(rounds=60, step=120)
    assert_whole(pair, submitted)


def test_every_changed_byte_of_a_batch_is_refused_with_a_code_and_journaled(pair):
    """No byte of a batch can be changed without a refusal; the journal holds it, and the message is not lost."""
    pair.submit({"n": 1})
    pair.transport.be_away(pair.b.node.settings.origin)
    deliver_pending(pair.a.node)
    pair.transport.come_back()
    size = 7000
    codes = set()
    for place in range(0, size, 211):
        pair.transport.choose = lambda body, place=place: place if place < len(body) else len(body) - 1
        pair.transport.be(Hostility.CORRUPT)
        pair.clock.advance(minutes=10)
        report = deliver_pending(pair.a.node)
        codes.update(report.failures.values())
        assert report.batches == 0
        assert pair.b.handled == []
    assert codes <= {
        "channel.unreadable_batch",
        "channel.unknown_sender",
        "channel.not_for_this_node",
        "channel.suite_below_floor",
        "channel.seal_broken",
        "journal.bad_checkpoint",
        "journal.leaves_mismatch",
        "journal.log_gap",
    }
    with pair.b.node.active():
        assert Entry.objects.filter(kind="channel.refused").count() > 10
        before = get_head(pair_log(pair)).size
    pair.clock.advance(minutes=10)
    pair.deliver()
    assert [message.value.n for message in pair.b.handled] == [1]
    with pair.b.node.active():
        assert get_head(pair_log(pair)).size == before + 1


def pair_log(pair):
    return Exchange.objects.get(partner_id=pair.b.partner_id).incoming_log_id


def test_a_partner_that_is_away_gets_everything_later(pair):
    """While the partner is away its circuit opens and the evidence says so; when it is back all arrives in order."""
    pair.transport.be_away(pair.b.node.settings.origin)
    messages = [pair.submit({"n": number}) for number in range(3)]
    for _ in range(8):
        deliver_pending(pair.a.node)
        pair.clock.advance(minutes=6)
    view = list_exchanges(pair.a.node)[0]
    assert (view.circuit, view.failures, view.last_error) == (Circuit.HALF_OPEN, 8, "channel.partner_away")
    with pair.a.node.active():
        assert [e.kind for e in list_evidences(pair.a.node, messages[0])] == [
            EvidenceKind.SUBMISSION_ACCEPTED,
            EvidenceKind.RELAY_FAILED,
        ]
        assert Entry.objects.filter(kind="channel.partner_away").count() == 1
    pair.transport.come_back()
    pair.deliver()
    assert [message.value.n for message in pair.b.handled] == [0, 1, 2]
    assert list_exchanges(pair.a.node)[0].circuit is Circuit.CLOSED


def test_a_partner_that_sends_is_tried_at_once(pair):
    """When a partner that was away sends something itself, what waits for it leaves at once."""
    pair.transport.be_away(pair.b.node.settings.origin)
    pair.submit({"n": 1})
    for _ in range(9):
        deliver_pending(pair.a.node)
        pair.clock.advance(minutes=6)
    deliver_pending(pair.a.node)
    pair.transport.come_back()
    deliver_pending(pair.a.node)
    assert pair.b.handled == []
    pair.submit({"n": 2}, sender=pair.b)
    deliver_pending(pair.b.node)
    deliver_pending(pair.a.node)
    assert [message.value.n for message in pair.b.handled] == [1]
