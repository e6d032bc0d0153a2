"""The reader's door: one text in, one `Reading` out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from entraide.kernel.languages import READ
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.reader.domain.affiliation import assign_states, main_states
from entraide.reader.domain.calendar import DateContext, context_of, resolve
from entraide.reader.domain.cleaning import CleanText, clean_text
from entraide.reader.domain.commitments import Pledge, find_commitments
from entraide.reader.domain.dates import DateMention, find_dates
from entraide.reader.domain.deeds import Deed
from entraide.reader.domain.document import Document, build_document
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.grammar.parsing import parse
from entraide.reader.domain.instruments import find_instruments
from entraide.reader.domain.language import detect_language
from entraide.reader.domain.levels import level_mark
from entraide.reader.domain.meetings import find_meetings
from entraide.reader.domain.model import (
    Commitment,
    Evidence,
    Instrument,
    Meeting,
    Official,
    Party,
    Reading,
    Reference,
)
from entraide.reader.domain.officials import find_people
from entraide.reader.domain.parties import Side, find_parties
from entraide.reader.domain.persons import Person
from entraide.reader.domain.references import find_references, named_by_instruments
from entraide.reader.domain.subjects import assign_chairs
from entraide.reader.domain.vocabulary import load_vocabulary
from entraide.reader.domain.years import infer_years, with_window, year_of_weekday

_STAMP_LENGTH = 80
_LEAD = 3
_APART = 60


def read_text(text: str, *, name: str) -> Reading:
    """Return what `text` says, as proposals with their passages; `name` is the file's name without its ending.

    Pure, never raises on any text, linear in its length. Of a text in a language that is not read, or in none
    that can be told, the language is all that is said.
    """
    if (language := detect_language(text)) not in READ:
        return Reading(name, language, "", None, text, (), (), (), (), (), ())
    opened = open_text(text, language)
    document, dates, context = opened.document, opened.dates, opened.context
    if not document.sentences:
        return Reading(name, opened.language, "", None, opened.clean.text, (), (), (), (), (), ())
    syntax = parse(document)
    people, posts = find_people(document, syntax)
    assign_states(document, syntax, people, posts)
    facts = Facts(document, context, dates, people, posts, main_states(document, people))
    meetings, roles = find_meetings(facts, syntax)
    references = find_references(facts, syntax, roles, meetings)
    assign_chairs(facts, meetings)
    deeds = find_instruments(facts, syntax, meetings, references)
    infer_years(facts, meetings, deeds)
    references = named_by_instruments(references, deeds)
    pledges = find_commitments(facts, syntax)
    sides = find_parties(facts, syntax)
    return _assemble(
        name, opened.language, opened.header, opened.clean, facts, meetings, references, deeds, pledges, sides
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A text made ready for reading: cleaned, split, its dates found, and the date of the page where it has one."""

    language: str
    clean: CleanText
    document: Document
    dates: tuple[DateMention, ...]
    context: DateContext
    header: PartialDate | None


def open_text(text: str, language: str = "") -> Opened:
    """Return `text`, in a language that is read, cleaned and split, with its dates; what every reader begins with.

    `language` is its code where it was detected before.
    """
    language = language or detect_language(text)
    language = language if language in READ else READ[0]
    vocabulary = load_vocabulary(language)
    clean = clean_text(text, vocabulary)
    document = build_document(clean, vocabulary)
    if not document.sentences:
        return Opened(language, clean, document, (), DateContext(), None)
    dates = find_dates(document)
    context, header = _context(document, dates)
    return Opened(language, clean, document, dates, with_window(context, dates), header)


def _context(document: Document, dates: tuple[DateMention, ...]) -> tuple[DateContext, PartialDate | None]:
    """The date of the page: its header, a stamp that stands alone, or the full date of a caption."""
    if document.clean.header:
        context = _with_dateline(document, dates, context_of(document.clean.header))
        return context, PartialDate(document.clean.header, DateBasis.HEADER)
    stamp = _stamp(document, dates)
    if stamp is not None:
        return DateContext(stamp.year, stamp.month, stamp.day), resolve(stamp, DateContext())
    for mention in dates:
        if mention.exact and mention.year and document.sentence_at(mention.start).kind == "caption":
            return DateContext(mention.year, mention.month, mention.day, DateBasis.INFERRED), None
    year = _year_of_lead(document, dates) or year_of_weekday(document, dates)
    return DateContext(year=year, basis=DateBasis.INFERRED), None


def _stamp(document: Document, dates: tuple[DateMention, ...]) -> DateMention | None:
    """The page's own day: in a dateline, or on a short line that is no sentence, above the report before below it."""
    full = [mention for mention in dates if mention.exact and mention.year]
    first = next((block.start for block in document.blocks if block.kind == "body"), len(document.text))
    for mention in full:
        if document.in_dateline(mention.start):
            return mention
    lines = [m for m in full if document.block_at(m.start).kind in {"title", "line"} and _is_short(document, m)]
    return next((m for m in lines if m.start < first), next(iter(lines), None))


def _is_short(document: Document, mention: DateMention) -> bool:
    block = document.block_at(mention.start)
    return block.end - block.start - (mention.end - mention.start) < _STAMP_LENGTH


def _with_dateline(document: Document, dates: tuple[DateMention, ...], context: DateContext) -> DateContext:
    """`date 2022-10` above `Minsk, 18 oct (PL) -`: the month of the header with the day of the dateline."""
    block = next((block for block in document.blocks if block.body_start > block.start), None)
    if block is None or context.day is not None or context.month is None:
        return context
    for mention in dates:
        if block.start <= mention.start < block.body_start and mention.exact and mention.month == context.month:
            return DateContext(context.year, context.month, mention.day, context.basis)
    return context


def _year_of_lead(document: Document, dates: tuple[DateMention, ...]) -> int | None:
    """The year that the first sentences state with a day: `visite du 3 au 7 juillet 2019 ... le 4 juillet`."""
    lead = [sentence for sentence in document.sentences if sentence.kind == "body"][:_LEAD]
    if not lead:
        return None
    full = [m for m in dates if m.exact and m.year and lead[0].start <= m.start < lead[-1].end]
    own = [m.year for m in full if not document.within("instrument", max(lead[0].start, m.start - _APART), m.start)]
    return own[0] if len(set(own)) == 1 else None


def _evidence(clean: CleanText, mark: Mark) -> Evidence:
    start, end = clean.original_span(mark.start, mark.end)
    return Evidence(
        start, end, mark.start, mark.end, clean.original[start:end], mark.basis, mark.reason, mark.confidence
    )


def _all(clean: CleanText, marks: Mapping[str, Mark]) -> dict[str, Evidence]:
    return {name: _evidence(clean, mark) for name, mark in marks.items()}


def _assemble(
    name: str, language: str, header: PartialDate | None, clean: CleanText, facts: Facts, meetings: list[Event],
    references: list[Event], deeds: list[Deed], pledges: list[Pledge], sides: list[Side],
) -> Reading:  # fmt: skip
    document = facts.document
    title = next((document.text[b.start : b.end].strip() for b in document.blocks if b.kind == "title"), "")
    official = partial(_official, clean, facts, meetings, deeds)
    return Reading(
        name, language, title, header, clean.text,
        tuple(_meeting(facts, event) for event in meetings),
        tuple(_instrument(clean, deed) for deed in deeds),
        tuple(official(person) for person in facts.people),
        tuple(_commitment(clean, document, pledge) for pledge in pledges),
        tuple(_party(clean, side) for side in sides),
        tuple(_reference(clean, event) for event in references),
    )  # fmt: skip


def _meeting(facts: Facts, event: Event) -> Meeting:
    marks = {**event.marks, "level": level_mark(facts, event)} if event.level else event.marks
    return Meeting(
        event.type,
        event.series,
        event.ordinal,
        event.level,
        event.date,
        event.place,
        event.co_chairs,
        _all(facts.document.clean, marks),
    )


def _party(clean: CleanText, side: Side) -> Party:
    names = ("state", "organisation") if side.organisation else ("state",)
    return Party(side.state, side.organisation, _all(clean, dict.fromkeys(names, side.mark)))


def _reference(clean: CleanText, event: Event) -> Reference:
    phrase = Mark(event.start, max(event.series_end, event.end), "the words for the meeting or instrument")
    when = event.marks.get("date", phrase)._replace(reason="what is told of it, beside the report's own days")
    marks = {"series": phrase, "when": when._replace(basis="inferred"), **event.marks}
    return Reference(event.series or event.type, event.ordinal, event.date, event.place, event.when, _all(clean, marks))


def _instrument(clean: CleanText, deed: Deed) -> Instrument:
    title = " ".join(deed.title.split())
    return Instrument(
        deed.kind, title, deed.status, deed.date, deed.period and deed.period, deed.signatories, _all(clean, deed.marks)
    )


def _commitment(clean: CleanText, document: Document, pledge: Pledge) -> Commitment:
    sure = pledge.confidence
    evidence = {
        "domain": _evidence(clean, Mark(pledge.start, pledge.end, "words of the domain", confidence=sure)),
        "status": _evidence(clean, Mark(pledge.cue_start, pledge.cue_end, pledge.reason, confidence=sure)),
    }
    start = min(pledge.start, pledge.cue_start) if abs(pledge.start - pledge.cue_end) < 90 else pledge.start
    end = max(pledge.end, pledge.start)
    evidence["quote"] = _evidence(
        clean, Mark(start, end, "from the verb or phrase to the words of the domain", confidence=sure)
    )
    return Commitment(pledge.domain, pledge.status, document.text[start:end], evidence)


def _official(clean: CleanText, facts: Facts, meetings: list[Event], deeds: list[Deed], person: Person) -> Official:
    marks = {"name": Mark(person.name_start, person.name_end, person.reason, "stated", person.confidence)}
    post = person.post
    text = post.text if post else ""
    if post and not (person.counterpart_of and " " not in text):
        marks["post"] = Mark(post.start, post.end, "the post beside the name")
    elif person.counterpart_of:
        other = next((p for p in facts.people if p.name == person.counterpart_of), None)
        if other and other.post:
            text = other.post.text
            own = person.posts[0]
            marks["post"] = Mark(own.start, own.end, "the counterpart of the post before", "inferred")
    if person.state:
        basis = "stated" if person.state_stated else "inferred"
        marks["state"] = Mark(*person.state_span, person.state_reason, basis, person.state_confidence)
    role, marks["role"] = _role(person, meetings, deeds, marks["name"])
    return Official(person.name, text, person.state, role, _all(clean, marks))


def _role(person: Person, meetings: list[Event], deeds: list[Deed], name: Mark) -> tuple[str, Mark]:
    """Return what the person did, parted by commas, and where the first of it stands."""
    roles: list[tuple[str, Mark]] = []
    chaired = next((meeting for meeting in meetings if person.name in meeting.co_chairs), None)
    if chaired:
        roles.append(("co-chair", chaired.marks.get("co_chairs", name)))
    signed = next((deed for deed in deeds if person.name in deed.signatories), None)
    if signed:
        roles.append(("signatory", signed.marks.get("signatories", name)))
    if not roles:
        met = next((meeting for meeting in meetings if person.name in meeting.people), None)
        kind = met.marks.get("type", name)._replace(reason="the meeting beside the name") if met else name
        roles.append(("participant" if met else "mentioned", kind._replace(basis="inferred")))
    return ", ".join(role for role, _mark in roles), roles[0][1]
