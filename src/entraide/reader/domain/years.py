"""A missing year: from the plans (one year's reviewed, the next one's signed) or from the day of the week."""

from dataclasses import replace
from datetime import date

import regex

from entraide.kernel.partial_dates import DateBasis, NotADate, PartialDate
from entraide.reader.domain.calendar import DateContext, resolve
from entraide.reader.domain.dates import DateMention
from entraide.reader.domain.deeds import Deed
from entraide.reader.domain.document import Document
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts

_EARLY, _LATE = 4, 10
_YEAR = regex.compile(r"(?<![\w/-])(?:19|20)[0-9][0-9](?!\w)")
_LEAD_WEEKDAYS = 2
_LONGEST_VISIT = 14


def year_of_weekday(document: Document, dates: tuple[DateMention, ...]) -> int | None:
    """`Dakar, 29 août - ... jeudi` in a text that speaks of 2024: the only year named in which it is a Thursday."""
    years = {int(match.group()) for match in _YEAR.finditer(document.text)}
    dateline = next((block for block in document.blocks if block.body_start > block.start), None)
    issued = [m for m in dates if dateline and m.exact and dateline.start <= m.start < dateline.body_start]
    spoken = [m for m in dates if m.weekday is not None and m.month is None and not m.turn][:_LEAD_WEEKDAYS]
    days = [m for m in dates if m.exact and m.weekday is not None and m.year is None]
    if issued and not issued[0].year and spoken:
        days.append(replace(issued[0], weekday=spoken[0].weekday))
    fitting = {year for mention in days for year in years if _falls_on(mention, year)}
    return fitting.pop() if len(fitting) == 1 else None


def _falls_on(mention: DateMention, year: int) -> bool:
    try:
        return date(year, mention.month or 1, mention.day or 1).weekday() == mention.weekday
    except ValueError:
        return False


def with_window(context: DateContext, dates: tuple[DateMention, ...]) -> DateContext:
    """Return the context with the days of the visit, where the text states a range and no day of issue is known."""
    if context.full is not None:
        return context
    for mention in dates:
        found = resolve(mention, context) if mention.last_day is not None else None
        if found is not None and found.year and "X" not in found.value:
            first, last = found.earliest, PartialDate(found.end).earliest
            return replace(context, window=(first, last)) if 0 < (last - first).days < _LONGEST_VISIT else context
    return context


def infer_years(facts: Facts, meetings: list[Event], deeds: list[Deed]) -> None:
    """Replace the unknown year of meetings and signed instruments where the plans' periods say it."""
    if facts.context.year is not None:
        return
    signed = {
        int(deed.period[:4]) for deed in deeds if deed.period and deed.status == "signed" and len(deed.period) == 4
    }
    reviewed = {int(deed.period[:4]) for deed in deeds if deed.period and deed.status == "reviewed"}
    if len(signed) != 1 or (reviewed and reviewed != {min(signed) - 1}):
        return
    year = min(signed)
    items: list[Event | Deed] = [*meetings, *deeds]
    for item in items:
        if item.date is not None and item.date.value.startswith("XXXX-"):
            month = int(item.date.value[5:7])
            chosen = year if month <= _EARLY else year - 1 if month >= _LATE else None
            date = _in_year(item.date, chosen) if chosen else None
            if date:
                item.date = date
                if "date" in item.marks:
                    item.marks["date"] = item.marks["date"]._replace(
                        basis="inferred", reason="the year follows from the plans' years"
                    )


def _in_year(date: PartialDate, year: int) -> PartialDate | None:
    """The date in that year, or None when the year has no such day: the 29th of February."""
    try:
        return PartialDate(date.value.replace("XXXX", f"{year:04}"), DateBasis.INFERRED)
    except NotADate:
        return None
