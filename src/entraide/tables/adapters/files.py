"""Tables from disk or from an upload: CSV files, folders and zip files of them, within a size that can be compared."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from entraide.documents.domain.errors import FileNotOpened, NoSuchFile, NotAFile
from entraide.tables.domain.errors import BadArchive, NoTables, TablesTooLarge

LARGEST_BYTES = 20_000_000
"""Bytes of all tables of one import together, opened."""
MOST_FILES = 40
ENDINGS = (".csv", ".tsv", ".txt")
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How parts of an archive may be packed. Others unpack whole at once, so that a small file could fill the memory."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as it was given."""

    name: str
    data: bytes


def read_tables(paths: Iterable[Path]) -> list[GivenFile]:
    """Return the CSV files at `paths`: files, those of folders (not of folders inside them), those of zip files.

    Raises `NoSuchFile`, `FileNotOpened`, `NotAFile`, `TablesTooLarge`, `BadArchive`, `NoTables`.
    """
    return open_tables(_read(path) for path in _inside(paths))


def open_tables(given: Iterable[GivenFile]) -> list[GivenFile]:
    """Return the tables of the files given, zip files opened; raises `TablesTooLarge`, `BadArchive`, `NoTables`."""
    found: list[GivenFile] = []
    left = LARGEST_BYTES
    for item in given:
        for table in _opened(item, left):
            left -= len(table.data)
            found.append(table)
            if left < 0 or len(found) > MOST_FILES:
                raise TablesTooLarge(file=table.name, limit=LARGEST_BYTES // 1_000_000)
    if not found:
        raise NoTables
    return found


def _inside(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(child for child in path.iterdir() if child.suffix.lower() in ENDINGS)
        else:
            yield path


def _read(path: Path) -> GivenFile:
    try:
        if path.exists() and not path.is_file():
            raise NotAFile(file=path)
        if path.stat().st_size > LARGEST_BYTES:
            raise TablesTooLarge(file=path.name, limit=LARGEST_BYTES // 1_000_000)
        return GivenFile(read_upload_name(path.name), path.read_bytes())
    except FileNotFoundError as error:
        raise NoSuchFile(file=path) from error
    except OSError as error:
        raise FileNotOpened(file=path, why=(error.strerror or "the system refuses it").lower()) from error


def _opened(item: GivenFile, left: int) -> Iterator[GivenFile]:
    if not item.data.startswith(b"PK\x03\x04") or not item.name.lower().endswith(".zip"):
        yield item
        return
    try:
        with zipfile.ZipFile(io.BytesIO(item.data)) as archive:
            for member in archive.infolist():
                name = PurePosixPath(member.filename).name
                if member.is_dir() or not name.lower().endswith(ENDINGS) or name.startswith("."):
                    continue
                if member.compress_type not in METHODS:
                    raise NotImplementedError("that compression method is not supported")
                # What the archive says of a size may be a lie, so no more than may be is ever taken out of it.
                with archive.open(member) as part:
                    data = part.read(max(left, 0) + 1)
                if len(data) > left:
                    raise TablesTooLarge(file=item.name, limit=LARGEST_BYTES // 1_000_000)
                left -= len(data)
                yield GivenFile(read_upload_name(name), data)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
        raise BadArchive(file=item.name, why=str(error)[:80].lower() or "it is damaged") from error


def read_upload_name(name: str | None) -> str:
    """Return the name of a file without its folders, in composed Unicode, at most 200 characters."""
    name = PurePosixPath((name or "").replace("\\", "/")).name
    return unicodedata.normalize("NFC", name)[:200]
