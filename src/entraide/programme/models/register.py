"""Tables of the public register. Names and texts are JSON objects by language code; dates are EDTF with their basis.

`sort_date` is the earliest calendar day that a partial date can mean, `listed_on` the same with a day for the unknown:
they order lists and are never shown.
People appear only as holders of a public post, as printed that day, with a tenure of the directory where one is known.
"""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, StrIndex, Substr

from entraide.programme.domain.listing import UNDATED


def _listed_on() -> models.GeneratedField:
    """Return the column that orders lists: `sort_date`, or the earliest day of all where that is not known."""
    return models.GeneratedField(
        expression=Coalesce("sort_date", Value(UNDATED)), output_field=models.DateField(), db_persist=True
    )


def first_year_of(column: str) -> models.GeneratedField:
    """Return the column of the first year that a period covers, four characters as EDTF has them; empty without one."""
    return models.GeneratedField(
        expression=Substr(column, 1, 4), output_field=models.CharField(max_length=4), db_persist=True
    )


def last_year_of(column: str) -> models.GeneratedField:
    """Return the column of the last year that a period covers, like `first_year_of`."""
    return models.GeneratedField(
        expression=Substr(column, StrIndex(column, Value("/")) + Value(1), 4),
        output_field=models.CharField(max_length=4),
        db_persist=True,
    )


class Mechanism(models.Model):
    """A standing cooperation between two or more parties."""

    id = models.UUIDField(primary_key=True)
    names = models.JSONField(default=dict)
    level = models.CharField(max_length=16)
    status = models.CharField(max_length=16)
    succeeded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successor_of")
    state_key = models.CharField(max_length=200, db_index=True)
    party_key = models.CharField(max_length=1000, unique=True)
    created_at = models.DateTimeField()


class MechanismParty(models.Model):
    """One party of a mechanism, in the order of the state codes."""

    id = models.UUIDField(primary_key=True)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=2)
    organisation_id = models.UUIDField(null=True, db_index=True)
    names = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism", "position"], name="programme_party_position")]


class MechanismStanding(models.Model):
    """A status of a mechanism since a date, in the order of recording; the latest is shown as its own."""

    id = models.UUIDField(primary_key=True)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="standings")
    status = models.CharField(max_length=16)
    successor = models.ForeignKey(Mechanism, null=True, on_delete=models.PROTECT, related_name="predecessor_standings")
    date = models.CharField(max_length=21, blank=True)
    date_basis = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField()


class Series(models.Model):
    """A series of numbered meetings of a mechanism at one level; `aliases` are further names it is known by."""

    id = models.UUIDField(primary_key=True)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="series")
    level = models.CharField(max_length=16)
    names = models.JSONField(default=dict)
    folded_name = models.CharField(max_length=400)
    aliases = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mechanism", "level"], name="programme_series_level")]


class Meeting(models.Model):
    """A meeting; the ordinal belongs to its series. Until it is `reported`, other meetings' sources mention it only."""

    id = models.UUIDField(primary_key=True)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="meetings")
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="meetings")
    ordinal = models.PositiveIntegerField(null=True)
    level = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=500, blank=True)
    date = models.CharField(max_length=21, blank=True)
    date_basis = models.CharField(max_length=10, blank=True)
    sort_date = models.DateField(null=True)
    listed_on = _listed_on()
    place = models.CharField(max_length=200, blank=True)
    reported = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "ordinal"], condition=Q(ordinal__isnull=False), name="programme_meeting_ordinal"
            ),
            models.CheckConstraint(
                condition=Q(ordinal__isnull=True) | Q(series__isnull=False), name="programme_ordinal_has_series"
            ),
        ]
        indexes = [
            models.Index(fields=["mechanism", "listed_on", "id"], name="programme_meeting_date"),
            models.Index(fields=["listed_on", "id"], name="programme_meeting_latest"),
            models.Index(fields=["level", "listed_on", "id"], name="programme_meeting_level"),
            models.Index(fields=["place", "listed_on", "id"], name="programme_meeting_place"),
        ]


class MeetingPerson(models.Model):
    """A holder of a post at a meeting, as the source prints them."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="people")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=2, blank=True)
    tenure_id = models.UUIDField(null=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="programme_person_position")]


class Delegation(models.Model):
    """The delegation of a party at a meeting: how many it was, when that is told; its people are `MeetingPerson`s."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="delegations")
    state = models.CharField(max_length=2)
    size = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "state"], name="programme_delegation_once")]


class AgendaItem(models.Model):
    """A point that a meeting was to treat, and what came of it where that is told; texts per language."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    texts = models.JSONField(default=dict)
    outcomes = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="programme_agenda_position")]


class JoinedFact(models.Model):
    """A fact that was joined into another of its kind: its permanent address leads there. `id` is the fact's own."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16)
    into_id = models.UUIDField(db_index=True)
    created_at = models.DateTimeField()


class Instrument(models.Model):
    """A text of a mechanism; `plan_id` names the plan negotiated on this node that became it."""

    id = models.UUIDField(primary_key=True)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="instruments")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="instruments")
    kind = models.CharField(max_length=16)
    titles = models.JSONField(default=dict)
    period = models.CharField(max_length=21, blank=True)
    languages = models.JSONField(default=list)
    plan_id = models.UUIDField(null=True, unique=True)
    sort_date = models.DateField(null=True)
    listed_on = _listed_on()
    first_year = first_year_of("period")
    last_year = last_year_of("period")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "period"], condition=Q(kind="plan") & ~Q(period=""), name="programme_one_plan"
            )
        ]
        indexes = [
            models.Index(fields=["mechanism", "kind", "period"], name="programme_instrument_kind"),
            models.Index(fields=["mechanism", "listed_on", "id"], name="programme_instrument_date"),
            models.Index(fields=["listed_on", "id"], name="programme_instrument_latest"),
            models.Index(fields=["period", "listed_on", "id"], name="programme_instrument_period"),
            models.Index(fields=["last_year", "first_year", "listed_on", "id"], name="programme_instrument_years"),
        ]


class InstrumentAction(models.Model):
    """One action on an instrument: the log of a text is all its actions; none is ever changed."""

    id = models.UUIDField(primary_key=True)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=16)
    date = models.CharField(max_length=21, blank=True)
    date_basis = models.CharField(max_length=10, blank=True)
    sort_date = models.DateField(null=True)
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="actions")
    created_at = models.DateTimeField()


class ActionSignatory(models.Model):
    """Who signed or initialled in an action, as printed."""

    id = models.UUIDField(primary_key=True)
    action = models.ForeignKey(InstrumentAction, on_delete=models.PROTECT, related_name="signatories")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=2, blank=True)
    tenure_id = models.UUIDField(null=True, db_index=True)


class Commitment(models.Model):
    """What the parties said they did, do or will do, in one domain of cooperation."""

    id = models.UUIDField(primary_key=True)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="commitments")
    instrument = models.ForeignKey(Instrument, null=True, on_delete=models.PROTECT, related_name="commitments")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="commitments")
    domain = models.CharField(max_length=40)
    status = models.CharField(max_length=16)
    texts = models.JSONField(default=dict)
    period = models.CharField(max_length=21, blank=True)
    lead_units = models.JSONField(default=dict)
    source = models.CharField(max_length=16)
    clause_id = models.UUIDField(null=True, unique=True)
    position = models.PositiveIntegerField(default=0)
    listed_on = models.DateField(default=UNDATED)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(instrument__isnull=False) | Q(meeting__isnull=False), name="programme_commitment_origin"
            )
        ]
        indexes = [
            models.Index(fields=["mechanism", "period", "domain"], name="programme_commitment_domain"),
            models.Index(
                fields=["mechanism", "listed_on", "id", "domain", "status"], name="programme_commitment_listed"
            ),
        ]


class MeetingReference(models.Model):
    """A meeting that another meeting's source mentions as earlier or announces as later."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="references")
    referred = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="mentions")
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="references")
    name = models.CharField(max_length=500, blank=True)
    ordinal = models.PositiveIntegerField(null=True)
    date = models.CharField(max_length=21, blank=True)
    date_basis = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=200, blank=True)
    when = models.CharField(max_length=8)
    created_at = models.DateTimeField()
