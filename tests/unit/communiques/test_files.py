"""Files that the reader takes, and those it refuses with one clear line."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.communiques.adapters import files
from entraide.communiques.adapters.files import decode_text, read_file
from entraide.kernel.errors import EntraideError

TEXT = "Le ministère de la Sécurité publique — Tô Lâm"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16 with a mark"),
        pytest.param(
            TEXT.encode().decode("cp1252", "replace").encode(), id="UTF-8 taken for Windows-1252 and saved again"
        ),
    ],
)
def test_the_usual_encodings_give_the_same_text(data: bytes) -> None:
    """However the file was saved, the same words come out."""
    assert decode_text(data, name="a.txt").split()[:4] == TEXT.split()[:4]


def test_windows_1252_is_taken_when_it_is_no_utf_8() -> None:
    """An old file keeps its accents."""
    assert decode_text("Sécurité publique".encode("cp1252"), name="a.txt") == "Sécurité publique"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "it is empty", id="empty"),
        pytest.param(b" \n\t", "it is empty", id="blank"),
        pytest.param(b"abc\x00\x01def", "it holds no text", id="binary"),
        pytest.param(b"%PDF-1.7 ...", "is PDF", id="a PDF"),
        pytest.param(b"PK\x03\x04...", "is DOCX or ZIP", id="a DOCX"),
        pytest.param(b"  <!DOCTYPE html><html>", "is HTML", id="HTML"),
        pytest.param(b"\xff\xfea", "damaged", id="half a character of UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_by_name_and_reason(data: bytes, why: str) -> None:
    """The line names the file and the reason."""
    with pytest.raises(EntraideError, match=f"a.bin: .*{why}"):
        decode_text(data, name="a.bin")


def test_a_missing_and_a_large_file_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that leads nowhere, a folder, and a file beyond the limit are each refused by their own error."""
    with pytest.raises(files.NoSuchFile):
        read_file(tmp_path / "gone.txt")
    with pytest.raises(files.UnreadableFile):
        read_file(tmp_path)
    large = tmp_path / "large.txt"
    large.write_bytes(b"a" * 2000)
    monkeypatch.setattr(files, "LARGEST_BYTES", 1000)
    with pytest.raises(files.FileTooLarge):
        read_file(large)


@given(st.binary(max_size=300))
def test_no_bytes_at_all_crash_it(data: bytes) -> None:
    """Whatever the bytes, the answer is a text or an error of the tree."""
    with contextlib.suppress(EntraideError):
        assert isinstance(decode_text(data, name="x"), str)
