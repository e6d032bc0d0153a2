"""A correction changes what is given and nothing else, and the journal keeps what stood there before."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from entraide.access.api import Role, RoleMissing
from entraide.journal.models import Entry
from entraide.kernel.ids import CommitmentId, InstrumentId, MeetingId, SeriesId, TenureId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme import models
from entraide.programme.api import (
    ActionKind,
    CommitmentStatus,
    InstrumentKind,
    Level,
    MechanismStatus,
    MeetingKind,
    PersonRole,
    record_action,
)
from entraide.programme.domain.errors import (
    MeetingExists,
    NoSuchFact,
    OrdinalWithoutSeries,
    PlanExists,
    SignedIsImmutable,
    TextMissing,
    UnknownCode,
)
from entraide.programme.services import corrections
from tests.factories.nodes import make_node
from tests.factories.people import make_actor
from tests.factories.registers import Register, make_register

pytestmark = pytest.mark.django_db

UNKNOWN = "00000000-0000-7000-8000-000000000000"
Given = dict[str, Any]


@pytest.fixture
def node():
    return make_node()


@pytest.fixture
def officer(node):
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def register(node, officer) -> Register:
    return make_register(node, officer)


def named(register: Register) -> dict[Callable[..., None], Given]:
    """Each correction with the arguments that name its fact."""
    return {
        corrections.correct_mechanism: {"mechanism_id": register.mechanism},
        corrections.correct_series: {"series_id": register.series},
        corrections.correct_meeting: {"meeting_id": register.meetings[0]},
        corrections.correct_person: {"meeting_id": register.meetings[1], "position": 0},
        corrections.correct_instrument: {"instrument_id": register.plan},
        corrections.correct_commitment: {"commitment_id": register.commitments[0]},
    }


CHANGES: dict[str, tuple[Callable[..., None], Given, type[Any], Given]] = {
    "a mechanism's name, level and status": (
        corrections.correct_mechanism,
        {"names": {"vi": "Hợp tác"}, "level": Level.UNIT, "status": MechanismStatus.DORMANT},
        models.Mechanism,
        {"level": "unit", "status": "dormant"},
    ),
    "a series' name": (corrections.correct_series, {"names": {"en": "Dialogue"}}, models.Series, {}),
    "a meeting's day, place and kind": (
        corrections.correct_meeting,
        {"date": PartialDate("2024-03-05"), "place": "Huế", "kind": MeetingKind.VISIT, "name": "Visite"},
        models.Meeting,
        {"date": "2024-03-05", "place": "Huế", "kind": "visit", "name": "Visite"},
    ),
    "a person's role, post and State": (
        corrections.correct_person,
        {"role": PersonRole.PARTICIPANT, "post": "conseiller", "state": "KH"},
        models.MeetingPerson,
        {"role": "participant", "post": "conseiller", "state": "KH"},
    ),
    "an instrument's period and languages": (
        corrections.correct_instrument,
        {"period": "2031", "languages": ["vi"], "titles": {"en": "Plan"}},
        models.Instrument,
        {"period": "2031", "languages": ["vi"]},
    ),
    "a commitment's domain, status and period": (
        corrections.correct_commitment,
        {"domain": "cybercrime", "status": CommitmentStatus.DONE, "period": "2030", "texts": {"en": "Done."}},
        models.Commitment,
        {"domain": "cybercrime", "status": "done", "period": "2030"},
    ),
}


@pytest.mark.parametrize(("correct", "given", "model", "kept"), CHANGES.values(), ids=CHANGES.keys())
def test_what_is_given_changes_and_is_journaled(node, officer, register, correct, given, model, kept):
    """The entry names each field with both values; the same again changes and journals nothing."""
    names = named(register)[correct]
    correct(node, actor=officer, **names, **given)
    (entry,) = Entry.objects.filter(kind=f"programme.{correct.__name__.removeprefix('correct_')}_corrected")
    row = model.objects.get(pk=entry.subject)
    assert {field: getattr(row, field) for field in kept} == kept
    told = json.loads(entry.content)["changes"]
    assert set(kept) <= set(told)
    assert all(before != after for before, after in told.values())
    count = Entry.objects.count()
    correct(node, actor=officer, **names, **given)
    assert Entry.objects.count() == count


def test_a_text_of_another_language_stays(node, officer, register):
    """Names are added to, or replaced, by language."""
    corrections.correct_mechanism(node, actor=officer, mechanism_id=register.mechanism, names={"vi": "Hợp tác"})
    names = models.Mechanism.objects.get(id=register.mechanism).names
    assert names["vi"] == "Hợp tác"
    assert names["fr"] == "Coopération"


REFUSED: dict[str, tuple[Callable[..., None], Given, type[Exception]]] = {
    "a domain that is none": (corrections.correct_commitment, {"domain": "politics"}, UnknownCode),
    "a text that is empty": (corrections.correct_commitment, {"texts": {"fr": " "}}, TextMissing),
    "a name that is empty": (corrections.correct_series, {"names": {"fr": " "}}, TextMissing),
    "a series of another mechanism": (corrections.correct_meeting, {"series_id": SeriesId(UNKNOWN)}, NoSuchFact),
    "a person who is not there": (corrections.correct_person, {"position": 99}, NoSuchFact),
    "a mechanism that is not there": (corrections.correct_mechanism, {"mechanism_id": UNKNOWN}, NoSuchFact),
    "an instrument that is not there": (corrections.correct_instrument, {"instrument_id": UNKNOWN}, NoSuchFact),
}


@pytest.mark.parametrize(("correct", "given", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_stand_is_refused_and_nothing_changes(node, officer, register, correct, given, error):
    """No entry is left behind."""
    count = Entry.objects.count()
    with pytest.raises(error):
        correct(node, actor=officer, **{**named(register)[correct], **given})
    assert Entry.objects.count() == count


def test_only_a_desk_officer_corrects(node, register):
    """Each of the corrections asks for the role."""
    nobody = make_actor(node)
    for correct, names in named(register).items():
        needed = {"names": {"fr": "x"}} if correct is corrections.correct_series else {}
        with pytest.raises(RoleMissing):
            correct(node, actor=nobody, **names, **needed)


def test_a_number_stays_one_meetings(node, officer, register):
    """A number belongs to a series, and to one meeting of it."""
    fourth = MeetingId(register.meetings[0])
    with pytest.raises(MeetingExists):
        corrections.correct_meeting(node, actor=officer, meeting_id=fourth, ordinal=5)
    models.Meeting.objects.filter(id=fourth).update(series=None, ordinal=None)
    with pytest.raises(OrdinalWithoutSeries):
        corrections.correct_meeting(node, actor=officer, meeting_id=fourth, ordinal=77)


def test_what_was_signed_here_never_changes(node, officer, register):
    """An instrument and a commitment of a text that was signed on this node refuse each correction."""
    models.Instrument.objects.filter(id=register.plan).update(plan_id=UNKNOWN)
    models.Commitment.objects.filter(id=register.commitments[0]).update(clause_id=UNKNOWN)
    with pytest.raises(SignedIsImmutable):
        corrections.correct_instrument(node, actor=officer, instrument_id=register.plan, period="2031")
    with pytest.raises(SignedIsImmutable):
        corrections.correct_commitment(
            node, actor=officer, commitment_id=CommitmentId(register.commitments[0]), period="2031"
        )


def test_a_period_has_one_plan(node, officer, register):
    """Another plan of the mechanism keeps its period."""
    plan = models.Instrument.objects.get(id=register.plan)
    other = models.Instrument.objects.create(
        id=UNKNOWN, mechanism_id=plan.mechanism_id, kind="plan", period="2040", created_at=node.clock.now()
    )
    with pytest.raises(PlanExists):
        corrections.correct_instrument(
            node,
            actor=officer,
            instrument_id=InstrumentId(other.id),
            period=plan.period,
            kind=InstrumentKind.PLAN,
        )


def test_an_action_takes_what_it_lacks(node, officer, register):
    """A date or a meeting is added where there is none; what is there stays."""
    action = record_action(node, actor=officer, instrument_id=register.plan, kind=ActionKind.AMENDED)
    meeting = register.meetings[0]
    corrections.complete_action(
        node, actor=officer, action_id=action, date=PartialDate("2025-06-01"), meeting_id=meeting
    )
    corrections.complete_action(node, actor=officer, action_id=action, date=PartialDate("2026-01-01"))
    row = models.InstrumentAction.objects.get(id=action)
    assert (row.date, row.meeting_id) == ("2025-06-01", meeting)


def test_a_persons_tenure_is_named_afterwards(node, officer, register):
    """The tenure that a person had that day is added."""
    tenure = TenureId(UNKNOWN)
    corrections.correct_person(node, actor=officer, meeting_id=register.meetings[1], position=0, tenure_id=tenure)
    row = models.MeetingPerson.objects.get(meeting_id=register.meetings[1], position=0)
    assert str(row.tenure_id) == UNKNOWN
