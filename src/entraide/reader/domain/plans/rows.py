"""The rows of a table of activities: groups, totals, rows that go on with the one above, and clauses."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import regex

from entraide.documents.domain.tree import Cell, Paragraph
from entraide.reader.domain.plans.columns import Column, Role, is_number, is_tick
from entraide.reader.domain.plans.drafts import Draft, Field
from entraide.reader.domain.plans.due import rhythm_of
from entraide.reader.domain.plans.grids import Grid
from entraide.reader.domain.plans.languages import language_of
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.words import any_begins, any_has, any_is, every_language

_FULL = 0.6
_LONGEST_GROUP = 110
_SHORT = 6
_GIVEN = (Role.LEAD, Role.DUE, Role.STATUS, Role.INDICATOR, Role.TARGET, Role.TICK, Role.SUPPORT, Role.COST)
_OWN = (Role.NUMBER, Role.ACTIVITY, Role.GROUP)
_HIGH = regex.compile(r"[IVX]+[.)]?|[A-Z][.)]?")
_TYPED = regex.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\))\s+(?=\p{L})")


class Rows:
    """Reads the rows of one part: holds the group above and the clauses that a row may go on with."""

    def __init__(self, grid: Grid, columns: Sequence[Column], sides: Sides, *, review: bool) -> None:
        self.grid, self.columns, self.sides, self.review = grid, columns, sides, review
        self.group = ""
        self.group_state = ""
        self.activities = [index for index, column in enumerate(columns) if column.role is Role.ACTIVITY]
        self.numbers = [index for index, column in enumerate(columns) if column.role is Role.NUMBER]
        self.given = [index for index, column in enumerate(columns) if column.role in _GIVEN]

    def read(self, rows: Sequence[int]) -> Iterator[Draft | Paragraph]:
        """Yield the clauses of the rows, and lines of text below them."""
        last: list[Draft] = []
        for number in rows:
            cells = self.grid.distinct(number)
            if self._is_total(cells):
                continue
            if self._is_group(number, cells):
                yield from self._line(cells)
            elif last and self._continues(number):
                for draft in last:
                    self._add_fields(draft, number)
            else:
                made = list(self._drafts(number))
                last = made or last
                yield from made

    def _line(self, cells: Sequence[tuple[int, Cell]]) -> Iterator[Paragraph]:
        """Keep a group's name; a line that closes the text, or a note, is a line of text."""
        own = [cell for _, cell in cells if not is_number(cell.text)]
        cell = own[-1] if own else cells[0][1]
        text = cell.text.strip()
        long = len(text) > _LONGEST_GROUP or text.startswith("*")
        if long or any_has("signed_at", text) or any_begins("note_line", text):
            yield Paragraph(text, cell.start)
        else:
            self.group, self.group_state = text, self.sides.state_of(text)

    def _is_total(self, cells: Sequence[tuple[int, Cell]]) -> bool:
        first = [cell for column, cell in cells[:3] if column <= max(self.activities) or cell.column_span > 1]
        return any(any_begins("total", cell.text) for cell in first)

    def _is_group(self, number: int, cells: Sequence[tuple[int, Cell]]) -> bool:
        """A row with one text over the width, or a number and a text while its other columns are empty."""
        own = self.grid.own(number) or list(cells)
        texts = [(column, cell) for column, cell in own if not (column in self.numbers and is_number(cell.text))]
        if len(texts) != 1:
            return len(own) == 1 and not texts
        column, cell = texts[0]
        if cell.column_span >= max(2, _FULL * self.grid.width):
            return True
        if self._is_reached(number):
            return False
        if column not in self.activities:
            return len(own) == 1 and self.columns[column].role in (Role.NUMBER, Role.GROUP, Role.OTHER)
        marker = next((c.text.strip() for i, c in own if i in self.numbers), "")
        return bool(self.given) and self._heads(marker, cell.text)

    def _heads(self, marker: str, text: str) -> bool:
        """Whether a number and a text alone are a group: no number, a Roman one, a letter, one with deeper ones."""
        if not marker or _HIGH.fullmatch(marker):
            return True
        return len(text.split()) <= _SHORT and marker.rstrip(".)") in self._above

    def _is_reached(self, number: int) -> bool:
        """Whether an activity, a unit or a time reaches down into the row from above."""
        reaching = [i for i, c in enumerate(self.columns) if c.role in (Role.ACTIVITY, Role.LEAD, Role.DUE)]
        return any(self.grid.from_above(number, index) and self.grid.text(number, index) for index in reaching)

    @cached_property
    def _above(self) -> frozenset[str]:
        """The numbers that others stand below: `1` where there is a `1.2`."""
        texts = (self.grid.text(row, index) for row in range(len(self.grid.rows)) for index in self.numbers)
        parts = [text.strip(".").split(".") for text in texts]
        return frozenset(".".join(part[:size]) for part in parts for size in range(1, min(len(part), 6)))

    def _continues(self, number: int) -> bool:
        """A row whose activity reaches down from above, or that has none and no number of its own."""
        if not all(self.grid.from_above(number, i) or not self.grid.text(number, i) for i in self.activities):
            return False
        return not any(self.grid.text(number, i) and not self.grid.from_above(number, i) for i in self.numbers)

    def _drafts(self, number: int) -> Iterator[Draft]:
        filled = [index for index in self.activities if _says(self.grid.text(number, index))]
        if not filled:
            return
        marker = next((text for index in self.numbers if (text := self.grid.text(number, index))), "")
        if self._by_party:
            for index in filled:
                yield self._draft(number, index, marker, home=self.columns[index].state)
            return
        draft = self._draft(number, filled[0], marker)
        draft.texts = self._texts(number) if len(self.activities) > 1 else {}
        yield draft

    @cached_property
    def _by_party(self) -> bool:
        """Whether each party has a column of activities of its own."""
        return len(self.activities) > 1 and all(self.columns[index].state for index in self.activities)

    @cached_property
    def _languages(self) -> dict[int, str]:
        """The language of each column of activities."""
        rows = range(len(self.grid.rows))
        return {
            index: self.columns[index].language or language_of(" ".join(self.grid.text(row, index) for row in rows))
            for index in self.activities
        }

    def _texts(self, number: int) -> dict[str, str]:
        texts = {index: self.grid.text(number, index) for index in self.activities}
        return {self._languages[index] or "und": text for index, text in texts.items() if text}

    def _group_of(self, number: int) -> str:
        texts = [self.grid.text(number, i) for i, c in enumerate(self.columns) if c.role is Role.GROUP]
        return " ".join(filter(None, texts)) or self.group

    def _draft(self, number: int, index: int, marker: str, home: str = "") -> Draft:
        cell = self.grid.rows[number][index]
        text, start = (cell.text, cell.start) if cell else ("", 0)
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        if not marker and (match := _TYPED.match(text)):
            marker, text, lead = match[0].strip(), text[match.end() :], lead + match.end()
        draft = Draft(marker, text, start + lead, start + lead + len(text), in_table=True, review=self.review)
        draft.group, draft.home = self._group_of(number), home or self.group_state
        self._add_fields(draft, number)
        return draft

    def _add_fields(self, draft: Draft, number: int) -> None:
        seen = {(item.start, item.state) for item in draft.fields}
        whole = {id(self.grid.rows[number][index]) for index in self.activities}
        for column, cell in zip(self.columns, self.grid.rows[number], strict=True):
            if cell is None or not cell.text.strip() or column.role in _OWN or id(cell) in whole:
                continue
            if (cell.start, column.state) not in seen:
                draft.fields.append(_field(column, cell))


def _field(column: Column, cell: Cell) -> Field:
    if column.role is not Role.TICK:
        return Field(column.role, cell.text, cell.start, column.state, column.header)
    if is_tick(cell.text):
        return Field(Role.TICK, cell.text, cell.start, header=column.header)
    if any(rhythm_of(cell.text, words, in_column=True) for words in every_language()):
        return Field(Role.DUE, cell.text, cell.start)  # `Continuous` over the columns of a calendar
    return Field(Role.DUE, f"{cell.text} {column.header}", cell.start, header=column.header)


def _says(text: str) -> bool:
    """Whether an activity's cell says something: not a dash, not only that the row was deleted."""
    if sum(character.isalpha() for character in text) <= 3 or any_is("none", text):
        return False
    return not any_is("status.dropped", text.strip(" ()[]–-"))
