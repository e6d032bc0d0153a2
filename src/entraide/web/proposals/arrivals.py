"""New reports that come by themselves: the watched folders and feeds, how they were reached, and what came."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entraide.access.api import Role
from entraide.communiques.api import KeptError, count_arrivals, list_places, page_arrivals
from entraide.web.account.access import role_required
from entraide.web.http import node_of
from entraide.web.language import filled
from entraide.web.sourcekinds import SOURCE_KINDS

PER_PAGE = 50


@require_GET
@role_required(Role.desk_officer, Role.auditor, Role.operator)
def show_arrivals(request: HttpRequest) -> HttpResponse:
    """List the watched places with what is wrong with them, and the reports that came, latest first."""
    node = node_of(request)
    page = Paginator(range(count_arrivals(node)), PER_PAGE).get_page(request.GET.get("page"))
    arrivals = page_arrivals(node, offset=PER_PAGE * (page.number - 1), limit=PER_PAGE)
    places = list_places(node)
    context = {
        "places": [(place, SOURCE_KINDS[place.kind], told_texts(place.failure)) for place in places],
        "arrivals": [(arrival, told_texts(arrival.refusal)) for arrival in arrivals],
        "page": page,
        "minutes": node.settings.watch.minutes,
    }
    return render(request, "proposals/arrivals.html", context)


def told_texts(told: KeptError | None) -> tuple[str, str]:
    """Return the message and the remedy of a kept error in the reader's language, empty where there is none."""
    if told is None:
        return "", ""
    params = {name: _(value) if name == "why" and value else value for name, value in told.params.items()}
    return filled(told.message, params), filled(told.remedy, params)
