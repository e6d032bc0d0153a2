"""The shape of the facts: every path with its type, and facts made from values by their paths."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import get_args

import pytest

from entraide.safeguards.domain.codes import Assurance, Channel, Conduct, PersonRole, PublicRole
from entraide.safeguards.domain.request_facts import (
    AuthorityFacts,
    DataIdentifier,
    MeasureFacts,
    OffenceFacts,
    PersonFacts,
    PreservationFacts,
    RequestFacts,
)
from entraide.safeguards.domain.shape import FactShape, FactType, describe_attributes, describe_facts, make_facts

TODAY = date(2026, 3, 2)
ENDS = {"request_type": "evidence", "on": TODAY, "sender.state": "VN", "recipient.state": "LA"}
LEAST = RequestFacts("evidence", TODAY, AuthorityFacts("VN"), AuthorityFacts("LA"))

SHAPES = {
    "a text": FactShape("request_type", FactType.TEXT),
    "a day": FactShape("on", FactType.DAY),
    "a flag": FactShape("urgent", FactType.FLAG),
    "a flag below a part": FactShape("sender.registered", FactType.FLAG),
    "an answer": FactShape("referral_consent", FactType.ANSWER, optional=True),
    "a code": FactShape("channel", FactType.CODE, Channel, optional=True),
    "codes": FactShape("conducts", FactType.CODES, Conduct),
    "codes that are a set": FactShape("assurances", FactType.CODES, Assurance),
    "texts that are a set": FactShape("translations", FactType.TEXTS),
    "texts in their order": FactShape("offence.codes", FactType.LIST),
    "a number": FactShape("offence.maximum_months", FactType.NUMBER, optional=True),
    "a list of items": FactShape("persons", FactType.ITEMS),
    "what names an item": FactShape("persons.reference", FactType.TEXT, items="persons", names_item=True),
    "a code of an item": FactShape("persons.role", FactType.CODE, PersonRole, optional=True, items="persons"),
    "codes of an item, or none": FactShape(
        "persons.public_roles", FactType.CODES, PublicRole, optional=True, items="persons"
    ),
    "items below an optional part": FactShape("preservation.identifiers", FactType.ITEMS),
    "what names an item below a part": FactShape(
        "preservation.identifiers.kind", FactType.TEXT, items="preservation.identifiers", names_item=True
    ),
    "a flag of an item below a part": FactShape(
        "preservation.identifiers.complete", FactType.FLAG, items="preservation.identifiers"
    ),
}


@pytest.fixture(autouse=True)
def nothing_is_known_from_before() -> None:
    describe_facts.cache_clear()
    describe_attributes.cache_clear()


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_kind_of_fact_is_described(shape):
    """Its path, its type, the enumeration of its codes, and the list that it is an item of."""
    assert describe_facts()[shape.path] == shape


def test_every_attribute_of_the_facts_has_a_path_and_nothing_else_has():
    """Told by walking the classes in another way: parts add their name and a point."""
    assert set(describe_facts()) == set(walked(RequestFacts, ""))


def walked(owner: type, prefix: str) -> list[str]:
    found = []
    for item in fields(owner):
        parts = [part for part in (item.type, *get_args(item.type)) if is_dataclass(part)]
        is_list = bool(parts) and parts[0] is not item.type and Ellipsis in get_args(item.type)
        if not parts or is_list:
            found.append(f"{prefix}{item.name}")
        if parts:
            found += walked(parts[0], f"{prefix}{item.name}.")
    return found


MADE = {
    "nothing but the two ends": ({}, LEAST),
    "a flag": ({"urgent": True}, {"urgent": True}),
    "a part": (
        {"offence.codes": ("0101",), "offence.purely_military": True},
        {"offence": OffenceFacts(codes=("0101",), purely_military=True)},
    ),
    "an optional part that is named": (
        {"preservation.data_described": True},
        {"preservation": PreservationFacts(data_described=True)},
    ),
    "items": (
        {"measures": [{"measures.code": "search"}, {"measures.code": "hearing", "measures.allowed_at_home": False}]},
        {"measures": (MeasureFacts("search"), MeasureFacts("hearing", allowed_at_home=False))},
    ),
    "no items": ({"persons": []}, {"persons": ()}),
    "items below a part": (
        {
            "preservation.identifiers": [
                {"preservation.identifiers.kind": "ip", "preservation.identifiers.complete": True}
            ]
        },
        {"preservation": PreservationFacts(identifiers=(DataIdentifier("ip", complete=True),))},
    ),
    "codes of an item": (
        {"persons": [{"persons.reference": "Subject A", "persons.public_roles": frozenset({PublicRole.JOURNALIST})}]},
        {"persons": (PersonFacts("Subject A", public_roles=frozenset({PublicRole.JOURNALIST})),)},
    ),
    "texts in their order": ({"offence.codes": ("b", "a")}, {"offence": OffenceFacts(codes=("b", "a"))}),
}


@pytest.mark.parametrize(("values", "made"), MADE.values(), ids=MADE)
def test_facts_are_made_from_values_by_their_paths(values, made):
    """What is told stands at its path; what is not told keeps its default, and a part never named is None."""
    expected = made if isinstance(made, RequestFacts) else RequestFacts(**{**ends(), **made})
    assert make_facts({**ENDS, **values}) == expected


def ends() -> dict[str, object]:
    return {item.name: getattr(LEAST, item.name) for item in fields(LEAST)}


@pytest.mark.parametrize("missing", ENDS)
def test_facts_without_their_ends_are_not_made(missing):
    """Type, day, sender and recipient have no default: whoever forgets one has a defect, not an empty fact."""
    with pytest.raises(TypeError):
        make_facts({path: value for path, value in ENDS.items() if path != missing})
