"""Pages of long lists: each is found by its cursor, never by counting the rows before it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from entraide.programme.domain.cursors import Cursor, parse_cursor, write_cursor
from entraide.programme.domain.lists import MOST_COUNTED, NEWEST, OLDEST, Page
from entraide.programme.models import MechanismParty


class Identified(Protocol):
    """A view with an id."""

    @property
    def id(self) -> UUID:
        """The id of the row."""


Item = TypeVar("Item", bound=Identified)


@dataclass(frozen=True, slots=True)
class ListOrder:
    """How a list is ordered: by `column` first, where there is one, then by the day, then by id; all `descending`."""

    column: str = ""
    descending: bool = True

    def columns(self, key: str) -> tuple[str, ...]:
        """Return the columns of the order, those of ids by their name."""
        return (*([self.column] if self.column else []), "listed_on", key)


BY_DAY = {NEWEST: ListOrder(), OLDEST: ListOrder(descending=False)}
"""The orders that every list has."""


class _Keys(NamedTuple):
    """The values, days and ids of a page's rows, and the cursors of its neighbours."""

    rows: Sequence[tuple[Any, ...]]
    next_cursor: str | None
    previous_cursor: str | None


def of_year(year: int | None) -> Q:
    """Return the condition that rows are listed on a day of `year`; none holds in a year that no calendar has."""
    if year is None:
        return Q()
    if not MINYEAR < year <= MAXYEAR:
        return Q(pk__in=())
    return Q(listed_on__gte=date(year, 1, 1), listed_on__lte=date(year, 12, 31))


def of_plan_year(year: int | None) -> Q:
    """Return the condition that rows cover `year`: its place among the first and the last year of their period."""
    if year is None:
        return Q()
    return Q(first_year__lte=f"{year:04}", last_year__gte=f"{year:04}")


def of_mechanisms(states: frozenset[str], mechanism_id: UUID | None) -> Q:
    """Return the condition that rows are of a mechanism, and of one to which all `states` are party."""
    wanted = Q(mechanism_id=mechanism_id) if mechanism_id else Q()
    return wanted & Q(mechanism_id__in=mechanisms_of(states)) if states else wanted


def mechanisms_of(states: frozenset[str]) -> list[UUID]:
    """Return the mechanisms to which all `states` are party; as a list, so that the database can see how few."""
    parties = MechanismParty.objects.filter(state__in=states).values("mechanism_id")
    having = parties.annotate(n=Count("state", distinct=True)).filter(n=len(states))
    return list(having.values_list("mechanism_id", flat=True))


def page_rows(
    rows: QuerySet[Any],
    key: str,
    read: Callable[[Sequence[UUID]], tuple[Item, ...]],
    cursor: str | None,
    limit: int,
    order: ListOrder = BY_DAY[NEWEST],
) -> Page[Item]:
    """Return the page at `cursor` of `rows`, which have a column `listed_on`; `read` makes the items of ids.

    `key` is the column of the ids. Raises `NotACursor`.
    """
    place = parse_cursor(cursor) if cursor else None
    descending = order.descending != (place is not None and place.backwards)
    columns = order.columns(key)
    by = [f"-{column}" if descending else column for column in columns]
    after = rows.filter(_beyond(place, columns, descending=descending)) if place else rows
    keys = _cut(after.order_by(*by).values_list(*columns)[: limit + 1], place, limit)
    ids = [row[-1] for row in keys.rows]
    by_id = {item.id: item for item in (read(ids) if ids else ())}
    items = tuple(by_id[identifier] for identifier in ids if identifier in by_id)
    count = count_rows(rows)
    return Page(items, keys.next_cursor, keys.previous_cursor, min(count, MOST_COUNTED), count <= MOST_COUNTED)


def count_rows(rows: QuerySet[Any]) -> int:
    """Return how many rows there are, at most one more than are counted."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def _beyond(place: Cursor, columns: Sequence[str], *, descending: bool) -> Q:
    """Return the condition for rows beyond a place; the first part lets the index begin there."""
    side, strictly = ("lte", "lt") if descending else ("gte", "gt")
    values = dict(zip(columns, (place.value, place.day, place.id)[-len(columns) :], strict=True))
    first, *rest = columns
    beyond = Q(**{f"{rest[-1]}__{strictly}": values[rest[-1]]})
    for column in reversed(columns[:-1]):
        beyond = Q(**{f"{column}__{strictly}": values[column]}) | (Q(**{column: values[column]}) & beyond)
    return Q(**{f"{first}__{side}": values[first]}) & beyond


def _cut(found: Iterable[tuple[Any, ...]], place: Cursor | None, limit: int) -> _Keys:
    """Return the page out of the rows found beyond a place, of which there is one more when the list goes on."""
    rows = list(found)
    backwards = place is not None and place.backwards
    goes_on = len(rows) > limit
    rows = rows[:limit][::-1] if backwards else rows[:limit]
    if not rows:
        return _Keys((), None, None)
    return _Keys(
        rows,
        write_cursor(_cursor(rows[-1])) if goes_on or backwards else None,
        write_cursor(_cursor(rows[0], backwards=True)) if (goes_on if backwards else place) else None,
    )


def _cursor(row: tuple[Any, ...], *, backwards: bool = False) -> Cursor:
    *value, day, identifier = row
    return Cursor(day, identifier, backwards, str(value[0]) if value else "")
