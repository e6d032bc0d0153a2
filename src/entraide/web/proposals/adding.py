"""Proposing what was not read: the form of any kind of which sources propose facts."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.access.api import Role
from entraide.communiques.api import get_proposal, get_source, list_proposals, propose_fact
from entraide.communiques.domain.errors import BadField
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import SourceId
from entraide.programme.api import list_proposed_kinds, say
from entraide.programme.domain.kinds import Kind
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.proposals.forms import AddForm


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def add(request: HttpRequest, source_id: UUID, name: str) -> HttpResponse:
    """Add a proposal of a kind to a source, and lead to it; raises `Http404` for a kind that is not proposed."""
    node = node_of(request)
    kind = next((item for item in list_proposed_kinds() if item.name == name), None)
    if kind is None:
        raise Http404
    source = get_source(node, source_id).summary
    form = AddForm(kind, list_proposals(node, source_id), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and (key := _propose(request, kind, source.id, form)):
        return redirect(f"{reverse('proposals:review', args=[source_id])}#{key}")
    context = {
        "form": form,
        "source": source,
        "title": _("Propose: %(kind)s") % {"kind": say(kind.one)},
        "back": reverse("proposals:review", args=[source_id]),
    }
    return render(request, "proposals/add.html", context, status=400 if form.is_bound else 200)


def _propose(request: HttpRequest, kind: Kind, source_id: SourceId, form: AddForm) -> str:
    """Add the proposal of a form and return its key; empty, with the error at its field, where it cannot stand."""
    node, quote = node_of(request), form.cleaned_data["quote"]
    try:
        made = propose_fact(
            node,
            actor=actor_from(request),
            source_id=source_id,
            kind=kind.name,
            fields=form.values(),
            quotes={field.name: quote for field in kind.proposal},
        )
    except BadField as error:
        add_error(form, error, str(error.params["field"]))
    except EntraideError as error:
        add_error(form, error, "quote")
    else:
        return get_proposal(node, made).key
    return ""
