"""The meeting that should come next, in words: what it rests on, and whether it is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from entraide.kernel.node import Node
from entraide.programme.api import (
    DueBasis,
    DueView,
    MechanismView,
    NextDue,
    Timeline,
    list_due,
    load_numerals,
)
from entraide.web.language import reader_language
from entraide.web.templatetags.programme import capitalised, edtf, mechanism_title, numbered, series_title

RECENT = 24
"""Series that the first page looks at for what is due."""


@dataclass(frozen=True, slots=True)
class Due:
    """A meeting that should come: of which series and mechanism, why and when; `href` leads to the mechanism.

    `when` is the year, or the day that a source announced.
    """

    series: str
    number: str
    mechanism: str
    text: str
    href: str
    title: str
    year: int
    overdue: bool
    when: str = ""


def due_text(due: NextDue) -> str:
    """Return when a meeting is due and why: announced by a source, or the rhythm so far."""
    if due.basis is DueBasis.ANNOUNCED:
        said = gettext("announced for %(date)s, no record of it") if due.overdue else gettext("announced for %(date)s")
        return said % {"date": edtf(due.date)}
    values = {"year": due.year, "number": due.interval}
    if due.overdue:
        return (
            ngettext(
                "was due in %(year)s by its rhythm of %(number)s year, no record of it",
                "was due in %(year)s by its rhythm of %(number)s years, no record of it",
                due.interval,
            )
            % values
        )
    return (
        ngettext(
            "due in %(year)s by its rhythm of %(number)s year",
            "due in %(year)s by its rhythm of %(number)s years",
            due.interval,
        )
        % values
    )


def number_text(ordinal: int | None) -> str:
    """Return an ordinal in words of the reader's language, empty for none."""
    return load_numerals(reader_language()).number(ordinal) if ordinal else ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What should come in the series that met last: still to come, the soonest first; and late, the latest first."""

    upcoming: tuple[Due, ...]
    missing: tuple[Due, ...]


def list_expected(node: Node, today: date, own: str = "") -> tuple[DueView, ...]:
    """Return what is due in the series that met last: of the State `own` if any tells, else of all."""
    found = list_due(node, today, announced=True, recent=RECENT, state=own) if own else ()
    return found or list_due(node, today, announced=True, recent=RECENT)


def part_expected(
    found: Sequence[DueView], mechanisms: Mapping[UUID, MechanismView], today: date, most: int
) -> Expected:
    """Return at most `most` of the meetings to come and as many that should have come, by the names of mechanisms.

    One of a year that is over is not to come, even while its rhythm still allows for it.
    """

    def chosen(*, overdue: bool) -> tuple[Due, ...]:
        wanted = [item for item in found if (item.due.overdue or item.due.year < today.year) is overdue]
        wanted.sort(key=lambda item: (today.year - item.due.year if overdue else 0, _soonest(item, today)))
        return tuple(
            _due(
                item.due,
                series_title(item.series),
                item.mechanism_id,
                mechanism_title(mechanisms[item.mechanism_id]) if item.mechanism_id in mechanisms else "",
            )
            for item in wanted[:most]
        )

    return Expected(chosen(overdue=False), chosen(overdue=True))


def list_dues(mechanism: MechanismView, timeline: Timeline) -> tuple[Due, ...]:
    """Return what is due in each series of a mechanism, as its timeline derives it."""
    names = {series.id: series_title(series) for series in mechanism.series}
    title = mechanism_title(mechanism)
    return tuple(
        _due(lane.next_due, names[lane.series_id], mechanism.id, title)  # type: ignore[index]  # only a series has one
        for lane in timeline.lanes
        if lane.next_due is not None
    )


def _due(due: NextDue, series: str, mechanism_id: UUID, mechanism: str) -> Due:
    href = reverse("register:mechanism", args=[mechanism_id])
    when = edtf(due.date) if due.basis is DueBasis.ANNOUNCED and due.date else str(due.year)
    title = capitalised(numbered(due.ordinal, series))
    return Due(series, number_text(due.ordinal), mechanism, due_text(due), href, title, due.year, due.overdue, when)


def _soonest(item: DueView, today: date) -> tuple[int, str]:
    """Order what is to come by its year, what is late by how little, and the same year by the announced day."""
    year = item.due.year
    return (today.year - year if item.due.overdue else year, item.due.date.value if item.due.date else "9999")
