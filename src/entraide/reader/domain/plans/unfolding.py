"""Tables whose columns are languages: the whole document stands in them twice, row by row; one column is read as text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from entraide.documents.domain.markers import split_marker
from entraide.documents.domain.tree import Block, Cell, DocumentTree, Paragraph, Table, read_lines
from entraide.reader.domain.plans.columns import LANGUAGE_NAMES
from entraide.reader.domain.plans.languages import language_of
from entraide.reader.domain.plans.words import any_begins

_FEWEST_ROWS = 3
_WORDS = 4


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A tree without such tables, and what stands beside a paragraph in other languages, by where it starts."""

    tree: DocumentTree
    beside: Mapping[int, Mapping[str, str]]


def unfold(tree: DocumentTree, language: str) -> Unfolded:
    """Return `tree` with each table of languages as the paragraphs of its column in `language`, or of its first."""
    blocks: list[Block] = []
    beside: dict[int, Mapping[str, str]] = {}
    for block in tree.blocks:
        languages = _languages_of(block) if isinstance(block, Table) else {}
        if not isinstance(block, Table) or not languages:
            blocks.append(block)
            continue
        main = next((column for column, code in languages.items() if code == language), min(languages))
        blocks += _rows(block, languages, main, beside)
    return Unfolded(replace(tree, blocks=tuple(blocks)), beside)


def _languages_of(table: Table) -> dict[int, str]:
    """Return the language of each column where the columns are languages and nothing else, else nothing."""
    rows = [row for row in table.rows if any(cell and cell.text.strip() for cell in row)]
    width = max((len(row) for row in rows), default=0)
    if len(rows) < _FEWEST_ROWS or not 2 <= width <= 4:
        return {}
    found: dict[int, str] = {}
    for column in range(width):
        texts = [cell.text for row in rows if (cell := row[column] if column < len(row) else None)]
        named = next(
            (code for code, names in LANGUAGE_NAMES.items() if texts and texts[0].strip().casefold() in names), ""
        )
        longest = sum(len(text.split()) for text in texts) / max(1, len(texts))
        code = named or (language_of(" ".join(texts)) if longest >= _WORDS else "")
        if code:
            found[column] = code
        elif longest >= 2:
            return {}
    return found if len(found) >= 2 and len(set(found.values())) == len(found) else {}


def _rows(table: Table, languages: Mapping[int, str], main: int, beside: dict[int, Mapping[str, str]]) -> list[Block]:
    blocks: list[Block] = []
    signing: list[tuple[Cell | None, ...]] = []
    for number, row in enumerate(table.rows):
        cells = {code: row[column] for column, code in languages.items() if column < len(row)}
        texts = {code: cell.text for code, cell in cells.items() if cell and cell.text.strip()}
        if number == 0 and all(
            text.strip().casefold() in names
            for text in texts.values()
            for names in [set().union(*LANGUAGE_NAMES.values())]
        ):
            continue
        if signing or (
            len(texts) > 1
            and all(any_begins("signature", text) for text in texts.values())
            and number > len(table.rows) // 2
        ):
            signing.append(row)
            continue
        cell = row[main] or next((one for one in row if one is not None and one.text.strip()), None)
        if cell is None or not cell.text.strip():
            continue
        paragraphs = [
            replace(p, start=p.start + cell.start) for p in read_lines(cell.text).blocks if isinstance(p, Paragraph)
        ]
        blocks += paragraphs
        if len(texts) > 1 and paragraphs:
            beside[paragraphs[0].start] = {code: _bare(text) for code, text in texts.items()}
    if signing:
        blocks.append(Table(tuple(signing)))
    return blocks


def _bare(text: str) -> str:
    marker, behind = split_marker(text)
    return text[behind:].strip() if marker else text.strip()
