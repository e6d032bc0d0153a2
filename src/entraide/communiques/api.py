"""The door of the communiques context."""

from entraide.communiques.adapters.files import FileReader, FileText, printable, read_file, take_bytes
from entraide.communiques.adapters.folders import FileList, list_files
from entraide.communiques.adapters.samples import Sample, SampleTask, list_samples, read_sample
from entraide.communiques.adapters.table_files import GivenFile, open_tables, read_tables, read_upload_name
from entraide.communiques.adapters.tables import describe_column, describe_table, load_tables
from entraide.communiques.domain.endpoint.settings import make_endpoint
from entraide.communiques.domain.endpoint.telling import ReadingView, reading_view
from entraide.communiques.domain.proposals import ProposalKind, ProposalState
from entraide.communiques.domain.reader.model import (
    Commitment,
    Evidence,
    Instrument,
    Meeting,
    Official,
    Party,
    Reading,
    Reference,
)
from entraide.communiques.domain.reader.reading import read_text
from entraide.communiques.domain.reader.serialising import reading_to_json
from entraide.communiques.domain.spans import Segment, Span, split_spans
from entraide.communiques.domain.tabular.difference import Added, Changed, Difference, FieldChange, LeftAsItIs
from entraide.communiques.domain.tabular.filters import ExportFilter
from entraide.communiques.domain.tabular.package import LICENCES
from entraide.communiques.domain.tabular.reading import ParsedFile
from entraide.communiques.domain.tabular.refusals import Refusal
from entraide.communiques.domain.tabular.tables import Column, ColumnType, Table, Tables
from entraide.communiques.selectors import (
    CitationView,
    ContradictionView,
    FieldEvidence,
    ProposalView,
    PublicText,
    SourceSummary,
    SourceText,
    citations_of,
    citations_of_many,
    count_decided_sources,
    count_sources_of,
    get_proposal,
    get_source,
    list_cited,
    list_contradictions,
    list_proposals,
    list_public_texts,
    list_sources,
    list_texts,
    page_public_sources,
)
from entraide.communiques.services.candidates import (
    CandidateView,
    list_all_candidates,
    list_candidates,
    list_mechanism_choices,
)
from entraide.communiques.services.conflicts import (
    ConflictView,
    family_of,
    list_conflicts,
    settle_conflict,
)
from entraide.communiques.services.proposals import (
    KeptInBulk,
    correct_proposal,
    keep_all,
    keep_proposal,
    reject_proposal,
)
from entraide.communiques.services.reading import ReadingReport, read_source
from entraide.communiques.services.settling import SettledInBulk, reject_conflicts, settle_conflicts
from entraide.communiques.services.sources import import_source
from entraide.communiques.services.tabular.exporting import ExportFormat, export_filter, export_table, list_rows
from entraide.communiques.services.tabular.importing import (
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
from entraide.communiques.services.tabular.package import (
    PackageEdition,
    find_package,
    list_packages,
    make_nightly_package,
    make_package,
)
from entraide.communiques.services.upkeep import (
    Quoted,
    enter_agenda_item,
    enter_delegation,
    enter_mechanism_name,
    enter_standing,
    join_two_series,
)
from entraide.programme.api import SourceKind

__all__ = [
    "LICENCES",
    "Added",
    "CandidateView",
    "Changed",
    "CitationView",
    "Column",
    "ColumnType",
    "Commitment",
    "ComparedImport",
    "ConflictView",
    "ContradictionView",
    "Difference",
    "Evidence",
    "ExportFilter",
    "ExportFormat",
    "FieldChange",
    "FieldEvidence",
    "FileList",
    "FileReader",
    "FileText",
    "GivenFile",
    "ImportView",
    "Instrument",
    "KeptInBulk",
    "LeftAsItIs",
    "Meeting",
    "Official",
    "PackageEdition",
    "ParsedFile",
    "Party",
    "ProposalKind",
    "ProposalState",
    "ProposalView",
    "PublicText",
    "Quoted",
    "Reading",
    "ReadingReport",
    "ReadingView",
    "Reference",
    "Refusal",
    "Sample",
    "SampleTask",
    "Segment",
    "SettledInBulk",
    "SourceKind",
    "SourceSummary",
    "SourceText",
    "Span",
    "Table",
    "Tables",
    "apply_import",
    "apply_tables",
    "citations_of",
    "citations_of_many",
    "compare_import",
    "compare_tables",
    "correct_proposal",
    "count_decided_sources",
    "count_sources_of",
    "describe_column",
    "describe_table",
    "drop_import",
    "enter_agenda_item",
    "enter_delegation",
    "enter_mechanism_name",
    "enter_standing",
    "export_filter",
    "export_table",
    "family_of",
    "find_package",
    "get_import",
    "get_proposal",
    "get_source",
    "give_tables",
    "import_source",
    "join_two_series",
    "keep_all",
    "keep_proposal",
    "list_all_candidates",
    "list_candidates",
    "list_cited",
    "list_conflicts",
    "list_contradictions",
    "list_files",
    "list_imports",
    "list_mechanism_choices",
    "list_packages",
    "list_proposals",
    "list_public_texts",
    "list_rows",
    "list_samples",
    "list_sources",
    "list_texts",
    "load_tables",
    "make_endpoint",
    "make_nightly_package",
    "make_package",
    "open_tables",
    "page_public_sources",
    "printable",
    "read_file",
    "read_sample",
    "read_source",
    "read_tables",
    "read_text",
    "read_upload_name",
    "reading_to_json",
    "reading_view",
    "reject_conflicts",
    "reject_proposal",
    "settle_conflict",
    "settle_conflicts",
    "split_spans",
    "take_bytes",
]
