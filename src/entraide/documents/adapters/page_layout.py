"""A page in reading order: what stands in columns is read column by column, what stands in rows is a table.

Whatever order the file draws in, only places count. Where lines are drawn around cells they tell the table. Elsewhere
words that leave the same gap free line by line stand in columns: full lines of prose in each are columns of a text, all
else is a table. A number or dash with its text beside it is neither, but a point of a list.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from entraide.documents.adapters.layout import Line
from entraide.documents.adapters.page_tables import NEAR, Frame, find_frames, gaps_between, merged_spans
from entraide.documents.adapters.pdf_positions import Drawn, Run
from entraide.documents.domain.markers import split_marker

HYPHENS = str.maketrans({"\u00ad": "-", "\u2010": "-", "\u2011": "-"})
"""What stands on a page is no soft hyphen: fonts draw both with one sign, and some files name it by the other."""
_WORD_GAP = 0.15
_COLUMN_GAP = 0.85
"""Of the size of the type: less is no space, more parts what stands in a line."""
_SAME_LINE = 0.35
_PROSE_WIDTH = 22
_PROSE_LINES = 4
_FULL = 0.72
_WIDER = 1.2
_FAR = 2.6
_MOST_COLUMNS = 0.6


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines of a text, in their order; `gutters` where they are a column among others."""

    lines: tuple[Line, ...]
    gutters: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its place and the places that it covers, and its lines."""

    row: int
    column: int
    high: int
    wide: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or the part of one that stands on a page; `edges` are where its columns begin, in points."""

    cells: tuple[GridCell, ...]
    edges: tuple[float, ...]


Part = Prose | Grid


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands at one height, from left to right."""

    runs: tuple[Run, ...]

    @property
    def height(self) -> float:
        return self.runs[0].height

    @property
    def size(self) -> float:
        return max(run.size for run in self.runs)

    @property
    def text(self) -> str:
        return _line(self.runs).text


Gutters = tuple[float, ...]
"""Where the free stretches between the columns of a text lie, by their middles, in points."""


def arrange(drawn: Drawn, known: Collection[Gutters] = ()) -> list[Part]:
    """Return the parts of a page in the order in which a person reads them.

    `known` are the columns in which the text of other pages stands: a few short lines in them are text as well.
    """
    frames = find_frames(drawn.rules)
    inside, free = _by_frame(frames, drawn.runs)
    parts: list[Part] = []
    for around, runs in zip(frames, inside, strict=True):
        middle = (around.levels[0] + around.levels[-1]) / 2
        parts += _without_frames([run for run in free if run.height > middle], known)
        free = [run for run in free if run.height <= middle]
        parts += _framed(around, runs)
    return _one_below_the_other(parts + _without_frames(free, known))


def _by_frame(frames: Sequence[Frame], runs: Sequence[Run]) -> tuple[list[list[Run]], list[Run]]:
    """Return what stands in each of the drawn tables, and what stands in none."""
    inside: list[list[Run]] = [[] for _ in frames]
    free: list[Run] = []
    for run in runs:
        own = next((held for frame, held in zip(frames, inside, strict=True) if frame.holds(run)), free)
        own.append(run)
    return inside, free


def _one_below_the_other(parts: list[Part]) -> list[Part]:
    """Return the parts, prose that goes on below other prose as one; the head of another column begins anew."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if (
            isinstance(part, Prose)
            and isinstance(before, Prose)
            and part.lines[0].height < before.lines[-1].height
        ):  # fmt: skip
            found[-1] = Prose(before.lines + part.lines, before.gutters or part.gutters)
        else:
            found.append(part)
    return found


def lines_of(runs: Sequence[Run]) -> list[Line]:
    """Return the lines of a cell or a column, from the top down."""
    return [_line(row.runs) for row in rows_of(runs)]


def rows_of(runs: Sequence[Run]) -> list[_Row]:
    """Return pieces of text by their height, from the top down; small ones that are raised stay in their line."""
    rows: list[list[Run]] = []
    for run in sorted((run for run in runs if run.text.strip()), key=lambda run: -run.height):
        before = rows[-1] if rows else None
        if before is not None and _in_line(before, run):
            before.append(run)
        else:
            rows.append([run])
    return [_Row(tuple(sorted(row, key=lambda run: run.left))) for row in rows]


def _in_line(row: list[Run], run: Run) -> bool:
    """Whether a piece stands in a row: at its height, or beside a piece of it that is raised or lowered a little."""
    apart = min(abs(one.height - run.height) for one in row)
    if apart <= _SAME_LINE * max(run.size, row[0].size):
        beside = all(run.left >= one.right - one.size / 2 or run.right <= one.left + one.size / 2 for one in row)
        return beside or apart < 1
    return False


def _line(runs: Sequence[Run]) -> Line:
    pieces: list[str] = []
    before: Run | None = None
    for run in runs:
        if before is not None and run.left - before.right > _WORD_GAP * max(min(run.size, before.size), 1):
            pieces.append(" ")
        pieces.append(run.text)
        before = run
    text = " ".join("".join(pieces).translate(HYPHENS).split())
    usual = max(runs, key=lambda run: len(run.text))
    return Line(text, usual.height, usual.size)


def _framed(frame: Frame, runs: list[Run]) -> list[Part]:
    """Return the table that lines are drawn around, nothing where it holds no words."""
    places: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        places.setdefault(frame.place(run), []).append(run)
    cells: list[GridCell] = []
    for row, column, high, wide in frame.areas():
        own = [
            run
            for down in range(high)
            for right in range(wide)
            for run in places.get((row + down, column + right), ())
        ]  # fmt: skip
        cells.append(GridCell(row, column, high, wide, tuple(lines_of(own))))
    return [Grid(tuple(cells), frame.edges)] if any(cell.lines for cell in cells) else []


def _chunks(row: _Row) -> list[list[Run]]:
    """Return what stands in a row, parted where more than a space is free."""
    chunks: list[list[Run]] = []
    for run in row.runs:
        if chunks and run.left - max(one.right for one in chunks[-1]) < _COLUMN_GAP * max(run.size, 1):
            chunks[-1].append(run)
        else:
            chunks.append([run])
    return chunks


def _overlapping_rows(runs: Sequence[Run]) -> list[_Row]:
    """Return rows as `rows_of`, those of two columns whose lines stand a little higher or lower as one."""
    rows: list[_Row] = []
    for row in rows_of(runs):
        before = rows[-1] if rows else None
        if before and before.height - row.height < 0.8 * min(before.size, row.size) and _aside(before, row):
            rows[-1] = _Row(tuple(sorted(before.runs + row.runs, key=lambda run: run.left)))
        else:
            rows.append(row)
    return rows


def _aside(one: _Row, other: _Row) -> bool:
    """Whether nothing of one row stands above something of the other."""
    return all(a.right <= b.left or b.right <= a.left for a in one.runs for b in other.runs)


def _without_frames(runs: Sequence[Run], known: Collection[Gutters]) -> list[Part]:
    """Return the parts of an area without drawn tables."""
    rows = _overlapping_rows(runs)
    parts: list[Part] = []
    plain: list[_Row] = []
    number = 0
    while number < len(rows):
        end, band = _band_at(rows, number, known)
        if not band:
            plain.append(rows[number])
            number += 1
            continue
        if above := _rows_above(plain, band[0]):
            plain = plain[: len(plain) - len(above)]
            band = _read_band([*above, *rows[number:end]], known) or band
        parts += [*_prose(plain), *band]
        plain = []
        number = end
    return parts + _prose(plain)


def _prose(rows: list[_Row]) -> list[Part]:
    return [Prose(tuple(_line(row.runs) for row in rows))] if rows else []


def _band_at(rows: Sequence[_Row], first: int, known: Collection[Gutters]) -> tuple[int, list[Part]]:
    """Return what stands in columns from the row `first` on, and behind which row it ends; nothing where none does."""
    end = _end_of_band(rows, first)
    band = (_read_band(rows[first:end], known) or []) if end - first > 1 else []
    if not band:
        return first, []
    kept = _without_lines_behind(rows[first:end], _FAR if isinstance(band[0], Prose) else _WIDER)
    if kept < end - first:
        return first + kept, _read_band(rows[first : first + kept], known) or []
    return end, band


def _rows_above(plain: list[_Row], part: Part) -> list[_Row]:
    """Return the last lines above a table that stand in one of its columns, but the first: a row that goes on."""
    if not isinstance(part, Grid):
        return []
    found: list[_Row] = []
    for row in reversed(plain):
        near = not found or row.height - found[0].height < 2 * row.size
        if not near or row.runs[0].left < part.edges[1] - NEAR:
            break
        found.insert(0, row)
    return found


def _spans(row: _Row) -> list[tuple[float, float]]:
    return [(chunk[0].left, max(run.right for run in chunk)) for chunk in _chunks(row)]


def _end_of_band(rows: Sequence[_Row], first: int) -> int:
    """Return behind which row the columns end that begin in the row `first`; that row itself where none begin."""
    spans = _spans(rows[first])
    if len(spans) < 2:
        return first
    least = _COLUMN_GAP * rows[first].size
    usual = 0.0
    end = first + 1
    while end < len(rows):
        gap = rows[end - 1].height - rows[end].height
        usual = usual or gap
        merged = merged_spans([*spans, *_spans(rows[end])], least)
        # Far below, or a line across all columns: what stood in columns has ended.
        if len(merged) < 2 or gap > max(3 * usual, 4 * rows[end].size):
            break
        spans = merged
        usual = min(usual, gap)
        end += 1
    return end


def _without_lines_behind(rows: Sequence[_Row], wider: float) -> int:
    """Return how many rows are left without the lines of text that stand alone at the left and apart behind others."""
    end = len(rows)
    left = min(run.left for row in rows for run in row.runs)
    gaps = gaps_between([row.height for row in rows])
    while end > 2 and len(_spans(rows[end - 1])) == 1:
        if abs(rows[end - 1].runs[0].left - left) > 3 or gaps[end - 2] <= wider * min(gaps):
            break
        end -= 1
    return end


def _read_band(rows: Sequence[_Row], known: Collection[Gutters]) -> list[Part] | None:
    """Return what rows with gaps in common are; None where they are lines of a text after all."""
    columns = _columns_of(rows)
    if len(columns) < 2:
        return None
    texts = [_column(rows, column, columns) for column in range(len(columns))]
    if _are_markers(texts[0]) and len(columns) == 2:
        return None
    own = tuple((before[1] + behind[0]) / 2 for before, behind in pairwise(columns))
    if _are_columns_elsewhere(own, columns, known) or _are_prose(texts, columns):
        return [Prose(tuple(lines_of(runs)), own) for runs in texts]
    return [_table(rows, columns)] if len(_broad(rows)) > 1 else None


def _broad(rows: Sequence[_Row]) -> list[_Row]:
    return [row for row in rows if len(_spans(row)) > 1]


def _columns_of(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Return from where to where each column reaches, by the rows that have most of them."""
    broad = _broad(rows)
    most = max((len(_spans(row)) for row in broad), default=0)
    spans = [span for row in broad if len(_spans(row)) >= _MOST_COLUMNS * most for span in _spans(row)]
    return merged_spans(spans, _COLUMN_GAP * median(row.size for row in rows))


def _are_columns_elsewhere(own: Gutters, columns: list[tuple[float, float]], known: Collection[Gutters]) -> bool:
    """Whether the columns leave free what those of another page leave free."""
    between = list(pairwise(columns))
    return any(
        len(own) == len(gutters)
        and all(before[1] <= gutter <= behind[0] for (before, behind), gutter in zip(between, gutters, strict=True))
        for gutters in known
    )


def _column(rows: Sequence[_Row], number: int, columns: list[tuple[float, float]]) -> list[Run]:
    return [run for row in rows for run in row.runs if _place(run, columns) == number]


def _place(run: Run, columns: list[tuple[float, float]]) -> int:
    """Return the column that a piece of text lies in, or most of it."""
    return max(range(len(columns)), key=lambda at: min(run.right, columns[at][1]) - max(run.left, columns[at][0]))


def _are_markers(runs: list[Run]) -> bool:
    return all(split_marker(f"{line.text} X")[0] or len(line.text) < 3 for line in lines_of(runs))


def _are_prose(texts: list[list[Run]], columns: list[tuple[float, float]]) -> bool:
    """Whether all columns hold full lines of a text; where it ends, the last of them may have few."""
    width = max(right - left for left, right in columns)
    counts = [len(rows_of(runs)) for runs in texts]
    if counts[0] < _PROSE_LINES or any(count < _PROSE_LINES for count in counts[1:-1]):
        return False
    return all(_is_prose(runs, width) for runs in texts)


def _is_prose(runs: list[Run], width: float) -> bool:
    rows = rows_of(runs)
    full = sum(row.runs[-1].right - row.runs[0].left > _FULL * width for row in rows)
    letters = median(len(_line(row.runs).text) for row in rows)
    return full >= 0.5 * len(rows) and letters >= _PROSE_WIDTH


def _table(rows: Sequence[_Row], columns: list[tuple[float, float]]) -> Grid:
    """Return rows of words in columns as a table; lines of one row stand closer than rows, or lack the first column."""
    cells: list[GridCell] = []
    for number, group in enumerate(_row_groups(rows, columns)):
        own: dict[int, list[Run]] = {}
        wide: dict[int, int] = {}
        for row in group:
            for chunk in _chunks(row):
                place, covered = _places(chunk, row, columns)
                own.setdefault(place, []).extend(chunk)
                wide[place] = max(wide.get(place, 1), covered)
        cells += _cells_of_row(number, own, wide, len(columns))
    return Grid(tuple(cells), tuple(left for left, _ in columns))


def _places(chunk: list[Run], row: _Row, columns: list[tuple[float, float]]) -> tuple[int, int]:
    """Return the first column that a piece of a row stands in, and how many it covers."""
    left, right = chunk[0].left, max(run.right for run in chunk)
    place = next((at for at, span in enumerate(columns) if span[1] > left), len(columns) - 1)
    if columns[place][0] >= right:
        place = _place(Run("", left, right, row.height, row.size), columns)
    return place, sum(span[0] < right - row.size and span[1] > left for span in columns[place:])


def _cells_of_row(number: int, own: dict[int, list[Run]], wide: dict[int, int], count: int) -> list[GridCell]:
    """Return the cells of a row; one that reaches over the next ends where these have words of their own."""
    cells: list[GridCell] = []
    place = 0
    while place < count:
        span = wide.get(place, 1)
        span = min([span, *(other - place for other in own if place < other < place + span)])
        cells.append(GridCell(number, place, 1, span, tuple(lines_of(own.get(place, [])))))
        place += span
    return cells


def _row_groups(rows: Sequence[_Row], columns: list[tuple[float, float]]) -> list[list[_Row]]:
    gaps = gaps_between([row.height for row in rows])
    least = min(gaps)
    first = [any(_place(run, columns) == 0 for run in row.runs) for row in rows]
    apart = sum(gap > _WIDER * least for gap in gaps)
    by_gap = 0 < apart < len(gaps)
    by_first = not all(first) and first[0]
    groups: list[list[_Row]] = [[rows[0]]]
    for number, row in enumerate(rows[1:], 1):
        below = gaps[number - 1] > _WIDER * least
        begins = below if by_gap else first[number] or not by_first
        if begins:
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def joined(grid: Grid, following: Grid) -> Grid | None:
    """Return `grid` as it goes on at the top of the next page, None where `following` is another table.

    Rows that the next page repeats from the head of the table are left out, and counted as its head.
    """
    if len(grid.edges) != len(following.edges):
        return None
    if any(abs(a - b) > 12 for a, b in zip(grid.edges, following.edges, strict=True)):
        return None
    repeated = _repeated(grid, following)
    down = 1 + max(cell.row + cell.high - 1 for cell in grid.cells)
    rest = [
        replace(cell, row=cell.row + down - repeated) for cell in following.cells if cell.row >= repeated
    ]  # fmt: skip
    cells = list(grid.cells)
    if rest and _goes_on(cells, rest, down):
        cells, rest = _continued(cells, rest, down)
    return Grid((*cells, *rest), grid.edges)


def head_rows(grid: Grid, following: Grid) -> int:
    """Return how many rows of its head a table repeats on the next page."""
    return _repeated(grid, following)


def _repeated(grid: Grid, following: Grid) -> int:
    number = 0
    while (own := _words(grid, number)) and own == _words(following, number):
        number += 1
    if not number and _has_row(following, 0) and not _words(following, 0):
        return 1  # a head that the file marks as repeated, and whose words are passed over
    return number


def _has_row(grid: Grid, row: int) -> bool:
    return any(cell.row == row for cell in grid.cells)


def _words(grid: Grid, row: int) -> list[tuple[int, str]]:
    """Return what a row says, and where; nothing for an empty one."""
    found = [(cell.column, " ".join(line.text for line in cell.lines)) for cell in grid.cells if cell.row == row]
    return found if any(text for _, text in found) else []


def _goes_on(cells: list[GridCell], rest: list[GridCell], down: int) -> bool:
    """Whether the first row of the next page is the end of the last row of this one: it alone has no first cell."""
    firsts = [bool(cell.lines) for cell in cells if cell.column == 0]
    own = next((cell for cell in rest if cell.row == down and cell.column == 0), None)
    return own is not None and not own.lines and own.high == 1 and sum(firsts) > 0.8 * len(firsts)


def _continued(
    cells: list[GridCell], rest: list[GridCell], down: int
) -> tuple[list[GridCell], list[GridCell]]:  # fmt: skip
    last = {cell.column: number for number, cell in enumerate(cells) if cell.row + cell.high == down}
    for cell in rest:
        if cell.row == down and cell.lines and cell.column in last:
            before = cells[last[cell.column]]
            cells[last[cell.column]] = replace(before, lines=before.lines + cell.lines)
    return cells, [replace(cell, row=cell.row - 1) for cell in rest if cell.row > down]
