"""One of two paired nodes replaces its keys: what was signed before holds, what an ended key signs is refused."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from entraide.access.api import Role, RoleMissing
from entraide.channel.api import NotForThisNode, deliver_pending, verify_evidences
from entraide.channel.domain.errors import BadStatement
from entraide.channel.models import EvidenceStatement, WitnessedCheckpoint
from entraide.cli.node import verify_logs
from entraide.directory.api import (
    KeysBeginTooEarly,
    KeysSignedLater,
    NoSuchPartner,
    forget_ended_keys,
    get_partner,
    list_signers,
    record_partner_keys,
    rotate_keys,
)
from entraide.journal.api import BadCheckpoint, JournalBroken, sequence_own_log, verify_all_logs
from entraide.journal.models import Entry, SignerKeys
from entraide.kernel.dated_keys import OVERLAP, KeyHistory, KeysOverlap, KeysRetired, KeysUsedBefore
from entraide.kernel.errors import EntraideError, VerificationFailed
from entraide.kernel.ids import PartnerId, PlanId, RequestId
from entraide.keys.api import BadSignature, create_memory_keyring, key_fingerprint
from entraide.plans.api import verify_plan
from entraide.requests.api import acknowledge, approve_answer, draft_answer, verify_statements
from tests.factories.contents import answer_content
from tests.factories.nodes import NOON, SeededRandomness
from tests.factories.people import make_actor
from tests.simulators.exchange import Exchange
from tests.simulators.negotiation import Table
from tests.simulators.pair import SimulatedPair
from tests.simulators.ring import Member

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def answered(exchange: Exchange) -> RequestId:
    """A request of A that B has answered."""
    request_id = exchange.release()
    acknowledge(exchange.b.node, actor=exchange.b.officer, request_id=request_id)
    draft_answer(exchange.b.node, actor=exchange.b.officer, request_id=request_id, content=answer_content())
    approve_answer(exchange.b.node, actor=exchange.b.approver, request_id=request_id)
    exchange.pair.deliver()
    return request_id


def signed_plan(table: Table) -> PlanId:
    """A plan that both sides signed."""
    plan_id = table.propose()
    table.agree_both(plan_id)
    table.sign_both(plan_id)
    return plan_id


def verify_everything(side: Member) -> tuple[int, int]:
    """Verify every log and every evidence of a side; return how many logs and evidences hold."""
    logs = verify_all_logs(side.node, list_signers(side.node))
    return len(logs), verify_evidences(side.node, side.partner_id)


def test_everything_signed_before_and_after_a_rotation_holds_on_both_nodes(exchange: Exchange):
    """Logs, cosignatures, evidences, a plan, a request and its answer: each with the keys of its day, at both ends."""
    pair = exchange.pair
    old = [key_fingerprint(side.node.public_keys) for side in (pair.a, pair.b)]
    table = Table(pair)
    request, plan = answered(exchange), signed_plan(table)
    before = [verify_everything(side) for side in (pair.a, pair.b)]
    new = key_fingerprint(pair.rotate(pair.a))
    assert new != old[0]
    second = answered(exchange)
    for side, (logs, evidences) in zip((pair.a, pair.b), before, strict=True):
        logs_after, evidences_after = verify_everything(side)
        assert logs_after == logs
        assert evidences_after > evidences
        early, late = (verify_statements(side.node, item) for item in (request, second))
        assert [statement.fingerprint for statement in early] == old
        assert [statement.fingerprint for statement in late] == [new, old[1]]
        with side.node.active():
            assert [item.party.state for item in verify_plan(side.node, plan).signatures] == ["LA", "VN"]
            signers = SignerKeys.objects.filter(signer=pair.a.node.settings.name)
            assert signers.count() == 2


def test_the_command_verifies_logs_and_evidence_across_a_rotation(
    pair: SimulatedPair, capsys: pytest.CaptureFixture[str]
):
    """`entraide verify` counts what holds, and names what does not."""
    pair.submit()
    pair.deliver()
    pair.rotate(pair.b)
    pair.submit()
    pair.deliver()
    verify_logs(pair.a.node, as_json=True)
    said = json.loads(capsys.readouterr().out)
    with pair.a.node.active():
        assert (len(said["logs"]), said["evidences"]) == (3, EvidenceStatement.objects.count())
        row = EvidenceStatement.objects.filter(outgoing=True).earliest("at")
        latest = EvidenceStatement.objects.filter(outgoing=True).latest("at")
        EvidenceStatement.objects.filter(id=row.id).update(signature=latest.signature)
    with pytest.raises(VerificationFailed):
        verify_logs(pair.a.node, as_json=False)


def test_both_sides_may_rotate_again_and_again(pair: SimulatedPair):
    """Four generations later messages still pass in both directions, and the first day's logs verify."""
    for number in range(4):
        pair.rotate(pair.a if number % 2 else pair.b)
        pair.submit({"n": number})
        pair.submit({"n": number}, sender=pair.b)
        pair.deliver()
    assert [len(side.handled) for side in (pair.a, pair.b)] == [4, 4]
    for side in (pair.a, pair.b):
        assert verify_everything(side)[0] == 3
        assert len(side.node.keyring.history.generations) == 3


def test_a_plan_signed_on_the_day_of_a_rotation_verifies(pair: SimulatedPair):
    """The day is all that a signature names: the keys of the morning and of the evening both count."""
    table = Table(pair)
    plan_id = table.propose()
    table.agree_both(plan_id)
    table.sign("a", plan_id)
    pair.rotate(pair.a)
    pair.rotate(pair.b)
    table.sign("b", plan_id)
    pair.clock.advance(days=400)
    for side in (pair.a, pair.b):
        with side.node.active():
            assert len(verify_plan(side.node, plan_id).signatures) == 2


def test_what_was_on_its_way_during_a_rotation_arrives(pair: SimulatedPair):
    """A batch signed with the author's old keys and sealed to the reader's old ones is taken within the overlap."""
    pair.submit({"n": 1})
    pair.transport.be_away(pair.b.node.settings.origin)
    deliver_pending(pair.a.node)
    pair.rotate(pair.a)
    pair.rotate(pair.b)
    pair.clock.advance(days=80)
    for side in (pair.a, pair.b):
        assert forget_ended_keys(side.node) == 1
    pair.transport.come_back()
    pair.deliver()
    assert [message.value.n for message in pair.b.handled] == [1]
    for side in (pair.a, pair.b):
        verify_everything(side)


def test_new_keys_that_the_partner_does_not_know_wait_until_it_does(pair: SimulatedPair):
    """What the partner cannot verify is refused and sent again; once its operator enters the keys, it arrives."""
    pair.rotate(pair.a, tell=False)
    pair.submit({"n": 1})
    assert list(deliver_pending(pair.a.node).failures.values()) == [BadCheckpoint.code]
    pair.tell_keys(pair.a, pair.b)
    pair.clock.advance(minutes=10)
    pair.deliver()
    assert len(pair.b.handled) == 1
    verify_everything(pair.b)


def with_keys_of(side: Member, history: KeyHistory) -> Member:
    """The side as a thief of its old keys plays it: everything is signed as if they had never ended."""
    ring = create_memory_keyring(SeededRandomness(f"keys {side.node.settings.name}"))
    assert ring.history.generations[0].keys == history.generations[0].keys
    return replace(side, node=replace(side.node, keyring=ring))


def test_an_ended_key_signs_nothing_dated_after_its_end(pair: SimulatedPair):
    """Whoever kept the old private keys cannot send in the node's name once they have ended."""
    pair.rotate(pair.a)
    thief = with_keys_of(pair.a, pair.a.node.keyring.history)
    pair.submit({"n": 1}, sender=thief)
    report = deliver_pending(thief.node)
    assert list(report.failures.values()) == [BadCheckpoint.code]
    assert pair.b.handled == []
    assert verify_everything(pair.b)[0] == 3


def test_an_ended_key_cannot_date_itself_back(pair: SimulatedPair):
    """What comes after end and overlap is refused by name, though it claims a day on which the key was valid."""
    yesterday = pair.clock.now()
    pair.rotate(pair.a)
    thief = with_keys_of(pair.a, pair.a.node.keyring.history)
    pair.clock.advance(days=OVERLAP.days + 1)
    now, pair.clock.at = pair.clock.at, yesterday
    pair.submit({"n": 1}, sender=thief)
    pair.transport.be_away(pair.b.node.settings.origin)
    deliver_pending(thief.node)
    pair.transport.come_back()
    pair.clock.at = now
    assert list(deliver_pending(thief.node).failures.values()) == [KeysRetired.code]
    assert pair.b.handled == []


def test_revoked_keys_are_refused_at_once(pair: SimulatedPair):
    """After a revocation nothing new is taken under the old keys, whatever it claims; what was there still holds."""
    pair.submit({"n": 1})
    pair.deliver()
    pair.submit({"n": 2})
    pair.transport.be_away(pair.b.node.settings.origin)
    deliver_pending(pair.a.node)
    pair.rotate(pair.a, revoke=True)
    pair.transport.come_back()
    assert list(deliver_pending(pair.a.node).failures.values()) == [KeysRetired.code]
    assert len(pair.b.handled) == 1
    for side in (pair.a, pair.b):
        verify_everything(side)


def test_a_batch_sealed_to_a_destroyed_key_is_sealed_anew(pair: SimulatedPair):
    """A sealing key that was revoked opens nothing; the author seals what is on its way to the partner's new keys."""
    pair.submit({"n": 1})
    pair.transport.be_away(pair.b.node.settings.origin)
    deliver_pending(pair.a.node)
    pair.rotate(pair.b, revoke=True, tell=False)
    assert forget_ended_keys(pair.b.node) == 1
    pair.transport.come_back()
    assert list(deliver_pending(pair.a.node).failures.values()) == [NotForThisNode.code]
    pair.tell_keys(pair.b, pair.a, revoke=True)
    pair.clock.advance(minutes=10)
    pair.deliver()
    assert [message.value.n for message in pair.b.handled] == [1]
    verify_everything(pair.b)


def test_heads_of_own_logs_are_witnessed_across_a_rotation(pair: SimulatedPair):
    """The head that a node tells its partner is signed with the keys of its day, before and after."""
    pair.deliver()
    pair.rotate(pair.a)
    pair.clock.advance(days=2)
    pair.submit({"n": 1})
    pair.deliver()
    with pair.b.node.active():
        assert WitnessedCheckpoint.objects.filter(partner_id=pair.b.partner_id).count() == 2


def test_a_log_that_a_thief_continued_does_not_verify(pair: SimulatedPair):
    """A head signed with an ended key in the node's own database is found, though its signature is right."""
    pair.rotate(pair.a)
    thief = with_keys_of(pair.a, pair.a.node.keyring.history)
    rotate = {"valid_from": pair.clock.now() + timedelta(days=1)}
    rotate_keys(thief.node, actor=pair.a.operator, **rotate)
    sequence_own_log(thief.node)
    with pytest.raises(JournalBroken, match="its signature does not hold with the keys of its day"):
        verify_all_logs(pair.a.node, list_signers(pair.a.node))


def test_a_changed_evidence_is_found(pair: SimulatedPair):
    """A statement at rest that says something else than was signed, or than its row, does not hold."""
    pair.submit({"n": 1})
    pair.deliver()
    with pair.a.node.active():
        row = EvidenceStatement.objects.filter(outgoing=True).latest("at")
        changed = bytes(row.content).replace(b'"n1":', b'"n1": ')
        for values, error in [
            ({"n1": row.n1 + 1}, BadStatement),
            ({"content": changed}, BadStatement),
            ({"signature": EvidenceStatement.objects.filter(outgoing=False).latest("at").signature}, BadSignature),
            ({"stored_at": row.stored_at}, None),
        ]:
            EvidenceStatement.objects.filter(id=row.id).update(**values)
            if error is None:
                verify_evidences(pair.a.node, pair.a.partner_id)
            else:
                with pytest.raises(error):
                    verify_evidences(pair.a.node, pair.a.partner_id)
            row.save()


def test_rotations_are_journaled_and_only_operators_rotate(pair: SimulatedPair):
    """Both acts name the fingerprints and the moment; nobody else may do them; new keys give every process a minute."""
    clerk = make_actor(pair.a.node, Role.case_officer)
    with pytest.raises(RoleMissing):
        rotate_keys(pair.a.node, actor=clerk)
    with pytest.raises(KeysBeginTooEarly):
        rotate_keys(pair.a.node, actor=pair.a.operator, valid_from=pair.clock.now())
    before = key_fingerprint(pair.a.node.public_keys)
    after = key_fingerprint(pair.rotate(pair.a))
    for side, kind in [(pair.a, "directory.own_keys_rotated"), (pair.b, "directory.partner_keys_recorded")]:
        with side.node.active():
            content = json.loads(Entry.objects.get(kind=kind).content)
        assert (content["before"], content["after"], content["revoked"]) == (before, after, False)
    assert key_fingerprint(pair.a.node.public_keys) == after


def test_keys_that_would_begin_before_what_was_accepted_are_refused(pair: SimulatedPair):
    """A wrong date cannot make what was rightly signed look forged: the logs verify whatever an operator types."""
    pair.submit({"n": 1}, sender=pair.b)
    pair.clock.advance(hours=1)
    pair.submit({"n": 1})
    pair.deliver()
    fresh = create_memory_keyring(SeededRandomness("fresh")).history.at(NOON)
    given = {"actor": pair.b.operator, "partner_id": pair.b.partner_id, "keys": fresh}
    with pytest.raises(KeysSignedLater):
        record_partner_keys(pair.b.node, valid_from=NOON + timedelta(minutes=30), **given)
    record_partner_keys(pair.b.node, valid_from=pair.clock.now() + timedelta(minutes=1), **given)
    verify_everything(pair.b)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"actor": "clerk"}, RoleMissing, id="no operator"),
        pytest.param({"partner_id": PartnerId(UUID(int=1))}, NoSuchPartner, id="stranger"),
        pytest.param({"keys": "present"}, KeysUsedBefore, id="present keys"),
        pytest.param({"valid_from": NOON - timedelta(days=1)}, KeysOverlap, id="before those before them"),
    ],
)
def test_keys_that_are_not_a_partners_next_are_refused(
    pair: SimulatedPair, change: dict[str, Any], error: type[EntraideError]
):
    """A partner's keys change only forward, by an operator, and a refusal changes nothing."""
    pair.rotate(pair.a)
    with pair.b.node.active():
        known = get_partner(pair.b.node, pair.b.partner_id).keys
    fresh = create_memory_keyring(SeededRandomness("fresh")).history.at(NOON)
    given: dict[str, Any] = {
        "actor": pair.b.operator,
        "partner_id": pair.b.partner_id,
        "keys": fresh,
        "valid_from": pair.clock.now() + timedelta(days=1),
    }
    replaced = {"clerk": make_actor(pair.b.node, Role.approver), "present": known.generations[-1].keys}
    for name, value in change.items():
        given[name] = replaced.get(value, value) if isinstance(value, str) else value
    with pytest.raises(error):
        record_partner_keys(pair.b.node, **given)
    with pair.b.node.active():
        assert get_partner(pair.b.node, pair.b.partner_id).keys == known
