"""A place in a list is written into an address and read back from it."""

import re
from contextlib import suppress
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.programme.domain.cursors import CURSOR_PATTERN, Cursor, parse_cursor, write_cursor
from entraide.programme.domain.errors import NotACursor

CURSORS = st.builds(Cursor, st.dates(), st.uuids(), st.booleans())


@given(CURSORS)
def test_a_written_cursor_is_read_back(cursor):
    """Any place survives its way through an address, and needs no escaping there."""
    text = write_cursor(cursor)
    assert parse_cursor(text) == cursor
    assert text.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("f", id="direction-only"),
        pytest.param("12", id="page-number"),
        pytest.param("é" * 28, id="not-ascii"),
        pytest.param("f" + "B" + "A" * 26, id="no-day"),
        pytest.param("f" + "A" * 26 + "B", id="bits-left-over"),
        pytest.param(write_cursor(Cursor(date(2025, 1, 12), UUID(int=7))) + "A", id="too-long"),
        pytest.param("x" + write_cursor(Cursor(date(2025, 1, 12), UUID(int=7)))[1:], id="unknown-direction"),
        pytest.param("f" + "A" * 5000, id="very-long"),
    ],
)
def test_any_other_text_is_refused(text):
    """What no page ever linked to is bad input with a remedy, never a crash."""
    with pytest.raises(NotACursor):
        parse_cursor(text)


@given(st.from_regex(CURSOR_PATTERN.replace("$", r"\Z")))
def test_what_fits_the_pattern_is_a_place(text):
    """The pattern that programs are told is exact: each text that fits leads somewhere, at worst before the first."""
    assert parse_cursor(text).day >= date.min


@given(CURSORS)
def test_every_cursor_fits_the_pattern(cursor):
    """No page gives a cursor that a checked client would refuse."""
    assert re.fullmatch(CURSOR_PATTERN, write_cursor(cursor))


@given(st.text(max_size=60))
def test_no_text_crashes_the_parser(text):
    """A text is a cursor, which then fits the pattern, or it is refused."""
    with suppress(NotACursor):
        parse_cursor(text)
        assert re.fullmatch(CURSOR_PATTERN, text)
