"""Reads the reviewed YAML of this context once: forms, code lists, and labels, which catalogs translate.

Lists that the safeguards decide on are theirs, so that a form can offer no code that no rule knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from entraide.directory.api import language_name
from entraide.kernel.errors import BadInput
from entraide.kernel.labels import translate_labels
from entraide.kernel.languages import spoken_for
from entraide.kernel.text import N_
from entraide.requests.domain.forms import Form, parse_form
from entraide.safeguards.api import label_of, list_codes

REQUEST_FORMS: Final = ("preservation", "evidence")
_ROOT = files("entraide.requests") / "vocabulary"


class UnknownForm(BadInput):
    """There is no such form on this node."""

    code = "requests.unknown_form"
    message = N_("There is no form “{form}” on this node.")
    remedy = N_("Choose one of the offered types, or update this node if a partner uses a newer form.")


@cache
def load_form(form_id: str) -> Form:
    """Return the form `form_id`; raises `UnknownForm`."""
    if form_id not in {*REQUEST_FORMS, "answer", "acknowledgement"}:
        raise UnknownForm(form=form_id[:40])
    return parse_form(_read(f"forms/{form_id}.yaml"), _read("forms/common.yaml")["fields"])


@cache
def load_codes() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of every list that forms name, in the order in which they are offered."""
    vocabulary = _read("codes.yaml")
    own = {name: tuple(str(code) for code in codes) for name, codes in vocabulary["lists"].items()}
    theirs = {
        name: (*(item.code for item in list_codes(listed)), *vocabulary["extra"].get(name, ()))
        for name, listed in vocabulary["safeguards"].items()
    }
    return {**own, **theirs}


@cache
def code_sets() -> Mapping[str, frozenset[str]]:
    """Return the code lists as sets, for the completeness check."""
    return {name: frozenset(codes) for name, codes in load_codes().items()}


@dataclass(frozen=True, slots=True)
class Label:
    """What people read about a form, a section or a field; `item` names one row of a list of rows."""

    text: str
    help: str = ""
    item: str = ""


def form_label(form_id: str, language: str) -> Label:
    """Return the name of a form and, as help, what it is for."""
    entry = _labels(spoken_for(language))["forms"].get(form_id, {})
    return Label(entry.get("name", form_id), entry.get("summary", ""))


def section_label(section_id: str, language: str) -> Label:
    """Return the title of a section and its help."""
    entry = _labels(spoken_for(language))["sections"].get(section_id, {})
    return Label(entry.get("title", section_id), entry.get("help", ""))


def field_label(path: str, language: str) -> Label:
    """Return the label of a field by its id; a field in a row is `persons.name`, a row's number is ignored."""
    name = ".".join(part for part in path.split(".") if not part.isdigit())
    entry = _labels(spoken_for(language))["fields"].get(name, {})
    return Label(entry.get("label", name), entry.get("help", ""), entry.get("item", ""))


def list_choices(name: str, language: str) -> list[tuple[str, str]]:
    """Return the codes of a list with their labels in `language`, in the order in which they are offered."""
    listed = _read("codes.yaml")["safeguards"].get(name)
    if listed:
        theirs = [(item.code, item.label) for item in list_codes(listed, language)]
        return theirs + [
            (code, code_label(name, code, language)) for code in _read("codes.yaml")["extra"].get(name, ())
        ]
    return [(code, code_label(name, code, language)) for code in load_codes()[name]]


def code_label(name: str, code: str, language: str) -> str:
    """Return the label of one code of the list `name`, or the code itself where there is none."""
    if name == "language":
        return language_name(code, language)
    own = _labels(spoken_for(language))["codes"].get(name, {}).get(code)
    if own:
        return str(own)
    listed = _read("codes.yaml")["safeguards"].get(name)
    return label_of(listed, code, language) if listed else code


@cache
def _labels(language: str) -> Mapping[str, Any]:
    return translate_labels(_read("labels.yaml"), "requests", language)


@cache
def _read(path: str) -> dict[str, Any]:
    return dict(yaml.safe_load(_ROOT.joinpath(path).read_text(encoding="utf-8")))
