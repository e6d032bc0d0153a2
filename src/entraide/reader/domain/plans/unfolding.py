"""Tables whose columns are languages: a document stands in them twice, row by row; one column is read as its text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from entraide.documents.domain.markers import split_marker
from entraide.documents.domain.tree import Block, Cell, DocumentTree, Paragraph, Table, read_lines
from entraide.kernel.languages import READ
from entraide.reader.domain.plans.columns import LANGUAGE_NAMES
from entraide.reader.domain.plans.languages import language_of
from entraide.reader.domain.plans.words import any_begins

_FEWEST_ROWS = 3
_MOST_COLUMNS = 4
_WORDS, _WORDS_OF_UNITS = 4, 2
_ALL_NAMES = frozenset().union(*LANGUAGE_NAMES.values())
_Row = Sequence[Cell | None]


@dataclass(slots=True)
class Unfolded:
    """A tree without such tables, the language it is read in, and what stands beside a paragraph by its start."""

    tree: DocumentTree
    language: str
    beside: dict[int, Mapping[str, str]] = field(default_factory=dict)


def unfold(tree: DocumentTree, language: str) -> Unfolded:
    """Return `tree` with each table of languages as the paragraphs of its first column in a language that is read.

    Where there is one, the document is read in the language of that column; else in `language`.
    """
    found = Unfolded(tree, language)
    blocks: list[Block] = []
    for block in tree.blocks:
        languages = _languages_of(block) if isinstance(block, Table) else {}
        if isinstance(block, Table) and languages:
            main = next((column for column, code in languages.items() if code in READ), min(languages))
            found.language = languages[main] if languages[main] in READ else language
            blocks += _unfolded(block, languages, main, found.beside)
        else:
            blocks.append(block)
    found.tree = replace(tree, blocks=tuple(blocks))
    return found


def _languages_of(table: Table) -> dict[int, str]:
    """Return the language of each column where the columns are languages and nothing else, else nothing."""
    rows = [row for row in table.rows if any(cell and cell.text.strip() for cell in row)]
    width = max((len(row) for row in rows), default=0)
    if len(rows) < _FEWEST_ROWS or not 2 <= width <= _MOST_COLUMNS:
        return {}
    found: dict[int, str] = {}
    for column in range(width):
        texts = [cell.text for row in rows if (cell := row[column])]
        words = sum(len(text.split()) for text in texts) / max(1, len(texts))
        code = _named(texts) or _spoken(texts, words)
        if not code and words >= _WORDS_OF_UNITS:
            return {}  # a column of units, of dates: a table of activities
        found |= {column: code} if code else {}
    return found if 1 < len(found) == len(set(found.values())) else {}


def _spoken(texts: Sequence[str], words: float) -> str:
    """Return the language of the texts of a column, empty where they are too short to be the text of a document."""
    return language_of(" ".join(texts)) if words >= _WORDS else ""


def _named(texts: Sequence[str]) -> str:
    """Return the language that the first cell of a column names."""
    head = texts[0].strip().casefold() if texts else ""
    return next((code for code, names in LANGUAGE_NAMES.items() if head in names), "")


def _unfolded(
    table: Table, languages: Mapping[int, str], main: int, beside: dict[int, Mapping[str, str]]
) -> Iterator[Block]:
    rows = [(row, _texts(row, languages)) for row in table.rows]
    if rows and all(text.strip().casefold() in _ALL_NAMES for text in rows[0][1].values()):
        del rows[0]
    late = len(rows) // 2
    end = next((number for number, (_, texts) in enumerate(rows) if number > late and _signs(texts)), len(rows))
    for row, texts in rows[:end]:
        paragraphs = _paragraphs(row, main)
        if len(texts) > 1 and paragraphs:
            beside[paragraphs[0].start] = {code: _bare(text) for code, text in texts.items()}
        yield from paragraphs
    if end < len(rows):
        yield Table(tuple(tuple(row) for row, _ in rows[end:]))


def _texts(row: _Row, languages: Mapping[int, str]) -> dict[str, str]:
    return {code: cell.text for column, code in languages.items() if (cell := row[column]) and cell.text.strip()}


def _signs(texts: Mapping[str, str]) -> bool:
    return len(texts) > 1 and all(any_begins("signature", text) for text in texts.values())


def _paragraphs(row: _Row, main: int) -> list[Paragraph]:
    """Return the lines of a row's main cell, or of the one that stands over all columns."""
    cell = row[main] or next((one for one in row if one is not None), None)
    lines = read_lines(cell.text).paragraphs if cell is not None else ()
    return [replace(line, start=line.start + (cell.start if cell else 0)) for line in lines]


def _bare(text: str) -> str:
    marker, behind = split_marker(text)
    return text[behind:].strip() if marker else text.strip()
