"""The meeting that should come next, in words: what it rests on, and whether it is late."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from entraide.programme.api import DueBasis, MechanismView, NextDue, Timeline, load_wording
from entraide.web.templatetags.programme import edtf, here, mechanism_title, series_title


@dataclass(frozen=True, slots=True)
class Due:
    """A meeting that should come: of which series and mechanism, why and when; `href` leads to the mechanism."""

    series: str
    number: str
    mechanism: str
    text: str
    href: str
    year: int
    overdue: bool


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
    return load_wording(here()).ordinal(ordinal) if ordinal else ""


def list_dues(mechanism: MechanismView, timeline: Timeline) -> tuple[Due, ...]:
    """Return what is due in each series of a mechanism, as its timeline derives it."""
    names = {series.id: series_title(series) for series in mechanism.series}
    return tuple(
        Due(
            series=names[lane.series_id],  # type: ignore[index]  # only series have something due
            number=number_text(lane.next_due.ordinal),
            mechanism=mechanism_title(mechanism),
            text=due_text(lane.next_due),
            href=reverse("register:mechanism", args=[mechanism.id]),
            year=lane.next_due.year,
            overdue=lane.next_due.overdue,
        )
        for lane in timeline.lanes
        if lane.next_due is not None
    )
