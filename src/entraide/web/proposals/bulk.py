"""Keeping many proposals at once: what each would do, old beside new, and then exactly that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from entraide.access.api import Role
from entraide.communiques.api import (
    BulkLine,
    ProposalView,
    Told,
    get_source,
    keep_all,
    list_proposals,
    preview_keep_all,
)
from entraide.directory.api import language_name
from entraide.kernel.ids import SourceId
from entraide.kernel.node import Node
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import error_text, show_error
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.proposals.texts import group_name, headline
from entraide.web.register.changes import Touched, present_rows

SHOWN = "shown-"
"""Before a proposal's id: the field that holds the digest of what was shown of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What keeping a proposal would do: the facts of the register that change by it, and their words beside."""

    line: BulkLine
    key: str
    title: str
    group: str
    facts: tuple[Touched, ...]
    beside: tuple[tuple[str, str, str], ...]
    why: str


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def keep_the_rest(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Show what keeping all that is clear would do; once that is confirmed, do it. What was not shown so stays."""
    chosen = request.POST.get("kind", request.GET.get("kind", ""))
    kinds = frozenset({chosen}) if chosen else None
    if request.POST.get("act") != "confirm":
        return _show(request, SourceId(source_id), chosen, kinds)
    names = {name.removeprefix(SHOWN): value for name, value in request.POST.items() if name.startswith(SHOWN)}
    shown = {UUID(name): str(value) for name, value in names.items()}
    done = keep_all(
        node_of(request), actor=actor_from(request), source_id=SourceId(source_id), kinds=kinds, shown=shown
    )
    kept = ngettext("%(number)s proposal was kept.", "%(number)s proposals were kept.", done.kept)
    messages.success(request, kept % {"number": done.kept})
    if done.left:
        left = ngettext(
            "%(number)s is left for you to look at.", "%(number)s are left for you to look at.", len(done.left)
        )
        messages.warning(request, left % {"number": len(done.left)})
        first = next((error for _proposal, error in done.left if error is not None), None)
        if first is not None:
            show_error(request, first)
    return redirect("proposals:review", source_id=source_id)


def _show(request: HttpRequest, source_id: SourceId, chosen: str, kinds: frozenset[str] | None) -> HttpResponse:
    node = node_of(request)
    source = get_source(node, source_id)
    proposals = {item.id: item for item in list_proposals(node, source_id)}
    lines = preview_keep_all(node, actor=actor_from(request), source_id=source_id, kinds=kinds)
    told = [_shown(node, proposals[line.proposal_id], line) for line in lines]
    context = {
        "source": source.summary,
        "kind": chosen,
        **_parted(told),
        "trail": [
            {"label": gettext("Communiqués"), "href": reverse("proposals:sources")},
            {
                "label": source.summary.title or source.summary.name,
                "href": reverse("proposals:review", args=[source_id]),
            },
            {"label": gettext("What keeping them would do")},
        ],
    }
    return render(request, "proposals/bulk.html", context)


def _parted(told: Iterable[Shown]) -> dict[str, list[Shown]]:
    """Return what changes a fact, what is new, what says the same again, and what is left, each apart."""
    parts: dict[str, list[Shown]] = {"changing": [], "new": [], "same": [], "left": []}
    for item in told:
        kept = "changing" if item.facts else "same" if item.line.matched else "new"
        parts[kept if item.line.kept else "left"].append(item)
    return parts


def _shown(node: Node, proposal: ProposalView, line: BulkLine) -> Shown:
    rows: dict[tuple[str, UUID], tuple[dict[str, object], dict[str, object]]] = {}
    for item in line.told:
        before, after = rows.setdefault(item.place, ({}, {}))
        _put(before, item, item.old)
        _put(after, item, item.new)
    facts = present_rows(node, [(place, before, after) for place, (before, after) in rows.items()])
    return Shown(
        line,
        proposal.key,
        headline(proposal.kind, proposal.fields),
        group_name(proposal.kind),
        tuple(fact for fact in facts if fact.values),
        tuple(_beside(line.told)),
        error_text(line.error).message if line.error else "",
    )


def _put(image: dict[str, object], item: Told, value: object) -> None:
    """Put a cell into a row, a text by its language into the texts of its column."""
    column, _, part = item.column.partition(".")
    if not part:
        image[column] = value
        return
    texts = image.setdefault(column, {})
    if isinstance(texts, dict) and value is not None:
        texts[part] = value


def _beside(told: Iterable[Told]) -> Iterable[tuple[str, str, str]]:
    """Yield the words that the fact has in other languages, where a wording is added to it."""
    found: Mapping[tuple[str, str], None] = dict.fromkeys(pair for item in told for pair in item.beside)
    for code, text in found:
        if len(code) in (2, 3) and code.islower():
            yield language_name(code, reader_language()), code, text
