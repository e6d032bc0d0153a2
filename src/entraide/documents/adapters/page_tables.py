"""Tables of a page: found by the lines that are drawn around their cells, or by the columns in which words stand."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from entraide.documents.adapters.pdf_positions import Rule, Run

NEAR = 3.0
"""Points within which two lines are one, or touch."""
_COVERED = 0.6
MOST_LINES = 400
"""Lines of one table each way; a drawing has more."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A grid of lines: `edges` from left to right, `levels` from the top down, and the lines themselves."""

    edges: tuple[float, ...]
    levels: tuple[float, ...]
    rules: tuple[Rule, ...]

    def holds(self, run: Run) -> bool:
        """Whether a piece of text stands inside, by its middle."""
        across, up = (run.left + run.right) / 2, run.height + run.size / 3
        return self.edges[0] <= across <= self.edges[-1] and self.levels[-1] <= up <= self.levels[0]

    def place(self, run: Run) -> tuple[int, int]:
        """Return the row and the column of the lines' grid in which a piece of text stands."""
        up = run.height + run.size / 3
        row = sum(level > up for level in self.levels) - 1
        column = bisect_right(self.edges, (run.left + run.right) / 2) - 1
        return min(max(row, 0), len(self.levels) - 2), min(max(column, 0), len(self.edges) - 2)

    def areas(self) -> list[tuple[int, int, int, int]]:
        """Return the cells: row, column, rows and columns of each, where no line parts places of the grid."""
        rows, columns = len(self.levels) - 1, len(self.edges) - 1
        taken: set[tuple[int, int]] = set()
        found: list[tuple[int, int, int, int]] = []
        for row, column in product(range(rows), range(columns)):
            if (row, column) in taken:
                continue
            wide = next(
                (at for at in range(1, columns - column) if self._parted_aside(row, column + at)), columns - column
            )
            high = next((at for at in range(1, rows - row) if self._parted_under(row + at, column, wide)), rows - row)
            taken.update(product(range(row, row + high), range(column, column + wide)))
            found.append((row, column, high, wide))
        return found

    def _parted_under(self, row: int, column: int, wide: int) -> bool:
        """Whether a line lies on top of some of the places from `column` on."""
        return any(self._parted_below(row, at) for at in range(column, column + wide))

    def _parted_aside(self, row: int, column: int) -> bool:
        """Whether a line stands to the left of a place."""
        edge = self.edges[column]
        spans = [(rule.low, rule.high) for rule in self.rules if rule.upright and abs(rule.left - edge) <= NEAR]
        return _cover(spans, self.levels[row + 1], self.levels[row])

    def _parted_below(self, row: int, column: int) -> bool:
        """Whether a line lies on top of a place."""
        level = self.levels[row]
        spans = [(rule.left, rule.right) for rule in self.rules if not rule.upright and abs(rule.low - level) <= NEAR]
        return _cover(spans, self.edges[column], self.edges[column + 1])


def _cover(spans: list[tuple[float, float]], first: float, last: float) -> bool:
    """Whether `spans` cover most of the stretch."""
    length, reached = 0.0, first
    for start, end in sorted(spans):
        begun, ended = max(start, reached), min(end, last)
        if ended > begun:
            length += ended - begun
            reached = ended
    return length >= _COVERED * (last - first)


def find_frames(rules: Sequence[Rule]) -> list[Frame]:
    """Return the grids of lines on a page, from the top down: two cells at least each."""
    frames = [frame for group in _touching(rules) if (frame := _frame(group)) and len(frame.areas()) > 1]
    return sorted(frames, key=lambda frame: -frame.levels[0])


def _frame(rules: list[Rule]) -> Frame | None:
    """Return the grid that lines which touch make, None where they are too few or a drawing."""
    upright = [rule for rule in rules if rule.upright]
    flat = [rule for rule in rules if not rule.upright]
    if min(len(upright), len(flat)) < 2:
        return None
    edges = _steps(_ends(rules, lambda rule: (rule.left, rule.right)))
    levels = _steps(_ends(rules, lambda rule: (rule.low, rule.high)))
    if min(len(edges), len(levels)) < 2 or max(len(edges), len(levels)) > MOST_LINES:
        return None
    return Frame(tuple(edges), tuple(reversed(levels)), tuple(rules))


def _ends(rules: list[Rule], ends: Callable[[Rule], tuple[float, float]]) -> list[float]:
    return [end for rule in rules for end in ends(rule)]


def _steps(values: list[float]) -> list[float]:
    """Return `values` in order, those that are near each other as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the groups of lines that touch each other, one by way of another."""
    group = list(range(len(rules)))

    def head(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    upright = [number for number, rule in enumerate(rules) if rule.upright]
    for number, rule in enumerate(rules):
        if rule.upright:
            continue
        for other in upright:
            up = rules[other]
            if (
                rule.left - NEAR <= up.left <= rule.right + NEAR
                and up.low - NEAR <= rule.low <= up.high + NEAR
            ):  # fmt: skip
                group[head(other)] = head(number)
    groups: dict[int, list[Rule]] = {}
    for number, rule in enumerate(rules):
        groups.setdefault(head(number), []).append(rule)
    return list(groups.values())


def merged_spans(spans: list[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """Return stretches from left to right, those with less than `least` between them as one."""
    found: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if found and left - found[-1][1] < least:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def gaps_between(heights: Sequence[float]) -> list[float]:
    """Return the distances from each height to the next below."""
    return [above - below for above, below in pairwise(heights)]
