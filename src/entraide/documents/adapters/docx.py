"""DOCX into text: paragraphs, tables and text boxes in the order of the document; macros and objects are never opened.

What tracked changes deleted is left out, what they inserted is read, and so are content controls and links, which
python-docx passes over when it is asked for the text of a paragraph.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from entraide.documents.adapters.packages import check_package
from entraide.documents.domain.errors import DamagedFile, NoTextInside, TextTooLong
from entraide.documents.domain.tidying import tidy

_PARAGRAPH, _TEXT, _TAB, _HYPHEN = qn("w:p"), qn("w:t"), qn("w:tab"), qn("w:noBreakHyphen")
_BREAKS = frozenset({qn("w:br"), qn("w:cr")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"), _FALLBACK})
"""Deleted words, codes of fields, formats, and the second copy of a text box for old programs."""


def extract_docx(data: bytes, file: str, longest: int) -> str:
    """Return the text of a DOCX of at most `longest` characters, a paragraph or cell to a line.

    Raises what `check_package` raises, `NoTextInside`, `TextTooLong`, `DamagedFile`.
    """
    check_package(data, file)
    try:
        # Not docx.Document, which refuses a document with macros; the macros are a part that nobody asks for.
        part = Package.open(BytesIO(data)).main_document_part
        root: Any = part.element if hasattr(part, "element") else parse_xml(part.blob)
        body = root.find(qn("w:body"))
        lines = list(_paragraphs(body)) if body is not None else []
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise DamagedFile(file=file, format="DOCX") from error
    if sum(len(line) + 1 for line in lines) > longest:
        raise TextTooLong(file=file, limit=longest // 1_000_000)
    text = tidy("\n".join(lines))
    if not any(character.isalpha() for character in text):
        raise NoTextInside(file=file, format="DOCX")
    return text


def _paragraphs(element: Any) -> Iterator[str]:  # noqa: ANN401 - an element of lxml
    """Yield the text of each paragraph below `element`, one that anchors a text box before the box."""
    for child in element:
        if child.tag == _PARAGRAPH:
            boxes: list[Any] = []
            text = "".join(_pieces(child, boxes)).strip()
            if text:
                yield text
            for box in boxes:
                yield from _paragraphs(box)
        elif child.tag not in _LEFT_OUT:
            yield from _paragraphs(child)


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:  # noqa: ANN401 - an element of lxml
    """Yield the words of a paragraph; paragraphs inside it are those of text boxes and are put into `boxes`."""
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _TAB:
            yield "\t"
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == _HYPHEN:
            yield "-"
        elif child.tag == qn("w:txbxContent"):
            boxes.append(child)
        elif child.tag not in _LEFT_OUT:
            yield from _pieces(child, boxes)
