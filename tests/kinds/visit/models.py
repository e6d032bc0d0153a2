"""The table of a second kind of fact that only tests have."""

import datetime as dt

from django.db import models
from django.db.models.functions import Coalesce


class Visit(models.Model):
    """A delegation of one side, received by the other."""

    id = models.UUIDField(primary_key=True)
    mechanism = models.ForeignKey("programme.Mechanism", on_delete=models.PROTECT)
    instrument = models.ForeignKey("programme.Instrument", null=True, on_delete=models.PROTECT)
    titles = models.JSONField(default=dict)
    purpose = models.CharField(max_length=20)
    begins = models.CharField(max_length=21, blank=True)
    begins_basis = models.CharField(max_length=10, blank=True)
    sort_date = models.DateField(null=True)
    listed_on = models.GeneratedField(
        expression=Coalesce("sort_date", models.Value(dt.date.min)),
        output_field=models.DateField(),
        db_persist=True,
    )
    delegates = models.PositiveIntegerField(null=True)
    stops = models.JSONField(default=list)
