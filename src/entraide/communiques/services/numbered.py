"""The series of a numbered meeting, also when a text names it in another language or only as "the 6th conference"."""

import re
from uuid import UUID

from entraide.communiques.domain.proposals import Fields, ProposalKind
from entraide.communiques.services.context import Desk, date_of
from entraide.kernel.ids import MechanismId, MeetingId, SeriesId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    Level,
    MeetingView,
    ensure_series,
    find_series,
    get_meeting,
    list_meetings,
    list_references,
    name_series,
)
from entraide.programme.domain.dates import DateRelation, relate_dates
from entraide.reader.domain.folding import fold_characters

MOST_MEETINGS = 500
GENERIC_WORDS = 2
"""A name of so many words, ordinals left out, is no name of its own: "6e conférence", "hội nghị lần thứ 6"."""
_ORDINAL_WORDS = frozenset({"the", "la", "le", "lan", "thu", "en", "in", "nam", "vao"})


def keep_series(desk: Desk, mechanism: MechanismId, fields: Fields, same_as: UUID | None) -> SeriesId | None:
    """Return the series of a numbered meeting, created when there is none; a meeting without a number has none here.

    `same_as` is the meeting that it is; then its series counts. The name that the text gives a known series is added
    to it, so that the next text in this language finds it by name.
    """
    if not _is_numbered(fields):
        return None
    known = get_meeting(desk.node, MeetingId(same_as)).series if same_as is not None else None
    series = known.id if known else find_series_of(desk, mechanism, fields)
    if series is None:
        return ensure_series(
            desk.node,
            actor=desk.actor,
            mechanism_id=mechanism,
            level=_level(fields),
            names={desk.language: fields["series"]},
        )
    if not _is_generic(fields["series"]):
        name_series(desk.node, actor=desk.actor, series_id=series, language=desk.language, name=fields["series"])
    return series


def find_series_of(desk: Desk, mechanism: MechanismId, fields: Fields) -> SeriesId | None:
    """Return the series that a numbered meeting's name points to, or None.

    (1) A name that is none of its own means the series of the meeting that the source is about. (2) The same name at
    the same level. That a number is also one of a series with another name is asked about (`list_same_number`).
    """
    if not _is_numbered(fields):
        return None
    return _series_beside(desk, fields) or find_series(mechanism, _level(fields), fields["series"])


def _series_beside(desk: Desk, fields: Fields) -> SeriesId | None:
    """Return the series of the meeting that a proposal rests on, where its own name for the series says nothing."""
    if not fields.get("meeting") or not _is_generic(fields["series"]):
        return None
    meeting = desk.proposals[fields["meeting"]]
    if meeting.kind != ProposalKind.MEETING or not meeting.fact_id:
        return None
    series = get_meeting(desk.node, MeetingId(meeting.fact_id)).series
    return series.id if series else None


def list_same_number(desk: Desk, mechanism: MechanismId, fields: Fields) -> list[tuple[MeetingView, bool]]:
    """Return the mechanism's meetings of the same number whose dates do not contradict, each with whether it is likely
    the same; the series may have a name in another language.

    Likely: the same day; or dates that agree as far as they go, at the same level, in a series that has no name yet in
    the text's language; or the same number mentioned by another source of the meeting that the text is about.
    """
    if not _is_numbered(fields):
        return []
    given = date_of(fields)
    mentioned = _mentioned_beside(desk, fields)
    found = []
    for item in list_meetings(desk.node, mechanism_id=mechanism, limit=MOST_MEETINGS):
        relation = relate_dates(item.date, given) if item.date and given else None
        if item.ordinal == fields["ordinal"] and relation is not DateRelation.CONTRADICTS:
            agreeing = relation is not None and _is_unnamed(item, desk.language, _level(fields))
            found.append((item, _is_same_day(relation, given) or agreeing or item.id in mentioned))
    return found


def _is_same_day(relation: DateRelation | None, given: PartialDate | None) -> bool:
    """Whether a date is equal to the one that is given, and that is known to the day."""
    return relation is DateRelation.EQUAL and given is not None and len(given.start) == 10


def _is_unnamed(meeting: MeetingView, language: str, level: Level) -> bool:
    """Whether the meeting's series is of `level` and has no name in `language` yet."""
    series = meeting.series
    return series is not None and language not in series.names and series.level is level


def _mentioned_beside(desk: Desk, fields: Fields) -> set[UUID]:
    """Return the meetings that other sources of the text's own meeting mention under the same number."""
    meeting = desk.proposals.get(fields.get("meeting", ""))
    if meeting is None or meeting.fact_id is None or meeting.kind != ProposalKind.MEETING:
        return set()
    told = list_references(desk.node, MeetingId(meeting.fact_id))
    return {item.referred_id for item in told if item.referred_id and item.ordinal == fields["ordinal"]}


def _is_numbered(fields: Fields) -> bool:
    return fields["ordinal"] is not None and bool(fields["series"])


def _is_generic(name: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", fold_characters(name))
    return len([word for word in words if word not in _ORDINAL_WORDS]) <= GENERIC_WORDS


def _level(fields: Fields) -> Level:
    return Level(fields["level"]) if fields["level"] else Level.MINISTER
