"""Signed evidence, the same bytes at both ends."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class EvidenceStatement(models.Model):
    """One signed statement about a range of a directed log.

    `outgoing` tells which log: true for the one this node writes (the partner signed), false for the partner's (this
    node signed). An issued statement is pushed to the partner until it says that it has it; a receipt needs no push,
    because the author asks for it again with its batch. `at` is when its signer says that it was made, `stored_at` when
    it was first kept here.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    partner_id = models.UUIDField()
    outgoing = models.BooleanField()
    kind = models.CharField(max_length=9)
    n0 = models.BigIntegerField()
    n1 = models.BigIntegerField()
    at = models.DateTimeField()
    stored_at = models.DateTimeField()
    content = models.BinaryField()
    signature = models.JSONField()
    digest = models.BinaryField(max_length=32)
    known_to_partner = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner_id", "outgoing", "digest"], name="channel_statement_once"),
            models.CheckConstraint(condition=Q(n1__gt=models.F("n0"), n0__gte=0), name="channel_statement_range"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["partner_id", "outgoing", "n0", "n1"], name="channel_statement_range_of"),
            models.Index(fields=["partner_id"], condition=Q(known_to_partner=False), name="channel_statement_to_push"),
        ]


class WitnessedCheckpoint(models.Model):
    """A head of a partner's own log as it was told to this node: the partner cannot rewrite its acts behind it."""

    id = models.UUIDField(primary_key=True, editable=False)
    partner_id = models.UUIDField()
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner_id", "size"], name="channel_witnessed_once"),
        ]
