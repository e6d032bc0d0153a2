"""HTML elements into the pieces of a tree: headings, paragraphs, nested lists with their numbers, tables with spans."""

from collections.abc import Iterator
from typing import Any

from entraide.documents.domain.building import CellDraft, TreeBuilder
from entraide.documents.domain.counting import count_as

Element = Any
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "head", "title", "object", "select", "button", "math"}
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "blockquote", "pre", "center", "address", "figure", "figcaption", "form"}
    | {"fieldset", "details", "summary", "dl", "dt", "dd", "hr", "aside", "header", "footer", "nav", "body", "html"}
    | {"ul", "ol", "li", "table", "caption", "menu", "dir", *_HEADINGS}
)
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_DEEPEST = 200


def add_blocks(builder: TreeBuilder, element: Element) -> None:
    """Add all that is shown below `element`, an element of lxml, in its order."""
    _Walk(builder).read(element)


class _Walk:
    def __init__(self, builder: TreeBuilder) -> None:
        self._builder = builder
        self._words: list[str] = []
        self._marker = ""
        self._depth = 0
        self._heading = 0

    def read(self, element: Element) -> None:
        self._inside(element, 0)
        self._end()

    def _inside(self, element: Element, deep: int) -> None:
        self._words.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and deep < _DEEPEST and not _is_hidden(child):
                self._child(child, deep + 1)
            self._words.append(child.tail or "")

    def _child(self, child: Element, deep: int) -> None:
        tag = child.tag.lower()
        if tag == "br":
            self._end()
        elif tag not in _BLOCKS:
            self._inside(child, deep)
        else:
            self._end()
            self._block(child, tag, deep)
            self._end()

    def _block(self, child: Element, tag: str, deep: int) -> None:
        if tag == "table":
            self._table(child, deep)
        elif tag in {"ul", "ol", "menu", "dir"}:
            self._list(child, deep)
        else:
            outer, self._heading = self._heading, _HEADINGS.get(tag, self._heading)
            self._inside(child, deep)
            self._end()
            self._heading = outer

    def _list(self, element: Element, deep: int) -> None:
        start = element.get("start", "1")
        number = (int(start) if start.lstrip("-").isdigit() else 1) - 1
        form = _FORMS.get(element.get("type", "1"), "decimal")
        self._depth += 1
        for child in element:
            if isinstance(child.tag, str) and not _is_hidden(child):
                if child.tag.lower() == "li":
                    value = child.get("value", "")
                    number = int(value) if value.isdigit() else number + 1
                    self._marker = f"{count_as(number, form)}." if element.tag.lower() == "ol" else "•"
                self._inside(child, deep + 1)
                self._end()
        self._depth -= 1
        self._marker = ""

    def _table(self, table: Element, deep: int) -> None:
        rows = list(rows_of(table))
        if _is_layout(rows):
            for row in rows:
                for cell in row:
                    self._inside(cell, deep + 1)
                    self._end()
            return
        caption = table.find("caption")
        title = " ".join(caption.text_content().split()) if caption is not None else ""
        self._builder.add_table([[draft_of(cell) for cell in row] for row in rows], title=title)

    def _end(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if text:
            self._builder.add_paragraph(
                text, heading=self._heading, marker=self._marker, depth=max(self._depth - 1, 0), typed=not self._marker
            )
            self._marker = ""


def _is_hidden(element: Element) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return element.tag.lower() in _UNSEEN or "display:none" in style or element.get("hidden") is not None


def rows_of(table: Element) -> Iterator[list[Element]]:
    """Yield the cells of each row of a table, without those of tables inside it."""
    for child in table:
        tag = child.tag.lower() if isinstance(child.tag, str) else ""
        if tag == "tr":
            yield [cell for cell in child if isinstance(cell.tag, str) and cell.tag.lower() in {"td", "th"}]
        elif tag in {"thead", "tbody", "tfoot"}:
            yield from rows_of(child)


def _is_layout(rows: list[list[Element]]) -> bool:
    """Whether a table only sets things on the page: it has one column, or tables or long articles in its cells."""
    return max(map(len, rows), default=0) < 2 or any(
        cell.find(".//table") is not None or len(cell.findall(".//p")) > 4 for row in rows for cell in row
    )


def draft_of(cell: Element) -> CellDraft:
    """Return a cell of an HTML table, its lines and the points of its lists a line each."""
    inner = TreeBuilder()
    add_blocks(inner, cell)
    parent = cell.getparent().getparent()
    head = cell.tag.lower() == "th" or (parent is not None and parent.tag == "thead")
    return CellDraft(inner.plain(), _span(cell.get("rowspan")), _span(cell.get("colspan")), head)


def _span(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() and 0 < len(text.strip()) < 5 and int(text) else 1
