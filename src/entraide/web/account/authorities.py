"""The directory of authorities: whom to send what, at this node and at its partners'."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entraide.access.api import Role
from entraide.directory.api import (
    Authority,
    AuthorityKind,
    ensure_organisation,
    language_name,
    list_authorities,
    list_organisations,
    list_partners,
    list_states,
    register_authority,
    state_name,
    withdraw_authority,
)
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import AuthorityId, OrganisationId, PartnerId
from entraide.kernel.node import Node
from entraide.requests.api import list_forms, read_words
from entraide.safeguards.api import label_of, list_codes
from entraide.web.account.access import EVERYONE_INSIDE, actor_from, role_required
from entraide.web.account.forms import AuthorityFilterForm, NewAuthorityForm, PaperAuthorityForm
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.naming import name_organisation

# Instruments that oblige to assist, of the list that also names sources of safeguards.
LEGAL_BASES = frozenset(
    {
        "UNTOC",
        "UNCAC",
        "UN-CYBERCRIME",
        "BUDAPEST",
        "TRAFFICKING-PROTOCOL",
        "SMUGGLING-PROTOCOL",
        "FIREARMS-PROTOCOL",
        "GENOCIDE",
        "TERRORIST-BOMBINGS",
        "EIO",
    }
)
# Kinds of message that nobody is asked for.
NO_REQUESTS = frozenset({"answer", "spontaneous_information"})

KEEPERS = (Role.desk_officer, Role.operator)


@require_GET
@role_required(*EVERYONE_INSIDE)
def show_authorities(request: HttpRequest) -> HttpResponse:
    """List own and partners' authorities, by State and by what they are competent for."""
    node, language = node_of(request), reader_language()
    types = _request_types(node, language)
    states = sorted({authority.state for authority in list_authorities(node)})
    form = AuthorityFilterForm(
        request.GET,
        states=[(code, state_name(code, language)) for code in states],
        request_types=list(types.items()),
    )
    wanted = form.cleaned_data if form.is_valid() else {}
    found = list_authorities(node, state=wanted.get("state") or None, request_type=wanted.get("request_type") or None)
    rows = _rows(node, found, types, language)
    context = {
        "form": form,
        "own": [row for row in rows if row["authority"].is_own],
        "partners": [row for row in rows if row["authority"].partner_id],
        "on_paper": [row for row in rows if row["authority"].on_paper],
        "may_change": actor_from(request).has_role(*KEEPERS),
    }
    return render(request, "account/authorities.html", context)


@require_http_methods(["GET", "POST"])
@role_required(*KEEPERS)
def enter_authority(request: HttpRequest) -> HttpResponse:
    """Enter one of this node's own authorities."""
    node, language = node_of(request), reader_language()
    organisations = list_organisations(node, state=node.settings.state)
    form = NewAuthorityForm(
        request.POST or None,
        organisations=[(str(organisation.id), name_organisation(organisation).text) for organisation in organisations],
        **_competences(node, language),
    )
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        organisation_id = OrganisationId(UUID(facts.pop("organisation")))
        try:
            register_authority(node, actor=actor_from(request), organisation_id=organisation_id, **facts)
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The authority is entered; partners paired from now on receive it."))
            return redirect("account:authorities")
    return render(request, "account/authority_new.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@role_required(*KEEPERS)
def enter_paper_authority(request: HttpRequest) -> HttpResponse:
    """Enter an authority of a ministry without a node, so that requests can be made to it on paper."""
    node, language, actor = node_of(request), reader_language(), actor_from(request)
    form = PaperAuthorityForm(
        request.POST or None,
        states=sorted(((code, state_name(code, language)) for code in list_states()), key=lambda pair: pair[1]),
        **_competences(node, language),
    )
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        state, name = facts.pop("state"), facts.pop("organisation_name")
        try:
            organisation = ensure_organisation(node, actor=actor, state=state, name=name, language=language)
            register_authority(node, actor=actor, organisation_id=organisation, on_paper=True, **facts)
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The authority is entered; it is asked on paper."))
            return redirect("account:authorities")
    context = {"form": form, "on_paper": True}
    return render(request, "account/authority_new.html", context, status=400 if form.errors else 200)


@require_POST
@role_required(*KEEPERS)
def end_authority(request: HttpRequest, authority_id: UUID) -> HttpResponse:
    """Take an authority that was entered here out of use."""
    try:
        withdraw_authority(node_of(request), actor=actor_from(request), authority_id=AuthorityId(authority_id))
    except EntraideError as error:
        show_error(request, error)
    else:
        messages.success(request, _("The authority is withdrawn."))
    return redirect("account:authorities")


def _rows(
    node: Node, authorities: Sequence[Authority], types: Mapping[str, str], language: str
) -> list[dict[str, Any]]:
    organisations = {
        organisation.id: name_organisation(organisation).text
        for organisation in list_organisations(node, ids={authority.organisation_id for authority in authorities})
    }
    partners = {partner.id: partner.name for partner in list_partners(node)}
    return [
        _row(node, authority, organisations[authority.organisation_id], partners, types, language)
        for authority in authorities
    ]


def _row(
    node: Node,
    authority: Authority,
    organisation: str,
    partners: Mapping[PartnerId, str],
    types: Mapping[str, str],
    language: str,
) -> dict[str, Any]:
    return {
        "authority": authority,
        "state": state_name(authority.state, language),
        "organisation": organisation,
        "kind": _(authority.kind.label),
        "kind_tone": "accent" if authority.kind is AuthorityKind.contact_point_24_7 else "calm",
        "request_types": [types.get(code, code) for code in authority.request_types],
        "legal_bases": [label_of(node, "instruments", code, language) for code in authority.legal_bases],
        "languages": ", ".join(language_name(code, language) for code in authority.languages),
        "partner": partners[authority.partner_id] if authority.partner_id else "",
    }


def _request_types(node: Node, language: str) -> dict[str, str]:
    """What an authority may be competent for: types that the safeguards know, and those of this node's own forms."""
    known, words = dict(_codes(node, "request_types", language)), read_words(node, language)
    return known | {form_id: words.form(form_id).text for form_id in list_forms(node) if form_id not in known}


def _competences(node: Node, language: str) -> dict[str, list[tuple[str, str]]]:
    """What a new authority may be competent for."""
    types = _request_types(node, language).items()
    return {
        "request_types": [choice for choice in types if choice[0] not in NO_REQUESTS],
        "instruments": [choice for choice in _codes(node, "instruments", language) if choice[0] in LEGAL_BASES],
    }


def _codes(node: Node, name: str, language: str) -> list[tuple[str, str]]:
    return [(code.code, code.label) for code in list_codes(node, name, language)]
