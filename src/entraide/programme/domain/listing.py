"""Where a commitment stands in lists: by the day it is listed on, in the list of all and in that of each State."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from entraide.kernel.partial_dates import PartialDate

UNDATED = date.min
"""The day of what has no known date: it comes last in a list that begins with the newest."""

EVERYWHERE = ""
"""The scope of the list of all commitments; every other scope is the code of a State."""


def derive_listed_on(*, meeting: date | None, instrument: date | None, period: str) -> date:
    """Return the day a commitment is listed on: when it was agreed, else where its period begins, else `UNDATED`.

    `meeting` and `instrument` are the days of the meeting and of the signature that it comes from.
    """
    start = PartialDate(period) if period else None
    return meeting or instrument or (start.earliest if start and start.year else UNDATED)


def derive_scopes(states: Iterable[str]) -> tuple[str, ...]:
    """Return the lists that a commitment of parties in these `states` stands in."""
    return (EVERYWHERE, *sorted(set(states)))


def derive_pairs(states: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of different States among `states`, in the order of their codes."""
    return tuple((first, second) for first, second in combinations(sorted(set(states)), 2))
