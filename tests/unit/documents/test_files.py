"""Files that the reader takes, and those it refuses with one clear line."""

import contextlib
import hashlib
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.documents.adapters.files import printable, read_file, take_bytes
from entraide.documents.domain.errors import (
    LARGEST_BYTES,
    BinaryFile,
    EmptyFile,
    EncodingNotCertain,
    EncryptedFile,
    FileNotOpened,
    FileTooLarge,
    FormatNotRead,
    NoSuchFile,
    NotAFile,
    NoTextInside,
    NoWords,
    TextTooLong,
)
from entraide.kernel.errors import EntraideError
from tests.factories.documents import in_windows_1258

TEXT = "Le ministère de la Sécurité publique — Tô Lâm"
FRENCH = "Le général Tô Lâm, ministre de la Sécurité publique, a été reçu à Paris. « Très utile », a-t-il dit. État."
VIETNAMESE = "Bộ trưởng Bộ Công an Tô Lâm đã hội đàm với người đồng cấp Lào tại Hà Nội về phòng, chống tội phạm ma túy."


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16 with a mark"),
        pytest.param(TEXT.encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="UTF-16, high byte first"),
        pytest.param(TEXT.encode("utf-32"), id="UTF-32 with a mark"),
        pytest.param(TEXT.encode("cp1252"), id="Windows-1252"),
        pytest.param(TEXT.encode("mac_roman"), id="old Macintosh"),
        pytest.param(TEXT.replace("—", "-").encode("latin-1").replace(b" - ", b" \x97 "), id="Latin 1 of Windows"),
        pytest.param(
            TEXT.encode().decode("cp1252", "replace").encode(), id="UTF-8 taken for Windows-1252 and saved again"
        ),
    ],
)
def test_the_usual_encodings_give_the_same_text(data: bytes) -> None:
    """However the file was saved, the same words come out."""
    assert take_bytes(data, name="a.txt").text.split()[:4] == TEXT.split()[:4]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param(FRENCH, FRENCH.encode("cp1252"), id="French of Windows"),
        pytest.param(FRENCH, FRENCH.encode("latin-1"), id="French of ISO 8859-1"),
        pytest.param(FRENCH, FRENCH.encode("mac_roman"), id="French of an old Macintosh"),
        pytest.param(FRENCH, FRENCH.encode("cp850"), id="French of DOS"),
        pytest.param(VIETNAMESE, in_windows_1258(VIETNAMESE), id="Vietnamese of Windows"),
        pytest.param("João Lourenço à São Tomé", "João Lourenço à São Tomé".encode("cp1252"), id="Portuguese names"),
        pytest.param("État", "État".encode("cp1252"), id="one letter"),
    ],
)
def test_an_old_encoding_is_told_by_its_letters(text: str, data: bytes) -> None:
    """Where only one old encoding gives words of our languages, every letter of it comes out."""
    assert take_bytes(data, name="a.txt").text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param("Министр внутренних дел встретился с коллегой", "cp1251", id="Russian"),
        pytest.param("Министр внутренних дел встретился с коллегой", "koi8-r", id="Russian of Unix"),
        pytest.param("日本の大臣は", "shift_jis", id="Japanese"),
        pytest.param("中国公安部部长", "gbk", id="Chinese"),
        pytest.param("İçişleri Bakanı ığışğ görüştü", "cp1254", id="Turkish"),
    ],
)
def test_an_encoding_that_cannot_be_told_is_said_and_not_guessed(text: str, encoding: str) -> None:
    """Letters of another script give a line, never a text of wrong letters."""
    with pytest.raises(EncodingNotCertain, match=r"a\.txt: its letters cannot be told for certain"):
        take_bytes(text.encode(encoding), name="a.txt")


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        pytest.param(b"", EmptyFile, "is empty", id="empty"),
        pytest.param(b" \n\t", EmptyFile, "is empty", id="blank"),
        pytest.param(b"abc\x00\x01def", BinaryFile, "holds no text", id="binary"),
        pytest.param(bytes(range(1, 32)) * 9, BinaryFile, "holds no text", id="marks of control"),
        pytest.param(b"12/01/2025 - 10:00", NoWords, "holds no words", id="figures only"),
        pytest.param(b"\xff\xfea", EntraideError, "is a damaged UTF-16 file", id="half a character of UTF-16"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", FormatNotRead, r"is a picture \(PNG\)", id="a picture"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", FormatNotRead, "is an old Office file", id="a DOC"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            EncryptedFile,
            "is encrypted",
            id="a DOCX with a password",
        ),
        pytest.param(b"{\\rtf1\\ansi 2025}", NoTextInside, "opens as RTF but holds no text", id="RTF of figures"),
        pytest.param(b"\x1f\x8b\x08\x00", FormatNotRead, "is GZIP", id="GZIP"),
        pytest.param(b'<?xml version="1.0"?><rss/>', FormatNotRead, "is XML", id="a feed"),
        pytest.param(
            b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", NoTextInside, "opens as MHTML", id="MHTML"
        ),
        pytest.param(b"mot " * 1_600_000, TextTooLong, "more than 6 million characters", id="6.4 MB of text"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_reason(data: bytes, error: type[EntraideError], why: str) -> None:
    """The line names the file and the reason, and there is a remedy."""
    with pytest.raises(error, match=rf"a\.bin: .*{why}") as refused:
        take_bytes(data, name="a.bin")
    assert refused.value.remedy_text.endswith(".")


def test_a_path_that_is_no_readable_file_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere, a folder, and a pipe that nobody writes to are each refused by their own line."""
    with pytest.raises(NoSuchFile):
        read_file(tmp_path / "gone.txt")
    with pytest.raises((NotAFile, FileNotOpened)):
        read_file(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFile, match="is a pipe"):
        read_file(tmp_path / "pipe")


def test_a_file_of_200_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    """Its size is looked at, so that the memory of the program does not grow."""
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(200 * 2**20)
    tracemalloc.start()
    try:
        with pytest.raises(FileTooLarge, match=r"large\.txt: has 200 MB; at most 20 MB are read"):
            read_file(large)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    """The limit is of the file: one that grows while it is read is refused as well."""
    name = tmp_path / "a.txt"
    name.write_bytes(b"mot\n" + b" " * (LARGEST_BYTES - 4))
    with pytest.raises(TextTooLong):
        read_file(name)
    name.write_bytes(b"mot\n" + b" " * (LARGEST_BYTES - 3))
    with pytest.raises(FileTooLarge):
        read_file(name)
    with pytest.raises(FileTooLarge):
        take_bytes(name.read_bytes(), name="a.txt")


def test_a_text_of_five_megabytes_is_taken(tmp_path: Path) -> None:
    """Five megabytes of a text are within the limit."""
    text = "mot " * (5 * 2**18)
    assert take_bytes(text.encode(), name="a.txt").text == text


def test_the_digest_is_that_of_the_bytes() -> None:
    """Whoever has the file can check it with any program, whatever text came out."""
    file = take_bytes(TEXT.encode("utf-16"), name="a.txt")
    assert file.sha256 == hashlib.sha256(TEXT.encode("utf-16")).hexdigest()
    assert file.media_type == "text/plain"


def test_a_name_never_breaks_its_line() -> None:
    """Line ends, codes of a terminal and bytes that are no letters of a name do not reach the line."""
    name = os.fsdecode(b"a\nb\x1b[31m\xff.txt")
    assert printable(name) == "a\ufffdb\ufffd[31m\ufffd.txt"
    with pytest.raises(EmptyFile) as refused:
        take_bytes(b"", name=name)
    assert str(refused.value).encode().isascii() is False
    assert "\n" not in str(refused.value)


def test_a_text_that_speaks_of_tags_stays_text() -> None:
    """Markup in a text file is words of the text: nothing of it is taken away or obeyed."""
    text = "Communiqué <script>alert(1)</script> &amp; <img src=x onerror=alert(2)>"
    assert take_bytes(text.encode(), name="a.txt").text == text


@given(st.binary(max_size=300).filter(lambda data: not data.startswith((b"PK", b"%PDF", b"<"))))
def test_no_bytes_at_all_crash_it(data: bytes) -> None:
    """Whatever the bytes, the answer is a text or an error of the tree."""
    with contextlib.suppress(EntraideError):
        assert isinstance(take_bytes(data, name="x").text, str)
