"""Tables of a plan that two nodes negotiate: the plan, its clauses by version, agreements and signatures.

A clause's version numbers are the plan's: rows up to `Plan.version` were sent or received and never change; a row of
`Plan.version + 1` is the working copy of the side whose turn it is.
"""

from django.db import models


class Plan(models.Model):
    """A plan for a period; its id, its clauses' ids and its text are the same on both nodes."""

    id = models.UUIDField(primary_key=True)
    mechanism = models.ForeignKey("programme.Mechanism", on_delete=models.PROTECT, related_name="plans")
    partner_id = models.UUIDField(db_index=True)
    own_state = models.CharField(max_length=2)
    partner_state = models.CharField(max_length=2)
    parties = models.JSONField()
    titles = models.JSONField(default=dict)
    period = models.CharField(max_length=21)
    languages = models.JSONField(default=list)
    authentic = models.JSONField(default=list)
    state = models.CharField(max_length=10)
    version = models.PositiveIntegerField(default=0)
    turn = models.CharField(max_length=2, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    meeting = models.ForeignKey("programme.Meeting", null=True, on_delete=models.PROTECT, related_name="plans")
    instrument = models.ForeignKey("programme.Instrument", null=True, on_delete=models.PROTECT, related_name="plans")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()


class Clause(models.Model):
    """The identity of a clause through all versions of its plan."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="clauses")
    follows_commitment_id = models.UUIDField(null=True)


class ClauseVersion(models.Model):
    """What a clause says in a version of the plan, and which side wrote it."""

    id = models.UUIDField(primary_key=True)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    domain = models.CharField(max_length=40)
    texts = models.JSONField(default=dict)
    lead_units = models.JSONField(default=dict)
    removed = models.BooleanField(default=False)
    author_state = models.CharField(max_length=2)
    author_node = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "version"], name="plans_clause_version")]


class PlanAgreement(models.Model):
    """One side's agreement to one version of a plan."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agreements")
    state = models.CharField(max_length=2)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "state", "version"], name="plans_agreement_once")]


class Signatory(models.Model):
    """A post that may sign plans for this ministry, with its public keys and its key locked by a passphrase."""

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(db_index=True)
    post = models.CharField(max_length=300)
    public_keys = models.JSONField()
    locked_key = models.BinaryField()
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class PlanSignature(models.Model):
    """One side's signature of the frozen text, with its node's attestation that the key is this post's."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="signatures")
    state = models.CharField(max_length=2)
    statement = models.JSONField()
    public_keys = models.JSONField()
    signature = models.JSONField()
    attestation = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "state"], name="plans_signature_once")]


class PlanMove(models.Model):
    """A message that moved a plan, sent or received, so that its evidences can be shown beside the plan."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="moves")
    message_id = models.UUIDField(unique=True)
    act = models.CharField(max_length=20)
    state = models.CharField(max_length=2)
    version = models.PositiveIntegerField()
    created_at = models.DateTimeField()
