"""Finding facts by what names them in the field: the number in a series, kind and period of a text."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from entraide.kernel.ids import InstrumentId
from entraide.kernel.node import Node
from entraide.programme.domain.terms import InstrumentKind
from entraide.programme.models import Commitment, Instrument, InstrumentAction, Meeting
from entraide.programme.selectors.register import list_instruments, list_meetings
from entraide.programme.selectors.views import InstrumentView, MeetingView

MOST = 20
"""Facts returned at most: nobody chooses among more."""


def list_numbered_meetings(node: Node, series_ids: Iterable[UUID], ordinal: int) -> tuple[MeetingView, ...]:
    """Return the meetings with this number in any of these series."""
    with node.active():
        found = Meeting.objects.filter(series_id__in=list(series_ids), ordinal=ordinal).values_list("id", flat=True)
        return list_meetings(node, ids=list(found[:MOST])) if found else ()


def list_instruments_named(
    node: Node, kind: InstrumentKind | None, period: str | None, mechanism_id: UUID | None = None
) -> tuple[InstrumentView, ...]:
    """Return the instruments of a kind and period, of one mechanism or of all; None leaves out that part."""
    with node.active():
        wanted = {"kind": kind.value if kind else None, "period": period, "mechanism_id": mechanism_id}
        rows = Instrument.objects.filter(**{name: value for name, value in wanted.items() if value is not None})
        found = rows.order_by("id").values_list("id", flat=True)
        return list_instruments(node, ids=list(found[:MOST])) if found else ()


def find_plan_instrument(
    node: Node, mechanism_id: UUID, period: str, *, plan_id: UUID | None = None
) -> InstrumentId | None:
    """Return the plan of a mechanism for a period, None where the register has none.

    With `plan_id`, one that is the text of another plan is not meant.
    """
    with node.active():
        rows = Instrument.objects.filter(mechanism_id=mechanism_id, kind=InstrumentKind.PLAN.value, period=period)
        if plan_id is not None:
            rows = rows.filter(Q(plan_id=None) | Q(plan_id=plan_id))
        found = rows.values_list("id", flat=True).first()
        return InstrumentId(found) if found else None


def list_recorded_clauses(node: Node, instrument_id: UUID) -> frozenset[UUID]:
    """Return the clauses of a signed text that are commitments of the register already."""
    with node.active():
        rows = Commitment.objects.filter(instrument_id=instrument_id)
        return frozenset(clause for clause in rows.values_list("clause_id", flat=True) if clause)


def find_instruments_of_actions(node: Node, action_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return the instrument of each action."""
    with node.active():
        rows = InstrumentAction.objects.filter(id__in=list(action_ids))
        return dict(rows.values_list("id", "instrument_id"))
