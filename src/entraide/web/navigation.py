"""The navigation of a page: what a visitor's roles open, and only what exists on this node."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext, gettext_noop

DESK, CASE, APPROVER, AUDITOR, OPERATOR = "desk_officer", "case_officer", "approver", "auditor", "operator"
EVERYONE: frozenset[str] = frozenset()
STAFF = frozenset({DESK, CASE, APPROVER, AUDITOR, OPERATOR})


@dataclass(frozen=True, slots=True)
class Area:
    """An entry of the navigation: its address, its English name and the roles that see it (none: everyone)."""

    href: str
    name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as this visitor sees it; `current` is the value of `aria-current`, or empty."""

    href: str
    label: str
    current: str


AREAS = (
    Area("/desk/", gettext_noop("What needs me"), STAFF),
    Area("/", gettext_noop("Register"), EVERYONE),
    Area("/proposals/", gettext_noop("Communiqués"), frozenset({DESK, AUDITOR})),
    Area("/plans/", gettext_noop("Plans"), frozenset({DESK, APPROVER, AUDITOR})),
    Area("/requests/", gettext_noop("Requests"), frozenset({CASE, APPROVER, AUDITOR})),
    Area("/pairing/", gettext_noop("Partners"), frozenset({OPERATOR, AUDITOR})),
    Area("/journal/", gettext_noop("Journal"), frozenset({AUDITOR, OPERATOR})),
)
FOOTER = (
    Area("/safeguards/", gettext_noop("Safeguard rules"), EVERYONE),
    Area("/design/", gettext_noop("Design system"), EVERYONE),
)


def navigation_of(request: HttpRequest, areas: tuple[Area, ...] = AREAS) -> list[Item]:
    """Return the entries of `areas` that the visitor's roles open and that this node serves."""
    roles = roles_of(request)
    return [
        Item(area.href, gettext(area.name), _current(area.href, request.path))
        for area in areas
        if (not area.roles or area.roles & roles) and _served(area.href)
    ]


def roles_of(request: HttpRequest) -> frozenset[str]:
    """Return the codes of the visitor's roles; empty for the public."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frozenset()
    return frozenset(str(role) for role in getattr(user, "roles", ()))


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
    # The register holds every public address; the other areas have prefixes of their own.
    return (
        ""
        if any(path.startswith(area.href) for area in (*AREAS, *FOOTER) if area.href != "/")
        or path.startswith("/accounts/")
        else "true"
    )
