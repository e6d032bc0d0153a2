"""What the register puts on a desk: the meeting that should come next in a series."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.access.api import Actor, Role
from entraide.kernel.node import Edition, Node
from entraide.programme.api import MechanismView, NextDue, SeriesView, list_due, list_mechanisms
from entraide.web.account.items import DeskItem
from entraide.web.templatetags.programme import mechanism_title, series_title

MOST_SERIES = 200
"""Series that the desk looks at, those that met or were announced last."""


def meeting_items(node: Node, actor: Actor) -> Iterable[DeskItem]:
    """Yield the meetings due this year or late: to a ministry those of its own mechanisms, to an observatory all."""
    if not actor.has_role(Role.desk_officer):
        return
    today = node.clock.now().date()
    own = node.settings.state if node.settings.edition is Edition.NODE else ""
    found = list_due(node, today, announced=True, recent=MOST_SERIES, state=own)
    ids = {item.mechanism_id for item in found}
    mechanisms = {item.id: item for item in (list_mechanisms(node, ids=ids) if ids else ())}
    for item in found:
        if item.mechanism_id in mechanisms:
            yield from _meeting(mechanisms[item.mechanism_id], item.series, item.due, today.year)


def _meeting(mechanism: MechanismView, series: SeriesView, due: NextDue, year: int) -> Iterable[DeskItem]:
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
        text=" · ".join(filter(None, (series_title(series), mechanism_title(mechanism)))),
        href=reverse("register:mechanism", args=[mechanism.id]),
        badge=_("no record") if due.overdue else str(due.year),
        tone="wait",
        overdue=due.overdue,
    )
