"""Tables of requests. Content lies encrypted under the request's own record key and nowhere else.

Plain columns hold ids, codes and dates: what lists, clocks and counts need, never what a request says.
"""

from typing import ClassVar

from django.db import models

from entraide.directory.domain.parties import LONGEST_PARTY
from entraide.requests.domain.lifecycle import State


class ReferenceCounter(models.Model):
    """The last number given in a year; a row of its own, because `MAX + 1` gives a number twice under load."""

    id = models.UUIDField(primary_key=True, editable=False)
    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Request(models.Model):
    """One request at one of its two parties, which are named by their ids (directory).

    `wrapped_key` is its record key under the node's root key; without it nothing opens.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    requesting = models.CharField(max_length=LONGEST_PARTY)
    requested = models.CharField(max_length=LONGEST_PARTY)
    thread_id = models.UUIDField()
    sending_authority_id = models.UUIDField(null=True)
    receiving_authority_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=40)
    partner_reference = models.CharField(max_length=40, blank=True)
    form_id = models.CharField(max_length=40)
    form_version = models.PositiveSmallIntegerField()
    form_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    urgent = models.BooleanField(default=False)
    domain = models.CharField(max_length=60)
    offences = models.JSONField(default=list)
    drafter_id = models.UUIDField(null=True)
    approver_id = models.UUIDField(null=True)
    message_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    preserved_until = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)
    checked_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    rules_digest = models.CharField(max_length=64, blank=True)
    facts_digest = models.CharField(max_length=64, blank=True)
    wrapped_key = models.BinaryField(null=True)
    content = models.BinaryField(null=True)
    statement = models.BinaryField(null=True)
    signature = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(requesting=models.F("requested")), name="requests_request_parties"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[item.value for item in State]), name="requests_request_state"
            ),
            models.UniqueConstraint(fields=["requesting", "reference"], name="requests_reference"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["requesting", "state", "next_due_at"], name="requests_asking"),
            models.Index(fields=["requested", "state", "next_due_at"], name="requests_asked"),
            models.Index(fields=["state", "next_due_at"], name="requests_due"),
            models.Index(fields=["-changed_at", "id"], name="requests_recent"),
            models.Index(fields=["domain", "started_at"], name="requests_domain"),
            models.Index(fields=["thread_id"], name="requests_thread"),
        ]

    def __str__(self) -> str:
        return self.reference


class RequestEvent(models.Model):
    """Something that happened to a request; `by` is a post, a unit or a node, never a person."""

    id = models.UUIDField(primary_key=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["request", "at"], name="requests_event_at")]
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class SafeguardFinding(models.Model):
    """What a rule said of a request when it was last checked on this node; replaced by the next check."""

    id = models.UUIDField(primary_key=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="findings")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=300)
    code = models.CharField(max_length=80)
    rule_id = models.CharField(max_length=40)
    outcome = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    message = models.TextField()
    params = models.JSONField(default=dict)
    source = models.TextField(blank=True)
    source_status = models.CharField(max_length=20)
    clearable = models.CharField(max_length=40)
    neutral = models.BooleanField()
    missing = models.BooleanField()
    by_policy = models.BooleanField()
    lifted_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.code


class Clearance(models.Model):
    """A named human clears what a rule stopped, a second one confirms; the reason lies under the record key."""

    id = models.UUIDField(primary_key=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="clearances")
    finding_key = models.CharField(max_length=300)
    facts_digest = models.CharField(max_length=64)
    decision_reference = models.CharField(max_length=160, blank=True)
    cleared_by = models.UUIDField()
    cleared_by_post = models.CharField(max_length=200)
    cleared_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_by_post = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    reason = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "finding_key", "facts_digest"], name="requests_one_clearance"),
        ]

    def __str__(self) -> str:
        return self.finding_key


class Answer(models.Model):
    """An answer, drafted or approved on the requested side, or received on the requesting side; encrypted."""

    id = models.UUIDField(primary_key=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="answers")
    form_version = models.PositiveSmallIntegerField()
    form_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10)
    outcome = models.CharField(max_length=20)
    drafter_id = models.UUIDField(null=True)
    approver_id = models.UUIDField(null=True)
    message_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)
    statement = models.BinaryField(null=True)
    signature = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(state="draft"), name="requests_one_answer_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.outcome}"
