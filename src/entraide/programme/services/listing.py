"""Keeping the lists of commitments and their counts in step with what is recorded, in the act's own transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from entraide.programme.domain.listing import EVERYWHERE, derive_listed_on, derive_scopes
from entraide.programme.domain.periods import years_of
from entraide.programme.models import (
    Commitment,
    CommitmentCoverage,
    CommitmentListing,
    CommitmentTally,
    Instrument,
    Mechanism,
    MechanismParty,
    Meeting,
)

Cell = tuple[UUID, str, str]
"""What is counted together: mechanism, domain, status."""

CELL = ("mechanism_id", "domain", "status")

# A cell of the counts is summed up into one row as soon as it has more; only rows of others at work stay apart.
MOST_CHANGES = 1


def enter_lists(rows: Sequence[Commitment]) -> None:
    """Put new commitments, stored already, into the lists and counts; also gives each its `listed_on`."""
    _date(rows)
    _write_listings(rows)
    _tally(Counter(_cell(row) for row in rows))


def correct_lists(rows: Sequence[Commitment], *, former_mechanism: UUID | None = None) -> None:
    """Bring the lists and counts in step with commitments that have changed, stored already.

    `former_mechanism` is the one they belonged to before, when they have been moved to another.
    """
    known = CommitmentListing.objects.filter(scope=EVERYWHERE, commitment__in=rows)
    before = {row.commitment_id: (row.domain, row.status) for row in known}
    changes: Counter[Cell] = Counter(_cell(row) for row in rows)
    for row in rows:
        if row.id in before:
            changes[former_mechanism or row.mechanism_id, *before[row.id]] -= 1
    _leave(rows)
    _date(rows)
    _write_listings(rows)
    _tally(changes)


def leave_lists(rows: Sequence[Commitment]) -> None:
    """Take commitments, stored still, out of the lists and counts."""
    known = CommitmentListing.objects.filter(scope=EVERYWHERE, commitment__in=rows).select_related("commitment")
    changes: Counter[Cell] = Counter()
    for row in known:
        changes[row.commitment.mechanism_id, row.domain, row.status] -= 1
    _leave(rows)
    _tally(changes)


def _leave(rows: Sequence[Commitment]) -> None:
    CommitmentListing.objects.filter(commitment__in=rows).delete()
    CommitmentCoverage.objects.filter(commitment__in=rows).delete()


def correct_lists_of(*, meeting_id: UUID | None = None, instrument_id: UUID | None = None) -> None:
    """Bring the lists in step after the date of a meeting or of an instrument has changed."""
    origin = Q(meeting_id=meeting_id) if meeting_id else Q(instrument_id=instrument_id)
    if rows := list(Commitment.objects.filter(origin)):
        correct_lists(rows)


def _date(rows: Sequence[Commitment]) -> None:
    days = _days(rows)
    moved = [row for row in rows if row.listed_on != days[row.id]]
    for row in moved:
        row.listed_on = days[row.id]
    if moved:
        Commitment.objects.bulk_update(moved, ["listed_on"], batch_size=500)


def _days(rows: Sequence[Commitment]) -> dict[UUID, date]:
    meetings: dict[UUID | None, date | None] = dict(
        Meeting.objects.filter(id__in={row.meeting_id for row in rows}).values_list("id", "sort_date")
    )
    instruments: dict[UUID | None, date | None] = dict(
        Instrument.objects.filter(id__in={row.instrument_id for row in rows}).values_list("id", "sort_date")
    )
    return {
        row.id: derive_listed_on(
            meeting=meetings.get(row.meeting_id), instrument=instruments.get(row.instrument_id), period=row.period
        )
        for row in rows
    }


def _write_listings(rows: Iterable[Commitment]) -> None:
    kept = list(rows)
    states: dict[UUID, list[str]] = defaultdict(list)
    parties = MechanismParty.objects.filter(mechanism__in={row.mechanism_id for row in kept})
    for mechanism_id, state in parties.values_list("mechanism_id", "state"):
        states[mechanism_id].append(state)
    years = _years(kept)
    CommitmentCoverage.objects.bulk_create(
        (
            CommitmentCoverage(
                scope=scope,
                year=year,
                commitment=row,
                listed_on=row.listed_on,
                domain=row.domain,
                status=row.status,
            )
            for row in kept
            for scope in derive_scopes(states[row.mechanism_id])
            for year in years[row.id]
        ),
        batch_size=500,
    )
    CommitmentListing.objects.bulk_create(
        (
            CommitmentListing(
                scope=scope, commitment=row, listed_on=row.listed_on, domain=row.domain, status=row.status
            )
            for row in kept
            for scope in derive_scopes(states[row.mechanism_id])
        ),
        batch_size=500,
    )


def _years(rows: Sequence[Commitment]) -> dict[UUID, tuple[int, ...]]:
    """Return the years that commitments are for: those of their own periods, else of those of their instruments."""
    wanted = {row.instrument_id for row in rows if row.instrument_id and not row.period}
    periods: dict[UUID | None, str] = dict(Instrument.objects.filter(id__in=wanted).values_list("id", "period"))
    return {row.id: years_of(row.period or periods.get(row.instrument_id, "")) for row in rows}


def _cell(row: Commitment) -> Cell:
    return row.mechanism_id, row.domain, row.status


def _tally(changes: Counter[Cell]) -> None:
    there = set(Mechanism.objects.filter(id__in={cell[0] for cell in changes}).values_list("id", flat=True))
    moved = {cell: change for cell, change in changes.items() if change and cell[0] in there}
    CommitmentTally.objects.bulk_create([_change(cell, change) for cell, change in moved.items()], batch_size=500)
    mechanisms = {mechanism for mechanism, _, _ in moved}
    rows = CommitmentTally.objects.filter(mechanism_id__in=mechanisms).values_list("mechanism_id", "domain", "status")
    for cell in rows.annotate(rows=Count("id")).filter(rows__gt=MOST_CHANGES).values_list(*CELL):
        _sum_up(cell)


def _sum_up(cell: Cell) -> None:
    """Replace a cell's many changes by their sum; rows that another transaction is summing up are left to it."""
    rows = CommitmentTally.objects.filter(**dict(zip(CELL, cell, strict=True)))
    found = list(rows.select_for_update(skip_locked=True).values_list("id", "change"))
    if found:
        CommitmentTally.objects.filter(id__in=[number for number, _ in found]).delete()
        _change(cell, sum(change for _, change in found)).save()


def _change(cell: Cell, change: int) -> CommitmentTally:
    return CommitmentTally(**dict(zip(CELL, cell, strict=True)), change=change)
