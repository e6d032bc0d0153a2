"""How tables are written."""

from enum import StrEnum


class ExportFormat(StrEnum):
    """How a table is written; the ending of its address and of its file."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
