"""Rows of the decision `meeting`: the role of a mention."""

from collections.abc import Mapping
from typing import Any

from entraide.reader.domain.meetings import DECISION, EARLIER, LATER, NONE, REPORTED
from entraide.reader.domain.mentions import Mention, find_mentions
from tools.reader_fit.fitting import Demand, Row, Rows
from tools.reader_fit.gold import same_date, words
from tools.reader_fit.opened import Opened
from tools.reader_fit.texts import Annotated

NAME = DECISION
LABELS = (NONE, REPORTED, EARLIER, LATER)
STRENGTH = 0.3
_SHARE = 0.4


def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
    """Add the mentions of one text, with the roles that its gold leaves open."""
    mentions = find_mentions(opened.facts, opened.syntax)
    first = len(data.rows)
    for mention in mentions:
        data.rows.append(Row(mention.features, _open(mention, annotated.gold), annotated.name, annotated.weight, NONE))
    for meeting in annotated.gold.get("meetings", ()):
        able = tuple(
            first + n for n, m in enumerate(mentions) if REPORTED in data.rows[first + n].open and _fits(m, meeting)
        )
        if able:
            data.demands.append(Demand(REPORTED, able))
    for reference in annotated.gold.get("references", ()):
        when = str(reference.get("when") or EARLIER)
        able = tuple(
            first + n for n, m in enumerate(mentions) if when in data.rows[first + n].open and _is(m, reference)
        )
        if able:
            data.demands.append(Demand(when, able))


def _open(mention: Mention, gold: Mapping[str, Any]) -> frozenset[str]:
    meetings, references = gold.get("meetings", ()), gold.get("references", ())
    if any(_is_named(mention, meeting) and _fits(mention, meeting) for meeting in meetings):
        return frozenset({REPORTED})
    for reference in references:
        if _is(mention, reference) and not any(_is(mention, meeting) for meeting in meetings):
            return frozenset({str(reference.get("when") or EARLIER)})
    if mention.ordinal:
        numbered = [m for m in meetings if m.get("ordinal")]
        if any(_same_number(mention, meeting) for meeting in numbered):
            return frozenset({REPORTED})
        if numbered:
            return frozenset({NONE})
    found = {NONE}
    if any(_fits(mention, meeting) for meeting in meetings):
        found.add(REPORTED)
    for reference in references:
        if not reference.get("ordinal") and not reference.get("date"):
            found.add(str(reference.get("when") or EARLIER))
    return frozenset(found)


def _is_named(mention: Mention, meeting: Mapping[str, Any]) -> bool:
    """Whether the annotator gave the meeting the name that stands here."""
    named = words(str(meeting.get("type") or ""))
    return bool(named) and len(named & words(mention.type)) / len(named | words(mention.type)) > _SHARE


def _same_number(mention: Mention, item: Mapping[str, Any]) -> bool:
    return bool(mention.ordinal) and str(item.get("ordinal") or "").rstrip("eèm") == str(mention.ordinal)


def _is(mention: Mention, item: Mapping[str, Any]) -> bool:
    """Whether number or day show that the mention is the item."""
    if _same_number(mention, item):
        return True
    return bool(mention.date and item.get("date")) and same_date(
        str(item["date"]), mention.date.value if mention.date else ""
    )


def _fits(mention: Mention, meeting: Mapping[str, Any]) -> bool:
    """Whether nothing speaks against it."""
    if mention.ordinal and meeting.get("ordinal") and not _same_number(mention, meeting):
        return False
    if mention.dated is not None and mention.dated.exact and mention.date and meeting.get("date"):
        gold, own = str(meeting["date"]), mention.date.value
        return same_date(gold, own) or "/" in gold or "/" in own or len(gold) < 10
    return True
