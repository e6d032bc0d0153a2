"""The cards of a review, one per sentence: what is proposed there, in lines, with the forms of the one that is open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.forms import Form
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from entraide.communiques.api import CandidateView, ProposalKind, ProposalState, ProposalView
from entraide.communiques.domain.sentences import Sentence, Stated, find_sentences
from entraide.directory.api import portfolio_label
from entraide.kernel.ids import ProposalId
from entraide.programme.api import MechanismView, load_domains, load_kinds, name_code, name_field, say
from entraide.programme.domain.kinds import Field, FieldType
from entraide.reader.api import Span, split_spans
from entraide.web.language import reader_language
from entraide.web.naming import in_their_tongues
from entraide.web.proposals.failing import Failed
from entraide.web.proposals.forms import DOMAIN, WORDS, ProposalForm, TogetherForm
from entraide.web.proposals.texts import BASES, STATES, headline, told
from entraide.web.templatetags.programme import here_in, mechanism_title, series_title

AnyForm = TypeVar("AnyForm", bound=Form)
LIKELY = 2
LONGEST_LINE = 90
"""Characters of a row that tells a decided or waiting sentence."""
IN_REGISTER = (ProposalState.KEPT, ProposalState.CORRECTED)


@dataclass(frozen=True, slots=True)
class Chip:
    """A domain of a sentence: a proposal of its own, which a person may take off."""

    key: str
    label: str
    state: str
    taken: bool

    @property
    def waits(self) -> bool:
        """Whether nobody has decided about it."""
        return self.state == ProposalState.WAITING.value


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person has to say before a proposal is kept: the form, for the domain or name that it is about."""

    about: str
    form: ProposalForm
    sure: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What is decided at once within a sentence: one proposal, or the domains of one promise or report."""

    items: Sequence[ProposalView]
    name: str
    text: str
    facts: Sequence[tuple[str, str]]
    chips: Sequence[Chip]
    choices: Sequence[Choice]
    form: Form | None
    state: Any
    tone: str
    notes: Sequence[str]
    elsewhere: str

    @property
    def key(self) -> str:
        """The key of its first proposal."""
        return self.items[0].key

    @property
    def waits(self) -> bool:
        """Whether something of it waits for a person."""
        return any(item.state is ProposalState.WAITING for item in self.items)


@dataclass(slots=True)
class Card:
    """A sentence with its lines; `text` tells it in a row, `pieces` are its words with what was read from them."""

    number: int
    sentence: Sentence
    lines: list[Line]
    names: str
    text: str
    pieces: list[dict[str, Any]] = field(default_factory=list)
    now: bool = False
    errors: Sequence[str] = ()
    next: str = ""
    previous: str = ""

    @property
    def key(self) -> str:
        """The key of its first proposal, by which addresses name it."""
        return self.sentence.keys[0]

    @property
    def waiting(self) -> list[ProposalView]:
        """The proposals of it that wait for a person."""
        return [item for line in self.lines for item in line.items if item.state is ProposalState.WAITING]

    @property
    def notes(self) -> list[str]:
        """What is to be told of its lines, each once."""
        return list(dict.fromkeys(note for line in self.lines for note in line.notes))

    @property
    def corrects(self) -> bool:
        """Whether one of its lines is being corrected: then that is all that is done."""
        return any(line.form is not None for line in self.lines)

    @property
    def correctable(self) -> str:
        """The key of the first line that waits, which is corrected unless a person points at another."""
        return next((item.key for item in self.waiting), self.key)

    @property
    def is_clear(self) -> bool:
        """Whether it can be kept at one press: nothing has to be chosen that is not preselected."""
        return all(choice.sure for line in self.lines for choice in line.choices)

    @property
    def choices(self) -> list[Choice]:
        """What is preselected of it, for the short form."""
        return [choice for line in self.lines for choice in line.choices]

    @property
    def state(self) -> str:
        """`wait`, or what became of it: `kept`, `mixed` where something was rejected or corrected, `rejected`."""
        states = {item.state for line in self.lines for item in line.items}
        if ProposalState.WAITING in states:
            return "wait"
        if states == {ProposalState.REJECTED}:
            return "rejected"
        return "kept" if states == {ProposalState.KEPT} else "mixed"


@dataclass(frozen=True, slots=True)
class Table:
    """What a page of cards is made of: the text and its proposals, what each may mean, and what the person does."""

    text: str
    proposals: Sequence[ProposalView]
    candidates: Mapping[ProposalId, Sequence[CandidateView]]
    mechanisms: Mapping[ProposalId, Sequence[MechanismView]]
    may_decide: bool
    at: str = ""
    corrected: str = ""
    failed: Failed | None = None


def place_proposals(text: str, proposals: Sequence[ProposalView]) -> tuple[Sentence, ...]:
    """Return the sentences of a source with the keys of what was read there; contradictions stand in none."""
    read = [item for item in proposals if item.kind != ProposalKind.CONTRADICTION]
    return find_sentences(text, [Stated(item.key, item.kind, item.fields, words_start(item)) for item in read])


def words_start(item: ProposalView) -> int:
    """Return where the words of a proposal begin: those of the field that tells it, else the first passage."""
    declared = load_kinds().find(item.kind)
    telling = [name for told in (declared.told_in_line if declared else ()) for name in told.split("|")]
    places = {evidence.field: evidence.start for evidence in item.evidence}
    first = next((places[name] for name in telling if name in places), None)
    return first if first is not None else min(places.values(), default=0)


def make_cards(table: Table) -> list[Card]:
    """Return the cards in the order of the text; one that waits is open, with its forms."""
    by_key = {item.key: item for item in table.proposals}
    sentences = place_proposals(table.text, table.proposals)
    opened = _opened(table, sentences, by_key)
    cards = []
    for number, sentence in enumerate(sentences, 1):
        items = [by_key[key] for key in sentence.keys]
        now = sentence is opened
        lines = [_line(table, group, sentence, now=now) for group in _groups(items)]
        cards.append(Card(number, sentence, lines, _names(lines), _short(lines), now=now))
    _lead_on(cards, table)
    return cards


def _opened(table: Table, sentences: Sequence[Sentence], by_key: Mapping[str, ProposalView]) -> Sentence | None:
    """Return the sentence that a person asked for, else the first in which something waits."""
    asked = table.corrected or table.at
    named = next((sentence for sentence in sentences if asked in sentence.keys), None)
    if named is not None or not table.may_decide:
        return named
    waits = ProposalState.WAITING
    return next((one for one in sentences if any(by_key[key].state is waits for key in one.keys)), None)


def _lead_on(cards: Sequence[Card], table: Table) -> None:
    """Tell the open card which are next and before it, and its errors."""
    for place, card in enumerate(cards):
        if card.now:
            card.previous = cards[place - 1].key if place else ""
            card.next = next_waiting(cards, card)
            card.errors = _errors_of(card, table.failed)


def next_waiting(cards: Sequence[Card], here: Card) -> str:
    """Return the key of the next card that waits after `here`, else of the first one, empty where none waits."""
    waiting = [card for card in cards if card.waiting and card is not here]
    later = [card for card in waiting if card.number > here.number]
    return next((card.key for card in (*later, *waiting)), "")


def _errors_of(card: Card, failed: Failed | None) -> Sequence[str]:
    """Return the errors that stand at the card itself: those of a line or a choice stand there."""
    if failed is None or failed.whole or failed.key not in card.sentence.keys:
        return ()
    if any(choice.form.prefix == failed.key for choice in card.choices):
        return ()
    return [text for _name, text in failed.errors]


def _groups(items: Sequence[ProposalView]) -> Iterator[list[ProposalView]]:
    """Yield the proposals of a sentence, those together that differ by domain and words alone."""
    found: dict[object, list[ProposalView]] = {}
    for item in items:
        found.setdefault(_common(item), []).append(item)
    yield from found.values()


def _common(item: ProposalView) -> object:
    if item.kind != ProposalKind.COMMITMENT:
        return item.key
    rest = {name: value for name, value in item.fields.items() if name not in (DOMAIN, WORDS)}
    return item.kind, repr(sorted(rest.items()))


def _line(table: Table, items: Sequence[ProposalView], sentence: Sentence, *, now: bool) -> Line:
    first = items[0]
    waiting = _waiting(table, items)
    correcting = now and table.corrected in [item.key for item in waiting]
    chips = _chips(table, items)
    label, tone = _state(items)
    return Line(
        items=items,
        name=say(load_kinds().get(first.kind).one),
        text=headline(first.kind, first.fields) if not chips else ", ".join(chip.label for chip in chips),
        facts=_facts(first, table.proposals) if now else (),
        chips=chips,
        choices=[_choice(table, item, several=len(items) > 1) for item in waiting if _must_choose(table, item)],
        form=_whole_form(table, waiting) if correcting else None,
        state=label,
        tone=tone,
        notes=_notes(items),
        elsewhere=_elsewhere(first, sentence),
    )


def _waiting(table: Table, items: Sequence[ProposalView]) -> list[ProposalView]:
    """Return what the reader of the page may decide about."""
    return [item for item in items if item.state is ProposalState.WAITING] if table.may_decide else []


def _state(items: Sequence[ProposalView]) -> tuple[Any, str]:
    states = [item.state for item in items]
    for state in (ProposalState.WAITING, ProposalState.CORRECTED, ProposalState.KEPT, ProposalState.REJECTED):
        if state in states:
            return STATES[state]
    return STATES[ProposalState.WAITING]


def _notes(items: Sequence[ProposalView]) -> list[str]:
    """Return what else is to be told of a line: who proposed it, why it was rejected, that it joined a fact."""
    found = []
    for item in items:
        if item.reader == "person":
            found.append(_("Proposed by a person."))
        elif item.reader != "rules":
            found.append(_("Proposed by the model %(model)s.") % {"model": item.reader})
        if item.rejection:
            found.append(_(item.rejection))
        if item.matched:
            found.append(_("Another source of a fact that the register had."))
    return list(dict.fromkeys(found))


def _elsewhere(item: ProposalView, sentence: Sentence) -> str:
    """Return the words that show a proposal, where they stand in a later sentence than the one that needs it."""
    start = words_start(item)
    if sentence.start <= start <= sentence.end:
        return ""
    return next((evidence.quote for evidence in item.evidence if evidence.start == start), "")


def _chips(table: Table, items: Sequence[ProposalView]) -> list[Chip]:
    if items[0].kind != ProposalKind.COMMITMENT:
        return []
    domain = next(one for one in load_kinds().get(items[0].kind).proposal if one.name == DOMAIN)
    keys = {item.key for item in items}
    taken = keys - _taken_off(table.failed, keys)
    return [
        Chip(item.key, name_code(domain, item.fields[DOMAIN]), item.state.value, item.key in taken) for item in items
    ]


def _taken_off(failed: Failed | None, keys: set[str]) -> set[str]:
    """Return the domains that were taken off in a decision that failed."""
    if failed is None or failed.key not in keys or "chips" not in failed.data:
        return set()
    return keys - set(failed.data.getlist("take"))


def list_addable(line: Line) -> list[tuple[str, str]]:
    """Return the domains that a person may add to a promise or report, by name."""
    domain = next(one for one in load_kinds().get(line.items[0].kind).proposal if one.name == DOMAIN)
    said = {item.fields[DOMAIN] for item in line.items}
    return [(code, name_code(domain, code)) for code in load_domains().codes if code not in said]


def _facts(item: ProposalView, others: Sequence[ProposalView]) -> list[tuple[str, str]]:
    """Return what a proposal says beside its line: names of fields with their values, in words."""
    declared = load_kinds().get(item.kind)
    in_line = {name for told_ in declared.told_in_line for name in told_.split("|") if item.fields.get(name)}
    skipped = {WORDS} if item.kind == ProposalKind.COMMITMENT else in_line
    values = [(name_field(one), _value(one, item, others)) for one in declared.proposal if one.name not in skipped]
    return [(name, value) for name, value in values if value]


def _value(one: Field, item: ProposalView, others: Sequence[ProposalView]) -> str:
    if one.type is FieldType.LINK:
        named = next((other for other in others if other.key == item.fields.get(one.name)), None)
        return Truncator(headline(named.kind, named.fields)).chars(LONGEST_LINE) if named else ""
    if one.name == DOMAIN:
        return ""
    value = told(one, item.fields)
    basis = item.fields.get(f"{one.name}_basis") if one.basis else ""
    return f"{value} ({BASES[basis]})" if value and basis and basis != "stated" else value


def _whole_form(table: Table, items: Sequence[ProposalView]) -> Form:
    """Return the form of a line that is corrected, with what was typed and the errors where it failed before."""
    failed = table.failed if table.failed and table.failed.whole and table.failed.key == items[0].key else None
    data = failed.data if failed else None
    form: Form
    if items[0].kind == ProposalKind.COMMITMENT:
        form = TogetherForm(items, table.proposals, data)
    else:
        form = choice_form(table, items[0], whole=True, data=data)
    return _with_errors(form, failed)


def _with_errors(form: AnyForm, failed: Failed | None) -> AnyForm:
    if failed is not None:
        form.is_valid()
        for name, text in failed.errors:
            if text not in form.errors.get(name or "__all__", []):
                form.add_error(name if name in form.fields else None, text)
    return form


def _must_choose(table: Table, item: ProposalView) -> bool:
    return bool(table.candidates.get(item.id) or table.mechanisms.get(item.id))


def _choice(table: Table, item: ProposalView, *, several: bool) -> Choice:
    """Return what a person says of a proposal before it is kept."""
    failed = _failed_choice(table.failed, item.key)
    form = choice_form(table, item, whole=False, data=failed.data if failed is not None else None)
    sure = not table.mechanisms.get(item.id) and bool(preselected(table.candidates.get(item.id, ())))
    about = headline(item.kind, item.fields) if several else ""
    here = failed if failed is not None and failed.key == item.key else None
    return Choice(about, _with_errors(form, here), sure)


def _failed_choice(failed: Failed | None, key: str) -> Failed | None:
    """Return the decision that failed, where it said something of this proposal."""
    if failed is None or failed.whole:
        return None
    return failed if failed.key == key or f"{key}-same_as" in failed.data else None


def choice_form(
    table: Table, item: ProposalView, *, whole: bool, data: Mapping[str, Any] | None = None
) -> ProposalForm:
    """Return the form of one proposal: what it is the same as, its mechanism, and its fields where it is `whole`."""
    found = table.candidates.get(item.id, ())
    mechanisms = _mechanisms(table.mechanisms.get(item.id, ()))
    return ProposalForm(
        item, table.proposals, _options(found), preselected(found), data, whole=whole, mechanisms=mechanisms
    )  # fmt: skip


def preselected(candidates: Sequence[CandidateView]) -> str:
    """Return the id of the fact that a proposal is taken for unless a person says otherwise, empty where none is."""
    return str(candidates[0].id) if candidates and candidates[0].strength >= LIKELY else ""


def _options(candidates: Sequence[CandidateView]) -> list[tuple[str, str]]:
    options: list[tuple[str, str]] = []
    for item in candidates:
        differs = "; ".join(f"{contradicted.recorded} ≠ {contradicted.given}" for contradicted in item.contradictions)
        reason = _(item.reason)
        if item.portfolio:
            reason = reason.format(portfolio=portfolio_label(item.portfolio, reader_language()))
        parts = (in_their_tongues(item.summary), reason, differs)
        options.append((str(item.id), format_html_join(" – ", "{}", ((part,) for part in parts if part))))
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


def _names(lines: Sequence[Line]) -> str:
    """Return what kinds of facts a sentence tells: `Meeting, Party ×2`."""
    counts: dict[str, int] = {}
    for line in sorted(lines, key=lambda line: line.items[0].kind not in TELLING):
        counts[line.name] = counts.get(line.name, 0) + 1
    return ", ".join(name if count == 1 else f"{name} ×{count}" for name, count in counts.items())


TELLING = {ProposalKind.MEETING, ProposalKind.INSTRUMENT, ProposalKind.COMMITMENT}
"""Kinds that a sentence is about, before the parties and people that stand in it."""


def _short(lines: Sequence[Line]) -> str:
    """Return a sentence in one row: what it is about."""
    chief = [line for line in lines if line.items[0].kind in TELLING] or list(lines)
    return " · ".join(Truncator(line.text).chars(LONGEST_LINE) for line in chief)


def cut_text(text: str, cards: Sequence[Card], proposals: Sequence[ProposalView]) -> list[dict[str, Any]]:
    """Return the text in pieces: each with its place, whether something was read from it, and the card it begins.

    Each card is given the pieces of its own sentence.
    """
    spans = _passages(proposals)
    by_number = {str(card.number): card for card in cards}
    borders = [Span(card.sentence.start, card.sentence.end, str(card.number)) for card in cards]
    read = {span.key for span in spans}
    pieces: list[dict[str, Any]] = []
    at = 0
    for segment in split_spans(text, [*spans, *borders]):
        card = _card_of(segment.keys, by_number)
        begins = _card_of(segment.begins, by_number)
        shown = not read.isdisjoint(segment.keys)
        pieces.append({"start": at, "text": segment.text, "shown": shown, "card": card, "begins": begins})
        if card is not None:
            card.pieces.append(pieces[-1])
        at += len(segment.text)
    return pieces


def _passages(proposals: Sequence[ProposalView]) -> list[Span]:
    stand = [item for item in proposals if item.state is not ProposalState.REJECTED]
    return [Span(evidence.start, evidence.end, item.key) for item in stand for evidence in item.evidence]


def _card_of(keys: Sequence[str], by_number: Mapping[str, Card]) -> Card | None:
    return next((by_number[key] for key in keys if key in by_number), None)
