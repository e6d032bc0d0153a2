"""What comes of a plan in public: the conference at which it is signed, and the draft of the communiqué."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from entraide.access.api import Role
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PlanId, SeriesId
from entraide.kernel.languages import SPOKEN
from entraide.plans.api import (
    draft_communique,
    get_plan,
    record_conference,
)
from entraide.programme.api import (
    MeetingFacts,
    MeetingKind,
    PersonInPost,
    PersonRole,
    get_mechanism,
)
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.plans.forms import ConferenceForm
from entraide.web.plans.readers import READERS
from entraide.web.plans.views import plan_trail
from entraide.web.templatetags.programme import language_title, series_title


@role_required(Role.desk_officer)
def conference(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Record the conference at which the plan is signed and last year's is reviewed."""
    node = node_of(request)
    plan = get_plan(node, PlanId(plan_id))
    series = [(str(item.id), series_title(item)) for item in get_mechanism(node, plan.mechanism_id).series]
    initial = {"kind": MeetingKind.CONFERENCE}
    form = ConferenceForm(request.POST or None, series=series, parties=plan.parties, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        facts = MeetingFacts(
            series_id=SeriesId(UUID(values["series"])) if values["series"] else None,
            ordinal=values["ordinal"],
            date=values["date"],
            place=values["place"],
            kind=MeetingKind(values["kind"]),
            name=values["name"],
        )
        try:
            record_conference(node, actor=actor_from(request), plan_id=plan.id, facts=facts, people=_chairs(form))
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, gettext("The conference is recorded."))
            return redirect("plans:plan", plan.id)
    context = {"form": form, "plan": plan, "trail": plan_trail(plan, gettext("Conference"))}
    return render(request, "plans/conference.html", context)


@role_required(*READERS)
def communique(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show the draft of the communiqué in the language chosen."""
    node = node_of(request)
    plan = get_plan(node, PlanId(plan_id))
    asked = request.GET.get("language", "")
    language = asked if asked in SPOKEN else reader_language()
    context = {
        "plan": plan,
        "text": draft_communique(node, plan.id, language),
        "language": language,
        "languages": [(code, language_title(code)) for code in SPOKEN],
        "trail": plan_trail(plan, gettext("Communiqué")),
    }
    return render(request, "plans/communique.html", context)


def _chairs(form: ConferenceForm) -> list[PersonInPost]:
    return [
        PersonInPost(name, form.cleaned_data[f"post_{number}"], party.state, PersonRole.CO_CHAIR)
        for number, party in enumerate(form.parties)
        if (name := form.cleaned_data[f"name_{number}"].strip())
    ]
