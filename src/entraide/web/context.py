"""What every page shows whatever its view: the node's name, the edition and the languages."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from entraide.kernel.node import Node


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the node's settings and its ministry's name in the reader's language, for the page frame."""
    node: Node | None = getattr(request, "node", None)
    if node is None:
        return {}
    names = node.settings.organisation
    language = (get_language() or "en").split("-")[0]
    return {"node": node.settings, "ministry": names.get(language) or names.get("en") or node.settings.name}
