"""A tree written as DOCX, so that reading the file gives the same tree: headings, lists, tables with spans, footnotes.

Numbers and bullets that stood in the text stand in the text again; those that a program counted become lists of Word
that show the same signs.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree  # type: ignore[import-untyped]

from entraide.documents.domain.markers import Point, nest
from entraide.documents.domain.tree import Cell, DocumentTree, Paragraph, Table

Element = Any
"""An element of lxml."""
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FIRST_NOTE = 2
"""0 and 1 are the lines above notes, which every file has."""
_DEEPEST = 8


def write_docx(tree: DocumentTree) -> bytes:
    """Return `tree` as a DOCX file. Attachments are not written: each is a document of its own."""
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    lists = _Lists(document.part.numbering_part.element)
    depths = _own_depths(tree)
    end = body.find(qn("w:sectPr"))
    before: object = None
    for number, block in enumerate(tree.blocks):
        if isinstance(block, Table):
            if isinstance(before, Table):
                end.addprevious(OxmlElement("w:p"))  # without a paragraph between them Word joins two tables
            end.addprevious(_table(block))
        else:
            end.addprevious(_paragraph(block, _typed(tree, block), lists, depths[number]))
        before = block
    if tree.notes or isinstance(before, Table):
        end.addprevious(_references(len(tree.notes)))
    if tree.notes:
        _add_notes(document, tree.notes)
    document.core_properties.title = tree.title
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _typed(tree: DocumentTree, paragraph: Paragraph) -> str:
    """Return the marker as it stands in the text before a paragraph, empty where a program counted it."""
    line = tree.text.rfind("\n", 0, paragraph.start) + 1
    lead = tree.text[line : paragraph.start].lstrip()
    return lead if paragraph.marker and " ".join(lead.split()) == paragraph.marker else ""


def _own_depths(tree: DocumentTree) -> dict[int, int]:
    """Return the depth of each counted point in its own list: without the typed numbers that it stands in."""
    found: dict[int, int] = {}
    points = [
        Point(block.marker, block.text, block.heading, None if _typed(tree, block) or not block.marker else 0)
        for block in tree.paragraphs
    ]
    bases = iter(nest(points))
    for number, block in enumerate(tree.blocks):
        if isinstance(block, Paragraph):
            found[number] = max(0, min(block.depth - next(bases), _DEEPEST))
    return found


class _Lists:
    """The lists of a file: one for each sign, whose levels all show that sign."""

    def __init__(self, numbering: Element) -> None:
        self._numbering = numbering
        for child in list(numbering):
            numbering.remove(child)
        self._numbers: dict[str, int] = {}

    def number_of(self, marker: str) -> int:
        """Return the number of the list that shows `marker`."""
        if marker not in self._numbers:
            number = self._numbers[marker] = len(self._numbers) + 1
            abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"/>')
            for depth in range(_DEEPEST + 1):
                level = parse_xml(
                    f'<w:lvl {nsdecls("w")} w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
                    f'<w:lvlText/><w:lvlJc w:val="left"/>'
                    f'<w:pPr><w:ind w:left="{360 * (depth + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
                )
                level.find(qn("w:lvlText")).set(qn("w:val"), marker)
                abstract.append(level)
            first = self._numbering.find(qn("w:num"))
            if first is None:
                self._numbering.append(abstract)
            else:
                first.addprevious(abstract)
            self._numbering.append(
                parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
            )
        return self._numbers[marker]


def _paragraph(block: Paragraph, typed: str, lists: _Lists, depth: int) -> Element:
    element = OxmlElement("w:p")
    properties = element.get_or_add_pPr()
    if block.heading:
        properties.style = f"Heading{min(block.heading, 6)}"
    if block.marker and not typed:
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/>'
                f'<w:numId w:val="{lists.number_of(block.marker)}"/></w:numPr>'
            )
        )
    _add_words(element, typed + block.text)
    return element


def _add_words(element: Element, text: str) -> None:
    """Add a run with `text`; a line feed becomes a break, a tab a tab."""
    run = OxmlElement("w:r")
    run.text = text  # python-docx makes breaks and tabs of these
    for words in run.findall(qn("w:t")):
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.append(run)


def _table(table: Table) -> Element:
    element = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid/></w:tbl>"
    )
    if table.title:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), table.title)
        element.find(qn("w:tblPr")).append(caption)
    for _column in range(len(table.rows[0]) if table.rows else 0):
        element.find(qn("w:tblGrid")).append(OxmlElement("w:gridCol"))
    for number in range(len(table.rows)):
        element.append(_row(table, number))
    return element


def _row(table: Table, number: int) -> Element:
    row = OxmlElement("w:tr")
    places = [table.at(number, column) for column in range(len(table.rows[number]))]
    own = [cell for cell in table.rows[number] if cell is not None]
    whole = bool(own) and all(cell.header for cell in own)
    properties = _row_properties(places, header=whole)
    if len(properties):
        row.append(properties)
    column = 0
    while column < len(places):
        cell = places[column]
        if cell is not None:
            begins = table.rows[number][column] is cell
            row.append(_cell(cell, begins=begins, marked=begins and cell.header and not whole))
        column += cell.column_span if cell else 1
    return row


def _row_properties(places: Sequence[Cell | None], *, header: bool) -> Element:
    """Return what is said of a row: places without a cell before and behind it, and whether it is a head."""
    properties = OxmlElement("w:trPr")
    filled = [column for column, cell in enumerate(places) if cell is not None]
    before, behind = (filled[0], len(places) - filled[-1] - 1) if filled else (0, 0)
    if before:
        _set(properties, "w:gridBefore", before)
    if behind:
        _set(properties, "w:gridAfter", behind)
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    return properties


def _cell(cell: Cell, *, begins: bool, marked: bool) -> Element:
    element = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    if marked:
        form = OxmlElement("w:cnfStyle")
        form.set(qn("w:firstColumn"), "1")
        properties.append(form)
    if cell.column_span > 1:
        _set(properties, "w:gridSpan", cell.column_span)
    if cell.row_span > 1:
        merge = OxmlElement("w:vMerge")
        if begins:
            merge.set(qn("w:val"), "restart")
        properties.append(merge)
    element.append(properties)
    for line in cell.text.split("\n") if begins else [""]:
        paragraph = OxmlElement("w:p")
        if line:
            _add_words(paragraph, line)
        element.append(paragraph)
    return element


def _set(properties: Element, name: str, value: int) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), str(value))
    properties.append(element)


def _references(count: int) -> Element:
    """Return a last paragraph, with the references to the notes: where they stood in the text no tree tells."""
    element = OxmlElement("w:p")
    for number in range(count):
        run = OxmlElement("w:r")
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number + _FIRST_NOTE))
        run.append(reference)
        element.append(run)
    return element


def _add_notes(document: Any, notes: Sequence[Paragraph]) -> None:  # noqa: ANN401 - python-docx's document
    root = parse_xml(
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p>'
        f'</w:footnote><w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r>'
        f"</w:p></w:footnote></w:footnotes>"
    )
    for number, note in enumerate(notes):
        element = OxmlElement("w:footnote")
        element.set(qn("w:id"), str(number + _FIRST_NOTE))
        paragraph = OxmlElement("w:p")
        _add_words(paragraph, note.text)
        element.append(paragraph)
        root.append(element)
    part = Part(
        PackURI("/word/footnotes.xml"), _NOTES_TYPE, etree.tostring(root, xml_declaration=True, encoding="UTF-8"),
        document.part.package,
    )  # fmt: skip
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
