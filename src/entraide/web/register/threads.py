"""The thread of a promise as pages draw it: four marks in words, each leading to its evidence, read many at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from entraide.communiques.api import count_sources_of_many
from entraide.kernel.ids import InstrumentId, MeetingId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.kernel.text import N_
from entraide.programme.api import (
    ActionKind,
    ActionView,
    Answer,
    AssessmentMethod,
    CommitmentStatus,
    CommitmentView,
    Counted,
    FactKind,
    Graded,
    InstrumentView,
    Knowledge,
    MeetingView,
    Outcome,
    Reports,
    Thread,
    derive_thread,
    list_instruments,
    list_meetings,
)
from entraide.programme.domain.terms import SourceOfCommitment
from entraide.web.naming import name_town
from entraide.web.templatetags.programme import edtf, term

MOST_TICKS = 4
"""Acts are drawn one by one up to here; of more the number stands beside."""
LONGEST_QUOTED = 220
"""Characters of a promise that a first page quotes whole."""
SIGNED = frozenset({ActionKind.SIGNED, ActionKind.IN_FORCE})

NAMES = {"said": N_("Said"), "acts": N_("Acts"), "reports": N_("Reported"), "proof": N_("Proof")}
"""The four marks in their order; each is also the place on a commitment's page that it leads to."""
VERDICTS = {
    Outcome.DONE: N_("Reported as done"),
    Outcome.PARTLY: N_("Reported as partly done"),
    Outcome.NOT_DONE: N_("Reported as not done"),
    Outcome.DIFFER: N_("Two versions"),
    Outcome.UNDER_WAY: N_("Said to be under way"),
    Outcome.ACTED: N_("Acted on"),
    Outcome.UNKNOWN: N_("No news"),
    Outcome.LATE: N_("Term passed, no news"),
    Outcome.PROPOSED: N_("Only proposed"),
}
SENTENCES = {
    Outcome.DONE: N_("It is reported as done."),
    Outcome.PARTLY: N_("It is reported as done in part."),
    Outcome.NOT_DONE: N_("It is reported as not done."),
    Outcome.DIFFER: N_("The two sides say different things about it."),
    Outcome.UNDER_WAY: N_("Its source says that it is under way; nobody has told more since."),
    Outcome.ACTED: N_("It was acted on; no side has reported yet what came of it."),
    Outcome.UNKNOWN: N_("Nobody has told yet what came of it."),
    Outcome.LATE: N_("Its time has passed, and nobody has told what came of it."),
    Outcome.PROPOSED: N_("One side proposed it; no source says that the other agreed."),
}
ANSWERS = {
    Answer.DONE: N_("done"),
    Answer.PARTLY: N_("done in part"),
    Answer.NOT_DONE: N_("not done"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: its name, how far it is known, what it says, where its evidence is, and how it is drawn.

    `shape` is a symbol of `components/thread_marks.html`; `sheets` are the fills of the two sides' sheets in `reports`;
    `number` stands beside more acts than are drawn.
    """

    code: str
    name: str
    state: Knowledge
    text: str
    href: str
    shape: str
    sheets: tuple[Answer, ...] = ()
    number: str = ""

    @property
    def heard(self) -> str:
        """The mark's name and what it says in one line, for those who hear a list."""
        return gettext("%(who)s: %(answer)s") % {"who": self.name, "answer": self.text}


@dataclass(frozen=True, slots=True)
class DrawnThread:
    """A thread with its four marks and its outcome: a word for lists (`verdict`), a sentence for pages."""

    outcome: Outcome
    verdict: str
    sentence: str
    marks: tuple[Mark, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Behind:
    """What a commitment's first mark rests on: its instrument, the meeting it was said at, how many sources tell it."""

    instrument: InstrumentView | None
    meeting: MeetingView | None
    sources: int


def draw_threads(
    node: Node,
    commitments: Iterable[CommitmentView],
    *,
    instruments: Iterable[InstrumentView] = (),
    meetings: Iterable[MeetingView] = (),
) -> dict[UUID, DrawnThread]:
    """Return the threads of commitments by their ids; the queries do not grow with their number.

    `instruments` and `meetings` that a page has read already are not read again.
    """
    found = tuple(commitments)
    behind = _read_behind(node, found, {item.id: item for item in instruments}, {item.id: item for item in meetings})
    today = node.clock.now().date()
    return {item.id: draw_thread(item, behind[item.id], today) for item in found}


def draw_thread(commitment: CommitmentView, behind: Behind, today: date) -> DrawnThread:
    """Return the thread of one commitment as of `today`."""
    thread = derive_thread(
        commitment.status,
        commitment.period,
        [Counted(item.period, item.total, item.one_sided, item.answered_in_time) for item in commitment.progress],
        [Graded(item.period, item.method, item.grade) for item in commitment.assessments],
        today,
    )
    page = reverse("register:commitment", args=[commitment.id])
    marks = (
        _said(thread, behind, page),
        _acts(thread, page),
        _reports(thread, commitment, behind, page),
        _proof(thread, commitment, page),
    )
    return DrawnThread(
        thread.outcome, gettext(VERDICTS[thread.outcome]), gettext(SENTENCES[thread.outcome]), marks, thread.known
    )


def threads_of(request: HttpRequest) -> dict[UUID, DrawnThread]:
    """Return the threads that were read for the page so far, to be added to; what is in it is not read again."""
    found: dict[UUID, DrawnThread] | None = getattr(request, "threads_read", None)
    if found is None:
        found = request.threads_read = {}  # type: ignore[attr-defined]  # a request carries what its page has read
    return found


def choose_shown(
    candidates: Sequence[tuple[CommitmentView, DrawnThread]], language: str
) -> tuple[CommitmentView, DrawnThread] | None:
    """Return the promise that a first page shows, None without any: by rule, never by hand.

    One in the reader's language that can be quoted whole; of these the one of which most is known; among equals the
    first given.
    """

    def rank(item: tuple[CommitmentView, DrawnThread]) -> tuple[bool, bool, int]:
        commitment, thread = item
        text = commitment.texts.get(language, "")
        return not text, len(text) > LONGEST_QUOTED, -thread.known

    return min(candidates, key=rank, default=None)


def _read_behind(
    node: Node,
    commitments: Sequence[CommitmentView],
    instruments: dict[InstrumentId, InstrumentView],
    meetings: dict[MeetingId, MeetingView],
) -> Mapping[UUID, Behind]:
    ids = {item.instrument_id for item in commitments if item.instrument_id} - set(instruments)
    if ids:
        instruments |= {one.id: one for one in list_instruments(node, ids=ids, limit=len(ids))}
    at = {
        item.id: item.meeting_id or getattr(instruments.get(item.instrument_id), "meeting_id", None)  # type: ignore[arg-type]
        for item in commitments
    }
    places = {one for one in at.values() if one} - set(meetings)
    if places:
        meetings |= {one.id: one for one in list_meetings(node, ids=places, limit=len(places))}
    sources = count_sources_of_many(node, FactKind.COMMITMENT, [item.id for item in commitments]) if commitments else {}
    return {
        item.id: Behind(
            instruments.get(item.instrument_id) if item.instrument_id else None,
            meetings.get(meeting) if (meeting := at[item.id]) else None,
            sources.get(item.id, 0),
        )
        for item in commitments
    }


def _mark(code: str, state: Knowledge, text: str, page: str, shape: str) -> Mark:
    return Mark(code, gettext(NAMES[code]), state, text, f"{page}#{code}", shape)


def _said(thread: Thread, behind: Behind, page: str) -> Mark:
    signed = _latest(behind.instrument, SIGNED)
    day = (signed and signed.date) or (behind.meeting and behind.meeting.date)
    place = name_town(behind.meeting.place).text if behind.meeting and behind.meeting.place else ""
    when = ", ".join(part for part in (edtf(day) if day else "", place) if part)
    parts = [when, gettext("in a signed text") if signed else ""]
    if behind.sources:
        parts.append(ngettext("%(number)s source", "%(number)s sources", behind.sources) % {"number": behind.sources})
    if thread.half_said:
        parts.append(gettext("by one side"))
    shape = "half" if thread.half_said else "said"
    return _mark("said", Knowledge.KNOWN, " · ".join(part for part in parts if part), page, shape)


def _acts(thread: Thread, page: str) -> Mark:
    if not thread.acted:
        return _mark("acts", Knowledge.OPEN, gettext("No act is recorded."), page, "open")
    number = thread.requests
    text = ngettext("%(number)s request counted, %(period)s", "%(number)s requests counted, %(period)s", number) % {
        "number": number,
        "period": thread.period,
    }
    answered = gettext("%(count)s of %(total)s") % {"count": thread.in_time, "total": number}
    in_time = gettext("%(who)s: %(answer)s") % {"who": gettext("Answered in time"), "answer": answered}
    mark = _mark("acts", Knowledge.KNOWN, f"{text} · {in_time}", page, f"acts-{min(number, MOST_TICKS)}")
    return replace(mark, number=str(number) if number > MOST_TICKS else "")


def _reports(thread: Thread, commitment: CommitmentView, behind: Behind, page: str) -> Mark:
    reports = thread.reports
    if thread.reported is not Knowledge.KNOWN:
        shape = "late" if thread.reported is Knowledge.LATE else "open"
        return _mark("reports", thread.reported, _unreported(thread, commitment, behind), page, shape)
    mark = _mark("reports", Knowledge.KNOWN, _reported(reports), page, _fork(thread))
    return replace(mark, sheets=reports.sides if reports.voices else (_alone(reports),))


def _alone(reports: Reports) -> Answer:
    if reports.told is None:
        return reports.independent
    return Answer.DONE if reports.told is CommitmentStatus.DONE else Answer.PARTLY


def _fork(thread: Thread) -> str:
    """Return how the line runs through the reports: past one sheet, forked to two, or parted where they differ."""
    if not thread.reports.voices:
        return "through"
    if thread.outcome is Outcome.DIFFER:
        return "part"
    return "join" if thread.reports.voices > 1 else ("own" if thread.reports.own is not Answer.NONE else "partner")


def _reported(reports: Reports) -> str:
    if reports.told is CommitmentStatus.DONE:
        return gettext("The source itself says that it was done; no side has reported since.")
    if reports.told is not None:
        return gettext("The source itself says that it is under way; no side has reported since.")
    parts = [
        _spoken(method, answer)
        for method, answer in (
            (AssessmentMethod.OWN_REPORT, reports.own),
            (AssessmentMethod.PARTNER_REPORT, reports.partner),
        )
        if reports.voices
    ]
    if reports.independent is not Answer.NONE:
        parts.append(_spoken(AssessmentMethod.INDEPENDENT, reports.independent))
    return f"{reports.period}. {' · '.join(parts)}"


def _spoken(method: AssessmentMethod, answer: Answer) -> str:
    if answer is Answer.NONE:
        return (
            gettext("this ministry has not reported")
            if method is AssessmentMethod.OWN_REPORT
            else gettext("the partner has not reported")
        )
    return gettext("%(who)s: %(answer)s") % {"who": term(method), "answer": gettext(ANSWERS[answer])}


def _unreported(thread: Thread, commitment: CommitmentView, behind: Behind) -> str:
    reviewed = _latest(behind.instrument, {ActionKind.REVIEWED})
    if reviewed is not None:
        on = {"date": edtf(reviewed.date)}
        if reviewed.date is None:
            return gettext("Its text was reviewed; what came of this promise was not told.")
        return gettext("Its text was reviewed on %(date)s; what came of this promise was not told.") % on
    if thread.reported is Knowledge.LATE:
        return gettext("Its term ended with %(period)s; no side has reported.") % {"period": _until(commitment.period)}
    return gettext("No side has reported.")


def _until(period: str) -> str:
    try:
        return edtf(PartialDate(PartialDate(period).end))
    except NotADate:
        return period


def _proof(thread: Thread, commitment: CommitmentView, page: str) -> Mark:
    if thread.proven:
        text = gettext("In the journals of both sides, %(period)s") % {"period": thread.period}
        return _mark("proof", Knowledge.KNOWN, text, page, "proof")
    text = (
        gettext("The promise is signed by both; nothing signed says what came of it.")
        if commitment.source is SourceOfCommitment.SIGNED_TEXT
        else gettext("Nothing signed by both says what came of it.")
    )
    return _mark("proof", Knowledge.OPEN, text, page, "open")


def _latest(instrument: InstrumentView | None, kinds: Iterable[ActionKind]) -> ActionView | None:
    wanted = set(kinds)
    acts = [item for item in instrument.actions if item.kind in wanted] if instrument else []
    return acts[-1] if acts else None
