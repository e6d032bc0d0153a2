"""What the register puts on a desk: the meeting that should come next in a series."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.access.api import Actor, Role
from entraide.kernel.node import Node
from entraide.programme.api import MechanismView, NextDue, SeriesView, get_timeline, list_mechanisms
from entraide.web.account.items import DeskItem
from entraide.web.templatetags.programme import mechanism_title, series_title


def meeting_items(node: Node, actor: Actor) -> Iterable[DeskItem]:
    """Yield to the desk officer the meetings that are due this year or are late."""
    if not actor.has_role(Role.desk_officer):
        return
    today = node.clock.now().date()
    for mechanism in list_mechanisms(node):
        for lane in get_timeline(node, mechanism.id, today).lanes:
            if lane.next_due is not None:
                series = next((item for item in mechanism.series if item.id == lane.series_id), None)
                yield from _meeting(mechanism, series, lane.next_due, today.year)


def _meeting(mechanism: MechanismView, series: SeriesView | None, due: NextDue, year: int) -> Iterable[DeskItem]:
    if due.year > year and not due.overdue:
        return
    numbers = {"ordinal": due.ordinal or 0, "year": due.year}
    title = (
        _("Meeting number %(ordinal)s was due in %(year)s")
        if due.overdue
        else _("Meeting number %(ordinal)s is due in %(year)s")
    )
    if due.ordinal is None:
        title = _("A meeting was due in %(year)s") if due.overdue else _("A meeting is due in %(year)s")
    yield DeskItem(
        area=_("Meetings"),
        title=title % numbers,
        text=" · ".join(filter(None, (series_title(series) if series else "", mechanism_title(mechanism)))),
        href=reverse("register:mechanism", args=[mechanism.id]),
        badge=_("no record") if due.overdue else str(due.year),
        tone="wait",
        overdue=due.overdue,
    )
