"""What a long list can be narrowed by, and a page of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from entraide.kernel.ids import MechanismId
from entraide.programme.domain.terms import CommitmentStatus, InstrumentKind, Level

Item = TypeVar("Item")

NEWEST, OLDEST = "newest", "oldest"
"""Orders that every list has, by the day that it is listed on."""
MOST_COUNTED = 10_000
"""Rows are counted up to here; of longer lists a page says that there are more."""


def sorts_of(fields: Sequence[str]) -> tuple[str, ...]:
    """Return the orders of a list: the newest first, the oldest first, and by the fields that its kind declares."""
    return (NEWEST, OLDEST, *fields)


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """Commitments to which all of `states` are party, in a domain, with a status, of a mechanism.

    `year` is that in which they were agreed, `plan_year` one that they are for: of their own period, else of that of
    the instrument in which they stand.
    """

    states: frozenset[str] = frozenset()
    domain: str | None = None
    status: CommitmentStatus | None = None
    year: int | None = None
    mechanism_id: MechanismId | None = None
    plan_year: int | None = None
    sort: str = NEWEST


@dataclass(frozen=True, slots=True)
class MeetingFilter:
    """Meetings between all of `states`, at a level, in a year, of a mechanism, at a place in whatever spelling."""

    states: frozenset[str] = frozenset()
    level: Level | None = None
    year: int | None = None
    mechanism_id: MechanismId | None = None
    place: str | None = None
    sort: str = NEWEST


@dataclass(frozen=True, slots=True)
class InstrumentFilter:
    """Instruments between all of `states`, of a kind, of a mechanism.

    `year` is that of their signature or first action, `plan_year` one of the period that they cover.
    """

    states: frozenset[str] = frozenset()
    kind: InstrumentKind | None = None
    year: int | None = None
    mechanism_id: MechanismId | None = None
    plan_year: int | None = None
    sort: str = NEWEST


@dataclass(frozen=True, slots=True)
class MechanismFilter:
    """Mechanisms to which all of `states` are party."""

    states: frozenset[str] = frozenset()
    sort: str = NEWEST


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A page of a list, and the cursors of its neighbours, None where there is none.

    `count` is how many rows the whole list has; where `counted_all` is False it has more than that.
    """

    items: Sequence[Item]
    next_cursor: str | None
    previous_cursor: str | None
    count: int
    counted_all: bool


@dataclass(frozen=True, slots=True)
class PairDomainCount:
    """How many commitments in a domain two States are party to, together with others or alone."""

    states: tuple[str, str]
    domain: str
    count: int


@dataclass(frozen=True, slots=True)
class FilterValues:
    """What the register can be narrowed by: codes of States and domains, and years from the latest to the first.

    `places` are those of meetings by their codes (`domain.places`), each with the spellings that are recorded.
    """

    states: tuple[str, ...]
    domains: tuple[str, ...]
    years: tuple[int, ...]
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many rows of a list have each value of what it can be narrowed by, with all else that it is narrowed by.

    `counts` are by filter; of States by the place among those that are chosen. What is too long to be counted is not
    there.
    """

    counts: Mapping[str, Mapping[str, int]]
