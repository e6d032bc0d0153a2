"""Undoing: every act on the register is taken back by another act, with a reason, and nothing of it is lost."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast
from uuid import UUID

import pytest

from entraide.access.api import Actor, Role, RoleMissing
from entraide.communiques.api import (
    ProposalKind,
    ProposalState,
    Quoted,
    SourceKind,
    amend_fact,
    enter_delegation,
    enter_mechanism_name,
    enter_standing,
    find_withdrawn,
    import_source,
    keep_all,
    keep_proposal,
    list_past_acts,
    list_proposals,
    list_sources,
    preview_keep_all,
    preview_undo,
    read_sample,
    reject_contradictions,
    reject_proposal,
    restore_acts,
    settle_contradictions,
    undo_acts,
)
from entraide.communiques.domain.errors import ShownOtherwise, WordingStands
from entraide.communiques.domain.undoing import (
    NeverUndone,
    NoSuchAct,
    RestsOnIt,
    StillNeeded,
    UndoChanged,
    UndoneAlready,
    UndoReasonMissing,
)
from entraide.journal.api import list_acts, list_entries, mark_undone
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MechanismId, MeetingId, SourceId, new_uuid
from entraide.kernel.node import Node
from entraide.programme.api import MechanismStatus, PersonInPost, PersonRole
from entraide.programme.domain.terms import SourceOfCommitment
from entraide.programme.models import (
    Commitment,
    CommitmentListing,
    CommitmentTally,
    Delegation,
    Instrument,
    Mechanism,
    Meeting,
)
from entraide.search.models import Document
from entraide.storage.adapters.traces import image_of
from entraide.storage.api import list_traced, model_at, transaction
from tests.factories.answering import keep_and_answer
from tests.factories.nodes import StandingClock, make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db
WORDS = "coopération"


@pytest.fixture
def node() -> Node:
    return make_node()


@pytest.fixture
def officer(node: Node) -> Actor:
    return make_actor(node, Role.desk_officer)


ANSWERED = frozenset({ProposalKind.PARTY, ProposalKind.OFFICIAL, ProposalKind.MEETING})
"""What an officer has answered before the rest is kept in bulk."""


def imported(node: Node, officer: Actor, name: str, text: str = "") -> SourceId:
    later(node)
    return import_source(
        node, actor=officer, name=name, text=text or read_sample(name), kind=SourceKind.OFFICIAL_RELEASE
    )


def later(node: Node) -> None:
    """Let some time pass, so that acts have an order."""
    cast(StandingClock, node.clock).advance(minutes=1)


def last_act(node: Node) -> UUID:
    return list_acts(node, limit=1)[0].id


def together(node: Node) -> list[UUID]:
    return [act.id for act in list_acts(node, batch=list_acts(node, limit=1)[0].batch)]


def register_now() -> dict[str, Any]:
    """Return every row of the register, of the directory and of the proposals, what is listed, counted and found."""
    rows = {
        f"{name} {row.pk}": image_of(row) for name in list_traced() for row in model_at(name)._default_manager.all()
    }
    counts: dict[tuple[Any, ...], int] = {}
    for cell in CommitmentTally.objects.values_list("mechanism_id", "domain", "status", "change"):
        counts[cell[:3]] = counts.get(cell[:3], 0) + cell[3]
    listed = CommitmentListing.objects.values_list("scope", "commitment_id", "listed_on", "domain", "status")
    return {
        **rows,
        "lists": sorted(map(str, listed)),
        "counts": {str(cell): count for cell, count in counts.items() if count},
        "found": {str(id_): sorted(terms.split()) for id_, terms in Document.objects.values_list("id", "terms")},
    }


def test_undoing_the_last_acts_one_by_one_leads_back_through_every_state(node: Node, officer: Actor) -> None:
    source = imported(node, officer, "fr-hanoi-2025")
    states, acts = [register_now()], []
    for proposal in list_proposals(node, source):
        with suppress(EntraideError):
            later(node)
            keep_proposal(node, actor=officer, proposal_id=proposal.id, new=True)
            states.append(register_now())
            acts.append(last_act(node))
    assert len(acts) > 8
    for act, former in reversed(list(zip(acts, states[:-1], strict=True))):
        undo_acts(node, actor=officer, act_ids=[act], reason="misread")
        assert register_now() == former


@pytest.mark.parametrize("names", [("fr-hanoi-2025", "vi-hanoi-2025"), ("fr-pekin-2024", "en-beijing-2024")])
def test_what_was_kept_together_is_undone_together_and_counts_again_as_it_was(
    node: Node, officer: Actor, names: Sequence[str]
) -> None:
    first, second = names
    keep_all(node, actor=officer, source_id=imported(node, officer, first))
    source = imported(node, officer, second)
    before = register_now()
    keep_all(node, actor=officer, source_id=source)
    kept = register_now()
    made = undo_acts(node, actor=officer, act_ids=together(node), reason="another text")
    assert register_now() == before
    assert all(item.state is ProposalState.WAITING for item in list_proposals(node, source))
    restore_acts(node, actor=officer, act_id=made, reason="the right text after all")
    now = register_now()
    assert now.pop("found").keys() == kept.pop("found").keys()
    assert now == kept
    with pytest.raises(UndoneAlready):
        restore_acts(node, actor=officer, act_id=made, reason="again")


def test_what_the_first_source_brought_stays_while_the_second_names_it(node: Node, officer: Actor) -> None:
    keep_all(node, actor=officer, source_id=imported(node, officer, "fr-pekin-2024"))
    first = together(node)
    keep_all(node, actor=officer, source_id=imported(node, officer, "fr-pekin-2018"))
    second = together(node)
    plan = preview_undo(node, actor=officer, act_ids=first)
    assert not {act.id for act in plan.acts} & set(second)
    undo_acts(node, actor=officer, act_ids=first, reason="misread")
    assert Mechanism.objects.count() == 1
    undo_acts(node, actor=officer, act_ids=second, reason="misread too")
    left = {name for name in list_traced() if model_at(name)._default_manager.exists()}
    assert left == {"communiques.Proposal", "communiques.Source"}


def test_what_rests_on_a_fact_is_undone_with_it_and_shown_first(node: Node, officer: Actor) -> None:
    source = imported(node, officer, "fr-hanoi-2025")
    keep_all(node, actor=officer, source_id=source)
    meeting = Meeting.objects.exclude(commitments=None).order_by("id").first()
    assert meeting is not None
    act = maker_of(node, meeting.id)
    plan = preview_undo(node, actor=officer, act_ids=[act])
    assert plan.resting
    undo_acts(node, actor=officer, act_ids=[act], reason="no such meeting", digest=plan.digest)
    assert not Meeting.objects.filter(id=meeting.id).exists()
    assert not Commitment.objects.filter(meeting_id=meeting.id).exists()
    withdrawn = find_withdrawn(node, meeting.id)
    assert withdrawn is not None
    assert withdrawn.reason == "no such meeting"
    told = [entry.content["kind"] for entry in list_entries(node, kind="communiques.act_undone")]
    assert len(told) == len(plan.acts)


def maker_of(node: Node, fact_id: UUID) -> UUID:
    """Return the act that made a fact."""
    past = list_past_acts(node, fact_id)
    return next(
        item.act.id
        for item in past
        if any(change.place[1] == fact_id and change.before is None for change in item.changes)
    )


def test_a_wording_that_a_second_source_brought_goes_alone(node: Node, officer: Actor) -> None:
    keep_all(node, actor=officer, source_id=imported(node, officer, "fr-hanoi-2025"))
    commitment = Commitment.objects.filter(texts__has_key="fr").order_by("id").first()
    assert commitment is not None
    words = commitment.texts["fr"]
    source = list_sources(node)[0].id
    passage = Quoted(source, WORDS)
    later(node)
    amend_fact(
        node, actor=officer, kind="commitment", fact_id=commitment.id, values={"text": {"vi": "sai"}}, passage=passage
    )
    wrong = last_act(node)
    later(node)
    amend_fact(
        node, actor=officer, kind="commitment", fact_id=commitment.id, values={"text": {"en": "right"}}, passage=passage
    )
    undo_acts(node, actor=officer, act_ids=[wrong], reason="another sentence")
    commitment.refresh_from_db()
    assert commitment.texts == {"fr": words, "en": "right"}


def test_a_rejected_proposal_waits_again(node: Node, officer: Actor) -> None:
    source = imported(node, officer, "fr-hanoi-2025")
    proposal = list_proposals(node, source)[0]
    reject_proposal(node, actor=officer, proposal_id=proposal.id, reason="not said there")
    undo_acts(node, actor=officer, act_ids=[last_act(node)], reason="it is said there")
    again = list_proposals(node, source)[0]
    assert (again.state, again.rejection) == (ProposalState.WAITING, "")


@pytest.mark.parametrize("take", [True, False, None])
def test_settled_contradictions_wait_again(node: Node, officer: Actor, take: bool | None) -> None:  # noqa: FBT001
    keep_all(node, actor=officer, source_id=imported(node, officer, "fr-hanoi-2025"))
    text = read_sample("fr-hanoi-2025").replace("à Hanoï", "à Haïphong")
    source = imported(node, officer, "other", text)
    keep_and_answer(node, officer, source)
    assert any(item.kind == ProposalKind.CONTRADICTION for item in list_proposals(node, source))
    before = register_now()
    later(node)
    settle_contradictions(node, actor=officer, source_id=source, take=take, note="as the minutes say")
    undo_acts(node, actor=officer, act_ids=together(node), reason="settled too soon")
    assert register_now() == before
    later(node)
    reject_contradictions(node, actor=officer, source_id=source, reason="misread")
    undo_acts(node, actor=officer, act_ids=together(node), reason="not misread")
    assert register_now() == before


def test_entries_by_hand_are_undone(node: Node, officer: Actor) -> None:
    keep_all(node, actor=officer, source_id=imported(node, officer, "fr-hanoi-2025"))
    mechanism, meeting = Mechanism.objects.get(), Meeting.objects.get(ordinal=14)
    source = list_sources(node)[0].id
    before, passage = register_now(), Quoted(source, WORDS)
    person = PersonInPost("Subject A", "officer", "VN", PersonRole.PARTICIPANT)
    here: dict[str, Any] = {"actor": officer, "passage": passage}
    acts = [
        lambda: enter_mechanism_name(
            node, mechanism_id=MechanismId(mechanism.id), language="en", name="Cooperation", **here
        ),
        lambda: enter_standing(node, mechanism_id=MechanismId(mechanism.id), status=MechanismStatus.DORMANT, **here),
        lambda: enter_delegation(node, meeting_id=MeetingId(meeting.id), state="VN", size=7, people=[person], **here),
    ]
    for act in acts:
        later(node)
        act()
        assert register_now() != before
        undo_acts(node, actor=officer, act_ids=[last_act(node)], reason="wrong page")
        assert register_now() == before


def test_a_later_value_stands_when_an_earlier_one_is_undone(node: Node, officer: Actor) -> None:
    keep_all(node, actor=officer, source_id=imported(node, officer, "fr-hanoi-2025"))
    meeting = Meeting.objects.get(ordinal=14)
    source = list_sources(node)[0].id
    passage, acts, first = Quoted(source, WORDS), [], meeting.place
    for place in ("Huế", "Đà Nẵng"):
        later(node)
        amend_fact(node, actor=officer, kind="meeting", fact_id=meeting.id, values={"place": place}, passage=passage)
        acts.append(last_act(node))
    undo_acts(node, actor=officer, act_ids=[acts[0]], reason="misread")
    meeting.refresh_from_db()
    assert meeting.place == "Đà Nẵng"
    undo_acts(node, actor=officer, act_ids=[acts[1]], reason="misread")
    meeting.refresh_from_db()
    assert meeting.place == first


def test_undoing_asks_for_a_reason_a_role_and_an_act_that_counts(node: Node, officer: Actor) -> None:
    source = imported(node, officer, "fr-hanoi-2025")
    proposal = list_proposals(node, source)[0]
    keep_proposal(node, actor=officer, proposal_id=proposal.id, new=True)
    act = last_act(node)
    with pytest.raises(UndoReasonMissing):
        undo_acts(node, actor=officer, act_ids=[act], reason=" ")
    with pytest.raises(RoleMissing):
        undo_acts(node, actor=make_actor(node, Role.auditor), act_ids=[act], reason="why")
    with pytest.raises(UndoChanged):
        undo_acts(node, actor=officer, act_ids=[act], reason="why", digest="another")
    with pytest.raises(NoSuchAct):
        undo_acts(node, actor=officer, act_ids=[new_uuid(node)], reason="why")
    made = undo_acts(node, actor=officer, act_ids=[act], reason="why")
    with pytest.raises(UndoneAlready):
        undo_acts(node, actor=officer, act_ids=[act], reason="why")
    with pytest.raises(NeverUndone):
        undo_acts(node, actor=officer, act_ids=[made], reason="why")
    later(node)
    keep_proposal(node, actor=officer, proposal_id=proposal.id, new=True)
    with pytest.raises(RestsOnIt):
        restore_acts(node, actor=officer, act_id=made, reason="why")


def test_of_two_who_take_an_act_back_at_once_one_does(node: Node, officer: Actor) -> None:
    """The plan of the second was made before the first was through; what it would mark is marked already."""
    proposal = list_proposals(node, imported(node, officer, "fr-hanoi-2025"))[0]
    keep_proposal(node, actor=officer, proposal_id=proposal.id, new=True)
    act = last_act(node)
    made = undo_acts(node, actor=officer, act_ids=[act], reason="misread")
    with transaction(node):
        assert not mark_undone([act], made)
        assert mark_undone([act], None)
        assert not mark_undone([act], None)


def test_what_was_signed_here_holds_what_it_rests_on(node: Node, officer: Actor) -> None:
    source = imported(node, officer, "fr-hanoi-2025")
    keep_all(node, actor=officer, source_id=source)
    meeting = Meeting.objects.get(ordinal=14)
    Commitment.objects.create(
        id=new_uuid(node),
        mechanism_id=meeting.mechanism_id,
        meeting=meeting,
        domain="drugs",
        status="pledged",
        texts={"fr": "signé"},
        source=SourceOfCommitment.SIGNED_TEXT.value,
        created_at=node.clock.now(),
    )
    act = maker_of(node, meeting.id)
    with pytest.raises(StillNeeded):
        preview_undo(node, actor=officer, act_ids=[act])


WITHOUT_PLACE = """5 novembre 2022 – Le général To Lam, ministre vietnamien de la Sécurité publique, et le général \
Vilay Lakhamphong, ministre lao de la Sécurité publique, ont coprésidé le 5 novembre 2022 la 14e Conférence de \
coopération en matière de sécurité Vietnam-Laos.
"""
WITH_PLACE = WITHOUT_PLACE.replace("le 5 novembre 2022 la", "le 5 novembre 2022 à Vientiane la")


def test_a_preview_of_keeping_all_changes_nothing_and_is_what_is_done(node: Node, officer: Actor) -> None:
    keep_all(node, actor=officer, source_id=imported(node, officer, "short", WITHOUT_PLACE))
    source = imported(node, officer, "long", WITH_PLACE)
    before, entries = register_now(), len(list_entries(node, limit=1000))
    lines = preview_keep_all(node, actor=officer, source_id=source)
    assert (register_now(), len(list_entries(node, limit=1000))) == (before, entries)
    assert any(item.told for item in lines)
    shown = {line.proposal_id: line.digest for line in lines if line.kept}
    done = keep_all(node, actor=officer, source_id=source, shown=dict(shown))
    assert done.kept == len(shown)


def test_what_would_be_done_otherwise_than_shown_is_left(node: Node, officer: Actor) -> None:
    source = imported(node, officer, "fr-hanoi-2025")
    lines = preview_keep_all(node, actor=officer, source_id=source)
    done = keep_all(node, actor=officer, source_id=source, shown={line.proposal_id: "another" for line in lines})
    assert done.kept == 0
    assert any(isinstance(error, ShownOtherwise) for _proposal, error in done.left)


def test_in_bulk_no_wording_that_exists_is_changed(node: Node, officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a keeper does: the rows say that a wording was changed, and the act is taken back."""
    keep_all(node, actor=officer, source_id=imported(node, officer, "fr-hanoi-2025"))
    source = imported(node, officer, "vi-hanoi-2025")
    instrument = Instrument.objects.order_by("id").first()
    assert instrument is not None
    titles = dict(instrument.titles)

    def overwrite(*_given: Any, **_named: Any) -> Any:  # noqa: ANN401 - as the service
        row = Instrument.objects.get(id=instrument.id)
        row.titles = {**row.titles, "fr": "autre titre"}
        row.save()
        return row.id

    monkeypatch.setattr("entraide.communiques.services.keepers.record_action", overwrite)
    keep_and_answer(node, officer, source, ANSWERED)
    done = keep_all(node, actor=officer, source_id=source)
    assert any(isinstance(error, WordingStands) for _proposal, error in done.left)
    instrument.refresh_from_db()
    assert instrument.titles == titles


def test_delegations_of_two_entries_are_told_apart(node: Node, officer: Actor) -> None:
    """What the history of a meeting shows are its own acts, those undone too, the latest first."""
    keep_all(node, actor=officer, source_id=imported(node, officer, "fr-hanoi-2025"))
    meeting = Meeting.objects.get(ordinal=14)
    source = list_sources(node)[0].id
    later(node)
    enter_delegation(
        node, actor=officer, meeting_id=MeetingId(meeting.id), state="LA", size=5, passage=Quoted(source, WORDS)
    )
    act = last_act(node)
    later(node)
    undo_acts(node, actor=officer, act_ids=[act], reason="wrong side")
    assert not Delegation.objects.exists()
    past = list_past_acts(node, meeting.id)
    assert [item.act.kind for item in past[:2]] == ["communiques.act_undone", "communiques.delegation_entered"]
    assert past[1].act.undone_by == past[0].act.id
    assert past[0].act.reason == "wrong side"
