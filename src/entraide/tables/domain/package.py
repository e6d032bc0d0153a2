"""The description of a Data Package (datapackage.org, version 2): tables, what their columns mean, who may use it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from entraide.tables.domain.tables import Column, ColumnType, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCES: Mapping[str, tuple[str, str]] = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("CC0 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODC-BY-1.0": ("Open Data Commons Attribution License 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "etalab-2.0": ("Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
}
"""Licences of the data that an operator can choose: SPDX identifier, title and address."""

FORMATS: Mapping[ColumnType, dict[str, Any]] = {
    ColumnType.PERMALINK: {"type": "string", "format": "uri"},
    ColumnType.LINK: {"type": "string", "format": "uri"},
    ColumnType.URL: {"type": "string", "format": "uri"},
    ColumnType.NUMBER: {"type": "integer"},
    ColumnType.YESNO: {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
    ColumnType.MOMENT: {"type": "datetime", "format": "any"},
}
"""Types of Table Schema; everything else is text, also an EDTF date, which may have unknown digits."""


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table as it lies in the package: its file, its length in bytes, the SHA-256 of it (hex) and its rows."""

    table: Table
    path: str
    size: int
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """What is said of a package as a whole: the node's name and address, its organisation, licence, day and revision.

    `whole` is false where the register changed while the tables were written.
    """

    name: str
    origin: str
    organisation: str
    licence: str
    made_at: datetime
    day: date
    revision: str
    whole: bool


def describe_package(
    facts: PackageFacts,
    tables: Sequence[WrittenTable],
    describe_table: Mapping[str, str],
    describe_column: Mapping[tuple[str, str], str],
) -> dict[str, Any]:
    """Return the contents of `datapackage.json`; texts are by table, and by table and column."""
    title, address = LICENCES[facts.licence]
    whole = {item.table.name for item in tables if not item.table.kind.repeated}
    return {
        "$schema": PROFILE,
        "name": f"entraide-{facts.name}",
        "id": f"{facts.origin}/exports/datapackage-{facts.day.isoformat()}.zip",
        "title": f"Register of cooperation, {facts.organisation}",
        "description": (
            "The public register: mechanisms, series, meetings, instruments, commitments, organisations, posts and "
            "their holders, sources and the passages that show each fact. Dates are EDTF, as far as they are known. "
            "Texts stand as they are, also those that a spreadsheet would compute; for a spreadsheet take the tables "
            f"one by one from {facts.origin}/exports/. Requests between ministries are not part of it."
        ),
        "homepage": f"{facts.origin}/data/",
        "version": facts.day.strftime("%Y.%m.%d"),
        "created": facts.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "revision": facts.revision,
        "whole": facts.whole,
        "licenses": [{"name": facts.licence, "title": title, "path": address}],
        "contributors": [{"title": facts.organisation, "path": f"{facts.origin}/", "roles": ["publisher"]}],
        "sources": [{"title": "Communiqués and signed texts; see sources.csv", "path": f"{facts.origin}/sources/"}],
        "keywords": ["international cooperation", "public security", "justice", "commitments"],
        "resources": [_resource(item, describe_table, describe_column, whole) for item in tables],
    }


def _resource(
    item: WrittenTable,
    describe_table: Mapping[str, str],
    describe_column: Mapping[tuple[str, str], str],
    whole: set[str],
) -> dict[str, Any]:
    table = item.table
    schema: dict[str, Any] = {
        "fields": [_field(column, describe_column.get((table.name, column.name), "")) for column in table.exported],
        "missingValues": [""],
    }
    if not table.kind.repeated:
        schema["primaryKey"] = ["permalink"]
    links = [column for column in table.exported if column.type is ColumnType.LINK and column.to in whole]
    if links:
        schema["foreignKeys"] = [
            {"fields": [column.name], "reference": {"resource": column.to, "fields": ["permalink"]}} for column in links
        ]
    return {
        "name": table.name,
        "type": "table",
        "path": item.path,
        "description": describe_table.get(table.name, ""),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": item.size,
        "hash": f"sha256:{item.sha256}",
        "rows": item.rows,
        "schema": schema,
    }


def _field(column: Column, about: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, **FORMATS.get(column.type, {"type": "string"})}
    if about:
        field["description"] = f"{about} ({column.language})" if column.language else about
    constraints: dict[str, Any] = {}
    if column.type is ColumnType.PERMALINK:
        constraints["required"] = True
    if column.type is ColumnType.CODE and column.codes:
        constraints["enum"] = list(column.codes)
    if constraints:
        field["constraints"] = constraints
    return field
