"""Putting facts into the search index again after what they are called has changed from outside, by kind."""

from collections.abc import Callable, Mapping
from uuid import UUID

from entraide.directory.api import index_organisation, index_post
from entraide.directory.models import Organisation, Post, Tenure
from entraide.kernel.languages import SPOKEN
from entraide.programme.adapters.columns import rows_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.adapters.vocabulary import load_domains
from entraide.programme.models import Commitment, Instrument, Mechanism, MechanismParty, Meeting
from entraide.programme.services.general_acts import index_fact
from entraide.programme.services.meetings import index_meeting
from entraide.programme.services.recording import index_public


def renew_index(kind: str, fact_id: UUID) -> None:
    """Make a fact findable by what it is called now; one that is not there, or is never found by itself, is left."""
    if kind in INDEX:
        INDEX[kind](fact_id)
        return
    declared = load_kinds().find(kind)
    if declared is not None and declared.model and declared.has_page and not declared.plug:
        for row in rows_of(declared).filter(pk=fact_id):
            index_fact(declared, row)


def _meeting(fact_id: UUID) -> None:
    for row in Meeting.objects.filter(id=fact_id):
        index_meeting(row)


def _instrument(fact_id: UUID) -> None:
    for row in Instrument.objects.filter(id=fact_id):
        index_public("instrument", row.id, *row.titles.values(), row.period)


def _commitment(fact_id: UUID) -> None:
    for row in Commitment.objects.filter(id=fact_id):
        labels = [load_domains().label(row.domain, code) for code in SPOKEN]
        index_public("commitment", row.id, *row.texts.values(), *labels)


def _mechanism(fact_id: UUID) -> None:
    for row in Mechanism.objects.filter(id=fact_id):
        parties = MechanismParty.objects.filter(mechanism=row).order_by("position")
        index_public("mechanism", row.id, *row.names.values(), *(name for one in parties for name in one.names.values()))


def _series(fact_id: UUID) -> None:
    for row in Meeting.objects.filter(series_id=fact_id):
        index_meeting(row)


def _organisation(fact_id: UUID) -> None:
    if Organisation.objects.filter(id=fact_id).exists():
        index_organisation(fact_id)


def _post(fact_id: UUID) -> None:
    if Post.objects.filter(id=fact_id).exists():
        index_post(fact_id)


def _person(fact_id: UUID) -> None:
    for post in set(Tenure.objects.filter(person_id=fact_id).values_list("post_id", flat=True)):
        index_post(post)


INDEX: Mapping[str, Callable[[UUID], None]] = {
    "meeting": _meeting,
    "instrument": _instrument,
    "commitment": _commitment,
    "mechanism": _mechanism,
    "series": _series,
    "organisation": _organisation,
    "post": _post,
    "person": _person,
}
"""By kind what puts one of its facts into the index; other kinds are put there by their declaration."""
