"""When a source's fact is one that the register already has."""

import pytest

from entraide.kernel.ids import uuid7_from
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.api import load_kinds
from entraide.programme.domain.dates import DateRelation, relate_dates
from entraide.programme.domain.facts import CommitmentFacts, InstrumentFacts, MeetingFacts
from entraide.programme.domain.matching import (
    CERTAIN,
    LIKELY,
    POSSIBLE,
    match_commitment,
    match_instrument,
    match_meeting,
    refine_date,
)
from entraide.programme.domain.places import same_place
from entraide.programme.domain.terms import ActionKind, InstrumentKind, Level
from tests.factories.nodes import NOON

ACTION, COMMITMENT = load_kinds().get("action"), load_kinds().get("commitment")
SERIES, OTHER_SERIES = uuid7_from(NOON, bytes(10)), uuid7_from(NOON, bytes([1] * 10))


def day(value: str, basis: DateBasis = DateBasis.STATED) -> PartialDate:
    return PartialDate(value, basis)


@pytest.mark.parametrize(
    ("recorded", "given", "relation"),
    [
        ("2025-01-12", "2025-01-12", DateRelation.EQUAL),
        ("2018-10", "2018-10-22", DateRelation.REFINES),
        ("2018-10-22", "2018-10", DateRelation.COARSER),
        ("2018", "2018-10-22", DateRelation.REFINES),
        ("XXXX-09-05", "2022-09-05", DateRelation.REFINES),
        ("2025-01-12", "2025-01-13", DateRelation.CONTRADICTS),
        ("2025-01-11/2025-01-13", "2025-01-12", DateRelation.REFINES),
        ("2025-01-12", "2025-01-11/2025-01-13", DateRelation.COARSER),
        ("2025-01-11/2025-01-13", "2025-01-14", DateRelation.CONTRADICTS),
        ("2022-05-23/2022-05-27", "2022-05-24/2022-05-26", DateRelation.NESTED),
        ("2022-05-24/2022-05-26", "2022-05-23/2022-05-27", DateRelation.NESTED),
        ("2022-05/2022-06", "2022-05-24/2022-05-26", DateRelation.REFINES),
        ("2025-XX-12", "2025-01-XX", DateRelation.COARSER),
    ],
)
def test_relate_dates(recorded, given, relation):
    """Two dates are the same, more or less precise, or in contradiction; the basis plays no part."""
    assert relate_dates(day(recorded), day(given, DateBasis.INFERRED)) is relation


MEETING = MeetingFacts(series_id=SERIES, ordinal=14, date=day("2022-11-05"), place="Hanoï", level=Level.MINISTER)
MEETING_CASES = {
    "same ordinal": (MeetingFacts(series_id=SERIES, ordinal=14), CERTAIN, ()),
    "same ordinal, other day": (MeetingFacts(series_id=SERIES, ordinal=14, date=day("2022-11-06")), CERTAIN, ("date",)),
    "same ordinal, other place": (MeetingFacts(series_id=SERIES, ordinal=14, place="Vientiane"), CERTAIN, ("place",)),
    "other ordinal": (MeetingFacts(series_id=SERIES, ordinal=13, date=day("2022-11-05")), None, ()),
    "other series": (MeetingFacts(series_id=OTHER_SERIES, ordinal=14, date=day("2022-11-05")), None, ()),
    "no ordinal, same series and day": (MeetingFacts(series_id=SERIES, date=day("2022-11-05")), CERTAIN, ()),
    "no ordinal, same day": (MeetingFacts(date=day("2022-11-05"), place="Hanoi"), LIKELY, ()),
    "no ordinal, same day, other place": (MeetingFacts(date=day("2022-11-05"), place="Vinh"), LIKELY, ("place",)),
    "no ordinal, same month": (MeetingFacts(date=day("2022-11")), POSSIBLE, ()),
    "no ordinal, same month, other place": (MeetingFacts(date=day("2022-11"), place="Vinh"), None, ()),
    "other level": (MeetingFacts(date=day("2022-11-05"), level=Level.UNIT), None, ()),
    "nothing in common": (MeetingFacts(place="Hanoi"), None, ()),
}


@pytest.mark.parametrize(("given", "strength", "contradicted"), MEETING_CASES.values(), ids=MEETING_CASES)
def test_match_meeting(given, strength, contradicted):
    """The ordinal belongs to the series; without one, day, level and place decide, and disagreement is listed."""
    match = match_meeting(load_kinds().get("meeting"), MEETING, given)
    assert (match.strength if match else None) == strength
    assert tuple(item.field for item in match.contradictions) == contradicted if match else True


PLAN, MEMO = InstrumentKind.PLAN, InstrumentKind.MEMORANDUM
INSTRUMENT_CASES = {
    "plan of the same period": (
        InstrumentFacts(PLAN, "2025", "plan de coopération 2025"),
        InstrumentFacts(PLAN, "2025", "kế hoạch"),
        LIKELY,
    ),
    "plan of another year": (InstrumentFacts(PLAN, "2024", "plan"), InstrumentFacts(PLAN, "2025", "plan"), None),
    "other kind": (
        InstrumentFacts(PLAN, "2025", "plan"),
        InstrumentFacts(InstrumentKind.MINUTES, "2025", "plan"),
        None,
    ),
    "two memoranda of one day": (
        InstrumentFacts(MEMO, "", "haute technologie", ActionKind.SIGNED, day("2021-02-19")),
        InstrumentFacts(MEMO, "", "gestion des migrants", ActionKind.SIGNED, day("2021-02-19")),
        None,
    ),
    "same memorandum": (
        InstrumentFacts(MEMO, "", "Lutte contre la haute technologie", ActionKind.SIGNED, day("2021-02-19")),
        InstrumentFacts(MEMO, "", "lutte contre la haute technologie", ActionKind.SIGNED, day("2021-02-19")),
        CERTAIN,
    ),
    "plan signed that day, period not told": (
        InstrumentFacts(PLAN, "2025", "plan de coopération", ActionKind.SIGNED, day("2025-01-12")),
        InstrumentFacts(PLAN, "", "kế hoạch hợp tác", ActionKind.SIGNED, day("2025-01-12")),
        CERTAIN,
    ),
    "plan signed that month only": (
        InstrumentFacts(PLAN, "2025", "plan de coopération", ActionKind.SIGNED, day("2025-01")),
        InstrumentFacts(PLAN, "", "kế hoạch hợp tác", ActionKind.SIGNED, day("2025-01")),
        None,
    ),
    "two numbers in like titles": (
        InstrumentFacts(MEMO, "", "Biên bản ghi nhớ lần thứ 16"),
        InstrumentFacts(MEMO, "", "Biên bản ghi nhớ lần thứ 24"),
        None,
    ),
    "like title only": (
        InstrumentFacts(MEMO, "", "entraide pénale"),
        InstrumentFacts(MEMO, "", "Entraide pénale"),
        POSSIBLE,
    ),
}


@pytest.mark.parametrize(("recorded", "given", "strength"), INSTRUMENT_CASES.values(), ids=INSTRUMENT_CASES)
def test_match_instrument(recorded, given, strength):
    """Parties, kind and day, with the title where several are signed at once, are its key; a period is asked about."""
    match = match_instrument(ACTION, recorded, given)
    assert (match.strength if match else None) == strength


def test_match_instrument_lists_another_date_of_signature():
    """A plan that two sources date differently is one plan with a contradiction."""
    recorded = InstrumentFacts(PLAN, "2025", "plan", ActionKind.SIGNED, day("2025-01-12"))
    given = InstrumentFacts(PLAN, "2025", "plan", ActionKind.SIGNED, day("2025-01-13"))
    match = match_instrument(ACTION, recorded, given)
    assert [(item.field, item.recorded, item.given) for item in match.contradictions] == [
        ("signed.date", "2025-01-12", "2025-01-13")
    ]


@pytest.mark.parametrize(
    ("domain", "status", "text", "strength"),
    [
        ("drugs", "pledged", "La lutte contre la drogue", CERTAIN),
        ("drugs", "pledged", "la lutte contre les drogues", POSSIBLE),
        ("drugs", "pledged", "arrêter les trafiquants", None),
        ("drugs", "done", "La lutte contre la drogue", POSSIBLE),
        ("drugs", "done", "arrêter les trafiquants", None),
        ("border", "pledged", "La lutte contre la drogue", None),
    ],
)
def test_match_commitment(domain, status, text, strength):
    """The sentence makes the commitment: domain, status and text without it make nothing the same."""
    recorded = CommitmentFacts("drugs", "pledged", "la lutte contre la drogue", meeting_id=SERIES)
    match = match_commitment(COMMITMENT, recorded, CommitmentFacts(domain, status, text, meeting_id=SERIES))
    assert (match.strength if match else None) == strength


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("Hanoï", "Ha Noi", True), ("Hà Nội", "Hanoi", True), ("Hanoi", "Vientiane", False), ("", "Hanoi", None)],
)
def test_same_place(left, right, same):
    """Places are compared without accents and spaces, and an unknown place contradicts nothing."""
    assert same_place(left, right) is same


def test_refine_date_keeps_the_recorded_date_against_a_contradiction():
    """A gap is filled and a vague date made precise, but nothing recorded is replaced by something else."""
    assert refine_date(None, day("2025")) == day("2025")
    assert refine_date(day("2025"), day("2025-01")) == day("2025-01")
    assert refine_date(day("2025-01-12"), day("2025-01-13")) == day("2025-01-12")
    assert refine_date(day("2022-05-23/2022-05-27"), day("2022-05-24/2022-05-26")) == day("2022-05-23/2022-05-27")
