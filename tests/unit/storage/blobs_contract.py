"""What every store of blobs does (`kernel.node.Blobs`), whatever it keeps them in.

A test of an implementation is a class that inherits from `BlobsContract` and gives the fixture `blobs`.
"""

from collections.abc import Iterator
from hashlib import sha256

import pytest

from entraide.kernel.errors import BadInput, NotFound, VerificationFailed
from entraide.kernel.node import Blobs

DATA = bytes(range(256)) * 4096  # a megabyte
DIGEST = sha256(DATA).hexdigest()
NO_DIGESTS = ["", "abc", DIGEST.upper(), DIGEST[:-1], DIGEST + "0", "../" + DIGEST[3:], DIGEST[:-1] + "\n", "é" * 64]


def chunked(data: bytes, size: int) -> Iterator[bytes]:
    return (data[place : place + size] for place in range(0, len(data), size))


class BlobsContract:
    """The behaviour that callers rely on."""

    @pytest.mark.parametrize("size", [1000, 65_536, len(DATA)])
    def test_a_stream_comes_back_by_its_digest(self, blobs: Blobs, size: int):
        """However it was cut on its way in, the bytes are the same, and the digest is that of all of them."""
        assert not blobs.has(DIGEST)
        assert blobs.write(chunked(DATA, size)) == DIGEST
        assert blobs.has(DIGEST)
        assert blobs.size(DIGEST) == len(DATA)
        chunks = list(blobs.read(DIGEST))
        assert b"".join(chunks) == DATA
        assert all(chunks)
        assert max(map(len, chunks)) < len(DATA)

    def test_nothing_at_all_is_a_blob_too(self, blobs: Blobs):
        """An empty stream has a digest and is read as no bytes."""
        digest = blobs.write(iter(()))
        assert digest == sha256().hexdigest()
        assert (blobs.size(digest), b"".join(blobs.read(digest))) == (0, b"")

    def test_the_same_bytes_are_stored_once(self, blobs: Blobs):
        """Writing again changes nothing; deleting once removes them."""
        for _ in range(2):
            assert blobs.write([DATA]) == DIGEST
        blobs.delete(DIGEST)
        assert not blobs.has(DIGEST)

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            (0, 10),
            (5, 5),
            (9, 3),
            (700_000, None),
            (len(DATA) - 1, None),
            (len(DATA), None),
            (300_000, 900_000),
            (7, 9**9),
        ],
    )
    def test_a_range_is_read_alone(self, blobs: Blobs, start: int, end: int | None):
        """A resumed transfer begins where it stopped; what lies beyond the end is empty."""
        blobs.write([DATA])
        assert b"".join(blobs.read(DIGEST, start=start, end=end)) == DATA[start:end]

    def test_a_stream_with_the_expected_digest_is_stored(self, blobs: Blobs):
        """A receiver that knows the digest says so."""
        assert blobs.write(chunked(DATA, 4096), expected=DIGEST) == DIGEST

    def test_another_stream_than_expected_is_refused(self, blobs: Blobs):
        """Bytes that are not those announced are not stored, under neither digest."""
        with pytest.raises(VerificationFailed):
            blobs.write([DATA, b"."], expected=DIGEST)
        assert not blobs.has(DIGEST)
        assert not blobs.has(sha256(DATA + b".").hexdigest())

    def test_a_stream_that_breaks_off_leaves_nothing(self, blobs: Blobs):
        """The error of the stream is the caller's; what had come so far is gone."""

        def broken() -> Iterator[bytes]:
            yield DATA
            raise ConnectionResetError

        with pytest.raises(ConnectionResetError):
            blobs.write(broken())
        assert not blobs.has(DIGEST)

    def test_what_is_not_stored_is_not_found(self, blobs: Blobs):
        """Reading says so at once, before the first chunk is asked for; deleting is no error."""
        with pytest.raises(NotFound):
            blobs.read(DIGEST)
        with pytest.raises(NotFound):
            blobs.size(DIGEST)
        blobs.delete(DIGEST)

    @pytest.mark.parametrize("name", NO_DIGESTS)
    def test_what_is_no_digest_is_refused(self, blobs: Blobs, name: str):
        """No other name reaches the store."""
        for act in (blobs.read, blobs.size, blobs.has, blobs.delete, lambda text: blobs.write([b"x"], expected=text)):
            with pytest.raises(BadInput):
                act(name)

    def test_a_blob_that_is_deleted_while_it_is_read_does_not_come_back_wrong(self, blobs: Blobs):
        """Who reads gets the bytes it began with."""
        blobs.write([DATA])
        chunks = blobs.read(DIGEST)
        blobs.delete(DIGEST)
        assert b"".join(chunks) == DATA
