"""Reading is linear in the length of a text."""

import sys

import pytest

from entraide.reader.domain.reading import read_text


@pytest.mark.parametrize("separator", ["\n", " ", ""], ids=["lines", "one line", "no sentence ends"])
def test_reading_is_linear_in_the_length(separator):
    """Eight times the text costs not much more than eight times the calls; seconds are measured by the benchmark."""
    part = "Le 3 mai 2022 à Tunis le ministre {n} Ben Salem a signé un accord avec son homologue belge Jan {n} hier"

    def calls(count: int) -> int:
        text = separator.join(part.format(n="Al" + "abcdefghij"[i % 10] * (i % 7 + 1)) for i in range(count))
        made = 0

        def note(_frame: object, event: str, _argument: object) -> None:
            nonlocal made
            made += event in {"call", "c_call"}

        before = sys.getprofile()
        sys.setprofile(note)
        try:
            read_text(text, name="long")
        finally:
            sys.setprofile(before)
        return made

    calls(20)
    assert calls(640) < 12 * calls(80)
