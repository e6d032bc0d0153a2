"""Facts of the register are kept once, completed by later sources, and never overwritten."""

import pytest

from entraide.access.api import Role, RoleMissing
from entraide.journal.models import Entry
from entraide.kernel.ids import OrganisationId, new_uuid
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme import models
from entraide.programme.api import (
    ActionKind,
    CommitmentFacts,
    CommitmentStatus,
    InstrumentFacts,
    InstrumentKind,
    Level,
    MeetingFacts,
    MeetingKind,
    Party,
    PersonInPost,
    PersonRole,
    complete_meeting,
    create_commitment,
    create_instrument,
    create_meeting,
    ensure_mechanism,
    ensure_series,
    find_commitments,
    find_instruments,
    find_mechanism,
    find_meetings,
    record_action,
    record_progress,
)
from entraide.programme.domain.errors import MeetingExists, OrdinalWithoutSeries, PlanExists, TooFewParties
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
NAME = {"fr": "Conférence de coopération en matière de sécurité Vietnam-Laos"}
CHAIRS = [
    PersonInPost("Luong Tam Quang", "ministre de la Sécurité publique", "VN", PersonRole.CO_CHAIR),
    PersonInPost("Vilay Lakhamphong", "vice-Premier ministre", "LA", PersonRole.CO_CHAIR),
]


@pytest.fixture
def node():
    return make_node()


@pytest.fixture
def officer(node):
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def mechanism(node, officer):
    return ensure_mechanism(node, actor=officer, parties=[Party("VN"), Party("LA")])


def test_mechanism_is_one_for_the_same_parties(node, officer, mechanism):
    """The same parties in any order are one mechanism, and an organisation that was not known is filled in."""
    ministry = OrganisationId(new_uuid(node))
    named = [Party("LA"), Party("VN", ministry, {"fr": "ministère de la Sécurité publique"})]
    assert ensure_mechanism(node, actor=officer, parties=named) == mechanism
    assert find_mechanism([Party("VN", ministry), Party("LA")]) == mechanism
    assert find_mechanism([Party("VN", OrganisationId(new_uuid(node))), Party("LA")]) is None
    assert find_mechanism([Party("VN"), Party("LA"), Party("KH")]) is None


def test_mechanism_needs_two_parties(node, officer):
    """One party makes no mechanism."""
    with pytest.raises(TooFewParties):
        ensure_mechanism(node, actor=officer, parties=[Party("VN")])


def test_facts_are_kept_by_a_desk_officer_only(node):
    """Nobody else keeps facts of the register."""
    with pytest.raises(RoleMissing):
        ensure_mechanism(node, actor=make_actor(node, Role.case_officer), parties=[Party("VN"), Party("LA")])


def test_series_is_found_by_like_names(node, officer, mechanism):
    """Accents and case make no other series; another level does."""
    series = ensure_series(node, actor=officer, mechanism_id=mechanism, level=Level.MINISTER, names=NAME)
    folded = {"fr": "conference de cooperation en matiere de securite vietnam-laos"}
    assert ensure_series(node, actor=officer, mechanism_id=mechanism, level=Level.MINISTER, names=folded) == series
    assert ensure_series(node, actor=officer, mechanism_id=mechanism, level=Level.UNIT, names=NAME) != series


def test_meeting_is_found_completed_and_never_overwritten(node, officer, mechanism):
    """The 14th conference is one meeting; a later source fills gaps, and another day is kept as a statement."""
    series = ensure_series(node, actor=officer, mechanism_id=mechanism, level=Level.MINISTER, names=NAME)
    vague = MeetingFacts(series_id=series, ordinal=14, date=PartialDate("2022"), kind=MeetingKind.CONFERENCE)
    meeting = create_meeting(node, actor=officer, mechanism_id=mechanism, facts=vague)
    with pytest.raises(MeetingExists):
        create_meeting(node, actor=officer, mechanism_id=mechanism, facts=vague)

    exact = MeetingFacts(series_id=series, ordinal=14, date=PartialDate("2022-11-05"), place="Hanoï")
    (candidate,) = find_meetings(mechanism, exact)
    assert (candidate.id, candidate.certain, candidate.match.contradictions) == (meeting, True, ())
    assert complete_meeting(node, actor=officer, meeting_id=meeting, facts=exact, people=CHAIRS) == ()

    other = MeetingFacts(
        series_id=series, ordinal=14, date=PartialDate("2022-11-06", DateBasis.INFERRED), place="Hanoi"
    )
    (contradicted,) = complete_meeting(node, actor=officer, meeting_id=meeting, facts=other, people=CHAIRS)
    row = models.Meeting.objects.get(id=meeting)
    assert (row.date, row.place, row.people.count()) == ("2022-11-05", "Hanoï", 2)
    assert (contradicted.recorded, contradicted.given) == ("2022-11-05", "2022-11-06")
    assert models.RecordedContradiction.objects.get(fact_id=meeting).value == "2022-11-06"


def test_ordinal_belongs_to_a_series(node, officer, mechanism):
    """An ordinal without a series is refused with its remedy."""
    with pytest.raises(OrdinalWithoutSeries):
        create_meeting(node, actor=officer, mechanism_id=mechanism, facts=MeetingFacts(ordinal=7))


def test_plan_of_a_period_is_one_instrument(node, officer, mechanism):
    """A second plan of the same period is refused; the first is found by its period in any language."""
    titles = {"fr": "plan de coopération 2025"}
    plan = create_instrument(
        node, actor=officer, mechanism_id=mechanism, kind=InstrumentKind.PLAN, titles=titles, period="2025"
    )
    (candidate,) = find_instruments(mechanism, InstrumentFacts(InstrumentKind.PLAN, "2025", "kế hoạch hợp tác"))
    assert candidate.id == plan
    assert not candidate.certain  # a period is no key: a person is asked
    with pytest.raises(PlanExists):
        create_instrument(
            node, actor=officer, mechanism_id=mechanism, kind=InstrumentKind.PLAN, titles=titles, period="2025"
        )


def test_action_is_recorded_once_with_its_signatories(node, officer, mechanism):
    """Signature happens once: a second source adds signatories, another day is kept as a statement of its own."""
    plan = create_instrument(
        node, actor=officer, mechanism_id=mechanism, kind=InstrumentKind.PLAN, titles={"fr": "plan"}, period="2025"
    )
    signed = {"instrument_id": plan, "kind": ActionKind.SIGNED}
    first = record_action(node, actor=officer, date=PartialDate("2025-01"), **signed)
    second = record_action(node, actor=officer, date=PartialDate("2025-01-12"), signatories=CHAIRS, **signed)
    third = record_action(node, actor=officer, date=PartialDate("2025-01-13"), signatories=CHAIRS, **signed)
    assert first == second == third
    row = models.InstrumentAction.objects.get(id=first)
    assert (row.date, row.signatories.count()) == ("2025-01-12", 2)
    assert models.RecordedContradiction.objects.get(fact_id=plan).value == "2025-01-13"


def test_commitment_is_found_again_and_its_counts_are_kept_apart(node, officer, mechanism):
    """A commitment is found by its words; the same counts are not repeated, new ones are added beside the old."""
    facts = MeetingFacts(date=PartialDate("2025-01-12"), place="Hanoi")
    meeting = create_meeting(node, actor=officer, mechanism_id=mechanism, facts=facts)
    text = "la prévention et la lutte contre la traite des êtres humains"
    commitment = create_commitment(
        node,
        actor=officer,
        mechanism_id=mechanism,
        domain="trafficking-in-persons",
        status=CommitmentStatus.PLEDGED,
        texts={"fr": text},
        meeting_id=meeting,
    )
    (candidate,) = find_commitments(
        mechanism, CommitmentFacts("trafficking-in-persons", "pledged", text, meeting_id=meeting)
    )
    assert candidate.id == commitment
    counts = {"answered_in_time": 2, "answered_late": 1, "still_open": 0, "period": "2025", "one_sided": False}
    first = record_progress(node, commitment_id=commitment, **counts)
    assert record_progress(node, commitment_id=commitment, **counts) == first
    assert record_progress(node, commitment_id=commitment, **{**counts, "answered_in_time": 3}) != first
    assert models.ProgressReport.objects.count() == 2


def test_every_act_is_journaled(node, officer, mechanism):
    """The journal holds an entry for what was kept, with the person who kept it."""
    entry = Entry.objects.get(kind="programme.mechanism_created")
    assert (entry.subject, entry.actor) == (mechanism, officer.user_id)
