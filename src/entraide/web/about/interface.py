"""How to use the interface for programs, told to people: each step with a command that works on this very site."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from entraide.communiques.api import citations_of
from entraide.kernel.node import Node
from entraide.programme.api import list_listed_kinds, load_kinds, plug_of
from entraide.programme.domain.plugs import Narrowed
from entraide.tables.api import LICENCES
from entraide.web.http import node_of
from entraide.web.language import reader_language, text_here


@dataclass(frozen=True, slots=True)
class Step:
    """A thing to do, the command that does it, and what comes back."""

    title: str
    command: str
    about: str


@require_safe
def show_interface(request: HttpRequest) -> HttpResponse:
    """Tell a person how a program reads the register: first steps, paging, limits, tokens, errors, licence."""
    node = node_of(request)
    title, address = LICENCES[node.settings.licence]
    context = {
        "base": f"{node.settings.origin}/api/v1",
        "first": _first(node),
        "cheap": _cheap(node),
        "files": _files(node),
        "tables": [kind.table for kind in load_kinds().in_tables if kind.interface and kind.interface.list_summary],
        "limits": settings.RATE_LIMITS,
        "licence": {"title": title, "href": address},
        "publisher": text_here(node.settings.organisation).text or node.settings.name,
        "exchanges": node.settings.exchanges,
        "trail": [
            {"label": gettext("Register"), "href": reverse("register:home")},
            {"label": gettext("About"), "href": reverse("about:overview")},
            {"label": gettext("How to use the API")},
        ],
    }
    return render(request, "about/api.html", context)


def _first(node: Node) -> list[Step]:
    """Return the first steps: a list, one fact of it, the passages that show it."""
    base = f"{node.settings.origin}/api/v1"
    known = _some_fact(node)
    steps = [
        Step(
            gettext("Ask for a list"),
            f'curl "{base}/commitments?state={quote(node.settings.state)}&limit=5"',
            gettext("Five commitments of this State, the latest first, as JSON; “items” holds them."),
        ),
        Step(
            gettext("Narrow it"),
            f'curl "{base}/filters"',
            gettext("All values that lists can be narrowed by. A parameter that does not exist is refused."),
        ),
    ]
    if known is None:
        return steps
    table, fact_id, name = known
    return [
        *steps,
        Step(
            gettext("Ask for one fact"),
            f'curl "{base}/{table}/{fact_id}"',
            gettext("All that is known of it, with “url”, the permanent address of its page: cite that."),
        ),
        Step(
            gettext("See what shows it"),
            f'curl "{base}/citations?fact_kind={name}&fact_id={fact_id}"',
            gettext("The passages: source, place and quoted words of each field."),
        ),
    ]


def _cheap(node: Node) -> list[Step]:
    """Return how to go on without asking for the same twice."""
    base = f"{node.settings.origin}/api/v1"
    return [
        Step(
            gettext("Go through a long list"),
            f'curl -s "{base}/meetings?limit=200"',
            gettext("Follow “next” until it is null; it stands in the Link header too. New facts move no page."),
        ),
        Step(
            gettext("Ask again only for what changed"),
            f'curl -i -H \'If-None-Match: "…"\' "{base}/meetings"',
            gettext("Send the ETag of the last answer: while nothing has changed, the answer is an empty 304."),
        ),
        Step(
            gettext("Ask with a token"),
            f"curl -H 'Authorization: Bearer …' \"{base}/token\"",
            gettext("Says what the token may do and until when. Without one you may read everything that is public."),
        ),
    ]


def _files(node: Node) -> list[Step]:
    origin = node.settings.origin
    return [
        Step(
            gettext("Take everything"),
            f'curl -O "{origin}{reverse("exports:package")}"',
            gettext("One file with all tables and their description; better than many requests."),
        ),
        Step(
            gettext("Take one table"),
            f'curl "{origin}{reverse("exports:download", args=["commitments", "csv"])}?state={node.settings.state}"',
            gettext("A table for a spreadsheet or a script, narrowed like the lists."),
        ),
        Step(
            gettext("Follow what is new"),
            f'curl "{origin}{reverse("feeds:feed")}?lang={reader_language()}"',
            gettext("An Atom feed; the page of each mechanism has its own, and a calendar."),
        ),
    ]


def _some_fact(node: Node) -> tuple[str, str, str] | None:
    """Return table, id and kind of a fact, of one with passages where there is any; None for an empty register."""
    found = None
    for kind in list_listed_kinds():
        if kind.interface is None or not kind.interface.evidence or not kind.cited:
            continue
        view = next(iter(next(plug_of(kind.name).pages(node, Narrowed(), 1), ())), None)
        if view is not None:
            found = (kind.table, str(view.id), kind.fact)
            if citations_of(node, kind.fact, view.id):
                return found
    return found
