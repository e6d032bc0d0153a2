"""The revision of what is public, as a value."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.storage.domain.revision import SETTLING, Revision

AT = datetime(2025, 1, 12, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Revision(4, AT), id="a change more"),
        pytest.param(Revision(3, AT + timedelta(microseconds=1)), id="as many changes, after a restore"),
        pytest.param(Revision(0, None), id="nothing yet"),
    ],
)
def test_another_state_has_another_tag(other):
    """What differs in number or moment differs in its tag."""
    assert other.tag != Revision(3, AT).tag


def test_a_date_is_told_once_no_older_change_can_follow():
    """While a transaction may still be under way, no date is given."""
    revision = Revision(3, AT)
    assert revision.modified_before(AT + SETTLING - timedelta(seconds=1)) is None
    assert revision.modified_before(AT + SETTLING) == AT


def test_the_tag_is_the_count_and_the_moment_in_microseconds():
    """Both are written in hexadecimal digits; without a change yet, both are 0."""
    assert Revision(30, datetime(1970, 1, 1, 0, 0, 1, 1, tzinfo=UTC)).tag == "1e.f4241"
    assert Revision(0, None).tag == "0.0"


@given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - Hypothesis adds the zone
def test_a_microsecond_later_is_another_tag(at):
    """Not one microsecond is lost on the way into the tag."""
    assert Revision(3, at).tag != Revision(3, at + timedelta(microseconds=1)).tag


def test_an_answer_has_a_weak_tag_of_its_revision_and_its_parts():
    """The tag of an answer is weak, 32 digits long, and another for each address, language and revision."""
    revision = Revision(3, AT)
    tag = revision.tag_of("/meetings/", "fr")
    text = f"{revision.tag}\n/meetings/\nfr"
    assert tag == f'W/"{sha256(text.encode()).hexdigest()[:32]}"'
    others = {
        revision.tag_of("/meetings/", "vi"),
        revision.tag_of("/", "fr"),
        Revision(4, AT).tag_of("/meetings/", "fr"),
    }
    assert len({tag, *others}) == 4


def test_a_register_without_a_change_has_no_date():
    """What was never changed cannot be asked for by date."""
    assert Revision(0, None).modified_before(AT) is None
