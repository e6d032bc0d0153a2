"""Resolving dates: missing years from the header, weekdays against a full date, and nothing where neither is known."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from entraide.kernel.partial_dates import DateBasis, NotADate, PartialDate
from entraide.reader.domain.dates import DateMention

_HALF_YEAR = 6


@dataclass(frozen=True, slots=True)
class DateContext:
    """What the header (or the page's stamp) says: year, perhaps month and day, and its basis.

    `window` are the days of the visit that the text is about, where it states them; `event` is the day of what was told
    before, from which `la veille` counts.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    basis: DateBasis = DateBasis.HEADER
    window: tuple[date, date] | None = None
    event: date | None = None

    @property
    def full(self) -> date | None:
        """The header's day, when it states one."""
        if self.year and self.month and self.day:
            return _day(self.year, self.month, self.day)
        return None

    @property
    def month_only(self) -> PartialDate | None:
        """The header's month, as the least that is known of an undated event."""
        return PartialDate(f"{self.year:04}-{self.month:02}", self.basis) if self.year and self.month else None


def context_of(header: str | None) -> DateContext:
    """Return the context for the header's EDTF value."""
    if not header:
        return DateContext()
    parts = [int(part) for part in header.split("-")]
    year, month, day = [*parts, None, None][:3]
    return DateContext(year, month, day)


def with_event(context: DateContext, days: list[PartialDate]) -> DateContext:
    """Return the context in which `la veille` is counted from the first of `days`, where that is one known day."""
    known = bool(days) and len(days[0].start) == len("2020-01-01") and "X" not in days[0].start
    return replace(context, event=days[0].earliest) if known else context


def resolve(mention: DateMention, context: DateContext, *, future: bool = False) -> PartialDate | None:
    """Return the date that `mention` means, or None when that cannot be said.

    `future` says that the event is still to come: a missing year then never lies before the header.
    """
    try:
        if mention.relative is not None:
            return _relative(mention, context)
        if mention.month is not None:
            return _dated(mention, context, future=future)
        if mention.day is not None:
            return _day_alone(mention.day, context, future=future)
        return _weekday(mention, context, future=future) if mention.weekday is not None else _year(mention, context)
    except NotADate:
        return None


def _year(mention: DateMention, context: DateContext) -> PartialDate | None:
    if mention.turn.startswith("year"):
        return PartialDate(f"{context.year + int(mention.turn[4:]):04}", context.basis) if context.year else None
    return PartialDate(f"{mention.year:04}") if mention.year else None


def _dated(mention: DateMention, context: DateContext, *, future: bool) -> PartialDate | None:
    month = mention.month or 1
    year, basis = mention.year, DateBasis.STATED
    if year is None:
        year, basis = _year_near(mention.last_month or month, context, future=future, turn=mention.turn), context.basis
        if year is None:
            basis = DateBasis.STATED
    written = "XXXX" if year is None else f"{year:04}"
    if mention.day is None:
        return PartialDate(f"{written}-{month:02}", basis) if year else None
    if mention.last_day is None:
        return PartialDate(f"{written}-{month:02}-{mention.day:02}", basis)
    last_month = mention.last_month or month
    last_year = mention.last_year or (year + 1 if year and mention.year is not None and last_month < month else year)
    if year and mention.year is None and last_month < month:
        written = f"{year - 1:04}"
    last = "XXXX" if last_year is None else f"{last_year:04}"
    return PartialDate(f"{written}-{month:02}-{mention.day:02}/{last}-{last_month:02}-{mention.last_day:02}", basis)


def _year_near(month: int, context: DateContext, *, future: bool, turn: str) -> int | None:
    if context.year is None or (context.month is None and not turn.startswith("year")):
        return context.year
    return context.year + (int(turn[4:]) if turn.startswith("year") else _years_off(month, context, future, turn))


def _years_off(month: int, context: DateContext, future: bool, turn: str) -> int:  # noqa: FBT001
    """-1 for a month of the year before the header's, 1 for one of the year after, where words or tense say so."""
    apart = month - (context.month or month)
    if turn == "next" or (future and turn != "last"):
        return int(apart < 0 if turn == "next" else -apart >= _HALF_YEAR)
    return -int(apart > 0 if turn == "last" else apart >= _HALF_YEAR)


def _weekday(mention: DateMention, context: DateContext, *, future: bool) -> PartialDate | None:
    today = context.full
    if today is None or mention.weekday is None:
        return _within(mention, context) or context.month_only
    back = (today.weekday() - mention.weekday) % 7
    if mention.turn == "next" or (future and mention.turn != "last"):
        day = today + timedelta(days=(mention.weekday - today.weekday()) % 7 or 7)
    else:
        day = today - timedelta(days=7 if back == 0 and mention.turn == "last" else back)
    return PartialDate(day.isoformat(), DateBasis.WEEKDAY)


def _within(mention: DateMention, context: DateContext) -> PartialDate | None:
    """`du 6 au 10 novembre ... Le mardi`: the only such day of the visit."""
    if context.window is None or mention.weekday is None:
        return None
    first, last = context.window
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    fitting = [day for day in days if day.weekday() == mention.weekday]
    return PartialDate(fitting[0].isoformat(), DateBasis.WEEKDAY) if len(fitting) == 1 else None


def _relative(mention: DateMention, context: DateContext) -> PartialDate | None:
    if mention.relative is None or (mention.turn == "event" and mention.relative == 0 and context.event is None):
        return None
    today = context.event if mention.turn == "event" and context.event else context.full
    if today is None:
        return context.month_only
    return PartialDate((today + timedelta(days=mention.relative)).isoformat(), context.basis)


def _day_alone(day: int, context: DateContext, *, future: bool) -> PartialDate | None:
    """`on the 21st`: of the header's month, or the one before where that day had not come yet."""
    if context.year is None or context.month is None:
        return None
    past = context.day is not None and day > context.day and not future
    year, month = (context.year - 1, 12) if past and context.month == 1 else (context.year, context.month - past)
    return PartialDate(f"{year:04}-{month:02}-{day:02}", context.basis)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
