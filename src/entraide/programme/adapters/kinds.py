"""The declared kinds of fact: `vocabulary/kinds/*.yaml` of every installed application, read once."""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.translation import get_language, gettext, override

from entraide.access.api import Role
from entraide.directory.api import list_states
from entraide.kernel.languages import SOURCE, SPOKEN, spoken_for
from entraide.kernel.partial_dates import DateBasis
from entraide.kernel.yaml_text import parse_yaml
from entraide.programme.adapters.vocabulary import load_domains
from entraide.programme.domain.declarations import Allowed, parse_kinds
from entraide.programme.domain.kinds import Field, FieldType, Kind, Kinds, Words
from entraide.programme.domain.terms import (
    NAMES,
    ActionKind,
    AssessmentMethod,
    CommitmentStatus,
    Grade,
    InstrumentKind,
    Level,
    MechanismStatus,
    MeetingKind,
    PersonRole,
    SourceOfCommitment,
    When,
)
from entraide.programme.domain.weights import SourceKind

SEVERAL_STATES = "XX"
TERMS: dict[str, type[StrEnum]] = {
    "date_basis": DateBasis,
    "level": Level,
    "mechanism_status": MechanismStatus,
    "meeting_kind": MeetingKind,
    "person_role": PersonRole,
    "instrument_kind": InstrumentKind,
    "action_kind": ActionKind,
    "commitment_status": CommitmentStatus,
    "commitment_origin": SourceOfCommitment,
    "when": When,
    "assessment_method": AssessmentMethod,
    "grade": Grade,
    "source_kind": SourceKind,
}
"""Closed lists that a declaration may name, whose values have types of their own."""


@cache
def load_kinds() -> Kinds:
    """Return all declared kinds; raises `BadKind` naming what cannot stand in which declaration."""
    files = [
        file
        for config in apps.get_app_configs()
        for file in sorted(Path(config.path, "vocabulary", "kinds").glob("*.yaml"))
    ]
    raws: list[dict[str, Any]] = [parse_yaml(file.read_text(encoding="utf-8")) or {} for file in files]
    return parse_kinds(raws, _allowed())


def type_code(field: Field, value: str) -> Any:  # noqa: ANN401 - a value of one of the closed lists, or a code
    """Return a code as a value of its closed list; one of a list without a type of its own stays a text."""
    terms = TERMS.get(field.code_list)
    return terms(value) if terms is not None else value


@cache
def terms_of(kind: str, name: str) -> type[StrEnum] | None:
    """Return the closed list of a field as a type; None where its codes are those of a vocabulary."""
    field = load_kinds().get(kind).field(name)
    if field.code_words:
        title = "".join(part.title() for part in (*kind.split("_"), *name.split("_")))
        return StrEnum(title, {code: code for code in field.codes})  # type: ignore[return-value]  # made of a mapping
    return TERMS.get(field.code_list)


def list_cited_kinds() -> tuple[str, ...]:
    """Return the names of the kinds that passages can be cited for, in their order."""
    return tuple(kind.name for kind in load_kinds() if kind.cited)


def require_fact_kind(name: str) -> str:
    """Return the name of a declared kind, of whose facts something may be told; raises `NoSuchKind` for any other."""
    return load_kinds().get(name).name


def find_difference(kind: str, name: str) -> tuple[Kind, Field] | None:
    """Return the kind and the field in which a difference of this name stands: the fact's own, or that of a part of it.

    None where its kind does not declare that sources may differ there.
    """
    return load_kinds().find_difference(kind, name)


def tells_standing(kind: str, name: str) -> bool:
    """Whether a field on which sources differ tells how things stand, so that of two equal sources the later counts."""
    found = find_difference(kind, name)
    return found is not None and found[1].standing


def list_proposed_kinds() -> tuple[Kind, ...]:
    """Return the kinds of which a source may propose facts, in their order."""
    return tuple(kind for kind in load_kinds() if kind.proposal)


def say(words: Words) -> str:
    """Return a declared text in the language of the reader: as declared, else from the catalogs, else in English."""
    language = spoken_for(get_language() or SOURCE)
    return words.others.get(language) or (gettext(words.english) if words.english else "")


def tell(words: Words, language: str) -> str:
    """Return a declared text in `language`, by the same rule."""
    with override(language):
        return say(words)


def name_field(field: Field) -> str:
    """Return the name of a field in the language of the reader: its label, else what it leads to, else its own name."""
    if field.label.english:
        return say(field.label)
    if field.type in (FieldType.LINK, FieldType.LINKS):
        to = load_kinds().get(field.to)
        return say(to.one if field.type is FieldType.LINK else to.many)
    return gettext(field.name.replace("_", " ").capitalize())


def name_code(field: Field, code: str) -> str:
    """Return the name of a code in the language of the reader; the code itself where nothing names it."""
    if code in field.code_words:
        return say(field.code_words[code])
    if field.code_list == "domain":
        return load_domains().label(code, get_language() or SOURCE)
    terms = TERMS.get(field.code_list)
    try:
        return gettext(NAMES[terms(code)]) if terms is not None else code
    except (KeyError, ValueError):
        return code


def _allowed() -> Allowed:
    codes = {name: [str(code) for code in terms] for name, terms in TERMS.items()}
    codes |= {"states": [*sorted(list_states()), SEVERAL_STATES], "domain": list(load_domains().codes)}
    return Allowed(codes, [role.value for role in Role], list(SPOKEN))
