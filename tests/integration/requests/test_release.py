"""Before anything leaves: completeness, safeguards, clearances, four eyes, the signed statement."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from entraide.access.api import ReasonMissing, RoleMissing, SamePerson
from entraide.channel.models import OutboxMessage
from entraide.directory.models import Authority
from entraide.journal.models import Entry
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.node import KeyRing
from entraide.kernel.signing import Signature
from entraide.keys.api import BadCiphertext
from entraide.requests.api import (
    CarriageRefused,
    NotClearable,
    RequestErased,
    acknowledge,
    approve_release,
    clear_finding,
    confirm_clearance,
    erase_expired,
    get_request,
    list_requests,
    open_request,
    return_to_drafter,
    submit_for_approval,
    update_draft,
    withdraw,
)
from entraide.requests.domain.lifecycle import ActOutOfTurn, State
from entraide.requests.models import Request
from tests.simulators.exchange import Exchange

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

JOURNALIST = {"role": "suspect", "basis": "fact", "name": "Subject A", "minor": "no", "public_roles": ["journalist"]}


def test_an_incomplete_request_is_stopped_with_its_reasons(exchange: Exchange):
    """Submitting an incomplete draft stops it; each missing answer has its reason, and nothing is sent."""
    request_id = exchange.draft(facts=None, custodian=None)
    result = submit_for_approval(exchange.a.node, actor=exchange.a.officer, request_id=request_id)
    assert result.state is State.STOPPED
    assert [reason.params["path"] for reason in result.check.completeness.reasons] == ["custodian", "facts"]
    with pytest.raises(ActOutOfTurn):
        approve_release(exchange.a.node, actor=exchange.a.approver, request_id=request_id)


def test_a_blocked_request_is_refused_carriage_with_its_source(exchange: Exchange):
    """A request about opinion is stopped; the finding names rule, source and its status."""
    changes = {"conduct": ["expression"], "main_element": "opinion", "harm_to_persons": "no"}
    request_id = exchange.draft(**changes)
    result = submit_for_approval(exchange.a.node, actor=exchange.a.officer, request_id=request_id)
    assert result.state is State.STOPPED
    finding = next(
        item for item in get_request(exchange.a.node, request_id).findings if item.code == "R04.only_opinion"
    )
    assert (finding.outcome, finding.by_policy, bool(finding.source)) == ("block", True, True)
    assert not OutboxMessage.objects.filter(type="requests.released").exists()


@dataclass
class CountingKeyRing:
    """The node's key ring, and for what it unwrapped a key."""

    ring: KeyRing
    purposes: list[str] = field(default_factory=list)

    @property
    def history(self) -> KeyHistory:
        return self.ring.history

    def sign(self, label: str, message: bytes, *, at: datetime) -> Signature:
        return self.ring.sign(label, message, at=at)

    def open_secret(self, sealed: bytes, info: bytes, *, sealed_to: bytes) -> bytes:
        return self.ring.open_secret(sealed, info, sealed_to=sealed_to)

    def wrap(self, secret: bytes, purpose: str) -> bytes:
        return self.ring.wrap(secret, purpose)

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        self.purposes.append(purpose)
        return self.ring.unwrap(wrapped, purpose)


def test_a_release_opens_the_content_once(exchange: Exchange):
    """The case is loaded once: what is checked is, to the byte, what is signed and sent."""
    request_id = exchange.draft()
    submit_for_approval(exchange.a.node, actor=exchange.a.officer, request_id=request_id)
    ring = CountingKeyRing(exchange.a.node.keyring)
    approve_release(replace(exchange.a.node, keyring=ring), actor=exchange.a.approver, request_id=request_id)
    assert [purpose for purpose in ring.purposes if str(request_id) in purpose] == [
        f"entraide/requests/record/v1/{request_id}"
    ]


def test_nobody_approves_their_own_draft(exchange: Exchange):
    """Four eyes: an approver who edited the draft, or an officer without the role, cannot release it."""
    a = exchange.a
    request_id = exchange.draft()
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    with pytest.raises(RoleMissing):
        approve_release(a.node, actor=a.officer, request_id=request_id)
    Request.objects.filter(id=request_id).update(drafter_id=a.approver.user_id)
    with pytest.raises(SamePerson):
        approve_release(a.node, actor=a.approver, request_id=request_id)
    assert get_request(a.node, request_id).summary.state is State.AWAITING_APPROVAL
    approve_release(a.node, actor=a.second_approver, request_id=request_id)
    assert get_request(a.node, request_id).summary.state is State.RELEASED


def test_a_finding_is_cleared_by_two_humans_who_are_not_the_drafter(exchange: Exchange):
    """A journalist among the suspects needs review: one approver clears, another confirms, then it may leave."""
    a = exchange.a
    request_id = exchange.draft(persons=[JOURNALIST])
    assert submit_for_approval(a.node, actor=a.officer, request_id=request_id).state is State.STOPPED
    keys = [item.key for item in get_request(a.node, request_id).findings if item.outcome == "needs_review"]
    assert len(keys) == 2  # the person's standing (R04) and the sources of the press (R24)
    for key in keys:
        clear_finding(a.node, actor=a.approver, request_id=request_id, finding_key=key, reason="Fraud, not reporting.")
    with pytest.raises(SamePerson):
        confirm_clearance(a.node, actor=a.approver, request_id=request_id, finding_key=keys[0])
    assert submit_for_approval(a.node, actor=a.officer, request_id=request_id).state is State.STOPPED
    for key in keys:
        confirm_clearance(a.node, actor=a.second_approver, request_id=request_id, finding_key=key)
    exchange.pair.clock.advance(days=1)
    assert submit_for_approval(a.node, actor=a.officer, request_id=request_id).state is State.AWAITING_APPROVAL
    approve_release(a.node, actor=a.approver, request_id=request_id)


def test_a_clearance_ends_when_the_request_changes(exchange: Exchange):
    """What was cleared was cleared on the facts as they were."""
    a = exchange.a
    request_id = exchange.draft(persons=[JOURNALIST])
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    for key in [item.key for item in get_request(a.node, request_id).findings if item.outcome == "needs_review"]:
        clear_finding(a.node, actor=a.approver, request_id=request_id, finding_key=key, reason="Examined.")
        confirm_clearance(a.node, actor=a.second_approver, request_id=request_id, finding_key=key)
    changed = exchange.content(
        "preservation", persons=[{**JOURNALIST, "role": "witness", "identity_protection": "restricted"}]
    )
    update_draft(a.node, actor=a.officer, request_id=request_id, content=changed)
    assert submit_for_approval(a.node, actor=a.officer, request_id=request_id).state is State.STOPPED


def test_what_is_missing_is_never_cleared(exchange: Exchange):
    """Nobody can clear an absent answer away."""
    a = exchange.a
    request_id = exchange.draft(both_parties="no")
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    finding = next(item for item in get_request(a.node, request_id).findings if item.rule_id == "R02")
    with pytest.raises(NotClearable):
        clear_finding(a.node, actor=a.approver, request_id=request_id, finding_key=finding.key, reason="Never mind.")


def test_a_request_that_a_rule_stops_at_the_last_moment_is_not_released(exchange: Exchange):
    """The last check counts: the partner's desk changed its languages while the request waited."""
    a = exchange.a
    request_id = exchange.draft()
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    Authority.objects.filter(partner__isnull=False).update(languages=["lo"])
    with pytest.raises(CarriageRefused) as error:
        approve_release(a.node, actor=a.approver, request_id=request_id)
    assert "R32" in str(error.value)
    assert get_request(a.node, request_id).summary.state is State.STOPPED


def test_returned_and_edited_requests_need_a_new_approval(exchange: Exchange):
    """The approver sends a draft back; the editor becomes the drafter."""
    a = exchange.a
    request_id = exchange.draft()
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    return_to_drafter(a.node, actor=a.approver, request_id=request_id)
    update_draft(a.node, actor=a.colleague, request_id=request_id, content=exchange.content("preservation"))
    detail = get_request(a.node, request_id)
    assert (detail.summary.state, detail.drafter_id, detail.findings) == (State.DRAFT, a.colleague.user_id, ())


def test_a_partner_that_is_away_gets_the_request_later(exchange: Exchange):
    """The request waits and arrives; until then it is released, not received."""
    exchange.pair.transport.be_away(exchange.b.node.settings.origin)
    request_id = exchange.release()
    assert get_request(exchange.a.node, request_id).summary.state is State.RELEASED
    exchange.pair.transport.come_back()
    exchange.pair.clock.advance(days=3)
    exchange.pair.deliver()
    assert get_request(exchange.a.node, request_id).summary.state is State.RECEIVED
    assert list_requests(exchange.a.node).requests[0].state is State.RECEIVED


def test_an_outage_is_nobodys_delay(exchange: Exchange):
    """Time limits run from the moment at which the partner stored the request, in the tables of both sides."""
    exchange.pair.transport.be_away(exchange.b.node.settings.origin)
    request_id = exchange.release()
    exchange.pair.transport.come_back()
    exchange.pair.clock.advance(days=3)
    exchange.pair.deliver()
    acknowledge(exchange.b.node, actor=exchange.b.officer, request_id=request_id)
    exchange.pair.deliver()
    rows = []
    for desk in (exchange.a, exchange.b):
        with desk.node.active():
            rows.append(Request.objects.get(id=request_id))
    assert rows[0].started_at == rows[1].started_at
    assert rows[0].answer_due_at == rows[1].answer_due_at


def test_withdrawal_recalls_what_was_released(exchange: Exchange):
    """Both sides see a withdrawn request, and no clock runs on."""
    request_id = exchange.release()
    withdraw(exchange.a.node, actor=exchange.a.officer, request_id=request_id)
    exchange.pair.deliver()
    for desk in (exchange.a, exchange.b):
        detail = get_request(desk.node, request_id)
        assert (detail.summary.state, detail.clocks, detail.summary.due_at) == (State.WITHDRAWN, (), None)


def test_opening_asks_for_a_reason_and_journals_it(exchange: Exchange):
    """Whoever is not the drafter of an open draft gives a reason, which the journal keeps."""
    request_id = exchange.release()
    with pytest.raises(ReasonMissing):
        open_request(exchange.a.node, actor=exchange.a.colleague, request_id=request_id)
    opened = open_request(exchange.a.node, actor=exchange.a.colleague, request_id=request_id, reason="Stand-in.")
    assert opened.content["facts"]
    assert Entry.objects.filter(kind="access.reason_recorded", subject=request_id).count() == 1


def test_content_lies_in_no_plain_column(exchange: Exchange):
    """What a request says is in no row, event or entry; the key of another record opens nothing."""
    first, second = exchange.release(), exchange.release()
    request, other = Request.objects.get(id=first), Request.objects.get(id=second)
    kept = repr([vars(request), [vars(event) for event in request.events.all()], list(Entry.objects.values())])
    for text in ("Callers", "Subject A", "203.0.113.7", "Provider One", "+84"):
        assert text not in kept
    Request.objects.filter(id=first).update(wrapped_key=other.wrapped_key)
    with pytest.raises(BadCiphertext):
        open_request(exchange.a.node, actor=exchange.a.officer, request_id=first, reason="A test.")


def test_erasure_takes_content_and_key_and_leaves_the_digest(exchange: Exchange):
    """After its date of erasure an ended request opens for nobody, while its statement still names the digest."""
    a = exchange.a
    request_id = exchange.release()
    withdraw(a.node, actor=a.officer, request_id=request_id)
    assert erase_expired(a.node) == []
    exchange.pair.clock.at += timedelta(days=400)
    assert erase_expired(a.node) == [request_id]
    assert erase_expired(a.node) == []
    with pytest.raises(RequestErased):
        open_request(a.node, actor=a.officer, request_id=request_id, reason="A test.")
    assert b"content_digest" in bytes(Request.objects.get(id=request_id).statement or b"")
