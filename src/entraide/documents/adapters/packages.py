"""Is a ZIP safe to unpack, and what is in it: looked at before any library opens it.

The sizes that its table of contents declares are added up first, then every part is unpacked piece by piece and
counted: a file that declares less than it holds ends there. Nothing is written anywhere.
"""

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.errors import (
    DamagedFile,
    DeclaresEntities,
    EncryptedFile,
    FormatNotRead,
    UnpacksTooLarge,
)
from entraide.kernel.text import N_

LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 2000
_PIECE = 65536
_ENCRYPTED = 0x1
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHERS = {
    "xl/workbook.bin": N_("a spreadsheet (XLSB)"),
    "ppt/presentation.xml": N_("a presentation (PPTX)"),
    "META-INF/container.xml": "EPUB",
}


def check_package(data: bytes, file: str, form: Format) -> None:
    """Raise unless `data` is a ZIP of the format `form` that unpacks to a bounded size and declares no entities.

    Raises `DamagedFile`, `FormatNotRead` (another ZIP), `EncryptedFile`, `UnpacksTooLarge`, `DeclaresEntities`.
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            _check_contents(package, file, form)
            _check_parts(package, file, form)
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise DamagedFile(file=file, format=f"{form.value} or ZIP") from error


def with_slashes(data: bytes) -> bytes:
    """Return `data`, a ZIP, with names as all read them: some programs of Windows part folders by backslashes."""
    with ZipFile(BytesIO(data)) as package:
        if not any("\\" in part.filename for part in package.infolist()):
            return data
        out = BytesIO()
        with ZipFile(out, "w") as written:
            for part in package.infolist():
                written.writestr(part.filename.replace("\\", "/"), package.read(part))
    return out.getvalue()


def read_parts(data: bytes, names: Callable[[str], bool]) -> dict[str, bytes]:
    """Return the parts of `data`, a ZIP that was checked, whose names `names` takes, by their names with slashes."""
    with ZipFile(BytesIO(data)) as package:
        named = {part.filename.replace("\\", "/"): part for part in package.infolist()}
        return {name: package.read(part) for name, part in named.items() if names(name)}


def _check_contents(package: ZipFile, file: str, form: Format) -> None:
    parts = package.infolist()
    names = {part.filename.replace("\\", "/") for part in parts}
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise EncryptedFile(file=file, format="ZIP")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _too_large(file)
    if not _IS[form](names):
        raise FormatNotRead(file=file, format=next((_OTHERS[name] for name in _OTHERS if name in names), "ZIP"))


def _is_word(names: set[str]) -> bool:
    """Whether parts of these names make a Word file: the main one may have any name, the table of types has not."""
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


_IS: dict[Format, Callable[[set[str]], bool]] = {
    Format.DOCX: _is_word,
    Format.ODT: lambda names: "content.xml" in names,
    Format.XLSX: lambda names: "xl/workbook.xml" in names,
}


def _check_parts(package: ZipFile, file: str, form: Format) -> None:
    unpacked = 0
    for part in package.infolist():
        xml = part.filename.lower().endswith((".xml", ".rels"))
        end = b""
        with package.open(part) as stream:
            while piece := stream.read(_PIECE):
                unpacked += len(piece)
                if unpacked > LARGEST_UNPACKED:
                    raise _too_large(file)
                # Zeros go, so that UTF-16 hides nothing; a declaration may lie across two pieces.
                plain = end + (piece.replace(b"\x00", b"") if xml else b"")
                if xml and _DECLARATION.search(plain):
                    raise DeclaresEntities(file=file, format=form.value)
                end = plain[-16:]


def _too_large(file: str) -> UnpacksTooLarge:
    return UnpacksTooLarge(file=file, limit=LARGEST_UNPACKED // (1024 * 1024))
