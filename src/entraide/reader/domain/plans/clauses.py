"""From a draft to a clause: its language is read field by field, columns before the words of the activity."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import regex

from entraide.reader.domain.plans.calendar_spans import Frame
from entraide.reader.domain.plans.columns import Role
from entraide.reader.domain.plans.domains import domain_of
from entraide.reader.domain.plans.drafts import Draft, Field, Mark, Marks
from entraide.reader.domain.plans.due import Due, parse_due
from entraide.reader.domain.plans.leading import leads_of
from entraide.reader.domain.plans.quantities import number_of, quantity_of
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.statuses import (
    done_on,
    remark_of,
    status_of_cell,
    status_of_heading,
    status_of_text,
)
from entraide.reader.domain.plans.timing import due_of
from entraide.reader.domain.plans.units import Leads
from entraide.reader.domain.plans.words import PlanWords, any_is, load_words

_LONGEST_REMARK = 90
_LONGEST_INDICATOR = 160
_TIMES = regex.compile(
    r"\s*0?(?P<often>(?:[2-9]|\d\d)\s*(?:lần|fois|times|x)\s*(?:/|par|per|a|mỗi)\s*"
    r"(?:tháng|quý|mois|month|trimestre|quarter))"
)
_CHANGED = regex.compile(r"\b(?:de|from|từ)\s\d+\s(?:à|to|xuống|còn|đến)\s\d+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a plan: a promise, or what became of one.

    `due` are EDTF values, `rhythm` is permanent, monthly, quarterly, half-yearly, yearly or empty; `leads` are units by
    party; `quantity` is a number with its words; `marks` say where each field was read.
    """

    number: str
    text: str
    start: int
    end: int
    domain: str
    status: str
    due: tuple[str, ...] = ()
    rhythm: str = ""
    leads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    support: tuple[str, ...] = ()
    quantity: str = ""
    indicator: str = ""
    done_on: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)


def clause_of(draft: Draft, words: PlanWords, sides: Sides, frame: Frame) -> Clause:
    """Return the clause that a draft becomes."""
    texts = {code: text for code, text in draft.texts.items() if code != "und"}
    if len(texts) > 1 and words.language not in texts:
        words = load_words(next(iter(texts)))
    text = texts.get(words.language, draft.text)
    where = "the activity's cell" if draft.in_table else "the point or sentence"
    marks: dict[str, Mark] = {"text": (draft.start, draft.end, where)}
    status = _status(draft, text, words, marks)
    plain = _without_remark(text, words) if draft.in_table else text
    due = due_of(draft, plain, words, frame, marks, past=draft.review and status == "done")
    open_still = status not in ("dropped", "done")
    leads = leads_of(draft, plain, words, sides, marks)
    return Clause(
        draft.number.strip().rstrip("." if "(" in draft.number else ".)"),
        " ".join(plain.split()),
        draft.start,
        draft.end,
        domain_of(plain, words, draft.group, draft.heading, draft.lead_in, units=_names(leads)),
        status,
        leads={code: tuple(units) for code, units in leads.sides.items()},
        support=tuple(leads.support),
        quantity=_quantity(draft, plain, words, marks),
        indicator=_indicator(draft, marks),
        texts=texts if len(texts) > 1 else {},
        marks=marks,
        **_times(due) if open_still else {"done_on": _done_on(draft, text, words, frame) if status == "done" else ""},
    )


def _times(due: Due) -> dict[str, object]:
    return {"due": due.values, "rhythm": due.rhythm}


def _without_remark(text: str, words: PlanWords) -> str:
    remark, cut = remark_of(text, words)
    return text[:cut].rstrip(" –—-,;(") if remark else text


def _names(leads: Leads) -> list[str]:
    names = {unit for units in leads.sides.values() for unit in units} | set(leads.support)
    return sorted(names, key=len, reverse=True)


def _status(draft: Draft, text: str, words: PlanWords, marks: Marks) -> str:
    for item, said, reason in _told_statuses(draft, words):
        if said:
            marks["status"] = (item.start, item.end, reason)
            return said
    marks["status"] = (draft.start, draft.end, "the clause's own words")
    review = draft.review and (draft.in_table or not draft.of(Role.STATUS))
    return status_of_heading(draft.heading, words) or status_of_text(text, words, review=review)


def _told_statuses(draft: Draft, words: PlanWords) -> Iterator[tuple[Field, str, str]]:
    for item in draft.of(Role.STATUS):
        yield item, status_of_cell(item.text, words.language), "the column or label for the status"
    for item in (*draft.of(Role.DUE), *draft.of(Role.NOTE, Role.OTHER)):
        said = status_of_cell(item.text, words.language) if len(item.text) < _LONGEST_REMARK else ""
        if said == "dropped" or (said in ("done", "ongoing") and item.role is Role.NOTE):
            yield item, said, "a remark beside the clause"


def _quantity(draft: Draft, text: str, words: PlanWords, marks: Marks) -> str:
    own = quantity_of(text, words)
    if own:
        marks["quantity"] = (draft.start, draft.end, "a number in the clause")
        return own
    for item, said, reason in _told_quantities(draft, words):
        if said:
            marks["quantity"] = (item.start, item.end, reason)
            return said
    return ""


def _told_quantities(draft: Draft, words: PlanWords) -> Iterator[tuple[Field, str, str]]:
    for item in draft.of(Role.TARGET):
        yield item, number_of(item.text), "the column for targets"
    for item in draft.of(Role.DUE):
        often = _TIMES.match(item.text)
        yield item, often["often"].strip() if often else "", "how often, in the column for time"
    for item in draft.of(Role.INDICATOR):
        # `réduit de 120 à 60` promises no number of things.
        if len(item.text) < _LONGEST_INDICATOR and not _CHANGED.search(item.text):
            yield item, quantity_of(item.text, words), "a number in the indicator"


def _indicator(draft: Draft, marks: Marks) -> str:
    for item in draft.of(Role.INDICATOR):
        if not any_is("none", item.text):
            marks["indicator"] = (item.start, item.end, "the column or label for the indicator")
            return " ".join(item.text.split())
    return ""


def _done_on(draft: Draft, text: str, words: PlanWords, frame: Frame) -> str:
    for item in draft.of(Role.STATUS, Role.DUE, Role.NOTE):
        said = parse_due(item.text, frame).values
        if said:
            return said[-1]
    return done_on(text, words, frame)
