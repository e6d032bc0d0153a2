"""Tables of activities: header, columns, groups, totals and the rows between them that are clauses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from entraide.documents.domain.tree import Cell, Paragraph, Table
from entraide.reader.domain.plans.columns import (
    LONGEST_HEADER,
    Column,
    Role,
    column_of_header,
    is_number,
    is_tick,
    role_of_cells,
    role_of_header,
)
from entraide.reader.domain.plans.drafts import Draft, Field
from entraide.reader.domain.plans.due import Frame
from entraide.reader.domain.plans.grids import Grid, grid_of
from entraide.reader.domain.plans.languages import language_of
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.signers import name_of
from entraide.reader.domain.plans.words import any_begins, any_has, any_is

_SURE = 0.55
_FULL = 0.6
_GIVEN = (Role.LEAD, Role.DUE, Role.STATUS, Role.INDICATOR, Role.TARGET, Role.TICK, Role.SUPPORT, Role.COST)


@dataclass(slots=True)
class Part:
    """What stands together in a table: its columns, where a header names them, and its rows."""

    columns: list[Column]
    rows: list[int] = field(default_factory=list)
    title: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Cells in which somebody signs, column by column, as paragraphs."""

    columns: tuple[tuple[Paragraph, ...], ...]


Event = Draft | Paragraph | Signature


def read_table(table: Table, sides: Sides, frame: Frame, *, review: bool = False) -> Iterator[Event]:
    """Yield what a table holds in its order: clauses, lines of text, signatures; nothing for a list of contacts."""
    grid = grid_of(table)
    if _is_signature(grid, range(len(grid.rows))):
        yield _signature(grid, range(len(grid.rows)))
        return
    if grid.width == 2 and (cards := _card(grid, list(range(len(grid.rows))), sides)):
        yield from cards
        return
    for part in _parts(grid, sides):
        if not isinstance(part, Part):
            yield part
        elif not part.columns and _is_signature(grid, part.rows):
            yield _signature(grid, part.rows)
        else:
            yield from _read_part(grid, part, sides, frame, review=review)


def _parts(grid: Grid, sides: Sides) -> Iterator[Part | Paragraph]:
    """Cut a table where a header begins: a sheet holds lines of text, then a table, then signatures."""
    part: Part | None = None
    number = 0
    while number < len(grid.rows):
        cells = grid.distinct(number)
        within = part is not None and bool(part.columns)
        height = _header_height(grid, number, sides, within=within) if len(cells) > 1 else 0
        if height:
            texts = [[grid.text(row, column) for row in range(number, number + height)] for column in range(grid.width)]
            columns = [column_of_header(list(dict.fromkeys(text for text in one if text)), sides) for one in texts]
            if part is None or not _same(part.columns, columns):
                if part is not None and part.rows:
                    yield part
                part = Part(columns)
            number += height
            continue
        if part is None and len(cells) == 1 and (cells[0][1].column_span > 1 or grid.width > 1):
            yield Paragraph(cells[0][1].text, cells[0][1].start)
        elif cells and _begins_signature(grid, number) and part is not None and part.columns:
            yield part
            part = Part([], [number])
        elif cells:
            part = part or Part([])
            part.rows.append(number)
        number += 1
    if part is not None and part.rows:
        yield part


def _same(first: Sequence[Column], second: Sequence[Column]) -> bool:
    return [column.header.casefold() for column in first] == [column.header.casefold() for column in second]


def _header_height(grid: Grid, number: int, sides: Sides, *, within: bool) -> int:
    """Return how many rows from `number` are a header, 0 for none; `within` a table all cells of another one must say so."""
    cells = grid.distinct(number)
    if any(len(cell.text) > LONGEST_HEADER for _, cell in cells):
        return 0
    found = [column_of_header([cell.text], sides) for _, cell in cells]
    named = [column for column in found if column.role is not Role.OTHER and column.sure >= 0.4]
    roles = {column.role for column in named}
    flagged = all(cell.header for _, cell in cells)
    enough = len(roles) >= 2 and len(named) >= 0.5 * len(cells) and any(column.sure >= _SURE for column in named)
    sided = len(named) >= 2 and len(named) == len(cells) and len({(c.role, c.state, c.language) for c in named}) >= 2
    if within and (len(named) < 0.8 * len(cells) or not all(column.sure >= _SURE for column in named)):
        return 0
    if not (enough or (sided and (flagged or number == 0)) or (flagged and roles and number == 0)):
        return 0
    if not flagged and any(_is_data(cell.text) for _, cell in cells[1:]):
        return 0
    height = 1
    while number + height < len(grid.rows) and _goes_on(grid, number + height, sides):
        height += 1
    return height


def _is_data(text: str) -> bool:
    return len(text.split()) > 9 or text.strip().isdigit()


def _goes_on(grid: Grid, number: int, sides: Sides) -> bool:
    """Whether a row still belongs to the header: below cells that reach down it only names parties, languages, roles."""
    own = grid.own(number)
    reached = any(grid.from_above(number, column) and grid.text(number, column) for column in range(grid.width))
    above = [grid.rows[number - 1][column] for column, _ in own]
    parted = bool(own) and all(cell is not None and cell.column_span > 1 for cell in above)
    if not own or not (reached or parted) or any(len(cell.text) > 60 for _, cell in own):
        return False
    return all(
        sides.state_of(cell.text)
        or role_of_header(cell.text)[1] >= 0.4
        or any_is("starts", cell.text)
        or any_is("ends", cell.text)
        or column_of_header([cell.text], sides).role is Role.TICK
        for _, cell in own
    )


# Signatures

def _begins_signature(grid: Grid, number: int) -> bool:
    cells = grid.own(number)
    return bool(cells) and len(cells) <= 4 and all(_signs(cell.text) for _, cell in cells)


def _signs(text: str) -> bool:
    return len(text) < 400 and any_begins("signature", text.strip().split("\n")[0][:100])


def _is_signature(grid: Grid, rows: Sequence[int] | range) -> bool:
    """Few columns, and the first row with text has cells that sign: `Pour le …`, `Signed for …`, `Đại diện …`."""
    filled = [number for number in rows if grid.distinct(number)]
    if not filled or len(filled) > 12:
        return False
    for number in filled[:2]:
        cells = grid.distinct(number)
        if len(cells) in (2, 3, 4) and len(filled) <= 5 and all(_is_of_name(cell.text) for _, cell in cells):
            return True
        if len(cells) <= 4 and sum(_signs(cell.text) for _, cell in cells) >= max(1, len(cells) - 1):
            return True
    return False


def _is_of_name(text: str) -> bool:
    """Whether a cell holds a name and little else: rank, post."""
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) <= 5 and any(name_of(line)[0] for line in lines)


def _signature(grid: Grid, rows: Sequence[int] | range) -> Signature:
    columns: dict[int, list[Paragraph]] = {}
    seen: set[int] = set()
    for number in rows:
        for column, cell in grid.distinct(number):
            if id(cell) not in seen:
                seen.add(id(cell))
                columns.setdefault(column, []).extend(_lines(cell))
    return Signature(tuple(tuple(lines) for _, lines in sorted(columns.items())))


def _lines(cell: Cell) -> Iterator[Paragraph]:
    position = cell.start
    for line in cell.text.split("\n"):
        if line.strip():
            yield Paragraph(line.strip(), position + len(line) - len(line.lstrip()))
        position += len(line) + 1


# Rows

def _read_part(grid: Grid, part: Part, sides: Sides, frame: Frame, *, review: bool) -> Iterator[Event]:
    columns = _completed(grid, part, frame)
    activities = [index for index, column in enumerate(columns) if column.role is Role.ACTIVITY]
    if not activities or _is_no_plan(columns):
        return
    yield from _Rows(grid, columns, activities, sides, review=review or _is_review(columns)).read(part.rows)


def _is_no_plan(columns: Sequence[Column]) -> bool:
    """A list of contacts or people, or an agenda by the hour."""
    roles = [column.role for column in columns]
    given = any(role in (Role.DUE, Role.LEAD, Role.STATUS, Role.TICK) for role in roles)
    contacts = sum(column.role is Role.CONTACT and column.sure >= 0.5 for column in columns)
    return contacts >= 2 or (contacts == 1 and not any(r in (Role.DUE, Role.STATUS) for r in roles)) or (Role.HOUR in roles and not (Role.DUE in roles and given))


def _is_review(columns: Sequence[Column]) -> bool:
    return any(column.role is Role.STATUS for column in columns) and not any(column.role is Role.DUE for column in columns)


def _completed(grid: Grid, part: Part, frame: Frame) -> list[Column]:
    """Return the columns with what their cells say where no header does; one of them holds the activities."""
    columns = list(part.columns) or [Column(Role.OTHER)] * grid.width
    texts = [[grid.text(number, index) for number in part.rows if len(grid.distinct(number)) > 1] for index in range(grid.width)]
    for index, column in enumerate(columns):
        if (column.role is Role.OTHER or column.sure < _SURE) and column.role is not Role.TICK:
            role = role_of_cells(texts[index], frame)
            if role is not Role.OTHER and (column.role is Role.OTHER or role in (Role.DUE, Role.NUMBER)) and not column.language:
                columns[index] = replace(column, role=role)
        elif column.role is Role.STATUS and role_of_cells(texts[index], frame) is Role.OTHER and "result" in column.header.casefold()[:10]:
            columns[index] = replace(column, role=Role.INDICATOR)
    return _with_activity(columns, texts, headed=bool(part.columns))


def _with_activity(columns: list[Column], texts: list[list[str]], *, headed: bool) -> list[Column]:
    """Choose the column of the activities: the one whose header says so, of several the longest texts."""
    sizes = [sum(len(text.split()) for text in one) / max(1, len([t for t in one if t])) for one in texts]
    named = [index for index, column in enumerate(columns) if column.role is Role.ACTIVITY]
    if not named:
        free = [i for i, c in enumerate(columns) if c.role in (Role.OTHER, Role.GROUP, Role.NOTE, Role.TARGET) and sizes[i] >= (2.5 if headed else 3.5)]
        others = {column.role for column in columns} & {Role.DUE, Role.LEAD, Role.STATUS, Role.TICK, Role.INDICATOR}
        if not free or not (others or (headed and Role.NUMBER in {c.role for c in columns})):
            return columns
        best = max(free, key=lambda index: sizes[index])
        columns[best] = replace(columns[best], role=Role.ACTIVITY)
        return columns
    if len(named) > 1 and not _stand_side_by_side(columns, named, texts):
        best = max(named, key=lambda index: (sizes[index] >= 3, round(columns[index].sure, 1), sizes[index]))
        for index in named:
            if index != best:
                columns[index] = replace(columns[index], role=Role.GROUP)
    return columns


def _stand_side_by_side(columns: Sequence[Column], named: Sequence[int], texts: Sequence[Sequence[str]]) -> bool:
    """Several columns of activities that are all meant: one per party, or one per language."""
    if all(columns[index].language for index in named) or len({columns[i].state for i in named} - {""}) == len(named):
        return True
    languages = [language_of(" ".join(texts[index])) for index in named]
    return len(set(languages)) == len(named)


def _card(grid: Grid, rows: Sequence[int], sides: Sides) -> list[Draft]:
    """A card: labels in the first column, what they say in the second; an activity begins a clause."""
    columns = [(number, column_of_header([grid.text(number, 0)], sides)) for number in rows if grid.distinct(number)]
    labels = [(number, column.role, column.sure, column.state) for number, column in columns]
    sure_ones = [role for _, role, sure, _ in labels if sure >= 0.4 and role is not Role.OTHER]
    if len(labels) < 3 or len(sure_ones) < 0.7 * len(labels) or Role.ACTIVITY not in sure_ones:
        return []
    values = [role_of_header(grid.text(number, 1))[1] for number, *_ in labels]
    if len(set(sure_ones)) < 3 or sum(value >= _SURE for value in values) > 0.4 * len(values):
        return []
    drafts: list[Draft] = []
    number_text = ""
    for number, role, sure, state in labels:
        cell = grid.rows[number][1]
        if cell is None or sure < 0.4 or not cell.text.strip():
            continue
        if role is Role.NUMBER:
            number_text = cell.text.strip()
        elif role is Role.ACTIVITY and not (drafts and not drafts[-1].fields):
            drafts.append(Draft(number_text, cell.text.strip(), cell.start, cell.start + len(cell.text), in_table=True))
        elif drafts:
            drafts[-1].fields.append(Field(role, cell.text, cell.start, state, grid.text(number, 0)))
    return drafts


class _Rows:
    """Reads the rows of one part: holds the group above and the clause that a row may go on with."""

    def __init__(self, grid: Grid, columns: Sequence[Column], activities: Sequence[int], sides: Sides, *, review: bool) -> None:
        self.grid, self.columns, self.activities, self.sides, self.review = grid, columns, activities, sides, review
        self.group = ""
        self.group_state = ""
        self.numbers = [index for index, column in enumerate(columns) if column.role is Role.NUMBER]
        self.given = [index for index, column in enumerate(columns) if column.role in _GIVEN]

    def read(self, rows: Sequence[int]) -> Iterator[Event]:
        """Yield the clauses of the rows, and lines of text below them."""
        last: list[Draft] = []
        for number in rows:
            cells = self.grid.distinct(number)
            if self._is_total(cells):
                continue
            if self._is_group(number, cells):
                own = [cell for _, cell in cells if not is_number(cell.text)] or [cells[0][1]]
                line = self._line(own[-1], number)
                if line is not None:
                    yield line
                continue
            if last and self._continues(number):
                for draft in last:
                    self._add_fields(draft, number)
                continue
            made = list(self._drafts(number))
            last = made or last
            yield from made

    def _line(self, cell: Cell, number: int) -> Paragraph | None:
        """Keep a group's name; a line that closes the text, or a note, is a line of text."""
        text = cell.text.strip()
        if len(text) > 110 or any_has("signed_at", text) or any_begins("note_line", text) or text.startswith("*"):
            return Paragraph(text, cell.start)
        self.group, self.group_state = text, self.sides.state_of(text)
        return None

    def _is_total(self, cells: Sequence[tuple[int, Cell]]) -> bool:
        return any(any_begins("total", cell.text) for column, cell in cells[:3] if column <= max(self.activities) or cell.column_span > 1)

    def _is_group(self, number: int, cells: Sequence[tuple[int, Cell]]) -> bool:
        """A row with one text over the width, or a number and a text while its other columns are empty."""
        own = self.grid.own(number) or cells
        texts = [(column, cell) for column, cell in own if not (column in self.numbers and is_number(cell.text))]
        if len(texts) != 1:
            return len(own) == 1 and not texts
        column, cell = texts[0]
        if cell.column_span >= max(2, _FULL * self.grid.width):
            return True
        if column not in self.activities:
            return len(own) == 1 and self.columns[column].role in (Role.NUMBER, Role.GROUP, Role.OTHER) and cell.column_span >= 1 and not self._reached(number)
        if self._reached(number) or not self.given:
            return False
        marker = next((c.text.strip() for i, c in own if i in self.numbers), "")
        return not marker or regex.fullmatch(r"[IVX]+[.)]?|[A-Z][.)]?", marker) is not None or (len(cell.text.split()) <= 6 and self._has_deeper(marker))

    def _reached(self, number: int) -> bool:
        return any(self.grid.from_above(number, index) and self.grid.text(number, index) for index in range(self.grid.width) if index in self.activities or self.columns[index].role in (Role.LEAD, Role.DUE))

    def _has_deeper(self, marker: str) -> bool:
        bare = marker.rstrip(".)")
        return any(self.grid.text(row, index).startswith(f"{bare}.") and self.grid.text(row, index).strip(".") != bare for row in range(len(self.grid.rows)) for index in self.numbers)

    def _continues(self, number: int) -> bool:
        """A row whose activity reaches down from above, or that has none and no number of its own."""
        if all(self.grid.from_above(number, index) or not self.grid.text(number, index) for index in self.activities):
            own = [i for i in self.numbers if self.grid.text(number, i) and not self.grid.from_above(number, i)]
            return not own
        return False

    def _drafts(self, number: int) -> Iterator[Draft]:
        marker = next((self.grid.text(number, index) for index in self.numbers if self.grid.text(number, index)), "")
        group = " ".join(t for i, c in enumerate(self.columns) if c.role is Role.GROUP and (t := self.grid.text(number, i))) or self.group
        filled = [index for index in self.activities if _says(self.grid.text(number, index))]
        if not filled:
            return
        by_party = len(filled) > 0 and all(self.columns[index].state for index in self.activities) and len(self.activities) > 1
        if by_party:
            for index in filled:
                yield self._draft(number, index, marker, group, home=self.columns[index].state)
            return
        draft = self._draft(number, filled[0], marker, group)
        for index in self.activities if len(self.activities) > 1 else ():
            text = self.grid.text(number, index)
            language = self.columns[index].language or language_of(" ".join(self.grid.text(n, index) for n in range(len(self.grid.rows))))
            if text:
                draft.texts[language or "und"] = text
        yield draft

    def _draft(self, number: int, index: int, marker: str, group: str, home: str = "") -> Draft:
        cell = self.grid.rows[number][index]
        text, start = (cell.text, cell.start) if cell else ("", 0)
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        if not marker and (match := regex.match(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\))\s+(?=\p{L})", text)):
            marker, text, lead = match[0].strip(), text[match.end() :], lead + match.end()
        draft = Draft(
            marker, text, start + lead, start + lead + len(text), group=group, home=home or self.group_state, review=self.review, in_table=True,
        )  # fmt: skip
        self._add_fields(draft, number)
        return draft

    def _add_fields(self, draft: Draft, number: int) -> None:
        seen = {(item.start, item.state) for item in draft.fields}
        whole = {id(self.grid.rows[number][index]) for index in self.activities}
        for index, column in enumerate(self.columns):
            cell = self.grid.rows[number][index]
            if cell is None or not cell.text.strip() or column.role in (Role.NUMBER, Role.ACTIVITY, Role.GROUP) or id(cell) in whole:
                continue
            if (cell.start, column.state) in seen:
                continue
            if column.role is Role.TICK and not is_tick(cell.text):
                draft.fields.append(Field(Role.DUE, f"{cell.text} {column.header}", cell.start, header=column.header))
            elif column.role is Role.TICK:
                draft.fields.append(Field(Role.TICK, cell.text, cell.start, header=column.header))
            else:
                draft.fields.append(Field(column.role, cell.text, cell.start, column.state, column.header))


def _says(text: str) -> bool:
    """Whether an activity's cell says something: not a dash, not only that the row was deleted."""
    return sum(c.isalpha() for c in text) > 3 and not any_is("none", text) and not any_is("status.dropped", text.strip(" ()[]–-"))
