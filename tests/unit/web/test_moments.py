"""Days and moments on pages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation

from entraide.web.templatetags.moments import moment, moment_short, on_day

AT = datetime(2026, 1, 31, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "long", "short"),
    [
        (
            "fr",
            "Asia/Ho_Chi_Minh",
            "1er février 2026, 1 h 05 (heure d’Indochine)",
            "1er février 2026, 1 h 05 UTC+7",
        ),
        ("en", "Asia/Vientiane", "1 February 2026, 01:05 (Indochina Time)", "1 February 2026, 01:05 UTC+7"),
        ("vi", "Asia/Ho_Chi_Minh", "1/2/2026, 01:05 (Giờ Đông Dương)", "1/2/2026, 01:05 UTC+7"),
        ("fr", "UTC", "31 janvier 2026, 18 h 05 UTC", "31 janvier 2026, 18 h 05 UTC"),
        ("en", "Asia/Kolkata", "31 January 2026, 23:35 (India Standard Time)", "31 January 2026, 23:35 UTC+5:30"),
    ],
)
def test_a_moment_is_told_at_the_place_of_the_node(language: str, zone: str, long: str, short: str) -> None:
    """The day and the hour are those of the place, and the zone is named."""
    with translation.override(language), timezone.override(zone):
        assert moment(AT) == long
        assert moment_short(AT) == short


def test_a_day_is_written_as_ministries_do() -> None:
    """The first of a month is an ordinal in French; of a moment the day of the place counts."""
    with translation.override("fr"), timezone.override("Asia/Ho_Chi_Minh"):
        assert on_day(date(2026, 2, 1)) == "1er février 2026"
        assert on_day(AT) == "1er février 2026"
        assert on_day(None) == moment(None) == ""
