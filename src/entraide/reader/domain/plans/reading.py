"""Plans and minutes: whether a tree is one, and what it says; pure, never raises on any tree."""

from dataclasses import dataclass
from datetime import date

import regex

from entraide.documents.domain.tree import DocumentTree, Paragraph, Table
from entraide.reader.domain.plans.clauses import Clause, clause_of
from entraide.reader.domain.plans.drafts import Draft
from entraide.reader.domain.plans.calendar_spans import Frame
from entraide.reader.domain.plans.front import (
    find_day,
    find_period,
    find_title,
    front_of,
    lines_of,
    party_lines,
    plain_lines,
)
from entraide.reader.domain.plans.sides import Sides, find_sides
from entraide.reader.domain.plans.signers import Signer, signers_of_columns, signers_of_lines
from entraide.reader.domain.plans.unfolding import unfold
from entraide.reader.domain.plans.walking import Found, Walk
from entraide.reader.domain.plans.words import PlanWords, any_begins, any_has, load_words

_FEW_POINTS = 2


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A plan, minutes or the like, read: its instrument and its clauses; offsets count in the tree's text."""

    kind: str
    title: str
    title_start: int
    title_line: str
    date: str
    date_line: Paragraph | None
    period: str
    signers: tuple[Signer, ...]
    parties: tuple[str, ...]
    clauses: tuple[Clause, ...]
    has_tables: bool
    points: int
    is_closed: bool
    language: str


def is_plan(tree: DocumentTree, language: str) -> bool:
    """Whether a document is a plan, minutes or another instrument with clauses, and no report about one."""
    return find_plan(tree, language) is not None


def find_plan(tree: DocumentTree, language: str) -> PlanDocument | None:
    """Return the plan that a document is, None where it is none."""
    if not _may_be_plan(tree, load_words(language)):
        return None
    plan = read_plan(tree, language)
    return plan if _worth(plan) else None


def _may_be_plan(tree: DocumentTree, words: PlanWords) -> bool:
    """Whether it is worth reading whole: it has a table, or a title above points or a closing formula; cheap."""
    if any(len(block.rows) > 1 and len(block.rows[0]) > 1 for block in tree.tables):
        return True
    lines = list(tree.paragraphs)
    if sum(bool(line.marker) for line in lines) < _FEW_POINTS and not any(
        words.begins("signed_at", line.text) for line in lines
    ):
        return False
    title = find_title(front_of(lines), words)
    return title is not None and not words.has("title_verbs", title.line[:160])


def _worth(plan: PlanDocument) -> bool:
    """A title that names an instrument over a table, over points, or over a closing formula; a table alone where it says who and when."""
    clauses = len(plan.clauses)
    if not clauses:
        return False
    if plan.has_tables:
        telling = sum(bool(clause.leads) or bool(clause.due) or bool(clause.rhythm) for clause in plan.clauses)
        return bool(plan.kind) or telling >= max(2, clauses // 2)
    if not plan.kind or not _is_title(plan):
        return False
    return plan.points >= _FEW_POINTS or (plan.is_closed and clauses >= 2)


def _is_title(plan: PlanDocument) -> bool:
    """A title names an instrument and says nothing of it: `A and B sign a plan` heads a report; a joint statement is signed."""
    text = plan.title_line
    first = next((character for character in text if character.isalnum()), "")
    if not (first.isupper() or first.isdigit()) or any(mark in text for mark in ">|?!"):
        return False
    if plan.kind == "declaration" and not plan.signers:
        return False
    return not any_has("title_verbs", text.split("\n")[0][:160])


def read_plan(tree: DocumentTree, language: str) -> PlanDocument:
    """Return what a document says as a plan, whether it is one or not."""
    unfolded = unfold(tree, language)
    tree, language = unfolded.tree, unfolded.language
    words = load_words(language)
    lines = lines_of(tree)
    front = front_of(lines)
    title = find_title(front, words)
    sides = find_sides(party_lines(front, title), _elsewhere(tree, lines))
    kind = title.kind if title else ""
    plain = plain_lines(tree)
    day, day_line = find_day(plain, front, words, kind)
    period, first, last = find_period(title, plain, front, words)
    frame = Frame(language, first, last, _date(day))
    found = Walk(words, sides, frame, minutes=kind == "minutes").through(tree, title.start if title else -1)
    signers = _signers(found, sides)
    for draft in found.drafts:
        draft.texts = draft.texts or dict(unfolded.beside.get(draft.start, {}))
    clauses = tuple(clause_of(draft, words, sides, frame) for draft in _without_doubles(found.drafts))
    title_text, title_start, line = (title.text, title.start, title.line) if title else ("", 0, "")
    return PlanDocument(
        kind, title_text, title_start, line, day, day_line, period, tuple(signers), sides.states, clauses,
        found.tables > 0, found.points, bool(found.closing or signers or (day_line and any_has("signed_at", day_line.text))), language,
    )  # fmt: skip


def _date(value: str) -> date | None:
    last = value.rsplit("/", maxsplit=1)[-1]
    return date.fromisoformat(last) if regex.fullmatch(r"\d{4}-\d\d-\d\d", last) else None


def _elsewhere(tree: DocumentTree, lines: list[Paragraph]) -> list[str]:
    """Lines that name parties where the head does not: those that sign, and the headers of tables."""
    signing = [line.text for line in lines if any_begins("signature", line.text)]
    headers = [
        cell.text
        for block in tree.blocks
        if isinstance(block, Table)
        for row in block.rows[:8]
        for cell in row
        if cell and len(cell.text) < 80
    ]
    return [*signing, *headers, *(line.text for line in lines[:40])]


def _signers(found: Found, sides: Sides) -> list[Signer]:
    for signature in reversed(found.signatures):
        signers = signers_of_columns(signature.columns, sides)
        if signers:
            return signers
    return signers_of_lines(found.closing, sides)


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    seen: set[tuple[int, str]] = set()
    kept: list[Draft] = []
    for draft in drafts:
        key = (draft.start, draft.text)
        if key not in seen:
            seen.add(key)
            kept.append(draft)
    return kept
