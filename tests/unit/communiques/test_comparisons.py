"""How facets of two facts are compared: what speaks for one fact, what against it, and what says nothing."""

from collections.abc import Iterable
from typing import Any

import pytest

from entraide.communiques.domain.comparisons import COMPARISONS, Facets, Known
from entraide.directory.api import load_portfolios, load_variants

KNOWN = Known(load_portfolios(), load_variants(), ordinals={"seventh": 7, "twenty first": 21})


def facets(**given: Iterable[Any]) -> Facets:
    return {name: frozenset(values) for name, values in given.items()}


def compared(by: str, left: Facets, right: Facets, of: str) -> bool | None:
    """What a comparison says, from both sides."""
    one, other = COMPARISONS[by](left, right, of, KNOWN), COMPARISONS[by](right, left, of, KNOWN)
    assert one is other
    return one


DATES = {
    "a month holds a day": ("contains", "2018-10", "2018-10-22", True),
    "a year alone does not": ("contains", "2018", "2018-10-22", False),
    "but it is told as a year": ("year", "2018", "2018-10-22", True),
    "the year of one is not known": ("year", "XXXX-10-22", "2018-10-22", False),
    "the day of the report": ("near", "2023-09-13", "2023-09-14", True),
    "two days later": ("near_day", "2023-09-13", "2023-09-15", True),
    "three days later": ("near", "2023-09-13", "2023-09-16", False),
    "beside days from to": ("near_day", "2023-09-12/2023-09-13", "2023-09-15", True),
    "a month is no day": ("near_day", "2023-09", "2023-09-15", False),
    "a month is near": ("near", "2023-09", "2023-09-15", True),
    "held a year later": ("put_off", "2022", "2023-09-13", True),
    "held three years later": ("put_off", "2022", "2025-09-13", False),
    "no date": ("near", "", "2023-09-13", None),
}


@pytest.mark.parametrize(("by", "left", "right", "says"), DATES.values(), ids=DATES)
def test_dates_are_compared_as_reports_give_them(by, left, right, says):
    """A report may be dated a day or two after the meeting, and what was announced is put off."""
    assert compared(by, facets(date=[left]), facets(date=[right]), "date") is says


PLACES = {
    "two languages": ("Hanoi", "Hà Nội", True),
    "two towns": ("Hanoi", "Vientiane", False),
    "a State says nothing of the town": ("Việt Nam", "Hà Nội", None),
    "nor of another State": ("Laos", "Hà Nội", None),
    "no place": ("", "Hà Nội", None),
}


@pytest.mark.parametrize(("left", "right", "says"), PLACES.values(), ids=PLACES)
def test_a_state_is_no_other_place(left, right, says):
    """`in Vietnam in 2025` may be Hanoi."""
    assert compared("place", facets(place=[left]), facets(place=[right]), "place") is says


NUMBERED = {
    "the same number on the same day": ({1}, {"2024-03-29"}, {1}, {"2024-03-29"}, True),
    "the same number years apart": ({1}, {"2011-04"}, {1}, {"2024-03-29"}, False),
    "other numbers": ({2, 3}, {"2014"}, {1}, {"2011-04"}, None),
    "a day is not told": ({7}, {""}, {7, 8}, {"2021-02-19"}, None),
}


@pytest.mark.parametrize(("ones", "at", "others", "when", "says"), NUMBERED.values(), ids=NUMBERED)
def test_a_number_that_was_held_on_two_days_is_of_two_series(ones, at, others, when, says):
    """The first conference of 2011 and the first annual conference of 2024."""
    left, right = facets(ordinal=ones, date=at), facets(ordinal=others, date=when)
    assert compared("not_numbered_otherwise", left, right, "date") is says


BODIES = {
    "one ministry for another": ("CN VN", {1, 2}, {1, 3}, False),
    "one lacks a ministry": ("CN VN", {1, 2}, {1}, True),
    "a circle with one in common": ("CN LA MM TH", {1, 2}, {1, 3}, True),
    "a circle with none in common": ("CN LA MM TH", {1, 2}, {3, 4}, False),
}


@pytest.mark.parametrize(("states", "ones", "others", "says"), BODIES.values(), ids=BODIES)
def test_another_ministry_is_another_mechanism_but_in_a_circle(states, ones, others, says):
    """Where three States or more meet, one may send another ministry."""
    left, right = (facets(states=states.split(), bodies=bodies) for bodies in (ones, others))
    assert compared("compatible", left, right, "bodies") is says


TITLES = {
    "in digits": ("procès-verbal de la 7e conférence", 7, True),
    "in words": ("minutes of the seventh conference", 7, True),
    "in two words": ("minutes of the twenty-first session", 21, True),
    "another": ("minutes of the seventh conference", 8, False),
}


@pytest.mark.parametrize(("title", "number", "says"), TITLES.values(), ids=TITLES)
def test_minutes_are_those_of_the_meeting_whose_number_they_name(title, number, says):
    """In digits or as an ordinal in words."""
    elsewhere = 9 if number == 8 else 8
    told, made = facets(title=[title], made_at=[elsewhere]), facets(title=["minutes"], made_at=[number])
    assert compared("names_meeting", told, made, "title") is says


def test_the_deputy_who_heads_an_agency_holds_another_post():
    """A ministry has several deputies; a minister who is something else besides is still the one minister."""
    deputy, head = (
        "vice-ministre de la Sécurité publique",
        "vice-ministre de la Sécurité publique et chef de l'Agence",
    )
    left, right = facets(title=[deputy], state=["VN"]), facets(title=[head], state=["VN"])
    assert compared("not_other_rank", left, right, "title") is False
    minister, more = "ministre de l'Intérieur", "vice-Premier ministre et ministre de l'Intérieur"
    left, right = facets(title=[minister], state=["KH"]), facets(title=[more], state=["KH"])
    assert compared("not_other_rank", left, right, "title") is True
    assert compared("minister_of", left, right, "title") is True


def test_a_plain_deputy_is_the_deputy_of_the_ministry():
    """`vice-ministre` of a ministry is its deputy minister; alone it is not a minister of any portfolio."""
    left, right = facets(title=["vice-ministre"], state=["VN"]), facets(title=["Thứ trưởng Bộ Công an"], state=["VN"])
    assert compared("plain_deputy", left, right, "title") is True
    left, right = facets(title=["ministre"], state=["VN"]), facets(title=["Bộ trưởng Bộ Công an"], state=["VN"])
    assert not compared("minister_of", left, right, "title")
