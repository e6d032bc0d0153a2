"""A tree as plain JSON values and back: how it comes out of the process that takes files apart.

Texts of stretches are not sent: they are cut from the tree's text, so that the invariant holds whatever is sent.
"""

from typing import Any

from entraide.documents.domain.tree import Block, Cell, DocumentTree, Paragraph, Table


def tree_to_json(tree: DocumentTree) -> dict[str, Any]:
    """Return `tree` as values that `json` writes."""
    return {
        "text": tree.text,
        "blocks": [_block(block) for block in tree.blocks],
        "media_type": tree.media_type,
        "notes": [_block(note) for note in tree.notes],
        "left_out": list(tree.left_out),
        "parts": [tree_to_json(part) for part in tree.parts],
        "title": tree.title,
    }


def tree_from_json(values: dict[str, Any]) -> DocumentTree:
    """Return the tree of what `tree_to_json` gave; raises `KeyError` or `TypeError` for anything else."""
    text = values["text"]
    return DocumentTree(
        text,
        tuple(_table(block, text) if "rows" in block else _paragraph(block["p"], text) for block in values["blocks"]),
        values["media_type"],
        tuple(_paragraph(note["p"], text) for note in values["notes"]),
        tuple(values["left_out"]),
        tuple(map(tree_from_json, values["parts"])),
        values["title"],
    )


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"p": [block.start, block.end, block.heading, block.marker, block.depth]}
    rows = [
        [cell and [cell.start, cell.end, cell.row_span, cell.column_span, cell.header] for cell in row]
        for row in block.rows
    ]
    return {"rows": rows, "title": block.title}


def _paragraph(values: list[Any], text: str) -> Paragraph:
    start, end, heading, marker, depth = values
    return Paragraph(text[start:end], start, heading, marker, depth)


def _table(block: dict[str, Any], text: str) -> Table:
    return Table(tuple(tuple(cell and _cell(cell, text) for cell in row) for row in block["rows"]), block["title"])


def _cell(values: list[Any], text: str) -> Cell:
    start, end, row_span, column_span, header = values
    return Cell(text[start:end], start, row_span, column_span, header)
