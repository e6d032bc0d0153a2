"""Resolving dates: missing years from the header, weekdays against a full date, and nothing where neither is known."""

from dataclasses import dataclass
from datetime import date, timedelta

from entraide.kernel.partial_dates import DateBasis, NotADate, PartialDate
from entraide.reader.domain.dates import DateMention

_HALF_YEAR = 6


@dataclass(frozen=True, slots=True)
class DateContext:
    """What the header (or the page's stamp) says: year, perhaps month and day, and its basis.

    `window` are the days of the visit that the text is about, where it states them.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    basis: DateBasis = DateBasis.HEADER
    window: tuple[date, date] | None = None

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


def resolve(mention: DateMention, context: DateContext, *, future: bool = False) -> PartialDate | None:
    """Return the date that `mention` means, or None when that cannot be said.

    `future` says that the event is still to come: a missing year then never lies before the header.
    """
    try:
        if mention.relative is not None:
            return _relative(mention, context)
        if mention.turn.startswith("year"):
            return PartialDate(f"{context.year + int(mention.turn[4:]):04}", context.basis) if context.year else None
        if mention.month is None and mention.weekday is not None:
            return _weekday(mention, context, future=future)
        if mention.month is None:
            return PartialDate(f"{mention.year:04}") if mention.year else None
        return _dated(mention, context, future=future)
    except NotADate:
        return None


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
    if context.year is None or context.month is None:
        return context.year
    if turn == "last" and month > context.month:
        return context.year - 1
    if turn == "next" and month < context.month:
        return context.year + 1
    if future and context.month - month >= _HALF_YEAR:
        return context.year + 1
    if not future and month - context.month >= _HALF_YEAR:
        return context.year - 1
    return context.year


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
    if mention.turn == "same" or mention.relative is None:
        return None
    today = context.full
    if today is None:
        return context.month_only
    return PartialDate((today + timedelta(days=mention.relative)).isoformat(), context.basis)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
