"""A mechanism's meetings as a table that says the same as the drawing: recorded, only mentioned, missing, due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from entraide.programme.api import Lane, MechanismView, MeetingView, ReferenceView, Timeline
from entraide.web.naming import name_town
from entraide.web.register.drawing import lane_names
from entraide.web.register.due import due_text
from entraide.web.templatetags.programme import basis, capitalised, edtf, meeting_title, numbered, term

UNDATED = -1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table: `kind` as in the drawing, `known` how it is known, with the page that shows it."""

    kind: str
    title: str
    href: str
    date: str
    basis: str
    place: str
    level: str
    known: str
    known_href: str
    position: float


def _positions(timeline: Timeline) -> dict[UUID, float]:
    """Return the place on the axis of every meeting that is recorded or told of."""
    marks = {mark.id: mark.position for lane in timeline.lanes for mark in lane.marks}
    return marks | {mention.id: mention.position for lane in timeline.lanes for mention in lane.mentions}


def list_entries(
    mechanism: MechanismView,
    timeline: Timeline,
    meetings: Sequence[MeetingView],
    references: Sequence[ReferenceView],
) -> tuple[Entry, ...]:
    """Return what the timeline holds, the latest first, at the end what has no date."""
    names = lane_names(mechanism)
    levels = {series.id: term(series.level) for series in mechanism.series}
    positions = _positions(timeline)
    entries = [_recorded(meeting, positions.get(meeting.id, UNDATED)) for meeting in meetings]
    places = {reference.id: name_town(reference.place).text for reference in references}
    own = frozenset(meeting.id for meeting in meetings)
    for lane in timeline.lanes:
        level = levels.get(lane.series_id, "")  # type: ignore[call-overload]  # None has no level
        lane = replace(lane, mentions=tuple(told for told in lane.mentions if told.id not in own))  # noqa: PLW2901
        entries += _unrecorded(lane, names[lane.series_id], level, places)
    return tuple(sorted(entries, key=lambda entry: -entry.position))


def _recorded(meeting: MeetingView, position: float) -> Entry:
    return Entry(
        kind="held" if meeting.reported else "mentioned",
        title=meeting_title(meeting),
        href=reverse("register:meeting", args=[meeting.id]),
        date=edtf(meeting.date),
        basis=basis(meeting.date),
        place=name_town(meeting.place).text,
        level=term(meeting.level) if meeting.level else "",
        known=gettext("recorded") if meeting.reported else gettext("only mentioned by the source of another meeting"),
        known_href="",
        position=position,
    )


def _unrecorded(lane: Lane, name: str, level: str, places: dict[UUID, str]) -> Iterable[Entry]:
    def entry(
        kind: str, ordinal: int | None, when: str, known: str, told_by: UUID | None, position: float, place: str = ""
    ) -> Entry:
        title = capitalised(numbered(ordinal, name))
        href = reverse("register:meeting", args=[told_by]) if told_by else ""
        return Entry(kind, title, "", when, "", place, level, known, href, position)

    unknown = gettext("date not known")
    mentioned = gettext("only mentioned by the source of another meeting")
    for told in lane.mentions:
        place = places.get(told.id, "")
        yield entry("mentioned", told.ordinal, edtf(told.date), mentioned, told.told_by, told.position, place)
    for gap in lane.missing:
        known = mentioned if gap.told_by else gettext("no source recorded")
        yield entry("mentioned" if gap.told_by else "missing", gap.ordinal, unknown, known, gap.told_by, gap.position)
    if lane.next_due is not None:
        due = lane.next_due
        when = edtf(due.date) if due.date else str(due.year)
        yield entry("overdue" if due.overdue else "due", due.ordinal, when, due_text(due), due.told_by, due.position)
