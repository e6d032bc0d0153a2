"""Large ciphertexts on disk."""

from pathlib import Path

import pytest

from entraide.storage.adapters.blobs import BadBlobName, FileBlobs, NoSuchBlob


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Bytes come back as they were, and writing again replaces them whole."""
    blobs = FileBlobs(tmp_path / "blobs")
    blobs.write("ab-1", b"one")
    blobs.write("ab-1", b"two")
    assert blobs.read("ab-1") == b"two"
    assert [path.name for path in (tmp_path / "blobs").iterdir()] == ["ab-1"]


def test_a_missing_blob_is_named(tmp_path: Path) -> None:
    """Nothing under a name is an error of the tree."""
    with pytest.raises(NoSuchBlob):
        FileBlobs(tmp_path).read("gone")


@pytest.mark.parametrize("name", ["", "../keys", "a/b", "a.b", "é"])
def test_a_name_never_leaves_the_folder(tmp_path: Path, name: str) -> None:
    """A name that could be a path is refused before anything is opened."""
    with pytest.raises(BadBlobName):
        FileBlobs(tmp_path).write(name, b"x")
