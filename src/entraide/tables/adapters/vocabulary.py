"""The tables of exports and imports with what each column means, from `vocabulary/`."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from entraide.communiques.domain.proposals import SourceKind
from entraide.directory.api import list_states
from entraide.kernel.labels import translate_labels
from entraide.kernel.languages import SPOKEN, spoken_for
from entraide.kernel.partial_dates import DateBasis
from entraide.programme.api import (
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
    load_domains,
)
from entraide.tables.domain.tables import Column, Tables, parse_tables

SEVERAL_STATES = "XX"


@cache
def load_tables() -> Tables:
    """Return the tables, read once."""
    codes = {
        "states": (*sorted(list_states()), SEVERAL_STATES),
        "date_basis": list(DateBasis),
        "level": list(Level),
        "mechanism_status": list(MechanismStatus),
        "meeting_kind": list(MeetingKind),
        "person_role": list(PersonRole),
        "instrument_kind": list(InstrumentKind),
        "action_kind": list(ActionKind),
        "domain": load_domains().codes,
        "commitment_status": list(CommitmentStatus),
        "commitment_origin": list(SourceOfCommitment),
        "when": list(When),
        "assessment_method": list(AssessmentMethod),
        "grade": list(Grade),
        "source_kind": list(SourceKind),
    }
    listed = {name: [str(code) for code in values] for name, values in codes.items()}
    return parse_tables(_read("tables"), listed, SPOKEN)


def describe_table(name: str, language: str) -> str:
    """Return what a table holds, in `language`, else in English."""
    return str(_labels(spoken_for(language))["tables"][name])


def describe_column(column: Column, language: str) -> str:
    """Return what a column holds, in `language`, else in English; the language of a text is not named."""
    return str(_labels(spoken_for(language))["columns"].get(column.field, ""))


@cache
def _labels(language: str) -> dict[str, Any]:
    return translate_labels(_read("labels"), "tables", language)


def _read(name: str) -> dict[str, Any]:
    text = files("entraide.tables").joinpath("vocabulary", f"{name}.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
