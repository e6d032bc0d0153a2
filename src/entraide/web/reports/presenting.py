"""Reports of errors and their answers in words, for the page of the fact and for the desk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext

from entraide.communiques.api import PastAct
from entraide.journal.api import ActView, act_kind_of, list_acts
from entraide.kernel.node import Node
from entraide.programme.api import load_kinds
from entraide.programme.domain.kinds import Kind
from entraide.publication.api import OUTCOMES, ErrorReportView, list_corrections
from entraide.web.register.changes import Touched, present_rows
from entraide.web.register.described import Described, describe_facts


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """An answer in words: what became of the report, when, why, and what the correction changed.

    `taken_back` is when the correction was undone, None while it stands.
    """

    title: str
    at: datetime
    reason: str
    changes: tuple[Touched, ...] = ()
    taken_back: datetime | None = None


def tell_answer(node: Node, report: ErrorReportView) -> ToldAnswer | None:
    """Return the answer to a report in words, None while it is open."""
    answer = report.answer
    if answer is None:
        return None
    title = gettext(OUTCOMES[answer.outcome])
    if answer.act is None:
        return ToldAnswer(title, answer.at, answer.reason)
    act = next(iter(list_acts(node, ids=[answer.act])), None)
    by = next(iter(list_acts(node, ids=[act.undone_by])), None) if act and act.undone_by else None
    past = next((item for item in list_corrections(node, report) if item.act.id == answer.act), None)
    changes = _changes(node, past) if past else ()
    return ToldAnswer(title, answer.at, answer.reason, changes, by.at if by else None)


def summarise_act(node: Node, past: PastAct) -> str:
    """Return an act on a fact in a line: when, what was done, what changed."""
    values = [value for fact in _changes(node, past) for value in fact.values]
    changed = "; ".join(f"{value.label} {value.old or '–'} → {value.new or '–'}"[:90] for value in values[:2])
    day = date_format(past.act.at, "SHORT_DATETIME_FORMAT")
    return " · ".join(part for part in (day, _words(past.act), changed) if part)


def describe_reported(node: Node, reports: Iterable[ErrorReportView]) -> dict[UUID, Described]:
    """Return the facts of reports, without those that stand no more."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for item in reports:
        ids[item.fact_kind].add(item.fact_id)
    kinds = {name: kind for name in ids if (kind := kind_of_fact(name)) is not None}
    found = (describe_facts(node, kind, sorted(ids[name])) for name, kind in kinds.items())
    return {fact_id: fact for facts in found for fact_id, fact in facts.items()}


def kind_of_fact(fact_kind: str) -> Kind | None:
    """Return the kind with a page of which a report names the facts."""
    return next((kind for kind in load_kinds() if kind.has_page and kind.fact == fact_kind), None)


def _changes(node: Node, past: PastAct) -> tuple[Touched, ...]:
    rows = present_rows(node, [(item.place, item.before, item.after) for item in past.changes])
    return tuple(item for item in rows if item.values)


def _words(act: ActView) -> str:
    return gettext(act_kind_of(act.kind).words)


def counts_of(reports: Sequence[ErrorReportView]) -> tuple[int, list[ErrorReportView]]:
    """Return how many reports are open, and those whose answers everyone reads, the latest first."""
    told = [item for item in reports if item.answer is not None and item.answer.outcome.is_public]
    return sum(item.is_open for item in reports), told
