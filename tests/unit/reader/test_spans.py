"""Highlighting cuts a text and loses nothing of it."""

from hypothesis import given
from hypothesis import strategies as st

from entraide.reader.domain.spans import Span, split_spans

spans = st.lists(
    st.builds(Span, st.integers(-3, 30), st.integers(-3, 30), st.sampled_from(["a", "b", "c"])), max_size=8
)


def test_overlapping_spans_share_a_segment() -> None:
    """Where two passages overlap, the segment belongs to both, and each begins once."""
    segments = split_spans("one two three", [Span(0, 7, "a"), Span(4, 13, "b")])
    assert [(item.text, item.keys, item.begins) for item in segments] == [
        ("one ", ("a",), ("a",)),
        ("two", ("a", "b"), ("b",)),
        (" three", ("b",), ()),
    ]


@given(st.text(max_size=25), spans)
def test_segments_join_to_the_text(text: str, drawn: list[Span]) -> None:
    """Whatever the spans, the segments joined are the text, and each valid span is covered by its key."""
    segments = split_spans(text, drawn)
    assert "".join(item.text for item in segments) == text
    at = 0
    for item in segments:
        covering = {span.key for span in drawn if 0 <= span.start <= at < span.end <= len(text)}
        assert set(item.keys) == covering
        at += len(item.text)
    begun = [key for item in segments for key in item.begins]
    assert len(begun) == len(set(begun))
