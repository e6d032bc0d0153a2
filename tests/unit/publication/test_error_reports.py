"""What a report of an error may hold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.publication.domain.error_reports import (
    LONGEST_CONTACT,
    LONGEST_WORDS,
    NotAnAddress,
    NothingReported,
    Outcome,
    Reported,
    ReportTooLong,
    clean_address,
    clean_report,
    is_in_time,
)

OPENED = datetime(2025, 1, 12, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a",
        "http://example.org",
        "https://xn--bcher-kva.example/?q=1#x",
        "  https://example.org/  ",
        "",
    ],
)
def test_an_address_of_the_web_is_kept(address: str) -> None:
    assert clean_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "//example.org",
        "example.org",
        "https://",
        "https://[::1",
        "https://user@example.org/",
        "https://example.org/ two",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    """No script, no file, no hidden user name: an officer will open it."""
    with pytest.raises(NotAnAddress):
        clean_address(address)


@pytest.mark.parametrize(
    ("reported", "error"),
    [
        (Reported(""), NothingReported),
        (Reported(" \0 \n -- "), NothingReported),
        (Reported("x" * (LONGEST_WORDS + 1)), ReportTooLong),
        (Reported("x" * 10_000_000), ReportTooLong),
        (Reported("wrong", contact="x" * (LONGEST_CONTACT + 1)), ReportTooLong),
        (Reported("wrong", source_url="https://example.org/" + "x" * 500), ReportTooLong),
    ],
)
def test_a_report_that_says_nothing_or_too_much_is_refused(reported: Reported, error: type[Exception]) -> None:
    with pytest.raises(error):
        clean_report(reported)


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_written_is_kept_without_control_characters(wrong: str, contact: str) -> None:
    """The words stay what they are to the eye; a contact is one line."""
    try:
        kept = clean_report(Reported(f"w{wrong}", contact=contact))
    except ReportTooLong:
        return
    assert not any(ord(item) < 32 and item != "\n" for item in kept.wrong + kept.contact)
    assert "\n" not in kept.contact
    assert clean_report(kept) == kept


def test_the_same_words_are_the_same_report_whoever_sends_them() -> None:
    """Case, blanks and the contact make no difference; another word does."""
    first = Reported("The  day is wrong", "12 January", contact="a@example.org")
    assert first.digest == Reported("the day is WRONG", "12  january").digest
    assert first.digest != Reported("The day is wrong", "13 January").digest


@pytest.mark.parametrize(
    ("after", "good"),
    [(timedelta(seconds=1), False), (timedelta(seconds=3), True), (timedelta(hours=24), True),
     (timedelta(hours=25), False), (timedelta(seconds=-5), False)],
)  # fmt: skip
def test_a_form_comes_back_in_the_time_that_a_person_needs(after: timedelta, *, good: bool) -> None:
    assert is_in_time(OPENED, OPENED + after) is good


def test_only_what_is_no_report_leaves_nothing_in_public() -> None:
    assert [item for item in Outcome if not item.is_public] == [Outcome.SET_ASIDE]
