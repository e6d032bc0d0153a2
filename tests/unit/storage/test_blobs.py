"""Blobs in a folder and in memory."""

import os
import time
import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest

from entraide.kernel.node import Blobs
from entraide.storage.api import FileBlobs
from tests.simulators.blobs import MemoryBlobs
from tests.unit.storage.blobs_contract import DATA, DIGEST, BlobsContract

MEGABYTE = 1024 * 1024


class TestMemoryBlobs(BlobsContract):
    """The simulators' store."""

    @pytest.fixture
    def blobs(self) -> Blobs:
        return MemoryBlobs()


class TestFileBlobs(BlobsContract):
    """The folder of a node."""

    @pytest.fixture
    def blobs(self, tmp_path: Path) -> Blobs:
        return FileBlobs(tmp_path / "blobs")


def files_of(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_files_lie_in_two_levels_of_folders_for_their_owner_alone(tmp_path: Path):
    """No folder grows beyond what a file system likes, and nobody else reads them."""
    blobs = FileBlobs(tmp_path)
    blobs.write([DATA])
    assert files_of(tmp_path) == [f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"]
    modes = {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {0o600, 0o700}


def test_a_stream_that_breaks_off_leaves_no_file(tmp_path: Path):
    """Neither half a blob nor its draft."""

    def broken() -> Iterator[bytes]:
        yield DATA
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        FileBlobs(tmp_path).write(broken())
    assert files_of(tmp_path) == []


def test_what_a_killed_process_left_is_removed_later(tmp_path: Path):
    """A draft of last month goes with the next write; one that may still be written stays."""
    blobs = FileBlobs(tmp_path)
    blobs.write([b"first"])
    for name, age in [("old", 30 * 24 * 3600), ("young", 60)]:
        draft = tmp_path / "incoming" / name
        draft.write_bytes(b"half")
        os.utime(draft, (time.time() - age,) * 2)
    blobs.write([b"second"])
    assert [path.name for path in (tmp_path / "incoming").iterdir()] == ["young"]


def test_a_large_stream_needs_little_memory(tmp_path: Path):
    """64 MB go in and come out within 4 MB of memory."""
    blobs, piece = FileBlobs(tmp_path), bytes(range(256)) * 1024
    expected = sha256()
    for _ in range(256):
        expected.update(piece)
    tracemalloc.start()
    try:
        digest = blobs.write(bytes(piece) for _ in range(256))
        read = sha256()
        for chunk in blobs.read(digest):
            read.update(chunk)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert blobs.size(digest) == 64 * MEGABYTE
    assert digest == read.hexdigest() == expected.hexdigest()
    assert peak < 4 * MEGABYTE


def test_writers_of_the_same_bytes_do_not_disturb_each_other(tmp_path: Path):
    """Eight threads store the same stream at once: one blob, whole, and no draft."""
    stores = [FileBlobs(tmp_path) for _ in range(8)]
    found: list[str] = []
    threads = [Thread(target=lambda store=store: found.append(store.write([DATA] * 3))) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [sha256(DATA * 3).hexdigest()] * 8
    assert len(files_of(tmp_path)) == 1
    assert b"".join(stores[0].read(found[0])) == DATA * 3
