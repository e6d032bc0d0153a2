"""Long lists in pages, narrowed by what a reader asks for; as fast with a million commitments as with ten.

Every list begins with the newest. A page is found by its cursor, never by counting rows before it.
"""

from typing import Any, TypeVar

from django.db.models import DateField, Exists, Model, OuterRef, QuerySet, Value

from entraide.kernel.node import Node
from entraide.programme.adapters.paging import (
    BY_DAY,
    ListOrder,
    mechanisms_of,
    of_mechanisms,
    of_plan_year,
    of_year,
    page_rows,
)
from entraide.programme.domain.listing import EVERYWHERE, UNDATED
from entraide.programme.domain.lists import (
    NEWEST,
    CommitmentFilter,
    InstrumentFilter,
    MechanismFilter,
    MeetingFilter,
    Page,
)
from entraide.programme.models import (
    Commitment,
    CommitmentCoverage,
    CommitmentListing,
    Instrument,
    Mechanism,
    Meeting,
)
from entraide.programme.selectors.commitments import list_commitments
from entraide.programme.selectors.register import list_instruments, list_mechanisms, list_meetings
from entraide.programme.selectors.views import CommitmentView, InstrumentView, MechanismView, MeetingView

Row = TypeVar("Row", bound=Model)
ORDERS_OF_COMMITMENTS = {**BY_DAY, "domain": ListOrder("domain", descending=False)}
"""By domain, within each as time went on."""
ORDERS_OF_INSTRUMENTS = {**BY_DAY, "period": ListOrder("period")}
"""By period, the latest first."""


def page_commitments(
    node: Node, wanted: CommitmentFilter, *, cursor: str | None = None, limit: int = 50
) -> Page[CommitmentView]:
    """Return commitments, those agreed last first; raises `NotACursor`."""
    with node.active():
        rows = commitment_rows(wanted)
        key = "id" if rows.model is Commitment else "commitment_id"
        order = ORDERS_OF_COMMITMENTS.get(wanted.sort, BY_DAY[NEWEST])
        return page_rows(rows, key, lambda ids: list_commitments(node, ids=ids, limit=len(ids)), cursor, limit, order)


def page_meetings(
    node: Node, wanted: MeetingFilter, *, cursor: str | None = None, limit: int = 50
) -> Page[MeetingView]:
    """Return meetings, newest first; raises `NotACursor`."""
    with node.active():
        order = BY_DAY.get(wanted.sort, BY_DAY[NEWEST])
        rows = meeting_rows(wanted)
        return page_rows(rows, "id", lambda ids: list_meetings(node, ids=ids, limit=len(ids)), cursor, limit, order)


def page_instruments(
    node: Node, wanted: InstrumentFilter, *, cursor: str | None = None, limit: int = 50
) -> Page[InstrumentView]:
    """Return instruments, newest first; raises `NotACursor`."""
    with node.active():
        order = ORDERS_OF_INSTRUMENTS.get(wanted.sort, BY_DAY[NEWEST])
        rows = instrument_rows(wanted)
        return page_rows(rows, "id", lambda ids: list_instruments(node, ids=ids, limit=len(ids)), cursor, limit, order)


def page_mechanisms(
    node: Node, wanted: MechanismFilter, *, cursor: str | None = None, limit: int = 50
) -> Page[MechanismView]:
    """Return mechanisms, those entered last first; raises `NotACursor`."""
    with node.active():
        order = BY_DAY.get(wanted.sort, BY_DAY[NEWEST])
        return page_rows(mechanism_rows(wanted), "id", lambda ids: list_mechanisms(node, ids=ids), cursor, limit, order)


def commitment_rows(wanted: CommitmentFilter) -> QuerySet[Any]:
    """Return the rows of a list of commitments: of one made for it where few States and no mechanism are named."""
    if wanted.mechanism_id is None and len(wanted.states) < 2:
        scope = next(iter(wanted.states), EVERYWHERE)
        if wanted.plan_year is not None:
            return _narrow(CommitmentCoverage.objects.filter(scope=scope, year=wanted.plan_year), wanted)
        return _narrow(CommitmentListing.objects.filter(scope=scope), wanted)
    rows = Commitment.objects.filter(of_mechanisms(wanted.states, wanted.mechanism_id))
    if wanted.plan_year is not None:
        covered = CommitmentCoverage.objects.filter(scope=EVERYWHERE, year=wanted.plan_year, commitment=OuterRef("id"))
        rows = rows.filter(Exists(covered))
    return _narrow(rows, wanted)


def meeting_rows(wanted: MeetingFilter) -> QuerySet[Meeting]:
    """Return the rows of a list of meetings."""
    rows = Meeting.objects.filter(of_mechanisms(wanted.states, wanted.mechanism_id), of_year(wanted.year))
    return rows.filter(level=wanted.level.value) if wanted.level is not None else rows


def instrument_rows(wanted: InstrumentFilter) -> QuerySet[Instrument]:
    """Return the rows of a list of instruments."""
    rows = Instrument.objects.filter(
        of_mechanisms(wanted.states, wanted.mechanism_id), of_year(wanted.year), of_plan_year(wanted.plan_year)
    )
    return rows.filter(kind=wanted.kind.value) if wanted.kind is not None else rows


def mechanism_rows(wanted: MechanismFilter) -> QuerySet[Any]:
    """Return the rows of a list of mechanisms."""
    rows = Mechanism.objects.annotate(listed_on=Value(UNDATED, output_field=DateField()))
    return rows.filter(id__in=mechanisms_of(wanted.states)) if wanted.states else rows


def _narrow(rows: QuerySet[Row], wanted: CommitmentFilter) -> QuerySet[Row]:
    facts = {"domain": wanted.domain, "status": wanted.status.value if wanted.status else None}
    return rows.filter(of_year(wanted.year), **{name: value for name, value in facts.items() if value is not None})
