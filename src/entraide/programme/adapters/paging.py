"""Pages of long lists: each is found by its cursor, never by counting the rows before it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import MAXYEAR, MINYEAR, date
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from entraide.programme.domain.cursors import Cursor, parse_cursor, write_cursor
from entraide.programme.domain.lists import MOST_COUNTED, Page
from entraide.programme.models import MechanismParty


class Identified(Protocol):
    """A view with an id."""

    @property
    def id(self) -> UUID:
        """The id of the row."""


Item = TypeVar("Item", bound=Identified)


class _Keys(NamedTuple):
    """The days and ids of a page's rows, and the cursors of its neighbours."""

    rows: Sequence[tuple[date, UUID]]
    next_cursor: str | None
    previous_cursor: str | None


def of_year(year: int | None) -> Q:
    """Return the condition that rows are listed on a day of `year`; none holds in a year that no calendar has."""
    if year is None:
        return Q()
    if not MINYEAR < year <= MAXYEAR:
        return Q(pk__in=())
    return Q(listed_on__gte=date(year, 1, 1), listed_on__lte=date(year, 12, 31))


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
    rows: QuerySet[Any], key: str, read: Callable[[Sequence[UUID]], tuple[Item, ...]], cursor: str | None, limit: int
) -> Page[Item]:
    """Return the page at `cursor` of `rows`, which have a column `listed_on`; `read` makes the items of ids.

    `key` is the column of the ids. Raises `NotACursor`.
    """
    place = parse_cursor(cursor) if cursor else None
    order = ("listed_on", key) if place is not None and place.backwards else ("-listed_on", f"-{key}")
    after = rows.filter(_beyond(place, key)) if place else rows
    keys = _cut(after.order_by(*order).values_list("listed_on", key)[: limit + 1], place, limit)
    ids = [identifier for _, identifier in keys.rows]
    by_id = {item.id: item for item in (read(ids) if ids else ())}
    items = tuple(by_id[identifier] for identifier in ids if identifier in by_id)
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    return Page(items, keys.next_cursor, keys.previous_cursor, min(count, MOST_COUNTED), count <= MOST_COUNTED)


def _beyond(place: Cursor, key: str) -> Q:
    """Return the condition for rows beyond a place; the first part lets the index begin there."""
    side, strictly = ("gte", "gt") if place.backwards else ("lte", "lt")
    return Q(**{f"listed_on__{side}": place.day}) & (
        Q(**{f"listed_on__{strictly}": place.day}) | Q(**{f"{key}__{strictly}": place.id})
    )


def _cut(found: Iterable[tuple[date, UUID]], place: Cursor | None, limit: int) -> _Keys:
    """Return the page out of the rows found beyond a place, of which there is one more when the list goes on."""
    rows = list(found)
    backwards = place is not None and place.backwards
    goes_on = len(rows) > limit
    rows = rows[:limit][::-1] if backwards else rows[:limit]
    if not rows:
        return _Keys((), None, None)
    return _Keys(
        rows,
        write_cursor(Cursor(*rows[-1])) if goes_on or backwards else None,
        write_cursor(Cursor(*rows[0], backwards=True)) if (goes_on if backwards else place) else None,
    )
