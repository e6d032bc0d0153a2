"""When the clause of a draft is due: its columns and labels for time, a ticked calendar, else its own words."""

from entraide.reader.domain.plans.calendar_spans import Frame
from entraide.reader.domain.plans.columns import Role
from entraide.reader.domain.plans.drafts import Draft, Marks
from entraide.reader.domain.plans.due import Due, due_of_sentence, parse_due
from entraide.reader.domain.plans.words import PlanWords, any_is, every_language


def due_of(draft: Draft, text: str, words: PlanWords, frame: Frame, marks: Marks, *, past: bool) -> Due:
    """Return when the clause is due; `past` where days before the signing count, for what was done."""
    columns = _by_columns(draft, frame, marks)
    own = due_of_sentence(text, words, frame, past=past)
    values, rhythm = columns.values, columns.rhythm
    if not values and (own.values or not rhythm):
        values = own.values
        if values or own.rhythm:
            marks.setdefault("due", (draft.start + own.start, draft.start + own.end, "a time in the clause"))
    if not values and not past:
        values = _still_to_come(draft, frame, marks)
    return Due(values, rhythm or own.rhythm)


def _still_to_come(draft: Draft, frame: Frame, marks: Marks) -> tuple[str, ...]:
    """`Under way, to be finished by September`: the days behind the signing that a status says."""
    for item in draft.of(Role.STATUS):
        for words in every_language(frame.language):
            said = due_of_sentence(item.text, words, frame) if frame.signed else Due()
            if said.values:
                marks["due"] = (item.start + said.start, item.start + said.end, "the column or label for the status")
                return said.values
    return ()


def _by_columns(draft: Draft, frame: Frame, marks: Marks) -> Due:
    values: dict[str, None] = {}
    rhythm = ""
    for item in draft.of(Role.DUE):
        said = parse_due(item.text, frame)
        if not said.says and any(character.isalnum() for character in item.text):
            # `2026` above, `March` below.
            said = parse_due(f"{item.text} {item.header}", frame)
        values |= dict.fromkeys(said.values)
        rhythm = rhythm or said.rhythm
        if said.says:
            marks.setdefault("due", (item.start + said.start, item.start + said.end, "the column or label for time"))
    found = _from_start_to_end(draft, frame) or tuple(values) or _ticked(draft, frame, marks)
    return Due(found, rhythm)


def _from_start_to_end(draft: Draft, frame: Frame) -> tuple[str, ...]:
    """A column for the start and one for the end: a span, or the day where both are the same."""
    named: dict[str, str] = {}
    for item in draft.of(Role.DUE):
        said = parse_due(item.text, frame).values
        for name in ("starts", "ends"):
            if len(said) == 1 and any_is(name, item.header.rpartition(" – ")[2]):
                named[name] = said[0]
    if len(named) < 2:
        return ()
    first, last = named["starts"].partition("/")[0], named["ends"].rpartition("/")[2]
    return (last if first == last else f"{first}/{last}",)


def _ticked(draft: Draft, frame: Frame, marks: Marks) -> tuple[str, ...]:
    ticks = draft.of(Role.TICK)
    if not ticks:
        return ()
    marks["due"] = (ticks[0].start, ticks[-1].end, "the ticked column of the calendar")
    return tuple(value for item in ticks for value in parse_due(item.header.rpartition(" – ")[2], frame).values)
