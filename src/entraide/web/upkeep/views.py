"""Pages on which a desk officer enters what no proposal brought: names, standing, same series, delegations, agenda."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.access.api import Role
from entraide.communiques.api import (
    SourceSummary,
    citations_of,
    enter_agenda_item,
    enter_delegation,
    enter_mechanism_name,
    enter_standing,
    join_two_series,
    list_sources,
)
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MechanismId, MeetingId
from entraide.kernel.node import Node
from entraide.programme.api import FactKind, MechanismStatus, get_mechanism, get_meeting, list_mechanisms
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.templatetags.programme import mechanism_title, meeting_title
from entraide.web.upkeep.forms import AgendaForm, DelegationForm, NameForm, SameSeriesForm, StandingForm

Act = Callable[[Any], object]
LATEST_SOURCES = 200


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def keep_mechanism(request: HttpRequest, mechanism_id: UUID) -> HttpResponse:
    """Enter a mechanism's name and how it stands, or say that two of its series are one."""
    node = node_of(request)
    mechanism = get_mechanism(node, MechanismId(mechanism_id))
    given: dict[str, Any] = {"node": node, "actor": actor_from(request)}
    sources = _sources(node, FactKind.MECHANISM, mechanism.id)
    others = [item for item in list_mechanisms(node) if item.id != mechanism.id]
    by = _of(request)
    acts: list[tuple[str, Any, Act]] = [
        (
            _("Name"),
            NameForm(sources, by("name"), prefix="name"),
            lambda form: enter_mechanism_name(
                given["node"],
                actor=given["actor"],
                mechanism_id=mechanism.id,
                language=form.cleaned_data["language"],
                name=form.cleaned_data["name"],
                passage=form.passage(),
            ),
        ),
        (
            _("How it stands"),
            StandingForm(others, sources, by("standing"), prefix="standing"),
            lambda form: enter_standing(
                given["node"],
                actor=given["actor"],
                mechanism_id=mechanism.id,
                status=MechanismStatus(form.cleaned_data["status"]),
                since=form.cleaned_data["since"],
                successor_id=form.successor_id(),
                passage=form.passage(),
            ),
        ),
    ]
    if len(mechanism.series) > 1:
        series = SameSeriesForm(mechanism, by("series"), prefix="series")
        acts.append((_("Two series are one"), series, lambda form: _join(given, form)))
    trail = [{"label": mechanism_title(mechanism), "href": reverse("register:mechanism", args=[mechanism.id])}]
    return _page(request, mechanism_title(mechanism), trail, acts)


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def keep_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Enter a side's delegation or a point of the agenda."""
    node, actor, by = node_of(request), actor_from(request), _of(request)
    meeting = get_meeting(node, MeetingId(meeting_id))
    sources = _sources(node, FactKind.MEETING, meeting.id)
    acts: list[tuple[str, Any, Act]] = [
        (
            _("Delegation"),
            DelegationForm(get_mechanism(node, meeting.mechanism_id), sources, by("delegation"), prefix="delegation"),
            lambda form: enter_delegation(
                node,
                actor=actor,
                meeting_id=meeting.id,
                state=form.cleaned_data["state"],
                size=form.cleaned_data["size"],
                people=form.people(),
                passage=form.passage(),
            ),
        ),
        (
            _("Agenda"),
            AgendaForm(sources, by("agenda"), prefix="agenda"),
            lambda form: enter_agenda_item(
                node,
                actor=actor,
                meeting_id=meeting.id,
                texts={form.cleaned_data["language"]: form.cleaned_data["text"]},
                outcomes={form.cleaned_data["language"]: form.cleaned_data["outcome"]},
                passage=form.passage(),
            ),
        ),
    ]
    trail = [{"label": meeting_title(meeting), "href": reverse("register:meeting", args=[meeting.id])}]
    return _page(request, meeting_title(meeting), trail, acts)


def _sources(node: Node, kind: str, fact_id: UUID) -> list[SourceSummary]:
    """Return the sources to choose from: those that the fact cites already, then the latest imports."""
    cited = [item.source for item in citations_of(node, kind, fact_id)]
    return list({item.id: item for item in (*cited, *list_sources(node, limit=LATEST_SOURCES))}.values())


def _join(given: dict[str, Any], form: SameSeriesForm) -> None:
    into, other = form.chosen()
    join_two_series(given["node"], actor=given["actor"], into_id=into, series_id=other)


def _of(request: HttpRequest) -> Callable[[str], Any]:
    """Return the posted data for the one form that was sent; the others stay empty."""
    return lambda name: request.POST if request.method == "POST" and request.POST.get("act") == name else None


def _page(
    request: HttpRequest, title: str, trail: list[dict[str, str]], acts: list[tuple[str, Any, Act]]
) -> HttpResponse:
    sent: forms.Form | None = next((form for _label, form, _act in acts if form.is_bound), None)
    act = next((act for _label, form, act in acts if form is sent), None)
    if sent is not None and act is not None and sent.is_valid():
        try:
            act(sent)
        except EntraideError as error:
            add_error(sent, error)
        else:
            messages.success(request, _("The entry stands in the register."))
            return redirect(trail[-1]["href"])
    context = {
        "title": title,
        "trail": [{"label": _("Register"), "href": "/"}, *trail, {"label": _("Entries by hand")}],
        "acts": [{"label": label, "form": form, "name": form.prefix} for label, form, _act in acts],
        "back": trail[-1]["href"],
    }
    return render(request, "upkeep/page.html", context, status=400 if sent is not None else 200)
