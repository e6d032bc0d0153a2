"""A store of blobs in memory, for simulations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from entraide.storage.api import BlobMismatch, NoSuchBlob, require_digest

CHUNK = 1024


@dataclass
class MemoryBlobs:
    """Implements `kernel.node.Blobs`; `contents` are the blobs by digest."""

    contents: dict[str, bytes] = field(default_factory=dict)

    def write(self, chunks: Iterable[bytes], *, expected: str | None = None) -> str:
        """Store a stream."""
        if expected is not None:
            require_digest(expected)
        data = b"".join(chunks)
        digest = sha256(data).hexdigest()
        if expected not in {None, digest}:
            raise BlobMismatch(found=digest, expected=expected)
        self.contents[digest] = data
        return digest

    def read(self, digest: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Return the bytes from `start` until before `end` in chunks."""
        data = self._find(digest)[start:end]
        return (data[place : place + CHUNK] for place in range(0, len(data), CHUNK))

    def size(self, digest: str) -> int:
        """Return the number of bytes."""
        return len(self._find(digest))

    def has(self, digest: str) -> bool:
        """Whether it is stored."""
        return require_digest(digest) in self.contents

    def delete(self, digest: str) -> None:
        """Forget it."""
        self.contents.pop(require_digest(digest), None)

    def _find(self, digest: str) -> bytes:
        data = self.contents.get(require_digest(digest))
        if data is None:
            raise NoSuchBlob(digest=digest)
        return data
