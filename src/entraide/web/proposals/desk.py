"""What the communiqués put on a desk: sources with proposals, and tables, that nobody has decided about."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.access.api import Actor, Role
from entraide.communiques.api import list_places, list_sources
from entraide.kernel.node import Node
from entraide.tables.api import list_imports
from entraide.web.account.items import DeskItem
from entraide.web.proposals.arrivals import told_texts
from entraide.web.proposals.tasks import task_of

MOST = 200
"""Sources that a desk names; the others follow as these are decided."""


def proposal_items(node: Node, actor: Actor) -> Iterable[DeskItem]:
    """Yield to the desk officer each source that waits, first those that a visitor of a demonstration may try, and each
    import of tables that waits; to the operator each watched place that could not be reached.
    """
    if actor.has_role(Role.operator):
        yield from _unreached(node)
    if not actor.has_role(Role.desk_officer):
        return
    for source in sorted(list_sources(node, waiting_only=True, limit=MOST), key=lambda source: not task_of(source)):
        count = ngettext("%(number)s proposal waits", "%(number)s proposals wait", source.waiting)
        yield DeskItem(
            area=_("Communiqués"),
            title=source.title or source.name,
            text=str(task_of(source)),
            href=reverse("proposals:review", args=[source.id]),
            badge=count % {"number": source.waiting},
        )
    for item in list_imports():
        if item.state == "waiting":
            yield DeskItem(
                area=_("Imports of tables"),
                title=", ".join(item.files),
                text=_("Tables were given; nothing changes before you have looked at the difference and confirmed it."),
                href=reverse("imports:difference", args=[item.id]),
                badge=_("waits"),
            )


def _unreached(node: Node) -> Iterable[DeskItem]:
    for place in list_places(node):
        if place.enabled and place.failure is not None:
            message, remedy = told_texts(place.failure)
            yield DeskItem(
                area=_("New reports"),
                title=place.name,
                text=f"{message} {remedy}",
                href=reverse("proposals:arrivals"),
                badge=_("not reached") if place.is_feed else _("not read"),
                tone="bad",
            )
