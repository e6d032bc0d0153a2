"""Starting a plan from the commitments of a mechanism."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.directory.api import list_organisations, list_partners, own_party, party_of
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MechanismId
from entraide.kernel.languages import SPOKEN
from entraide.kernel.node import Node
from entraide.plans.api import draft_plan_from_commitments
from entraide.programme.api import (
    CommitmentView,
    MechanismView,
    get_mechanism,
    list_commitments,
    list_mechanisms,
    next_period,
)
from entraide.programme.api import Party as MechanismParty
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.naming import name_organisation
from entraide.web.plans.forms import DraftForm
from entraide.web.plans.readers import NEGOTIATORS
from entraide.web.templatetags.programme import mechanism_title


@role_required(*NEGOTIATORS)
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the mechanism that the plan belongs to."""
    node = node_of(request)
    states, own = {partner.state for partner in list_partners(node)}, node.settings.state
    mechanisms = [
        item for item in list_mechanisms(node) if any(_may_join(party, states, own) for party in item.parties)
    ]
    trail = [{"label": gettext("Plans"), "href": reverse("plans:plans")}, {"label": gettext("New plan")}]
    return render(request, "plans/choose.html", {"mechanisms": mechanisms, "trail": trail})


@role_required(*NEGOTIATORS)
def draft(request: HttpRequest, mechanism_id: UUID) -> HttpResponse:
    """Draft a plan with a clause per chosen commitment of the mechanism's latest period."""
    node = node_of(request)
    mechanism = get_mechanism(node, MechanismId(mechanism_id))
    commitments, period = _latest(node, mechanism)
    partners, on_paper = _partners(node, mechanism), _on_paper(node, mechanism)
    initial = _initial(commitments, partners, next_period(period) or str(node.clock.now().year + 1))
    form = DraftForm(
        request.POST or None, partners=partners, on_paper=on_paper, commitments=commitments, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            plan_id = draft_plan_from_commitments(
                node,
                actor=actor_from(request),
                partner_ids=form.partner_ids,
                paper_ids=form.paper_ids,
                mechanism_id=mechanism.id,
                period=form.cleaned_data["period"],
                commitment_ids=form.commitment_ids,
                languages=form.cleaned_data["languages"],
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


def _may_join(party: MechanismParty, with_nodes: set[str], own: str) -> bool:
    """Return whether a plan can have this party of a mechanism: its State has a node, or it is known by its name."""
    return party.state in with_nodes or (party.organisation_id is not None and party.state != own)


def _initial(
    commitments: tuple[CommitmentView, ...], partners: list[tuple[str, str]], period: str
) -> dict[str, str | list[str]]:
    """Return what the form begins with: all commitments, their languages, and the partner if there is only one."""
    return {
        "period": period,
        "languages": [code for code in SPOKEN if any(code in item.texts for item in commitments)] or [SPOKEN[0]],
        "commitments": [str(item.id) for item in commitments],
        "partners": [key for key, _ in partners] if len(partners) == 1 else [],
    }


def _partners(node: Node, mechanism: MechanismView) -> list[tuple[str, str]]:
    """Return the partners of the mechanism's States, each with id and name."""
    states = {party.state for party in mechanism.parties}
    return [(str(item.id), item.name_in(reader_language())) for item in list_partners(node) if item.state in states]


def _on_paper(node: Node, mechanism: MechanismView) -> list[tuple[str, str]]:
    """Return the mechanism's organisations that are no ministry with a node, each with id and name."""
    reached = [own_party(node), *(party_of(item) for item in list_partners(node))]
    with_nodes = {(party.state, name.casefold()) for party in reached for name in party.organisation.values()}
    ids = [party.organisation_id for party in mechanism.parties if party.organisation_id]
    return [
        (str(item.id), name_organisation(item).text)
        for item in list_organisations(node, ids=ids)
        if with_nodes.isdisjoint((item.state, name.casefold()) for name in item.spellings)
    ]


def _latest(node: Node, mechanism: MechanismView) -> tuple[tuple[CommitmentView, ...], str]:
    """Return the commitments of the mechanism's latest period, done ones last, and that period."""
    recorded = list_commitments(node, mechanism_id=mechanism.id, limit=1000)
    period = max((item.period for item in recorded), default="")
    current = [item for item in recorded if item.period == period]
    return tuple(sorted(current, key=lambda item: item.status == "done")), period
