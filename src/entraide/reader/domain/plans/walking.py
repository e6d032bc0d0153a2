"""A walk through a document's blocks: under which heading each stands, and what it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from entraide.documents.domain.tree import DocumentTree, Paragraph, Table
from entraide.reader.domain.plans.drafts import Draft
from entraide.reader.domain.plans.due import Frame
from entraide.reader.domain.plans.points import Point, drafts_of, label_of, nest_points
from entraide.reader.domain.plans.sections import SILENT, Heading, Section, is_heading, level_of, section_of
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.signers import name_of
from entraide.reader.domain.plans.signing import Signature
from entraide.reader.domain.plans.tables import read_table
from entraide.reader.domain.plans.words import PlanWords, any_begins, any_has

_SENTENCE = regex.compile(r"(?<=[\p{Ll}\p{N})»”%]{2}[.!?])\s+(?=[\p{Lu}«“])")
_PROMISE_WORDS = 5


@dataclass(slots=True)
class Walk:
    """What a walk found: clauses, and the lines and columns in which somebody signs."""

    drafts: list[Draft] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    closing: list[Paragraph] = field(default_factory=list)
    points: int = 0
    tables: int = 0


@dataclass(slots=True)
class _Under:
    """The headings above the place that the walk has reached."""

    path: list[Heading] = field(default_factory=list)
    minutes: bool = False

    def enter(self, heading: Heading) -> None:
        while self.path and self.path[-1].level >= heading.level:
            self.path.pop()
        self.path.append(heading)

    def is_left_by(self, paragraph: Paragraph) -> bool:
        """Whether a point goes on with the numbers of a heading: `2. The two sides agree:` behind the heading `1. Review`."""
        return any(_follows(heading.marker, paragraph.marker) for heading in self.path)

    def leave(self, paragraph: Paragraph, section: Section) -> None:
        """Leave the heading whose numbers the point goes on with; the point stands under a nameless one of its level."""
        at = next(number for number, heading in enumerate(self.path) if _follows(heading.marker, paragraph.marker))
        level = self.path[at].level
        del self.path[at:]
        kind = section if paragraph.text.rstrip().endswith(":") else Section.COMMITMENTS
        self.path.append(Heading("", Section.COMMITMENTS if kind is Section.OTHER else kind, level, paragraph.marker))

    @property
    def section(self) -> Section:
        """The section of the innermost heading that announces one."""
        return next((h.section for h in reversed(self.path) if h.section is not Section.OTHER), Section.OTHER)

    @property
    def text(self) -> str:
        return self.path[-1].text if self.path else ""


def walk(tree: DocumentTree, words: PlanWords, sides: Sides, frame: Frame, *, title: int, minutes: bool) -> Walk:
    """Return the clauses and signatures of a document; `title` is where its title begins, what is before it is no heading."""
    found = Walk()
    under = _Under(minutes=minutes)
    waiting: list[Paragraph] = []
    blocks = list(tree.blocks)
    closed = False
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            _flush(waiting, under, words, sides, found)
            review = under.section is Section.REVIEW or section_of(block.title, words.language) is Section.REVIEW
            if under.section not in SILENT:
                _take_table(block, words, sides, frame, found, under, review=review)
            continue
        following = next((b for b in blocks[number + 1 : number + 2] if isinstance(b, Paragraph)), None)
        if block.start <= title and not block.marker:
            continue
        if is_heading(block, following, words) and not (closed and not _announces(block, words)):
            _flush(waiting, under, words, sides, found)
            under.enter(Heading(block.text, section_of(block.text, words.language), level_of(block), block.marker))
            closed = closed and under.section in (Section.OTHER, Section.CONTACTS, Section.CLOSING)
            continue
        if not closed and under.is_left_by(block):
            _flush(waiting, under, words, sides, found)
            under.leave(block, section_of(block.text, words.language))
        late = bool(found.drafts) or bool(found.tables) or number > 0.4 * len(blocks)
        after = following.text if following else ""
        if late and (
            (any_has("signed_at", block.text) and _closes(block.text, words)) or _signs(block.text, after, words, sides)
        ):
            _flush(waiting, under, words, sides, found)
            closed = True
        if closed:
            found.closing.append(block)
        else:
            waiting.append(block)
    _flush(waiting, under, words, sides, found)
    return found


def _follows(marker: str, other: str) -> bool:
    """Whether `other` is the number behind `marker`: `2.` behind `1.`."""
    first, second = regex.fullmatch(r"(\d+)([.)]?)", marker), regex.fullmatch(r"(\d+)([.)]?)", other)
    return bool(first and second and first[2] == second[2] and int(second[1]) == int(first[1]) + 1)


def _announces(paragraph: Paragraph, words: PlanWords) -> bool:
    return section_of(paragraph.text, words.language) is not Section.OTHER


def _closes(text: str, words: PlanWords) -> bool:
    return (
        words.begins("signed_at", text)
        or any_begins("signed_at", text)
        or (regex.search(r"(?:19|20)\d\d", text) is not None and any_has("formula", text))
    )


def _signs(text: str, after: str, words: PlanWords, sides: Sides) -> bool:
    """Whether a line begins the signatures: `For the Republic of Botswana: …`, `Pour le ministère …` above a name."""
    if len(text) > 200 or not any_begins("signature", text) or words.has("modal", text):
        return False
    behind = text.partition(":")[2]
    return bool(name_of(behind)[0] or name_of(after.split("\n", maxsplit=1)[0])[0]) or (
        text.isupper() and bool(sides.state_of(text))
    )


def _take_table(
    table: Table, words: PlanWords, sides: Sides, frame: Frame, found: Walk, under: _Under, *, review: bool
) -> None:
    title = section_of(table.title, words.language) if table.title else Section.OTHER
    if title in (Section.CONTACTS, Section.AGENDA, Section.PARTICIPANTS, Section.NOTES):
        return
    lines: list[Paragraph] = []
    seen = len(found.drafts)
    for event in read_table(table, sides, frame, review=review):
        if isinstance(event, Draft):
            event.heading = under.text or table.title
            event.review = event.review or _is_review_line(lines, words)
            found.drafts.append(event)
        elif isinstance(event, Signature):
            found.signatures.append(event)
        else:
            lines.append(event)
    found.closing += [line for line in lines if any_has("signed_at", line.text)]
    found.tables += len(found.drafts) > seen


def _is_review_line(lines: Sequence[Paragraph], words: PlanWords) -> bool:
    return any(section_of(line.text, words.language) is Section.REVIEW for line in lines[:3])


def _flush(waiting: list[Paragraph], under: _Under, words: PlanWords, sides: Sides, found: Walk) -> None:
    """Read the lines that stood below one heading."""
    lines, waiting[:] = list(waiting), []
    section = under.section
    if section in SILENT or not lines:
        return
    review = section is Section.REVIEW
    home = next((code for heading in reversed(under.path) if (code := sides.state_of(heading.text))), "")
    before: list[Paragraph] = []
    first = next((number for number, line in enumerate(lines) if line.marker), len(lines))
    before, rest = lines[:first], lines[first:]
    for draft in _prose(before, words, under):
        _keep(draft, found, under, review=review, home=home)
    lead = before[-1].text if before and before[-1].text.rstrip().endswith(":") else ""
    if (
        lead
        and section_of(lead, words.language) in (Section.AGENDA, Section.PARTICIPANTS, Section.CONTACTS)
        and not words.has("modal", lead)
    ):
        return
    review = review or (bool(lead) and section_of(lead, words.language) is Section.REVIEW)
    home = sides.state_of(lead) or home if lead else home
    loose: list[Paragraph] = []
    for point in nest_points(rest, words):
        found.points += 1
        loose += _loose(point)
        for draft in drafts_of(point, words, lead_in=lead):
            if is_promise(draft.text, words, minutes=under.minutes, review=review, given=bool(draft.fields)):
                _keep(draft, found, under, review=review, home=home)
    for draft in _prose(loose, words, under):
        _keep(draft, found, under, review=review, home=home)


def _loose(point: Point) -> list[Paragraph]:
    """Lines without a marker below a point that do not go on with it."""
    own = [
        line
        for line in point.further
        if not line.text[:1].islower() and not point.paragraph.text.rstrip().endswith((",", "–", "-"))
    ]
    return own + [line for child in point.children for line in _loose(child)]


def _keep(draft: Draft, found: Walk, under: _Under, *, review: bool, home: str) -> None:
    draft.heading = under.text
    draft.group = draft.group or (under.path[-2].text if len(under.path) > 1 else "")
    draft.review = draft.review or review
    draft.home = draft.home or home
    found.drafts.append(draft)


def _prose(lines: Sequence[Paragraph], words: PlanWords, under: _Under) -> Iterator[Draft]:
    """Sentences of running text that promise; one that only says who or when belongs to the one before."""
    for line in lines:
        last: Draft | None = None
        labelled = label_of(line.text, words)
        if labelled or line.text.rstrip().endswith(":") or words.begins("recital", line.text):
            continue
        for text, start in sentences(line.text, line.start):
            if is_sentence_of_promise(text, words, review=under.section is Section.REVIEW):
                last = Draft("", text, start, start + len(text))
                yield last
            elif last is not None and (label_of(text, words) or words.begins("goes_on", text)):
                last.text, last.end = f"{last.text} {text}", start + len(text)


def sentences(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the sentences of a line with their offsets."""
    position = 0
    for match in [*_SENTENCE.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[position:end]
        if piece.strip():
            yield piece.strip(), start + position + len(piece) - len(piece.lstrip())
        position = match.end() if match else end


def is_sentence_of_promise(text: str, words: PlanWords, *, review: bool) -> bool:
    """Whether a sentence of running text promises: a word that binds or a future, and none of a formula.

    In a review of what was agreed before, one that says what became of it counts too.
    """
    if len(text.split()) < _PROMISE_WORDS or _is_other(text, words):
        return False
    folded = words.fold(text)
    told = review and any(words.pattern(name).search(folded) for name in ("past", "status.ongoing", "status.dropped"))
    return told or _binds(text, words)


def _binds(text: str, words: PlanWords) -> bool:
    folded = words.fold(text)
    if (
        words.pattern("modal").search(folded)
        or words.begins("parties", text)
        or words.pattern("bearing").search(folded)
    ):
        return True
    endings = "|".join(words.lists.get("verb_future", ()))
    return bool(endings) and regex.search(rf"\b\p{{L}}{{3,}}(?:{endings})\b", folded) is not None


def is_promise(text: str, words: PlanWords, *, minutes: bool, review: bool, given: bool) -> bool:
    """Whether a point says what will be done, or in a review what was done: no recital, formula, contact, heading, mere esteem."""
    size = len(text.split())
    if size < 2 or _is_other(text, words):
        return False
    if given or review:
        return True
    folded = words.fold(text)
    if size <= 3 and not words.pattern("nominal").match(folded):
        return False
    if minutes and words.pattern("past").search(folded[:80]) and not _binds(text, words):
        return words.language == "vi"
    return True


def _is_other(text: str, words: PlanWords) -> bool:
    """A recital, a closing formula, a line of a contact list, a note, or mere esteem."""
    folded = words.fold(text)
    if words.begins("recital", text) and not (words.has("modal", text) and not text.rstrip().endswith((";", ","))):
        return True
    if words.pattern("formula").search(folded) or words.begins("note_line", text):
        return True
    contact = words.pattern("contact_line").search(folded)
    if (
        contact
        and len(text.split()) < 16
        and ("@" in text or regex.match(r"\D{0,10}\d[\d .]{2,}", folded[contact.end() :]))
    ):
        return True
    esteem = words.pattern("reaffirm").search(folded[:80])
    return esteem is not None and not words.pattern("modal").search(folded, esteem.end())
