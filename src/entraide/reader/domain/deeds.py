"""Dates of instruments: said in their phrase, the day of the meeting where they are signed, or of one to come."""

from dataclasses import dataclass, field

from entraide.kernel.partial_dates import PartialDate
from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.cues import is_participle
from entraide.reader.domain.dates import DateMention
from entraide.reader.domain.document import Sentence
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark

_SINCE, _WHERE = 24, 40
_AT_THE_END = (
    "a la fin de", "a l'issue de", "au terme de", "en cloture", "a la cloture", "at the end of", "at the conclusion of",
    "at the close of", "kết thúc",
)  # fmt: skip
_DIRECTLY = frozenset({"du", "of", "dated", "en date du", "ngày"})


@dataclass(slots=True)
class Deed:
    """An instrument as one sentence names it."""

    kind: str
    title: str
    status: str
    start: int
    end: int
    sentence: Sentence
    plural: bool = False
    listed: bool = False
    dated: bool = False
    date: PartialDate | None = None
    period: str | None = None
    signatories: tuple[str, ...] = ()
    marks: dict[str, Mark] = field(default_factory=dict)


def date_deed(facts: Facts, deed: Deed, meetings: list[Event], references: list[Event]) -> None:
    """The date said in the instrument's phrase, else that of the meeting where it is signed."""
    if deed.dated:
        return
    stated = [m for m in facts.dates_in(deed.start, deed.end + 45) if m.month and m.start < deed.sentence.end]
    if deed.status == "in-force" and not stated:
        _date_of_force(facts, deed)
        return
    if deed.status in {"reviewed", "referenced", "in-force"} and stated:
        own = [m for m in stated if facts.document.within("signed", deed.start, m.start) or is_of(facts, deed, m)]
        if own:
            deed.date, deed.dated = resolve(own[0], facts.context), True
            deed.marks["date"] = Mark(own[0].start, own[0].end, "the date in the instrument's phrase")
        return
    if deed.status == "referenced" and facts.document.within("visits", deed.start, deed.end + 40):
        visit = next((r for r in references if r.when == "earlier" and r.date and r.marks.get("visit")), None)
        if visit:
            deed.date = visit.date
            deed.marks["date"] = visit.marks["date"]._replace(reason="the dates of the visit named", basis="inferred")
        return
    if deed.status == "signed":
        _date_of_signing(facts, deed, meetings)
    if deed.status == "planned":
        _date_to_come(facts, deed, meetings, references)


def _date_of_signing(facts: Facts, deed: Deed, meetings: list[Event]) -> None:
    """The day said in the sentence of the signing, else the (last) day of the meeting."""
    exact = [m for m in facts.dates_in(deed.sentence.start, deed.sentence.end) if m.exact]
    here = [m for m in exact if not _is_of_another(facts, deed, m)]
    meeting = meetings[0] if meetings else None
    if here:
        deed.date = resolve(here[0], facts.context)
        deed.marks["date"] = Mark(
            here[0].start, here[0].end, "the date of the signing", deed.date.basis.value if deed.date else "stated"
        )
    elif meeting and meeting.date and "date" in meeting.marks:
        said = facts.document.folded[deed.sentence.start : deed.sentence.end]
        last = any(words in said for words in _AT_THE_END)
        deed.date = PartialDate(meeting.date.end, meeting.date.basis) if last else meeting.date
        deed.marks["date"] = meeting.marks["date"]._replace(reason="the day of the meeting", basis="inferred")


def _date_of_force(facts: Facts, deed: Deed) -> None:
    """`L'accord de police, en vigueur depuis 2016`, `entered into force in May 2019`."""
    for verb in facts.document.within("in_force_cues", deed.start, deed.sentence.end):
        for mention in facts.dates_in(verb.end, min(deed.sentence.end, verb.end + _SINCE)):
            deed.date, deed.dated = resolve(mention, facts.context), True
            deed.marks["date"] = Mark(mention.start, mention.end, "the date since which it is in force")
            return


def _is_of_another(facts: Facts, deed: Deed, mention: DateMention) -> bool:
    """`un accord qui remplace la convention du 3 février 2010`: the date of another instrument."""
    found = facts.document.within("instrument", max(deed.sentence.start, mention.start - 80), mention.start)
    if not found or deed.start <= found[-1].start < deed.end:
        return False
    return facts.document.folded[found[-1].end : mention.start].strip() in _DIRECTLY


def is_of(facts: Facts, deed: Deed, mention: DateMention) -> bool:
    """Return whether the date follows directly: `la convention du 7 juillet 1997`."""
    return facts.document.folded[deed.end : mention.start].strip() in _DIRECTLY


def is_signed_on(facts: Facts, deed: Deed, mention: DateMention) -> bool:
    """Return whether the date is of an earlier signing: `L'accord, signé à Belgrade le 30 juin 2009, ...`."""
    verbs = facts.document.within("signed", deed.end, mention.start)
    return mention.exact and mention.year is not None and any(is_participle(facts.document, verb) for verb in verbs)


def _date_to_come(facts: Facts, deed: Deed, meetings: list[Event], references: list[Event]) -> None:
    """A coming instrument has the day of the coming meeting where it is signed, or of this one's end."""
    folded = facts.document.folded
    for verb in facts.document.within("to_sign", deed.start, deed.sentence.end):
        if "sign" not in folded[verb.start : verb.end]:
            continue
        for mention in facts.dates_in(verb.end, min(deed.sentence.end, verb.end + _WHERE)):
            if mention.month is not None or mention.year is not None:
                deed.date = resolve(mention, facts.context, future=True)
                deed.marks["date"] = Mark(mention.start, mention.end, "the day said for the signing to come")
                return
    for reference in references:
        apart = reference.sentence.number - deed.sentence.number
        before = folded[max(reference.sentence.start, reference.start - 30) : reference.start]
        named = any(word in before for word in (" lors d", "a l'occasion", " at the ", " during the ", " tại "))
        # `se réuniront en 2024 pour arrêter un plan`, not `agreed to renew the memorandum and will meet in 2024`.
        there = apart == 0 and (named or reference.start < deed.start)
        if reference.when == "later" and reference.date and (there or (apart == 1 and named)):
            deed.date = reference.date
            deed.marks["date"] = reference.marks["date"]._replace(
                reason="the day of the coming meeting", basis="inferred"
            )
            return
    sentence = folded[deed.sentence.start : deed.sentence.end]
    here = meetings[-1] if meetings else None
    if here and here.date and "/" in here.date.value and any(words in sentence for words in _AT_THE_END):
        deed.date = PartialDate(here.date.end, here.date.basis)
        deed.marks["date"] = here.marks["date"]._replace(reason="the last day of the meeting", basis="inferred")


def dated_references(deeds: list[Deed], references: list[Event]) -> list[Event]:
    """Return an earlier reference for each reviewed instrument that has a date of its own."""
    known = {reference.date for reference in references}
    found: list[Event] = []
    for deed in deeds:
        if deed.status == "reviewed" and deed.dated and deed.date and deed.date not in known:
            event = Event(deed.start, deed.end, deed.sentence, deed.title, verb=False, time="past", definite=True)
            event.series, event.date, event.when = deed.title, deed.date, "earlier"
            event.marks = {name: deed.marks[name] for name in ("date",) if name in deed.marks}
            found.append(event)
    return found
