"""What the head of a plan says: its title, its kind, the lines that may name the parties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from entraide.documents.domain.tree import Cell, DocumentTree, Paragraph
from entraide.reader.domain.plans.signing import lines_of_cell
from entraide.reader.domain.plans.words import PlanWords, any_begins

KINDS = ("minutes", "memorandum", "plan", "declaration", "agreement")
_FRONT = 14
_LONGEST_TITLE = 260
_LONGEST_SECOND_LINE = 200
_LEAST_LIKELY = 12
_BETWEEN = regex.compile(
    r"(?:\n|[,–—-]?\s\b(?:entre (?=le |la |les |l['’]|\p{Lu})|between\b|giữa\b))", regex.IGNORECASE
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
            lines += [line for cell in block.cells for line in lines_of_cell(cell)]
    return lines


def plain_lines(tree: DocumentTree) -> list[Paragraph]:
    """Return the lines outside of tables, and those that have a row of a table for themselves or sign."""
    lines: list[Paragraph] = []
    for block in tree.blocks:
        if isinstance(block, Paragraph):
            lines.append(block)
        else:
            lines += [line for row in block.rows for line in _plain_of(row)]
    return lines


def _plain_of(row: Sequence[Cell | None]) -> Iterator[Paragraph]:
    filled = [cell for cell in row if cell is not None and cell.text.strip()]
    signs = bool(filled) and all(any_begins("signature", cell.text) for cell in filled)
    if len(filled) == 1 or len(row) <= 2 or signs:
        for cell in filled:
            yield from lines_of_cell(cell)


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
    found = [
        (unlikeliness, number)
        for number, line in enumerate(front)
        if (unlikeliness := _unlikeliness(line, number, words)) is not None
    ]
    if not found or min(found)[0] > _LEAST_LIKELY:
        return None
    number = min(found)[1]
    text = front[number].text.strip()
    title = Title(text, front[number].start, kind_of(text, words)[0], text)
    return _shortened(_completed(title, front[number + 1 :]))


def _unlikeliness(line: Paragraph, number: int, words: PlanWords) -> float | None:
    """Return how unlikely a line is the title, from 0 up or below for a heading; None for one that cannot be."""
    text = line.text.strip()
    if len(text) > _LONGEST_TITLE or text.endswith((";", ",")) or words.begins("recital", text):
        return None
    kind, place = kind_of(text, words)
    if not kind:
        return None
    ahead = max(0, len(text[:place].split()) - 5)
    sentence = 8 if text.endswith(".") and len(text.split()) > 14 else 0
    marked = 3 if line.heading or text.isupper() else 0
    return number + 1.5 * ahead + sentence - marked


def kind_of(text: str, words: PlanWords) -> tuple[str, int]:
    """Return the kind of instrument that `text` names first and where; of words that begin together the longest.

    `Agreed Minutes` are minutes, a `Plan of Action under the Agreement` is a plan.
    """
    found: list[tuple[int, int, str]] = []
    folded = words.fold(text)
    for kind in KINDS:
        match = words.pattern(f"kind.{kind}").search(folded)
        if match:
            found.append((match.start(), -len(match[0]), kind))
    if not found:
        return "", 0
    place, _, kind = min(found)
    return kind, place


def _completed(title: Title, following: Sequence[Paragraph]) -> Title:
    """`BIÊN BẢN` alone goes on in the next line."""
    if not following or following[0].marker:
        return title
    second = following[0].text.strip()
    if len(second) > _LONGEST_SECOND_LINE or not (len(title.text.split()) <= 2 or _runs_on(title.text, second)):
        return title
    return Title(f"{title.text} {second}", title.start, title.kind, f"{title.line} {second}")


_RUNS_ON = regex.compile(r"(?:DE|DU|DES|POUR|RELATIF|RELATIVE|ON|OF|FOR|IN|VỀ|TRONG)\s|D['’]|EN MATIÈRE\s")


def _runs_on(first: str, second: str) -> bool:
    """A title in capitals over two lines: `JOINT PLAN 2026` and `OF MARITIME SECURITY`."""
    return first.isupper() and second.isupper() and _RUNS_ON.match(second) is not None


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
