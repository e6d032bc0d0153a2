"""The text of a file's bytes, whatever its format: what the process of `worker` runs, and for plain text this one."""

from entraide.documents.adapters.encodings import decode_text
from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.errors import BadFile, DamagedFile, NoWords, TextTooLong

LONGEST_TEXT = 6_000_000
"""Characters; a communiqué has a few thousand."""


def extract(data: bytes, *, form: Format, file: str) -> str:
    """Return the text of `data`, the content of `file`; raises a `BadFile`.

    The libraries are imported when the first file needs them: plain text needs none.
    """
    if form is Format.HTML:
        from entraide.documents.adapters.html import extract_html  # noqa: PLC0415 - on demand

        text = extract_html(data, file)
    elif form is Format.PDF:
        from entraide.documents.adapters.pdf import extract_pdf  # noqa: PLC0415 - on demand

        text = extract_pdf(data, file, LONGEST_TEXT)
    elif form is Format.DOCX:
        from entraide.documents.adapters.docx import extract_docx  # noqa: PLC0415 - on demand

        text = extract_docx(data, file, LONGEST_TEXT)
    else:
        text = decode_text(data, file)
        if not any(character.isalpha() for character in text):
            raise NoWords(file=file)
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(file=file, limit=LONGEST_TEXT // 1_000_000)
    return text


def extract_guarded(data: bytes, *, form: Format, file: str) -> str:
    """Return what `extract` returns; whatever a library raises on a file that nobody foresaw is a `DamagedFile`."""
    try:
        return extract(data, form=form, file=file)
    except (MemoryError, BadFile):
        raise
    except Exception as error:
        raise DamagedFile(file=file, format=form.value) from error
