"""Tables of a page: found by the lines that are drawn around their cells, or by the columns in which words stand."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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
        for row in range(rows):
            for column in range(columns):
                if (row, column) in taken:
                    continue
                wide = 1
                while column + wide < columns and not self._parted_aside(row, column + wide):
                    wide += 1
                high = 1
                while row + high < rows and not any(
                    self._parted_below(row + high, column + right) for right in range(wide)
                ):
                    high += 1
                taken.update((row + down, column + right) for down in range(high) for right in range(wide))
                found.append((row, column, high, wide))
        return found

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
    frames = []
    for group in _touching(rules):
        upright = [rule for rule in group if rule.upright]
        flat = [rule for rule in group if not rule.upright]
        if len(upright) < 2 or len(flat) < 2:
            continue
        edges = _steps([rule.left for rule in upright] + [end for rule in flat for end in (rule.left, rule.right)])
        levels = _steps([rule.low for rule in flat] + [end for rule in upright for end in (rule.low, rule.high)])
        if 2 <= len(edges) <= MOST_LINES and 2 <= len(levels) <= MOST_LINES and len(edges) + len(levels) > 4:
            frames.append(Frame(tuple(edges), tuple(reversed(levels)), tuple(group)))
    return sorted((frame for frame in frames if len(frame.areas()) > 1), key=lambda frame: -frame.levels[0])


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
