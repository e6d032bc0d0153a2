"""The rows of lists, narrowed by what a reader asks for, as queries of the active database.

Of commitments a list made for it is read where few States and no mechanism are named.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import DateField, Exists, Model, OuterRef, Q, QuerySet, Value

from entraide.programme.adapters.columns import has_column, rows_of
from entraide.programme.adapters.paging import BY_DAY, ListOrder, mechanisms_of, of_mechanisms, of_plan_year, of_year
from entraide.programme.domain.declarations import PLAN_YEAR
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.listing import EVERYWHERE, UNDATED
from entraide.programme.domain.lists import NEWEST, CommitmentFilter, InstrumentFilter, MechanismFilter, MeetingFilter
from entraide.programme.domain.plugs import Narrowed
from entraide.programme.models import (
    Commitment,
    CommitmentCoverage,
    CommitmentListing,
    Instrument,
    Mechanism,
    Meeting,
)

Row = TypeVar("Row", bound=Model)
LISTED_ON = "listed_on"


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


def meeting_rows(wanted: MeetingFilter, spellings: Sequence[str] | None = None) -> QuerySet[Meeting]:
    """Return the rows of a list of meetings, of those in a place that is spelt in one of these ways."""
    rows = Meeting.objects.filter(of_mechanisms(wanted.states, wanted.mechanism_id), of_year(wanted.year))
    if spellings is not None:
        rows = rows.filter(place__in=spellings)
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


def fact_rows(kind: Kind, wanted: Narrowed) -> QuerySet[Any]:
    """Return the rows of a list of facts."""
    rows = rows_of(kind)
    if not has_column(kind, LISTED_ON):
        rows = rows.annotate(listed_on=Value(UNDATED, output_field=DateField()))
    return rows.filter(_narrowing(kind, wanted))


def order_of(kind: Kind, sort: str) -> ListOrder:
    """Return an order of a kind's list: by day, or by a field that it declares, from the first value on."""
    if sort in kind.sorted:
        return ListOrder(kind.field(sort).column, descending=False)
    return BY_DAY.get(sort, BY_DAY[NEWEST])


def _narrowing(kind: Kind, wanted: Narrowed) -> Q:
    """Return the condition for what is wanted; what the kind cannot be narrowed by leaves all."""
    filters = set(kind.filters)
    condition = of_mechanisms(
        wanted.states if "state" in filters else frozenset(), wanted.mechanism_id if "mechanism" in filters else None
    )
    if "year" in filters and has_column(kind, LISTED_ON):
        condition &= of_year(wanted.year)
    if PLAN_YEAR in filters and has_column(kind, "first_year"):
        condition &= of_plan_year(wanted.plan_year)
    codes = {
        field.column: wanted.code(field.name) for field in kind.fields if field.filtered and wanted.code(field.name)
    }
    return condition & Q(**codes)
