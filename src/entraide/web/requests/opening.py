"""Nobody opens what a request says without a reason on record."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import RequestId
from entraide.requests.api import Words, get_request, may_read, open_request, read_words
from entraide.web.account.access import actor_from
from entraide.web.errors import show_error
from entraide.web.http import node_of
from entraide.web.language import reader_language

View = Callable[[HttpRequest, UUID], HttpResponse]
REASON = "reason_for_opening"


def reason_required(view: View) -> View:
    """Ask for the reason first, journal it, then show the page; for views of one request."""

    @wraps(view)
    def asked(request: HttpRequest, request_id: UUID) -> HttpResponse:
        node, actor, subject = node_of(request), actor_from(request), RequestId(request_id)
        if request.method == "POST" and REASON in request.POST:
            try:
                open_request(node, actor=actor, request_id=subject, reason=request.POST[REASON])
            except EntraideError as error:
                show_error(request, error)
            return redirect(request.get_full_path())
        if not may_read(node, actor=actor, request_id=subject):
            context = {"detail": get_request(node, subject), "field": REASON}
            return render(request, "requests/reason.html", context)
        return view(request, request_id)

    return asked


def based_on(request: HttpRequest) -> datetime | None:
    """Return the moment of what the browser's page showed; without one nothing is compared."""
    try:
        return datetime.fromisoformat(request.POST.get("based_on", ""))
    except ValueError:
        return None


def reader_words(request: HttpRequest) -> Words:
    """Return what people read on forms, in the reader's language."""
    return read_words(node_of(request), reader_language())
