"""The door of the journal."""

from entraide.journal.adapters.revision import check_revision, list_watched, watch_public
from entraide.journal.adapters.rows import find_object, find_row, insert_row, insert_rows, update_rows
from entraide.journal.adapters.triggers import check_triggers
from entraide.journal.domain.errors import (
    BadCheckpoint,
    BadProof,
    JournalBroken,
    LeavesMismatch,
    LogForked,
    LogGap,
    NoSuchLeaf,
    NoSuchLog,
    WrongSide,
)
from entraide.journal.domain.merkle import leaf_hash, verify_consistency, verify_inclusion
from entraide.journal.domain.notes import (
    Checkpoint,
    Cosignature,
    SignedCheckpoint,
    directed_origin,
    parse_checkpoint,
)
from entraide.journal.domain.revision import Revision
from entraide.journal.selectors import (
    Acts,
    EntryView,
    LogView,
    count_acts,
    count_waiting,
    get_entry,
    get_revision,
    list_entries,
    list_kinds,
    list_logs,
)
from entraide.journal.services.bundles import export_bundle
from entraide.journal.services.checkpoints import sign_checkpoint, verify_checkpoint, verify_cosignature
from entraide.journal.services.directed import (
    append_and_sign,
    append_leaves,
    compare_head,
    cosign_checkpoint,
    ensure_directed_log,
    list_leaves,
    mirror_leaves,
    record_cosignature,
)
from entraide.journal.services.entries import NewEntry, append_entries, append_entry
from entraide.journal.services.proofs import Head, get_head, prove_consistency, prove_inclusion
from entraide.journal.services.revision import fold_public_changes
from entraide.journal.services.sequencer import ensure_own_log, sequence_own_log
from entraide.journal.services.transactions import joined, transaction
from entraide.journal.services.verification import Examination, VerifiedLog, examine_logs, verify_all_logs, verify_log

__all__ = [
    "Acts",
    "BadCheckpoint",
    "BadProof",
    "Checkpoint",
    "Cosignature",
    "EntryView",
    "Examination",
    "Head",
    "JournalBroken",
    "LeavesMismatch",
    "LogForked",
    "LogGap",
    "LogView",
    "NewEntry",
    "NoSuchLeaf",
    "NoSuchLog",
    "Revision",
    "SignedCheckpoint",
    "VerifiedLog",
    "WrongSide",
    "append_and_sign",
    "append_entries",
    "append_entry",
    "append_leaves",
    "check_revision",
    "check_triggers",
    "compare_head",
    "cosign_checkpoint",
    "count_acts",
    "count_waiting",
    "directed_origin",
    "ensure_directed_log",
    "ensure_own_log",
    "examine_logs",
    "export_bundle",
    "find_object",
    "find_row",
    "fold_public_changes",
    "get_entry",
    "get_head",
    "get_revision",
    "insert_row",
    "insert_rows",
    "joined",
    "leaf_hash",
    "list_entries",
    "list_kinds",
    "list_leaves",
    "list_logs",
    "list_watched",
    "mirror_leaves",
    "parse_checkpoint",
    "prove_consistency",
    "prove_inclusion",
    "record_cosignature",
    "sequence_own_log",
    "sign_checkpoint",
    "transaction",
    "update_rows",
    "verify_all_logs",
    "verify_checkpoint",
    "verify_consistency",
    "verify_cosignature",
    "verify_inclusion",
    "verify_log",
    "watch_public",
]
