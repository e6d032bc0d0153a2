"""Reading communiqués: what waits, one text beside its proposals, and a person's decision about each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entraide.access.api import Role
from entraide.communiques.api import (
    CandidateView,
    ProposalKind,
    ProposalState,
    ProposalView,
    SourceKind,
    correct_proposal,
    count_decided_sources,
    get_proposal,
    get_source,
    import_source,
    keep_proposal,
    list_all_candidates,
    list_candidates,
    list_mechanism_choices,
    list_proposals,
    list_samples,
    list_sources,
    read_sample,
    reject_proposal,
)
from entraide.communiques.domain.errors import BadField
from entraide.directory.api import portfolio_label
from entraide.documents.api import FileText, list_documents, take_bytes
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MechanismId, ProposalId, SourceId
from entraide.programme.api import MechanismView, list_proposed_kinds, say
from entraide.reader.api import (
    ReadingView,
    Span,
    split_spans,
)
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.proposals.contradictions import Contradiction, present_contradictions, settle_all_forms
from entraide.web.proposals.forms import ContradictionForm, ImportForm, ProposalForm
from entraide.web.proposals.texts import FORMATS, STATES, field_name, group_name, headline, outcome
from entraide.web.sourcekinds import SOURCE_KINDS
from entraide.web.templatetags.programme import here_in, mechanism_title, series_title

READERS = (Role.desk_officer, Role.auditor)
LIKELY = 2
MOST_WAITING = 100
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal on the review page: what it says, its passages, and its form while it waits."""

    proposal: ProposalView
    headline: str
    state: Any
    tone: str
    rows: Sequence[tuple[Any, Sequence[Any]]]
    candidates: Sequence[CandidateView]
    form: ProposalForm | ContradictionForm | None
    contradiction: Contradiction | None = None
    outcome: str = ""


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


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def import_file(request: HttpRequest) -> HttpResponse:
    """Take a file, read its text, and lead to its review."""
    node = node_of(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            file = take_bytes(upload.read(), name=upload.name)
            source = _import_documents(request, file, form.cleaned_data, PurePath(upload.name).stem)
        except EntraideError as error:
            add_error(form, error, "file")
        else:
            return redirect("proposals:review", source_id=source)
    context = {"form": form, "endpoint": node.settings.reader_endpoint}
    return render(request, "proposals/import.html", context, status=400 if form.errors else 200)


def _import_documents(request: HttpRequest, file: FileText, given: Mapping[str, Any], name: str) -> SourceId:
    """Import what is to be read of a file, of a mail its attachments too, and return the first source.

    What of several documents is refused is said; where all are, the first refusal is raised.
    """
    sources: list[SourceId] = []
    refusals: list[EntraideError] = []
    for document in list_documents(file):
        try:
            source = import_source(
                node_of(request),
                actor=actor_from(request),
                name=f"{name} ({document.name})" if document.within else name,
                text=document.tree.text,
                file=replace(file, media_type=document.tree.media_type),
                kind=SourceKind(given["kind"]),
                publisher=given["publisher"],
                url=given["url"],
            )
        except EntraideError as error:
            refusals.append(error)
        else:
            sources.append(source)
    if not sources:
        raise refusals[0]
    for refusal in refusals:
        show_error(request, refusal)
    return sources[0]


@require_POST
@role_required(Role.desk_officer)
def import_samples(request: HttpRequest) -> HttpResponse:
    """Import the sample communiqués that come with the program."""
    for sample in list_samples():
        import_source(
            node_of(request),
            actor=actor_from(request),
            name=sample.name,
            text=read_sample(sample.name),
            kind=sample.kind,
            publisher=sample.publisher,
            sample=True,
        )
    messages.success(request, _("The sample communiqués are imported; their proposals wait for you."))
    return redirect("proposals:sources")


@require_GET
@role_required(*READERS)
def review(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Show the text with its passages beside the proposals; `correct` names the one whose fields are open."""
    return render_review(request, source_id, opened=request.GET.get("correct", ""))


@require_POST
@role_required(Role.desk_officer)
def decide(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Keep, correct or reject one proposal, and lead to the next that waits."""
    node, actor = node_of(request), actor_from(request)
    proposal = get_proposal(node, proposal_id)
    others = list_proposals(node, proposal.source_id)
    candidates = list_candidates(node, actor=actor, proposal_id=proposal.id)
    # Whoever edits a field and presses the upper button means what the form says, so both buttons keep the form.
    whole = any(f"{proposal.key}-{name}" in request.POST for name in proposal.read_fields)
    choices = list_mechanism_choices(node, actor=actor, source_id=proposal.source_id).get(proposal.id, ())
    form = ProposalForm(
        proposal, others, _options(candidates), "", request.POST, whole=whole, mechanisms=_mechanisms(choices)
    )
    if not form.is_valid():
        return render_review(request, proposal.source_id, form, proposal.id)
    chosen: dict[str, Any] = {
        "same_as": UUID(form.same_as) if form.same_as else None,
        "new": bool(candidates),
        "mechanism_id": MechanismId(UUID(form.mechanism)) if form.mechanism else None,
    }
    try:
        if request.POST.get("act") == "reject":
            reject_proposal(node, actor=actor, proposal_id=proposal.id, reason=request.POST.get("reason", ""))
        elif whole:
            correct_proposal(node, actor=actor, proposal_id=proposal.id, fields=form.values(), **chosen)
        else:
            keep_proposal(node, actor=actor, proposal_id=proposal.id, **chosen)
    except BadField as error:
        add_error(form, error, str(error.params["field"]))
        return render_review(request, proposal.source_id, form, proposal.id)
    except EntraideError as error:
        add_error(form, error)
        return render_review(request, proposal.source_id, form, proposal.id)
    return redirect(f"{reverse('proposals:review', args=[proposal.source_id])}#{next_key(proposal, others)}")


def render_review(
    request: HttpRequest,
    source_id: UUID,
    failed: ProposalForm | ContradictionForm | None = None,
    failed_id: ProposalId | None = None,
    opened: str = "",
) -> HttpResponse:
    """Show a source's review; `failed` is the form of the proposal `failed_id` as it came back, with its errors."""
    node, actor = node_of(request), actor_from(request)
    source = get_source(node, source_id)
    proposals = list_proposals(node, source_id)
    may_decide = actor.has_role(Role.desk_officer)
    found = list_all_candidates(node, actor=actor, source_id=source.summary.id) if may_decide else {}
    several = list_mechanism_choices(node, actor=actor, source_id=source.summary.id) if may_decide else {}
    contradictions = present_contradictions(node, source_id)
    cards = []
    for item in proposals:
        waiting = may_decide and item.state is ProposalState.WAITING
        candidates, contradiction = found.get(item.id, ()), contradictions.get(item.id)
        form = failed if item.id == failed_id else None
        if waiting and form is None:
            form = (
                contradiction.form()
                if contradiction
                else _form(item, proposals, candidates, several, whole=item.key == opened)
            )
        cards.append(_card(item, candidates, form, contradiction))
    spans = [
        Span(evidence.start, evidence.end, item.key)
        for item in proposals
        if item.state is not ProposalState.REJECTED
        for evidence in item.evidence
    ]
    context = {
        "source": source.summary,
        "kind": SOURCE_KINDS[source.summary.kind],
        "sha256": source.sha256,
        "file_sha256": source.file_sha256,
        "reading": source.reading,
        **_reading_told(source.reading),
        "format": FORMATS.get(source.media_type, source.media_type),
        "segments": place_segments(source.text, spans),
        "groups": _groups(cards),
        "alike": settle_all_forms(list(contradictions.values())) if may_decide else [],
        "may_decide": may_decide,
        "proposed": [(kind.name, say(kind.one)) for kind in list_proposed_kinds()] if may_decide else [],
        "failed_id": failed_id,
    }
    return render(request, "proposals/review.html", context, status=400 if failed is not None else 200)


def _reading_told(reading: ReadingView) -> dict[str, object]:
    """Return in the reader's language what of the text, or of an endpoint's answer, was not used."""
    return {
        "dropped": [(_(text), count) for text, count in reading.dropped],
        "bounds": [_(text) for text in reading.bounds],
        "failure": _(reading.failure) if reading.failure else "",
    }


def _form(
    item: ProposalView,
    proposals: Sequence[ProposalView],
    candidates: Sequence[CandidateView],
    several: Mapping[ProposalId, Sequence[MechanismView]],
    *,
    whole: bool,
) -> ProposalForm:
    mechanisms = _mechanisms(several.get(item.id, ()))
    return ProposalForm(
        item, proposals, _options(candidates), _preselected(candidates), whole=whole, mechanisms=mechanisms
    )


def place_segments(text: str, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """Return the segments of a text for a template, each with its place, so that a passage can be pointed at."""
    placed: list[dict[str, Any]] = []
    at = 0
    for segment in split_spans(text, spans):
        placed.append({"start": at, "text": segment.text, "shown": bool(segment.keys)})
        at += len(segment.text)
    return placed


def _groups(cards: Sequence[Card]) -> list[dict[str, Any]]:
    """Return the cards by kind, in the order in which the kinds can be kept: that of the source's proposals."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.proposal.kind, []).append(card)
    found |= {kind: found.pop(kind) for kind in (ProposalKind.CONTRADICTION,) if kind in found}
    return [
        {
            "kind": kind,
            "label": group_name(kind),
            "cards": own,
            "waiting": sum(card.form is not None for card in own),
        }
        for kind, own in found.items()
    ]


def _card(
    item: ProposalView,
    candidates: Sequence[CandidateView],
    form: ProposalForm | ContradictionForm | None,
    contradiction: Contradiction | None,
) -> Card:
    label, tone = STATES[item.state]
    passages: dict[tuple[int, int], dict[str, Any]] = {}
    for evidence in item.evidence:
        row = passages.setdefault(
            (evidence.start, evidence.end), {"quote": evidence.quote, "start": evidence.start, "fields": []}
        )
        row["fields"].append(field_name(item.kind, evidence.field))
    rows = [(passage, passage["fields"]) for _span, passage in sorted(passages.items())]
    settled = item.kind == ProposalKind.CONTRADICTION
    if settled and item.state is ProposalState.KEPT:
        label = _("Settled")
    decided = outcome(item.fields) if settled else ""
    return Card(item, headline(item.kind, item.fields), label, tone, rows, candidates, form, contradiction, decided)


def _options(candidates: Sequence[CandidateView]) -> list[tuple[str, str]]:
    options = []
    for item in candidates:
        differs = "; ".join(f"{contradicted.recorded} ≠ {contradicted.given}" for contradicted in item.contradictions)
        reason = _(item.reason)
        if item.portfolio:
            reason = reason.format(portfolio=portfolio_label(item.portfolio, reader_language()))
        options.append((str(item.id), " – ".join(part for part in (item.summary, reason, differs) if part)))
    return options


def _mechanisms(choices: Sequence[MechanismView]) -> list[tuple[str, str]]:
    """Return the mechanisms of a choice with what tells them apart: their organisations and series."""
    return [
        (
            str(item.id),
            " · ".join(
                dict.fromkeys(
                    [
                        mechanism_title(item),
                        *(here_in(party.names) for party in item.parties if party.names),
                        *(series_title(series) for series in item.series),
                    ]
                )
            ),
        )
        for item in choices
    ]


def _preselected(candidates: Sequence[CandidateView]) -> str:
    return str(candidates[0].id) if candidates and candidates[0].strength >= LIKELY else ""


def next_key(decided: ProposalView, proposals: Sequence[ProposalView]) -> str:
    """Return the anchor of the next proposal that waits after the decided one, else of the decided one itself."""
    waiting: Mapping[str, int] = {
        item.key: number
        for number, item in enumerate(proposals)
        if item.state is ProposalState.WAITING and item.id != decided.id
    }
    here = next((number for number, item in enumerate(proposals) if item.id == decided.id), 0)
    return next((key for key, number in waiting.items() if number > here), next(iter(waiting), decided.key))
