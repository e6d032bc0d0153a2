"""Texts from files: every file that cannot be read gets one clear line that names it and the reason.

**The original text** of a source, in which evidence counts its characters, is what is in the file before our cleaning:

- of a text file its characters, with line ends as one line feed, without a byte order mark, and mended where they had
  been decoded wrongly before they were saved;
- of an HTML page the article: `date 2025-01-13` where the page states its date, the title, then a line per paragraph;
- of a PDF its paragraphs, a line each, with hyphens at the ends of lines undone and without what every page repeats;
- of a DOCX its paragraphs, cells and text boxes, a line each.
"""

import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from entraide.documents.adapters.bounded import SECONDS, Extractor
from entraide.documents.adapters.sniffing import decide_format
from entraide.documents.domain.errors import (
    LARGEST_BYTES,
    EmptyFile,
    FileNotOpened,
    FileTooLarge,
    NoSuchFile,
    NotAFile,
)
from entraide.documents.domain.tree import DocumentTree


@dataclass(frozen=True, slots=True)
class FileText:
    """The original text of a file, its media type (RFC 6838) and the SHA-256 of its bytes in hexadecimal.

    `tree` says what the stretches of the text are; `tree.text` is `text`. `encoding` is that of its letters where a
    file of its kind may have several, by the name that IANA gives it, or `TCVN3` or `VNI` where letters of an old font
    became Unicode. `normal_form` is that of Unicode (UAX 15) in which the text is: `NFC`, `NFD` or `mixed`. `format`
    is what a person calls the format.
    """

    text: str
    media_type: str
    sha256: str
    tree: DocumentTree
    encoding: str
    normal_form: str
    format: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document in a file: the file's own, or `within` a mail an attachment of this `name`."""

    name: str
    tree: DocumentTree
    within: bool = False


def list_documents(file: FileText) -> list[Document]:
    """Return what is to be read of a file: itself, and of a mail what is attached; nothing twice."""
    found = [Document(file.tree.title, file.tree)]
    waiting = list(reversed(file.tree.parts))
    while waiting:
        part = waiting.pop()
        if " ".join(part.text.split()) not in (" ".join(one.tree.text.split()) for one in found):
            found.append(Document(part.title, part, within=True))
        waiting += reversed(part.parts)
    return found


class FileReader:
    """Reads files one after the other; a context manager, because parsing runs in a process of its own."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._extractor = Extractor(seconds=seconds)

    def __enter__(self) -> Self:
        """Return the reader; a process starts with the first file that needs one."""
        self._extractor.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._extractor.__exit__(kind, error, trace)

    def read(self, path: Path) -> FileText:
        """Return the text of the file at `path`; raises `NoSuchFile` or a `BadFile`."""
        return self.take(_bytes_of(path), name=printable(path))

    def take(self, data: bytes, *, name: str) -> FileText:
        """Return the text of `data`, the content of the file `name`; raises a `BadFile`."""
        name = printable(name)
        if len(data) > LARGEST_BYTES:
            raise _too_large(name, len(data))
        if not data.strip():
            raise EmptyFile(file=name)
        form = decide_format(data, name)
        found = self._extractor.extract(data, form=form, file=name)
        tree = found.tree
        return FileText(
            tree.text,
            tree.media_type,
            hashlib.sha256(data).hexdigest(),
            tree,
            found.encoding,
            normal_form_of(tree.text),
            form.value,
        )


def read_file(path: Path) -> FileText:
    """Return the text of the file at `path`; raises `NoSuchFile` or a `BadFile`."""
    with FileReader() as reader:
        return reader.read(path)


def take_bytes(data: bytes, *, name: str) -> FileText:
    """Return the text of `data`, the content of the file `name` as a person uploaded it; raises a `BadFile`."""
    with FileReader() as reader:
        return reader.take(data, name=name)


def printable(name: Path | str) -> str:
    """Return the name as it may stand in a line: what cannot be printed, or would end the line, becomes `�`."""
    return "".join(character if character.isprintable() else "\ufffd" for character in str(name))


FORMS: tuple[Literal["NFC"], Literal["NFD"]] = ("NFC", "NFD")


def normal_form_of(text: str) -> str:
    """Return `NFC`, `NFD` or `mixed`: the normal form of Unicode that `text` is in; composed where it is in both."""
    return next((form for form in FORMS if unicodedata.is_normalized(form, text)), "mixed")


def _bytes_of(path: Path) -> bytes:
    """Return the content of a file; what is too large is not read, and what is no file is not opened for reading."""
    name = printable(path)
    try:
        # A pipe that nobody writes to would keep us waiting: it is opened without waiting, and then looked at.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise NotAFile(file=name)
            if facts.st_size > LARGEST_BYTES:
                raise _too_large(name, facts.st_size)
            data = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError as error:
        raise NoSuchFile(file=name) from error
    except OSError as error:
        raise FileNotOpened(file=name, why=(error.strerror or "the system refuses it").lower()) from error
    if len(data) > LARGEST_BYTES:
        raise _too_large(name, len(data))
    return data


def _too_large(name: str, size: int) -> FileTooLarge:
    return FileTooLarge(file=name, megabytes=round(size / 2**20), limit=LARGEST_BYTES // 2**20)
