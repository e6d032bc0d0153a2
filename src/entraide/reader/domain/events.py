"""Events as the sentences name them: nouns (la 7e conférence), verbs (s'est entretenu avec), with their time."""

from dataclasses import dataclass, field

import regex

from entraide.kernel.partial_dates import PartialDate
from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.ordinals import ordinal_beside
from entraide.reader.domain.vocabulary import Hit

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
        "lần",
    }
)
_HOLDING = (" tenu ", " tient ", " ouvert ", " ouvre ", " tiendra ", " held ", " opened ", " holds ", " họp ")
# A comma ends a series, except in `phòng, chống`; a preposition only before a place, a day or a year.
_SERIES_STOP = regex.compile(
    r",(?! chống)|[(;]| (?:qui|que|où|est|sont|a|ont|était|étaient|avait|avaient|sera|seront"
    r"|was|were|which|is|has|had|will|the two|both|avec|with|với|entre|between"
    r"|giữa|lần thứ|vào|đã|sẽ|do) "
    r"| (?:à|en|au|in|on|at|tại|ngày) (?=\p{Lu}|\d)"
)
_AND_THE = regex.compile(r" (?:et|and) (?:le|la|les|l'|the) ?(?:\w+ )?$")
_MOST_BEFORE = 6
_PARTING = (",", " a ", " ont ", " avec ", " par ", " with ")
_NEAR = 110
_LINK = 60
_ASKED = 40
_OBJECT = 90
_OF_THINGS_TOO = frozenset(
    {"welcomed", "received", "receives", "receive", "hosted", "hosts", "a recu", "ont recu", "recoit", "a accueilli",
     "ont accueilli", "met on"}
)  # fmt: skip
_TIMES = (("held_past", "past"), ("held_present", "past"), ("held_future", "future"), ("held_before", "before"))


@dataclass(slots=True)
class Event:
    """One mention of an event; `time` is past, before (an earlier one), future or empty (only mentioned)."""

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
    verbs = [v for v in document.within("met", sentence.start, sentence.end) if _is_of_people(facts, sentence, v)]
    events: list[Event] = []
    for noun in document.within("meetings", sentence.start, sentence.end):
        if (
            (facts.in_a_post(noun.start) and facts.in_a_post(noun.end - 1))
            or _is_no_meeting(document, noun, sentence)
            or _is_participle(document, noun)
        ):
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
    events += [
        _verb_event(facts, sentence, hit, "before")
        for hit in document.within("had_met", sentence.start, sentence.end)
        if not any(event.start <= hit.start <= event.end for event in events)
    ]
    if not any(event.time == "future" for event in events):
        events += [
            _coming_event(facts, sentence, hit) for hit in document.within("to_meet", sentence.start, sentence.end)
        ]
    return sorted(events, key=lambda event: event.start)


def _is_of_people(facts: Facts, sentence: Sentence, verb: Hit) -> bool:
    """`welcomed the setting up of a consulate`, `a reçu un lot de véhicules`: whom one receives is a person."""
    document = facts.document
    if any(hit.end >= verb.start - 2 for hit in document.within("not_meetings", verb.start - _OBJECT, verb.start)):
        # `Le Conseil des ministres s'est réuni`.
        return False
    if document.folded[verb.start : verb.end] not in _OF_THINGS_TOO:
        return True
    end = min(sentence.end, verb.end + _OBJECT)
    kinds = ("posts", "counterparts", "titles", "ranks", "visits")
    if facts.people_in(verb.end, end) or any(document.within(kind, verb.end, end) for kind in kinds):
        return True
    return any(
        document.folded.startswith(("deleg", "đoàn"), hit.start) for hit in document.within("org_heads", verb.end, end)
    )


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
    first = _series_start(document, noun, found[2] if found else None)
    if event.series_end > noun.end + 3 or first < noun.start:
        event.series = document.text[first : max(event.series_end, noun.end)]
    event.time = "past" if verb else _time(document, noun, sentence, event)
    event.marks["type"] = Mark(noun.start, noun.end, "a noun for a meeting")
    return event


def _verb_event(facts: Facts, sentence: Sentence, verb: Hit, time: str = "past") -> Event:
    text = facts.document.text[verb.start : verb.end]
    event = Event(verb.start, verb.end, sentence, text, verb=True, time=time, definite=False)
    event.marks["type"] = Mark(verb.start, verb.end, "a verb of meeting")
    return event


def _coming_event(facts: Facts, sentence: Sentence, hit: Hit) -> Event:
    """`Les deux ministres se retrouveront en 2026`: a coming meeting without a noun."""
    text = facts.document.text[hit.start : hit.end]
    event = Event(hit.start, hit.end, sentence, text, verb=True, time="future", definite=False)
    event.marks["type"] = Mark(hit.start, hit.end, "a verb of meeting to come")
    return event


def _is_definite(document: Document, noun: Hit) -> bool:
    before = document.folded[max(0, noun.start - 22) : noun.start].replace("'", "' ").split()
    return any(word in _DEFINITE for word in before[-1:]) or (len(before) > 1 and before[-2] in _DEFINITE)


def _series_start(document: Document, noun: Hit, after: int | None) -> int:
    """English: `the 14th Vietnam-Laos Security Cooperation Conference`: the words after the number or the article."""
    if document.vocabulary.language != "en":
        return noun.start
    if after is not None and after <= noun.start:
        return next((t for t in [after + 1] if document.text[after : after + 1] == " "), noun.start)
    words = document.vocabulary.words
    first = document.token_at(noun.start)
    for number in range(first - 1, max(first - 1 - _MOST_BEFORE, -1), -1):
        token = document.tokens[number]
        if token.folded in words["articles"]:
            return document.tokens[number + 1].start
        if not token.text[0].isalnum() or document.text[token.end : token.end + 1] != " ":
            break
    return noun.start


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
    # `les commissions mixtes et le groupe de travail` are two.
    others = document.within("meetings", noun.end, min(stops))
    joins = (_AND_THE.search(document.folded, max(noun.end, other.start - _LINK), other.start) for other in others)
    stops += [match.start() for match in joins if match][:1]
    stop = _SERIES_STOP.search(document.text, noun.end, min(stops))
    end = stop.start() if stop else min(stops)
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
    wished = any(cue.value == "proposed" for cue in document.within("cue", max(low, noun.start - _ASKED), noun.start))
    for kind, value in _TIMES:
        for hit in document.within(kind, low, high):
            distance = noun.start - hit.end if hit.end <= noun.start else max(0, hit.start - event.series_end)
            if value == "past" and _is_wished(document, hit, noun):
                wished = True
                continue
            if distance < best or (distance == best and value != "past"):
                best, time = distance, value
    return "future" if wished and not time else time


def _is_wished(document: Document, hit: Hit, noun: Hit) -> bool:
    """`Tại buổi hội đàm, ... đề nghị sớm nối lại Đối thoại`: what is asked for did not take place."""
    return any(cue.value == "proposed" for cue in document.within("cue", hit.end, noun.start))
