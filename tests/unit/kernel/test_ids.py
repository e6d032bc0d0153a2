"""Typed identifiers."""

from datetime import UTC, datetime, timedelta

import pytest
import uuid_utils.compat
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.ids import uuid7_from

moments = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive


@given(moments, st.binary(min_size=10, max_size=10))
def test_the_layout_is_that_of_rfc_9562(at: datetime, random: bytes) -> None:
    """Version, variant and milliseconds read back as RFC 9562, section 5.7, lays them out."""
    made = uuid7_from(at, random)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(at.timestamp() * 1000)


def test_a_library_reads_the_same_time() -> None:
    """An id made by the oracle carries its milliseconds where ours does."""
    oracle = uuid_utils.compat.uuid7()
    at = datetime.fromtimestamp((oracle.int >> 80) / 1000, UTC)
    assert uuid7_from(at, bytes(10)).int >> 80 == oracle.int >> 80


@given(moments, st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_later_ids_sort_after_earlier_ones(at: datetime, first: bytes, second: bytes) -> None:
    """A millisecond later is a larger id, whatever the random part."""
    assert uuid7_from(at, first) < uuid7_from(at + timedelta(milliseconds=1), second)


@pytest.mark.parametrize(
    ("at", "random"),
    [(datetime(2025, 1, 1, tzinfo=UTC), b"x"), (datetime(2025, 1, 1), bytes(10))],  # noqa: DTZ001 - a naive moment is the case
)
def test_a_naive_moment_or_wrong_length_is_refused(at: datetime, random: bytes) -> None:
    """An id is never made from half of what it needs."""
    with pytest.raises(ValueError, match="UUIDv7"):
        uuid7_from(at, random)
