"""The door of documents."""

from entraide.documents.adapters.files import (
    Document,
    FileReader,
    FileText,
    list_documents,
    normal_form_of,
    printable,
    take_bytes,
)
from entraide.documents.adapters.folders import list_files

__all__ = [
    "Document",
    "FileReader",
    "FileText",
    "list_documents",
    "list_files",
    "normal_form_of",
    "printable",
    "take_bytes",
]
