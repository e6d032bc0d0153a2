"""Tables of the storage context: notes of what the public can read having changed, and leases."""

from django.db import models


class LeaseRow(models.Model):
    """Who may do the work `name`, which must run once, and until when (`domain.leases.Lease`).

    The row stays when the lease is given back: `taken_at` tells when the work was last begun, by whichever process.
    """

    name = models.CharField(primary_key=True, max_length=100)
    token = models.BigIntegerField()
    holder = models.UUIDField(null=True)
    taken_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "storage_lease"

    def __str__(self) -> str:
        return self.name


class PublicChange(models.Model):
    """How often transactions changed public tables: a row per transaction (named by its number) until they are folded
    into the row whose id is all zeros; written by triggers only (`adapters.revision`).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    changes = models.BigIntegerField()
    at = models.DateTimeField()


class OpenAct(models.Model):
    """The act that the running transaction is part of; the row is gone before the transaction ends, so that each
    transaction sees its own alone.
    """

    id = models.UUIDField(primary_key=True, editable=False)


class RowChange(models.Model):
    """One change of a row by an act, in order: what stood there before and what after it, empty where there was no row.

    Written by triggers only (`adapters.traces`), and never changed.
    """

    id = models.BigAutoField(primary_key=True)
    act_id = models.UUIDField(db_index=True)
    model = models.CharField(max_length=80)
    row_id = models.UUIDField(db_index=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
