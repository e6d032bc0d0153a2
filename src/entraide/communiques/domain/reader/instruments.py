"""Instruments and what is done with them: signed, reviewed, planned, in force, or only referred to."""

from dataclasses import dataclass, field

import regex

from entraide.communiques.domain.reader.calendar import resolve
from entraide.communiques.domain.reader.document import Document, Sentence
from entraide.communiques.domain.reader.events import Event
from entraide.communiques.domain.reader.facts import Facts, Mark, body_sentences
from entraide.communiques.domain.reader.subjects import subjects_of
from entraide.communiques.domain.reader.vocabulary import Hit
from entraide.kernel.partial_dates import PartialDate

_PERIOD = regex.compile(r"\b((?:19|20)\d\d)(?:\s?[-–/]\s?|\s(?:à|au|to|et|đến)\s)((?:19|20)\d\d)\b|\b((?:19|20)\d\d)\b")
_TITLE_LENGTH = 180
_RANK = {"signed": 5, "planned": 4, "reviewed": 3, "in-force": 2, "referenced": 1}


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
    date: PartialDate | None = None
    period: str | None = None
    signatories: tuple[str, ...] = ()
    marks: dict[str, Mark] = field(default_factory=dict)


def find_instruments(facts: Facts, meetings: list[Event], references: list[Event]) -> list[Deed]:
    """Return the instruments, each once, with the strongest thing said of it."""
    deeds: list[Deed] = []
    for sentence in body_sentences(facts.document):
        for hit in facts.document.within("instrument", sentence.start, sentence.end):
            deed = _read(facts, sentence, hit)
            if deed:
                _date(facts, deed, meetings, references)
                _add(deeds, deed, facts)
    return deeds


def _read(facts: Facts, sentence: Sentence, hit: Hit) -> Deed | None:
    document = facts.document
    if any(
        other.start <= hit.start < other.end
        for other in document.within("not_instruments", max(0, hit.start - 25), hit.end)
    ):
        return None
    if any(post.start <= hit.start < post.end for post in facts.posts):
        return None
    end = _title_end(document, hit, sentence)
    title = document.text[hit.start : end]
    status, verb = _status(document, hit, end, sentence)
    if not status:
        return None
    deed = Deed(hit.value, title[:_TITLE_LENGTH], status, hit.start, end, sentence)
    deed.plural = (
        document.folded[hit.start : hit.end].split()[0].rstrip(",").endswith(("s", "x")) and hit.value != "minutes"
    )
    deed.marks["kind"] = Mark(hit.start, hit.end, "a word for an instrument")
    deed.marks["title_short"] = Mark(hit.start, end, "the instrument's phrase")
    deed.marks["status"] = (
        Mark(verb[0], verb[1], "the verb beside the instrument") if verb else Mark(hit.start, end, "named only")
    )
    _period(document, deed, hit)
    if status == "referenced" and not _is_titled(document, deed, hit):
        return None
    if status == "signed" and verb:
        signing = next((v for v in document.within("signed", sentence.start, sentence.end) if v.start == verb[0]), None)
        people = subjects_of(facts, sentence, signing) if signing and not deed.plural else []
        deed.signatories = tuple(person.name for person in people)
        if people:
            deed.marks["signatories"] = Mark(sentence.start, sentence.end, "the persons who sign")
    return deed


def _title_end(document: Document, hit: Hit, sentence: Sentence) -> int:
    stops = [sentence.end, hit.start + _TITLE_LENGTH]
    for kind in ("signing_after", "held_past", "held_future", "met"):
        stops += [found.start for found in document.within(kind, hit.end, sentence.end)[:1]]
    for mark in (
        " qui ",
        " que ",
        " (",
        " ; ",
        " à la fin",
        " lors ",
        " was ",
        " were ",
        " which ",
        " is ",
        " đã ",
        " afin ",
        " a été",
        " a dit",
        " sera",
        " pour renforcer",
        "...",
        " le ",
    ):
        place = document.folded.find(mark, hit.end, min(stops))
        if place >= 0:
            stops.append(place)
    comma = document.folded.find(",", hit.end, min(stops))
    if comma >= 0 and not document.folded.startswith((", de ", ", du ", ", d'", ", des "), comma):
        stops.append(comma)
    end = min(stops)
    return hit.start + len(document.text[hit.start : end].rstrip(" .,»”\"'"))


def _period(document: Document, deed: Deed, hit: Hit) -> None:
    window_end = min(deed.sentence.end, hit.end + 60)
    for match in _PERIOD.finditer(document.text, hit.end, window_end):
        before = document.folded[max(hit.end, match.start() - 14) : match.start()]
        if (
            match.end() > deed.end + 1
            or any(char.isdigit() for char in before)
            or document.within("signed", hit.end, match.start())
        ):
            break
        if _looks_like_date(document, match.start()):
            break
        deed.period = f"{match[1]}/{match[2]}" if match[1] else match[3]
        deed.marks["period"] = Mark(match.start(), match.end(), "the years of the instrument")
        return


def _looks_like_date(document: Document, start: int) -> bool:
    before = document.folded[max(0, start - 12) : start].split()
    months = document.vocabulary.raw["months"]
    return bool(before) and (before[-1].strip(",") in months or before[-1] in {"tháng"})


def _is_titled(document: Document, deed: Deed, hit: Hit) -> bool:
    """An instrument that is only named counts when it is definite and has a title, a year or a capital."""
    long = deed.end - hit.end > 12
    capital = document.text[hit.start].isupper() and hit.start > deed.sentence.start
    return (capital or deed.period is not None or long) and bool(
        document.within("referenced_cues", max(deed.sentence.start, hit.start - 75), hit.end + 60) or capital
    )


def _status(document: Document, hit: Hit, end: int, sentence: Sentence) -> tuple[str, tuple[int, int] | None]:
    """What is done with the instrument, by the verb that stands nearest to it."""
    low, high = max(sentence.start, hit.start - 170), min(sentence.end, end + 60)
    options: list[tuple[int, str, Hit]] = []
    for verb in document.within("signing_after", end - 1, high):
        options.append((max(0, verb.start - end), "signed", verb))
    for verb in document.within("signed", low, hit.start):
        options.append((hit.start - verb.end, "signed", verb))
    for verb in document.within("to_sign", low, high):
        distance = hit.start - verb.end if verb.end <= hit.start else verb.start - end if verb.start >= end else 0
        options.append((max(distance, 0), "planned", verb))
    for kind, status in (("reviewed_cues", "reviewed"), ("in_force_cues", "in-force")):
        for verb in document.within(kind, low, high):
            distance = hit.start - verb.end if verb.end <= hit.start else max(0, verb.start - end)
            options.append((distance if distance <= 60 or status == "reviewed" else 999, status, verb))
    options = [option for option in options if option[0] < 150]
    if options:
        _, status, verb = min(
            options, key=lambda option: (option[0] - (15 if option[1] == "reviewed" else 0), option[1])
        )
        return status, (verb.start, verb.end)
    return "referenced", None


def _date(facts: Facts, deed: Deed, meetings: list[Event], references: list[Event]) -> None:
    """The date said in the instrument's phrase, else that of the meeting where it is signed."""
    stated = [m for m in facts.dates_in(deed.start, deed.end + 45) if m.month and m.start < deed.sentence.end]
    if deed.status in {"reviewed", "referenced", "in-force"} and stated:
        own = [m for m in stated if facts.document.within("signed", deed.start, m.start)]
        if own:
            deed.date = resolve(own[0], facts.context)
            deed.marks["date"] = Mark(own[0].start, own[0].end, "the date in the instrument's phrase")
        return
    if deed.status == "signed":
        here = [m for m in facts.dates_in(deed.sentence.start, deed.sentence.end) if m.exact]
        meeting = meetings[0] if meetings else None
        if here:
            deed.date = resolve(here[0], facts.context)
            deed.marks["date"] = Mark(
                here[0].start, here[0].end, "the date of the signing", deed.date.basis.value if deed.date else "stated"
            )
        elif meeting and meeting.date and "date" in meeting.marks:
            deed.date = meeting.date
            deed.marks["date"] = meeting.marks["date"]._replace(reason="the day of the meeting", basis="inferred")
    if deed.status == "planned":
        later = [
            r for r in references if r.when == "later" and r.date and abs(r.sentence.index - deed.sentence.index) <= 1
        ]
        if later and later[0].date:
            deed.date = later[0].date
            deed.marks["date"] = (
                later[0].marks["date"]._replace(reason="the day of the coming meeting", basis="inferred")
            )


def _add(deeds: list[Deed], deed: Deed, facts: Facts) -> None:
    """One instrument once: the same kind and period, or the same words, are one; the strongest status stays."""
    for index, other in enumerate(deeds):
        if other.kind != deed.kind or not _same(facts, other, deed):
            continue
        winner, loser = (deed, other) if _RANK[deed.status] > _RANK[other.status] else (other, deed)
        winner.period = winner.period or loser.period
        winner.signatories = winner.signatories or loser.signatories
        deeds[index] = winner
        return
    deeds.append(deed)


def _same(facts: Facts, one: Deed, other: Deed) -> bool:
    if one.period and other.period:
        return one.period == other.period
    if one.plural != other.plural and one.kind != "minutes":
        return False
    a, b = (
        set(facts.document.vocabulary.fold(deed.title).split()) - {"de", "la", "le", "du", "et", "the", "of"}
        for deed in (one, other)
    )
    return one.kind in {"minutes"} or len(a & b) / max(1, min(len(a), len(b))) >= 0.6
