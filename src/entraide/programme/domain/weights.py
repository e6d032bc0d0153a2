"""Which of two disagreeing sources the register shows: the rule, in one place, for services, pages and exports.

1. A signed text counts more than an official release, and that more than the press. What no source is recorded for
   counts least.
2. Of equal weight, a date that its source states counts more than one that was worked out from it.
3. Of equal weight still: what happened does not change, so the source published closest to it counts, which is the
   earlier one; how things stand does change, so for a `status` the later one counts. A source without a date of
   publication comes after those that have one.
4. Else what was recorded first stays.

The other value is never dropped: it stands beside, with its source. A person may decide otherwise, and says why. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.kernel.text import N_


class SourceKind(StrEnum):
    """What kind of text a source is, the weightiest first."""

    SIGNED_TEXT = "signed_text"
    OFFICIAL_RELEASE = "official_release"
    PRESS = "press"


WEIGHTS: dict[SourceKind, int] = {kind: len(SourceKind) - place for place, kind in enumerate(SourceKind)}


class WeighedBy(StrEnum):
    """Which part of the rule decided between two statements."""

    KIND = "kind"
    BASIS = "basis"
    EARLIER = "earlier"
    LATER = "later"
    FIRST = "first"


REASONS: dict[WeighedBy, str] = {
    WeighedBy.KIND: N_("The kind of its source counts more."),
    WeighedBy.BASIS: N_("Its source states it; the other was worked out."),
    WeighedBy.EARLIER: N_("Sources of one kind; this one was published closer to the event."),
    WeighedBy.LATER: N_("Sources of one kind; this one is the later and tells how things stand."),
    WeighedBy.FIRST: N_("Sources of one kind and date; this one was recorded first."),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A value with the source that says it: its kind (None when none is recorded), its date, the basis of a date."""

    value: str
    kind: SourceKind | None = None
    told_on: PartialDate | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The index of the statement to show, and which part of the rule chose it."""

    index: int
    by: WeighedBy


def weight_of(kind: SourceKind | None) -> int:
    """Return the weight of a kind of source: 3 for a signed text down to 1 for the press, 0 for none recorded."""
    return WEIGHTS[kind] if kind is not None else 0


def weigh(statements: Sequence[Statement], *, later: bool = False) -> Weighed:
    """Return which of `statements` about a field is shown; they are given in the order in which they were recorded.

    `later`: the field tells how things stand, so that the later of two equal sources counts.
    """
    kept = list(range(len(statements)))
    heaviest = max(weight_of(statements[index].kind) for index in kept)
    kept, before = [index for index in kept if weight_of(statements[index].kind) == heaviest], kept
    if len(kept) == 1:
        return Weighed(kept[0], WeighedBy.KIND if len(before) > 1 else WeighedBy.FIRST)
    stated = [index for index in kept if statements[index].basis in ("", DateBasis.STATED.value)]
    if len(stated) == 1:
        return Weighed(stated[0], WeighedBy.BASIS)
    return _by_day(statements, stated or kept, later=later)


def _by_day(statements: Sequence[Statement], kept: list[int], *, later: bool) -> Weighed:
    days = {index: day for index in kept if (day := _day(statements[index])) is not None}
    if not days:
        return Weighed(kept[0], WeighedBy.FIRST)
    wanted = max(days.values()) if later else min(days.values())
    best = [index for index in kept if days.get(index) == wanted]
    if len(best) > 1:
        return Weighed(best[0], WeighedBy.FIRST)
    return Weighed(best[0], WeighedBy.LATER if later else WeighedBy.EARLIER)


def _day(statement: Statement) -> date | None:
    return statement.told_on.earliest if statement.told_on and statement.told_on.year is not None else None
