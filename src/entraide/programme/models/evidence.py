"""What speaks about a fact after it was recorded: contradictions, counts of requests, assessments.

Each row is a statement of its own; none replaces another.
"""

from django.db import models

from entraide.programme.models.register import Commitment


class RecordedContradiction(models.Model):
    """What another source says of a recorded fact where the two disagree; both are shown.

    `source_kind` and `told_on` are those of its weightiest source. `note` says why a person decided against the weight
    of the sources; it is public.
    """

    id = models.UUIDField(primary_key=True)
    fact_kind = models.CharField(max_length=16)
    fact_id = models.UUIDField()
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=500)
    basis = models.CharField(max_length=10, blank=True)
    source_kind = models.CharField(max_length=20, blank=True)
    told_on = models.CharField(max_length=21, blank=True)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["fact_kind", "fact_id"], name="programme_contradiction_fact")]
        constraints = [
            models.UniqueConstraint(
                fields=["fact_kind", "fact_id", "field", "value"], name="programme_contradiction_once"
            )
        ]


class ProgressReport(models.Model):
    """Requests in a commitment's domain, counted: answered in time either way, answered late, still open. No person."""

    id = models.UUIDField(primary_key=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="progress")
    period = models.CharField(max_length=21)
    answered_in_time = models.PositiveIntegerField()
    answered_late = models.PositiveIntegerField()
    still_open = models.PositiveIntegerField()
    by_node = models.CharField(max_length=100)
    one_sided = models.BooleanField()
    created_at = models.DateTimeField()


class Assessment(models.Model):
    """A grade that somebody gives a commitment for a period, by a named method."""

    id = models.UUIDField(primary_key=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="assessments")
    period = models.CharField(max_length=21)
    assessor = models.CharField(max_length=200)
    method = models.CharField(max_length=20)
    grade = models.CharField(max_length=16)
    note = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()


class AnsweredWarning(models.Model):
    """What a person answered to a warning of a check: that it is so, and why. `facts` are pairs of kind and id."""

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=40)
    fact_id = models.UUIDField(db_index=True)
    facts = models.JSONField(default=list)
    params = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    answered_at = models.DateTimeField()
