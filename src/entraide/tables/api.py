"""The door of tables."""

from entraide.tables.adapters.files import GivenFile, open_tables, read_tables, read_upload_name
from entraide.tables.adapters.vocabulary import describe_column, describe_table, load_tables
from entraide.tables.domain.difference import Added, Changed, Difference, FieldChange, LeftAsItIs
from entraide.tables.domain.filters import ExportFilter
from entraide.tables.domain.formats import ExportFormat
from entraide.tables.domain.package import LICENCES
from entraide.tables.domain.reading import ParsedFile
from entraide.tables.domain.refusals import Refusal
from entraide.tables.domain.tables import Column, ColumnType, Table, Tables
from entraide.tables.services.exporting import export_filter, export_table, list_rows
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
from entraide.tables.services.package import (
    PackageEdition,
    find_package,
    list_packages,
    make_nightly_package,
    make_package,
)
from entraide.tables.services.refreshing import refresh_package

__all__ = [
    "LICENCES",
    "Added",
    "Changed",
    "Column",
    "ColumnType",
    "ComparedImport",
    "Difference",
    "ExportFilter",
    "ExportFormat",
    "FieldChange",
    "GivenFile",
    "ImportView",
    "LeftAsItIs",
    "PackageEdition",
    "ParsedFile",
    "Refusal",
    "Table",
    "Tables",
    "apply_import",
    "apply_tables",
    "compare_import",
    "compare_tables",
    "describe_column",
    "describe_table",
    "drop_import",
    "export_filter",
    "export_table",
    "find_package",
    "get_import",
    "give_tables",
    "list_imports",
    "list_packages",
    "list_rows",
    "load_tables",
    "make_nightly_package",
    "make_package",
    "open_tables",
    "read_tables",
    "read_upload_name",
    "refresh_package",
]
