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
