"""The thread of a promise says what the register holds and nothing more: unknown stays unknown."""

import datetime as dt

import pytest

from entraide.programme.domain.terms import AssessmentMethod, CommitmentStatus, Grade
from entraide.programme.domain.thread import Answer, Counted, Graded, Knowledge, Outcome, derive_thread, has_passed

TODAY = dt.date(2026, 6, 1)
OWN, PARTNER, THIRD = AssessmentMethod.OWN_REPORT, AssessmentMethod.PARTNER_REPORT, AssessmentMethod.INDEPENDENT


def grades(*given: tuple[AssessmentMethod, Grade], period: str = "2025") -> list[Graded]:
    return [Graded(period, method, grade) for method, grade in given]


BOTH = [Counted("2025", 3, one_sided=False)]
CASES = [
    pytest.param("pledged", "2026", [], [], Outcome.UNKNOWN, Knowledge.OPEN, 1, id="nobody has told, its term runs"),
    pytest.param(
        "pledged", "", [], [], Outcome.UNKNOWN, Knowledge.OPEN, 1, id="a promise without a term is never late"
    ),
    pytest.param("pledged", "2025", [], [], Outcome.LATE, Knowledge.LATE, 1, id="its term has passed without a word"),
    pytest.param(
        "pledged", "2021/2025", [], [], Outcome.LATE, Knowledge.LATE, 1, id="a term of years ends with the last"
    ),
    pytest.param("pledged", "2021/2026", [], [], Outcome.UNKNOWN, Knowledge.OPEN, 1, id="and not before"),
    pytest.param("pledged", "2025", BOTH, [], Outcome.ACTED, Knowledge.OPEN, 3, id="acts in both journals are proof"),
    pytest.param(
        "pledged",
        "2025",
        [Counted("2025", 3, one_sided=True)],
        [],
        Outcome.ACTED,
        Knowledge.OPEN,
        2,
        id="in one are not",
    ),
    pytest.param(
        "pledged",
        "2025",
        [Counted("2025", 0, one_sided=False)],
        [],
        Outcome.LATE,
        Knowledge.LATE,
        1,
        id="none is no act",
    ),
    pytest.param("done", "2025", [], [], Outcome.DONE, Knowledge.KNOWN, 2, id="its own source says that it was done"),
    pytest.param("ongoing", "2025", [], [], Outcome.UNDER_WAY, Knowledge.KNOWN, 2, id="or that it is under way"),
    pytest.param(
        "proposed", "2025", [], [], Outcome.PROPOSED, Knowledge.OPEN, 1, id="a proposal is no promise, nor late"
    ),
    pytest.param(
        "pledged",
        "2025",
        BOTH,
        grades((OWN, Grade.COMPLETED), (PARTNER, Grade.COMPLETED)),
        Outcome.DONE,
        Knowledge.KNOWN,
        4,
        id="both sides say that it was done",
    ),
    pytest.param(
        "pledged",
        "2025",
        [],
        grades((OWN, Grade.LIMITED), (PARTNER, Grade.SUBSTANTIAL)),
        Outcome.PARTLY,
        Knowledge.KNOWN,
        2,
        id="limited and substantial are both in part",
    ),
    pytest.param(
        "pledged",
        "2025",
        [],
        grades((OWN, Grade.COMPLETED), (PARTNER, Grade.LIMITED)),
        Outcome.DIFFER,
        Knowledge.KNOWN,
        2,
        id="the sides differ",
    ),
    pytest.param(
        "pledged",
        "2025",
        [],
        grades((PARTNER, Grade.NOT_STARTED)),
        Outcome.NOT_DONE,
        Knowledge.KNOWN,
        2,
        id="one side alone says that it was not",
    ),
    pytest.param(
        "pledged",
        "2025",
        [],
        grades((THIRD, Grade.COMPLETED)),
        Outcome.DONE,
        Knowledge.KNOWN,
        2,
        id="a third voice where the sides are silent",
    ),
    pytest.param(
        "pledged",
        "2025",
        [],
        grades((OWN, Grade.COMPLETED), (THIRD, Grade.LIMITED)),
        Outcome.DONE,
        Knowledge.KNOWN,
        2,
        id="a third voice does not outvote a side; it stands beside",
    ),
    pytest.param(
        "pledged",
        "2025",
        [],
        grades((OWN, Grade.NO_EVIDENCE)),
        Outcome.LATE,
        Knowledge.LATE,
        1,
        id="who has no evidence has not reported",
    ),
    pytest.param(
        "done",
        "2025",
        [],
        grades((PARTNER, Grade.LIMITED)),
        Outcome.PARTLY,
        Knowledge.KNOWN,
        2,
        id="a side's report goes before its source's word",
    ),
]


@pytest.mark.parametrize(("status", "period", "counted", "graded", "outcome", "reported", "known"), CASES)
def test_a_thread_says_what_is_recorded(
    status: str,
    period: str,
    counted: list[Counted],
    graded: list[Graded],
    outcome: Outcome,
    reported: Knowledge,
    known: int,
) -> None:
    """Its outcome, how far reports are known, and the number of marks that are."""
    thread = derive_thread(CommitmentStatus(status), period, counted, graded, TODAY)
    assert (thread.outcome, thread.reported, thread.known) == (outcome, reported, known)


def test_the_latest_report_of_the_latest_period_speaks() -> None:
    """A later grade of one voice takes the place of its earlier one; another year's does not mix in."""
    given = [
        *grades((OWN, Grade.LIMITED), (PARTNER, Grade.LIMITED), period="2024"),
        *grades((OWN, Grade.NOT_STARTED), (OWN, Grade.COMPLETED)),
    ]
    reports = derive_thread(CommitmentStatus.PLEDGED, "", [], given, TODAY).reports
    assert (reports.period, reports.own, reports.partner, reports.voices) == ("2025", Answer.DONE, Answer.NONE, 1)


@pytest.mark.parametrize(
    ("period", "today", "passed"),
    [
        ("2025", dt.date(2025, 12, 31), False),
        ("2025", dt.date(2026, 1, 1), True),
        ("2025-06", dt.date(2025, 7, 1), True),
        ("202X", dt.date(2026, 1, 1), False),
        ("next year", dt.date(2026, 1, 1), False),
        ("", dt.date(2026, 1, 1), False),
    ],
)
def test_a_term_has_passed_when_its_last_day_has(period: str, today: dt.date, passed: bool) -> None:  # noqa: FBT001 - a table of cases
    """Whole years end with December; what cannot be read never passes."""
    assert has_passed(period, today) is passed
