"""The door of the journal."""

from entraide.journal.adapters.act_kinds import act_kind_of, declare_acts, list_act_kinds
from entraide.journal.adapters.triggers import check_triggers
from entraide.journal.domain.acts import RESTORED, UNDONE, ActView, TakenBack
from entraide.journal.domain.errors import (
    BadCheckpoint,
    JournalBroken,
    LeavesMismatch,
    LogForked,
    LogGap,
    NoSuchLeaf,
    NoSuchLog,
    WrongSide,
)
from entraide.journal.domain.heads import verify_checkpoint
from entraide.journal.domain.merkle import verify_consistency, verify_inclusion
from entraide.journal.domain.notes import SignedCheckpoint, directed_origin, parse_checkpoint
from entraide.journal.selectors import (
    Acts,
    EntryView,
    LogView,
    TouchedFact,
    count_acts,
    count_waiting,
    find_act,
    find_last_signature,
    get_entry,
    list_actors,
    list_acts,
    list_entries,
    list_kinds,
    list_last_changes,
    list_logs,
    list_touched,
)
from entraide.journal.services.acts import act, mark_undone
from entraide.journal.services.bundles import export_bundle
from entraide.journal.services.checkpoints import sign_checkpoint
from entraide.journal.services.directed import (
    append_and_sign,
    append_leaves,
    compare_head,
    cosign_checkpoint,
    ensure_directed_log,
    keep_mirrored,
    list_leaves,
    lock_mirror,
    record_cosignature,
)
from entraide.journal.services.entries import NewEntry, append_entries, append_entry
from entraide.journal.services.proofs import get_head, prove_consistency, prove_inclusion
from entraide.journal.services.sequencer import ensure_own_log, sequence_own_log
from entraide.journal.services.verification import Examination, examine_logs, verify_all_logs, verify_log

__all__ = [
    "RESTORED",
    "UNDONE",
    "ActView",
    "Acts",
    "BadCheckpoint",
    "EntryView",
    "Examination",
    "JournalBroken",
    "LeavesMismatch",
    "LogForked",
    "LogGap",
    "LogView",
    "NewEntry",
    "NoSuchLeaf",
    "NoSuchLog",
    "SignedCheckpoint",
    "TakenBack",
    "TouchedFact",
    "WrongSide",
    "act",
    "act_kind_of",
    "append_and_sign",
    "append_entries",
    "append_entry",
    "append_leaves",
    "check_triggers",
    "compare_head",
    "cosign_checkpoint",
    "count_acts",
    "count_waiting",
    "declare_acts",
    "directed_origin",
    "ensure_directed_log",
    "ensure_own_log",
    "examine_logs",
    "export_bundle",
    "find_act",
    "find_last_signature",
    "get_entry",
    "get_head",
    "keep_mirrored",
    "list_act_kinds",
    "list_actors",
    "list_acts",
    "list_entries",
    "list_kinds",
    "list_last_changes",
    "list_leaves",
    "list_logs",
    "list_touched",
    "lock_mirror",
    "mark_undone",
    "parse_checkpoint",
    "prove_consistency",
    "prove_inclusion",
    "record_cosignature",
    "sequence_own_log",
    "sign_checkpoint",
    "verify_all_logs",
    "verify_checkpoint",
    "verify_consistency",
    "verify_inclusion",
    "verify_log",
]
