"""The thread of a promise: said, acted on, reported, proven; how far each is known, derived and never stored.

What nobody has told stays open. Nothing here says more than the register holds: a status is what one source said on its
day, a count is of requests between the two sides, a grade is somebody's, and only what the journals of both sides hold
is proof.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.programme.domain.terms import AssessmentMethod, CommitmentStatus, Grade


class Knowledge(StrEnum):
    """How far a mark of a thread is known: told, told by nobody, or told by nobody although its time has passed."""

    KNOWN = "known"
    OPEN = "open"
    LATE = "late"


class Answer(StrEnum):
    """What a voice says of a promise: carried out, in part, not, or nothing."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    NONE = "none"


class Outcome(StrEnum):
    """What is known of a promise as a whole."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    DIFFER = "differ"
    UNDER_WAY = "under_way"
    ACTED = "acted"
    UNKNOWN = "unknown"
    LATE = "late"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Counted:
    """Requests between the sides in the promise's domain; `one_sided` where only one journal knows them all.

    `in_time` of them were answered in time, either way.
    """

    period: str
    requests: int
    one_sided: bool
    in_time: int = 0


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade that somebody gave for a period, in the order in which they were given."""

    period: str
    method: AssessmentMethod
    grade: Grade


@dataclass(frozen=True, slots=True)
class Reports:
    """What each side says and an independent voice, of the latest period of which any of them speaks.

    `told` is what the source itself says came of it, where no side has reported; `period` is empty where none has.
    """

    own: Answer = Answer.NONE
    partner: Answer = Answer.NONE
    independent: Answer = Answer.NONE
    told: CommitmentStatus | None = None
    period: str = ""

    @property
    def sides(self) -> tuple[Answer, Answer]:
        """The answers of the two sides."""
        return self.own, self.partner

    @property
    def voices(self) -> int:
        """How many of the sides have reported."""
        return sum(answer is not Answer.NONE for answer in self.sides)


@dataclass(frozen=True, slots=True)
class Thread:
    """A promise from word to proof: the state of its four marks, what they rest on, and the outcome as a whole.

    `half_said` where one side only proposed it; `requests` and what follows are of the latest count that holds any.
    """

    half_said: bool
    requests: int
    in_time: int
    period: str
    reports: Reports
    reported: Knowledge
    proven: bool
    outcome: Outcome

    @property
    def acted(self) -> bool:
        """Whether acts are known."""
        return self.requests > 0

    @property
    def known(self) -> int:
        """How many of the four marks are known, 1 to 4."""
        return 1 + self.acted + (self.reported is Knowledge.KNOWN) + self.proven


_ANSWERS = {
    Grade.COMPLETED: Answer.DONE,
    Grade.SUBSTANTIAL: Answer.PARTLY,
    Grade.LIMITED: Answer.PARTLY,
    Grade.NOT_STARTED: Answer.NOT_DONE,
    Grade.NO_EVIDENCE: Answer.NONE,
}
_TOLD = {CommitmentStatus.DONE: Outcome.DONE, CommitmentStatus.ONGOING: Outcome.UNDER_WAY}


def derive_thread(
    status: CommitmentStatus, period: str, counted: Sequence[Counted], graded: Sequence[Graded], today: dt.date
) -> Thread:
    """Return the thread of a commitment as of `today`, from its status, its term and what was counted and graded."""
    count = next((item for item in reversed(counted) if item.requests), None)
    reports = derive_reports(status, graded)
    outcome = _outcome(status, reports, acted=count is not None, passed=has_passed(period, today))
    return Thread(
        half_said=status is CommitmentStatus.PROPOSED,
        requests=count.requests if count else 0,
        in_time=count.in_time if count else 0,
        period=count.period if count else "",
        reports=reports,
        reported=_reported(reports, outcome),
        proven=count is not None and not count.one_sided,
        outcome=outcome,
    )


def derive_reports(status: CommitmentStatus, graded: Sequence[Graded]) -> Reports:
    """Return the latest answer of each voice for the latest period; the source's own word where no side speaks."""
    spoken = [item for item in graded if _ANSWERS[item.grade] is not Answer.NONE]
    period = max((item.period for item in spoken), default="")
    latest = {item.method: _ANSWERS[item.grade] for item in spoken if item.period == period}
    reports = Reports(
        own=latest.get(AssessmentMethod.OWN_REPORT, Answer.NONE),
        partner=latest.get(AssessmentMethod.PARTNER_REPORT, Answer.NONE),
        independent=latest.get(AssessmentMethod.INDEPENDENT, Answer.NONE),
        period=period,
    )
    return reports if latest or status not in _TOLD else Reports(told=status)


def has_passed(period: str, today: dt.date) -> bool:
    """Return whether the whole of a promise's term lies before `today`; one that nobody can read never does."""
    try:
        return bool(period) and PartialDate(period).latest < today
    except NotADate:
        return False


def _outcome(status: CommitmentStatus, reports: Reports, *, acted: bool, passed: bool) -> Outcome:
    answers = {answer for answer in reports.sides if answer is not Answer.NONE} or {reports.independent} - {Answer.NONE}
    if len(answers) > 1:
        return Outcome.DIFFER
    if answers:
        return Outcome(answers.pop().value)
    if reports.told is not None:
        return _TOLD[reports.told]
    return _untold(status, acted=acted, passed=passed)


def _untold(status: CommitmentStatus, *, acted: bool, passed: bool) -> Outcome:
    """Return what is known where nobody reports: acts without a word, a mere proposal, or nothing, too late or not."""
    if acted:
        return Outcome.ACTED
    if status is CommitmentStatus.PROPOSED:
        return Outcome.PROPOSED
    return Outcome.LATE if passed else Outcome.UNKNOWN


def _reported(reports: Reports, outcome: Outcome) -> Knowledge:
    if reports.voices or reports.independent is not Answer.NONE or reports.told is not None:
        return Knowledge.KNOWN
    return Knowledge.LATE if outcome is Outcome.LATE else Knowledge.OPEN
