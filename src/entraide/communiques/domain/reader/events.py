"""Events as the sentences name them: nouns (la 7e conférence), verbs (s'est entretenu avec), with their time."""

from dataclasses import dataclass, field

from entraide.communiques.domain.reader.document import Document, Sentence
from entraide.communiques.domain.reader.facts import Facts, Mark
from entraide.communiques.domain.reader.ordinals import ordinal_beside
from entraide.communiques.domain.reader.vocabulary import Hit
from entraide.kernel.partial_dates import PartialDate

_DEFINITE = frozenset({"la", "l'", "le", "les", "cette", "cet", "ce", "the", "this", "ces", "sa", "leur", "son"})
_HANGING = frozenset(
    {
        "ce",
        "jeudi",
        "lundi",
        "mardi",
        "mercredi",
        "vendredi",
        "samedi",
        "dimanche",
        "et",
        "avec",
        "entre",
        "de",
        "du",
        "la",
        "le",
        "les",
        "and",
        "with",
        "between",
        "of",
        "the",
        "a",
        "an",
        "un",
        "une",
        "l'",
        "pour",
        "par",
        "by",
        "au",
        "aux",
        "và",
        "với",
        "giữa",
    }
)
_HOLDING = (" tenu ", " tient ", " ouvert ", " ouvre ", " tiendra ", " held ", " opened ", " holds ", " họp ")
_PARTING = (",", " a ", " ont ", " avec ", " par ", " with ")
_NEAR = 110


@dataclass(slots=True)
class Event:
    """One mention of an event; `time` is past, future or empty (only mentioned)."""

    start: int
    end: int
    sentence: Sentence
    type: str
    verb: bool
    time: str
    definite: bool
    ordinal: int | None = None
    series: str = ""
    series_end: int = 0
    date: PartialDate | None = None
    place: str | None = None
    people: list[str] = field(default_factory=list)
    co_chairs: tuple[str, ...] = ()
    marks: dict[str, Mark] = field(default_factory=dict)
    when: str = ""
    level: str = ""


def find_events(facts: Facts, sentence: Sentence) -> list[Event]:
    """Return the events that the sentence names, verbs and nouns joined where they are one."""
    document = facts.document
    verbs = list(document.within("met", sentence.start, sentence.end))
    events: list[Event] = []
    for noun in document.within("meetings", sentence.start, sentence.end):
        if _is_no_meeting(document, noun, sentence) or _is_participle(document, noun):
            continue
        if events and _is_inside(document, events[-1], noun):
            continue
        verb = next((hit for hit in verbs if hit.start <= noun.start <= hit.end + 2), None)
        if verb:
            verbs.remove(verb)
        events.append(_noun_event(facts, sentence, noun, verb))
    events += [
        _verb_event(facts, sentence, verb) for verb in verbs if not any(v.start <= verb.start < v.end for v in events)
    ]
    return sorted(events, key=lambda event: event.start)


def _is_participle(document: Document, noun: Hit) -> bool:
    """`se sont rencontrés` is a verb, `les rencontres` a noun; folded they look the same."""
    word = document.text[noun.start : noun.end].lower()
    return word.startswith("rencontr") and word.endswith(("é", "és", "ée", "ées"))


def _is_inside(document: Document, event: Event, noun: Hit) -> bool:
    """`la 21e session de la Grande commission mixte`: the second noun belongs to the first one's phrase."""
    before = document.folded[max(0, noun.start - 12) : noun.start].rstrip()
    linked = before.endswith(("de la", "du", "de l'", "des", "d'", "of the", "of")) or "grande" in before
    return (
        event.end < noun.start < event.series_end and linked and ordinal_beside(document, noun.start, noun.end) is None
    )


def _is_no_meeting(document: Document, noun: Hit, sentence: Sentence) -> bool:
    """Party plenums, parliaments, press conferences and the like, within the noun, right after it, or holding it."""
    for hit in document.within("not_meetings", max(sentence.start, noun.start - 60), min(sentence.end, noun.end + 32)):
        if hit.end <= noun.start:
            between = document.folded[hit.end : noun.start]
            if any(verb in between for verb in _HOLDING) and "," not in between:
                return True
        elif hit.start < noun.end or not any(mark in document.folded[noun.end : hit.start] for mark in _PARTING):
            return True
    return False


def _noun_event(facts: Facts, sentence: Sentence, noun: Hit, verb: Hit | None) -> Event:
    document = facts.document
    start = verb.start if verb else noun.start
    event = Event(
        start,
        noun.end,
        sentence,
        document.text[noun.start : noun.end],
        verb is not None,
        "",
        definite=_is_definite(document, noun),
    )
    found = ordinal_beside(document, noun.start, noun.end)
    if found:
        event.ordinal, event.definite = found[0], False
        event.marks["ordinal"] = Mark(found[1], found[2], "the ordinal beside the noun")
    event.series_end = _series_end(facts, noun, sentence)
    if event.series_end > noun.end + 3:
        event.series = document.text[noun.start : event.series_end]
    event.time = "past" if verb else _time(document, noun, sentence, event)
    event.marks["type"] = Mark(noun.start, noun.end, "a noun for a meeting")
    return event


def _verb_event(facts: Facts, sentence: Sentence, verb: Hit) -> Event:
    text = facts.document.text[verb.start : verb.end]
    event = Event(verb.start, verb.end, sentence, text, verb=True, time="past", definite=False)
    event.marks["type"] = Mark(verb.start, verb.end, "a verb of meeting")
    return event


def _is_definite(document: Document, noun: Hit) -> bool:
    before = document.folded[max(0, noun.start - 22) : noun.start].replace("'", "' ").split()
    return any(word in _DEFINITE for word in before[-1:]) or (len(before) > 1 and before[-2] in _DEFINITE)


def _series_end(facts: Facts, noun: Hit, sentence: Sentence) -> int:
    """The noun's phrase ends at a verb of holding, a comma, a bracket, a date or a full stop."""
    document = facts.document
    stops = [
        sentence.end,
        *(
            mention.start
            for mention in facts.dates_in(noun.end, sentence.end)[:1]
            if mention.month or mention.weekday is not None
        ),
    ]
    for kind in ("held_past", "held_present", "held_future", "met", "chaired", "signed"):
        stops += [hit.start for hit in document.within(kind, noun.end, sentence.end)[:1]]
    for mark in (
        ",",
        "(",
        ";",
        " qui ",
        " que ",
        " où ",
        " was ",
        " were ",
        " which ",
        " est ",
        " sont ",
        " a ",
        " ont ",
        " le ",
        " à ",
        " in ",
        " on ",
    ):
        place = document.folded.find(mark, noun.end, min(stops))
        if place >= 0:
            stops.append(place)
    end = min(stops)
    return noun.end + len(without_tail(document.text[noun.end : end]))


def without_tail(phrase: str) -> str:
    """Return the phrase without small words left hanging at its end."""
    phrase = phrase.rstrip(" .»”\"'-–—")
    while (last := phrase.rpartition(" ")[2].lower()) in _HANGING and phrase.strip():
        phrase = phrase[: len(phrase) - len(last)].rstrip(" .,»”\"'")
    return phrase


def _time(document: Document, noun: Hit, sentence: Sentence, event: Event) -> str:
    """Past, future or nothing, by the nearest verb of holding in the sentence."""
    best, time = _NEAR, ""
    low, high = max(sentence.start, noun.start - _NEAR), min(sentence.end, event.series_end + _NEAR)
    for kind, value in (("held_past", "past"), ("held_present", "past"), ("held_future", "future")):
        for hit in document.within(kind, low, high):
            distance = noun.start - hit.end if hit.end <= noun.start else max(0, hit.start - event.series_end)
            if distance < best or (distance == best and value == "future"):
                best, time = distance, value
    return time
