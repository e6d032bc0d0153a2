"""What a desk officer sees beside a fact: its history, and what the checks warn of. The public sees nothing of it."""

from typing import Any
from uuid import UUID

from django import template

from entraide.programme.api import list_listed_kinds, list_warnings
from entraide.web.checks.presenting import present_warnings
from entraide.web.http import node_of

register = template.Library()
INSIDE = frozenset({"desk_officer", "approver", "auditor", "operator"})


@register.inclusion_tag("acts/care.html", takes_context=True)
def fact_care(context: Any) -> dict[str, Any]:  # noqa: ANN401 - a template's context
    """Return what to show beside the fact of the page that is asked for; nothing on pages of no fact."""
    request = context.get("request")
    held = set(context.get("held_roles") or ())
    match = getattr(request, "resolver_match", None)
    if not held & INSIDE or match is None or match.app_name != "register":
        return {}
    kind = next((kind for kind in list_listed_kinds() if kind.name == match.url_name), None)
    fact_id = next((value for value in match.kwargs.values() if isinstance(value, UUID)), None)
    if kind is None or fact_id is None:
        return {}
    warns = "desk_officer" in held
    node = node_of(request)
    return {
        "fact_id": fact_id,
        "lines": present_warnings(node, list_warnings(node, kind=kind.name, fact_id=fact_id)) if warns else [],
        "back": request.path,
        "csrf_token": context.get("csrf_token"),
    }
