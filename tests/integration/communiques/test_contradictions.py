"""A source that disagrees with the register is a contradiction of its own: a person chooses, and both values stay."""

import pytest

from entraide.access.api import Actor, Role, RoleMissing
from entraide.communiques.api import (
    ProposalKind,
    ProposalState,
    ProposalView,
    SourceKind,
    citations_of,
    correct_proposal,
    get_proposal,
    import_source,
    keep_all,
    keep_proposal,
    list_contradictions,
    list_proposals,
    list_waiting_contradictions,
    read_sample,
    reject_contradictions,
    reject_proposal,
    settle_contradictions,
    settle_proposal,
)
from entraide.communiques.domain.errors import AlreadyDecided, ContradictionToSettle, ReasonMissing
from entraide.journal.models import Entry
from entraide.kernel.ids import SourceId
from entraide.kernel.node import Node
from entraide.programme import models as register
from entraide.programme.api import CommitmentStatus, FactKind
from entraide.programme.domain.errors import ChoiceWithoutReason, ValueMoved
from tests.factories.answering import keep_and_answer
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

REPORT = """Hanoï, 12 janvier 2025 – Le général Luong Tam Quang, ministre vietnamien de la Sécurité publique, \
et le général Vilay Lakhamphong, ministre lao de la Sécurité publique, ont coprésidé le 12 janvier 2025 à Hanoï la \
conférence d'examen du plan de coopération 2024 entre le ministère de la Sécurité publique du Vietnam et le ministère \
de la Sécurité publique du Laos.

À l'issue de la conférence, les deux ministres ont signé le plan de coopération 2025 entre les deux ministères.
"""
ELSEWHERE = REPORT.replace("à Hanoï", "à Haïphong")
ANOTHER_CHAIR = REPORT.replace("Luong Tam Quang", "Tran Quoc To")
BEFORE_MEETING = (ProposalKind.PARTY, ProposalKind.OFFICIAL, ProposalKind.MEETING)


@pytest.fixture
def node() -> Node:
    return make_node()


@pytest.fixture
def officer(node: Node) -> Actor:
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def known(node: Node, officer: Actor) -> register.Meeting:
    """The conference of January 2025 as an official release tells it."""
    source = brought(node, officer, read_sample("fr-hanoi-2025"), SourceKind.OFFICIAL_RELEASE)
    keep_all(node, actor=officer, source_id=source)
    return register.Meeting.objects.get(date="2025-01-12")


def brought(node: Node, officer: Actor, text: str, kind: SourceKind = SourceKind.PRESS) -> SourceId:
    return import_source(node, actor=officer, name=f"{kind}", text=text, kind=kind)


def kept(node: Node, officer: Actor, text: str, kind: SourceKind = SourceKind.PRESS) -> SourceId:
    """Import another report, keep its parties, officials and meeting, and return the source."""
    source = brought(node, officer, text, kind)
    keep_and_answer(node, officer, source, frozenset(BEFORE_MEETING))
    return source


def waiting_contradictions_of(node: Node, source: SourceId) -> list[ProposalView]:
    return [item for item in list_proposals(node, source) if item.kind == ProposalKind.CONTRADICTION]


def test_a_contradicting_source_becomes_a_contradiction_and_nothing_enters(node, officer, known):
    """Another place for the same day waits as a contradiction with its passage; the register is as before."""
    source = kept(node, officer, ELSEWHERE)
    (contradiction,) = waiting_contradictions_of(node, source)
    assert contradiction.state is ProposalState.WAITING
    assert [item.quote for item in contradiction.evidence] == ["Haïphong"]
    (view,) = list_waiting_contradictions(node, source).values()
    assert (view.field, view.shown.value, view.given.value) == ("place", "Hanoï", "Haïphong")
    assert (view.shown.kind, view.given.kind) == (SourceKind.OFFICIAL_RELEASE, SourceKind.PRESS)
    assert "Hanoï" in {item.quote for item in view.shown_passages}
    known.refresh_from_db()
    assert known.place == "Hanoï"
    assert register.RecordedContradiction.objects.count() == 0
    assert "Haïphong" not in {item.quote for item in citations_of(node, "meeting", known.id)}


def test_the_registers_value_is_kept_and_the_other_stands_beside(node, officer, known):
    """Kept, both values are shown, each with its passage and the kind of its source."""
    source = kept(node, officer, ELSEWHERE)
    assert (
        settle_proposal(node, actor=officer, proposal_id=waiting_contradictions_of(node, source)[0].id, take=False)
        is False
    )
    (said,) = list_contradictions(node, FactKind.MEETING, known.id)
    assert (said.field, said.shown, said.value, said.kind) == ("place", "Hanoï", "Haïphong", SourceKind.PRESS)
    assert [item.quote for item in said.citations] == ["Haïphong"]
    assert {item.quote for item in said.shown_citations} == {"Hanoï"}
    entry = Entry.objects.get(kind="programme.contradiction_settled")
    assert entry.actor == officer.user_id


def test_the_new_value_is_shown_and_the_former_stands_beside(node, officer, known):
    """A signed text outweighs the release: its place is shown, the former one stays with its own passage."""
    source = kept(node, officer, ELSEWHERE, SourceKind.SIGNED_TEXT)
    assert settle_proposal(node, actor=officer, proposal_id=waiting_contradictions_of(node, source)[0].id) is True
    known.refresh_from_db()
    assert known.place == "Haïphong"
    (said,) = list_contradictions(node, FactKind.MEETING, known.id)
    assert (said.shown, said.value, said.kind) == ("Haïphong", "Hanoï", SourceKind.OFFICIAL_RELEASE)
    assert {item.quote for item in said.shown_citations} == {"Haïphong"}
    assert {item.quote for item in said.citations} == {"Hanoï"}


def test_a_third_source_brings_the_former_value_back(node, officer, known):
    """A value that stood beside is shown again when a weightier source says it, and its passages come with it."""
    release = kept(node, officer, ELSEWHERE, SourceKind.OFFICIAL_RELEASE)
    settle_proposal(
        node,
        actor=officer,
        proposal_id=waiting_contradictions_of(node, release)[0].id,
        take=True,
        note="As the host says",
    )
    signed = kept(node, officer, f"{REPORT}\n", SourceKind.SIGNED_TEXT)
    (view,) = list_waiting_contradictions(node, signed).values()
    assert (view.shown.value, view.given.value, view.weighed.index) == ("Haïphong", "Hanoï", 1)
    settle_proposal(node, actor=officer, proposal_id=view.proposal_id)
    (said,) = list_contradictions(node, FactKind.MEETING, known.id)
    assert (said.shown, said.value) == ("Hanoï", "Haïphong")
    assert len(said.shown_citations) >= 2


def test_a_choice_against_the_weight_says_why(node, officer, known):
    """The press over a release needs a reason, which stands in public."""
    source = kept(node, officer, ELSEWHERE)
    (contradiction,) = waiting_contradictions_of(node, source)
    with pytest.raises(ChoiceWithoutReason):
        settle_proposal(node, actor=officer, proposal_id=contradiction.id, take=True)
    assert get_proposal(node, contradiction.id).state is ProposalState.WAITING
    settle_proposal(node, actor=officer, proposal_id=contradiction.id, take=True, note="The release was corrected")
    (said,) = list_contradictions(node, FactKind.MEETING, known.id)
    assert (said.shown, said.note) == ("Haïphong", "The release was corrected")


def test_a_misread_value_is_rejected_and_leaves_nothing(node, officer, known):
    """Rejected with a reason, the value is nowhere in the register."""
    source = kept(node, officer, ELSEWHERE)
    (contradiction,) = waiting_contradictions_of(node, source)
    with pytest.raises(ReasonMissing):
        reject_proposal(node, actor=officer, proposal_id=contradiction.id, reason="")
    reject_proposal(node, actor=officer, proposal_id=contradiction.id, reason="The place of another visit")
    assert list_contradictions(node, FactKind.MEETING, known.id) == []
    with pytest.raises(AlreadyDecided):
        settle_proposal(node, actor=officer, proposal_id=contradiction.id)


def test_a_contradiction_is_neither_kept_nor_corrected_nor_settled_by_others(node, officer, known):
    """It is settled by a desk officer, who has seen the value that the register shows."""
    source = kept(node, officer, ELSEWHERE)
    (contradiction,) = waiting_contradictions_of(node, source)
    with pytest.raises(ContradictionToSettle):
        keep_proposal(node, actor=officer, proposal_id=contradiction.id)
    with pytest.raises(ContradictionToSettle):
        correct_proposal(node, actor=officer, proposal_id=contradiction.id, fields={})
    with pytest.raises(RoleMissing):
        settle_proposal(node, actor=make_actor(node, Role.approver), proposal_id=contradiction.id)
    with pytest.raises(ValueMoved):
        settle_proposal(node, actor=officer, proposal_id=contradiction.id, take=False, seen="Vientiane")
    assert keep_all(node, actor=officer, source_id=source).left[-1] == (contradiction.id, None)


def test_another_co_chair_is_a_contradiction(node, officer, known):
    """A second co-chair of one State is never added silently; chosen, he takes the place with his own post."""
    source = kept(node, officer, ANOTHER_CHAIR)
    assert {person.name for person in known.people.all()} == {"Luong Tam Quang", "Vilay Lakhamphong"}
    (view,) = list_waiting_contradictions(node, source).values()
    assert (view.field, view.shown.value, view.given.value) == ("co_chair.VN", "Luong Tam Quang", "Tran Quoc To")
    settle_proposal(node, actor=officer, proposal_id=view.proposal_id, take=True, note="He stood in")
    chair = known.people.get(state="VN")
    assert (chair.name, chair.tenure_id is not None) == ("Tran Quoc To", True)
    (said,) = list_contradictions(node, FactKind.MEETING, known.id)
    assert said.value == "Luong Tam Quang"


def test_the_same_co_chair_in_other_letters_is_no_contradiction(node, officer, known):
    """`Lương Tam Quang` is `Luong Tam Quang`."""
    source = kept(node, officer, REPORT.replace("Luong Tam Quang", "Lương Tam Quang"))
    assert waiting_contradictions_of(node, source) == []
    assert known.people.count() == 2


def test_another_day_of_signature_is_a_contradiction(node, officer, known):
    """A plan is signed once: another day waits for a person, who may show it."""
    source = kept(node, officer, REPORT)
    plan = next(item for item in list_proposals(node, source) if item.fields.get("action") == "signed")
    recorded = register.Instrument.objects.get(kind="plan", period="2025")
    told = {**plan.fields, "date": "2025-01-13", "date_basis": "stated"}
    correct_proposal(node, actor=officer, proposal_id=plan.id, fields=told, same_as=recorded.id)
    (view,) = list_waiting_contradictions(node, source).values()
    assert (view.field, view.shown.value, view.given.value) == ("signed.date", "2025-01-12", "2025-01-13")
    settle_proposal(node, actor=officer, proposal_id=view.proposal_id, take=True, note="As the signed copy has it")
    instrument = register.Instrument.objects.get(kind="plan", period="2025")
    assert instrument.actions.get(kind="signed").date == "2025-01-13"
    assert str(instrument.sort_date) == "2025-01-13"
    (said,) = list_contradictions(node, FactKind.INSTRUMENT, instrument.id)
    assert (said.shown, said.value) == ("2025-01-13", "2025-01-12")


def test_another_status_of_the_same_words_is_asked_about(node, officer, known):
    """The same words of one plan told as done are possibly the same commitment; the status is then a contradiction."""
    source = kept(
        node, officer, read_sample("fr-hanoi-2025").replace("Hanoï, 12 janvier 2025 –", "Hanoï, 12 janvier 2025 -")
    )
    keep_all(node, actor=officer, source_id=source, kinds=frozenset({ProposalKind.INSTRUMENT}))
    told = next(
        item
        for item in list_proposals(node, source)
        if item.kind == ProposalKind.COMMITMENT and item.fields["status"] == "pledged"
    )
    recorded = register.Commitment.objects.get(domain=told.fields["domain"], status="pledged")
    fact = correct_proposal(
        node, actor=officer, proposal_id=told.id, fields={**told.fields, "status": "ongoing"}, same_as=recorded.id
    )
    assert fact == recorded.id
    (view,) = list_waiting_contradictions(node, source).values()
    assert (view.field, view.shown.value, view.given.value) == ("status", "pledged", "ongoing")
    settle_proposal(node, actor=officer, proposal_id=view.proposal_id, take=True, note="Reported later")
    recorded.refresh_from_db()
    assert CommitmentStatus(recorded.status) is CommitmentStatus.ONGOING


def test_another_number_on_the_same_day_is_asked_about(node, officer):
    """A report of the same series, day and place with another number may be the same meeting: a person is asked."""
    first = brought(node, officer, read_sample("fr-hanoi-2021"), SourceKind.OFFICIAL_RELEASE)
    keep_all(node, actor=officer, source_id=first)
    seventh = register.Meeting.objects.get(ordinal=7)
    second = brought(node, officer, read_sample("fr-hanoi-2021").replace("\n", "\n\n", 1))
    before = frozenset({ProposalKind.PARTY, ProposalKind.OFFICIAL})
    keep_all(node, actor=officer, source_id=second, kinds=before)
    meeting = next(item for item in list_proposals(node, second) if item.kind == ProposalKind.MEETING)
    correct_proposal(
        node, actor=officer, proposal_id=meeting.id, fields={**meeting.fields, "ordinal": 9}, same_as=seventh.id
    )
    (view,) = list_waiting_contradictions(node, second).values()
    assert (view.field, view.shown.value, view.given.value) == ("ordinal", "7", "9")
    settle_proposal(node, actor=officer, proposal_id=view.proposal_id, take=True, note="Counted anew")
    seventh.refresh_from_db()
    assert seventh.ordinal == 9


def test_alike_contradictions_are_settled_at_once(node, officer, known):
    """One decision for all that are alike: by weight, and rejected with a reason; the others wait on."""
    both = kept(node, officer, ANOTHER_CHAIR.replace("à Hanoï", "à Haïphong").replace("Vilay", "Khamking"))
    assert sorted(item.fields["field"] for item in waiting_contradictions_of(node, both)) == [
        "co_chair.LA",
        "co_chair.VN",
        "place",
    ]
    with pytest.raises(ReasonMissing):
        reject_contradictions(node, actor=officer, source_id=both, reason=" ")
    done = reject_contradictions(node, actor=officer, source_id=both, reason="A caption", fields={"co_chair"})
    assert (done.settled, done.left) == (2, ())
    assert [item.field for item in list_waiting_contradictions(node, both).values()] == ["place"]
    assert settle_contradictions(node, actor=officer, source_id=both).settled == 1
    known.refresh_from_db()
    assert known.place == "Hanoï"
    assert [item.value for item in list_contradictions(node, FactKind.MEETING, known.id)] == ["Haïphong"]


def test_in_bulk_what_needs_a_reason_is_left_with_its_error(node, officer, known):
    """The press is not shown over a release by a press of a button."""
    source = kept(node, officer, ELSEWHERE)
    done = settle_contradictions(node, actor=officer, source_id=source, take=True)
    assert done.settled == 0
    assert [type(error) for _, error in done.left] == [ChoiceWithoutReason]


def test_contradictions_are_read_in_a_fixed_number_of_queries(node, officer, known, django_assert_max_num_queries):
    """Three contradicted fields need as many queries as one, waiting and settled."""
    source = kept(node, officer, ANOTHER_CHAIR.replace("à Hanoï", "à Haïphong").replace("Vilay", "Khamking"))
    with django_assert_max_num_queries(8):
        first, *others = list_waiting_contradictions(node, source).values()
    settle_proposal(node, actor=officer, proposal_id=first.proposal_id, take=False)
    with django_assert_max_num_queries(7):
        assert len(list_contradictions(node, FactKind.MEETING, known.id)) == 1
    for view in others:
        settle_proposal(node, actor=officer, proposal_id=view.proposal_id, take=False)
    with django_assert_max_num_queries(7):
        assert len(list_contradictions(node, FactKind.MEETING, known.id)) == 3
