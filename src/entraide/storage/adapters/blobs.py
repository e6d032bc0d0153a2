"""Large ciphertexts as files of the node's home: `blobs/ab/cd/abcd…`, written whole or not at all."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from io import FileIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from entraide.storage.domain.blobs import BlobMismatch, NoSuchBlob, require_digest

CHUNK = 256 * 1024
INCOMING = "incoming"
# No stream takes so long; what is older was left by a process that was killed.
LEFT_BEHIND_SECONDS = 7 * 24 * 3600


class FileBlobs:
    """Implements `kernel.node.Blobs` in one folder, which several processes may share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, chunks: Iterable[bytes], *, expected: str | None = None) -> str:
        """Store a stream: hashed on its way into a file of its own, flushed to disk, then renamed to its digest.

        Raises `BlobMismatch`.
        """
        if expected is not None:
            require_digest(expected)
        incoming = self._folder / INCOMING
        _make_folder(incoming)
        _tidy(incoming)
        hashed = sha256()
        with NamedTemporaryFile(dir=incoming, delete=False) as file:
            draft = Path(file.name)
            try:
                for chunk in chunks:
                    hashed.update(chunk)
                    file.write(chunk)
                file.flush()
                digest = hashed.hexdigest()
                if expected not in {None, digest}:
                    raise BlobMismatch(found=digest, expected=expected)
                os.fsync(file.fileno())
                self._place(draft, digest)
            finally:
                draft.unlink(missing_ok=True)
        return digest

    def read(self, digest: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Return the bytes from `start` until before `end` in chunks of 256 KiB; raises `NoSuchBlob`."""
        try:
            file = self._path(digest).open("rb", buffering=0)
        except FileNotFoundError as error:
            raise NoSuchBlob(digest=digest) from error
        return _read_chunks(file, start, end)

    def size(self, digest: str) -> int:
        """Return the number of bytes; raises `NoSuchBlob`."""
        try:
            return self._path(digest).stat().st_size
        except FileNotFoundError as error:
            raise NoSuchBlob(digest=digest) from error

    def has(self, digest: str) -> bool:
        """Whether it is stored."""
        return self._path(digest).is_file()

    def delete(self, digest: str) -> None:
        """Remove the file, durably."""
        path = self._path(digest)
        with suppress(FileNotFoundError):
            path.unlink()
            _flush_folder(path.parent)

    def _place(self, draft: Path, digest: str) -> None:
        path = self._path(digest)
        _make_folder(path.parent)
        # The same bytes may be there, or come from another process now: either file is as good.
        draft.replace(path)
        _flush_folder(path.parent)

    def _path(self, digest: str) -> Path:
        require_digest(digest)
        return self._folder / digest[:2] / digest[2:4] / digest


def _read_chunks(file: FileIO, start: int, end: int | None) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = None if end is None else max(0, end - start)
        while left is None or left > 0:
            chunk = file.read(CHUNK if left is None else min(CHUNK, left))
            if not chunk:
                return
            left = None if left is None else left - len(chunk)
            yield chunk


def _make_folder(path: Path) -> None:
    """Make `path` and what lies above it, each durably and for the owner alone."""
    if path.is_dir():
        return
    _make_folder(path.parent)
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
    _flush_folder(path.parent)


def _flush_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _tidy(incoming: Path) -> None:
    """Remove what processes left behind that were killed while they wrote."""
    for path in incoming.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - LEFT_BEHIND_SECONDS:
                path.unlink()
