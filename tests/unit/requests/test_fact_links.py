"""What a form says of the facts that its fields tell: a wrong word is a defect of the form, named with its field."""

from typing import Any

import pytest

from entraide.requests.domain.fact_links import SUPPLIED, Reading, find_link_defects
from entraide.requests.domain.forms import parse_form
from entraide.safeguards.domain.codes import Channel, PublicRole
from entraide.safeguards.domain.request_facts import AuthorityFacts, RequestFacts
from entraide.safeguards.domain.shape import FactType, describe_facts, make_facts
from tests.factories.nodes import NOON

COMMON = {"channel": {"kind": "code", "codes": "channel", "fact": "channel"}}


def form_of(*fields: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - structures of YAML
    return {
        "id": "note",
        "version": 1,
        "sources": [],
        "released": "2026-11-30",
        "retention_days": 1,
        "sections": [{"id": "only", "fields": list(fields)}],
        **more,
    }


def field(fact: Any, kind: str = "code", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - structures of YAML
    return {"id": "asked", "kind": kind, "codes": "yes_no", "fact": fact, **more}


def rows(fact: Any, child: Any, kind: str = "code") -> dict[str, Any]:  # noqa: ANN401 - structures of YAML
    return {
        "id": "several",
        "kind": "rows",
        "max": 9,
        "fact": fact,
        "fields": [{"id": "one", "kind": kind, "codes": "yes_no", "fact": child}],
    }


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a path that does not exist": (field("offence.colour"), "field asked: the fact offence.colour does not exist"),
    "a part that is no fact": (field("offence"), "the fact offence does not exist"),
    "what the node knows itself": (field("sender.registered"), "sender.registered is told by the node itself"),
    "the type itself": (field("request_type"), "request_type is told by the node itself"),
    "a text for yes or no": (
        field("final_judgment", "text"),
        "final_judgment cannot be read from a field of the kind text",
    ),
    "a code for a set": (field("conducts"), "conducts cannot be read from a field of the kind code"),
    "a text for a day": (field("personal_data.expires_on", "text"), "cannot be read from a field of the kind text"),
    "several codes for one text": (
        field("language", "codes"),
        "language cannot be read from a field of the kind codes",
    ),
    "whether a code is there": (field({"answered": "channel"}), "channel is of the type code"),
    "years of something else": (field({"years": "urgent"}, "integer"), "urgent is of the type flag"),
    "a State from a code": (field({"requested_state": "persons.own_national"}), "cannot be read from a field"),
    "chosen without codes": (field({"chosen": "urgent"}), "urgent needs codes"),
    "codes without chosen": (field({"answered": "stage_stated", "codes": ["x"]}), "stage_stated needs codes"),
    "rows of another thing": (
        rows("persons", "measures.code"),
        "field one: the fact measures.code belongs to measures",
    ),
    "rows of nothing": (rows(None, "persons.role"), "persons.role belongs to persons"),
    "one fact of many rows": (rows("persons", "channel"), "channel is one for the whole request"),
    "persons from a code": (field("persons"), "persons cannot be read from a field of the kind code"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_fact_is_a_defect_with_its_name(name: str):
    """The form does not load, and says which field names which fact wrongly."""
    wrong, said = WRONG[name]
    with pytest.raises(ValueError, match="form note: ") as error:
        parse_form(form_of(wrong), COMMON)
    assert said in str(error.value)


def test_a_fact_is_told_once():
    """Two fields cannot both be the answer; the second one is named."""
    with pytest.raises(ValueError, match="field asked: the fact channel is told by the field channel already"):
        parse_form(form_of("channel", field("channel")), COMMON)


@pytest.mark.parametrize("value", [{"answered": "a", "years": "b"}, {"codes": ["x"]}, {"guessed": "urgent"}])
def test_a_way_of_reading_that_is_none_is_refused(value: dict[str, Any]):
    """One known way of reading for each fact."""
    with pytest.raises(ValueError, match=r"way of reading|not a valid Reading"):
        parse_form(form_of(field(value)), COMMON)


@pytest.mark.parametrize("always", [{"offence.codes": True}, {"nothing": True}, {"asks_for_person": "yes"}])
def test_what_always_holds_is_true_or_false(always: dict[str, Any]):
    """A type states only flags of its own."""
    with pytest.raises(ValueError, match="always: "):
        parse_form(form_of(always=always), COMMON)


def test_the_shape_is_that_of_the_facts():
    """Every kind of value that the rules read has its type, with the codes that it may hold."""
    shapes = describe_facts()
    assert (shapes["channel"].kind, shapes["channel"].codes) == (FactType.CODE, Channel)
    assert (shapes["persons.public_roles"].codes, shapes["persons.public_roles"].optional) == (PublicRole, True)
    assert {shapes[path].kind for path in ("urgent", "basis.requesting_party")} == {FactType.FLAG, FactType.ANSWER}
    assert shapes["persons"].kind is FactType.ITEMS
    assert [path for path, shape in shapes.items() if shape.names_item] == [
        "persons.reference",
        "measures.code",
        "preservation.identifiers.kind",
        "reused.originator",
        "earlier_refusals.reference",
    ]
    assert set(shapes) >= SUPPLIED
    assert {shape.kind for shape in shapes.values()} == set(FactType)


def test_facts_are_made_from_nothing_but_what_the_node_knows():
    """A part that nobody tells is None or has its defaults, as the rules expect of an empty form."""
    end = AuthorityFacts("VN")
    known = {"request_type": "note", "on": NOON.date(), "sender": end, "recipient": end}
    assert make_facts(known) == RequestFacts("note", NOON.date(), end, end)
    told = make_facts({**known, "preservation.data_described": True, "measures": [{"measures.code": "search"}]})
    assert told.preservation is not None
    assert told.preservation.data_described
    assert [measure.code for measure in told.measures] == ["search"]


def test_no_link_is_no_defect():
    """A form that tells nothing is a form; what the rules then miss, they stop."""
    assert not list(find_link_defects([]))
    assert len(Reading) == 8
