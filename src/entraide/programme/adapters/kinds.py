"""The declared kinds of fact: `vocabulary/kinds/*.yaml` of every installed application, read once."""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings

from entraide.access.api import Role
from entraide.directory.api import list_states
from entraide.kernel.partial_dates import DateBasis
from entraide.programme.adapters.vocabulary import load_domains
from entraide.programme.domain.declarations import Allowed, parse_kinds
from entraide.programme.domain.kinds import Field, Kinds
from entraide.programme.domain.terms import (
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
    raws: list[dict[str, Any]] = [yaml.safe_load(file.read_text(encoding="utf-8")) or {} for file in files]
    return parse_kinds(raws, _allowed())


def type_code(field: Field, value: str) -> Any:  # noqa: ANN401 - a value of one of the closed lists, or a code
    """Return a code as a value of its closed list; one of a list without a type of its own stays a text."""
    terms = TERMS.get(field.code_list)
    return terms(value) if terms is not None else value


def _allowed() -> Allowed:
    codes = {name: [str(code) for code in terms] for name, terms in TERMS.items()}
    codes |= {"states": [*sorted(list_states()), SEVERAL_STATES], "domain": list(load_domains().codes)}
    return Allowed(codes, [role.value for role in Role], [code for code, _ in settings.LANGUAGES])
