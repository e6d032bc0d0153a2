"""What makes long lists fast: commitments by scope and day, and counts per mechanism, domain and status.

Both follow from the other tables (`services.listing` writes them) and can be made again from them.
"""

from django.db import models

from entraide.programme.models.register import Commitment, Mechanism


class CommitmentListing(models.Model):
    """A commitment in one list: that of all (`scope` empty) or that of a State.

    The indexes hold all that a filtered page reads, so that a rare status in a common domain stays cheap; a number as
    key keeps them small.
    """

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=2, blank=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="listings", db_index=False)
    listed_on = models.DateField()
    domain = models.CharField(max_length=40)
    status = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commitment", "scope"], name="programme_listed_once")]
        indexes = [
            models.Index(fields=["scope", "listed_on", "commitment"], name="programme_listing_day"),
            models.Index(
                fields=["scope", "domain", "listed_on", "commitment", "status"], name="programme_listing_domain"
            ),
            models.Index(fields=["scope", "status", "listed_on", "commitment"], name="programme_listing_status"),
        ]


class CommitmentCoverage(models.Model):
    """A year that a commitment is for, in the list of all (`scope` empty) or in that of a State.

    A commitment for three years has three rows in each list; its year is that of its own period, else of its plan's.
    """

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=2, blank=True)
    year = models.PositiveSmallIntegerField()
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="coverage", db_index=False)
    listed_on = models.DateField()
    domain = models.CharField(max_length=40)
    status = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commitment", "scope", "year"], name="programme_covered_once")]
        indexes = [
            models.Index(
                fields=["scope", "year", "listed_on", "commitment", "domain", "status"], name="programme_coverage_day"
            ),
            models.Index(
                fields=["scope", "year", "domain", "listed_on", "commitment", "status"],
                name="programme_coverage_domain",
            ),
        ]


class CommitmentTally(models.Model):
    """So many commitments more (or fewer) of a mechanism in a domain with a status; their sum is the count.

    Rows are added and summed up, never changed, so that two writers never wait for each other.
    """

    id = models.BigAutoField(primary_key=True)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="tallies", db_index=False)
    domain = models.CharField(max_length=40)
    status = models.CharField(max_length=16)
    change = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["mechanism", "domain", "status", "change"], name="programme_tally_sum")]
