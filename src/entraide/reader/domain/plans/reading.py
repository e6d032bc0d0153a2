"""Plans and minutes: whether a tree is one, and what it says; pure, never raises on any tree."""

from dataclasses import dataclass, replace
from datetime import date

import regex

from entraide.documents.domain.tree import Block, DocumentTree, Paragraph
from entraide.reader.domain.plans.calendar_spans import Frame
from entraide.reader.domain.plans.clauses import Clause, clause_of
from entraide.reader.domain.plans.days import find_day, find_period
from entraide.reader.domain.plans.drafts import Draft
from entraide.reader.domain.plans.front import Title, find_title, front_of, lines_of, party_lines, plain_lines
from entraide.reader.domain.plans.labelled import with_cards
from entraide.reader.domain.plans.sides import Sides, find_sides
from entraide.reader.domain.plans.signers import Signer, signers_of_columns, signers_of_lines
from entraide.reader.domain.plans.unfolding import unfold
from entraide.reader.domain.plans.walking import Found, Walk
from entraide.reader.domain.plans.words import PlanWords, any_begins, any_has, load_words

LONGEST_TEXT = 5000
"""Characters of a paragraph or cell that are read; no clause is longer."""
LONGEST_DOCUMENT = 400_000
"""Characters; a plan has some ten thousand, and what is longer could not be kept as a source."""
_FEW_POINTS = 2
_TITLE = 160
_MENU = regex.compile(r"\S \| \S[^|\n]{0,60} \| \S|\S > \S")


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A plan, minutes or the like, read: its instrument and its clauses; offsets count in the tree's text.

    `date` and `period` are EDTF or empty; `points` counts numbered and bulleted points; `is_closed` says that it ends
    as what is signed does.
    """

    heading: Title | None
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

    @property
    def kind(self) -> str:
        """Minutes, memorandum, plan, declaration or agreement; empty where the title names none."""
        return self.heading.kind if self.heading else ""

    @property
    def title(self) -> str:
        """The title without the parties, empty without one."""
        return self.heading.text if self.heading else ""

    @property
    def title_start(self) -> int:
        """Where the title begins."""
        return self.heading.start if self.heading else 0


def find_plan(tree: DocumentTree, language: str) -> PlanDocument | None:
    """Return the plan that a document is, None where it is none, or a report about one."""
    if len(tree.text) > LONGEST_DOCUMENT:
        return None
    words = load_words(language)
    if not _may_be_plan(with_cards(tree, words), words):
        return None
    plan = read_plan(tree, language)
    return plan if _is_plan(plan) else None


def _may_be_plan(tree: DocumentTree, words: PlanWords) -> bool:
    """Whether it is worth reading whole: it has a table, or a title above points or a closing formula; cheap."""
    if any(len(block.rows) > 1 and len(block.rows[0]) > 1 for block in tree.tables):
        return True
    return _has_points_below_title(tree, words)


def _has_points_below_title(tree: DocumentTree, words: PlanWords) -> bool:
    lines = list(tree.paragraphs)
    points = sum(bool(line.marker) for line in lines)
    if points < _FEW_POINTS and not any(words.begins("signed_at", line.text) for line in lines):
        return False
    front = front_of(lines)
    if any(_MENU.search(line.text) for line in front):
        return False  # a page of the web, which reports
    title = find_title(front, words)
    return title is not None and not words.has("title_verbs", title.line[:_TITLE])


def _is_plan(plan: PlanDocument) -> bool:
    """A title that names an instrument over a table, points or a closing formula; a table that says who and when."""
    clauses = len(plan.clauses)
    if plan.has_tables:
        return bool(plan.kind) or sum(map(_tells, plan.clauses)) >= max(2, clauses // 2)
    if not clauses or plan.heading is None or not _is_title(plan.heading, signed=bool(plan.signers)):
        return False
    return plan.points >= _FEW_POINTS or (plan.is_closed and clauses > 1)


def _tells(clause: Clause) -> bool:
    """Whether a clause says who or when."""
    return bool(clause.leads or clause.due or clause.rhythm)


def _is_title(title: Title, *, signed: bool) -> bool:
    """A title names an instrument and says nothing of it; `A and B sign a plan` heads a report.

    A joint statement is one where it is signed.
    """
    first = next((character for character in title.line if character.isalnum()), "")
    if not (first.isupper() or first.isdigit()) or any(mark in title.line for mark in ">|?!"):
        return False
    if title.kind == "declaration" and not signed:
        return False
    return not any_has("title_verbs", title.line.partition("\n")[0][:_TITLE])


def read_plan(tree: DocumentTree, language: str) -> PlanDocument:
    """Return what a document says as a plan, whether it is one or not."""
    unfolded = unfold(_bounded(tree), language)
    words = load_words(unfolded.language)
    tree = with_cards(unfolded.tree, words)
    lines, plain = lines_of(tree), plain_lines(tree)
    front = front_of(lines)
    title = find_title(front, words)
    sides = find_sides(party_lines(front, title), _elsewhere(tree, lines))
    day, day_line = find_day(plain, front, words)
    period, span = find_period(title, plain, front, words)
    first, last = span or (None, None)
    frame = Frame(words.language, first, last, _date(day))
    minutes = title is not None and title.kind == "minutes"
    found = Walk(words, sides, frame, minutes=minutes).through(tree, title.start if title else -1)
    for draft in found.drafts:
        draft.texts = draft.texts or dict(unfolded.beside.get(draft.start, {}))
    signers = _signers(found, sides)
    signed = day_line is not None and any_has("signed_at", day_line.text)
    return PlanDocument(
        title, day, day_line, period, tuple(signers), sides.states,
        tuple(clause_of(draft, words, sides, frame) for draft in _without_doubles(found.drafts)),
        found.tables > 0, found.points, bool(found.closing or signers or signed), words.language,
    )  # fmt: skip


def _bounded(tree: DocumentTree) -> DocumentTree:
    """Return `tree` with what is longer than any clause cut: reading stays linear on any document."""
    if all(len(line.text) <= LONGEST_TEXT for line in lines_of(tree)):
        return tree
    return replace(tree, blocks=tuple(_cut(block) for block in tree.blocks))


def _cut(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=block.text[:LONGEST_TEXT])
    rows = (tuple(cell and replace(cell, text=cell.text[:LONGEST_TEXT]) for cell in row) for row in block.rows)
    return replace(block, rows=tuple(rows))


def _date(value: str) -> date | None:
    last = value.rpartition("/")[2]
    return date.fromisoformat(last) if regex.fullmatch(r"\d{4}-\d\d-\d\d", last) else None


def _elsewhere(tree: DocumentTree, lines: list[Paragraph]) -> list[str]:
    """Lines that name parties where the head does not: those that sign, and the headers of tables."""
    signing = [line.text for line in lines if any_begins("signature", line.text)]
    top = [cell for table in tree.tables for row in table.rows[:8] for cell in row if cell is not None]
    headers = [cell.text for cell in top if len(cell.text) < 80]
    return [*signing, *headers, *(line.text for line in lines[:40])]


def _signers(found: Found, sides: Sides) -> list[Signer]:
    for signature in reversed(found.signatures):
        signers = signers_of_columns(signature.columns, sides)
        if signers:
            return signers
    return signers_of_lines(found.closing, sides)


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    return list({(draft.start, draft.text): draft for draft in reversed(drafts)}.values())[::-1]
