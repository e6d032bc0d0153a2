"""The table of the storage context: notes of what the public can read having changed."""

from django.db import models


class PublicChange(models.Model):
    """How often transactions changed public tables: a row per transaction (named by its number) until they are folded
    into the row whose id is all zeros; written by triggers only (`adapters.revision`).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    changes = models.BigIntegerField()
    at = models.DateTimeField()
