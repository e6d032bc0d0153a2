"""Rows of the decisions `meeting_day` and `meeting_place`: which date and which place is the meeting's."""

from collections.abc import Mapping
from typing import Any

from entraide.reader.domain import meeting_days, meeting_places
from entraide.reader.domain.mentions import Mention, find_mentions
from tools.reader_fit.fitting import Demand, Row, Rows
from tools.reader_fit.gold import same_date, same_place
from tools.reader_fit.meetings import _fits, _is, _is_named
from tools.reader_fit.opened import Opened
from tools.reader_fit.texts import Annotated

Candidate = tuple[tuple[str, ...], str]


def _mentions_of(mentions: list[Mention], meeting: Mapping[str, Any], *, alone: bool) -> list[Mention]:
    """The mentions that may be this meeting's: with several meetings those that its number or day points at."""
    sure = [
        mention
        for mention in mentions
        if (_is(mention, meeting) or _is_named(mention, meeting)) and _fits(mention, meeting)
    ]
    if sure:
        return sure
    loose = [mention for mention in mentions if _fits(mention, meeting) and mention.kind in {"noun", "verb", "visit"}]
    return loose[: 2 if alone else 1] or mentions[:1]


class Days:
    """The decision `meeting_day`."""

    NAME = meeting_days.DECISION
    LABELS = (meeting_days.NONE, meeting_days.CHOSEN)
    STRENGTH = 0.3

    @staticmethod
    def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
        """Add the dates of one text for each of its meetings."""
        facts, syntax = opened.facts, opened.syntax

        def candidates(mentions: list[Mention]) -> list[Candidate]:
            return [(day.features, day.date.value) for day in meeting_days.day_candidates(facts, syntax, mentions)]

        _add(data, annotated, opened, "date", candidates, same_date)


class Places:
    """The decision `meeting_place`."""

    NAME = meeting_places.DECISION
    LABELS = (meeting_places.NONE, meeting_places.CHOSEN)
    STRENGTH = 0.3

    @staticmethod
    def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
        """Add the places of one text for each of its meetings."""
        facts, syntax = opened.facts, opened.syntax

        def candidates(mentions: list[Mention]) -> list[Candidate]:
            return [(spot.features, spot.text) for spot in meeting_places.place_candidates(facts, syntax, mentions)]

        _add(data, annotated, opened, "place", candidates, same_place)


def _add(data: Rows, annotated: Annotated, opened: Opened, field: str, candidates: Any, same: Any) -> None:  # noqa: ANN401
    mentions = find_mentions(opened.facts, opened.syntax)
    meetings = annotated.gold.get("meetings", ())
    for meeting in meetings if mentions else ():
        own = _mentions_of(mentions, meeting, alone=len(meetings) == 1)
        gold = str(meeting.get(field) or "")
        places = []
        for features, value in candidates(own):
            right = bool(gold) and same(gold, value)
            if right:
                places.append(len(data.rows))
            data.rows.append(
                Row(features, frozenset({"none", "chosen"} if right else {"none"}), annotated.name, annotated.weight)
            )
        if places:
            data.demands.append(Demand("chosen", tuple(places)))
