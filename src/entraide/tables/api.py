"""The door of tables."""

from entraide.tables.adapters.files import GivenFile, open_tables, read_tables, read_upload_name
from entraide.tables.adapters.vocabulary import describe_column, describe_table, load_tables
from entraide.tables.domain.difference import Added, Changed, Difference, LeftAsItIs
from entraide.tables.domain.formats import ExportFormat
from entraide.tables.domain.package import LICENCES
from entraide.tables.domain.refusals import Refusal
from entraide.tables.domain.tables import Column, Table
from entraide.tables.services.exporting import export_filter, export_table, export_workbook, parse_separator
from entraide.tables.services.importing import (
    ComparedImport,
    ImportView,
    apply_import,
    apply_tables,
    compare_import,
    compare_tables,
    drop_import,
    get_import,
    give_tables,
    list_imports,
)
from entraide.tables.services.package import find_package, list_packages, make_nightly_package, make_package
from entraide.tables.services.refreshing import refresh_package

__all__ = [
    "LICENCES",
    "Added",
    "Changed",
    "Column",
    "ComparedImport",
    "Difference",
    "ExportFormat",
    "GivenFile",
    "ImportView",
    "LeftAsItIs",
    "Refusal",
    "Table",
    "apply_import",
    "apply_tables",
    "compare_import",
    "compare_tables",
    "describe_column",
    "describe_table",
    "drop_import",
    "export_filter",
    "export_table",
    "export_workbook",
    "find_package",
    "get_import",
    "give_tables",
    "list_imports",
    "list_packages",
    "load_tables",
    "make_nightly_package",
    "make_package",
    "open_tables",
    "parse_separator",
    "read_tables",
    "read_upload_name",
    "refresh_package",
]
