"""The tables of exports and imports with what each column means, from `vocabulary/tables/`."""

from functools import cache
from importlib.resources import files
from typing import Any

from entraide.kernel.labels import translate_labels
from entraide.kernel.languages import SPOKEN, spoken_for
from entraide.kernel.partial_dates import DateBasis
from entraide.kernel.yaml_text import parse_yaml
from entraide.programme.api import SourceKind, load_kinds, tell
from entraide.tables.domain.tables import Column, Table, Tables, derive_tables


@cache
def load_tables() -> Tables:
    """Return the tables of the declared kinds of fact, made once."""
    codes = {"date_basis": [basis.value for basis in DateBasis], "source_kind": [kind.value for kind in SourceKind]}
    return derive_tables(load_kinds(), _read("tables"), codes, SPOKEN)


def describe_table(name: str, language: str) -> str:
    """Return what a table holds, in `language`, else in English."""
    said: str | None = _labels(spoken_for(language))["tables"].get(name)
    return said or tell(load_kinds().of_table(name).about, language)


def describe_column(table: Table, column: Column, language: str) -> str:
    """Return what a column holds, in `language`, else in English; the language of a text is not named.

    Declared first, then shared by all tables; a field of which neither tells is called by its label.
    """
    kind = table.kind
    declared = kind.field(column.field) if kind.has(column.field) else None
    if declared is not None and declared.about.others:
        return tell(declared.about, language)
    said: str | None = _labels(spoken_for(language))["columns"].get(column.field)
    return said or (tell(declared.label, language) if declared is not None else "")


@cache
def _labels(language: str) -> dict[str, Any]:
    return translate_labels(_read("labels"), "tables", language)


def _read(name: str) -> dict[str, Any]:
    text = files("entraide.tables").joinpath("vocabulary", f"{name}.yaml").read_text(encoding="utf-8")
    return dict(parse_yaml(text))
