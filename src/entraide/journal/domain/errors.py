"""What can be wrong with a log."""

from entraide.kernel.errors import BadInput, NotFound, VerificationFailed
from entraide.kernel.text import N_, NN_


class NoSuchLog(NotFound):
    """There is no such log at this node."""

    code = "journal.no_such_log"
    message = N_("This node has no log {log}.")
    remedy = N_("Check that the partner is paired.")


class NoSuchLeaf(NotFound):
    """A log has no such leaf or size."""

    code = "journal.no_such_leaf"
    message = NN_(
        "The log has {size} leaf; number {index} does not exist.",
        "The log has {size} leaves; number {index} does not exist.",
        by="size",
    )
    remedy = N_("Ask for a number below the size of the log.")


class WrongSide(BadInput):
    """An author's act was asked of a mirror, or a reader's act of an author."""

    code = "journal.wrong_side"
    message = N_("The log {origin} is not written by this side.")
    remedy = N_("Only the author appends and signs; only the reader mirrors.")


class BadCheckpoint(VerificationFailed):
    """A checkpoint cannot be read, is for another log, or is not signed by its author."""

    code = "journal.bad_checkpoint"
    message = N_("The checkpoint of {origin} does not hold: {why}.")
    remedy = N_("Nothing was accepted. Fetch the batch again; if that fails too, compare the partner's fingerprint.")


class LeavesMismatch(BadCheckpoint):
    """The leaves that were sent do not lead to the root that the author signed."""

    code = "journal.leaves_mismatch"
    message = N_("The leaves sent for {origin} do not give the root that its author signed at size {size}.")
    remedy = N_("Nothing was accepted. Fetch the batch again; if it fails again, compare the heads of both sides.")


class LogGap(VerificationFailed):
    """Leaves between the mirror and the batch are missing."""

    code = "journal.log_gap"
    message = NN_(
        "The batch of {origin} begins at {first}, but this node has only {size} leaf.",
        "The batch of {origin} begins at {first}, but this node has only {size} leaves.",
        by="size",
    )
    remedy = N_("The author sends the missing leaves first.")


class LogForked(VerificationFailed):
    """The author signed two histories: leaves or a root that differ from what it signed before."""

    code = "journal.log_forked"
    message = N_("{origin} has two histories: its author now signs something else at number {index} than before.")
    remedy = N_("Nothing was accepted. Keep both signed checkpoints and call the partner: restored backup, or fraud.")


class JournalBroken(VerificationFailed):
    """A log at rest was changed; says where the first bad place is."""

    code = "journal.broken"
    message = N_("The log {origin} does not verify at {place}: {why}.")
    remedy = N_("Stop writing, keep the database as it is, and compare with the last backup and the partner's mirror.")


class BadProof(VerificationFailed):
    """An inclusion or consistency proof does not hold."""

    code = "journal.bad_proof"
    message = N_("The {what} proof does not hold: {why}.")
    remedy = N_("Ask for the proof and the checkpoint again.")
