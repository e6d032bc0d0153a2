"""What an import would change: added, changed field by field, unchanged, refused; and the digest of exactly that."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.languages import SPOKEN
from entraide.tables.domain.refusals import Refusal

MOST_CHANGES = 2_000
"""Facts that one import adds or changes: they enter in one transaction, which other writers wait for."""
KEY = "key:"
"""Begins a link to a row of the same import: `key:meetings/m1`."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a row says that it is from: a source of the register by permalink, or an address with its kind, and the
    passage; all empty when the file itself is the source.
    """

    source: str = ""
    url: str = ""
    kind: str = ""
    passage: str = ""

    @property
    def by_file(self) -> bool:
        """Whether the row names no source of its own."""
        return not (self.source or self.url)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: file, line, and its span in the file's text."""

    file: str
    line: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Added:
    """A new fact: its cells, links as permalinks or as keys of this import."""

    table: str
    place: Place
    cells: Mapping[str, str]
    cited: Cited
    key: str = ""

    @property
    def label(self) -> str:
        """What the fact is called, for a person."""
        return label_of(self.cells)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One cell that differs: what the register has, what it will have."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact of the register with what would change; `matched` says that it was found without a permalink, `label`
    what the register calls it.
    """

    table: str
    place: Place
    permalink: str
    changes: tuple[FieldChange, ...]
    cited: Cited
    matched: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class LeftAsItIs:
    """A cell that was emptied, or from which a value was taken away: an import deletes nothing. One with `new` words in
    place of those that are there: an import changes no wording.
    """

    file: str
    line: int
    column: str
    old: str
    new: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """All that an import would do. It can be applied when nothing is refused."""

    added: tuple[Added, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()
    left: tuple[LeftAsItIs, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to apply."""
        return not self.added and not self.changed

    @property
    def applicable(self) -> bool:
        """Whether it can be applied as it is."""
        return not self.refused and not self.is_empty


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact of the register that a row may mean: its permalink and a line for a person."""

    permalink: str
    summary: str


@dataclass(frozen=True, slots=True)
class Current:
    """A fact as the register has it, as the cells of its row; `immutable` when it was signed here."""

    cells: Mapping[str, str]
    immutable: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """What the register has that a new row may mean: surely (`exact`), or only maybe."""

    exact: Candidate | None = None
    maybe: tuple[Candidate, ...] = ()


class Known(Protocol):
    """What the register knows, as far as an import asks."""

    def load(self, table: str, permalinks: Collection[str]) -> None:
        """Read many facts at once, so that `current` needs no query of its own."""
        ...

    def current(self, table: str, permalink: str) -> Current | None:
        """Return a fact, None when there is none at this permalink."""
        ...

    def named(self, table: str, naturals: Mapping[str, str], mechanism: str) -> Sequence[Candidate]:
        """Return the facts of `table` with these natural columns, of a mechanism where one is given."""
        ...

    def alike(self, table: str, cells: Mapping[str, str]) -> Alike:
        """Return what a new row with these cells may mean; links that are keys stand as empty."""
        ...

    def cites(self, cited: Cited, file: str) -> str:
        """Return the code of a refusal when the source of a row of `file` cannot be cited, else an empty text."""
        ...


_CALLED = ("name", "title", "text", "person", "states", "kind", "date", "first_seen", "place", "period")
LONGEST_LABEL = 120


def label_of(cells: Mapping[str, str]) -> str:
    """Return a line that says which fact a row is: its number, name or words, date and place."""
    parts = [f"No. {cells['ordinal']}"] if cells.get("ordinal") else []
    for field in _CALLED:
        texts = [
            cells.get(field, ""),
            *(cells.get(f"{field}_{language}", "") for language in (*SPOKEN, "other")),
        ]
        found = next((text for text in texts if text and "://" not in text and not text.startswith(KEY)), "")
        parts += [found] if found else []
    line = " · ".join(" ".join(part.split()) for part in parts[:4])
    return line if len(line) <= LONGEST_LABEL else f"{line[: LONGEST_LABEL - 1]}…"


def digest_of(difference: Difference, files: Sequence[str], source_kind: str) -> str:
    """Return the SHA-256 (hex) of what was shown: what is applied under this digest is exactly that.

    `files` are the digests of the files, `source_kind` what the officer said of them.
    """
    return hashlib.sha256(canonical_bytes(_plain(difference, files, source_kind))).hexdigest()


def _plain(difference: Difference, files: Sequence[str], source_kind: str) -> dict[str, Any]:
    return {
        "files": list(files),
        "source_kind": source_kind,
        "added": [
            [item.table, item.place.file, item.place.line, sorted(map(list, item.cells.items())), _cited(item.cited)]
            for item in difference.added
        ],
        "changed": [
            [
                item.permalink,
                item.place.file,
                item.place.line,
                [[change.column, change.old, change.new] for change in item.changes],
                _cited(item.cited),
            ]
            for item in difference.changed
        ],
    }


def _cited(cited: Cited) -> list[str]:
    return [cited.source, cited.url, cited.kind, cited.passage]
