"""Tables of the journal; what may still change in them is decided by triggers (see `adapters.triggers`)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Log(models.Model):
    """An append-only log: the node's own, one it writes for a partner, or its mirror of one that a partner writes.

    `size` and `root` are the head; they change only together with tiles, under a lock of this row.
    """

    class Kind(models.TextChoices):
        """Who writes the log."""

        OWN = "own"
        AUTHOR = "author"
        MIRROR = "mirror"

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    partner_id = models.UUIDField(null=True)
    origin = models.CharField(max_length=255, unique=True)
    author = models.CharField(max_length=100)
    reader = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gte=0), name="journal_log_size_counts"),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="own"), name="journal_one_own_log"),
        ]


class Entry(models.Model):
    """One act of this node. `log` and `index` are empty until the sequencer numbers it, once and for ever.

    `content` is canonical JSON text without personal data; `salt` lies in its own column because the leaf holds only
    `digest`. `tie` keeps the order of acts of the same microsecond.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    log = models.ForeignKey(Log, null=True, on_delete=models.PROTECT, related_name="entries", db_index=False)
    index = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=80)
    subject = models.UUIDField()
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()
    tie = models.BigIntegerField()
    content = models.TextField()
    salt = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "index"], name="journal_entry_number"),
            models.CheckConstraint(
                condition=Q(log__isnull=True, index__isnull=True) | Q(log__isnull=False, index__gte=0),
                name="journal_entry_numbered_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["at", "tie", "id"], condition=Q(index__isnull=True), name="journal_entry_waiting"),
            models.Index(fields=["subject", "at"], name="journal_entry_subject"),
            models.Index(fields=["kind", "at"], name="journal_entry_kind"),
            models.Index(fields=["at"], name="journal_entry_at"),
        ]


class LeafRun(models.Model):
    """Leaves of a directed log that were appended together: `count` leaves from `first`, each with a 4-byte length."""

    id = models.UUIDField(primary_key=True, editable=False)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="runs", db_index=False)
    first = models.BigIntegerField()
    count = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "first"], name="journal_run_place"),
            models.CheckConstraint(condition=Q(first__gte=0, count__gt=0), name="journal_run_counts"),
        ]


class Tile(models.Model):
    """Up to 256 hashes of one level of a log's tree (level L holds the nodes 8 L levels above the leaves).

    A tile only grows at its end; a full one never changes.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="tiles", db_index=False)
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    width = models.PositiveSmallIntegerField()
    hashes = models.BinaryField(max_length=8192)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "level", "index"], name="journal_tile_place"),
            models.CheckConstraint(condition=Q(width__gt=0, width__lte=256), name="journal_tile_width"),
        ]


class SignerKeys(models.Model):
    """Public keys that signed something here, kept once: signatures must still verify after keys were replaced."""

    id = models.UUIDField(primary_key=True, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    signer = models.CharField(max_length=100)
    keys = models.JSONField()


class Checkpoint(models.Model):
    """A head that the log's author signed, as the whole signed note.

    `at` is when its author says that it signed, `stored_at` when it was first kept here: together they say which keys
    may have signed it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="checkpoints", db_index=False)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    stored_at = models.DateTimeField()
    note = models.TextField()
    keys = models.ForeignKey(SignerKeys, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["log", "size"], name="journal_checkpoint_place")]


class Cosignature(models.Model):
    """A reader's signature on a checkpoint: it holds the same leaves, durably. `at` and `stored_at` as there."""

    id = models.UUIDField(primary_key=True, editable=False)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures", db_index=False)
    signer = models.CharField(max_length=100)
    at = models.DateTimeField()
    stored_at = models.DateTimeField()
    signature = models.JSONField()
    keys = models.ForeignKey(SignerKeys, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checkpoint", "signer"], name="journal_cosignature_once"),
        ]


class Act(models.Model):
    """One act of a person or of the node on the register, whole: its entries, and the rows that it changed (`storage`).

    `kind` is declared (`domain.acts`), `batch` joins what was done at once, `reason` says why where the act asks for
    it. `undone_by` is the act that took it back; nothing of either goes.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=80)
    subject = models.UUIDField(null=True, db_index=True)
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()
    batch = models.UUIDField(null=True, db_index=True)
    reason = models.CharField(max_length=500, blank=True)
    undone_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undoes")


class ActEntry(models.Model):
    """An entry of an act."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="entries")


class ActFact(models.Model):
    """A fact that an act touched, itself or in a part of it."""

    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="facts")
    fact_id = models.UUIDField(db_index=True)
