"""The door of the journal."""

from entraide.journal.services.entries import NewEntry, append_entries, append_entry
from entraide.journal.services.transactions import transaction

__all__ = [
    "NewEntry",
    "append_entries",
    "append_entry",
    "transaction",
]
