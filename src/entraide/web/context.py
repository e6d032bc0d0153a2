"""What every page shows whatever its view: the node's name, the edition, the languages, the theme, the navigation."""

from typing import Any

from django.http import HttpRequest

from entraide.kernel.node import Node
from entraide.web.account.checks import opens_demonstration
from entraide.web.language import text_here
from entraide.web.navigation import FOOTER, navigation_of, roles_of

THEME_COOKIE = "entraide_theme"
THEMES = ("auto", "light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's facts; a request that reached no node (an early error) gets the theme alone."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    frame: dict[str, Any] = {"theme": theme if theme in THEMES else "auto"}
    node: Node | None = getattr(request, "node", None)
    if node is None:
        return frame
    names = node.settings.organisation
    return frame | {
        "node": node.settings,
        "edition": node.settings.edition.value,
        "ministry": text_here(names).text or node.settings.name,
        "held_roles": roles_of(request),
        "role_choice": opens_demonstration(node.settings),
        "now": node.clock.now(),
        "navigation": navigation_of(request),
        "footer_navigation": navigation_of(request, FOOTER),
    }
