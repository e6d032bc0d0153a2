"""Declarations of kinds of fact: strictly read, and the only place where a kind is told."""

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils.translation import override

from entraide.communiques.services.keeping import KEEPERS
from entraide.programme.api import load_kinds, name_field
from entraide.programme.domain.declarations import Allowed, parse_kinds
from entraide.programme.domain.errors import BadKind, NoSuchKind
from entraide.programme.domain.kinds import Change, FieldType
from entraide.programme.domain.paths import Item, read_path
from entraide.tables.domain.rules import RULES
from entraide.tables.services.likeness import LIKENESS
from entraide.web.feeds.linked import ADDITIONS, CONTEXT
from entraide.web.register.hits import HITS

ALLOWED = Allowed({"level": ["minister", "unit"]}, ["desk_officer", "operator"], ["en", "fr", "vi"])
VISIT: dict[str, Any] = {
    "kind": "visit",
    "one": "Visit",
    "many": "Visits",
    "table": "visits",
    "page": "/visits/{id}/",
    "imported": True,
    "same": [["name"]],
    "fields": [
        {"name": "name", "type": "texts", "change": "always", "needed": True},
        {"name": "level", "type": "code", "codes": "level"},
        {"name": "host", "type": "link", "to": "place"},
        {"name": "since", "type": "edtf", "basis": True},
        {"name": "mood", "type": "code", "codes": {"good": "Good", "bad": {"en": "Bad", "fr": "Mauvais"}}},
    ],
}
PLACE: dict[str, Any] = {"kind": "place", "place": 1, "fields": [{"name": "title", "type": "text"}]}


def changed(**keys: object):
    return {**VISIT, **keys}


def with_field(**keys: object):
    return changed(fields=[*VISIT["fields"], keys])


def test_what_is_not_said_follows_from_name_and_type():
    """Columns, paths, names in REST and what may be null are those of the type."""
    place, visit = parse_kinds([VISIT, PLACE], ALLOWED)
    assert (place.name, visit.has_page, visit.writers) == ("place", True, ("desk_officer",))
    found = {field.name: (field.path, field.column, field.rest, field.nullable) for field in visit.fields}
    assert found == {
        "name": ("names", "names", "names", False),
        "level": ("level", "level", "level", False),
        "host": ("host_id", "host_id", "host_id", True),
        "since": ("since", "since", "since", True),
        "mood": ("mood", "mood", "mood", False),
    }
    assert (visit.field("level").change, visit.field("since").basis) == (Change.NEVER, "since_basis")
    assert visit.field("mood").codes == ("good", "bad")
    assert visit.field("mood").code_words["bad"].others == {"fr": "Mauvais"}
    assert visit.called == visit.field("name")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({}, "kind: a name"),
        (changed(kind="Visit"), "kind: a name"),
        (changed(kind="a_name_that_no_column_holds"), "at most 16"),
        (changed(colour="red"), "colour is no key"),
        (changed(page=""), "a table needs a page"),
        (changed(table="Visits"), "Visits is no name"),
        (changed(page="/visits/{where}/"), "page: its parts are"),
        (changed(same=[]), "without same"),
        (changed(same=[["size"]]), "size must be fields"),
        (changed(natural=["size"]), "size must be fields"),
        (changed(dated="when"), "there is no field when"),
        (changed(writers=["king"]), "known roles"),
        (changed(one=""), "one and many"),
        (changed(one={"fr": "Visite"}), "a text is English"),
        (changed(one={"en": "Visit", "xx": "Visit"}), "xx is no language"),
        (changed(imported="yes"), "imported: true or false"),
        (changed(within="place"), "within: a kind is needed"),
        (changed(within={"kind": "nobody"}), "within: there is no kind nobody"),
        (changed(rest={"colour": "red"}), "rest: colour is no key"),
        (changed(rest={"related": {"others": "nobody"}}), "rest.related: there is no kind nobody"),
        (with_field(name="Size", type="number"), "is no name in small letters"),
        (with_field(name="size", type="big"), "size.type: big is none of"),
        (with_field(name="size", type="number", hue="red"), "size: hue is no key"),
        (with_field(name="size", type="number", change="often"), "size.change: often is none of"),
        (with_field(name="size", type="number", path="a b"), "size.path"),
        (with_field(name="size", type="code"), "size.codes: a code needs"),
        (with_field(name="size", type="code", codes="sizes"), "there is no list sizes"),
        (with_field(name="size", type="number", to="place"), "only a link leads"),
        (with_field(name="of", type="link"), "of.to: there is no kind"),
        (with_field(name="of", type="link", to="visit_later"), "of.to: there is no kind visit_later"),
        (with_field(name="level", type="text"), "a field is declared twice"),
        (changed(proposal=["size"]), "proposal: there is no field size"),
        (changed(proposal=[{"name": "size", "type": "big"}]), "size.type"),
        (changed(proposal=["name"]), "without a model, kept is needed"),
        (changed(model="a.Visit", proposal=["level"]), "a new fact needs its name"),
        (changed(model="a.Visit", proposal=["name", {"name": "whose", "type": "text"}]), "whose is no field"),
        (changed(kept="own", proposal=[{"name": "at", "type": "moment"}]), "which cannot be proposed"),
        (changed(kept="own", proposal=[{"name": "at", "type": "link", "to": "nobody"}]), "there is no kind nobody"),
        (changed(kept="own", proposal=["name"], line=["name|size"]), "line: a proposal says no size"),
        (
            with_field(name="names", type="list", contradictable=True),
            "names.contradictable: not of a field of type list",
        ),
        (with_field(name="words", type="text", alike="rhyme"), "words.alike: rhyme is none of"),
        (changed(apart="name"), "apart: a name and a field"),
        (changed(apart={"name": "x", "field": "level", "hue": "red"}), "apart: hue is no key"),
        (changed(apart={"name": "{level}", "field": "level"}), "apart: only parts within"),
        (
            changed(apart={"name": "{size}", "field": "level"}, within={"kind": "place", "at": "visits"}),
            "apart: there is no field size",
        ),
        (with_field(name="size", type="number", among="group"), "size.among: there is no field group"),
    ],
)
def test_a_declaration_that_cannot_stand_is_refused_by_name(raw, told):
    """Kind, field and key are named, so that whoever wrote it finds it."""
    with pytest.raises(BadKind) as refused:
        parse_kinds([PLACE, raw], ALLOWED)
    assert told in str(refused.value)


def test_two_kinds_are_not_one():
    """A name, or a table, is declared once; a link leads to an earlier place."""
    with pytest.raises(BadKind, match="declared twice"):
        parse_kinds([PLACE, PLACE], ALLOWED)
    with pytest.raises(BadKind, match="the table visits is declared twice"):
        parse_kinds([PLACE, VISIT, changed(kind="tour")], ALLOWED)
    with pytest.raises(BadKind, match="must have an earlier place"):
        parse_kinds([{**PLACE, "place": 2000}, VISIT], ALLOWED)


def test_what_is_not_declared_is_told():
    """Asking for a kind, a table or a field that is not there says which there are."""
    kinds = load_kinds()
    for ask in (
        lambda: kinds.get("visit"),
        lambda: kinds.of_table("visits"),
        lambda: kinds.get("meeting").field("mood"),
    ):
        with pytest.raises(NoSuchKind):
            ask()
    assert kinds.find("visit") is None


def test_every_named_strategy_is_there():
    """What declarations name, consumers have."""
    for kind in load_kinds():
        assert set(kind.rules) <= set(RULES)
        assert kind.likeness in {"", *LIKENESS}
        assert kind.linked in {"", *ADDITIONS}
        assert kind.hit in {"", *HITS}
        assert kind.kept in {"", *KEEPERS}
        assert {field.term for field in kind.fields if field.term} <= set(CONTEXT)


@dataclass(frozen=True)
class Leaf:
    id: int
    title: str
    name: str


@dataclass(frozen=True)
class Branch:
    id: int
    leaves: tuple[Leaf, ...]
    first: Leaf | None


def test_a_path_leads_through_views_mappings_and_parents():
    """Attributes and keys, several at once, what is missing, what is part of something, and a second choice."""
    leaf, other = Leaf(1, "", "a"), Leaf(2, "T", "b")
    tree = Item(Branch(9, (leaf, other), None))
    assert read_path(tree, "leaves[].name") == ("a", "b")
    assert read_path(tree, "first.name") is None
    assert read_path(Item(leaf, tree), "^id") == 9
    assert read_path(Item(leaf), "^id") is None
    assert [read_path(Item(one), "title|name") for one in (leaf, other)] == ["a", "T"]
    assert read_path(Item({"date": {"value": "2025"}}), "date.value") == "2025"


def test_types_are_those_that_the_documentation_names():
    """docs/kinds.md names every type and every key."""
    text = Path("docs/kinds.md").read_text(encoding="utf-8")
    assert [item.value for item in FieldType if f"`{item.value}`" not in text] == []


# Maps by kind that stand for something else than a kind's declaration, each with its reason.
EXCUSED = {
    "web/proposals/texts.py": "names of fields of proposals, some of which are called like kinds",
}
MOST = 2
"""Kinds that a map may name by chance: a form's field `meeting` beside `instrument` is no list of kinds."""


def maps_by_kind(tree: ast.AST, names: frozenset[str]) -> list[int]:
    """Return the lines of dictionaries of which more than a few keys are names of kinds or of their tables."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        and len({key.value for key in node.keys if isinstance(key, ast.Constant) and key.value in names}) > MOST
        and all(isinstance(value, ast.Name | ast.Attribute | ast.Lambda | ast.Call) for value in node.values)
    ]


def test_nothing_else_lists_the_kinds():
    """No dictionary of the product gives each kind its function, class or text: that is what declarations are for."""
    kinds = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in Path("src").rglob("vocabulary/kinds/*.yaml")]
    words = [frozenset(raw[word] for raw in kinds if raw.get(word)) for word in ("kind", "table")]
    assert all(len(names) > MOST for names in words)
    found = set()
    for file in Path("src/entraide").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        # Only a text with so many of the names between quotation marks can hold such a map; few are worth parsing.
        named = [names for names in words if sum(f'"{name}"' in text for name in names) > MOST]
        if named:
            tree = ast.parse(text)
            path = file.relative_to("src/entraide").as_posix()
            found |= {f"{path}:{line}" for names in named for line in maps_by_kind(tree, names)}
    assert {item for item in found if item.split(":")[0] not in EXCUSED} == set()


@pytest.mark.parametrize("kind", [kind.name for kind in load_kinds() if kind.resembles is not None])
def test_what_is_compared_side_by_side_is_named_in_the_readers_language(kind):
    """No field of two facts that may be one stands on the page under its English name."""
    with override("vi"):
        named = {item.name: name_field(item) for item in load_kinds().get(kind).fields if item.type != "parts"}
    assert {name for name, shown in named.items() if shown == name.replace("_", " ").capitalize()} == set()
