"""Who leads the clause of a draft: its columns and labels for units, else the units in its words."""

from collections.abc import Iterable, Sequence

from entraide.reader.domain.plans.columns import Role
from entraide.reader.domain.plans.drafts import Draft, Field, Marks
from entraide.reader.domain.plans.settling import any_joint
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.subjects import read_sentence
from entraide.reader.domain.plans.units import Leads, names_only_sides, read_cell
from entraide.reader.domain.plans.words import PlanWords


def leads_of(draft: Draft, text: str, words: PlanWords, sides: Sides, marks: Marks) -> Leads:
    """Return the leading and the supporting units of a clause."""
    fields = [item for item in draft.of(Role.LEAD) if not names_only_sides(item.text, sides)]
    found = _of_fields(fields, sides, marks)
    if fields:
        _give_to_named(found, draft, fields, sides)
        _give_unknown(found, draft, sides)
    if not fields or (found.is_empty() and not draft.in_table):
        found = _of_words(draft, text, words, sides)
        if found.sides:
            marks["leads"] = (draft.start, draft.end, "units in the sentence")
    for item in draft.of(Role.SUPPORT):
        here = read_cell(item.text, sides, item.state)
        found.support += [unit for units in here.sides.values() for unit in units] + here.unknown
    return found


def _of_fields(fields: Sequence[Field], sides: Sides, marks: Marks) -> Leads:
    found = Leads()
    shared = _shared(fields)
    for item in fields:
        here = read_cell(item.text, sides, "" if item.start in shared else item.state)
        if item.start in shared:
            here.give(shared[item.start])
        found.merge(here)
        marks.setdefault("leads", (item.start, item.end, "the column or label for who leads"))
    return found


def _of_words(draft: Draft, text: str, words: PlanWords, sides: Sides) -> Leads:
    found = read_sentence(text, words, sides, draft.home)
    if not found.sides and draft.lead_in:
        return read_sentence(draft.lead_in, words, sides, draft.home)
    return found


def _shared(fields: Iterable[Field]) -> dict[int, list[str]]:
    """Cells that stand in the columns of several parties: one unit of both."""
    where: dict[int, list[str]] = {}
    for item in fields:
        if item.state:
            where.setdefault(item.start, []).append(item.state)
    return {start: states for start, states in where.items() if len(states) > 1}


def _give_to_named(found: Leads, draft: Draft, fields: Sequence[Field], sides: Sides) -> None:
    """A column beside that of the units names the party: `Togo`, `Togo et Bénin`."""
    others = [item for item in draft.of(Role.LEAD) if item not in fields]
    named = sorted({code for item in others for *_, code in sides.named_in(item.text)})
    if named:
        found.give(named)


def _give_unknown(found: Leads, draft: Draft, sides: Sides) -> None:
    """Units of a column of all parties: joint ones are everybody's, those below a party's heading that party's."""
    waiting = list(found.unknown)
    if waiting and all(any_joint(unit) for unit in waiting):
        found.give(sides.states)
    elif waiting and draft.home:
        found.give([draft.home])
    elif waiting and len(waiting) == len(sides.states) and not found.sides:
        found.give_each(sides.states)
    elif len(waiting) == 1 and len(found.sides) == 1 and (other := sides.other(next(iter(found.sides)))):
        found.give([other])
