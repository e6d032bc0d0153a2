"""What the head and the foot of a plan say: kind, title, parties, day, period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import regex

from entraide.documents.domain.tree import Cell, DocumentTree, Paragraph, Table
from entraide.reader.domain.plans.calendar_spans import Frame, edtf, span_of
from entraide.reader.domain.plans.moments import Moment, find_moments
from entraide.reader.domain.plans.words import PlanWords, any_begins, any_has, every_language

KINDS = ("minutes", "memorandum", "plan", "declaration", "agreement")
_FRONT = 14
_LONGEST_TITLE = 260
_BETWEEN = regex.compile(
    r"\s*(?:\n|[,–—-]?\s+\b(?:entre (?=le |la |les |l['’]|\p{Lu})|between\b|giữa\b))", regex.IGNORECASE
)
_MOTTO = regex.compile(
    r"độc lập|liberté|unité|travail|justice|république|republic\b|cộng hòa|hòa bình|peace|paix|un peuple",
    regex.IGNORECASE,
)
_COVERS = regex.compile(
    r"\b(?:covers?|covering|couvr\w+|porte sur|period|périod\w+|periode|durée|duration|valid\w*|valable|applies|s'applique|thời gian thực hiện|thời hạn|giai đoạn|hiệu lực|from|du|từ|validity|in force|en vigueur|exercice|implementation)\b"
)


@dataclass(frozen=True, slots=True)
class Title:
    """The title: its words without the parties, where they stand, its kind, and the whole line."""

    text: str
    start: int
    kind: str
    line: str


def lines_of(tree: DocumentTree) -> list[Paragraph]:
    """Return every line of a document in its order, those of cells too."""
    lines: list[Paragraph] = []
    for block in tree.blocks:
        if isinstance(block, Paragraph):
            lines.append(block)
        else:
            lines += _cells(block)
    return lines


def plain_lines(tree: DocumentTree) -> list[Paragraph]:
    """Return the lines outside of tables, and those that have a row of a table for themselves or sign."""
    lines: list[Paragraph] = []
    for block in tree.blocks:
        if isinstance(block, Paragraph):
            lines.append(block)
            continue
        for row in block.rows:
            filled = [cell for cell in row if cell is not None and cell.text.strip()]
            if (
                len(filled) == 1
                or (filled and all(any_begins("signature", cell.text) for cell in filled))
                or len(row) <= 2
            ):
                lines += [line for cell in filled for line in _lines_of(cell)]
    return lines


def _cells(table: Table) -> Iterable[Paragraph]:
    for cell in table.cells:
        yield from _lines_of(cell)


def _lines_of(cell: Cell) -> Iterable[Paragraph]:
    position = cell.start
    for line in cell.text.split("\n"):
        if line.strip():
            yield Paragraph(line.strip(), position + len(line) - len(line.lstrip()))
        position += len(line) + 1


def front_of(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the first lines: those before the first point, at most a dozen."""
    front: list[Paragraph] = []
    for line in lines[:_FRONT]:
        if line.marker and len(front) > 2 and not line.heading:
            break
        front.append(line)
    return front


def find_title(front: Sequence[Paragraph], words: PlanWords) -> Title | None:
    """Return the line that names the instrument: a noun for one near its beginning; None where none does."""
    best: tuple[float, int, Title] | None = None
    for number, line in enumerate(front):
        text = line.text.strip()
        if len(text) > _LONGEST_TITLE or text.endswith((";", ",")) or words.begins("recital", text):
            continue
        kind, place = kind_of(text, words)
        if not kind:
            continue
        ahead = len(text[:place].split())
        sentence = text.endswith(".") and len(text.split()) > 14
        worth = number + 1.5 * max(0, ahead - 5) + (8 if sentence else 0) - (3 if line.heading or text.isupper() else 0)
        if best is None or worth < best[0]:
            best = (worth, number, Title(text, line.start, kind, text))
    if best is None or best[0] > 12:
        return None
    return _shortened(_completed(best[2], front[best[1] + 1 :]))


def kind_of(text: str, words: PlanWords) -> tuple[str, int]:
    """Return the kind of instrument that `text` names first and where; of words that begin together the longest."""
    found: list[tuple[int, int, str]] = []
    folded = words.fold(text)
    for kind in KINDS:
        match = words.pattern(f"kind.{kind}").search(folded)
        if match:
            found.append((match.start(), -len(match[0]), kind))
    if not found:
        return "", 0
    place, _, kind = min(found)
    # `Agreed Minutes`, `Plan of Action under the Agreement`: the first noun; `Cooperation agreement action plan`: a plan.
    return kind, place


def _completed(title: Title, following: Sequence[Paragraph]) -> Title:
    """`BIÊN BẢN` alone goes on in the next line."""
    if len(title.text.split()) > 2 or not following or following[0].marker or len(following[0].text) > 200:
        return title
    return Title(
        f"{title.text} {following[0].text.strip()}", title.start, title.kind, f"{title.line} {following[0].text}"
    )


def _shortened(title: Title) -> Title:
    cut = _BETWEEN.search(title.text, min(len(title.text), 12))
    text = title.text[: cut.start()].strip(" ,–—-") if cut else title.text
    if len(text.split()) < 2:
        text = title.text
    return Title(text.strip(" .:"), title.start, title.kind, title.line)


def party_lines(front: Sequence[Paragraph], title: Title | None) -> list[str]:
    """Return the lines that may name the parties, the title and what follows it before what stands above it."""
    texts = [line.text for line in front]
    if title is None:
        return texts[:4]
    at = next((number for number, line in enumerate(front) if line.start == title.start), 0)
    after = texts[at : at + 4]
    joined = " ".join(texts[at + 1 : at + 4])
    return [title.line, f"{title.line} {joined}", *after, " ".join(texts[:at]), *texts[at + 4 :]]


# Days


def find_day(
    lines: Sequence[Paragraph], front: Sequence[Paragraph], words: PlanWords, kind: str
) -> tuple[str, Paragraph | None]:
    """Return the day of signing (EDTF) and the line that says it: `Fait à …, le …`, else the day of the meeting."""
    for line in (*front, *reversed(lines)):
        if (
            any_has("signed_at", line.text)
            and len(line.text) < 500
            and not line.marker
            and not words.begins("recital", line.text)
        ):
            day = _day_behind(line.text, words)
            if day:
                return day, line
    early = [line for line in lines[:24] if not words.begins("recital", line.text)]
    for line in early:
        if regex.search(
            r"hôm nay|se sont réuni|s'est tenue|s’est tenue|met (?:in|at|on)|was held|held (?:in|at|on)|diễn ra|tiến hành|^\s*date|ngày \d+ tháng",
            line.text.casefold(),
        ):
            day = _first_day(line.text, words)
            if day:
                return day, line
    for line in (*front, *reversed(lines[-14:])):
        day = _first_day(line.text, words) if len(line.text) < 160 and not line.marker else ""
        if day and not _COVERS.search(words.fold(line.text)):
            return day, line
    return "", None


def _day_behind(text: str, words: PlanWords) -> str:
    """The first whole day behind the words of signing."""
    for one in every_language(words.language):
        match = one.pattern("signed_at").search(one.fold(text))
        if match:
            day = _first_day(text[match.start() : match.start() + 260], words)
            if day:
                return day
    return ""


def _first_day(text: str, words: PlanWords) -> str:
    for one in every_language(words.language):
        for moment in find_moments(text, one):
            last = moment.until or moment
            if last.day and last.year:
                return edtf(last if moment.until and moment.until.day else moment, Frame(words.language))
    return ""


def find_period(
    title: Title | None, lines: Sequence[Paragraph], front: Sequence[Paragraph], words: PlanWords
) -> tuple[str, date | None, date | None]:
    """Return the period in EDTF with its first and last day: as the text says it from day to day, else the title's years."""
    frame = Frame(words.language)
    closing = [line for line in lines[-30:] if not line.marker and any_has("formula", line.text)]
    for line in (*(line for line in front if not line.marker), *closing):
        span = _stated_span(line.text, words, frame)
        if span:
            return _span_value(*span), *span
    if title is None:
        return "", None, None
    for one in every_language(words.language):
        found = [moment for moment in find_moments(title.line, one) if moment.year]
        spans = [moment for moment in found if not moment.day] or []
        for moment in spans:
            if title.kind == "minutes" and moment.is_year:
                continue
            span = span_of(moment, frame)
            if span:
                return _period_value(moment, frame), *span
    return "", None, None


def _stated_span(text: str, words: PlanWords, frame: Frame) -> tuple[date, date] | None:
    if len(text) > 600:
        return None
    for one in every_language(words.language):
        if not _COVERS.search(one.fold(text)):
            continue
        for moment in find_moments(text, one):
            if moment.until and (moment.until.month or moment.until.quarter):
                span = span_of(moment, frame)
                if span and 80 < (span[1] - span[0]).days < 4000:
                    return span
    return None


def _period_value(moment: Moment, frame: Frame) -> str:
    if moment.last_year and moment.is_year:
        return f"{moment.year}/{moment.last_year}"
    return edtf(moment, frame)


def _span_value(first: date, last: date) -> str:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year}/{last.year}"
    return f"{first.isoformat()}/{last.isoformat()}"
