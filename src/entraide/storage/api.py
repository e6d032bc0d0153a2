"""The door of storage."""

from entraide.storage.adapters.blobs import FileBlobs
from entraide.storage.adapters.revision import check_revision, list_watched, watch_public
from entraide.storage.adapters.rows import find_object, find_row, insert_row, insert_rows, update_rows
from entraide.storage.domain.revision import Revision
from entraide.storage.selectors import get_revision
from entraide.storage.services.revision import fold_public_changes
from entraide.storage.services.transactions import joined, transaction

__all__ = [
    "FileBlobs",
    "Revision",
    "check_revision",
    "find_object",
    "find_row",
    "fold_public_changes",
    "get_revision",
    "insert_row",
    "insert_rows",
    "joined",
    "list_watched",
    "transaction",
    "update_rows",
    "watch_public",
]
