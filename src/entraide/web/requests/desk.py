"""What requests put on a desk: what this reader must do, and what partners owe."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from entraide.access.api import Actor, Role
from entraide.kernel.node import Node
from entraide.requests.api import DueItem, RequestSummary, Words, list_due, list_requests, read_words
from entraide.requests.domain.lifecycle import Direction, State
from entraide.web.account.items import DeskItem
from entraide.web.language import reader_language
from entraide.web.templatetags.parties import party_title

ACTS = {
    "complete": gettext_noop("complete your draft"),
    "mend": gettext_noop("mend what the checks stopped"),
    "approve": gettext_noop("look at the draft and release it"),
    "acknowledge": gettext_noop("acknowledge"),
    "decide": gettext_noop("decide"),
    "answer": gettext_noop("answer"),
    "approve_answer": gettext_noop("look at the answer and release it"),
    "read_answer": gettext_noop("read the answer and close"),
}
UNDER_WAY = (State.RELEASED, State.RECEIVED, State.ACKNOWLEDGED, State.IN_EXECUTION)
PAGES = {
    "complete": "requests:edit",
    "mend": "requests:check",
    "approve": "requests:approve",
    "approve_answer": "requests:approve-answer",
    "answer": "requests:answer",
}


def request_items(node: Node, actor: Actor) -> Iterable[DeskItem]:
    """Yield what the actor must do, then what partners owe beyond the time."""
    if not actor.has_role(Role.case_officer, Role.approver):
        return
    words = read_words(node, reader_language())
    for due in list_due(node, actor=actor, at=node.clock.now()):
        yield _own(due, words)
    if actor.has_role(Role.case_officer):
        late = list_requests(node, direction=Direction.OUTGOING, due="overdue")
        for request in late.requests:
            if request.state in UNDER_WAY:
                yield _partners(request, words)


def _own(item: DueItem, words: Words) -> DeskItem:
    act = _(ACTS[item.what]) if item.what in ACTS else item.what
    return DeskItem(
        area=_("Requests"),
        title=_title(item.request, words),
        text=_("To do: %(act)s.") % {"act": act},
        href=reverse(PAGES.get(item.what, "requests:detail"), args=[item.request.id]),
        due=item.due,
        badge=_("urgent") if item.request.urgent else "",
        tone="bad",
    )


def _partners(request: RequestSummary, words: Words) -> DeskItem:
    return DeskItem(
        area=_("At partners"),
        title=_title(request, words),
        text=_("The time agreed has passed; ask how it stands."),
        href=reverse("requests:detail", args=[request.id]),
        due=request.due_at,
        side=party_title(request.sides.other),
        badge=_("urgent") if request.urgent else "",
        tone="bad",
    )


def _title(request: RequestSummary, words: Words) -> str:
    return f"{request.reference}: {words.form(request.form_id).text}"
