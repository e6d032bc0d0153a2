"""The table of a kind of fact that only tests have."""

import datetime as dt

from django.db import models
from django.db.models.functions import Coalesce


class Activity(models.Model):
    """What two sides did together."""

    id = models.UUIDField(primary_key=True)
    mechanism = models.ForeignKey("programme.Mechanism", on_delete=models.PROTECT, related_name="activities")
    meeting = models.ForeignKey("programme.Meeting", null=True, on_delete=models.PROTECT, related_name="activities")
    topic = models.CharField(max_length=20)
    titles = models.JSONField(default=dict)
    date = models.CharField(max_length=21, blank=True)
    date_basis = models.CharField(max_length=10, blank=True)
    sort_date = models.DateField(null=True)
    listed_on = models.GeneratedField(
        expression=Coalesce("sort_date", models.Value(dt.date.min)),
        output_field=models.DateField(),
        db_persist=True,
    )
    place = models.CharField(max_length=200, blank=True)
    participants = models.PositiveIntegerField(null=True)
    languages = models.JSONField(default=list)
    created_at = models.DateTimeField()
