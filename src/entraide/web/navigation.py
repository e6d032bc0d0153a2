"""The navigation of a page: what a visitor's roles open, and only what exists on this node."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext, gettext_noop

from entraide.access.api import Role, actor_of
from entraide.access.domain.errors import NotLoggedIn
from entraide.web.editions import is_of_edition
from entraide.web.http import node_of

EVERYONE: frozenset[Role] = frozenset()
STAFF = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Area:
    """An entry of the navigation: its address, its English name and the roles that see it (none: everyone)."""

    href: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as this visitor sees it; `current` is the value of `aria-current`, or empty."""

    href: str
    label: str
    current: str


AREAS = (
    Area("/desk/", gettext_noop("What needs me"), STAFF),
    Area("/", gettext_noop("Register"), EVERYONE),
    Area("/sources/", gettext_noop("Sources"), EVERYONE),
    Area("/proposals/", gettext_noop("Communiqués"), frozenset({Role.desk_officer, Role.auditor})),
    Area("/plans/", gettext_noop("Plans"), frozenset({Role.desk_officer, Role.approver, Role.auditor})),
    Area("/requests/", gettext_noop("Requests"), frozenset({Role.case_officer, Role.approver, Role.auditor})),
    Area("/pairing/", gettext_noop("Partners"), frozenset({Role.operator, Role.auditor})),
    Area("/journal/", gettext_noop("Journal"), frozenset({Role.auditor, Role.operator})),
)
FOOTER = (
    Area("/about/", gettext_noop("About"), EVERYONE),
    Area("/about/method/", gettext_noop("Method"), EVERYONE),
    Area("/about/contact/", gettext_noop("Contact"), EVERYONE),
    Area("/about/legal/", gettext_noop("Legal notice"), EVERYONE),
    Area("/about/accessibility/", gettext_noop("Accessibility"), EVERYONE),
    Area("/exports/", gettext_noop("Exports"), EVERYONE),
    Area("/data/", gettext_noop("Data"), EVERYONE),
    Area("/about/api/", gettext_noop("API"), EVERYONE),
    Area("/safeguards/", gettext_noop("Safeguard rules"), EVERYONE),
    Area("/design/", gettext_noop("Design system"), EVERYONE),
)
# Addresses that do not belong to the register, although it stands at the root.
PREFIXES = (
    *(area.href for area in (*AREAS, *FOOTER) if area.href != "/"),
    "/accounts/",
    "/imports/",
    "/acts/",
    "/checks/",
    "/error-reports/",
)


def navigation_of(request: HttpRequest, areas: tuple[Area, ...] = AREAS) -> list[Item]:
    """Return the entries of `areas` that the visitor's roles open and that this node serves."""
    roles, edition = roles_of(request), node_of(request).settings.edition
    return [
        Item(area.href, gettext(area.name), _current(area.href, request.path))
        for area in areas
        if (not area.roles or area.roles & roles) and is_of_edition(edition, area.href) and _served(area.href)
    ]


def roles_of(request: HttpRequest) -> frozenset[Role]:
    """Return the visitor's roles; empty for the public."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frozenset()
    try:
        return actor_of(node_of(request), user).roles
    except NotLoggedIn:
        return frozenset()


@cache
def _served(href: str) -> bool:
    try:
        resolve(href)
    except Resolver404:
        return False
    return True


def _current(href: str, path: str) -> str:
    if path == href:
        return "page"
    if href != "/":
        return "true" if path.startswith(href) else ""
    return "" if path.startswith(PREFIXES) else "true"
