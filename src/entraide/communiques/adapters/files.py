"""Texts from files: every file that cannot be read gets one clear line that names it and the reason."""

from pathlib import Path

import ftfy

from entraide.kernel.errors import BadInput, NotFound
from entraide.kernel.text import N_

LARGEST_BYTES = 20_000_000
KNOWN_FORMATS = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "DOCX or ZIP",
    b"\xd0\xcf\x11\xe0": "DOC",
    b"\x1f\x8b": "GZIP",
}
HTML_BEGINNINGS = (b"<!doctype html", b"<html")
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SAMPLE_BYTES = 8192


class NoSuchFile(NotFound):
    """There is no such file."""

    code = "communiques.no_such_file"
    message = N_("{file}: there is no such file.")
    remedy = N_("Check the path.")


class UnreadableFile(BadInput):
    """The file cannot be opened or holds no text."""

    code = "communiques.unreadable_file"
    message = N_("{file}: cannot be read, {why}.")
    remedy = N_("Give a text file in UTF-8.")


class FormatNotRead(BadInput):
    """The file is in a format that the reader does not take yet."""

    code = "communiques.format_not_read"
    message = N_("{file}: is {format}, which is not read yet.")
    remedy = N_("Save it as plain text in UTF-8.")


class FileTooLarge(BadInput):
    """The file is larger than any communiqué."""

    code = "communiques.file_too_large"
    message = N_("{file}: has {megabytes} MB; at most {limit} MB are read.")
    remedy = N_("Give the communiqué alone.")


def read_file(path: Path) -> str:
    """Return the text of a file; raises `NoSuchFile`, `UnreadableFile`, `FormatNotRead` or `FileTooLarge`."""
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise FileTooLarge(file=path, megabytes=round(size / 1e6), limit=LARGEST_BYTES // 1_000_000)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NoSuchFile(file=path) from error
    except OSError as error:
        raise UnreadableFile(file=path, why=(error.strerror or "the system refuses it").lower()) from error
    return decode_text(data, name=str(path))


def decode_text(data: bytes, name: str) -> str:
    """Return the text of the bytes of the file `name`: UTF-8, UTF-16 with a mark, else Windows-1252.

    Text that was decoded wrongly before it was saved is mended. Raises `UnreadableFile` or `FormatNotRead`.
    """
    if not data.strip():
        raise UnreadableFile(file=name, why="it is empty")
    found = next((label for start, label in KNOWN_FORMATS.items() if data.startswith(start)), None)
    if found is None and data[:SAMPLE_BYTES].lstrip().lower().startswith(HTML_BEGINNINGS):
        found = "HTML"
    if found is not None:
        raise FormatNotRead(file=name, format=found)
    encoding = next((encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in data:
        raise UnreadableFile(file=name, why="it holds no text")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-16":
            raise UnreadableFile(file=name, why="its UTF-16 is damaged") from error
        text = data.decode("cp1252", errors="replace")
    return ftfy.fix_encoding(text).replace("\r\n", "\n").replace("\r", "\n")
