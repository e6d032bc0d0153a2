"""ODT into a tree: headings, lists with the numbers that their styles count, tables, notes (ODF 1.3, part 3).

What tracked changes deleted stands apart in such a file and is left out; what they inserted is read. Comments, fields'
codes and hidden words are not. A spreadsheet (ODS) gives a table for each visible sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from entraide.documents.adapters.extracting import Extract
from entraide.documents.adapters.packages import check_package, read_parts
from entraide.documents.adapters.sheets import MOST_ROWS, Place, Sheet, add_sheet
from entraide.documents.adapters.sniffing import Format
from entraide.documents.adapters.xlsx import HIDDEN_SHEET, parse_part
from entraide.documents.domain.building import MOST_COLUMNS, CellDraft, TreeBuilder
from entraide.documents.domain.counting import count_as
from entraide.documents.domain.errors import DamagedFile, EncryptedFile, FormatNotRead, NoTextInside, TextTooLong
from entraide.kernel.text import N_

Element = Any
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = {"text": f"{_ODF}text:1.0", "table": f"{_ODF}table:1.0", "office": f"{_ODF}office:1.0",
          "style": f"{_ODF}style:1.0", "draw": f"{_ODF}drawing:1.0"}  # fmt: skip
SHEETS_MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PLAIN_BULLET = "•"
_DEEPEST = 10


def _q(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


_P, _H, _LIST, _TABLE = _q("text:p"), _q("text:h"), _q("text:list"), _q("table:table")
_ROW, _CELL, _COVERED = _q("table:table-row"), _q("table:table-cell"), _q("table:covered-table-cell")
_LEFT_OUT = frozenset(
    map(
        _q,
        ("text:tracked-changes", "office:annotation", "office:annotation-end", "text:hidden-text",
         "text:note", "text:ruby-text", "office:forms", "table:shapes"),
    )
)  # fmt: skip
_BOX = _q("draw:text-box")
_SIGNS = {_q("text:tab"): "\t", _q("text:line-break"): "\n"}


def extract_odt(data: bytes, file: str, longest: int) -> Extract:
    """Return the tree of an ODT or ODS of at most `longest` characters.

    Raises what `check_package` raises, `EncryptedFile`, `FormatNotRead` (another OpenDocument), `NoTextInside`,
    `TextTooLong`, `DamagedFile`.
    """
    check_package(data, file, Format.ODT)
    parts = read_parts(data, {"content.xml", "styles.xml", "META-INF/manifest.xml"}.__contains__)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise EncryptedFile(file=file, format="ODT")
    builder = TreeBuilder()
    try:
        root = parse_part(parts["content.xml"])
        styles = [parse_part(parts["styles.xml"])] if "styles.xml" in parts else []
        body = root.find(_q("office:body"))
        media_type = _read(body, [*styles, root], builder, file)
    except (etree.LxmlError, KeyError, ValueError) as error:
        raise DamagedFile(file=file, format="ODT") from error
    if builder.length > longest:
        raise TextTooLong(file=file, limit=longest // 1_000_000)
    tree = builder.build(media_type)
    if not any(character.isalpha() for character in tree.text):
        raise NoTextInside(file=file, format="ODT")
    return Extract(tree, builder.encoding)


def _read(body: Element, roots: list[Element], builder: TreeBuilder, file: str) -> str:
    """Read `body` into `builder` and return the media type of what it is; raises `FormatNotRead`."""
    text = None if body is None else body.find(_q("office:text"))
    sheets = None if body is None else body.find(_q("office:spreadsheet"))
    if text is not None:
        _Walk(builder, roots).read(text)
        return Format.ODT.media_type
    if sheets is not None:
        for table in sheets.findall(_TABLE):
            _add_table_of_sheets(builder, table, roots)
        return SHEETS_MEDIA_TYPE
    raise FormatNotRead(file=file, format=N_("an OpenDocument file of another kind"))


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list style: `form` is a number format or empty for none, `bullet` a sign instead."""

    form: str = ""
    bullet: str = ""
    before: str = ""
    behind: str = ""
    shown: int = 1
    start: int = 1


def _levels(element: Element) -> dict[int, _Level]:
    found = {}
    for one in element:
        depth = one.get(_q("text:level"), "")
        if depth.isdecimal():
            found[int(depth)] = _Level(
                one.get(_q("style:num-format"), ""),
                one.get(_q("text:bullet-char"), "") if "bullet" in str(one.tag) else "",
                one.get(_q("style:num-prefix"), ""),
                one.get(_q("style:num-suffix"), ""),
                int(one.get(_q("text:display-levels"), "1")),
                int(one.get(_q("text:start-value"), "1")),
            )
    return found


def _marker(levels: dict[int, _Level], depth: int, counts: list[int]) -> str:
    """Return what stands before a point at `depth` (from 1), of which and of the points around it `counts` tell."""
    level = levels.get(depth)
    if level is None:
        return _PLAIN_BULLET
    if level.bullet:
        return _PLAIN_BULLET if "\ue000" <= level.bullet[0] <= "\uf8ff" else level.bullet
    if not level.form:
        return (level.before + level.behind).strip()
    first = max(depth - level.shown, 0)
    numbers = [
        count_as(number, _FORMS.get(levels.get(at, level).form or level.form, "decimal"))
        for at, number in enumerate(counts[first:depth], first + 1)
    ]
    return (level.before + ".".join(numbers) + level.behind).strip()


@dataclass(frozen=True, slots=True)
class _Inside:
    """The list that a paragraph stands in: its style, its depth from 1, the number of each level; 0 outside."""

    style: str = ""
    depth: int = 0


class _Walk:
    """Goes through a text once, in its order."""

    def __init__(self, builder: TreeBuilder, roots: list[Element]) -> None:
        self._builder = builder
        self._styles = {
            one.get(_q("style:name")): _levels(one) for root in roots for one in root.iter(_q("text:list-style"))
        }
        outlines = [one for root in roots for one in root.iter(_q("text:outline-style"))]
        self._outline = _levels(outlines[0]) if outlines else {}
        self._headings = [0] * 10
        self._counts = [0] * 12
        self._kept: dict[_Inside, int] = {}
        self._notes: list[tuple[str, Element]] = []

    def read(self, text: Element) -> None:
        """Put all of `text` into the builder, and the notes behind it."""
        self._blocks(text, _Inside())
        for mark, body in self._notes:
            self._builder.add_note(_lines(body), marker=mark)

    def _blocks(self, element: Element, inside: _Inside, marker: str = "") -> None:
        for child in element:
            if child.tag in {_P, _H}:
                self._paragraph(child, inside, marker)
                marker = ""
            elif child.tag == _LIST:
                self._list(child, inside)
            elif child.tag == _TABLE:
                self._builder.add_table(list(_rows(child)), title="")
            elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
                self._blocks(child, inside, marker)

    def _list(self, element: Element, outer: _Inside) -> None:
        inside = _Inside(element.get(_q("text:style-name")) or outer.style, outer.depth + 1)
        if inside.depth > _DEEPEST:
            return
        levels = self._styles.get(inside.style, {})
        number = self._number_before(element, inside, levels)
        for item in element:
            if item.tag == _q("text:list-item"):
                own = item.get(_q("text:start-value"), "")
                number = int(own) if own.isdecimal() else number + 1
                self._counts[inside.depth - 1] = number
                self._blocks(item, inside, _marker(levels, inside.depth, self._counts))
            elif item.tag == _q("text:list-header"):
                self._blocks(item, inside)
        self._kept[inside] = number

    def _number_before(self, element: Element, inside: _Inside, levels: dict[int, _Level]) -> int:
        """Return what the list counted before its first point: where it goes on, that of the list before it."""
        goes_on = element.get(_q("text:continue-numbering")) == "true" or element.get(_q("text:continue-list"))
        start = levels.get(inside.depth, _Level()).start
        return self._kept.get(inside, start - 1) if goes_on and inside.depth == 1 else start - 1

    def _paragraph(self, element: Element, inside: _Inside, marker: str) -> None:
        heading = 0
        if element.tag == _H:
            level = element.get(_q("text:outline-level"), "1")
            heading = min(int(level) if level.isdecimal() else 1, 6)
            marker = marker or self._number_of(element, heading)
        boxes: list[Element] = []
        text = "".join(_pieces(element, boxes, self._notes))
        depth = max(inside.depth - 1, 0)
        self._builder.add_paragraph(text, heading=heading, marker=marker, depth=depth)
        for box in boxes:
            self._blocks(box, _Inside())

    def _number_of(self, element: Element, level: int) -> str:
        if self._outline.get(level, _Level()).form == "" or element.get(_q("text:is-list-header")) == "true":
            return ""
        self._headings[level - 1] += 1
        self._headings[level:] = [0] * (10 - level)
        return _marker(self._outline, level, self._headings)


def _pieces(element: Element, boxes: list[Element], notes: list[tuple[str, Element]]) -> Iterator[str]:
    """Yield the words of a paragraph; text boxes in it and notes that it cites are kept for later."""
    yield element.text or ""
    for child in element:
        if child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == _q("text:s"):
            yield " " * min(int(child.get(_q("text:c"), "1")), 1000)
        elif child.tag == _q("text:note"):
            notes += _note(child)
        elif child.tag == _BOX:
            boxes.append(child)
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield from _pieces(child, boxes, notes)
        yield child.tail or ""


def _note(element: Element) -> list[tuple[str, Element]]:
    """Return the mark and the body of a note, nothing where it has none."""
    citation, body = element.find(_q("text:note-citation")), element.find(_q("text:note-body"))
    mark = "" if citation is None else "".join(citation.itertext())
    return [] if body is None else [(mark, body)]


def _lines(element: Element) -> str:
    """Return the paragraphs below `element`, a line each: the text of a cell or a note."""
    builder = TreeBuilder()
    _Walk(builder, [element.getroottree().getroot()]).read(element)
    return builder.plain()


def _rows(table: Element, *, header: bool = False) -> Iterator[list[CellDraft]]:
    for child in table:
        if child.tag == _ROW:
            drafts = []
            for cell in child:
                if cell.tag == _CELL:
                    draft = CellDraft(
                        _lines(cell),
                        int(cell.get(_q("table:number-rows-spanned"), "1")),
                        int(cell.get(_q("table:number-columns-spanned"), "1")),
                        header,
                    )
                    drafts += [draft] * min(int(cell.get(_q("table:number-columns-repeated"), "1")), MOST_COLUMNS)
            yield drafts
        elif child.tag in {_q("table:table-header-rows"), _q("table:table-rows"), _q("table:table-row-group")}:
            yield from _rows(child, header=header or child.tag == _q("table:table-header-rows"))


def _add_table_of_sheets(builder: TreeBuilder, table: Element, roots: list[Element]) -> None:
    name = table.get(_q("table:name")) or ""
    if table.get(_q("table:style-name")) in _hidden_styles(roots):
        builder.leave_out(HIDDEN_SHEET, name)
        return
    texts: dict[Place, str] = {}
    merged: dict[Place, Place] = {}
    head: set[int] = set()
    row = 0
    for element in table.iter(_ROW):
        for place, end, text in _places(element, row):
            if text:
                texts[place] = text
            if end > place:
                merged[place] = end
        if element.getparent().tag == _q("table:table-header-rows"):
            head.add(row)
        row += int(element.get(_q("table:number-rows-repeated"), "1"))
        if row > MOST_ROWS:
            break
    add_sheet(builder, Sheet(name, texts, merged, head))


def _hidden_styles(roots: list[Element]) -> set[str]:
    styles = (style for root in roots for style in root.iter(_q("style:style")))
    return {
        style.get(_q("style:name")) for style in styles if any(one.get(_q("table:display")) == "false" for one in style)
    }


def _places(row: Element, number: int) -> Iterator[tuple[Place, Place, str]]:
    """Yield the places of a row that have a cell of their own: the place, the last that it covers, and its text."""
    column = 0
    for cell in row:
        if cell.tag not in {_CELL, _COVERED}:
            continue
        times = int(cell.get(_q("table:number-columns-repeated"), "1"))
        if cell.tag == _CELL:
            text = _value(cell)
            low = number + int(cell.get(_q("table:number-rows-spanned"), "1")) - 1
            wide = int(cell.get(_q("table:number-columns-spanned"), "1")) - 1
            for at in range(column, min(column + (times if text else 1), MOST_COLUMNS)):
                yield (number, at), (low, at + wide), text
        column += times


def _value(cell: Element) -> str:
    day = cell.get(_q("office:date-value"), "")
    return str(day).partition("T")[0] if day else _lines(cell)
