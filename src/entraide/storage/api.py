"""The door of storage."""

from entraide.storage.adapters.blobs import FileBlobs
from entraide.storage.adapters.changes import ChangeLog, revert_changes
from entraide.storage.adapters.revision import check_revision, list_watched, watch_public
from entraide.storage.adapters.rows import find_object, find_row, insert_row, insert_rows, update_rows
from entraide.storage.adapters.traces import ANY, Standing, about_of, check_traces, list_traced, model_at, trace_rows
from entraide.storage.domain.blobs import BlobMismatch, NoSuchBlob, require_digest
from entraide.storage.domain.leases import Lease, LeaseLost
from entraide.storage.domain.revision import Revision
from entraide.storage.selectors import get_revision, list_takings
from entraide.storage.services.leases import demand_lease, hold_lease, release_lease, renew_lease, take_lease
from entraide.storage.services.revision import fold_public_changes
from entraide.storage.services.traces import (
    count_changes_by,
    find_images,
    list_changes_at,
    list_changes_by,
    list_changes_of,
    list_facts_of_act,
    put_row,
    rows_made,
    traced_as,
)
from entraide.storage.services.transactions import joined, transaction, tried

__all__ = [
    "ANY",
    "BlobMismatch",
    "ChangeLog",
    "FileBlobs",
    "Lease",
    "LeaseLost",
    "NoSuchBlob",
    "Revision",
    "Standing",
    "about_of",
    "check_revision",
    "check_traces",
    "count_changes_by",
    "demand_lease",
    "find_images",
    "find_object",
    "find_row",
    "fold_public_changes",
    "get_revision",
    "hold_lease",
    "insert_row",
    "insert_rows",
    "joined",
    "list_changes_at",
    "list_changes_by",
    "list_changes_of",
    "list_facts_of_act",
    "list_takings",
    "list_traced",
    "list_watched",
    "model_at",
    "put_row",
    "release_lease",
    "renew_lease",
    "require_digest",
    "revert_changes",
    "rows_made",
    "take_lease",
    "trace_rows",
    "traced_as",
    "transaction",
    "tried",
    "update_rows",
    "watch_public",
]
