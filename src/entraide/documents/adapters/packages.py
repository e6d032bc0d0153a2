"""Is a ZIP safe to unpack, and what is in it: looked at before any library opens it.

The sizes that its table of contents declares are added up first, then every part is unpacked piece by piece and
counted: a file that declares less than it holds ends there. Nothing is written anywhere.
"""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

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
    "xl/workbook.xml": N_("a spreadsheet (XLSX)"),
    "ppt/presentation.xml": N_("a presentation (PPTX)"),
    "content.xml": "OpenDocument (ODT)",
    "META-INF/container.xml": "EPUB",
}


def check_package(data: bytes, file: str) -> None:
    """Raise unless `data` is a DOCX that unpacks to a bounded size and declares no entities.

    Raises `DamagedFile`, `FormatNotRead` (another ZIP), `EncryptedFile`, `UnpacksTooLarge`, `DeclaresEntities`.
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            _check_contents(package, file)
            _check_parts(package, file)
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise DamagedFile(file=file, format="DOCX or ZIP") from error


def _check_contents(package: ZipFile, file: str) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise EncryptedFile(file=file, format="ZIP")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _too_large(file)
    if not _is_word(names):
        raise FormatNotRead(file=file, format=next((_OTHERS[name] for name in _OTHERS if name in names), "ZIP"))


def _is_word(names: set[str]) -> bool:
    """Whether parts of these names make a Word file: the main one may have any name, the table of types has not."""
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def _check_parts(package: ZipFile, file: str) -> None:
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
                    raise DeclaresEntities(file=file, format="DOCX")
                end = plain[-16:]


def _too_large(file: str) -> UnpacksTooLarge:
    return UnpacksTooLarge(file=file, limit=LARGEST_UNPACKED // (1024 * 1024))
