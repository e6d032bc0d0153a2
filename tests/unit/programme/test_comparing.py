"""Facts of any declared kind beside what a source says: the same or not, what is added, where the two differ."""

from typing import Any
from uuid import UUID

import pytest

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import load_kinds
from entraide.programme.domain.comparing import compare_fact, match_fact
from entraide.programme.domain.declarations import Allowed, parse_kinds
from entraide.programme.domain.relating import contradictions_of, differences_of_parts

HERE, THERE = UUID(int=1), UUID(int=2)
ALLOWED = Allowed({}, ["desk_officer"], ["en", "fr", "vi"])
PLACE: dict[str, Any] = {"kind": "place", "place": 1}
(_, KIND) = parse_kinds(
    [
        PLACE,
        {
            "kind": "course",
            "same": [["at", "code"], ["at", "topic", "title", "date"]],
            "fields": [
                {"name": "at", "type": "link", "to": "place"},
                {"name": "code", "type": "text"},
                {"name": "topic", "type": "code", "codes": {"a": "A", "b": "B"}},
                {"name": "title", "type": "texts", "change": "always"},
                {"name": "date", "type": "edtf", "basis": True, "change": "always", "contradictable": True},
                {"name": "room", "type": "text", "alike": "place", "change": "always", "contradictable": True},
                {"name": "number", "type": "number", "contradictable": True, "among": "at"},
                {"name": "people", "type": "number", "change": "fill"},
                {"name": "tongues", "type": "list", "change": "always"},
            ],
        },
    ],
    ALLOWED,
)
KNOWN: dict[str, Any] = {
    "at": HERE,
    "topic": "a",
    "title": {"fr": "Cours de droit pénal"},
    "date": PartialDate("2025-03"),
    "room": "Hà Nội",
    "number": 3,
}


@pytest.mark.parametrize(
    ("given", "strength"),
    [
        ({}, 3),
        ({"title": {"fr": "COURS de droit penal"}}, 3),
        ({"date": PartialDate("2025-03-04")}, 2),
        ({"title": {"fr": "Cours de droits pénal"}}, 2),
        ({"title": {"en": "Course on law"}}, 1),
        ({"date": None}, 1),
        ({"date": PartialDate("2025-04")}, 1),
        ({"title": {"fr": "Visite"}}, None),
        ({"topic": "b"}, None),
        ({"at": THERE}, None),
        ({"title": {}, "date": None}, None),
    ],
    ids=[
        "all of it", "other letters", "a more precise date", "like words", "another language", "no date",
        "another date, on which sources may differ", "another title", "another code", "another link", "nothing telling",
    ],
)  # fmt: skip
def test_what_tells_facts_apart_says_how_sure_a_match_is(given, strength):
    """Certain, likely, possible or none."""
    found = match_fact(KIND, KNOWN, {**KNOWN, **given})
    assert (found.strength if found else None) == strength


def test_the_first_list_that_both_know_decides():
    """A number of its own tells the fact, whatever its title says."""
    found = match_fact(KIND, {**KNOWN, "code": "X-1"}, {**KNOWN, "code": "x 1", "title": {"fr": "Autre"}})
    assert found is not None
    assert found.strength == 3


@pytest.mark.parametrize(
    ("given", "contradicted"),
    [
        ({"date": PartialDate("2025-03-04")}, []),
        ({"date": PartialDate("2025-04")}, [("date", "2025-03", "2025-04")]),
        ({"room": "Hanoï, Vietnam"}, []),
        ({"room": "Huế"}, [("room", "Hà Nội", "Huế")]),
        ({"number": 4}, [("number", "3", "4")]),
        ({"number": 4, "at": THERE}, []),
        ({"topic": "b"}, []),
        ({"room": ""}, []),
    ],
    ids=["precise", "another", "the same place", "another place", "number", "of another row", "no rule", "unknown"],
)
def test_sources_differ_where_the_declaration_says_they_may(given, contradicted):
    """By the type of the field; a number only within what it counts in."""
    found = contradictions_of(KIND.fields, KNOWN, {**KNOWN, **given})
    assert [(item.field, item.recorded, item.given) for item in found] == contradicted


def test_a_source_fills_what_is_missing_and_changes_nothing_else():
    """Gaps, languages and a more precise date; what is another value is neither shown nor taken."""
    given = {
        "at": HERE, "title": {"fr": "Autre", "vi": "Khóa học"}, "date": PartialDate("2025-03-04"), "room": "Huế",
        "people": 20, "tongues": ("fr",), "topic": "b",
    }  # fmt: skip
    found = compare_fact(KIND, {**KNOWN, "people": None, "tongues": ()}, given)
    assert found.fills == {
        "title": {"vi": "Khóa học"}, "date": PartialDate("2025-03-04"), "people": 20, "tongues": ("fr",),
    }  # fmt: skip
    assert set(found.shown) == {"at", "title", "date", "people", "tongues"}
    assert [item.field for item in found.contradicted] == ["room"]
    again = compare_fact(KIND, {**KNOWN, "people": 9}, {"people": 20})
    assert (again.fills, again.shown) == ({}, ())


CHAIR = {"role": "co_chair", "state": "VN", "name": "Tô Lâm"}
SIGNED = {"kind": "signed", "date": PartialDate("2025-01-12")}


@pytest.mark.parametrize(
    ("kind", "recorded", "given", "contradicted"),
    [
        ("official", CHAIR, {"name": "LAM To"}, None),
        ("official", CHAIR, {"name": "Lương Tam Quang"}, ("co_chair.VN", "Tô Lâm", "Lương Tam Quang")),
        ("official", CHAIR, {"name": "Tô Lân"}, ("co_chair.VN", "Tô Lâm", "Tô Lân")),
        ("official", CHAIR, {"name": "Lương Tam Quang", "state": "LA"}, None),
        ("official", CHAIR, {"name": "Lương Tam Quang", "role": "participant"}, None),
        ("official", {**CHAIR, "state": ""}, {"name": "Lương Tam Quang"}, None),
        ("action", SIGNED, {"date": PartialDate("2025-01")}, None),
        ("action", SIGNED, {"date": PartialDate("2025-01-13")}, ("signed.date", "2025-01-12", "2025-01-13")),
        ("action", SIGNED, {"date": PartialDate("2025-01-13"), "kind": "reviewed"}, None),
        ("action", SIGNED, {"date": None}, None),
        ("signatory", CHAIR, {"name": "Lương Tam Quang"}, None),
    ],
    ids=[
        "other letters, parts exchanged", "another chair", "a like name is another", "another State", "no chair",
        "of no State", "a vaguer day", "another day", "another action", "no day", "a part that does not say so",
    ],
)  # fmt: skip
def test_a_difference_in_a_part_is_named_as_its_kind_declares(kind, recorded, given, contradicted):
    """At the fact that it is part of, and only among parts of that name."""
    found = differences_of_parts(load_kinds().get(kind), [recorded], [{**recorded, **given}])
    assert [(item.field, item.recorded, item.given) for item in found] == ([contradicted] if contradicted else [])


@pytest.mark.parametrize(
    ("kind", "name", "stands"),
    [
        ("meeting", "place", ("meeting", "place")),
        ("meeting", "co_chair.VN", ("official", "name")),
        ("instrument", "signed.date", ("action", "date")),
        ("commitment", "status", ("commitment", "status")),
        ("meeting", "kind", None),
        ("meeting", "signed.date", None),
        ("instrument", "date", None),
        ("nothing", "place", None),
    ],
)
def test_a_difference_is_found_where_it_stands(kind, name, stands):
    """In the fact itself or in a part of it, and nowhere that does not declare it."""
    found = load_kinds().find_difference(kind, name)
    assert (found and (found[0].name, found[1].name)) == stands
