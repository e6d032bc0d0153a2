"""Canonical bytes and salted digests."""

import unicodedata

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.canonical import LARGEST_INTEGER, NotCanonical, canonical_bytes, parse_canonical, salted_digest

texts = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: unicodedata.normalize("NFC", text))
keys = st.text(st.characters(codec="ascii"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_canonical_bytes_are_those_of_rfc_8785(value: object) -> None:
    """Within the profile our bytes are the bytes of an independent implementation."""
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(values)
def test_canonical_bytes_round_trip(value: object) -> None:
    """Parsing canonical bytes gives the value back."""
    assert parse_canonical(canonical_bytes(value)) == value


@pytest.mark.parametrize(
    ("value", "why"),
    [
        pytest.param({"é": 1}, "ASCII", id="key outside ASCII"),
        pytest.param(["ok", 1.5], "float", id="a float"),
        pytest.param(2**53, "too large", id="a number beyond what every JSON reader keeps"),
        pytest.param("e\u0301", "NFC", id="decomposed text"),
        pytest.param("\ud800", "surrogate", id="half a character"),
        pytest.param(b"x", "bytes", id="bytes"),
    ],
)
def test_values_outside_the_profile_are_refused_with_the_place(value: object, why: str) -> None:
    """A value without a canonical form is refused and the reason is named."""
    with pytest.raises(NotCanonical, match=why):
        canonical_bytes(value)


@pytest.mark.parametrize("data", [b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1,"a":1}', b"1.0", b"\xff", b"[" * 100_000])
def test_bytes_in_another_form_are_refused(data: bytes) -> None:
    """Other spellings of the same JSON, and no JSON at all, are not canonical."""
    with pytest.raises(NotCanonical):
        parse_canonical(data)


def test_salted_digest_depends_on_label_salt_and_content() -> None:
    """Changing any of the three parts, or moving a byte between label and content, changes the digest."""
    salt, other = bytes(32), bytes([1]) * 32
    digests = {
        salted_digest("a", salt, b"bc"),
        salted_digest("ab", salt, b"c"),
        salted_digest("a", other, b"bc"),
        salted_digest("a", salt, b"bd"),
    }
    assert len(digests) == 4


def test_salted_digest_refuses_a_short_salt() -> None:
    """A salt that could be guessed is refused."""
    with pytest.raises(ValueError, match="32 bytes"):
        salted_digest("a", b"short", b"")


@pytest.mark.parametrize("levels", [65, 500, 700, 990, 2000, 100_000])
def test_what_is_nested_too_deeply_is_refused_wherever_it_is_read(levels: int) -> None:
    """A fixed depth is the limit, so that what one call takes in never overflows the stack of another."""
    with pytest.raises(NotCanonical):
        parse_canonical(b"[" * levels + b"]" * levels)


def test_sixty_four_levels_are_read() -> None:
    """The limit itself is within the profile."""
    data = b"[" * 64 + b"]" * 64
    assert canonical_bytes(parse_canonical(data)) == data
