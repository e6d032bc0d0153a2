"""Tables of publication: what the publisher says of itself, reports of readers and the answers to them."""

from django.db import models


class OwnText(models.Model):
    """A page about the register as the operator wrote it in a language; without a row the default text stands."""

    id = models.UUIDField(primary_key=True)
    page = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    text = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("page", "language"), name="one_text_of_a_page_and_language"),)


class Reporting(models.Model):
    """Whether readers may report errors; at most one row, and without one they may."""

    id = models.UUIDField(primary_key=True)
    open = models.BooleanField()
    changed_at = models.DateTimeField()


class ErrorReport(models.Model):
    """What a reader reported of a fact. It is no act on the register: nothing of it is kept beside this row."""

    id = models.UUIDField(primary_key=True)
    fact_kind = models.CharField(max_length=16)
    fact_id = models.UUIDField(db_index=True)
    received_at = models.DateTimeField(db_index=True)
    wrong = models.TextField(blank=True)
    right = models.TextField(blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)


class ReporterContact(models.Model):
    """How to reach who reported, sealed under a key of the node; the row goes when the report is answered."""

    report = models.OneToOneField(ErrorReport, on_delete=models.CASCADE, primary_key=True, related_name="contact")
    sealed = models.BinaryField()


class ErrorAnswer(models.Model):
    """The answer to a report; undoing the act that gave it takes the row away, and the report is open again."""

    id = models.UUIDField(primary_key=True)
    report = models.OneToOneField(ErrorReport, on_delete=models.PROTECT, related_name="answer")
    fact_kind = models.CharField(max_length=16)
    fact_id = models.UUIDField(db_index=True)
    outcome = models.CharField(max_length=16)
    reason = models.CharField(max_length=500, blank=True)
    act_id = models.UUIDField(null=True)
    original_id = models.UUIDField(null=True)
    answered_at = models.DateTimeField()
