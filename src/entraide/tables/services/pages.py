"""The register read page by page, so that an export of any size takes the memory of one page."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from entraide.kernel.ids import MechanismId
from entraide.programme.api import (
    CommitmentFilter,
    CommitmentStatus,
    CommitmentView,
    InstrumentFilter,
    InstrumentKind,
    InstrumentView,
    Level,
    MechanismFilter,
    MechanismView,
    MeetingFilter,
    MeetingView,
    Page,
    get_mechanism,
    page_commitments,
    page_instruments,
    page_mechanisms,
    page_meetings,
)
from entraide.tables.domain.filters import ExportFilter

PAGE = 500
"""Facts read at once."""
Item = TypeVar("Item")


def mechanisms(wanted: ExportFilter) -> Iterator[Sequence[MechanismView]]:
    """Yield the mechanisms in pages, those entered last first."""
    if wanted.mechanism_id is not None:
        yield [get_mechanism(MechanismId(wanted.mechanism_id))]
        return
    found = MechanismFilter(wanted.states)
    yield from _pages(lambda cursor: page_mechanisms(found, cursor=cursor, limit=PAGE))


def meetings(wanted: ExportFilter) -> Iterator[Sequence[MeetingView]]:
    """Yield the meetings in pages, newest first."""
    level = Level(wanted.level) if wanted.level else None
    found = MeetingFilter(wanted.states, level, wanted.year, _mechanism(wanted))
    yield from _pages(lambda cursor: page_meetings(found, cursor=cursor, limit=PAGE))


def instruments(wanted: ExportFilter) -> Iterator[Sequence[InstrumentView]]:
    """Yield the instruments in pages, newest first."""
    kind = InstrumentKind(wanted.kind) if wanted.kind else None
    found = InstrumentFilter(wanted.states, kind, wanted.year, _mechanism(wanted))
    yield from _pages(lambda cursor: page_instruments(found, cursor=cursor, limit=PAGE))


def commitments(wanted: ExportFilter) -> Iterator[Sequence[CommitmentView]]:
    """Yield the commitments in pages, those agreed last first."""
    status = CommitmentStatus(wanted.status) if wanted.status else None
    found = CommitmentFilter(wanted.states, wanted.domain or None, status, wanted.year, _mechanism(wanted))
    yield from _pages(lambda cursor: page_commitments(found, cursor=cursor, limit=PAGE))


def _mechanism(wanted: ExportFilter) -> MechanismId | None:
    return MechanismId(wanted.mechanism_id) if wanted.mechanism_id else None


def _pages(read: Callable[[str | None], Page[Item]]) -> Iterator[Sequence[Item]]:
    cursor: str | None = None
    while True:
        page = read(cursor)
        yield page.items
        cursor = page.next_cursor
        if cursor is None:
            return
