"""Finding facts by what names them in the field: the number in a series, kind and period of a text."""

from collections.abc import Iterable
from uuid import UUID

from entraide.programme.domain.terms import InstrumentKind
from entraide.programme.models import Instrument, InstrumentAction, Meeting
from entraide.programme.selectors.register import list_instruments, list_meetings
from entraide.programme.selectors.views import InstrumentView, MeetingView

MOST = 20
"""Facts returned at most: nobody chooses among more."""


def list_numbered_meetings(series_ids: Iterable[UUID], ordinal: int) -> tuple[MeetingView, ...]:
    """Return the meetings with this number in any of these series."""
    found = Meeting.objects.filter(series_id__in=list(series_ids), ordinal=ordinal).values_list("id", flat=True)
    return list_meetings(ids=list(found[:MOST])) if found else ()


def list_instruments_named(
    kind: InstrumentKind | None, period: str | None, mechanism_id: UUID | None = None
) -> tuple[InstrumentView, ...]:
    """Return the instruments of a kind and period, of one mechanism or of all; None leaves out that part."""
    wanted = {"kind": kind.value if kind else None, "period": period, "mechanism_id": mechanism_id}
    rows = Instrument.objects.filter(**{name: value for name, value in wanted.items() if value is not None})
    found = rows.order_by("id").values_list("id", flat=True)
    return list_instruments(ids=list(found[:MOST])) if found else ()


def find_instruments_of_actions(action_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return the instrument of each action."""
    rows = InstrumentAction.objects.filter(id__in=list(action_ids))
    return dict(rows.values_list("id", "instrument_id"))
