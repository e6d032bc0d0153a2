"""The share of functions that are hard to hold in mind: cyclomatic complexity by radon's count, which also counts
Boolean operators and comprehensions.

The reader is counted and told, and is not held to the limit until it is built anew.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from radon.complexity import cc_visit
from radon.visitors import Class, Function

from tools.pipes import end_with_the_reader

HARD = 11
"""Complexity from which on a function counts as hard."""
MOST_HARD = 0.02
"""Share of hard functions that is allowed."""
READER = "reader"


@dataclass(frozen=True, slots=True)
class Measured:
    """A function of the sources: where it stands and its complexity."""

    path: str
    line: int
    name: str
    complexity: int

    @property
    def context(self) -> str:
        """The context that the function belongs to."""
        return self.path.split("/")[1]


def main() -> None:
    """Print the hard functions' share, and exit non-zero, naming them, when it is above the limit."""
    end_with_the_reader()
    root = Path("src")
    sources = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.py")}
    functions = list(measure(sources))
    house = [item for item in functions if item.context != READER]
    hard = [item for item in house if item.complexity >= HARD]
    reader = [item for item in functions if item.context == READER]
    hard_reader = sum(item.complexity >= HARD for item in reader)
    print(
        f"complexity of {HARD} and more: {len(hard)} of {len(house)} functions ({len(hard) / len(house):.2%}, at most "
        f"{MOST_HARD:.0%}); in the reader {hard_reader} of {len(reader)}"
    )
    if exceeds(hard=len(hard), functions=len(house)):
        for item in sorted(hard, key=lambda item: -item.complexity):
            print(f"src/{item.path}:{item.line}: {item.name} has {item.complexity}")
        sys.exit("Too many functions are hard to hold in mind: part some of them.")


def exceeds(*, hard: int, functions: int) -> bool:
    """Whether `hard` of so many `functions` are too many."""
    return hard >= MOST_HARD * functions


def measure(sources: dict[str, str]) -> Iterator[Measured]:
    """Yield every function and method of `sources`, a path below src/ to the text of the file."""
    for path, text in sources.items():
        if "/migrations/" in path:
            continue
        for block in cc_visit(text):
            if isinstance(block, Function):
                yield Measured(path, block.lineno, block.fullname, block.complexity)
            elif isinstance(block, Class):
                continue  # its methods stand in the list themselves


if __name__ == "__main__":
    main()
