"""Starting a plan from the commitments of a mechanism."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.directory.api import list_partners
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import CommitmentId, MechanismId, PartnerId
from entraide.kernel.languages import SPOKEN
from entraide.plans.api import draft_plan_from_commitments
from entraide.programme.api import (
    CommitmentView,
    MechanismView,
    get_mechanism,
    list_commitments,
    list_mechanisms,
    next_period,
)
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.plans.forms import DraftForm
from entraide.web.plans.readers import NEGOTIATORS
from entraide.web.templatetags.programme import mechanism_title


@role_required(*NEGOTIATORS)
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the mechanism that the plan belongs to."""
    states = {partner.state for partner in list_partners()}
    mechanisms = [item for item in list_mechanisms() if states & {party.state for party in item.parties}]
    trail = [{"label": gettext("Plans"), "href": reverse("plans:plans")}, {"label": gettext("New plan")}]
    return render(request, "plans/choose.html", {"mechanisms": mechanisms, "trail": trail})


@role_required(*NEGOTIATORS)
def draft(request: HttpRequest, mechanism_id: UUID) -> HttpResponse:
    """Draft a plan with a clause per chosen commitment of the mechanism's latest period."""
    mechanism = get_mechanism(MechanismId(mechanism_id))
    commitments, period = _latest(mechanism)
    states = {party.state for party in mechanism.parties}
    partners = [(str(item.id), item.name_in(reader_language())) for item in list_partners() if item.state in states]
    initial = {
        "period": next_period(period) or str(node_of(request).clock.now().year + 1),
        "languages": [code for code in SPOKEN if any(code in item.texts for item in commitments)] or [SPOKEN[0]],
        "commitments": [str(item.id) for item in commitments],
    }
    form = DraftForm(request.POST or None, partners=partners, commitments=commitments, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            plan_id = draft_plan_from_commitments(
                node_of(request),
                actor=actor_from(request),
                partner_id=PartnerId(UUID(values["partner"])),
                mechanism_id=mechanism.id,
                period=values["period"],
                commitment_ids=[CommitmentId(UUID(item)) for item in values["commitments"]],
                languages=values["languages"],
            )
        except EntraideError as error:
            add_error(form, error)
        else:
            return redirect("plans:plan", plan_id)
    trail = [
        {"label": gettext("Plans"), "href": reverse("plans:plans")},
        {"label": gettext("New plan"), "href": reverse("plans:new")},
        {"label": mechanism_title(mechanism)},
    ]
    return render(request, "plans/draft.html", {"form": form, "mechanism": mechanism, "period": period, "trail": trail})


def _latest(mechanism: MechanismView) -> tuple[tuple[CommitmentView, ...], str]:
    """Return the commitments of the mechanism's latest period, done ones last, and that period."""
    recorded = list_commitments(mechanism_id=mechanism.id, limit=1000)
    period = max((item.period for item in recorded), default="")
    current = [item for item in recorded if item.period == period]
    return tuple(sorted(current, key=lambda item: item.status == "done")), period
