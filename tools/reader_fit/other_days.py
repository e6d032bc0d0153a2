"""Rows of the decision `other_day`: which dates are those of earlier or coming events."""

from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.reader.domain.mentions import find_mentions
from entraide.reader.domain.other_days import DECISION, EARLIER, LATER, NONE, other_day_candidates
from tools.reader_fit.fitting import Demand, Row, Rows
from tools.reader_fit.gold import same_date
from tools.reader_fit.opened import Opened
from tools.reader_fit.texts import Annotated

LABELS = (NONE, EARLIER, LATER)
NAME = DECISION
STRENGTH = 0.15


def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
    """Add the dates of one text, without those of the reported meetings."""
    facts, syntax = opened.facts, opened.syntax
    own = [date for meeting in annotated.gold.get("meetings", ()) if (date := _date(meeting.get("date")))]
    candidates = other_day_candidates(facts, syntax, find_mentions(facts, syntax), own)
    wanted = [
        (str(r["date"]), str(r.get("when") or EARLIER)) for r in annotated.gold.get("references", ()) if r.get("date")
    ]
    first = len(data.rows)
    shared: dict[tuple[str, str], list[int]] = {}
    for number, candidate in enumerate(candidates):
        named = next(((date, when) for date, when in wanted if same_date(date, candidate.date.value)), None)
        if named is not None:
            shared.setdefault(named, []).append(first + number)
        open_to = frozenset({NONE} if named is None else {named[1]})
        data.rows.append(Row(candidate.features, open_to, annotated.name, annotated.weight))
    for (_, when), rows in shared.items():
        data.demands.append(Demand(when, tuple(rows)))


def _date(value: object) -> PartialDate | None:
    try:
        return PartialDate(str(value)) if value else None
    except NotADate:
        return None
