"""Documents on the wire: what is declared is read and written in one spelling, everything else is refused by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.codecs import (
    AnyObject,
    Base64,
    Fault,
    Filed,
    Hex,
    Instead,
    Malformed,
    Moment,
    Number,
    Text,
    parse_moment,
    write_moment,
)
from entraide.kernel.ids import MessageId
from entraide.kernel.signing import Signature
from entraide.kernel.wire import OPTIONAL, Document, Most, Named, RefusedWith, describe_document

AT = datetime(2025, 1, 12, 8, 30, 0, 5, tzinfo=UTC)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Line(Document):
    """A part of the sample."""

    number: Annotated[int, Number(1, 9), "its number"]


@dataclass(frozen=True, slots=True)
class Sample(Document):
    """One field of every kind."""

    constants = {"v": 1, "step": "sample"}

    sample_id: Annotated[MessageId, Named("id"), "who it is"]
    at: datetime
    until: datetime | None
    since: Annotated[datetime | None, Instead(Moment(), "")]
    colour: Colour
    done: bool
    name: Annotated[str, Text(5, least=1)]
    code: Annotated[str, Text(3, pattern=r"[a-z]+", ascii=True), RefusedWith("test.code")]
    digest: Annotated[bytes, Hex((0, 2))]
    data: Annotated[bytes, Base64(3)]
    lines: Annotated[tuple[Line, ...], Most(2)]
    names: Annotated[Mapping[str, str], Filed(Text(2, least=2), Text(9), 2)]
    free: Annotated[Mapping[str, Any], AnyObject()]
    signature: Signature
    extra: Annotated[int, Number(), OPTIONAL] = 7


SAMPLE = Sample(
    MessageId(UUID(int=1)),
    AT,
    None,
    None,
    Colour.RED,
    done=True,
    name="a",
    code="ab",
    digest=b"\x01\x02",
    data=b"\xff",
    lines=(Line(1), Line(2)),
    names={"fr": "é"},
    free={"x": [1]},
    signature=Signature(b"e", b"m"),
)


def test_a_document_is_read_as_it_was_written():
    """Writing and reading give the same document, and the same bytes again."""
    assert Sample.from_json(SAMPLE.to_json()) == SAMPLE
    assert Sample.from_bytes(SAMPLE.to_bytes()).to_bytes() == SAMPLE.to_bytes()


def test_a_field_that_may_be_absent_has_its_default():
    """What is marked optional may be left out, and is written all the same."""
    table = SAMPLE.to_json()
    del table["extra"]
    assert Sample.from_json(table).to_json()["extra"] == 7


CHANGES: dict[str, tuple[str, object, Fault]] = {
    "another version": ("v", 2, Fault.UNKNOWN_VERSION),
    "a version that only equals the number": ("v", True, Fault.UNKNOWN_VERSION),
    "another step": ("step", "other", Fault.UNKNOWN_VERSION),
    "an undeclared key": ("other", 1, Fault.UNKNOWN_KEY),
    "an id in capitals": ("id", "0000000A-0000-0000-0000-000000000001", Fault.WRONG_FORM),
    "an id without dashes": ("id", "0" * 32, Fault.WRONG_FORM),
    "an id that is a number": ("id", 1, Fault.WRONG_TYPE),
    "a moment without its microseconds": ("at", "2025-01-12T08:30:00Z", Fault.WRONG_FORM),
    "a moment with a comma": ("at", "2025-01-12T08:30:00,000005Z", Fault.WRONG_FORM),
    "a day that is none": ("at", "2025-02-30T08:30:00.000000Z", Fault.WRONG_FORM),
    "no moment": ("at", None, Fault.WRONG_TYPE),
    "an empty text where null stands": ("until", "", Fault.WRONG_FORM),
    "null where an empty text stands": ("since", None, Fault.WRONG_TYPE),
    "a choice that is none": ("colour", "green", Fault.WRONG_FORM),
    "a choice that is a number": ("colour", 1, Fault.WRONG_TYPE),
    "a number for a flag": ("done", 1, Fault.WRONG_TYPE),
    "a text that is too short": ("name", "", Fault.OUT_OF_BOUNDS),
    "a text that is too long": ("name", "abcdef", Fault.OUT_OF_BOUNDS),
    "a text that is a list": ("name", ["a"], Fault.WRONG_TYPE),
    "a code of another alphabet": ("code", "é", Fault.WRONG_FORM),
    "a code with a line behind it": ("code", "a\n", Fault.WRONG_FORM),
    "digits in capitals": ("digest", "AB12", Fault.WRONG_FORM),
    "digits with a space": ("digest", "01 02", Fault.WRONG_FORM),
    "a digest of another length": ("digest", "01", Fault.OUT_OF_BOUNDS),
    "base64 in another spelling": ("data", "/x==", Fault.WRONG_FORM),
    "base64 without its padding": ("data", "/w", Fault.WRONG_FORM),
    "too many bytes": ("data", "AAAAAA==", Fault.OUT_OF_BOUNDS),
    "too many lines": ("lines", [{"number": 1}] * 3, Fault.OUT_OF_BOUNDS),
    "lines that are an object": ("lines", {}, Fault.WRONG_TYPE),
    "a line that is a text": ("lines", ["x"], Fault.NOT_AN_OBJECT),
    "a line with more to say": ("lines", [{"number": 1, "by": "A"}], Fault.UNKNOWN_KEY),
    "a line with less to say": ("lines", [{}], Fault.MISSING_KEY),
    "a number beyond its bounds": ("lines", [{"number": 10}], Fault.OUT_OF_BOUNDS),
    "a flag for a number": ("lines", [{"number": True}], Fault.WRONG_TYPE),
    "a number with a fraction": ("lines", [{"number": 1.0}], Fault.WRONG_TYPE),
    "texts that are a list": ("names", ["a"], Fault.WRONG_TYPE),
    "too many texts": ("names", {"fr": "a", "vi": "b", "en": "c"}, Fault.OUT_OF_BOUNDS),
    "a key that is no code": ("names", {"french": "a"}, Fault.OUT_OF_BOUNDS),
    "a text that is a number": ("names", {"fr": 1}, Fault.WRONG_TYPE),
    "an object that is a text": ("free", "x", Fault.WRONG_TYPE),
    "a signature with more to say": ("signature", {"ed25519": "", "mldsa44": "", "third": ""}, Fault.UNKNOWN_KEY),
}


@pytest.mark.parametrize(("name", "value", "fault"), CHANGES.values(), ids=CHANGES)
def test_whatever_is_not_declared_is_refused_by_name(name, value, fault):
    """Another key, type, form, spelling or size is refused with the name of the fault."""
    with pytest.raises(Malformed) as refused:
        Sample.from_json(SAMPLE.to_json() | {name: value})
    assert refused.value.fault is fault


@pytest.mark.parametrize("name", sorted(SAMPLE.to_json().keys() - {"extra"}))
def test_a_missing_key_is_refused(name):
    """Every field that is not optional must be there."""
    table = SAMPLE.to_json()
    del table[name]
    with pytest.raises(Malformed) as refused:
        Sample.from_json(table)
    assert refused.value.fault in {Fault.MISSING_KEY, Fault.UNKNOWN_VERSION}


def test_a_refusal_says_where_and_repeats_nothing_that_was_sent():
    """The place is named by fields and numbers; keys and values of the sender do not stand in the error."""
    secret = {"number": 1, "Subject A": "Subject A"}
    with pytest.raises(Malformed) as refused:
        Sample.from_json(SAMPLE.to_json() | {"lines": [{"number": 1}, secret]})
    assert refused.value.where == "lines[1]"
    assert "Subject" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "1"}, "test.code"),
        ({"signature": None}, "kernel.not_a_key"),
        ({"name": 1}, ""),
    ],
)
def test_a_part_may_have_a_code_of_its_own(change, code):
    """The code of the part goes back to the sender; without one the message's own does."""
    with pytest.raises(Malformed) as refused:
        Sample.from_json(SAMPLE.to_json() | change)
    assert refused.value.refusal == code


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.NOT_CANONICAL),
        (b'{"number": 1}', Fault.NOT_CANONICAL),
        (b"[]", Fault.NOT_AN_OBJECT),
        (b"null", Fault.NOT_AN_OBJECT),
    ],
)
def test_bytes_that_are_no_canonical_object_are_refused(data, fault):
    """Only canonical bytes of an object are read."""
    with pytest.raises(Malformed) as refused:
        Line.from_bytes(data)
    assert refused.value.fault is fault


def test_nothing_is_written_that_would_be_refused():
    """A value out of bounds is stopped where it is written, not by the partner."""
    with pytest.raises(Malformed) as refused:
        Line(10).to_json()
    assert (refused.value.fault, refused.value.where) == (Fault.OUT_OF_BOUNDS, "number")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 300) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(name=st.sampled_from(sorted(SAMPLE.to_json())), value=JSON)
def test_what_is_read_has_one_spelling(name, value):
    """Whatever stands in a field: it is refused by name, or what was read is written back exactly as it came."""
    table = SAMPLE.to_json() | {name: value}
    try:
        read = Sample.from_json(table)
    except Malformed:
        return
    assert read.to_json() == table


@dataclass(frozen=True, slots=True)
class Boundless(Document):
    text: str


@dataclass(frozen=True, slots=True)
class Endless(Document):
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Either(Document):
    value: bool | datetime


@dataclass(frozen=True, slots=True)
class Lost(Document):
    n: Annotated[int, Number(), OPTIONAL]


@pytest.mark.parametrize("document", [Boundless, Endless, Either, Lost])
def test_a_type_that_says_too_little_is_a_defect_of_the_declaration(document):
    """No bounds, two types, no default for what may be absent: the declaration is refused, whatever is read with it."""
    with pytest.raises(TypeError):
        document.from_json({})


def test_a_document_describes_its_fields():
    """The protocol's tables follow from the declaration: name on the wire, form, what it says."""
    lines = {line.name: line for line in describe_document(Sample)}
    assert (lines["id"].form, lines["id"].text) == ("UUID", "who it is")
    assert lines["v"].form == "`1`"
    assert lines["colour"].form == "`red` or `blue`"
    assert lines["until"].form == "moment, or null"
    assert (lines["lines"].form, lines["lines"].part) == ("list of *line*, at most 2", Line)
    assert lines["extra"].form.endswith("may be absent")
    assert "sample_id" not in lines


def test_moments_are_written_in_one_form_only():
    """Moments are UTC with microseconds; other forms of the same moment are refused, and so is a naive one."""
    assert write_moment(AT.astimezone(timezone(timedelta(hours=7)))) == "2025-01-12T08:30:00.000005Z"
    assert write_moment(datetime(33, 1, 2, tzinfo=UTC)) == "0033-01-02T00:00:00.000000Z"
    assert parse_moment("2025-01-12T08:30:00.000005Z") == AT
    for other in ("2025-01-12T08:30:00Z", "2025-01-12 08:30:00.000000Z", "2025-01-12T08:30:00.000000+", ""):
        with pytest.raises(ValueError, match="moment"):
            parse_moment(other)
    with pytest.raises(ValueError, match="aware"):
        write_moment(AT.replace(tzinfo=None))
