"""Which format a file is in, told by its first bytes; its ending decides only whether a text with tags is HTML."""

import re
from enum import StrEnum
from pathlib import PurePath

from entraide.documents.domain.errors import EncryptedFile, FormatNotRead
from entraide.kernel.text import N_

SAMPLE_BYTES = 4096
ZIP = b"PK\x03\x04"
PDF_WITHIN = 1024
"""A PDF may begin with up to this many bytes of something else (ISO 32000-1, annex H.3, note 13)."""
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
"""The stream of an Office file with a password ([MS-OFFCRYPTO], section 2.3.4.4)."""
OUTLOOK = "__nameid_version1.0".encode("utf-16-le")
"""A storage that each message has ([MS-OXMSG], section 2.2.3)."""
KNOWN = (
    (OLD_OFFICE, N_("an old Office file (DOC/XLS/PPT)")),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ\x00", "XZ"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x28\xb5\x2f\xfd", "ZSTANDARD"),
    (b"\x89PNG\r\n", N_("a picture (PNG)")),
    (b"\xff\xd8\xff", N_("a picture (JPEG)")),
    (b"GIF8", N_("a picture (GIF)")),
    (b"II*\x00", N_("a picture (TIFF)")),
    (b"MM\x00*", N_("a picture (TIFF)")),
    (b"%!PS", "PostScript"),
    (b"\x7fELF", N_("a program")),
    (b"MZ\x90\x00", N_("a program")),
    (b"SQLite format 3\x00", N_("a database")),
    (b"ID3", N_("sound (MP3)")),
    (b"OggS", N_("sound (OGG)")),
    (b"PK\x05\x06", N_("an empty ZIP")),
)
_TAGS = (
    rb"!doctype\s+html|html|head|body|title|meta|link|base|script|style|main|article|section|header|nav|div|p|h[1-6]"
    rb"|table|ul|ol|span|font|center|b|br|a|iframe"
)
# Possessive, so that a beginning of blanks or comments is gone over once.
_HTML = re.compile(rb"(?>\s++|<\?xml[^>]*+>|<!--(?s:.)*?-->)*+<(?:" + _TAGS + rb")[\s/>]", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\s")
_ANY_TAG = re.compile(rb"</(?:p|div|body|html|h[1-6]|article|span|a)\s*>", re.IGNORECASE)
_MHTML = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_FIRST_FIELD = re.compile(rb"From [^\n]{1,200}\n|[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?[^\n]*\n")
_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):", re.MULTILINE)
_TECHNICAL = frozenset({b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to", b"content-type"})
_SENT = frozenset({b"message-id", b"received", b"return-path", b"delivered-to", b"to"})
_SAVED = frozenset({b"snapshot-content-location"})
_WRITTEN = frozenset({b"from", b"to", b"subject", b"date"})
_HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class Format(StrEnum):
    """A format that is read; its value is what a person calls it."""

    TEXT = "text"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "DOCX"
    ODT = "ODT"
    XLSX = "XLSX"
    EML = "EML"
    MHTML = "MHTML"
    RTF = "RTF"

    @property
    def media_type(self) -> str:
        """The media type (RFC 6838) that a source of this format is kept with."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.TEXT: "text/plain",
    Format.HTML: "text/html",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.EML: "message/rfc822",
    Format.MHTML: "multipart/related",
    Format.RTF: "application/rtf",
}


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-") or (b"%PDF-" in data[:PDF_WITHIN] and b"\x00" not in data[:4])


def _is_named_html(data: bytes, file: str) -> bool:
    """Whether the file's name ends as that of a page, and a tag is in it."""
    if PurePath(file).suffix.lower() not in _HTML_ENDINGS:
        return False
    return _ANY_TAG.search(_ascii_head(data, len(data))) is not None


def decide_format(data: bytes, file: str) -> Format:
    """Return the format of `data`, the content of `file`.

    Raises `FormatNotRead` for one that is known and not read, `EncryptedFile` for an Office file with a password.
    """
    if data.startswith(ZIP):
        return _package_format(data)
    if _is_pdf(data):
        return Format.PDF
    if data.startswith(OLD_OFFICE) and ENCRYPTED_OFFICE in data:
        raise EncryptedFile(file=file, format="DOCX")
    head = _ascii_head(data)
    if data.startswith(b"{\\rtf"):
        return Format.RTF
    if mail := _mail_format(head, file):
        return mail
    if _HTML.match(head) or _is_named_html(data, file):
        return Format.HTML
    known = _known_format(data, head)
    if known:
        raise FormatNotRead(file=file, format=known)
    return Format.TEXT


def _mail_format(head: bytes, file: str) -> Format | None:
    """Return whether a text that begins as a mail does is one, or a page that a browser saved in one file."""
    block = re.split(rb"\r?\n\r?\n", head.lstrip(b"\r\n"), maxsplit=1)[0]
    names = {name.lower() for name in _FIELD.findall(block)}
    if not _FIRST_FIELD.match(head.lstrip(b"\r\n")) or not names:
        return None
    if _MHTML.search(block) and (names & _SAVED or not names & _SENT):
        return Format.MHTML
    if names & _TECHNICAL or (PurePath(file).suffix.lower() == ".eml" and names & _WRITTEN):
        return Format.EML
    return None


def _package_format(data: bytes) -> Format:
    """Return which of our formats a ZIP may be, by names that stand in it as they are; its own reader looks closer."""
    if b"xl/workbook.xml" in data or b"xl\\workbook.xml" in data:
        return Format.XLSX
    odf = b"application/vnd.oasis.opendocument" in data[:200] or b"content.xml" in data
    return Format.ODT if odf and b"word/" not in data and b"word\\" not in data else Format.DOCX


def _known_format(data: bytes, head: bytes) -> str:
    """Return what a person calls a format that is not read, empty for anything else."""
    if data.startswith(OLD_OFFICE) and OUTLOOK in data:
        return N_("an Outlook message (MSG)")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return N_("a picture (WebP)")
    if _XML.match(head):
        return "XML"
    return next((label for start, label in KNOWN if data.startswith(start)), "")


def _ascii_head(data: bytes, length: int = SAMPLE_BYTES) -> bytes:
    """Return the beginning with UTF-16 undone, so that tags are found in it whatever the encoding."""
    head = data[:length]
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore").encode("ascii", "replace")
    return head
