"""A place in a list is written into an address and read back from it."""

from contextlib import suppress
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.programme.domain.cursors import Cursor, parse_cursor, write_cursor
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
        pytest.param("f" + "A" * 27, id="day-zero"),
        pytest.param(write_cursor(Cursor(date(2025, 1, 12), UUID(int=7))) + "A", id="too-long"),
        pytest.param("x" + write_cursor(Cursor(date(2025, 1, 12), UUID(int=7)))[1:], id="unknown-direction"),
        pytest.param("f" + "A" * 5000, id="very-long"),
    ],
)
def test_any_other_text_is_refused(text):
    """What no page ever linked to is bad input with a remedy, never a crash."""
    with pytest.raises(NotACursor):
        parse_cursor(text)


@given(st.text(max_size=60))
def test_no_text_crashes_the_parser(text):
    """A text is a cursor that is written back the same, or it is refused."""
    with suppress(NotACursor):
        assert write_cursor(parse_cursor(text)) == text
