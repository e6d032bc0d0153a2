"""PDF into text: lines put together to paragraphs again, without what stands on every page."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

from entraide.documents.adapters.extracting import Extract
from entraide.documents.adapters.layout import Line, join_pages
from entraide.documents.domain.errors import (
    DamagedFile,
    EncryptedFile,
    NoTextInside,
    TextTooLong,
    TooManyPages,
    UnpacksTooLarge,
)
from entraide.documents.domain.tidying import tidy
from entraide.documents.domain.tree import read_lines

_HYPHENS = str.maketrans({"\u00ad": "-", "\u2010": "-", "\u2011": "-"})
"""What stands on a page is no soft hyphen: fonts draw both with one sign, and some files name it by the other."""
MOST_PAGES = 200
LARGEST_STREAM_MB = 75
"""What pypdf unpacks of one stream at most (its own limit)."""


def _read_pages(data: bytes, file: str, longest: int) -> list[list[Line]]:
    """Return the lines of each page, as long as all stay within `longest` characters."""
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise EncryptedFile(file=file, format="PDF")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise TooManyPages(file=file, pages=count, limit=MOST_PAGES)
    pages: list[list[Line]] = []
    length = 0
    for page in reader.pages:
        pages.append(_lines_of(page))
        length += sum(len(line.text) for line in pages[-1])
        if length > longest:
            raise TextTooLong(file=file, limit=longest // 1_000_000)
    return pages


def extract_pdf(data: bytes, file: str, longest: int) -> Extract:
    """Return the text of a PDF of at most `longest` characters.

    One that is encrypted with an empty password, so that everybody may read it, is read. Raises `EncryptedFile`,
    `TooManyPages`, `TextTooLong`, `UnpacksTooLarge`, `NoTextInside`, `DamagedFile`.
    """
    try:
        pages = _read_pages(data, file, longest)
    except FileNotDecryptedError as error:
        raise EncryptedFile(file=file, format="PDF") from error
    except LimitReachedError as error:
        raise UnpacksTooLarge(file=file, limit=LARGEST_STREAM_MB) from error
    except (PyPdfError, NotImplementedError) as error:
        raise DamagedFile(file=file, format="PDF") from error
    text = tidy(join_pages(pages))
    if not any(character.isalpha() for character in text):
        raise NoTextInside(file=file, format="PDF")
    return Extract(read_lines(text, media_type="application/pdf"))


def _lines_of(page: Any) -> list[Line]:  # noqa: ANN401 - pypdf's page
    """Return the lines of a page as the file writes them, each with its height on the page and the size of its type."""
    lines: list[Line] = []
    parts: list[str] = []
    height = size = 0.0

    def finish() -> None:
        text = " ".join("".join(parts).translate(_HYPHENS).split())
        if text:
            lines.append(Line(text, height, size))
        parts.clear()

    def visit(text: str, matrix: list[float], text_matrix: list[float], _font: object, font_size: float) -> None:
        nonlocal height, size
        pieces = text.split("\n")
        for number, piece in enumerate(pieces):
            if number:
                finish()
            if piece.strip():
                if not any(part.strip() for part in parts):
                    x, y = text_matrix[4], text_matrix[5]
                    height = x * matrix[1] + y * matrix[3] + matrix[5]
                    size = abs(font_size * text_matrix[3] * matrix[3]) or font_size
                parts.append(piece)
            elif piece:
                parts.append(" ")

    page.extract_text(visitor_text=visit)
    finish()
    return lines
