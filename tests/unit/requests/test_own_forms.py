"""A node's own folder of forms: what it adds, and what is wrong in it said by file, form and field."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from entraide.requests.adapters.vocabulary import (
    BadVocabulary,
    UnknownForm,
    code_sets,
    list_forms,
    list_unlabelled,
    load_form,
    read_words,
)
from tests.factories.nodes import make_node

NEW_TYPE = Path(__file__).parents[2] / "integration" / "requests" / "new_type"
FORM = "forms/vehicle_return.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(NEW_TYPE, tmp_path / "forms-of-this-node"))


def change(folder: Path, name: str, do: Callable[[dict[str, Any]], None]) -> None:
    file = folder / name
    structure = yaml.safe_load(file.read_text(encoding="utf-8"))
    do(structure)
    file.write_text(yaml.safe_dump(structure, allow_unicode=True), encoding="utf-8")


def test_a_folder_adds_to_what_is_released_and_to_its_own_node_only(folder: Path):
    """One node has the type, its lists and its labels; the other does not know it."""
    own, other = make_node(request_forms=folder), make_node()
    assert list_forms(own) == (*list_forms(other), "vehicle_return")
    assert load_form(own, "evidence") == load_form(other, "evidence")
    assert code_sets(own)["insurance"] == {"no", "once", "twice"}
    assert read_words(own, "fr").code("vehicle_kind", "lorry") == "Camion"
    assert read_words(own, "fr").field("facts_place") == read_words(other, "fr").field("facts_place")
    assert load_form(own, "vehicle_return").by_id["facts"].max == 3000
    with pytest.raises(UnknownForm):
        load_form(other, "vehicle_return")


def vehicles(structure: dict[str, Any]) -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = structure["sections"][2]["fields"]
    return fields


def set_in(index: int, **changes: object) -> Callable[[dict[str, Any]], None]:
    return lambda structure: vehicles(structure)[index].update(changes)


WRONG: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "a fact that does not exist": (
        set_in(3, fact="measures.colour"),
        "field wanted: the fact measures.colour does not",
    ),
    "a code list that does not exist": (
        set_in(6, codes="weather"),
        "field insurer_paid: there is no code list weather",
    ),
    "a list that gives no yes and no": (
        set_in(6, fact="final_judgment"),
        "field insurer_paid: the fact final_judgment is answered by yes or no",
    ),
    "codes that no rule knows": (
        lambda structure: structure["sections"][6].update(fields=[{"shared": "handling", "codes": "insurance"}]),
        "field handling: no rule that reads handling knows ['no', 'once', 'twice']",
    ),
    "a chosen code that is not offered": (
        set_in(6, fact={"chosen": "involuntary_return", "codes": ["thrice"]}),
        "field insurer_paid: the fact involuntary_return waits for a code that is not offered",
    ),
    "a condition on a field that is not asked": (
        set_in(4, required_when={"field": "weather", "in": ["rain"]}),
        "field ordered_by: a condition names the field weather",
    ),
    "a condition on a code that is not offered": (
        set_in(4, required_when={"field": "wanted", "in": ["rain"]}),
        "field ordered_by: a condition waits for a code that wanted does not offer",
    ),
    "one of fields that are not there": (
        set_in(0, one_of=["plate", "wheel"]),
        "field vehicles: one_of names ['wheel']",
    ),
    "a word that no field has": (set_in(1, colour="red"), "unknown ['colour']"),
    "a clock that an unknown act meets": (
        lambda structure: structure["clocks"][0].update(met_by=["forgotten"]),
        "clock acknowledgement: there is no act ['forgotten']",
    ),
    "a preservation until nothing": (
        lambda structure: structure.update(preservation={"at_least_days": 1, "until": "never", "warn_days": []}),
        "preservation: never is no date of this form",
    ),
    "no trait": (lambda structure: structure.pop("traits"), "traits: at least one"),
    "a trait that no rule looks at": (lambda structure: structure.update(traits=["gossip"]), "traits: at least one"),
    "persons without the trait": (lambda structure: structure["traits"].remove("person"), "has the trait person"),
    "nothing but a name": (lambda structure: structure.pop("sections"), "'sections' is missing"),
    "a number as a word": (set_in(4, max="many"), "field ordered_by: max is a whole number, not 'many'"),
    "a yes that is none": (set_in(2, personal="perhaps"), "field whereabouts: personal is true or false"),
    "a kind that does not exist": (
        lambda structure: vehicles(structure)[0]["fields"][1].update(kind="word"),
        "field vehicles.chassis_number: there is no kind word; the kinds are text",
    ),
    "a mistyped key of the form": (
        lambda structure: structure.update(clock=structure.pop("clocks")),
        "the form: unknown ['clock']; known are always, clocks",
    ),
    "a mistyped key of a condition": (
        set_in(4, required_when={"field": "wanted", "on": ["search"]}),
        "field ordered_by: required_when: unknown ['on']",
    ),
    "a mistyped unit of time": (
        lambda structure: structure["clocks"][1].update(within={"day": 10}),
        "clock execution: within: unknown ['day']; known are days, hours",
    ),
    "a mistyped shared field": (
        lambda structure: structure["sections"][0]["fields"].append("chanel"),
        "chanel is no shared field of common.yaml; channel is",
    ),
    "a domain that does not exist": (
        lambda structure: structure.update(domain="cars"),
        "domain: there is no cars; the domains are arms",
    ),
    "kept for no day": (lambda structure: structure.update(retention_days=0), "retention_days: a record is kept"),
    "a section that is no table": (
        lambda structure: structure["sections"].append("persons"),
        "sections, no. 8: it is a table of keys",
    ),
    "a source without status": (
        lambda structure: structure["sources"][0].pop("status"),
        "sources, no. 1: 'status' is missing",
    ),
    "a field that is asked twice": (
        lambda structure: structure["sections"][0]["fields"].append("channel"),
        "a field is asked twice: channel",
    ),
    "another name than its file": (lambda structure: structure.update(id="boat_return"), "is called otherwise"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_form_is_said_by_name(name: str, folder: Path):
    """The form is not used, and an operator reads which word of which field is wrong."""
    do, said = WRONG[name]
    change(folder, FORM, do)
    with pytest.raises(BadVocabulary) as error:
        list_forms(make_node(request_forms=folder))
    assert said in str(error.value.params["why"])
    assert str(error.value.params["folder"]) == str(folder / FORM)


WRONG_LISTS: dict[str, tuple[str, str]] = {
    "a no that YAML takes for false": (
        "lists: {insurance: [no, once]}",
        "insurance: False is no text; put it in quotes",
    ),
    "a list that is none": ("lists: {insurance: once}", "the code list insurance is a list of codes"),
    "a mistyped key": ("list: {insurance: [once]}", "it holds `lists`"),
    "no YAML at all": ("lists:\n  insurance: [once\n", "line 3: it is no YAML"),
}


@pytest.mark.parametrize("name", WRONG_LISTS)
def test_what_is_wrong_in_a_code_list_is_said_by_name(name: str, folder: Path):
    """With the file and, where it is no YAML, the line."""
    text, said = WRONG_LISTS[name]
    (folder / "codes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadVocabulary, match=r"codes\.yaml") as error:
        list_forms(make_node(request_forms=folder))
    assert said in str(error.value.params["why"])


def test_what_is_asked_without_words_is_named(folder: Path):
    """By file, kind and key; a folder whose English labels are whole has nothing to name."""
    assert list_unlabelled(make_node(request_forms=folder)) == []
    change(folder, "labels/en.yaml", lambda labels: labels["fields"].pop("vehicles.plate"))
    change(folder, "labels/en.yaml", lambda labels: labels["codes"]["insurance"].pop("once"))
    (code, field) = list_unlabelled(make_node(request_forms=folder.rename(folder.with_name("other"))))
    assert "has no once of insurance under codes" in code
    assert "has no label of vehicles.plate under fields" in field


def test_what_is_released_cannot_be_replaced(folder: Path):
    """Neither a form nor a code list of the released ones has a second meaning on some node."""
    shutil.copy(folder / FORM, folder / "forms" / "evidence.yaml")
    change(folder, "forms/evidence.yaml", lambda structure: structure.update(id="evidence"))
    with pytest.raises(BadVocabulary, match="evidence is there already"):
        list_forms(make_node(request_forms=folder))
    (folder / "forms" / "evidence.yaml").unlink()
    change(folder, "codes.yaml", lambda structure: structure["lists"].update(stage=["rumour"]))
    with pytest.raises(BadVocabulary, match="code list stage is there already"):
        list_forms(make_node(request_forms=folder / "."))


def test_a_file_that_is_no_yaml_is_named(folder: Path):
    """A broken file is said with its name."""
    (folder / "codes.yaml").write_text("lists: [", encoding="utf-8")
    with pytest.raises(BadVocabulary, match=r"codes\.yaml"):
        list_forms(make_node(request_forms=folder))
