"""The series of a numbered meeting, also when a text names it in another language or only as "the 6th conference"."""

import re
from uuid import UUID

from entraide.communiques.domain.proposals import Fields, ProposalKind
from entraide.communiques.domain.reader.folding import fold_characters
from entraide.communiques.services.context import Desk, date_of
from entraide.kernel.ids import MechanismId, MeetingId, SeriesId
from entraide.programme.api import Level, MeetingView, ensure_series, find_series, get_meeting, list_meetings
from entraide.programme.domain.dates import DateRelation, relate_dates

MOST_MEETINGS = 500
GENERIC_WORDS = 2
"""A name of so many words, ordinals left out, is no name of its own: "6e conférence", "hội nghị lần thứ 6"."""
_ORDINAL_WORDS = frozenset({"the", "la", "le", "lan", "thu", "en", "in", "nam", "vao"})


def keep_series(desk: Desk, mechanism: MechanismId, fields: Fields, same_as: UUID | None) -> SeriesId | None:
    """Return the series of a numbered meeting, created when there is none; a meeting without a number has none here.

    `same_as` is the meeting that a person says it is; then its series counts.
    """
    if not _is_numbered(fields):
        return None
    if same_as is not None:
        own = get_meeting(MeetingId(same_as)).series
        if own is not None:
            return own.id
    known = find_series_of(desk, mechanism, fields)
    return known or ensure_series(
        desk.node,
        actor=desk.actor,
        mechanism_id=mechanism,
        level=_level(fields),
        names={desk.language: fields["series"]},
    )


def find_series_of(desk: Desk, mechanism: MechanismId, fields: Fields) -> SeriesId | None:
    """Return the series that a numbered meeting's name, number or day points to, or None.

    (1) A name that is none of its own means the series of the meeting that the source is about. (2) A like name at the
    same level. (3) A meeting of the same number on the same day.
    """
    if not _is_numbered(fields):
        return None
    if fields.get("meeting") and _is_generic(fields["series"]):
        meeting = desk.proposals[fields["meeting"]]
        own = get_meeting(MeetingId(meeting.fact_id)).series if meeting.fact_id else None
        if meeting.kind == ProposalKind.MEETING.value and own is not None:
            return own.id
    named = find_series(mechanism, _level(fields), fields["series"])
    if named is not None:
        return named
    same_day = (item for item, equal in list_same_number(mechanism, fields) if equal and item.series is not None)
    return next((item.series.id for item in same_day if item.series is not None), None)


def list_same_number(mechanism: MechanismId, fields: Fields) -> list[tuple[MeetingView, bool]]:
    """Return the mechanism's meetings of the same number whose dates do not contradict, each with whether the day is
    the same; the series may have a name in another language.
    """
    if not _is_numbered(fields):
        return []
    given = date_of(fields)
    found = []
    for item in list_meetings(mechanism_id=mechanism, limit=MOST_MEETINGS):
        if item.ordinal != fields["ordinal"]:
            continue
        relation = relate_dates(item.date, given) if item.date and given else None
        if relation is not DateRelation.CONTRADICTS:
            found.append((item, relation is DateRelation.EQUAL and given is not None and len(given.start) == 10))
    return found


def _is_numbered(fields: Fields) -> bool:
    return fields["ordinal"] is not None and bool(fields["series"])


def _is_generic(name: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", fold_characters(name))
    return len([word for word in words if word not in _ORDINAL_WORDS]) <= GENERIC_WORDS


def _level(fields: Fields) -> Level:
    return Level(fields["level"]) if fields["level"] else Level.MINISTER
