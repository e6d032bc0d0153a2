"""What a desk officer sees beside a fact: its history, and what the checks warn of. The public sees nothing of it."""

from typing import Any
from uuid import UUID

from django import template
from django.urls import ResolverMatch

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
    fact = _fact_shown(getattr(request, "resolver_match", None)) if held & INSIDE else None
    if fact is None:
        return {}
    kind, fact_id = fact
    warns = "desk_officer" in held
    node = node_of(request)
    return {
        "fact_id": fact_id,
        "lines": present_warnings(node, list_warnings(node, kind=kind, fact_id=fact_id)) if warns else [],
        "back": request.path,
        "csrf_token": context.get("csrf_token"),
    }


def _fact_shown(match: ResolverMatch | None) -> tuple[str, UUID] | None:
    """Return the kind and id of the fact that a page of the register shows, None for any other page."""
    if match is None or match.app_name != "register":
        return None
    kind = next((kind for kind in list_listed_kinds() if kind.name == match.url_name), None)
    fact_id = next((value for value in match.kwargs.values() if isinstance(value, UUID)), None)
    return None if kind is None or fact_id is None else (kind.name, fact_id)
