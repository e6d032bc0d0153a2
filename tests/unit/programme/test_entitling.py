"""Names of meetings and instruments that no source names in the reader's language."""

import pytest

from entraide.kernel.languages import SPOKEN
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import InstrumentKind, Level, MeetingKind, load_entitling
from entraide.programme.domain.entitling import kind_of_name


@pytest.mark.parametrize(
    ("language", "number", "name", "numbered"),
    [
        ("fr", 1, "Réunion des ministres", "1re réunion des ministres"),
        ("fr", 1, "Dialogue stratégique", "1er dialogue stratégique"),
        ("fr", 2, "Conférence", "2e conférence"),
        ("fr", 6, "réunion", "6e réunion"),
        ("fr", 3, "G4", "G4, nᵒ 3"),
        ("en", 1, "Border Coordination Conference", "1st Border Coordination Conference"),
        ("en", 22, "conference", "22nd conference"),
        ("vi", 1, "Hội nghị", "Hội nghị lần thứ nhất"),
        ("vi", 9, "Hội nghị cấp Bộ trưởng", "Hội nghị cấp Bộ trưởng lần thứ 9"),
    ],
)
def test_a_number_agrees_with_what_it_counts(language: str, number: int, name: str, numbered: str) -> None:
    """French ordinals have a gender; where the noun is not known, there is none to agree with."""
    assert load_entitling(language).numbered(number, name) == numbered


@pytest.mark.parametrize(
    ("language", "period", "day", "name"),
    [
        ("fr", "2025", None, "plan de coopération 2025"),
        ("fr", "2021/2022", None, "plan de coopération 2021-2022"),
        ("vi", "2025", None, "kế hoạch hợp tác năm 2025"),
        ("fr", "", "2025-02-01", "plan de coopération du 1er février 2025"),
        ("fr", "", "2025-02", "plan de coopération, février 2025"),
        ("en", "", None, "cooperation plan"),
    ],
)
def test_an_instrument_is_called_by_what_is_known(language: str, period: str, day: str | None, name: str) -> None:
    """Its kind with its period, else with its day, and no more."""
    given = PartialDate(day) if day else None
    assert load_entitling(language).instrument(InstrumentKind.PLAN, period, given) == name


def test_every_kind_and_level_has_a_name_in_every_language() -> None:
    """No meeting and no instrument is nameless anywhere."""
    for language in SPOKEN:
        entitling = load_entitling(language)
        for kind in MeetingKind:
            assert all(entitling.meeting(kind, level) for level in (*Level, None))
        assert all(entitling.instrument(kind, "", None) for kind in InstrumentKind)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Hội nghị hợp tác phòng, chống tội phạm", MeetingKind.CONFERENCE),
        ("Dialogue stratégique", MeetingKind.DIALOGUE),
        ("talks at deputy-ministerial level", MeetingKind.TALK),
        ("annual conference of the ministers", MeetingKind.CONFERENCE),
        ("High-Level Joint Dialogue", MeetingKind.DIALOGUE),
        ("G4", MeetingKind.OTHER),
    ],
)
def test_a_name_tells_the_kind_in_any_language(name: str, kind: MeetingKind) -> None:
    """By the noun that it begins with."""
    assert kind_of_name([load_entitling(language) for language in SPOKEN], name) is kind
