"""Files below folders: in order, hidden ones left out, no folder entered twice, what cannot be opened said by name."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from entraide.documents.adapters.files import printable
from entraide.documents.domain.errors import EmptyFolder, FileNotOpened
from entraide.kernel.errors import EntraideError

DATA_ENDINGS = frozenset({".json", ".jsonl", ".yaml", ".yml", ".csv", ".tsv"})
"""Of files that hold data, not sentences: beside texts they are what somebody noted about them."""


@dataclass(frozen=True, slots=True)
class FileList:
    """The files in the order in which they are read, and a line for each folder that could not be entered."""

    files: list[Path] = field(default_factory=list)
    problems: list[EntraideError] = field(default_factory=list)


def list_files(paths: Iterable[Path]) -> FileList:
    """Return the files that `paths` name: folders with all folders inside, in the order of their names.

    Hidden files and folders, and files of data, are left out unless named themselves; a link is followed, but a folder
    is entered once, so that links in a circle end; a path named twice counts once. A path that leads nowhere stays:
    reading it says so.
    """
    found = FileList()
    entered: set[tuple[int, int]] = set()
    for path in paths:
        before = (len(found.files), len(found.problems), len(entered))
        _enter(path, found, entered)
        if before[:2] == (len(found.files), len(found.problems)) and before[2] < len(entered):
            found.problems.append(EmptyFolder(file=printable(path)))
    return FileList(list(dict.fromkeys(found.files)), found.problems)


def _enter(folder: Path, found: FileList, entered: set[tuple[int, int]]) -> None:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        if not os.path.isdir(here):  # noqa: PTH112 - Path.is_dir raises where the system does not let us look
            found.files.append(here)
            continue
        try:
            facts = here.stat()
            if (facts.st_dev, facts.st_ino) in entered:
                continue
            entered.add((facts.st_dev, facts.st_ino))
            inside = sorted((path for path in here.iterdir() if not _is_left_out(path)), reverse=True)
        except OSError as error:
            why = (error.strerror or "the system refuses it").lower()
            found.problems.append(FileNotOpened(file=printable(here), why=why))
            continue
        waiting += inside


def _is_left_out(path: Path) -> bool:
    return path.name.startswith(".") or (path.suffix.lower() in DATA_ENDINGS and not os.path.isdir(path))  # noqa: PTH112 - as above
