"""Reading communiqués: what waits, one text beside its proposals, and a person's decision about each."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from entraide.access.api import Role
from entraide.communiques.api import (
    ProposalKind,
    ProposalState,
    ProposalView,
    SourceText,
    correct_proposal,
    count_decided_sources,
    get_proposal,
    get_source,
    keep_proposal,
    list_all_candidates,
    list_candidates,
    list_mechanism_choices,
    list_proposals,
    list_sources,
    reject_proposal,
)
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MechanismId
from entraide.programme.api import list_proposed_kinds, say
from entraide.reader.api import ReadingView, Span, split_spans
from entraide.web.account.access import actor_from, role_required
from entraide.web.http import node_of
from entraide.web.proposals.cards import Card, Table, choice_form, cut_text, list_addable, make_cards
from entraide.web.proposals.contradictions import Contradiction, present_contradictions, settle_all_forms
from entraide.web.proposals.failing import Failed, fail, failed_at, forget_failed, review_address, told_error
from entraide.web.proposals.forms import ContradictionForm, ProposalForm, PublishedForm
from entraide.web.proposals.texts import FORMATS, STATES, field_name, group_name, headline, outcome
from entraide.web.sourcekinds import SOURCE_KINDS

READERS = (Role.desk_officer, Role.auditor)
MOST_WAITING = 100
PER_PAGE = 50


@require_GET
@role_required(*READERS)
def show_sources(request: HttpRequest) -> HttpResponse:
    """List the sources: the latest of those with proposals that wait, then the others in pages."""
    node = node_of(request)
    page = Paginator(range(count_decided_sources(node)), PER_PAGE).get_page(request.GET.get("page"))
    waiting = list_sources(node, waiting_only=True, limit=MOST_WAITING)
    decided = list_sources(node, decided_only=True, offset=PER_PAGE * (page.number - 1), limit=PER_PAGE)
    context = {
        "waiting": [(source, SOURCE_KINDS[source.kind]) for source in waiting],
        "decided": [(source, SOURCE_KINDS[source.kind]) for source in decided],
        "page": page,
        "may_decide": actor_from(request).has_role(Role.desk_officer),
        "demonstration": node.settings.demonstration,
    }
    return render(request, "proposals/sources.html", context)


@require_GET
@role_required(*READERS)
def review(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Show the text beside a card per sentence; `at` names the proposal whose card is open, `correct` the one whose
    fields are.
    """
    node = node_of(request)
    source = get_source(node, source_id)
    table = _table(request, source)
    proposals, may_decide, cards = table.proposals, table.may_decide, make_cards(table)
    contradictions = present_contradictions(node, source_id)
    context = {
        "source": source.summary,
        "kind": SOURCE_KINDS[source.summary.kind],
        "sha256": source.sha256,
        "file_sha256": source.file_sha256,
        "reading": source.reading,
        **_reading_told(source.reading),
        "format": FORMATS.get(source.media_type, source.media_type),
        "pieces": cut_text(source.text, cards, proposals),
        "cards": cards,
        "asked": bool(table.at or table.corrected),
        "addable": _addable(cards),
        "decided": len(cards) - len(_waiting(cards)),
        "to_decide": len(_waiting(cards)),
        "contradictions": _contradiction_cards(proposals, contradictions, table.failed, may_decide=may_decide),
        "may_decide": may_decide,
        **(_offered(source, proposals, contradictions) if may_decide else {}),
    }
    return render(request, "proposals/review.html", context)


def _table(request: HttpRequest, source: SourceText) -> Table:
    """Return what the cards are made of; only who decides is shown what a proposal may mean."""
    node, actor, source_id = node_of(request), actor_from(request), source.summary.id
    may_decide = actor.has_role(Role.desk_officer)
    at, corrected = request.GET.get("at", ""), request.GET.get("correct", "")
    failed = failed_at(request, source_id)
    return Table(
        text=source.text,
        proposals=list_proposals(node, source_id),
        candidates=list_all_candidates(node, actor=actor, source_id=source_id) if may_decide else {},
        mechanisms=list_mechanism_choices(node, actor=actor, source_id=source_id) if may_decide else {},
        may_decide=may_decide,
        at=at,
        corrected=corrected,
        failed=failed if failed is not None and failed.key in (at, corrected) else None,
    )


def _offered(
    source: SourceText, proposals: Sequence[ProposalView], contradictions: Mapping[Any, Contradiction]
) -> dict[str, object]:
    """Return what else may be done on the page by who decides."""
    return {
        "alike": settle_all_forms(list(contradictions.values())),
        "several": _several(proposals),
        "published_form": None if source.summary.published else PublishedForm(),
        "proposed": [(kind.name, say(kind.one)) for kind in list_proposed_kinds()],
    }


def _addable(cards: Sequence[Card]) -> dict[str, list[tuple[str, str]]]:
    """Return the domains that may be added to each line of the open card."""
    lines = [line for card in cards if card.now for line in card.lines]
    return {line.key: list_addable(line) for line in lines if line.chips}


def _waiting(cards: Sequence[Card]) -> list[Card]:
    return [card for card in cards if card.state == "wait"]


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def decide(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Keep, correct or reject one proposal, and lead to the next that waits; what cannot stand leads back to its card.

    Whoever comes without a form, by a reload or the way back, sees the card.
    """
    node, actor = node_of(request), actor_from(request)
    proposal = get_proposal(node, proposal_id)
    if request.method == "GET":
        return redirect(review_address(proposal.source_id, proposal.key))
    others = list_proposals(node, proposal.source_id)
    candidates = list_candidates(node, actor=actor, proposal_id=proposal.id)
    # Whoever edits a field and presses the upper button means what the form says, so both buttons keep the form.
    whole = any(f"{proposal.key}-{name}" in request.POST for name in proposal.read_fields)
    several = list_mechanism_choices(node, actor=actor, source_id=proposal.source_id)
    table = Table("", others, {proposal.id: candidates}, several, may_decide=True)
    form = choice_form(table, proposal, whole=whole, data=request.POST)
    if not form.is_valid():
        return fail(request, proposal.source_id, proposal.key, [], whole=whole)
    try:
        _decide_one(request, proposal, form, known=bool(candidates))
    except EntraideError as error:
        return fail(
            request, proposal.source_id, proposal.key, [told_error(error, proposal.kind, others)], whole=whole
        )  # fmt: skip
    forget_failed(request)
    return redirect(review_address(proposal.source_id, next_key(proposal, others)))


def _decide_one(request: HttpRequest, proposal: ProposalView, form: ProposalForm, *, known: bool) -> None:
    node, actor = node_of(request), actor_from(request)
    chosen: dict[str, Any] = {
        "same_as": UUID(form.same_as) if form.same_as else None,
        "new": known,
        "mechanism_id": MechanismId(UUID(form.mechanism)) if form.mechanism else None,
    }
    if request.POST.get("act") == "reject":
        reject_proposal(node, actor=actor, proposal_id=proposal.id, reason=request.POST.get("reason", ""))
    elif form.whole:
        correct_proposal(node, actor=actor, proposal_id=proposal.id, fields=form.values(), **chosen)
    else:
        keep_proposal(node, actor=actor, proposal_id=proposal.id, **chosen)


def _several(proposals: Sequence[ProposalView]) -> list[dict[str, Any]]:
    """Return the kinds of which proposals wait, so that those of a kind can be kept at once."""
    counts: dict[str, int] = {}
    for item in proposals:
        if item.state is ProposalState.WAITING and item.kind != ProposalKind.CONTRADICTION:
            counts[item.kind] = counts.get(item.kind, 0) + 1
    return [{"kind": kind, "label": group_name(kind), "count": count} for kind, count in counts.items()]


def _contradiction_cards(
    proposals: Sequence[ProposalView],
    contradictions: Mapping[Any, Contradiction],
    failed: Failed | None,
    *,
    may_decide: bool,
) -> list[dict[str, Any]]:
    """Return what stands where sources disagree, each with the form that chooses while it waits."""
    cards = []
    for item in proposals:
        if item.kind != ProposalKind.CONTRADICTION:
            continue
        contradiction = contradictions.get(item.id)
        label, tone = STATES[item.state]
        waits = may_decide and contradiction is not None and item.state is ProposalState.WAITING
        cards.append(
            {
                "proposal": item,
                "headline": headline(item.kind, item.fields),
                "state": _("Settled") if item.state is ProposalState.KEPT else label,
                "tone": tone,
                "passages": [
                    (evidence.quote, evidence.start, field_name(item.kind, evidence.field))
                    for evidence in item.evidence
                ],
                "contradiction": contradiction,
                "form": _settle_form(contradiction, item, failed) if waits and contradiction else None,
                "outcome": outcome(item.fields),
                "failed": failed is not None and failed.key == item.key,
            }
        )
    return cards


def _settle_form(contradiction: Contradiction, item: ProposalView, failed: Failed | None) -> ContradictionForm:
    if failed is None or failed.key != item.key:
        return contradiction.form()
    form = contradiction.form(failed.data)
    form.is_valid()
    for _name, text in failed.errors:
        form.add_error(None, text)
    return form


def _reading_told(reading: ReadingView) -> dict[str, object]:
    """Return in the reader's language what of the text, or of an endpoint's answer, was not used."""
    return {
        "dropped": [(_(text), count) for text, count in reading.dropped],
        "bounds": [_(text) for text in reading.bounds],
        "failure": _(reading.failure) if reading.failure else "",
    }


def place_segments(text: str, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """Return the segments of a text for a template, each with its place, so that a passage can be pointed at."""
    placed: list[dict[str, Any]] = []
    at = 0
    for segment in split_spans(text, spans):
        placed.append({"start": at, "text": segment.text, "shown": bool(segment.keys)})
        at += len(segment.text)
    return placed


def next_key(decided: ProposalView, proposals: Sequence[ProposalView]) -> str:
    """Return the anchor of the next proposal that waits after the decided one, else of the decided one itself."""
    waiting: Mapping[str, int] = {
        item.key: number
        for number, item in enumerate(proposals)
        if item.state is ProposalState.WAITING and item.id != decided.id
    }
    here = next((number for number, item in enumerate(proposals) if item.id == decided.id), 0)
    return next((key for key, number in waiting.items() if number > here), next(iter(waiting), decided.key))
