"""The desk: "What needs me", the first page of everyone inside.

Each area of the program contributes items for the roles it concerns; the page sorts them, overdue first, and is empty
when nothing waits.
"""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from entraide.access.api import Actor, Role
from entraide.directory.api import list_authorities, list_partners
from entraide.kernel.node import Node
from entraide.web.account.access import EVERYONE_INSIDE, actor_from, role_required
from entraide.web.account.items import Contribution, DeskItem
from entraide.web.account.texts import ROLE_TITLES_SHOWN
from entraide.web.checks.desk import warning_items
from entraide.web.editions import is_of_edition
from entraide.web.http import node_of
from entraide.web.pairing.desk import pairing_items
from entraide.web.plans.desk import plan_items
from entraide.web.proposals.desk import proposal_items
from entraide.web.register.desk import meeting_items
from entraide.web.reports.desk import about_items, report_items
from entraide.web.requests.desk import request_items


def directory_items(node: Node, actor: Actor) -> Iterable[DeskItem]:
    """Yield what an operator must still set up: authorities and a partner; an observatory needs neither."""
    if not node.settings.exchanges or not actor.has_role(Role.operator, Role.desk_officer):
        return
    if not list_authorities(node, own=True):
        yield DeskItem(
            area=_("Directory"),
            title=_("Enter an authority of this ministry"),
            text=_("Without a central authority or a 24/7 contact point no request can be sent or received."),
            href=reverse("account:authority-new"),
        )
    if actor.has_role(Role.operator) and not list_partners(node):
        yield DeskItem(
            area=_("Partners"),
            title=_("Pair this node with a partner's"),
            text=_("Two people compare digits; then both nodes exchange their directories."),
            href="/pairing/",
        )


# Pages of this area that the navigation does not name: address, name, roles.
LINKS: tuple[tuple[str, str | Promise, tuple[Role, ...]], ...] = (
    ("same:questions", gettext_lazy("Same as? Facts that may be one"), (Role.desk_officer, Role.auditor)),
    ("account:authorities", gettext_lazy("Authorities of this ministry and of partners"), EVERYONE_INSIDE),
    ("account:users", gettext_lazy("Accounts and roles"), (Role.operator, Role.auditor)),
    ("account:tokens", gettext_lazy("Tokens for programs"), (Role.operator, Role.auditor)),
    ("acts:latest", gettext_lazy("Latest acts on the register"), (Role.desk_officer, Role.auditor)),
    ("checks:warnings", gettext_lazy("Checks that warn"), (Role.desk_officer, Role.auditor)),
    ("reports:list", gettext_lazy("Reports of errors"), (Role.desk_officer, Role.auditor)),
    ("about:texts", gettext_lazy("Pages about the register"), (Role.operator, Role.auditor)),
    ("account_change_password", gettext_lazy("Change my password"), EVERYONE_INSIDE),
    ("mfa_index", gettext_lazy("My second factor and passkeys"), EVERYONE_INSIDE),
)

CONTRIBUTIONS: tuple[Contribution, ...] = (
    request_items,
    plan_items,
    meeting_items,
    proposal_items,
    warning_items,
    report_items,
    about_items,
    pairing_items,
    directory_items,
)


@require_GET
@role_required(*EVERYONE_INSIDE)
def show_desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, overdue first, and where their roles lead."""
    node, actor = node_of(request), actor_from(request)
    items = [item for contribute in CONTRIBUTIONS for item in contribute(node, actor)]
    now = node.clock.now()
    groups: dict[str, list[DeskItem]] = {}
    for item in sorted(items, key=lambda item: _pressing(item, now)):
        groups.setdefault(item.area, []).append(item)
    context = {
        "actor": actor,
        "roles": [ROLE_TITLES_SHOWN[role] for role in Role if role in actor.roles],
        "groups": groups,
        "figures": _figures(items, now),
        "links": [
            {"href": reverse(name), "label": label}
            for name, label, roles in LINKS
            if actor.has_role(*roles) and is_of_edition(node.settings.edition, reverse(name))
        ],
    }
    return render(request, "account/desk.html", context)


@require_GET
def locked_out(request: HttpRequest) -> HttpResponse:
    """Tell whoever cannot sign in whom to ask."""
    return render(request, "account/locked_out.html")


def _pressing(item: DeskItem, now: datetime) -> tuple[bool, bool, bool, datetime]:
    """Sort what this reader must do before what partners must, overdue first, then by the time limit."""
    return bool(item.side), not item.is_overdue(now), item.due is None, item.due or now


def _figures(items: list[DeskItem], now: datetime) -> list[dict[str, object]]:
    """Return how many items wait, and how many are overdue on this side and on the partners'."""
    overdue = [item for item in items if item.is_overdue(now)]
    here = sum(not item.side for item in overdue)
    return [
        {"label": _("waiting for you"), "value": sum(not item.side for item in items), "tone": ""},
        {"label": _("overdue here"), "value": here, "tone": "bad" if here else ""},
        {
            "label": _("overdue at partners"),
            "value": len(overdue) - here,
            "tone": "wait" if len(overdue) > here else "",
        },
    ]
