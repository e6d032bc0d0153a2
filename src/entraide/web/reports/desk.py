"""What reports of errors put on a desk."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.access.api import Actor, Role
from entraide.kernel.node import Node
from entraide.publication.api import count_open_reports, list_missing, list_open_reports
from entraide.web.account.items import DeskItem
from entraide.web.reports.presenting import describe_reported

SHOWN = 10


def report_items(node: Node, actor: Actor) -> Iterable[DeskItem]:
    """Yield to the desk officer the reports that wait, the oldest first, and how many more there are."""
    if not actor.has_role(Role.desk_officer):
        return
    waiting = list_open_reports(node, limit=SHOWN)
    facts = describe_reported(node, waiting)
    for item in waiting:
        fact = facts.get(item.fact_id)
        yield DeskItem(
            area=_("Reports of errors"),
            title=fact.told_apart if fact else _("A fact that stands no more"),
            text=_shortened(item.reported.wrong),
            href=reverse("reports:answer", args=[item.id]),
            badge=fact.kind_name if fact else "",
        )
    more = count_open_reports(node) - len(waiting)
    if more > 0:
        title = ngettext("%(number)s more report waits", "%(number)s more reports wait", more) % {"number": more}
        yield DeskItem(area=_("Reports of errors"), title=title, href=reverse("reports:list"))


def about_items(node: Node, actor: Actor) -> Iterable[DeskItem]:
    """Yield to the operator what readers do not find on the pages about the register."""
    if actor.has_role(Role.operator) and list_missing(node):
        yield DeskItem(
            area=_("About"),
            title=_("Write how readers reach you"),
            text=_("The page “Contact” is empty, and everything public leads to it."),
            href=reverse("about:texts"),
        )


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:159]}…"
