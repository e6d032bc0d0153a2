"""Which announced meetings are still expected: what is on record closes what was announced (`domain.timeline`)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from entraide.kernel.node import Node
from entraide.programme.domain.dates import date_of
from entraide.programme.domain.timeline import TimedMeeting, TimedMention, is_closed
from entraide.programme.models import Meeting, MeetingReference


def keep_open(node: Node, rows: Iterable[MeetingReference]) -> list[MeetingReference]:
    """Return those announcements (with their `meeting` read) that no recorded meeting closes, in one query."""
    told = list(rows)
    if not told:
        return []
    held: defaultdict[UUID, list[tuple[UUID | None, TimedMeeting]]] = defaultdict(list)
    with node.active():
        found = Meeting.objects.filter(mechanism_id__in={row.meeting.mechanism_id for row in told})
        for id_, mechanism, series, ordinal, value, basis in found.values_list(
            "id", "mechanism_id", "series_id", "ordinal", "date", "date_basis"
        ):
            held[mechanism].append((series, TimedMeeting(id_, ordinal, date_of(value, basis))))
    return [row for row in told if not _is_closed(row, held[row.meeting.mechanism_id])]


def _is_closed(row: MeetingReference, held: Sequence[tuple[UUID | None, TimedMeeting]]) -> bool:
    own = [meeting for series, meeting in held if row.series_id is not None and series == row.series_id]
    others = [meeting for series, meeting in held if row.series_id is None or series != row.series_id]
    mention = TimedMention(row.id, row.meeting_id, row.ordinal, date_of(row.date, row.date_basis), later=True)
    return is_closed(mention, own, others, _day_of(row.meeting))


def _day_of(meeting: Meeting) -> dt.date | None:
    return TimedMeeting(meeting.id, meeting.ordinal, date_of(meeting.date, meeting.date_basis)).day
