"""What everyone reads at the end of a fact's page: how to report an error, which wait, what became of others."""

from typing import Any

from django import template

from entraide.publication.api import list_reports_on, takes_reports
from entraide.web.http import node_of
from entraide.web.register.described import fact_shown
from entraide.web.reports.presenting import counts_of, tell_answer

register = template.Library()
SHOWN = 5


@register.inclusion_tag("reports/beside.html", takes_context=True)
def error_reports(context: Any) -> dict[str, Any]:  # noqa: ANN401 - a template's context
    """Return the reports on the fact of the page that is asked for; nothing on pages of no fact."""
    request = context.get("request")
    fact = fact_shown(getattr(request, "resolver_match", None))
    if fact is None:
        return {}
    node, (kind, fact_id) = node_of(request), fact
    waiting, answered = counts_of(list_reports_on(node, fact_id))
    return {
        "table": kind.table,
        "fact_id": fact_id,
        "waiting": waiting,
        "answers": [tell_answer(node, item) for item in answered[:SHOWN]],
        "taken": takes_reports(node),
        "answers_here": "desk_officer" in set(context.get("held_roles") or ()),
    }
