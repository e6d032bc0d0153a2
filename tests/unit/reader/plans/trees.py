"""Small trees written by hand: lines of text and tables as lists of rows."""

from collections.abc import Sequence

from entraide.documents.domain.tree import Block, Cell, DocumentTree, Paragraph, Table, read_lines

Written = str | tuple[str, int, int] | None
"""The text of a cell, or its text, row span and column span; None for a place that a span covers."""


def tree(*parts: str | Sequence[Sequence[Written]]) -> DocumentTree:
    """Return a tree of `parts`: a text, a paragraph to each line; or the rows of a table."""
    text = ""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, str):
            blocks += [
                Paragraph(p.text, p.start + len(text), p.heading, p.marker, p.depth)
                for p in read_lines(part).paragraphs
            ]
            text += f"{part}\n"
            continue
        rows: list[tuple[Cell | None, ...]] = []
        for row in part:
            cells: list[Cell | None] = []
            for written in row:
                if written is None:
                    cells.append(None)
                    continue
                words, down, right = (written, 1, 1) if isinstance(written, str) else written
                cells.append(Cell(words, len(text), down, right))
                text += f"{words}\n"
            rows.append(tuple(cells))
        blocks.append(Table(tuple(rows)))
    return DocumentTree(text, tuple(blocks))
