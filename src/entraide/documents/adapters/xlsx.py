"""XLSX into a tree: of each visible sheet its lines and its table, values as they are shown, formulas by their results.

Read from the ZIP with lxml: what is needed is small, and a library for it is larger than all of this program's other
readers. Hidden sheets, rows and columns are left out, and the tree says so. Nothing is calculated: a formula whose
result was not saved is left out too.
"""

import posixpath
from collections import Counter
from collections.abc import Mapping
from typing import Any

import regex
from lxml import etree  # type: ignore[import-untyped]

from entraide.documents.adapters.extracting import Extract
from entraide.documents.adapters.number_formats import format_code, show_number
from entraide.documents.adapters.packages import check_package, read_parts
from entraide.documents.adapters.sheets import Place, Sheet, add_sheet
from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.building import TreeBuilder
from entraide.documents.domain.errors import DamagedFile, NoTextInside, TextTooLong
from entraide.kernel.text import N_

Element = Any
_REFERENCE = regex.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_TITLES = regex.compile(r"\$(\d+):\$(\d+)")
_ON = frozenset({"1", "true"})
_RELATION = regex.compile(r"\}id\Z")
HIDDEN_SHEET = N_("hidden sheet")
HIDDEN_ROWS = N_("hidden rows or columns")
NO_RESULT = N_("formulas without a saved result")


def extract_xlsx(data: bytes, file: str, longest: int) -> Extract:
    """Return the tree of an XLSX of at most `longest` characters.

    Raises what `check_package` raises, `NoTextInside`, `TextTooLong`, `DamagedFile`.
    """
    check_package(data, file, Format.XLSX)
    try:
        builder = TreeBuilder()
        for sheet in _Book(read_parts(data, _is_needed), builder).sheets():
            add_sheet(builder, sheet)
            if builder.length > longest:
                raise TextTooLong(file=file, limit=longest // 1_000_000)
    except (etree.LxmlError, KeyError, ValueError, OverflowError) as error:
        raise DamagedFile(file=file, format="XLSX") from error
    tree = builder.build(Format.XLSX.media_type)
    if not any(character.isalpha() for character in tree.text):
        raise NoTextInside(file=file, format="XLSX")
    return Extract(tree, builder.encoding)


def _is_needed(name: str) -> bool:
    return name.startswith("xl/") and name.endswith((".xml", ".rels")) and "/drawings/" not in name


def parse_part(part: bytes) -> Element:
    """Return the root of a part of a package; entities are not expanded, nothing is fetched; raises `LxmlError`."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _tag(element: Element) -> str:
    """Return the name of an element without its namespace: strict and transitional files differ in it only."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _all(element: Element, name: str) -> list[Element]:
    return [one for one in element.iter() if _tag(one) == name]


def _child(element: Element, name: str) -> Element:
    return next((one for one in element if _tag(one) == name), None)


class _Book:
    """A workbook: its sheets in their order, its shared texts and formats."""

    def __init__(self, parts: Mapping[str, bytes], builder: TreeBuilder) -> None:
        self._parts, self._builder = parts, builder
        self._root = parse_part(parts["xl/workbook.xml"])
        properties = _child(self._root, "workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in _ON
        self._texts = self._shared_texts()
        self._formats = self._cell_formats()
        self._targets = self._relations()

    def sheets(self) -> "list[Sheet]":
        """Return the visible sheets."""
        found = []
        for number, element in enumerate(_all(self._root, "sheet")):
            name = element.get("name") or ""
            target = next(
                (self._targets.get(value, "") for key, value in element.attrib.items() if _RELATION.search(key)), ""
            )
            if element.get("state", "visible") != "visible":
                self._builder.leave_out(HIDDEN_SHEET, name)
            elif target in self._parts and "worksheets/" in target:
                found.append(self._sheet(name, parse_part(self._parts[target]), self._printed_on_each_page(number)))
        return found

    def _relations(self) -> dict[str, str]:
        root = parse_part(self._parts["xl/_rels/workbook.xml.rels"])
        return {
            one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target") or "")).lstrip("/")
            for one in root
            if one.get("Id")
        }

    def _shared_texts(self) -> list[str]:
        part = self._parts.get("xl/sharedStrings.xml")
        return [] if part is None else [_text_of(one) for one in parse_part(part) if _tag(one) == "si"]

    def _cell_formats(self) -> list[str]:
        part = self._parts.get("xl/styles.xml")
        if part is None:
            return []
        root = parse_part(part)
        own = {int(one.get("numFmtId")): one.get("formatCode") or "" for one in _all(root, "numFmt")}
        cells = _child(root, "cellXfs")
        return [] if cells is None else [format_code(int(one.get("numFmtId") or 0), own) for one in cells]

    def _printed_on_each_page(self, number: int) -> range:
        for name in _all(self._root, "definedName"):
            if name.get("name") == "_xlnm.Print_Titles" and name.get("localSheetId") == str(number):
                rows = _TITLES.search(name.text or "")
                if rows:
                    return range(int(rows[1]) - 1, int(rows[2]))
        return range(0)

    def _sheet(self, name: str, root: Element, printed: range) -> Sheet:
        texts = self._texts_of(name, root)
        merged = dict(filter(None, (_area(one.get("ref") or "") for one in _all(root, "mergeCell"))))
        frozen = max((int(float(one.get("ySplit") or 0)) for one in _all(root, "pane")), default=0)
        filled = Counter(row for row, _ in texts)
        head = {row for row in {*printed, *range(min(frozen, 50))} if filled[row] > 1}
        return Sheet(name, texts, merged, head)

    def _texts_of(self, name: str, root: Element) -> dict[Place, str]:
        """Return what the places of a sheet show, without hidden rows and columns."""
        hidden = _hidden_columns(root)
        texts: dict[Place, str] = {}
        row = -1
        for element in _all(root, "row"):
            row = int(element.get("r") or row + 2) - 1
            gone = element.get("hidden") in _ON
            for place, text in self._cells(element, row):
                if gone or any(place[1] in columns for columns in hidden):
                    self._builder.leave_out(HIDDEN_ROWS, name)
                else:
                    texts[place] = text
        return texts

    def _cells(self, row: Element, number: int) -> list[tuple[Place, str]]:
        found: list[tuple[Place, str]] = []
        column = -1
        for cell in row:
            if _tag(cell) != "c":
                continue
            reference = _REFERENCE.match(cell.get("r") or "")
            column = _column(reference[1]) if reference else column + 1
            if text := self._value(cell):
                found.append(((number, column), text))
        return found

    def _value(self, cell: Element) -> str:
        kind, inline, value = cell.get("t", "n"), _child(cell, "is"), _child(cell, "v")
        if kind == "inlineStr":
            return "" if inline is None else _text_of(inline)
        if value is None or value.text is None:
            if _child(cell, "f") is not None:
                self._builder.leave_out(NO_RESULT, cell.get("r") or "")
            return ""
        return self._shown(kind, str(value.text), int(cell.get("s") or 0))

    def _shown(self, kind: str, text: str, style: int) -> str:
        """Return a value of a kind of cell (ECMA-376-1, 18.18.11) as it is shown."""
        if kind == "s":
            return self._texts[int(text)] if int(text) < len(self._texts) else ""
        if kind == "n":
            code = self._formats[style] if style < len(self._formats) else ""
            return show_number(float(text), code, since_1904=self._since_1904)
        if kind == "b":
            return {"0": "FALSE", "1": "TRUE"}.get(text, text)
        return text[:10] if kind == "d" else text


def _hidden_columns(root: Element) -> list[range]:
    return [
        range(int(one.get("min")) - 1, int(one.get("max")))
        for one in _all(root, "col")
        if one.get("hidden") in _ON and one.get("min") and one.get("max")
    ]


def _text_of(element: Element) -> str:
    """Return the words of a shared or inline text; its reading aids for Japanese are none."""
    pieces = (one.text or "" for one in element.iter() if _tag(one) == "t" and _tag(one.getparent()) != "rPh")
    return "".join(pieces).replace("_x000D_", "")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _area(reference: str) -> tuple[Place, Place] | None:
    ends = [(int(row) - 1, _column(column)) for column, row in _REFERENCE.findall(reference)]
    return (ends[0], ends[1]) if len(ends) == 2 else None
