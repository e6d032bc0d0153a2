"""A walk through a document's blocks: under which heading each stands, and what it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from entraide.documents.domain.tree import DocumentTree, Paragraph, Table
from entraide.reader.domain.plans.calendar_spans import Frame
from entraide.reader.domain.plans.drafts import Draft
from entraide.reader.domain.plans.points import Point, drafts_of, label_of, nest_points
from entraide.reader.domain.plans.promises import is_promise, is_sentence_of_promise, sentences
from entraide.reader.domain.plans.sections import SILENT, Heading, Section, is_heading, level_of, section_of
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.signers import name_of
from entraide.reader.domain.plans.signing import Signature
from entraide.reader.domain.plans.tables import read_table
from entraide.reader.domain.plans.words import PlanWords, any_begins, any_has

_LATE = 0.4
_LONGEST_SIGNING = 200
_NO_PLAN = (Section.CONTACTS, Section.AGENDA, Section.PARTICIPANTS, Section.NOTES)
_BEHIND_CLOSING = (Section.OTHER, Section.CONTACTS, Section.CLOSING)
_NUMBER = regex.compile(r"(\d+)([.)]?)")
_YEAR = regex.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class Found:
    """What a walk found: clauses, and the lines and columns in which somebody signs."""

    drafts: list[Draft] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    closing: list[Paragraph] = field(default_factory=list)
    points: int = 0
    tables: int = 0


@dataclass(slots=True)
class Headings:
    """The headings above the place that the walk has reached."""

    path: list[Heading] = field(default_factory=list)

    def enter(self, heading: Heading) -> None:
        """Stand under a heading; those of its level and below are left."""
        while self.path and self.path[-1].level >= heading.level:
            self.path.pop()
        self.path.append(heading)

    def are_left_by(self, paragraph: Paragraph) -> bool:
        """Whether a point goes on with a heading's numbers: `2. The sides agree:` behind the heading `1. Review`."""
        return any(_follows(heading.marker, paragraph.marker) for heading in self.path)

    def leave(self, paragraph: Paragraph, section: Section) -> None:
        """Leave the heading whose numbers the point goes on with; it stands under a nameless one of that level."""
        at = next(number for number, heading in enumerate(self.path) if _follows(heading.marker, paragraph.marker))
        level = self.path[at].level
        del self.path[at:]
        announced = paragraph.text.rstrip().endswith(":") and section is not Section.OTHER
        self.path.append(Heading("", section if announced else Section.COMMITMENTS, level, paragraph.marker))

    @property
    def section(self) -> Section:
        """The section of the innermost heading that announces one."""
        return next((h.section for h in reversed(self.path) if h.section is not Section.OTHER), Section.OTHER)

    @property
    def text(self) -> str:
        """The words of the innermost heading."""
        return self.path[-1].text if self.path else ""

    @property
    def above(self) -> str:
        """The words of the heading above the innermost one."""
        return self.path[-2].text if len(self.path) > 1 else ""

    def party(self, sides: Sides) -> str:
        """Return the party under whose heading it stands, empty without one."""
        return next((code for heading in reversed(self.path) if (code := sides.state_of(heading.text))), "")


class Walk:
    """Walks through a document once; `found` is what it found."""

    def __init__(self, words: PlanWords, sides: Sides, frame: Frame, *, minutes: bool) -> None:
        self.words, self.sides, self.frame, self.minutes = words, sides, frame, minutes
        self.found = Found()
        self.headings = Headings()
        self.waiting: list[Paragraph] = []
        self.closed = False

    def through(self, tree: DocumentTree, title: int) -> Found:
        """Return the clauses and signatures of a document; what stands before `title`, where that begins, is none."""
        blocks = [block for block in tree.blocks if not _is_starred_note(block, tree)]
        for number, block in enumerate(blocks):
            if isinstance(block, Table):
                self._flush()
                self._take_table(block)
            elif block.start > title or block.marker:
                following = blocks[number + 1] if number + 1 < len(blocks) else None
                after = following if isinstance(following, Paragraph) else None
                self._take(block, after, late=number > _LATE * len(blocks))
        self._flush()
        return self.found

    def _take(self, paragraph: Paragraph, following: Paragraph | None, *, late: bool) -> None:
        section = section_of(paragraph.text, self.words.language)
        told = not self.closed or section is not Section.OTHER
        if told and is_heading(paragraph, following, self.words):
            self._enter(Heading(paragraph.text, section, level_of(paragraph), paragraph.marker))
            return
        if not self.closed and self.headings.are_left_by(paragraph):
            self._flush()
            self.headings.leave(paragraph, section)
        self._keep_line(paragraph, following, late=late)

    def _keep_line(self, paragraph: Paragraph, following: Paragraph | None, *, late: bool) -> None:
        """Keep a line for the heading that it stands under, or for the closing, which it may begin."""
        after = following.text if following else ""
        if (late or self.found.drafts) and self._is_closing(paragraph.text, after):
            self._flush()
            self.closed = True
        (self.found.closing if self.closed else self.waiting).append(paragraph)

    def _enter(self, heading: Heading) -> None:
        self._flush()
        self.headings.enter(heading)
        self.closed = self.closed and self.headings.section in _BEHIND_CLOSING

    def _is_closing(self, text: str, after: str) -> bool:
        """Whether a line begins the closing: `Fait à …`, a formula with its year, `For the Republic …` above a name."""
        if _is_formula_of_signing(text):
            return True
        if len(text) > _LONGEST_SIGNING or not any_begins("signature", text) or self.words.has("modal", text):
            return False
        named = name_of(text.partition(":")[2])[0] or name_of(after.partition("\n")[0])[0]
        return bool(named) or (text.isupper() and bool(self.sides.state_of(text)))

    def _take_table(self, table: Table) -> None:
        section = self.headings.section
        titled = section_of(table.title, self.words.language) if table.title else Section.OTHER
        if section in SILENT or titled in _NO_PLAN:
            return
        lines: list[Paragraph] = []
        before = len(self.found.drafts)
        for event in read_table(table, self.sides, self.frame, review=Section.REVIEW in (section, titled)):
            if isinstance(event, Paragraph):
                lines.append(event)
            else:
                self._keep_event(event, self.headings.text or table.title, review=self._announce_review(lines))
        self.found.closing += [line for line in lines if any_has("signed_at", line.text)]
        self.found.tables += len(self.found.drafts) > before

    def _keep_event(self, event: Draft | Signature, heading: str, *, review: bool) -> None:
        """Keep a clause of a table; behind signatures only a heading opens what is promised again."""
        if isinstance(event, Draft):
            event.heading = heading
            event.review = event.review or review
            self.found.drafts.append(event)
        else:
            self.found.signatures.append(event)
            self.closed = self.closed or bool(self.found.drafts)

    def _announce_review(self, lines: Sequence[Paragraph]) -> bool:
        return any(section_of(line.text, self.words.language) is Section.REVIEW for line in lines[:3])

    def _flush(self) -> None:
        """Read the lines that stood below one heading."""
        lines, self.waiting = self.waiting, []
        if not lines or self.headings.section in SILENT:
            return
        before, rest = _at_first_point(lines)
        review, home = self.headings.section is Section.REVIEW, self.headings.party(self.sides)
        for draft in self._prose(before):
            self._keep(draft, review=review, home=home)
        lead = _lead_of(before)
        announced = section_of(lead, self.words.language) if lead else Section.OTHER
        if announced not in _NO_PLAN or self.words.has("modal", lead):
            home = self.sides.state_of(lead) or home
            self._take_points(rest, lead, review=review or announced is Section.REVIEW, home=home)

    def _take_points(self, lines: Sequence[Paragraph], lead: str, *, review: bool, home: str) -> None:
        loose: list[Paragraph] = []
        for point in nest_points(lines, self.words):
            self.found.points += 1
            loose += _loose(point)
            for draft in drafts_of(point, self.words, lead_in=lead):
                given = bool(draft.fields)
                if is_promise(draft.text, self.words, minutes=self.minutes, review=review, given=given):
                    self._keep(draft, review=review, home=home)
        for draft in self._prose(loose):
            self._keep(draft, review=review, home=home)

    def _keep(self, draft: Draft, *, review: bool, home: str) -> None:
        draft.heading = self.headings.text
        draft.group = draft.group or self.headings.above
        draft.review = draft.review or review
        draft.home = draft.home or home
        self.found.drafts.append(draft)

    def _prose(self, lines: Sequence[Paragraph]) -> Iterator[Draft]:
        """Sentences of running text that promise; one that only says who or when belongs to the one before."""
        review = self.headings.section is Section.REVIEW
        for line in lines:
            last: Draft | None = None
            announces = line.text.rstrip().endswith(":") or label_of(line.text, self.words) is not None
            if announces or self.words.begins("recital", line.text):
                continue
            for text, start in sentences(line.text, line.start):
                if is_sentence_of_promise(text, self.words, review=review):
                    last = Draft("", text, start, start + len(text))
                    yield last
                elif last is not None and (label_of(text, self.words) or self.words.begins("goes_on", text)):
                    last.text, last.end = f"{last.text} {text}", start + len(text)


def _is_formula_of_signing(text: str) -> bool:
    if not any_has("signed_at", text):
        return False
    return any_begins("signed_at", text) or (_YEAR.search(text) is not None and any_has("formula", text))


def _at_first_point(lines: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    first = next((number for number, line in enumerate(lines) if line.marker), len(lines))
    return lines[:first], lines[first:]


def _lead_of(before: Sequence[Paragraph]) -> str:
    """The line above points that announces them, empty without one."""
    return before[-1].text if before and before[-1].text.rstrip().endswith(":") else ""


_STAR = regex.compile(r"(?<=[\p{L}\p{N})])\*(?!\w)")


def _is_starred_note(block: Paragraph | Table, tree: DocumentTree) -> bool:
    """`* To be confirmed.` where a star stands behind a word above: a note at the foot and no point of a list."""
    return isinstance(block, Paragraph) and block.marker == "*" and _STAR.search(tree.text, 0, block.start) is not None


def _follows(marker: str, other: str) -> bool:
    """Whether `other` is the number behind `marker`: `2.` behind `1.`."""
    first, second = _NUMBER.fullmatch(marker), _NUMBER.fullmatch(other)
    return bool(first and second and first[2] == second[2] and int(second[1]) == int(first[1]) + 1)


def _loose(point: Point) -> list[Paragraph]:
    """Lines without a marker below a point that do not go on with it."""
    goes_on = point.paragraph.text.rstrip().endswith((",", "–", "-"))
    own = [line for line in point.further if not line.text[:1].islower() and not goes_on]
    return own + [line for child in point.children for line in _loose(child)]
