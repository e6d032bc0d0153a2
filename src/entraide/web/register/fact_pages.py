"""The page of a fact of any kind that has none of its own: what is known of it, and the passages that show it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.communiques.api import list_contradictions
from entraide.programme.api import list_linked_kinds, load_kinds, plug_of, say
from entraide.web.http import node_of
from entraide.web.register.citations import list_passages
from entraide.web.register.presenting import present_fact, title_of


def show_fact(request: HttpRequest, name: str, fact_id: UUID) -> HttpResponse:
    """Show a fact: its fields, its sources, and where they disagree; raises `Http404`."""
    kind, read = load_kinds().get(name), plug_of(name).get
    if read is None:
        raise Http404
    node = node_of(request)
    view = read(node, fact_id)
    title = title_of(kind, view)
    context = {
        "kind": kind,
        "kind_name": say(kind.one),
        "title": title,
        "amended_at": f"/upkeep/{kind.table}/{fact_id}/",
        "linked": f"/{kind.table}/{fact_id}.jsonld" if kind in list_linked_kinds() else "",
        "lines": present_fact(node, kind, view),
        "passages": list_passages(node, kind.fact, fact_id),
        "contradictions": list_contradictions(node, kind.fact, fact_id),
        "trail": [
            {"label": gettext("Register"), "href": reverse("register:home")},
            {"label": say(kind.many), "href": f"/{kind.table}/"},
            {"label": title.text},
        ],
    }
    return render(request, "register/fact.html", context)
