"""Joins what the requests count with what the plan reviews; the two contexts do not know each other."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from entraide.kernel.ids import PartnerId, PlanId
from entraide.kernel.node import Node
from entraide.programme.api import DomainCounts, PlanView, get_plan, record_counts, reviewed_domains
from entraide.requests.api import count_answers
from entraide.web.account.access import role_required
from entraide.web.http import node_of
from entraide.web.plans.readers import NEGOTIATORS


@require_POST
@role_required(*NEGOTIATORS)
def count(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Count the requests answered in the reviewed period on its commitments."""
    node = node_of(request)
    kept = count_answered_requests(node, get_plan(PlanId(plan_id)))
    text = ngettext(
        "Requests were counted in %(count)d domain.", "Requests were counted in %(count)d domains.", len(kept)
    )
    messages.success(request, text % {"count": len(kept)})
    return redirect("plans:review", plan_id=plan_id)


def count_answered_requests(node: Node, plan: PlanView) -> dict[str, DomainCounts]:
    """Record the counts of each domain that `plan` reviews, over its whole calendar year(s), and return those kept."""
    period, domains = reviewed_domains(node, plan.id)
    if not period:
        return {}
    first, last = int(period[:4]), int(period[-4:])
    since, until = dt.datetime(first, 1, 1, tzinfo=dt.UTC), dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC)
    counts = {}
    for domain in domains:
        found = count_answers(node, domain=domain, since=since, until=until, partner_id=PartnerId(plan.partner_id))
        counts[domain] = DomainCounts(found.in_time, found.late, found.open, one_sided=found.one_sided > 0)
    return record_counts(node, plan_id=plan.id, counts=counts)
