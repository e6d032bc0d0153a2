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
