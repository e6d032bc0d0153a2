"""What this node received."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class InboxMessage(models.Model):
    """A verified message of a partner, durable before anything is done with it. `id` is the row's own.

    `secret` and `sealed` are as in the outbox, under a record key of this node's own.
    """

    class State(models.TextChoices):
        """Stored: durable, not handled. Blocked: its handler failed, its thread waits. The other two are final."""

        STORED = "stored"
        BLOCKED = "blocked"
        APPLIED = "applied"
        REJECTED = "rejected"

    id = models.UUIDField(primary_key=True, editable=False)
    partner_id = models.UUIDField()
    position = models.BigIntegerField()
    message_id = models.UUIDField(unique=True)
    thread_id = models.UUIDField()
    type = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField()
    secret = models.BinaryField()
    sealed = models.BinaryField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.STORED)
    code = models.CharField(max_length=80, blank=True)
    failures = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner_id", "position"], name="channel_inbox_position_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["partner_id", "position"],
                condition=Q(state__in=["stored", "blocked"]),
                name="channel_inbox_waiting",
            ),
            models.Index(fields=["thread_id", "position"], name="channel_inbox_thread"),
        ]


class ReceivedBatch(models.Model):
    """A batch that was verified and stored, by the digest of its bytes, with the receipt once there is one.

    The receipt is given again, byte for byte, when the same range comes again.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    partner_id = models.UUIDField()
    n0 = models.BigIntegerField()
    n1 = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    checkpoint = models.BinaryField()
    received_at = models.DateTimeField()
    receipt = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner_id", "n0"], name="channel_received_batch_place"),
        ]
