"""What the checks put on a desk: one line for each check that warns."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.access.api import Actor, Role
from entraide.kernel.node import Node
from entraide.programme.api import list_warnings
from entraide.web.account.items import DeskItem
from entraide.web.checks.presenting import group_warnings, present_warnings


def warning_items(node: Node, actor: Actor) -> Iterable[DeskItem]:
    """Yield to the desk officer what the checks warn of."""
    if not actor.has_role(Role.desk_officer):
        return
    for first, lines in group_warnings(present_warnings(node, list_warnings(node))):
        yield DeskItem(
            area=_("Checks that warn"),
            title=first.title,
            text=" · ".join(dict.fromkeys(title for line in lines[:3] for title, _href, _past in line.facts if title)),
            href=f"{reverse('checks:warnings')}#{first.code}",
            badge=str(len(lines)),
        )
