"""Tables of a plan that its parties negotiate: the plan, its clauses by version, agreements and signatures.

A clause's version numbers are the plan's: rows up to `Plan.version` were sent or received and never change; a row of
`Plan.version + 1` is the working copy of the party whose turn it is. Parties are named by their ids (directory).
"""

from django.db import models

from entraide.directory.domain.parties import LONGEST_PARTY


class Plan(models.Model):
    """A plan for a period; its id, its parties, its clauses' ids and its text are the same on all nodes."""

    id = models.UUIDField(primary_key=True)
    mechanism = models.ForeignKey("programme.Mechanism", on_delete=models.PROTECT, related_name="plans")
    drafter = models.CharField(max_length=LONGEST_PARTY)
    parties = models.JSONField()
    titles = models.JSONField(default=dict)
    period = models.CharField(max_length=21)
    languages = models.JSONField(default=list)
    authentic = models.JSONField(default=list)
    state = models.CharField(max_length=10)
    version = models.PositiveIntegerField(default=0)
    turn = models.CharField(max_length=LONGEST_PARTY, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    meeting = models.ForeignKey("programme.Meeting", null=True, on_delete=models.PROTECT, related_name="plans")
    instrument = models.ForeignKey("programme.Instrument", null=True, on_delete=models.PROTECT, related_name="plans")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()


class RefusedPlan(models.Model):
    """A plan whose proposal was refused here, so that what others send about it is refused too and does not wait."""

    id = models.UUIDField(primary_key=True)
    refused_at = models.DateTimeField()


class Clause(models.Model):
    """The identity of a clause through all versions of its plan."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="clauses")
    follows_commitment_id = models.UUIDField(null=True)


class ClauseVersion(models.Model):
    """What a clause says in a version of the plan, and which party wrote it."""

    id = models.UUIDField(primary_key=True)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    domain = models.CharField(max_length=40)
    texts = models.JSONField(default=dict)
    lead_units = models.JSONField(default=dict)
    removed = models.BooleanField(default=False)
    author = models.CharField(max_length=LONGEST_PARTY)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "version"], name="plans_clause_version")]


class PlanAgreement(models.Model):
    """One party's agreement to one version of a plan; with a sealed statement where it was given on paper."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agreements")
    party = models.CharField(max_length=LONGEST_PARTY)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    statement = models.JSONField(null=True)
    attestation = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "party", "version"], name="plans_agreement_once")]


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
    """One party's signature of the frozen text, with its node's attestation that the key is this post's.

    Of a party on paper there is the sealed statement alone; `public_keys` and `signature` are empty.
    """

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=LONGEST_PARTY)
    statement = models.JSONField()
    public_keys = models.JSONField()
    signature = models.JSONField()
    attestation = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "party"], name="plans_signature_once")]


class PlanMove(models.Model):
    """What a party did to a plan: proposed, amended, agreed, signed."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="moves")
    act = models.CharField(max_length=20)
    party = models.CharField(max_length=LONGEST_PARTY)
    version = models.PositiveIntegerField()
    created_at = models.DateTimeField()


class MoveMessage(models.Model):
    """A message that carried a move, one to each node concerned or the one received, for its evidences."""

    id = models.UUIDField(primary_key=True)
    move = models.ForeignKey(PlanMove, on_delete=models.PROTECT, related_name="messages")
    message_id = models.UUIDField(unique=True)
    node = models.CharField(max_length=63)
