"""The door of documents."""

from entraide.documents.adapters.files import FileReader, FileText, printable, read_file, take_bytes
from entraide.documents.adapters.folders import FileList, list_files

__all__ = ["FileList", "FileReader", "FileText", "list_files", "printable", "read_file", "take_bytes"]
