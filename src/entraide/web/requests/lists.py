"""The list of requests, and one request with its timeline and running clocks."""

from collections.abc import Callable, Sequence
from typing import overload
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entraide.access.api import Actor, Role
from entraide.kernel.ids import RequestId
from entraide.kernel.node import Node
from entraide.requests.api import (
    RequestDetail,
    RequestPage,
    RequestSummary,
    Words,
    get_request,
    list_requests,
    load_form,
)
from entraide.requests.domain.lifecycle import Act, Direction, State
from entraide.safeguards.api import label_of
from entraide.web.account.access import actor_from, role_required
from entraide.web.http import node_of
from entraide.web.requests.fields import show_form
from entraide.web.requests.forms import FilterForm
from entraide.web.requests.opening import reader_words
from entraide.web.requests.presenting import read_clocks, read_findings, read_timeline
from entraide.web.requests.texts import DIRECTIONS, STATES
from entraide.web.templatetags.parties import party_title

READERS = (Role.case_officer, Role.approver, Role.auditor)
PER_PAGE = 25
RECORDED = (Act.RECEIVED, Act.ACKNOWLEDGED, Act.EXECUTION_STARTED)


@require_GET
@role_required(*READERS)
def show_list(request: HttpRequest) -> HttpResponse:
    """List requests by direction, state and what is due."""
    node, words = node_of(request), reader_words(request)
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = _Rows(
        lambda offset, limit: list_requests(
            node,
            direction=Direction(wanted["direction"]) if wanted.get("direction") else None,
            state=State(wanted["state"]) if wanted.get("state") else None,
            due=wanted.get("due", ""),
            offset=offset,
            limit=limit,
        )
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [_row(row, words) for row in page.object_list],
        "may_draft": actor_from(request).has_role(Role.case_officer),
    }
    return render(request, "requests/list.html", context)


@require_GET
@role_required(*READERS)
def show_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show where a request stands: clocks, timeline, findings, and what this reader may do."""
    node, actor, words = node_of(request), actor_from(request), reader_words(request)
    detail = get_request(node, RequestId(request_id))
    context = {
        "detail": detail,
        "row": _row(detail.summary, words),
        "form_name": words.form(detail.summary.form_id).text,
        "domain": label_of(node, "domains", detail.summary.domain, words.language),
        "clocks": read_clocks(detail.clocks),
        "events": read_timeline(detail, words),
        "findings": [item for item in read_findings(detail.findings, words) if not _is_neutral(detail)],
        "may": _may(actor, detail),
        "to_print": detail.summary.sides.on_paper and detail.summary.state is State.RELEASED,
        "acknowledgement": _acknowledgement(node, actor, detail, words),
        "trail": trail(detail.summary.reference),
    }
    return render(request, "requests/detail.html", context)


def list_recorded(detail: RequestDetail, actor: Actor) -> list[Act]:
    """Return what `actor` may record now of a party on paper, its answer aside."""
    on_paper = detail.summary.sides.on_paper
    return [act for act in RECORDED if on_paper and detail.may(actor, act)]


def trail(reference: str = "", here: str = "", href: str = "") -> list[dict[str, str]]:
    """Return the way to a page of this area: requests, the request, and the page itself."""
    steps = [{"label": _("Requests"), "href": reverse("requests:list")}]
    if reference:
        steps.append({"label": reference, "href": href})
    if here:
        steps.append({"label": here, "href": ""})
    return steps


def _is_neutral(detail: RequestDetail) -> bool:
    """A draft that was changed has no findings that hold; they come again with the next check."""
    return detail.checked_on is None


def _may(actor: Actor, detail: RequestDetail) -> dict[str, bool]:
    """What this reader may do now; the services decide again."""
    own = detail.drafter_id == actor.user_id
    return {
        "edit": detail.may(actor, Act.EDITED),
        "check": detail.may(actor, Act.SUBMITTED),
        "see_findings": bool(detail.findings),
        "approve": detail.may(actor, Act.RELEASED) and not own,
        "approve_own": detail.may(actor, Act.RELEASED) and own,
        "acknowledge": detail.may(actor, Act.ACKNOWLEDGED),
        "start": detail.may(actor, Act.EXECUTION_STARTED),
        "answer": detail.may(actor, Act.ANSWER_DRAFTED),
        "approve_answer": detail.may(actor, Act.ANSWERED) and detail.draft_answer is not None,
        "close": detail.may(actor, Act.CLOSED),
        "withdraw": detail.may(actor, Act.WITHDRAWN),
        "open": detail.erased_at is None,
        "record": bool(list_recorded(detail, actor)),
        "record_answer": detail.summary.sides.on_paper and detail.may(actor, Act.ANSWERED) and not own,
    }


def _acknowledgement(node: Node, actor: Actor, detail: RequestDetail, words: Words) -> object:
    if Act.ACKNOWLEDGED not in detail.acts or detail.summary.direction is not Direction.INCOMING:
        return None
    initial = {"assigned_to": "central_authority", "handling_post": actor.post}
    return show_form(load_form(node, "acknowledgement"), initial, words)


def _row(row: RequestSummary, words: Words) -> dict[str, object]:
    text, tone = STATES[row.state]
    return {
        "id": row.id,
        "reference": row.reference,
        "href": reverse("requests:detail", args=[row.id]),
        "form": words.form(row.form_id).text,
        "requesting": party_title(row.sides.requesting),
        "requested": party_title(row.sides.requested),
        "other": party_title(row.sides.other),
        "on_paper": row.sides.on_paper,
        "direction": DIRECTIONS[row.direction],
        "incoming": row.direction is Direction.INCOMING,
        "state": text,
        "tone": tone,
        "urgent": row.urgent,
        "due": row.due_at,
        "changed": row.changed_at,
    }


class _Rows(Sequence[RequestSummary]):
    """A list that is read in parts: the paginator asks for its length and for one slice."""

    def __init__(self, read: Callable[[int, int], RequestPage]) -> None:
        self._read = read
        self._total: int | None = None

    def __len__(self) -> int:
        if self._total is None:
            self._total = self._read(0, 0).total
        return self._total

    @overload
    def __getitem__(self, index: int) -> RequestSummary: ...

    @overload
    def __getitem__(self, index: slice) -> list[RequestSummary]: ...

    def __getitem__(self, index: int | slice) -> RequestSummary | list[RequestSummary]:
        if isinstance(index, int):
            return self._read(index, 1).requests[0]
        start = index.start or 0
        return list(self._read(start, (index.stop or len(self)) - start).requests)
