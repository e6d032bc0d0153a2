"""How two partial dates relate: the same, one more precise than the other, or in contradiction."""

from enum import StrEnum

from entraide.kernel.partial_dates import DateBasis, PartialDate


class DateRelation(StrEnum):
    """What a `given` date adds to a `recorded` one."""

    EQUAL = "equal"
    REFINES = "refines"
    COARSER = "coarser"
    NESTED = "nested"
    CONTRADICTS = "contradicts"

    @property
    def differs(self) -> bool:
        """Whether both dates cannot be true: a person weighs them, neither replaces the other."""
        return self in (DateRelation.NESTED, DateRelation.CONTRADICTS)


def relate_dates(recorded: PartialDate, given: PartialDate) -> DateRelation:
    """Return how `given` relates to `recorded`; the basis plays no part, only what the values say.

    `2018-10` and `2018-10-22` are one date at two precisions; an unknown digit agrees with every digit; an interval
    agrees with a date inside it. Two intervals told to the day, one within the other, are NESTED: `24 to 26 May` is no
    more precise than `23 to 27 May` but another statement of the same meeting.
    """
    if recorded.value == given.value:
        return DateRelation.EQUAL
    if _tells_days(recorded) and _tells_days(given) and (_covers(recorded, given) or _covers(given, recorded)):
        return DateRelation.NESTED
    for outer, inner, relation in (
        (recorded, given, DateRelation.REFINES),
        (given, recorded, DateRelation.COARSER),
    ):
        if _covers(outer, inner):
            return relation
    if _agree(recorded.start, given.start) and _agree(recorded.end, given.end):
        return DateRelation.COARSER
    return DateRelation.CONTRADICTS


def _covers(outer: PartialDate, inner: PartialDate) -> bool:
    """Whether every day that `inner` can mean lies within what `outer` says."""
    if outer.start == outer.end:
        return all(_prefix_covers(outer.start, part) for part in (inner.start, inner.end))
    low, high = outer.start, outer.end
    return all(
        "X" not in part and low[: len(part)] <= part[: len(low)] and part[: len(high)] <= high[: len(part)]
        for part in (inner.start, inner.end)
    )


def _tells_days(date: PartialDate) -> bool:
    """Whether `date` is an interval with first and last day both known."""
    return date.start != date.end and all(len(part) == 10 and "X" not in part for part in (date.start, date.end))


def _prefix_covers(outer: str, inner: str) -> bool:
    return len(outer) <= len(inner) and all(a in ("X", b) for a, b in zip(outer, inner, strict=False))


def _agree(left: str, right: str) -> bool:
    return all(a == b or "X" in (a, b) for a, b in zip(left, right, strict=False))


def date_of(value: str, basis: str) -> PartialDate | None:
    """Return a stored date, None when there is none."""
    return PartialDate(value, DateBasis(basis)) if value else None
