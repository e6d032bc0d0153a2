"""Pairing with a partner's node, and how the exchange with each partner stands."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entraide.access.api import Role
from entraide.channel.api import (
    ExchangeView,
    PairingId,
    PairingState,
    PairingView,
    abort_pairing,
    confirm_pairing,
    find_pairing,
    list_exchanges,
    list_pairings,
    start_pairing,
    try_partner_now,
)
from entraide.directory.api import PartnerStatus, set_partner_status, state_name
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PartnerId
from entraide.keys.api import key_fingerprint
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of
from entraide.web.language import reader_language, text_here
from entraide.web.pairing.forms import DigitsForm, StartForm
from entraide.web.pairing.texts import CIRCUITS, PAIRING_STATES, reason_of

READERS = (Role.operator, Role.auditor)


@require_GET
@role_required(*READERS)
def show_partners(request: HttpRequest) -> HttpResponse:
    """Show this node's own card, the partners with the state of the exchange, and pairings that are open or recent."""
    node = node_of(request)
    pairings = list_pairings(node)
    context = {
        "card": node.settings,
        "fingerprint": key_fingerprint(node.public_keys),
        "exchanges": [_exchange_row(view) for view in list_exchanges(node)],
        "open_pairings": [_pairing_row(view) for view in pairings if view.is_open],
        "past_pairings": [_pairing_row(view) for view in pairings if not view.is_open][:20],
        "may_change": actor_from(request).has_role(Role.operator),
    }
    return render(request, "pairing/partners.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.operator)
def start(request: HttpRequest) -> HttpResponse:
    """Start a pairing with the node at an address."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pairing_id = start_pairing(
                node_of(request),
                actor=actor_from(request),
                origin=form.cleaned_data["origin"],
                fingerprint=form.cleaned_data["fingerprint"] or None,
            )
        except EntraideError as error:
            add_error(form, error)
        else:
            return redirect("pairing:pairing", pairing_id=pairing_id)
    return render(request, "pairing/start.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@role_required(*READERS)
def show_pairing(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """Show the digits of a pairing, and take the operator's comparison."""
    node, actor = node_of(request), actor_from(request)
    view = _find(request, pairing_id)
    form = DigitsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            state = confirm_pairing(node, actor=actor, pairing_id=view.id, digits=form.cleaned_data["digits"])
        except EntraideError as error:
            show_error(request, error)
        else:
            _say(request, state)
        return redirect("pairing:pairing", pairing_id=pairing_id)
    may_change = actor.has_role(Role.operator)
    context = {
        **_pairing_row(view),
        "form": form,
        "may_confirm": may_change and view.state is PairingState.COMPARE,
        "may_abort": may_change and view.is_open,
        "state_name": state_name(view.partner_state, reader_language()) if view.partner_state else "",
    }
    return render(request, "pairing/pairing.html", context, status=400 if form.errors else 200)


@require_POST
@role_required(Role.operator)
def stop(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """Stop an open pairing on both sides."""
    try:
        abort_pairing(node_of(request), actor=actor_from(request), pairing_id=PairingId(pairing_id))
    except EntraideError as error:
        show_error(request, error)
    else:
        messages.success(request, _("The pairing is stopped on this node; the other side is told."))
    return redirect("pairing:partners")


@require_GET
@role_required(*READERS)
def show_partner(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Show how the exchange with one partner stands: heads of both logs, what waits, the circuit; raises `Http404`."""
    view = next((row for row in list_exchanges(node_of(request)) if row.partner.id == partner_id), None)
    if view is None:
        raise Http404
    context = {
        **_exchange_row(view),
        "state_name": state_name(view.partner.state, reader_language()),
        "may_change": actor_from(request).has_role(Role.operator),
        "suspended": view.partner.status is PartnerStatus.suspended,
    }
    return render(request, "pairing/partner.html", context)


@require_POST
@role_required(Role.operator)
def change_partner(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Try a partner at once, suspend the exchange with it, or resume it."""
    node, actor, act = node_of(request), actor_from(request), request.POST.get("act")
    partner = PartnerId(partner_id)
    try:
        if act == "suspend":
            set_partner_status(node, actor=actor, partner_id=partner, status=PartnerStatus.suspended)
            messages.success(request, _("The exchange is suspended: nothing is sent and nothing is taken."))
        elif act == "resume":
            set_partner_status(node, actor=actor, partner_id=partner, status=PartnerStatus.active)
            messages.success(request, _("The exchange goes on."))
        else:
            try_partner_now(node, actor=actor, partner_id=partner)
            messages.success(request, _("The partner is tried at once."))
    except EntraideError as error:
        show_error(request, error)
    return redirect("pairing:partner", partner_id=partner_id)


def _find(request: HttpRequest, pairing_id: UUID) -> PairingView:
    view = find_pairing(node_of(request), PairingId(pairing_id))
    if view is None:
        raise Http404
    return view


def _say(request: HttpRequest, state: PairingState) -> None:
    if state is PairingState.PAIRED:
        messages.success(request, _("Both sides have confirmed. The nodes are paired and exchange their directories."))
    else:
        messages.success(request, _("Confirmed here. The nodes are paired when the other operator confirms too."))


def _pairing_row(view: PairingView) -> dict[str, object]:
    label, tone = PAIRING_STATES[view.state]
    return {
        "view": view,
        "label": label,
        "tone": tone,
        "reason": reason_of(view.code) if view.code else "",
        "name": text_here(view.organisation).text if view.organisation else view.origin,
    }


def _exchange_row(view: ExchangeView) -> dict[str, object]:
    label, tone = CIRCUITS[view.circuit]
    if view.partner.status is not PartnerStatus.active:
        label, tone = _("suspended"), "neutral"
    elif view.failures and tone == "good":
        label, tone = _("not answering, trying again"), "wait"
    return {
        "view": view,
        "name": text_here(view.partner.organisation).text,
        "label": label,
        "tone": tone,
        "reason": reason_of(view.last_error) if view.last_error else "",
        "waits": view.waiting + view.on_its_way,
        "outgoing_root": view.outgoing_root.hex(),
        "incoming_root": view.incoming_root.hex(),
    }
