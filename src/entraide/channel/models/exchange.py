"""The state of the exchange with one partner."""

from typing import ClassVar

from django.db import models


class Exchange(models.Model):
    """One row per partner: the two directed logs, what was agreed (`own_name` is this node's name in them), and how the
    last attempts went.

    `lease` names the worker that is sending to the partner now and until when; it spares double work and decides
    nothing: a batch that is sent twice is applied once.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    partner_id = models.UUIDField(unique=True)
    own_name = models.CharField(max_length=100)
    outgoing_log_id = models.UUIDField(unique=True)
    incoming_log_id = models.UUIDField(unique=True)
    transcript = models.BinaryField(max_length=32)
    suites = models.JSONField()
    failures = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=80, blank=True)
    last_failure_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    witnessed_at = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(lease__isnull=True) | models.Q(leased_until__isnull=False),
                name="channel_lease_ends",
            ),
        ]
