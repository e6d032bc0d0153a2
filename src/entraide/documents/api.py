"""The door of documents."""

from entraide.documents.adapters.files import FileReader, FileText, printable, take_bytes
from entraide.documents.adapters.folders import list_files

__all__ = ["FileReader", "FileText", "list_files", "printable", "take_bytes"]
