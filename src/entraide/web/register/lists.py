"""The public lists: of every kind of fact that has one, narrowed, paged, citable; and the organisations by State."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import select_template
from django.urls import reverse
from django.utils.translation import gettext

from entraide.kernel.node import Node
from entraide.programme.api import MechanismView, list_mechanisms, load_kinds, plug_of, say
from entraide.programme.domain.kinds import Kind
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.naming import name_organisation
from entraide.web.register.filters import CURSOR, ListFilter
from entraide.web.register.organisations import OrganisationsInOrder
from entraide.web.register.presenting import present_list
from entraide.web.templatetags.programme import state_title

PER_PAGE = 50
MOST_ORGANISATIONS = 400
GENERAL = "register/facts.html"
"""The list of a kind that has no template of its own, `register/<table>.html`."""


def show_list(request: HttpRequest, name: str) -> HttpResponse:
    """List the facts of a kind, narrowed as it declares, in its own template or the general one; raises `Http404`."""
    kind, read = load_kinds().get(name), plug_of(name).page
    if read is None:
        raise Http404
    chosen = ListFilter(request, kind)
    node = node_of(request)
    page = read(node, chosen.narrowed, request.GET.get(CURSOR) or None, PER_PAGE)
    if chosen.untidy and not request.GET.get(CURSOR):
        return redirect(chosen.permalink)
    title, template = say(kind.many), select_template([f"register/{kind.table}.html", GENERAL])
    context = {
        "title": title,
        "cite_title": f"{title} ({chosen.title})" if chosen.title else title,
        "kind": kind,
        "filter": chosen,
        "page": page,
        "trail": _trail(title),
    }
    if template.template.name == GENERAL:
        context |= present_list(node, kind, page.items)
    else:
        context["rows"] = _with_mechanisms(node, kind, page.items)
    return HttpResponse(template.render(context, request))


def show_organisations(request: HttpRequest) -> HttpResponse:
    """List all organisations by State, in the order of the reader's language."""
    page = Paginator(OrganisationsInOrder(node_of(request), reader_language()), MOST_ORGANISATIONS).get_page(
        request.GET.get("page")
    )
    groups = [
        (
            state_title(state) if state else gettext("Organisations of no State"),
            [(item, name_organisation(item)) for item in items],
        )
        for state, items in groupby(page, key=lambda item: item.state)
    ]
    context = {
        "groups": groups,
        "page": page,
        "title": gettext("Organisations"),
        "trail": _trail(gettext("Organisations")),
    }
    return render(request, "register/organisations.html", context)


def _with_mechanisms(node: Node, kind: Kind, views: Sequence[Any]) -> list[tuple[Any, MechanismView | None]]:
    """Return each fact with the mechanism that it is of, if its kind is of one."""
    if not views or not kind.has("mechanism"):
        return [(view, None) for view in views]
    found = {item.id: item for item in list_mechanisms(node, ids={view.mechanism_id for view in views})}
    return [(view, found.get(view.mechanism_id)) for view in views]


def _trail(title: str) -> list[dict[str, str]]:
    return [{"label": gettext("Register"), "href": reverse("register:home")}, {"label": title}]
