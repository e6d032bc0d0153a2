"""Deciding about one sentence: its card keeps, corrects or rejects all that stands in it at once."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from entraide.access.api import Role
from entraide.communiques.api import (
    NOT_SAID,
    Act,
    AddIt,
    KeepIt,
    ProposalView,
    RejectIt,
    Undecided,
    decide_together,
    get_source,
    list_all_candidates,
    list_mechanism_choices,
    list_proposals,
)
from entraide.kernel.ids import MechanismId
from entraide.programme.api import load_kinds
from entraide.web.account.access import actor_from, role_required
from entraide.web.http import node_of
from entraide.web.proposals.cards import Card, Line, Table, choice_form, make_cards, next_waiting, preselected
from entraide.web.proposals.failing import fail, forget_failed, review_address, told_error
from entraide.web.proposals.forms import DOMAIN, ProposalForm, TogetherForm

ACTS = ("keep", "correct", "reject")


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def decide_sentence(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Keep or reject what waits in the sentence `card`, or correct its line `line`; all of it, or nothing.

    Domains that were taken off are rejected, those that were added are proposed and kept. Whoever comes without a form
    sees the review.
    """
    if request.method == "GET":
        return redirect("proposals:review", source_id=source_id)
    table = _table(request, source_id)
    cards = make_cards(table)
    card = _card_meant(request, cards)
    if card is None or not card.waiting or request.POST.get("act") not in ACTS:
        return redirect(review_address(source_id, card.key if card else ""))
    key = _carry_out(request, table, source_id, _Deciding(request, table, card, _line_meant(request, card)))
    if isinstance(key, HttpResponse):
        return key
    forget_failed(request)
    return redirect(review_address(source_id, key or next_waiting(cards, card) or card.key))


def _card_meant(request: HttpRequest, cards: Sequence[Card]) -> Card | None:
    """Return the card that the form names by any proposal of its sentence."""
    return next((one for one in cards if request.POST.get("card") in one.sentence.keys), None)


def _line_meant(request: HttpRequest, card: Card) -> Line | None:
    """Return the line of the card that the form names, None where it means the whole card."""
    return next((one for one in card.lines if one.key == request.POST.get("line")), None)


def _carry_out(request: HttpRequest, table: Table, source_id: UUID, deciding: "_Deciding") -> HttpResponse | str:
    """Do what a form means; return the key of a proposal that was left for a person, empty where none was, or the
    answer that leads back to the card where nothing could be done.
    """
    acts = deciding.rejections() if request.POST["act"] == "reject" else list(deciding.acts())
    if deciding.invalid:
        return fail(request, source_id, deciding.invalid, [], whole=deciding.whole)
    source = get_source(node_of(request), source_id).summary.id
    done = decide_together(node_of(request), actor=actor_from(request), source_id=source, acts=acts)
    keys = {one.id: one for one in table.proposals}
    if not isinstance(done, Undecided):
        return keys[done.left[0]].key if done.left else ""
    item = keys[done.proposal_id]
    error = told_error(done.error, item.kind, list(table.proposals))
    return fail(request, source_id, deciding.place or item.key, [error], whole=deciding.whole)


def _table(request: HttpRequest, source_id: UUID) -> Table:
    node, actor = node_of(request), actor_from(request)
    source = get_source(node, source_id)
    return Table(
        text=source.text,
        proposals=list_proposals(node, source_id),
        candidates=list_all_candidates(node, actor=actor, source_id=source.summary.id),
        mechanisms=list_mechanism_choices(node, actor=actor, source_id=source.summary.id),
        may_decide=actor.has_role(Role.desk_officer),
    )


class _Deciding:
    """The acts that a form means; `invalid` is the key of the proposal whose part of it cannot be taken."""

    def __init__(self, request: HttpRequest, table: Table, card: Card, line: Line | None) -> None:
        self._request, self._table, self._card, self._line = request, table, card, line
        self.whole = line is not None and request.POST.get("act") == "correct"
        self.invalid = ""

    def rejections(self) -> list[Act]:
        """Reject all that waits, with one reason."""
        reason = self._request.POST.get("reason", "")
        return [RejectIt(item.id, reason) for item in self._waiting()]

    @property
    def place(self) -> str:
        """The key of the line that is corrected, at which errors are told; empty where none is."""
        return self._line.key if self.whole and self._line is not None else ""

    def acts(self) -> Iterator[Act]:
        """Keep what is taken, reject what was taken off, add what was added."""
        together = self._together()
        if self.invalid:
            return
        off = self._taken_off()
        for item in self._waiting():
            if item.key in off:
                yield RejectIt(item.id, NOT_SAID)
            elif (form := self._chosen(item)) is not None:
                yield self._keep(item, form, together)
        for line in self._lines():
            if (domain := self._request.POST.get(f"add-{line.key}", "")) and line.chips:
                yield self._add(line, domain, together)

    def _taken_off(self) -> set[str]:
        """Return the keys of the domains that the person took off; a short form, which shows none, takes all."""
        if "chips" not in self._request.POST:
            return set()
        chips = {chip.key for line in self._card.lines for chip in line.chips}
        return chips - set(self._request.POST.getlist("take"))

    def _lines(self) -> Sequence[Line]:
        return [self._line] if self._line is not None else self._card.lines

    def _waiting(self) -> list[ProposalView]:
        waiting = {item.id for item in self._card.waiting}
        return [item for line in self._lines() for item in line.items if item.id in waiting]

    def _together(self) -> TogetherForm | None:
        if not self.whole or self._line is None or not self._line.chips:
            return None
        form = TogetherForm(self._waiting(), self._table.proposals, self._request.POST)
        if not form.is_valid():
            self.invalid = self._line.key
        return form

    def _chosen(self, item: ProposalView) -> ProposalForm | None:
        """Return what the person said of a proposal; what they did not see is taken as it is preselected."""
        sent, name = self._request.POST.copy(), f"{item.key}-same_as"
        if name not in sent:
            sent[name] = preselected(self._table.candidates.get(item.id, ()))
        form = choice_form(self._table, item, whole=False, data=sent)
        if form.is_valid():
            return form
        self.invalid = self.invalid or item.key
        return None

    def _keep(self, item: ProposalView, form: ProposalForm, together: TogetherForm | None) -> KeepIt:
        return KeepIt(
            item.id,
            together.values(item) if together is not None else None,
            same_as=UUID(form.same_as) if form.same_as else None,
            new=bool(self._table.candidates.get(item.id)),
            mechanism_id=MechanismId(UUID(form.mechanism)) if form.mechanism else None,
        )

    def _add(self, line: Line, domain: str, together: TogetherForm | None) -> AddIt:
        first = line.items[0]
        fields: dict[str, Any] = {**(together.values(first) if together is not None else first.fields), DOMAIN: domain}
        sentence = self._card.sentence
        quote = self._table.text[sentence.start : sentence.end]
        declared = load_kinds().get(first.kind).proposal
        return AddIt(first.id, first.kind, fields, {field.name: quote for field in declared})
