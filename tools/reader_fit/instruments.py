"""Rows of the decisions on instruments: what is said of a naming, the day, and who signs.

A group of namings is taken for the gold's instrument of the same kind whose title, years and day it shares most; its
meetings are those of the gold, so that no decision is fitted on the mistakes of another.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.reader.domain import instrument_days, signatories
from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.deeds import Deed
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Mark
from entraide.reader.domain.instruments import DECISION, NONE, STATUSES, Candidate, find_candidates, in_report
from entraide.reader.domain.titles import Naming
from tools.reader_fit.fitting import Demand, Row, Rows
from tools.reader_fit.gold import same_date, same_name, words
from tools.reader_fit.opened import Opened
from tools.reader_fit.texts import Annotated

Item = Mapping[str, Any]
_NAMED_DAY = 45


class Statuses:
    """The decision `instrument`."""

    NAME = DECISION
    LABELS = (NONE, *STATUSES)
    STRENGTH = 0.3

    @staticmethod
    def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
        """Add the namings of one text, with the statuses that its gold leaves open."""
        for group, item in matched(annotated, opened):
            first = len(data.rows)
            status = str(item["status"]) if item else NONE
            names = frozenset({NONE, status}) if len(group) > 1 else frozenset({status})
            data.rows += [Row(candidate.features, names, annotated.name) for candidate in group]
            if item:
                data.demands.append(Demand(status, tuple(range(first, len(data.rows)))))


class Days:
    """The decision `instrument_day`."""

    NAME = instrument_days.DECISION
    LABELS = (instrument_days.NONE, instrument_days.CHOSEN)
    STRENGTH = 0.3

    @staticmethod
    def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
        """Add the days of one text for each of its instruments."""
        meetings, coming = _events(annotated, opened, "meetings"), _events(annotated, opened, "references")
        deeds = _deeds(annotated, opened)
        for deed, item in deeds:
            gold, able = str(item.get("date") or ""), []
            others = [other for other, _ in deeds]
            for day in instrument_days.day_candidates(opened.facts, opened.syntax, deed, others, meetings, coming):
                right = bool(gold) and same_date(gold, day.date.value)
                able += [len(data.rows)] if right else []
                data.rows.append(
                    Row(day.features, frozenset({"none", "chosen"} if right else {"none"}), annotated.name)
                )
            if able:
                data.demands.append(Demand("chosen", tuple(able)))


class Signatories:
    """The decision `signatory`."""

    NAME = signatories.DECISION
    LABELS = (signatories.NONE, signatories.SIGNS)
    STRENGTH = 0.3

    @staticmethod
    def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
        """Add the persons of one text for each of its instruments."""
        meetings = _events(annotated, opened, "meetings")
        deeds = _deeds(annotated, opened)
        for deed, item in deeds:
            names = [str(name) for name in item.get("signatories") or ()]
            others = [other for other, _ in deeds]
            for one in signatories.signatory_candidates(opened.facts, opened.syntax, deed, others, meetings):
                signs = any(same_name(name, one.person.name) for name in names)
                data.rows.append(Row(one.features, frozenset({"signs" if signs else "none"}), annotated.name))


def matched(annotated: Annotated, opened: Opened) -> list[tuple[list[Candidate], Item | None]]:
    """Return the groups of namings of one text, each with the gold's instrument that it names, or None."""
    groups = find_candidates(opened.facts, opened.syntax, _events(annotated, opened, "meetings"))
    items = annotated.gold.get("instruments", ())
    ranked = sorted(
        ((_likeness(opened, group, item), -i, -j) for i, group in enumerate(groups) for j, item in enumerate(items)),
        reverse=True,
    )
    found: dict[int, Item] = {}
    taken: set[int] = set()
    for value, i, j in ranked:
        if value > 0 and -i not in found and -j not in taken:
            found[-i] = items[-j]
            taken.add(-j)
    return [(group, found.get(i)) for i, group in enumerate(groups)]


def _likeness(opened: Opened, group: Sequence[Candidate], item: Item) -> float:
    naming = group[0].naming
    if naming.kind != _kind(item):
        return 0.0
    title = words(str(item.get("title_short") or item.get("title") or ""))
    namings = [candidate.naming for candidate in group]
    shares = [len(title & own) / max(1, len(title | own)) for own in (words(one.title) for one in namings)]
    lasting = any(one.period and one.period == item.get("period") for one in namings)
    return 1 + 2 * max(shares) + 2 * lasting + any(_has_day(opened, one, item) for one in namings)


def _has_day(opened: Opened, naming: Naming, item: Item) -> bool:
    """Whether the gold's day stands beside the phrase."""
    near = opened.facts.dates_in(naming.head.end, min(naming.sentence.end, naming.end + _NAMED_DAY))
    days = [resolve(mention, opened.facts.context) for mention in near] if item.get("date") else []
    return any(day is not None and same_date(str(item["date"]), day.value) for day in days)


def _kind(item: Item) -> str:
    return str(item.get("kind") or item.get("type"))


def _deeds(annotated: Annotated, opened: Opened) -> list[tuple[Deed, Item]]:
    """The instruments as the gold has them, with the namings that the reader finds."""
    found = []
    for group, item in matched(annotated, opened):
        if item is not None:
            naming = group[0].naming
            deed = Deed(naming.kind, naming.title, str(item["status"]), naming.start, naming.end, naming.sentence)
            deed.namings = in_report([candidate.naming for candidate in group])
            found.append((deed, item))
    return found


def _events(annotated: Annotated, opened: Opened, what: str) -> list[Event]:
    """The gold's meetings or references as the frames see them; where in the text they stand is not known."""
    document = opened.facts.document
    found = []
    for item in annotated.gold.get(what, ()) if document.sentences else ():
        place = document.text.find(str(item.get("series") or item.get("type") or "\0"))
        sentence = document.sentence_at(max(place, 0))
        event = Event(sentence.start, sentence.end, sentence, "", verb=False, time="past", definite=False)
        event.when = str(item.get("when") or "")
        event.people = [person.name for person in opened.facts.people_in(sentence.start, sentence.end)]
        try:
            event.date = PartialDate(str(item["date"]).replace("-XX", "")) if item.get("date") else None
        except NotADate:
            event.date = None
        if event.date is not None:
            event.marks["date"] = Mark(sentence.start, sentence.end, "gold")
        found.append(event)
    return found
