"""RTF into a tree: paragraphs, lists by the marks that the file states, tables by the edges of their cells, notes.

Read by its words of control (RTF 1.9.1): what is deleted, hidden, a picture or a format is passed over.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import regex

from entraide.documents.adapters.extracting import Extract
from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.building import CellDraft, TreeBuilder
from entraide.documents.domain.errors import DamagedFile, NoTextInside, TextTooLong

_TOKEN = regex.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_PASSED_OVER = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf"}
    | {"footer", "footerl", "footerr", "footerf", "listtable", "listoverridetable", "rsidtbl", "themedata", "datastore"}
    | {"latentstyles", "annotation", "atnid", "atnauthor", "xe", "tc", "fldinst", "nonshppict", "bkmkstart", "bkmkend"}
    | {"revtbl", "private1", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "sp", "filetbl"}
    | {"generator", "pgptbl", "xmlnstbl"}
)
_INTO = {"listtext": "mark", "pntext": "mark", "footnote": "note"}
"""Groups whose words become something else than text."""
_CODEPAGES = {"ansicpg": "cp{}", "mac": "mac_roman"}
_TAKEN_AFTER_STAR = frozenset({"shpinst", "shptxt", "listtext", "pntext"})
_SIGNS = {"tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
          "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "softline": "\n"}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_NEAR = 30
"""Twentieths of a point within which two edges of cells are one."""


def extract_rtf(data: bytes, file: str, longest: int) -> Extract:
    """Return the tree of an RTF of at most `longest` characters.

    Raises `NoTextInside`, `TextTooLong`, `DamagedFile`.
    """
    walk = _Walk(file, longest)
    walk.read(data)
    tree = walk.builder.build(Format.RTF.media_type)
    if not any(character.isalpha() for character in tree.text):
        raise NoTextInside(file=file, format="RTF")
    return Extract(tree, walk.builder.encoding or walk.encoding)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group: how many bytes stand in for a letter of Unicode, the font, what becomes of words."""

    replaced: int = 1
    font: int = 0
    into: str = "text"
    hidden: bool = False


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    mark: list[str] = field(default_factory=list)
    depth: int = 0
    heading: int = 0
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class _Edge:
    right: int
    first: bool = False
    goes_on: bool = False


class _Walk:
    """Goes through a file once; `builder` has what was found."""

    def __init__(self, file: str, longest: int) -> None:
        self._file, self._longest = file, longest
        self.builder = TreeBuilder()
        self.encoding = ""
        self._codepage = "cp1252"
        self._fonts: dict[int, str] = {}
        self._state = _State()
        self._stack: list[_State] = []
        self._pending = bytearray()
        self._replaced = 0
        self._star = False
        self._paragraph = _Paragraph()
        self._cell: list[str] = []
        self._row: list[str] = []
        self._edges: list[_Edge] = []
        self._next_edge = (False, False)
        self._rows: list[tuple[list[str], list[_Edge]]] = []
        self._note: list[str] = []

    def read(self, data: bytes) -> None:
        """Read all of `data`; raises `DamagedFile`, `TextTooLong`."""
        position = 0
        while match := _TOKEN.match(data, position):
            position = match.end()
            if match[1] == b"bin":
                position += max(int(match[2] or 0), 0)
            else:
                self._token(*match.groups())
        if data[position:].strip(b"\x00\x1a \r\n"):
            raise DamagedFile(file=self._file, format="RTF")
        self._flush()
        self._end_paragraph()
        self._end_table()

    def _token(
        self, word: bytes | None, number: bytes | None, coded: bytes | None, sign: bytes | None, brace: bytes | None,
        words: bytes | None,
    ) -> None:  # fmt: skip
        """Read a word of control with its number, a byte by its code, a sign, a brace, or words."""
        if word is not None:
            self._control(word.decode(), int(number) if number else None)
        elif coded is not None:
            self._bytes(bytes([int(coded, 16)]))
        elif words is not None:
            self._bytes(words)
        elif brace is not None:
            self._brace(opening=brace == b"{")
        elif sign is not None:
            self._sign(sign.decode("latin-1"))

    def _brace(self, *, opening: bool) -> None:
        self._flush()
        if opening:
            self._stack.append(self._state)
        else:
            before, self._state = self._state, self._stack.pop() if self._stack else _State()
            if before.into == "note" and self._state.into != "note":
                self.builder.add_note("".join(self._note))
                self._note.clear()
        self._star = False

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._star = True
        elif sign in "~_{}\\-":
            self._words({"~": "\u00a0", "_": "-", "-": ""}.get(sign, sign))
        elif sign in "\r\n":
            self._control("par", None)

    def _control(self, word: str, number: int | None) -> None:
        starred, self._star = self._star, False
        if word == "u":
            self._flush()
            self._words(chr((number or 0) % 65536))
            self._replaced = self._state.replaced
            return
        self._replaced = 0
        if word in _PASSED_OVER or (starred and word not in _TAKEN_AFTER_STAR):
            self._flush()
            self._state = replace(self._state, into="fonts" if word == "fonttbl" else "")
        elif word in _SIGNS:
            self._words(_SIGNS[word])
        else:
            self._flush()
            self._act(word, number)

    def _act(self, word: str, number: int | None) -> None:
        into = self._state.into
        if word in _INTO and into:
            self._state = replace(self._state, into=_INTO[word])
        elif word in _OF_A_PARAGRAPH and into:
            _OF_A_PARAGRAPH[word](self, number)
        elif word in _OF_LETTERS:
            self._state = _OF_LETTERS[word](self._state, number)
        elif word == "fcharset" and into == "fonts":
            self._fonts[self._state.font] = _CHARSETS.get(number or 0, self._codepage)
        elif word in _CODEPAGES:
            self._codepage = _CODEPAGES[word].format(number or 1252)

    def _bytes(self, data: bytes) -> None:
        passed = min(self._replaced, len(data))
        self._replaced -= passed
        self._pending += data[passed:]

    def _flush(self) -> None:
        """Decode the bytes that wait, by the character set of their font."""
        if self._pending:
            data, encoding = bytes(self._pending), self._fonts.get(self._state.font, self._codepage)
            self._pending.clear()
            if not data.isascii() and self._state.into == "text":
                self.encoding = self.encoding or encoding.replace("cp", "windows-", 1)
            try:
                self._words(data.decode(encoding, "replace"))
            except LookupError:
                self._words(data.decode("cp1252", "replace"))

    def _words(self, text: str) -> None:
        if self._pending:
            self._flush()
        if self._state.hidden or not text:
            return
        if self._state.into == "mark":
            self._paragraph.mark.append(text)
        elif self._state.into == "note":
            self._note.append(text)
        elif self._state.into == "text":
            self._paragraph.pieces.append(text)

    def end_paragraph(self, _number: int | None) -> None:
        """End a paragraph: in a table it is a line of its cell, elsewhere one of the text."""
        if self._state.into == "note":
            self._note.append("\n")
        elif self._paragraph.in_table:
            self._cell.append(self._taken())
        else:
            self._end_paragraph()

    def _taken(self) -> str:
        """Return the words of the paragraph with its mark, and begin another of the same kind."""
        mark = "".join(self._paragraph.mark).strip()
        text = "".join(self._paragraph.pieces).strip()
        self._paragraph = replace(self._paragraph, pieces=[], mark=[])
        return f"{mark} {text}".strip()

    def _end_paragraph(self) -> None:
        done = self._paragraph
        text, mark = "".join(done.pieces).strip(), "".join(done.mark).strip()
        if text and not done.in_table:
            self._end_table()
            mark = "•" if mark and not mark.isascii() and len(mark) == 1 else mark
            self.builder.add_paragraph(text, heading=done.heading, marker=mark, depth=done.depth if mark else 0)
        if self.builder.length > self._longest:
            raise TextTooLong(file=self._file, limit=self._longest // 1_000_000)
        self._paragraph = replace(done, pieces=[], mark=[])

    def plain(self, _number: int | None) -> None:
        """Begin a paragraph without what the one before was."""
        self._paragraph = replace(self._paragraph, depth=0, heading=0, in_table=False, mark=[])

    def begin_row(self, _number: int | None) -> None:
        """Begin to say where the cells of a row end."""
        self._edges = []
        self._paragraph.in_table = True

    def merge(self, *, first: bool) -> None:
        """Say that the next cell begins, or goes on with, one over several rows."""
        self._next_edge = (first, not first)

    def edge(self, number: int | None) -> None:
        """Say where a cell ends."""
        if len(self._edges) < 256:
            self._edges.append(_Edge(number or 0, *self._next_edge))
        self._next_edge = (False, False)

    def end_cell(self, _number: int | None) -> None:
        """End a cell."""
        self._cell.append(self._taken())
        self._row.append("\n".join(filter(None, self._cell)))
        self._cell = []

    def end_row(self, _number: int | None) -> None:
        """End a row."""
        self._rows.append((self._row, list(self._edges)))
        self._row = []

    def _end_table(self) -> None:
        if self._rows:
            self.builder.add_table(_grid(self._rows))
            self._rows = []

    def set_depth(self, number: int | None) -> None:
        """Say how deep in its list a paragraph stands."""
        self._paragraph.depth = min(number or 0, 8)

    def set_heading(self, number: int | None) -> None:
        """Say that a paragraph is a heading."""
        self._paragraph.heading = min((number or 0) + 1, 6) if (number or 0) < 9 else 0

    def in_table(self, _number: int | None) -> None:
        """Say that a paragraph is in a table."""
        self._paragraph.in_table = True


_OF_A_PARAGRAPH: Mapping[str, Callable[[_Walk, int | None], None]] = {
    "par": _Walk.end_paragraph, "sect": _Walk.end_paragraph, "page": _Walk.end_paragraph, "pard": _Walk.plain,
    "intbl": _Walk.in_table, "trowd": _Walk.begin_row, "cellx": _Walk.edge, "cell": _Walk.end_cell,
    "nestcell": _Walk.end_paragraph, "row": _Walk.end_row, "ilvl": _Walk.set_depth, "outlinelevel": _Walk.set_heading,
    "clvmgf": lambda walk, _number: walk.merge(first=True), "clvmrg": lambda walk, _number: walk.merge(first=False),
}  # fmt: skip
_OF_LETTERS: Mapping[str, Callable[[_State, int | None], _State]] = {
    "uc": lambda state, number: replace(state, replaced=min(max(number or 0, 0), 16) if number is not None else 1),
    "f": lambda state, number: replace(state, font=number or 0),
    "v": lambda state, number: replace(state, hidden=number != 0),
    "deleted": lambda state, number: replace(state, hidden=number != 0),
    "plain": lambda state, _number: replace(state, hidden=False, font=0),
}


def _grid(rows: list[tuple[list[str], list[_Edge]]]) -> list[list[CellDraft]]:
    """Return the cells of a table, as wide as the edges of all rows that lie within them, as high as they go on."""
    edges: list[int] = []
    for right in sorted({edge.right for _, row in rows for edge in row}):
        if not edges or right - edges[-1] > _NEAR:
            edges.append(right)
    table: list[list[CellDraft]] = []
    above: dict[int, tuple[int, int]] = {}
    for texts, row in rows:
        drafts: list[CellDraft] = []
        before = -1
        for text, edge in zip(texts, [*row, *[_Edge(0)] * len(texts)], strict=False):
            at = max(bisect_right(edges, edge.right + _NEAR) - 1, before + 1)
            if edge.goes_on and before in above:
                upper, place = above[before]
                table[upper][place] = replace(table[upper][place], row_span=len(table) - upper + 1)
            else:
                drafts.append(CellDraft(text, 1, at - before))
                above[before] = (len(table), len(drafts) - 1)
            before = at
        table.append(drafts)
    return table
