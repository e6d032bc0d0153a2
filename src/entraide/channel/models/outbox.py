"""What this node sends."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """A message as submitted. `id` is the message's own id.

    `secret` holds the record key and the salt, wrapped under the node's root key; `sealed` is the envelope encrypted
    under the record key. Destroying `secret` erases the message and leaves its leaf without meaning. `tie` keeps the
    order of submissions of the same microsecond. `position` is the leaf's place in the directed log once a batch has
    taken it.
    """

    class State(models.TextChoices):
        """Where the message stands, as far as evidence says."""

        PENDING = "pending"
        SENT = "sent"
        RELAYED = "relayed"
        DELIVERED = "delivered"
        REJECTED = "rejected"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, editable=False)
    partner_id = models.UUIDField()
    thread_id = models.UUIDField()
    type = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    urgent = models.BooleanField(default=False)
    submitted_at = models.DateTimeField()
    tie = models.BigIntegerField()
    expires_at = models.DateTimeField(null=True)
    size = models.PositiveIntegerField()
    leaf = models.BinaryField(max_length=32)
    secret = models.BinaryField()
    sealed = models.BinaryField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    code = models.CharField(max_length=80, blank=True)
    position = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner_id", "position"], name="channel_outbox_position_once"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "expired"], position__isnull=True)
                | Q(state__in=["sent", "relayed", "delivered", "rejected"], position__gte=1),
                name="channel_outbox_position_when_sent",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["partner_id", "-urgent", "submitted_at", "tie", "id"],
                condition=Q(state="pending"),
                name="channel_outbox_waiting",
            ),
            models.Index(fields=["expires_at"], condition=Q(state="pending"), name="channel_outbox_expiry"),
            models.Index(fields=["thread_id", "submitted_at"], name="channel_outbox_thread"),
        ]


class Batch(models.Model):
    """A batch that was appended to the directed log; its bytes are kept until it is evidenced, then deleted."""

    id = models.UUIDField(primary_key=True, editable=False)
    partner_id = models.UUIDField()
    n0 = models.BigIntegerField()
    n1 = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    evidenced_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner_id", "n0"], name="channel_batch_place"),
            # Continuity: the next batch is made only when the one before is evidenced.
            models.UniqueConstraint(
                fields=["partner_id"], condition=Q(evidenced_at__isnull=True), name="channel_one_batch_on_its_way"
            ),
            models.CheckConstraint(condition=Q(n1__gt=models.F("n0"), n0__gte=0), name="channel_batch_range"),
        ]
