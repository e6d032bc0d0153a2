"""Long lists in pages, narrowed by what a reader asks for; as fast with a million commitments as with ten.

Every list begins with the newest. A page is found by its cursor, never by counting rows before it.
"""

from typing import TypeVar

from django.db.models import DateField, Model, QuerySet, Value

from entraide.kernel.node import Node
from entraide.programme.adapters.paging import mechanisms_of, of_mechanisms, of_year, page_rows
from entraide.programme.domain.listing import EVERYWHERE, UNDATED
from entraide.programme.domain.lists import (
    CommitmentFilter,
    InstrumentFilter,
    MechanismFilter,
    MeetingFilter,
    Page,
)
from entraide.programme.models import (
    Commitment,
    CommitmentListing,
    Instrument,
    Mechanism,
    Meeting,
)
from entraide.programme.selectors.commitments import list_commitments
from entraide.programme.selectors.counts import list_spellings
from entraide.programme.selectors.register import list_instruments, list_mechanisms, list_meetings
from entraide.programme.selectors.views import CommitmentView, InstrumentView, MechanismView, MeetingView

Row = TypeVar("Row", bound=Model)


def page_commitments(
    node: Node, wanted: CommitmentFilter, *, cursor: str | None = None, limit: int = 50
) -> Page[CommitmentView]:
    """Return commitments, those agreed last first; raises `NotACursor`."""
    with node.active():
        if wanted.mechanism_id is None and len(wanted.states) < 2:
            scope = next(iter(wanted.states), EVERYWHERE)
            listed = _narrow(CommitmentListing.objects.filter(scope=scope), wanted)
            return page_rows(
                listed, "commitment_id", lambda ids: list_commitments(node, ids=ids, limit=len(ids)), cursor, limit
            )
        rows = _narrow(Commitment.objects.filter(of_mechanisms(wanted.states, wanted.mechanism_id)), wanted)
        return page_rows(rows, "id", lambda ids: list_commitments(node, ids=ids, limit=len(ids)), cursor, limit)


def page_meetings(
    node: Node, wanted: MeetingFilter, *, cursor: str | None = None, limit: int = 50
) -> Page[MeetingView]:
    """Return meetings, newest first; raises `NotACursor`."""
    with node.active():
        rows = Meeting.objects.filter(of_mechanisms(wanted.states, wanted.mechanism_id), of_year(wanted.year))
        if wanted.level is not None:
            rows = rows.filter(level=wanted.level.value)
        if wanted.place is not None:
            rows = rows.filter(place__in=list_spellings(node, wanted.place))
        return page_rows(rows, "id", lambda ids: list_meetings(node, ids=ids, limit=len(ids)), cursor, limit)


def page_instruments(
    node: Node, wanted: InstrumentFilter, *, cursor: str | None = None, limit: int = 50
) -> Page[InstrumentView]:
    """Return instruments, newest first; raises `NotACursor`."""
    with node.active():
        rows = Instrument.objects.filter(of_mechanisms(wanted.states, wanted.mechanism_id), of_year(wanted.year))
        if wanted.kind is not None:
            rows = rows.filter(kind=wanted.kind.value)
        return page_rows(rows, "id", lambda ids: list_instruments(node, ids=ids, limit=len(ids)), cursor, limit)


def page_mechanisms(
    node: Node, wanted: MechanismFilter, *, cursor: str | None = None, limit: int = 50
) -> Page[MechanismView]:
    """Return mechanisms, those entered last first; raises `NotACursor`."""
    with node.active():
        rows = Mechanism.objects.annotate(listed_on=Value(UNDATED, output_field=DateField()))
        if wanted.states:
            rows = rows.filter(id__in=mechanisms_of(wanted.states))
        return page_rows(rows, "id", lambda ids: list_mechanisms(node, ids=ids), cursor, limit)


def _narrow(rows: QuerySet[Row], wanted: CommitmentFilter) -> QuerySet[Row]:
    facts = {"domain": wanted.domain, "status": wanted.status.value if wanted.status else None}
    return rows.filter(of_year(wanted.year), **{name: value for name, value in facts.items() if value is not None})
