"""Which of two disagreeing sources is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import SourceKind, Statement, WeighedBy, load_kinds, tells_standing, weigh

SIGNED, RELEASE, PRESS = SourceKind.SIGNED_TEXT, SourceKind.OFFICIAL_RELEASE, SourceKind.PRESS


def said(kind, told_on="", basis="stated"):
    return Statement("x", kind, PartialDate(told_on) if told_on else None, basis)


CASES = {
    "a signed text before a release": ("date", [said(RELEASE), said(SIGNED)], 1, WeighedBy.KIND),
    "a release before the press": ("place", [said(PRESS), said(RELEASE)], 1, WeighedBy.KIND),
    "the press before what has no source": ("date", [said(None), said(PRESS)], 1, WeighedBy.KIND),
    "an early press report never outweighs a late signed text": (
        "date",
        [said(PRESS, "2025-01-12"), said(SIGNED, "2026-01-01")],
        1,
        WeighedBy.KIND,
    ),
    "a stated date before an inferred one": (
        "date",
        [said(PRESS, "2025-01-01", "inferred"), said(PRESS, "2025-02-01")],
        1,
        WeighedBy.BASIS,
    ),
    "closest to the event": ("date", [said(PRESS, "2025-01-14"), said(PRESS, "2025-01-12")], 1, WeighedBy.EARLIER),
    "a status follows the later one": (
        "status",
        [said(PRESS, "2024-01-12"), said(PRESS, "2025-01-12")],
        1,
        WeighedBy.LATER,
    ),
    "a dated source before an undated one": ("place", [said(PRESS), said(PRESS, "2025-01-12")], 1, WeighedBy.EARLIER),
    "else the first recorded": ("place", [said(PRESS, "2025"), said(PRESS, "2025")], 0, WeighedBy.FIRST),
    "no dates at all": ("place", [said(PRESS), said(PRESS)], 0, WeighedBy.FIRST),
}


@pytest.mark.parametrize(("field", "statements", "index", "by"), CASES.values(), ids=CASES)
def test_weigh(field, statements, index, by):
    """The kind counts first, then whether a date is stated, then the day of publication, then the order."""
    found = weigh(statements, later=any(tells_standing(kind.name, field) for kind in load_kinds()))
    assert (found.index, found.by) == (index, by)


STATEMENTS = st.builds(
    said,
    st.sampled_from([SIGNED, RELEASE, PRESS, None]),
    st.sampled_from(["", "2024", "2025-01", "2025-01-12"]),
    st.sampled_from(["stated", "inferred"]),
)


@given(st.lists(STATEMENTS, min_size=1, max_size=6), st.booleans())
def test_nothing_lighter_is_ever_shown(statements, later):
    """Whatever is given, the shown statement has the greatest weight of all."""
    order = [SIGNED, RELEASE, PRESS, None]
    shown = statements[weigh(statements, later=later).index]
    assert order.index(shown.kind) == min(order.index(item.kind) for item in statements)
