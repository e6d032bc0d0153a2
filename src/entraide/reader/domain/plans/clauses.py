"""From a draft to a clause: its language is read field by field, columns before the words of the activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import regex

from entraide.reader.domain.plans.columns import Role
from entraide.reader.domain.plans.domains import domain_of
from entraide.reader.domain.plans.drafts import Draft, Field
from entraide.reader.domain.plans.due import Due, Frame, due_of_sentence, parse_due
from entraide.reader.domain.plans.quantities import number_of, quantity_of
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.statuses import done_on, remark_of, status_of_cell, status_of_heading, status_of_text
from entraide.reader.domain.plans.subjects import any_joint, read_sentence
from entraide.reader.domain.plans.units import Leads, names_only_sides, read_cell
from entraide.reader.domain.plans.words import PlanWords, any_is, load_words

Mark = tuple[int, int, str]
"""Offsets in the tree's text and the rule that read them."""


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
        words = load_words(next(code for code in texts))
    text = texts.get(words.language, draft.text)
    marks: dict[str, Mark] = {
        "text": (draft.start, draft.end, "the activity's cell" if draft.in_table else "the point or sentence")
    }
    status = _status(draft, text, words, marks)
    remark, cut = remark_of(text, words)
    plain = text[:cut].rstrip(" –—-,;(") if remark and draft.in_table else text
    due = _due(draft, plain if remark else text, words, frame, status, marks)
    leads = _leads(draft, plain, words, sides, marks)
    return Clause(
        draft.number.strip().rstrip("." if "(" in draft.number else ".)"),
        " ".join(plain.split()),
        draft.start,
        draft.end,
        domain_of(plain, words, draft.group, draft.heading, draft.lead_in, units=_names(leads)),
        status,
        () if status in ("dropped", "done") else due.values,
        "" if status in ("dropped", "done") else due.rhythm,
        {code: tuple(units) for code, units in leads.sides.items()},
        tuple(leads.support),
        _quantity(draft, plain, words, marks),
        _indicator(draft, marks),
        _done_on(draft, text, words, frame) if status == "done" else "",
        texts if len(texts) > 1 else {},
        marks,
    )


def _names(leads: Leads) -> list[str]:
    return sorted(
        {unit for units in leads.sides.values() for unit in units} | set(leads.support), key=len, reverse=True
    )


def _status(draft: Draft, text: str, words: PlanWords, marks: dict[str, Mark]) -> str:
    cells = draft.of(Role.STATUS)
    for item in cells:
        said = status_of_cell(item.text, words.language)
        if said:
            marks["status"] = (item.start, item.end, "the column or label for the status")
            return said
    for item in (*draft.of(Role.DUE), *draft.of(Role.NOTE, Role.OTHER)):
        said = status_of_cell(item.text, words.language)
        if (
            said in ("dropped", "done", "ongoing")
            and (said == "dropped" or item.role is Role.NOTE)
            and len(item.text) < 90
        ):
            marks["status"] = (item.start, item.end, "a remark beside the clause")
            return said
    marks["status"] = (draft.start, draft.end, "the clause's own words")
    if said := status_of_heading(draft.heading, words):
        return said
    return status_of_text(text, words, review=draft.review and not (cells and not draft.in_table))


def _due(draft: Draft, text: str, words: PlanWords, frame: Frame, status: str, marks: dict[str, Mark]) -> Due:
    values: dict[str, None] = {}
    rhythm = ""
    for item in draft.of(Role.DUE):
        said = parse_due(item.text, frame)
        if not said.values and not said.rhythm and item.header:
            said = parse_due(f"{item.text} {item.header}", frame) if any(c.isalnum() for c in item.text) else said
        values |= dict.fromkeys(said.values)
        rhythm = rhythm or said.rhythm
        marks.setdefault("due", (item.start + said.start, item.start + said.end, "the column or label for time"))
    values = _from_start_to_end(draft, frame) or values
    ticks = draft.of(Role.TICK)
    if ticks and not values:
        ticked = [value for item in ticks for value in parse_due(item.header.split(" – ")[-1], frame).values]
        values |= dict.fromkeys(ticked)
        marks["due"] = (ticks[0].start, ticks[-1].end, "the ticked column of the calendar")
    own = due_of_sentence(text, words, frame, past=draft.review and status == "done")
    if not values and not (rhythm and draft.of(Role.DUE) and not own.values):
        values = dict.fromkeys(own.values)
        marks.setdefault("due", (draft.start + own.start, draft.start + own.end, "a time in the clause"))
    if not (values or rhythm or own.rhythm):
        marks.pop("due", None)
    return Due(tuple(values), rhythm or own.rhythm)


def _from_start_to_end(draft: Draft, frame: Frame) -> dict[str, None]:
    """A column for the start and one for the end: a span, or the end alone."""
    named: dict[str, str] = {}
    for item in draft.of(Role.DUE):
        header = item.header.split(" – ")[-1]
        said = parse_due(item.text, frame).values
        for name in ("starts", "ends"):
            if any_is(name, header) and len(said) == 1:
                named[name] = said[0]
    if len(named) < 2:
        return {}
    first, last = named["starts"].split("/")[0], named["ends"].split("/")[-1]
    return {last if first == last else f"{first}/{last}": None}


def _leads(draft: Draft, text: str, words: PlanWords, sides: Sides, marks: dict[str, Mark]) -> Leads:
    found = Leads()
    fields = [item for item in draft.of(Role.LEAD) if not names_only_sides(item.text, sides)]
    named = {code for item in draft.of(Role.LEAD) if item not in fields for *_, code in sides.named_in(item.text)}
    spread = _shared(fields)
    for item in fields:
        found_here = read_cell(item.text, sides, "" if item.start in spread else item.state)
        if item.start in spread and found_here.unknown:
            for code in spread[item.start]:
                for unit in found_here.unknown:
                    found.add(code, unit)
            found_here.unknown.clear()
        _merge(found, found_here)
        marks.setdefault("leads", (item.start, item.end, "the column or label for who leads"))
    for item in draft.of(Role.SUPPORT):
        here = read_cell(item.text, sides, item.state)
        found.support += [unit for units in here.sides.values() for unit in units] + here.unknown
    if fields and named and found.unknown:
        for code in sorted(named):
            for unit in found.unknown:
                found.add(code, unit)
        found.unknown.clear()
    if fields:
        _give_unknown(found, draft, sides)
    if not fields or (found.is_empty() and not draft.in_table):
        support = found.support
        found = read_sentence(text, words, sides, draft.home)
        found.support += support
        if not found.sides and draft.lead_in:
            found = read_sentence(draft.lead_in, words, sides, draft.home)
        marks["leads"] = (draft.start, draft.end, "units in the sentence")
    if not found.sides:
        marks.pop("leads", None)
    return found


def _shared(fields: Sequence[Field]) -> dict[int, list[str]]:
    """Cells that stand in the columns of several parties: one unit of both."""
    where: dict[int, list[str]] = {}
    for item in fields:
        if item.state:
            where.setdefault(item.start, []).append(item.state)
    return {start: states for start, states in where.items() if len(states) > 1}


def _merge(into: Leads, other: Leads) -> None:
    for code, units in other.sides.items():
        for unit in units:
            into.add(code, unit)
    for unit in other.unknown:
        into.add("", unit)
    into.support += [unit for unit in other.support if unit not in into.support]


def _give_unknown(leads: Leads, draft: Draft, sides: Sides) -> None:
    """Units of a column of all parties: joint ones are everybody's; as many as parties go in their order; else the heading's."""
    waiting = list(leads.unknown)
    if not waiting:
        return
    if all(any_joint(unit) for unit in waiting):
        targets = [(code, unit) for code in sides.states for unit in waiting]
    elif draft.home:
        targets = [(draft.home, unit) for unit in waiting]
    elif len(waiting) == len(sides.states) and not leads.sides:
        targets = list(zip(sides.states, waiting, strict=True))
    elif len(waiting) == 1 and len(leads.sides) == 1 and (other := sides.other(next(iter(leads.sides)))):
        targets = [(other, waiting[0])]
    else:
        return
    for code, unit in targets:
        leads.add(code, unit)
    leads.unknown.clear()


def _quantity(draft: Draft, text: str, words: PlanWords, marks: dict[str, Mark]) -> str:
    own = quantity_of(text, words)
    if own:
        marks["quantity"] = (draft.start, draft.end, "a number in the clause")
        return own
    for item in draft.of(Role.TARGET):
        if said := number_of(item.text):
            marks["quantity"] = (item.start, item.end, "the column for targets")
            return said
    for item in draft.of(Role.DUE):
        if times := regex.match(
            r"\s*0?([2-9]|\d\d)\s*(?:lần|fois|times|x)\s*(?:/|par|per|a|mỗi)\s*(?:tháng|quý|mois|month|trimestre|quarter)",
            item.text,
        ):
            marks["quantity"] = (item.start, item.end, "how often, in the column for time")
            return times[0].strip().lstrip("0")
    for item in draft.of(Role.INDICATOR):
        if (said := quantity_of(item.text, words)) and len(item.text) < 160:
            marks["quantity"] = (item.start, item.end, "a number in the indicator")
            return said if _promises_number(item.text) else ""
    return ""


def _promises_number(text: str) -> bool:
    """`8 bulletins échangés` promises; `réduit de 120 à 60`, `at least` a rate of something else does not by itself."""
    return regex.search(r"\b(?:de|from|từ)\s\d+\s(?:à|to|xuống|còn|đến)\s\d+", text) is None


def _indicator(draft: Draft, marks: dict[str, Mark]) -> str:
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
