"""How tables are written."""

from enum import StrEnum


class ExportFormat(StrEnum):
    """How a table is written; the ending of its address and of its file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    JSONL = "jsonl"


SEPARATORS = {",": ",", ";": ";", "comma": ",", "semicolon": ";", "tab": "\t"}
"""What may stand between the cells of a CSV file, by what an address says: some spreadsheets take only their own."""
