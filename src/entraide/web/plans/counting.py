"""The act of counting the requests answered in the period that a plan reviews."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from entraide.kernel.ids import PlanId
from entraide.plans.api import get_plan
from entraide.statistics.api import count_answered_requests
from entraide.web.account.access import role_required
from entraide.web.http import node_of
from entraide.web.plans.readers import NEGOTIATORS


@require_POST
@role_required(*NEGOTIATORS)
def count(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Count the requests answered in the reviewed period on its commitments."""
    node = node_of(request)
    kept = count_answered_requests(node, get_plan(node, PlanId(plan_id)))
    text = ngettext(
        "Requests were counted in %(count)d domain.", "Requests were counted in %(count)d domains.", len(kept)
    )
    messages.success(request, text % {"count": len(kept)})
    return redirect("plans:review", plan_id=plan_id)
