"""The tree of a file's bytes, whatever its format: what the process of `worker` runs, and for plain text this one."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from entraide.documents.adapters.encodings import decode_text
from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.errors import BadFile, DamagedFile, NoWords, TextTooLong
from entraide.documents.domain.tree import DocumentTree, read_lines

LONGEST_TEXT = 6_000_000
"""Characters; a communiqué has a few thousand."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What was taken out of a file: its tree, and the encoding of its letters where that is one of several."""

    tree: DocumentTree
    encoding: str = ""


_MODULES = {Format.EML: "mail", Format.MHTML: "mail"}
Extraction = Callable[[bytes, str, int], Extract]


def extract(data: bytes, *, form: Format, file: str) -> Extract:
    """Return the tree of `data`, the content of `file`; raises a `BadFile`.

    The libraries are imported when the first file needs them: plain text needs none.
    """
    if form is Format.TEXT:
        text, encoding = decode_text(data, file)
        if not any(character.isalpha() for character in text):
            raise NoWords(file=file)
        found = Extract(read_lines(text, media_type=form.media_type), encoding)
    else:
        name = form.name.lower()
        module = import_module(f"entraide.documents.adapters.{_MODULES.get(form, name)}")
        taking_apart: Extraction = getattr(module, f"extract_{name}")
        found = taking_apart(data, file, LONGEST_TEXT)
    if len(found.tree.text) > LONGEST_TEXT:
        raise TextTooLong(file=file, limit=LONGEST_TEXT // 1_000_000)
    return found


def extract_guarded(data: bytes, *, form: Format, file: str) -> Extract:
    """Return what `extract` returns; whatever a library raises on a file that nobody foresaw is a `DamagedFile`."""
    try:
        return extract(data, form=form, file=file)
    except (MemoryError, BadFile):
        raise
    except Exception as error:
        raise DamagedFile(file=file, format=form.value) from error
