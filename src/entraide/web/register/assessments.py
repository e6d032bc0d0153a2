"""Grading a commitment: every grade stays beside the others."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.access.api import Role
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import CommitmentId
from entraide.programme.api import AssessmentMethod, Grade, get_commitment, record_assessment
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.register.forms import AssessmentForm


@role_required(Role.desk_officer, Role.approver)
def assess(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Add a grade to a commitment."""
    node = node_of(request)
    commitment = get_commitment(node, CommitmentId(commitment_id))
    actor = actor_from(request)
    form = AssessmentForm(request.POST or None, initial={"assessor": actor.post, "period": commitment.period})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            record_assessment(
                node,
                actor=actor,
                commitment_id=commitment.id,
                assessor=values["assessor"],
                method=AssessmentMethod(values["method"]),
                grade=Grade(values["grade"]),
                period=values["period"],
                note=values["note"],
            )
        except EntraideError as error:
            add_error(form, error)
        else:
            return redirect("register:commitment", commitment_id)
    trail = [
        {"label": gettext("Register"), "href": reverse("register:home")},
        {"label": gettext("Commitment"), "href": reverse("register:commitment", args=[commitment_id])},
        {"label": gettext("Assess")},
    ]
    return render(request, "register/assess.html", {"form": form, "commitment": commitment, "trail": trail})
