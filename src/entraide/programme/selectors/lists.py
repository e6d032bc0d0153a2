"""Long lists in pages, narrowed by what a reader asks for; as fast with a million commitments as with ten.

Every list begins with the newest. A page is found by its cursor, never by counting rows before it.
"""

from typing import TypeVar

from django.db.models import Model

from entraide.kernel.node import Node
from entraide.programme.adapters.listed_rows import commitment_rows, instrument_rows, mechanism_rows, meeting_rows
from entraide.programme.adapters.paging import (
    BY_DAY,
    ListOrder,
    page_rows,
)
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
)
from entraide.programme.selectors.commitments import list_commitments
from entraide.programme.selectors.counts import list_spellings
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
        rows = meeting_rows(wanted, list_spellings(node, wanted.place) if wanted.place is not None else None)
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
