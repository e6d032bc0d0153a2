"""A drawn thread: four marks in words that lead to their evidence, and the rule by which a promise comes first."""

import datetime as dt
from uuid import UUID

import pytest
from django.utils.translation import override

from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    ActionKind,
    ActionView,
    AssessmentMethod,
    AssessmentView,
    CommitmentStatus,
    CommitmentView,
    Grade,
    InstrumentKind,
    InstrumentView,
    Knowledge,
    MeetingKind,
    MeetingView,
    Outcome,
)
from entraide.programme.domain.terms import SourceOfCommitment
from entraide.programme.selectors.views import ProgressView
from entraide.web.register.threads import SENTENCES, VERDICTS, Behind, choose_shown, draw_thread

TODAY = dt.date(2026, 6, 1)
NOON = dt.datetime(2026, 1, 12, 12, tzinfo=dt.UTC)
NOTHING = Behind(None, None, 0)


def promise(number: int = 1, **given: object) -> CommitmentView:
    values: dict[str, object] = {
        "id": CommitmentId(UUID(int=number)),
        "mechanism_id": MechanismId(UUID(int=9)),
        "instrument_id": None,
        "meeting_id": None,
        "domain": "training",
        "status": CommitmentStatus.PLEDGED,
        "texts": {"en": "Train officers together."},
        "period": "2026",
        "lead_units": {},
        "source": SourceOfCommitment.PASSAGE,
        "clause_id": None,
    }
    return CommitmentView(**(values | given))  # type: ignore[arg-type]  # the values of a view


def counted(number: int, *, one_sided: bool = False) -> tuple[ProgressView, ...]:
    return (ProgressView(UUID(int=1), "2025", number, 0, 0, "vn-mps", one_sided, NOON),)


def signed(**others: ActionKind) -> InstrumentView:
    day = PartialDate("2025-01-12")
    actions = tuple(ActionView(UUID(int=5), kind, day, None, ()) for kind in (ActionKind.SIGNED, *others.values()))
    kind, mechanism = InstrumentKind.PLAN, MechanismId(UUID(int=9))
    return InstrumentView(InstrumentId(UUID(int=4)), mechanism, None, kind, {}, "2025", (), None, actions)


def meeting() -> MeetingView:
    day = PartialDate("2025-01-11")
    ids = MeetingId(UUID(int=6)), MechanismId(UUID(int=9))
    return MeetingView(*ids, None, None, None, MeetingKind.CONFERENCE, "", day, "Hanoi", ())


def test_each_mark_leads_to_its_evidence_on_the_page_of_the_promise() -> None:
    """In the order said, acts, reports, proof; the places are those of the page."""
    commitment = promise()
    marks = draw_thread(commitment, NOTHING, TODAY).marks
    assert [mark.href for mark in marks] == [
        f"/commitments/{commitment.id}/#{place}" for place in ("said", "acts", "reports", "proof")
    ]


def test_where_nobody_has_told_the_marks_are_open_and_say_so() -> None:
    """Only the word is known; the rest is a ring with words, not a blank."""
    with override("en"):
        marks = draw_thread(promise(), Behind(signed(), meeting(), 3), TODAY).marks
    assert [(mark.state, mark.shape) for mark in marks] == [
        (Knowledge.KNOWN, "said"), (Knowledge.OPEN, "open"), (Knowledge.OPEN, "open"), (Knowledge.OPEN, "open")
    ]  # fmt: skip
    assert [mark.text for mark in marks] == [
        "12 January 2025, Hanoi · in a signed text · 3 sources",
        "No act is recorded.",
        "No side has reported.",
        "Nothing signed by both says what came of it.",
    ]


@pytest.mark.parametrize(
    ("number", "shape", "beside"), [(1, "acts-1", ""), (4, "acts-4", ""), (5, "acts-4", "5"), (46, "acts-4", "46")]
)
def test_more_than_four_acts_are_a_number(number: int, shape: str, beside: str) -> None:
    """Up to four strokes; beyond, the number stands beside four."""
    mark = draw_thread(promise(progress=counted(number)), NOTHING, TODAY).marks[1]
    assert (mark.shape, mark.number) == (shape, beside)


def test_acts_say_how_many_were_answered_in_time() -> None:
    """Either way: what counts is the answer."""
    with override("en"):
        mark = draw_thread(promise(progress=counted(3)), NOTHING, TODAY).marks[1]
    assert mark.text == "3 requests counted, 2025 · Answered in time: 3 of 3"


@pytest.mark.parametrize(
    ("grades", "shape", "sheets"),
    [
        ({"own_report": "completed", "partner_report": "completed"}, "join", ("done", "done")),
        ({"own_report": "limited", "partner_report": "completed"}, "part", ("partly", "done")),
        ({"own_report": "completed"}, "own", ("done", "none")),
        ({"partner_report": "not_started"}, "partner", ("none", "not_done")),
        ({"independent": "limited"}, "through", ("partly",)),
    ],
)
def test_each_side_has_its_sheet(grades: dict[str, str], shape: str, sheets: tuple[str, ...]) -> None:
    """A silent side's sheet is dotted; who is no side has a sheet on the line."""
    given = tuple(
        AssessmentView(UUID(int=2), "2025", "", AssessmentMethod(method), Grade(grade), "", NOON)
        for method, grade in grades.items()
    )
    mark = draw_thread(promise(assessments=given), NOTHING, TODAY).marks[2]
    assert (mark.shape, tuple(sheet.value for sheet in mark.sheets)) == (shape, sheets)


def test_a_plan_that_was_reviewed_does_not_say_what_came_of_each_promise() -> None:
    """The review is told with its day, and the mark stays late."""
    with override("en"):
        behind = Behind(signed(then=ActionKind.REVIEWED), None, 1)
        mark = draw_thread(promise(period="2025"), behind, TODAY).marks[2]
    assert mark.state is Knowledge.LATE
    assert mark.text == "Its text was reviewed on 12 January 2025; what came of this promise was not told."


def test_a_signed_promise_is_not_yet_a_proven_one() -> None:
    """What both signed is the promise; its mark of proof stays open and says that."""
    with override("en"):
        mark = draw_thread(promise(source=SourceOfCommitment.SIGNED_TEXT), NOTHING, TODAY).marks[3]
    assert mark.state is Knowledge.OPEN
    assert mark.text == "The promise is signed by both; nothing signed says what came of it."


def test_every_outcome_has_a_word_and_a_sentence() -> None:
    """None would be an empty place in a list."""
    assert set(VERDICTS) == set(SENTENCES) == set(Outcome)


def test_the_promise_shown_first_is_chosen_by_rule() -> None:
    """In the reader's language, short enough to quote; then most is known of it; then the first."""
    plain, followed = promise(1), promise(2, progress=counted(2))
    long = promise(3, texts={"en": "word " * 60}, progress=counted(9))
    foreign = promise(4, texts={"vi": "Đào tạo."}, progress=counted(9))
    given = [(item, draw_thread(item, NOTHING, TODAY)) for item in (foreign, long, plain, followed)]
    chosen = choose_shown(given, "en")
    assert chosen is not None
    assert chosen[0] is followed
    only_foreign = choose_shown(given[:1], "en")
    assert only_foreign is not None
    assert choose_shown([], "en") is None
