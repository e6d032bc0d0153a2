"""Cited spans of a source are quoted once per sentence, with every cited word marked."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from entraide.web.register.citations import AROUND, _merged, _runs

SPANS = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(1, 60)).map(lambda item: (item[0], sum(item))), max_size=12
)


@given(SPANS)
def test_merged_spans_cover_the_same_characters(spans):
    """Overlapping spans become one; no character is lost or added, and the result is in order and apart."""
    merged = _merged(spans)
    assert {at for start, end in merged for at in range(start, end)} == {
        at for start, end in spans for at in range(start, end)
    }
    assert all(left[1] < right[0] for left, right in pairwise(merged))


@given(SPANS)
def test_runs_keep_every_span_and_part_where_texts_do_not_meet(spans):
    """Neighbours whose surroundings meet are quoted together, others apart."""
    runs = _runs(_merged(spans))
    assert [span for run in runs for span in run] == _merged(spans)
    assert all(right[0][0] - left[-1][1] > 2 * AROUND for left, right in pairwise(runs))
