"""A plan drafted on one node, amended on the other, agreed and signed by both, on two real nodes."""

import json
from base64 import b64decode, b64encode

import pytest

from entraide.access.api import RoleMissing
from entraide.channel.api import EvidenceKind, list_evidences
from entraide.communiques.api import restore_acts, undo_acts
from entraide.journal.api import list_acts
from entraide.kernel.partial_dates import PartialDate
from entraide.keys.api import WrongPassphrase
from entraide.plans import models
from entraide.plans.api import (
    PlanState,
    add_clause,
    agree_plan,
    compare_versions,
    discard_changes,
    edit_clause,
    get_clause,
    get_review,
    list_moves,
    propose_plan,
    record_conference,
    register_signatory,
    remove_clause,
    send_amendments,
    sign_plan,
    verify_plan,
)
from entraide.plans.domain.errors import (
    ChangedMeanwhile,
    NotASignatory,
    NothingToSend,
    NotYourTurn,
    PlanNotVerified,
    UnsentChanges,
    WrongState,
)
from entraide.programme import models as register_models
from entraide.programme.api import (
    ActionKind,
    MeetingFacts,
    MeetingKind,
    PersonInPost,
    PersonRole,
    list_commitments,
    list_instruments,
    list_mechanisms,
    record_progress,
)
from entraide.programme.domain.errors import PlanExists
from tests.simulators.negotiation import PASSPHRASES, Table
from tests.simulators.transports import Hostility

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def table(pair):
    return Table(pair)


def test_the_whole_negotiation(table):
    """A drafts, B amends, both agree and sign: text, digest and register are the same and verify on both nodes."""
    plan_id = table.propose()
    assert table.plan("b", plan_id).own_turn
    assert not table.plan("a", plan_id).own_turn
    first, second = table.clauses("b", plan_id)

    amended = {"fr": "Lutter contre la drogue et les précurseurs."}
    edit_clause(table.b, actor=table.desk["b"], plan_id=plan_id, clause_id=first.id, texts=amended, seen=first.digest)
    add_clause(table.b, actor=table.desk["b"], plan_id=plan_id, domain="training", texts={"fr": "Former le personnel."})
    remove_clause(table.b, actor=table.desk["b"], plan_id=plan_id, clause_id=second.id)
    assert len(table.clauses("a", plan_id)) == 2, "nothing leaves before it is sent"
    send_amendments(table.b, actor=table.desk["b"], plan_id=plan_id)
    table.pair.deliver()

    at_a = table.clauses("a", plan_id)
    assert [(clause.domain, clause.author) for clause in at_a] == [("drugs", "la-mops"), ("training", "la-mops")]
    fates = {diff.id: diff.change for diff in compare_versions(table.a, plan_id, 1, 2)}
    assert sorted(fates.values()) == ["added", "changed", "removed"]

    table.agree_both(plan_id)
    assert {table.plan(side, plan_id).state for side in "ab"} == {PlanState.AGREED}
    table.sign("b", plan_id)
    table.sign("a", plan_id)

    verified = []
    for side in ("a", "b"):
        node = table.node(side)
        with node.active():
            verified.append(verify_plan(node, plan_id))
            (instrument,) = list_instruments(node, mechanism_id=list_mechanisms(node)[0].id, limit=1)
            commitments = list_commitments(node, instrument_id=instrument.id)
        assert (instrument.plan_id, instrument.period) == (plan_id, "2026")
        assert instrument.latest.kind is ActionKind.SIGNED
        assert {person.state for person in instrument.latest.signatories} == {"LA", "VN"}
        assert [item.domain for item in commitments] == ["drugs", "training"]
        assert [item.clause_id for item in commitments] == [clause.id for clause in at_a]
        moves = list_moves(table.node(side), plan_id)
        assert [(move.act, move.party, move.version) for move in moves] == [
            ("proposed", "vn-mps", 1),
            ("amended", "la-mops", 2),
            ("agreed", "vn-mps", 2),
            ("agreed", "la-mops", 2),
            ("signed", "la-mops", 2),
            ("signed", "vn-mps", 2),
        ]
        deliveries = [delivery for move in moves for delivery in move.deliveries]
        assert len(deliveries) == len(moves)
        assert {delivery.latest.kind for delivery in deliveries} == {EvidenceKind.DELIVERED}
    assert verified[0] == verified[1]
    assert [signature.post for signature in verified[0].signatures] == ["Minister b", "Minister a"]


def test_messages_that_come_twice_or_late_change_nothing(table):
    """Duplicated and reordered deliveries end in the same plan."""
    plan_id = table.draft()
    table.pair.transport.be(Hostility.DUPLICATE, Hostility.DROP_AFTER)
    propose_plan(table.a, actor=table.desk["a"], plan_id=plan_id)
    table.pair.deliver(step=120)
    table.pair.transport.be(Hostility.DROP_AFTER, Hostility.REPLAY_OLD)
    agree_plan(table.a, actor=table.chief["a"], plan_id=plan_id)
    agree_plan(table.b, actor=table.chief["b"], plan_id=plan_id)
    table.pair.deliver(step=120)
    plans = [table.plan(side, plan_id) for side in "ab"]
    assert plans[0].digest == plans[1].digest
    assert {plan.state for plan in plans} == {PlanState.AGREED}
    with table.b.active():
        assert models.ClauseVersion.objects.count() == 2


def test_only_one_side_edits_at_a_time(table):
    """The side that has no turn gets a clear conflict, and so does a colleague who saw an older text."""
    plan_id = table.propose()
    (first, _) = table.clauses("b", plan_id)
    with pytest.raises(NotYourTurn):
        edit_clause(table.a, actor=table.desk["a"], plan_id=plan_id, clause_id=first.id, texts={"fr": "autre"})
    edit_clause(table.b, actor=table.desk["b"], plan_id=plan_id, clause_id=first.id, texts={"fr": "un"})
    with pytest.raises(ChangedMeanwhile):
        edit_clause(
            table.b, actor=table.desk["b"], plan_id=plan_id, clause_id=first.id, texts={"fr": "deux"}, seen=first.digest
        )
    with pytest.raises(UnsentChanges):
        agree_plan(table.b, actor=table.chief["b"], plan_id=plan_id)
    discard_changes(table.b, actor=table.desk["b"], plan_id=plan_id)
    with pytest.raises(NothingToSend):
        send_amendments(table.b, actor=table.desk["b"], plan_id=plan_id)
    assert get_clause(table.b, plan_id, first.id).texts == first.texts


def test_what_was_sent_never_changes(table):
    """An amendment is a new record by its author; the proposed version stays as it was."""
    plan_id = table.propose()
    (first, _) = table.clauses("b", plan_id)
    edit_clause(table.b, actor=table.desk["b"], plan_id=plan_id, clause_id=first.id, texts={"fr": "autre"})
    send_amendments(table.b, actor=table.desk["b"], plan_id=plan_id)
    table.pair.deliver()
    with table.a.active():
        rows = models.ClauseVersion.objects.filter(clause_id=first.id).order_by("version")
        assert [(row.version, row.author, row.texts["fr"]) for row in rows] == [
            (1, "vn-mps", "Lutter contre la drogue."),
            (2, "la-mops", "autre"),
        ]


def test_amending_asks_for_agreement_again(table):
    """An agreement holds for one version only."""
    plan_id = table.propose()
    agree_plan(table.a, actor=table.chief["a"], plan_id=plan_id)
    table.pair.deliver()
    (first, _) = table.clauses("b", plan_id)
    edit_clause(table.b, actor=table.desk["b"], plan_id=plan_id, clause_id=first.id, texts={"fr": "autre"})
    send_amendments(table.b, actor=table.desk["b"], plan_id=plan_id)
    table.pair.deliver()
    agree_plan(table.b, actor=table.chief["b"], plan_id=plan_id)
    table.pair.deliver()
    assert {table.plan(side, plan_id).state for side in "ab"} == {PlanState.AMENDED}
    with pytest.raises(WrongState):
        table.sign("b", plan_id)


def test_signing_needs_the_signatory_s_own_key_and_passphrase(table):
    """Without a key nobody signs, a wrong passphrase signs nothing, and a desk officer cannot agree or sign."""
    plan_id = table.propose()
    with pytest.raises(RoleMissing):
        agree_plan(table.a, actor=table.desk["a"], plan_id=plan_id)
    table.agree_both(plan_id)
    with pytest.raises(NotASignatory):
        sign_plan(table.a, actor=table.chief["a"], plan_id=plan_id, passphrase="irrelevant phrase")
    with table.a.active():
        register_signatory(table.a, actor=table.chief["a"], passphrase=PASSPHRASES["a"])
    with pytest.raises(WrongPassphrase):
        sign_plan(table.a, actor=table.chief["a"], plan_id=plan_id, passphrase="not the passphrase")
    with table.a.active():
        assert models.PlanSignature.objects.count() == 0


TAMPERING = {
    "a word of a clause": (models.ClauseVersion, lambda row: row.texts.update(fr="autre"), 2),
    "the post in a statement": (models.PlanSignature, lambda row: row.statement.update(post="Other"), 4),
    "the party of a statement": (models.PlanSignature, lambda row: row.statement.update(party="vn-moj"), 3),
    "the public key": (
        models.PlanSignature,
        lambda row: row.public_keys.update(ed25519=b64encode(b64decode(row.public_keys["ed25519"])[::-1]).decode()),
        4,
    ),
    "a public key that cannot be read": (models.PlanSignature, lambda row: row.public_keys.update(ed25519="?"), 4),
    "the attestation": (models.PlanSignature, lambda row: row.attestation.update(row.signature), 5),
}


@pytest.mark.parametrize(("model", "tamper", "step"), TAMPERING.values(), ids=TAMPERING)
def test_verification_names_the_step_that_fails(table, model, tamper, step):
    """Whatever is changed in the stored plan, the verification says at which step it fails."""
    plan_id = table.propose()
    table.agree_both(plan_id)
    with table.a.active(), pytest.raises(PlanNotVerified) as early:
        verify_plan(table.a, plan_id)
    assert early.value.params["step"] == 1
    table.sign("a", plan_id)
    table.sign("b", plan_id)
    with table.a.active():
        row = model.objects.order_by("id").first()
        tamper(row)
        row.save()
        with pytest.raises(PlanNotVerified) as failed:
            verify_plan(table.a, plan_id)
    assert failed.value.params["step"] == step


def test_one_plan_per_period(table):
    """A second draft for the same mechanism and period is refused."""
    table.draft()
    with pytest.raises(PlanExists):
        table.draft()


def test_a_message_that_does_not_fit_is_rejected_with_a_code(table):
    """An amendment of an unknown plan is evidenced as rejected, with its reason's code."""
    plan_id = table.propose()
    with table.b.active():
        models.ClauseVersion.objects.all().delete()
        models.Clause.objects.all().delete()
        models.PlanAgreement.objects.all().delete()
        models.MoveMessage.objects.all().delete()
        models.PlanMove.objects.all().delete()
        models.Plan.objects.all().delete()
    (message,) = agree_plan(table.a, actor=table.chief["a"], plan_id=plan_id)
    table.pair.deliver()
    with table.a.active():
        evidences = list_evidences(table.a, message)
    assert "plans.no_such_plan" in json.dumps([str(item) for item in evidences])


def test_review_puts_last_year_beside_the_draft(table):
    """The review shows each domain with last year's commitments, their counts and the draft's clauses."""
    plan_id = table.draft()
    with table.a.active():
        record_progress(
            table.a,
            commitment_id=table.commitments[1],
            answered_in_time=2,
            answered_late=1,
            still_open=0,
            period="2025",
            one_sided=False,
        )
    review = get_review(table.a, plan_id)
    assert review.previous_period == "2025"
    rows = {row.domain: row for row in review.rows}
    assert rows["legal-assistance"].commitments[0].latest_progress.total == 3
    assert rows["drugs"].clauses[0].texts == {"fr": "Lutter contre la drogue."}


def test_conference_reviews_the_plan_before(table):
    """Recording the conference links the plan to it and records the review of last year's plan."""
    plan_id = table.draft()
    chairs = [PersonInPost("Luong Tam Quang", "ministre de la Sécurité publique", "VN", PersonRole.CO_CHAIR)]
    facts = MeetingFacts(date=PartialDate("2026-01-10"), place="Vientiane", kind=MeetingKind.CONFERENCE)
    with table.a.active():
        meeting = record_conference(table.a, actor=table.desk["a"], plan_id=plan_id, facts=facts, people=chairs)
        (last,) = list_instruments(table.a, meeting_id=meeting)
    assert last.id == table.last
    assert [(action.kind, action.date.value) for action in last.actions] == [(ActionKind.REVIEWED, "2026-01-10")]


def test_the_conference_of_a_plan_is_undone(table):
    """The plan has no conference again, the plan before it no review; the meeting that was entered is gone."""
    plan_id = table.draft()
    facts = MeetingFacts(date=PartialDate("2026-01-10"), place="Vientiane", kind=MeetingKind.CONFERENCE)
    with table.a.active():
        meeting = record_conference(table.a, actor=table.desk["a"], plan_id=plan_id, facts=facts)
        assert table.plan("a", plan_id).meeting_id == meeting
        (act,) = list_acts(table.a, limit=1)
        undone = undo_acts(table.a, actor=table.desk["a"], act_ids=[act.id], reason="Another conference")
        assert table.plan("a", plan_id).meeting_id is None
        assert not register_models.Meeting.objects.filter(id=meeting).exists()
        assert not register_models.InstrumentAction.objects.filter(instrument_id=table.last, kind="reviewed").exists()
        restore_acts(table.a, actor=table.desk["a"], act_id=undone, reason="That one after all")
        assert table.plan("a", plan_id).meeting_id == meeting
        assert [item.id for item in list_instruments(table.a, meeting_id=meeting)] == [table.last]
