"""DOCX into a tree: paragraphs, lists, tables and text boxes in the order of the document, footnotes behind them.

Of tracked changes the accepted text is read: what was inserted, not what was deleted or moved away; a paragraph whose
end was deleted goes on in the next one, and a deleted row is gone. Numbers that Word counts by itself are worked out.
Content controls and links are read, hidden words are not; macros and objects are never opened.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from entraide.documents.adapters.docx_numbering import Numbering
from entraide.documents.adapters.docx_styles import Styles, font_of, is_on, value_of
from entraide.documents.adapters.extracting import Extract
from entraide.documents.adapters.packages import check_package, with_slashes
from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.building import CellDraft, TreeBuilder
from entraide.documents.domain.errors import DamagedFile, NoTextInside, TextTooLong
from entraide.documents.domain.legacy_vietnamese import CONVERT, TCVN3, VNI

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_RUN, _TEXT, _NOTE = (
    qn("w:r"),
    qn("w:t"),
    {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"},
)
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_BOX = qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = (qn("w:del"), qn("w:moveFrom"))
_LEFT_OUT = frozenset({*_DELETED, qn("w:instrText"), qn("w:pPr"), qn("w:rPr"), qn("w:tblPr"), _FALLBACK})
"""Deleted words, codes of fields, formats, and the second copy of a text box for old programs."""
Element = Any
"""An element of lxml."""


def extract_docx(data: bytes, file: str, longest: int) -> Extract:
    """Return the tree of a DOCX of at most `longest` characters.

    Raises what `check_package` raises, `NoTextInside`, `TextTooLong`, `DamagedFile`.
    """
    check_package(data, file, Format.DOCX)
    try:
        # Not docx.Document, which refuses a document with macros; the macros are a part that nobody asks for.
        part = Package.open(BytesIO(with_slashes(data))).main_document_part
        root: Element = part.element if hasattr(part, "element") else parse_xml(part.blob)
        walk = _Walk(part)
        walk.read(root.find(qn("w:body")))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise DamagedFile(file=file, format="DOCX") from error
    if walk.builder.length > longest:
        raise TextTooLong(file=file, limit=longest // 1_000_000)
    tree = walk.builder.build(Format.DOCX.media_type)
    if not any(character.isalpha() for character in tree.text):
        raise NoTextInside(file=file, format="DOCX")
    return Extract(tree, walk.builder.encoding)


class _Words:
    """The words of a paragraph as they are gathered, with the font of each piece, and what hangs on it."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, str]] = []
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self._pieces or self.boxes)

    def add(self, text: str, font: str) -> None:
        """Add words in `font`; those of one old encoding are kept together, for a letter may lie across two runs."""
        name = _legacy_of(font)
        if self._pieces and self._pieces[-1][1] == name:
            text = self._pieces.pop()[0] + text
        self._pieces.append((text, name))

    def take(self) -> tuple[str, str]:
        """Return the text, in Unicode, and the old encoding that some of it was in; begin anew."""
        pieces, self._pieces = self._pieces, []
        text = "".join(_unicode(piece, name) for piece, name in pieces)
        old = next((name.rstrip("↑") for piece, name in pieces if name and not piece.isascii()), "")
        return text, old


def _legacy_of(font: str) -> str:
    """Return the old Vietnamese encoding that a font's name tells; `↑` says that it draws capitals."""
    if font.startswith(".Vn"):
        return f"{TCVN3}↑" if font.endswith("H") else TCVN3
    return VNI if font.upper().startswith("VNI-") else ""


def _unicode(text: str, name: str) -> str:
    if not name or any("\u0100" <= character < "\u2000" or character > "\u2122" for character in text):
        return text  # letters that the old encoding has not: somebody typed Unicode and kept the font
    converted = CONVERT[name.rstrip("↑")](text)
    return converted.upper() if name.endswith("↑") else converted


class _Walk:
    """Goes through a document once, in its order."""

    def __init__(self, part: Element) -> None:
        self._parts = {
            rel.reltype.rpartition("/")[2]: rel.target_part for rel in part.rels.values() if not rel.is_external
        }
        self.builder = TreeBuilder()
        self._styles = Styles(self._root("styles"))
        self._numbering = Numbering(self._root("numbering"))
        self._words = _Words()
        self._in_cell = False

    def _root(self, name: str) -> Element:
        part = self._parts.get(name)
        if part is None:
            return None
        return part.element if hasattr(part, "element") else parse_xml(part.blob)

    def read(self, body: Element) -> None:
        """Put all of `body` into the builder, and the notes behind it."""
        if body is None:
            return
        self._blocks(body)
        self._flush()
        self._notes()

    def _blocks(self, element: Element) -> None:
        for child in element:
            if child.tag == _PARAGRAPH:
                self._paragraph(child)
            elif child.tag == _TABLE:
                self._flush()
                self._table(child)
            elif child.tag not in _LEFT_OUT:
                self._blocks(child)

    def _paragraph(self, element: Element) -> None:
        properties = element.find(qn("w:pPr"))
        self._gather(element, self._font(properties))
        if not _end_is_deleted(properties):
            self._end_paragraph(properties)

    def _end_paragraph(self, properties: Element) -> None:
        """Add the paragraph that was gathered, then the text boxes that hang on it."""
        text, old = self._words.take()
        self.builder.encoding = self.builder.encoding or old
        heading, marker, depth = self._place(properties)
        if marker and not text.strip() and self._in_cell:
            text, marker = marker, ""  # a column of numbers that Word counts
        self.builder.add_paragraph(text, heading=heading, marker=marker, depth=depth, typed=not self._in_cell)
        boxes, self._words.boxes = self._words.boxes, []
        for box in boxes:
            self._blocks(box)
            self._flush()

    def _flush(self) -> None:
        """Add what waits for a paragraph's end that does not come."""
        if self._words:
            self._end_paragraph(None)

    def _place(self, properties: Element) -> tuple[int, str, int]:
        """Return the level as a heading, the marker and the depth of a paragraph; a list counts it here."""
        identifier = value_of(properties, "w:pStyle")
        style = self._styles.of(identifier)
        outline = value_of(properties, "w:outlineLvl")
        heading = int(outline) + 1 if outline in set("012345") else style.heading
        own = value_of(properties, "w:numPr", "w:numId")
        number = own if own is not None else style.numbering
        level = value_of(properties, "w:numPr", "w:ilvl")
        if level is not None and level.isdigit():
            depth = int(level)
        else:
            depth = style.level if style.level is not None else self._numbering.level_of_style(identifier)
        marker = self._numbering.count(number, depth)
        return heading, marker, depth if marker else 0

    def _font(self, properties: Element) -> str:
        return self._styles.of(value_of(properties, "w:pStyle")).font

    def _gather(self, element: Element, font: str) -> None:
        """Add the words below `element`; paragraphs inside it are those of text boxes, which are kept for later."""
        for child in element:
            if child.tag == _RUN:
                self._run(child, font)
            else:
                self._other(child, font)

    def _run(self, run: Element, font: str) -> None:
        properties = run.find(qn("w:rPr"))
        if properties is not None:
            if is_on(properties.find(qn("w:vanish"))) or _is_deleted(properties):
                return
            font = font_of(properties) or self._run_font(properties) or font
        for child in run:
            if child.tag == _TEXT:
                self._words.add(child.text or "", font)
            elif child.tag in _SIGNS:
                self._words.add(_SIGNS[child.tag], font)
            elif child.tag in _NOTE:
                self._words.notes.append((_NOTE[child.tag], child.get(qn("w:id")) or ""))
            else:
                self._other(child, font)

    def _other(self, child: Element, font: str) -> None:
        """Keep a text box for later, and gather words below what is no text itself."""
        if child.tag == _BOX:
            self._words.boxes.append(child)
        elif child.tag not in _LEFT_OUT:
            self._gather(child, font)

    def _run_font(self, properties: Element) -> str:
        style = value_of(properties, "w:rStyle")
        return self._styles.of(style).font if style else ""

    def _table(self, table: Element) -> None:
        rows: list[list[CellDraft]] = []
        open_above: dict[int, tuple[int, int]] = {}
        for row in _children(table, _ROW):
            properties = row.find(qn("w:trPr"))
            if _is_deleted(properties):
                continue
            header = properties is not None and is_on(properties.find(qn("w:tblHeader")))
            rows.append(self._cells(row, properties, rows, open_above, header=header))
        self.builder.add_table(rows, title=value_of(table, "w:tblPr", "w:tblCaption") or "")

    def _cells(
        self, row: Element, properties: Element, above: list[list[CellDraft]], open_above: dict[int, tuple[int, int]],
        *, header: bool,
    ) -> list[CellDraft]:  # fmt: skip
        """Return the cells of a row; one that continues the cell above makes that one higher instead.

        `open_above` tells for each column the row and place of the cell that may go on there.
        """
        drafts: list[CellDraft] = []
        column = _count(value_of(properties, "w:gridBefore"), 0)
        if column:
            drafts.append(CellDraft("", column_span=column, absent=True))
        for cell in _children(row, _CELL):
            own = cell.find(qn("w:tcPr"))
            wide = _count(value_of(own, "w:gridSpan"), 1)
            merge = None if own is None else own.find(qn("w:vMerge"))
            origin = open_above.get(column)
            if merge is not None and merge.get(qn("w:val"), "continue") != "restart" and origin:
                at, place = origin
                begun = above[at][place]  # Word shows no words of the cell that goes on
                above[at][place] = CellDraft(begun.text, len(above) - at + 1, begun.column_span, begun.header)
            else:
                drafts.append(CellDraft(self._cell_text(cell), 1, wide, header or _is_head(own)))
                for covered in range(column, column + wide):
                    open_above.pop(covered, None)
                if merge is not None:
                    open_above[column] = (len(above), len(drafts) - 1)
            column += wide
        return drafts

    def _cell_text(self, cell: Element) -> str:
        """Return the paragraphs of a cell, a line each, those of tables and boxes inside it too."""
        outer, self.builder = self.builder, TreeBuilder()
        waiting, self._words = self._words, _Words()
        nested, self._in_cell = self._in_cell, True
        try:
            self._blocks(cell)
            self._flush()
            inner = self.builder
        finally:
            self.builder, waiting.notes[len(waiting.notes) :] = outer, self._words.notes
            self._words, self._in_cell = waiting, nested
        self.builder.encoding = self.builder.encoding or inner.encoding
        return inner.plain()

    def _notes(self) -> None:
        known: dict[str, dict[str, Element]] = {}
        cited, self._words.notes = dict.fromkeys(self._words.notes), []
        for number, (kind, identifier) in enumerate(cited, 1):
            if kind not in known:
                root = self._root(kind)
                known[kind] = {} if root is None else {one.get(qn("w:id")): one for one in root}
            note = known[kind].get(identifier)
            if note is not None:
                self.builder.add_note(self._cell_text(note), marker=str(number))


def _children(element: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those in content controls and tracked insertions too."""
    for child in element:
        if child.tag == tag:
            if tag != _CELL or child.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is None:
                yield child
        elif child.tag not in _LEFT_OUT and child.tag not in {_PARAGRAPH, _TABLE, _CELL}:
            yield from _children(child, tag)


def _end_is_deleted(properties: Element) -> bool:
    return properties is not None and _is_deleted(properties.find(qn("w:rPr")))


def _is_deleted(properties: Element) -> bool:
    """Whether the formats of a run, a row or a paragraph's end say that a tracked change took it away."""
    return properties is not None and any(properties.find(tag) is not None for tag in _DELETED)


def _is_head(properties: Element) -> bool:
    """Whether a cell is formatted as one of the first row or the first column (ECMA-376-1, 17.4.8)."""
    form = None if properties is None else properties.find(qn("w:cnfStyle"))
    return form is not None and any(form.get(qn(f"w:{name}")) == "1" for name in ("firstRow", "firstColumn"))


def _count(text: str | None, least: int) -> int:
    return max(int(text), least) if text and text.isdecimal() and len(text) < 5 else least
