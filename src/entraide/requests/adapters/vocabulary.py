"""Reads the reviewed YAML of this context once: forms, code lists, and labels, which catalogs translate.

A node may have a folder of its own with forms, code lists and labels that are added to the released ones: a request
type is data, and two ministries that use the same files exchange it. Lists that the safeguards decide on are theirs,
so that a form can offer no code that no rule knows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import yaml

from entraide.directory.api import language_name
from entraide.kernel.errors import BadInput
from entraide.kernel.labels import translate_labels
from entraide.kernel.languages import SOURCE, fallbacks_of, spoken_for
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.kernel.yaml_text import parse_yaml
from entraide.programme.api import load_domains
from entraide.requests.domain.defects import find_form_defects
from entraide.requests.domain.forms import COMMON, Form, parse_form
from entraide.safeguards.api import CodeLists, label_of, load_code_lists

ANSWER, ACKNOWLEDGEMENT = "answer", "acknowledgement"
_RELEASED: Final = files("entraide.requests") / "vocabulary"
Tables = Mapping[str, Mapping[str, Any]]


class UnknownForm(BadInput):
    """There is no such form on this node."""

    code = "requests.unknown_form"
    message = N_("There is no form “{form}” on this node.")
    remedy = N_("Choose one of the offered types, or update this node if a partner uses a newer form.")


class BadVocabulary(BadInput):
    """A form, a code list or a label file cannot be used."""

    code = "requests.bad_vocabulary"
    message = N_("The forms of requests in {folder} cannot be used: {why}.")
    remedy = N_("Correct the file that is named; docs/using/request-types.md tells what a form may say.")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The forms and code lists of one node: the released ones with those of its own `folder`.

    `request_forms` are the ids of the types that can be asked, in the order in which they are offered; `codes` are the
    lists in the order in which their codes are offered, `theirs` names those that belong to the safeguards.
    """

    forms: Mapping[str, Form]
    request_forms: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]
    code_sets: Mapping[str, frozenset[str]]
    theirs: Mapping[str, str]
    folder: Path | None = None

    def form(self, form_id: str) -> Form:
        """Return the form `form_id`; raises `UnknownForm`."""
        if form_id not in self.forms:
            raise UnknownForm(form=form_id[:40])
        return self.forms[form_id]


@dataclass(frozen=True, slots=True)
class Label:
    """What people read about a form, a section or a field; `item` names one row of a list of rows."""

    text: str
    help: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What people read on the forms of `node`, in one `language`."""

    node: Node
    vocabulary: Vocabulary
    language: str

    def form(self, form_id: str) -> Label:
        """Return the name of a form and, as help, what it is for."""
        entry = self._entry("forms", form_id)
        return Label(entry.get("name", form_id), entry.get("summary", ""))

    def section(self, section_id: str) -> Label:
        """Return the title of a section and its help."""
        entry = self._entry("sections", section_id)
        return Label(entry.get("title", section_id), entry.get("help", ""))

    def field(self, path: str) -> Label:
        """Return the label of a field by its id; a field in a row is `persons.name`, a row's number is ignored."""
        name = ".".join(part for part in path.split(".") if not part.isdigit())
        entry = self._entry("fields", name)
        return Label(entry.get("label", name), entry.get("help", ""), entry.get("item", ""))

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Return the codes of a list with their labels, in the order in which they are offered."""
        return [(code, self.code(name, code)) for code in self.vocabulary.codes[name]]

    def code(self, name: str, code: str) -> str:
        """Return the label of one code of the list `name`, or the code itself where there is none."""
        if name == "language":
            return language_name(code, self.language)
        own = self._entry("codes", name).get(code)
        if own:
            return str(own)
        listed = self.vocabulary.theirs.get(name)
        return label_of(self.node, listed, code, self.language) if listed else code

    def _entry(self, kind: str, name: str) -> Mapping[str, Any]:
        entry: Mapping[str, Any] = _labels(self.vocabulary.folder, spoken_for(self.language))[kind].get(name, {})
        return entry


def load_vocabulary(node: Node) -> Vocabulary:
    """Return the forms and code lists of `node`; raises `BadVocabulary` for a file that cannot be used."""
    return _read_vocabulary(node.settings.request_forms, load_code_lists(node))


def load_form(node: Node, form_id: str) -> Form:
    """Return the form `form_id` of `node`; raises `UnknownForm`."""
    return load_vocabulary(node).form(form_id)


def list_forms(node: Node) -> tuple[str, ...]:
    """Return the types of request that `node` can ask and be asked, in the order in which they are offered."""
    return load_vocabulary(node).request_forms


def code_sets(node: Node) -> Mapping[str, frozenset[str]]:
    """Return the code lists as sets, for the completeness check."""
    return load_vocabulary(node).code_sets


def read_words(node: Node, language: str) -> Words:
    """Return what people read on the forms of `node`; a language without labels gets those of its fallbacks."""
    return Words(node, load_vocabulary(node), language)


def list_own_forms(node: Node) -> tuple[Form, ...]:
    """Return the forms that were read from the node's own folder, none without one; raises `BadVocabulary`."""
    vocabulary = load_vocabulary(node)
    folder = vocabulary.folder
    if folder is None:
        return ()
    return tuple(form for name, form in vocabulary.forms.items() if (folder / "forms" / f"{name}.yaml").is_file())


def list_unlabelled(node: Node) -> list[str]:
    """Return what the node's own folder asks without words for it in English, one line each, with file and key.

    People would see the id; the forms can be used all the same, and another language falls back to English.
    """
    vocabulary = load_vocabulary(node)
    folder = vocabulary.folder
    if folder is None:
        return []
    own = list_own_forms(node)
    labels = _labels(folder, SOURCE)
    asked = {("forms", form.id, "name") for form in own}
    asked |= {("sections", section.id, "title") for form in own for section in form.sections}
    asked |= {("fields", path, "label") for form in own for path in _paths(form)}
    if (folder / "codes.yaml").is_file():
        lists = _read_lists(folder / "codes.yaml")
        asked |= {("codes", name, code) for name, listed in lists.items() for code in listed}
    file = folder / "labels" / f"{SOURCE}.yaml"
    return [
        f"{file} has no {key} of {name} under {kind}; people see the id until it is written there."
        for kind, name, key in sorted(asked)
        if not labels[kind].get(name, {}).get(key)
    ]


def _paths(form: Form) -> Iterator[str]:
    for item in form.fields:
        yield item.id
        yield from (f"{item.id}.{child.id}" for child in item.fields)


@cache
def _read_vocabulary(folder: Path | None, lists: CodeLists) -> Vocabulary:
    codes, theirs = _read_codes(folder, lists)
    sets = {name: frozenset(listed) for name, listed in codes.items()}
    forms = {form.id: form for form in _read_forms(folder)}
    known = lists.lists["request_types"]
    requests = [form_id for form_id in forms if form_id not in {ANSWER, ACKNOWLEDGEMENT}]
    domains = {domain.code for domain in load_domains().domains}
    for form_id, form in forms.items():
        asked = form_id in requests
        defects = find_form_defects(form, sets, lists.traits if asked else frozenset(), known={*known, ACKNOWLEDGEMENT})
        if asked and form.domain and form.domain not in domains:
            defects.append(f"domain: there is no {form.domain}; the domains are {', '.join(sorted(domains))}")
        if defects:
            raise BadVocabulary(folder=_file_of(form_id, folder), why=f"form {form_id}: {'; '.join(defects)}")
    order = {form_id: position for position, form_id in enumerate(known)}
    requests.sort(key=lambda form_id: (order.get(form_id, len(order)), form_id))
    return Vocabulary(forms, tuple(requests), codes, sets, theirs, folder)


def _file_of(form_id: str, folder: Path | None) -> Traversable | Path:
    name = Path("forms", f"{form_id}.yaml")
    own = folder / name if folder else None
    return own if own and own.is_file() else _RELEASED / str(name)


def _read_forms(folder: Path | None) -> Iterator[Form]:
    common = _read(_RELEASED / "forms" / f"{COMMON}.yaml")["fields"]
    released = sorted(_RELEASED.joinpath("forms").iterdir(), key=lambda item: item.name)
    own = sorted((folder / "forms").glob("*.yaml")) if folder else []
    taken: set[str] = set()
    for file in (*released, *own):
        form_id = file.name.removesuffix(".yaml")
        if form_id == COMMON and file in released:
            continue
        try:
            form = parse_form(_read(file), common)
        except (KeyError, TypeError, ValueError) as error:
            raise BadVocabulary(folder=file, why=_why(error)) from error
        if form.id != form_id or form.id in taken or form.id == COMMON:
            raise BadVocabulary(
                folder=file, why=f"the form {form.id} is there already, or its file is called otherwise"
            )
        taken.add(form.id)
        yield form


def _read_codes(folder: Path | None, lists: CodeLists) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
    vocabulary = _read(_RELEASED / "codes.yaml")
    theirs: Mapping[str, str] = vocabulary["safeguards"]
    codes = {name: tuple(str(code) for code in listed) for name, listed in vocabulary["lists"].items()}
    for name, listed in theirs.items():
        codes[name] = (*lists.lists[listed], *vocabulary["extra"].get(name, ()))
    if folder and (folder / "codes.yaml").is_file():
        file = folder / "codes.yaml"
        for name, own in _read_lists(file).items():
            if name in codes:
                raise BadVocabulary(folder=file, why=f"the code list {name} is there already")
            codes[name] = tuple(own)
    return codes, theirs


def _read_lists(file: Path) -> Mapping[str, list[Any]]:
    tables = _read(file)
    lists: Mapping[str, list[Any]] = tables.get("lists", {})
    if set(tables) != {"lists"} or not isinstance(lists, dict):
        raise BadVocabulary(folder=file, why="it holds `lists`, and below it each list by its name")
    for name, listed in lists.items():
        if not isinstance(listed, list) or not listed:
            raise BadVocabulary(folder=file, why=f"the code list {name} is a list of codes")
        if wrong := [code for code in listed if not isinstance(code, str)]:
            raise BadVocabulary(folder=file, why=f"the code list {name}: {wrong[0]!r} is no text; put it in quotes")
    return lists


@cache
def _labels(folder: Path | None, language: str) -> Tables:
    """The labels by kind; a folder adds labels, and those of what is released stay as they are.

    A folder has one file per language; what it lacks in the language asked for is that of the fallbacks.
    """
    labels: Tables = translate_labels(_read(_RELEASED / "labels.yaml"), "requests", language)
    for code in fallbacks_of(language):
        path = folder / "labels" / f"{code}.yaml" if folder else None
        if path and path.is_file():
            own = _read(path)
            labels = {kind: {**own.get(kind, {}), **table} for kind, table in labels.items()}
    return labels


def _read(file: Traversable | Path) -> dict[str, Any]:
    try:
        value = parse_yaml(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadVocabulary(folder=file, why=_why_unread(error)) from error
    if not isinstance(value, dict):
        raise BadVocabulary(folder=file, why="it is not a table")
    return value


def _why_unread(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if isinstance(error, yaml.MarkedYAMLError) and mark is not None:
        return f"line {mark.line + 1}: it is no YAML, {error.problem}"
    return type(error).__name__


def _why(error: Exception) -> str:
    return f"{error.args[0]!r} is missing or unknown" if isinstance(error, KeyError) else str(error)
