"""Putting facts into the search index again after a join has changed what they are called."""

from uuid import UUID

from entraide.directory.api import index_organisation, index_post, index_posts_of
from entraide.programme.adapters.columns import rows_of
from entraide.programme.domain.kinds import Kind
from entraide.programme.models import Commitment, Instrument, Mechanism, Meeting
from entraide.programme.services.finding import (
    index_commitments,
    index_facts,
    index_instruments,
    index_mechanisms,
    index_with_instrument,
    index_with_mechanism,
)
from entraide.programme.services.meetings import index_meeting


def renew_general(kind: Kind, fact_id: UUID) -> None:
    """Make a fact of a kind without acts of its own findable by what it is called now."""
    if kind.model and kind.has_page:
        index_facts(kind, rows_of(kind).filter(pk=fact_id))


def renew_meeting(fact_id: UUID) -> None:
    """Put a meeting into the index as it stands now; what is not there is left."""
    for row in Meeting.objects.filter(id=fact_id):
        index_meeting(row)


def renew_participant(fact_id: UUID) -> None:
    """Put the meeting that a person took part in into the index as it stands now; what is not there is left."""
    for row in Meeting.objects.filter(people__id=fact_id):
        index_meeting(row)


def renew_instrument(fact_id: UUID) -> None:
    """Put an instrument into the index as it stands now; what is not there is left."""
    index_instruments(Instrument.objects.filter(id=fact_id))
    index_with_instrument(fact_id)


def renew_commitment(fact_id: UUID) -> None:
    """Put a commitment into the index as it stands now; what is not there is left."""
    index_commitments(Commitment.objects.filter(id=fact_id))


def renew_mechanism(fact_id: UUID) -> None:
    """Put a mechanism into the index as it stands now; what is not there is left."""
    index_mechanisms(Mechanism.objects.filter(id=fact_id))
    index_with_mechanism(fact_id)


def renew_series(fact_id: UUID) -> None:
    """Put the meetings of a series into the index as it stands now; what is not there is left."""
    for row in Meeting.objects.filter(series_id=fact_id):
        index_meeting(row)


def renew_organisation(fact_id: UUID) -> None:
    """Put an organisation into the index as it stands now; what is not there is left."""
    index_organisation(fact_id)


def renew_post(fact_id: UUID) -> None:
    """Put a post into the index as it stands now; what is not there is left."""
    index_post(fact_id)


def renew_person(fact_id: UUID) -> None:
    """Put the posts that a person held into the index as it stands now; what is not there is left."""
    index_posts_of(fact_id)
