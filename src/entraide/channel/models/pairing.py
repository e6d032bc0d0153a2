"""Pairings, open and closed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Pairing(models.Model):
    """One attempt to pair with a node. `id` is chosen by the node that starts and is the same at both.

    `card` is the partner's, `own_card` what this node showed; `commitment` is the starting node's. `transcript` is
    known as soon as both sides are revealed. `own_signature` is this node's confirmation over the transcript,
    `partner_signature` the partner's; with both, `partner_id` is set.
    """

    class State(models.TextChoices):
        """As `domain.pairing.PairingState`."""

        STARTED = "started"
        INCOMING = "incoming"
        COMPARE = "compare"
        CONFIRMED = "confirmed"
        PAIRED = "paired"
        ABORTED = "aborted"

    id = models.UUIDField(primary_key=True, editable=False)
    initiated_here = models.BooleanField()
    origin = models.CharField(max_length=255)
    state = models.CharField(max_length=9, choices=State.choices)
    code = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    own_card = models.JSONField()
    own_nonce = models.BinaryField(max_length=32)
    commitment = models.BinaryField(max_length=32)
    card = models.JSONField(null=True)
    partner_nonce = models.BinaryField(max_length=32, null=True)
    transcript = models.BinaryField(max_length=32, null=True)
    own_signature = models.JSONField(null=True)
    partner_signature = models.JSONField(null=True)
    partner_id = models.UUIDField(null=True)
    told_partner = models.BooleanField(default=False)
    confirmed_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="paired")
                | Q(own_signature__isnull=False, partner_signature__isnull=False, partner_id__isnull=False),
                name="channel_paired_when_both_signed",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "started_at"], name="channel_pairing_state")]
