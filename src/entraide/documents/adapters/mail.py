"""E-mails (RFC 5322, MIME) and pages saved in one file (MHTML, RFC 2557) into a tree.

Of a mail its own words are the text, as plain text where it has it, else from its HTML; each attachment that is read is
a document of its own. What is attached and not read is named. A message that is sealed or signed around its content
(S/MIME, PGP) is refused by name; a signature beside the content is not looked at.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from lxml import html as lxml_html  # type: ignore[import-untyped]

from entraide.documents.adapters.encodings import Decoded, decode_declared, decode_page, decode_text
from entraide.documents.adapters.extracting import Extract, extract_guarded
from entraide.documents.adapters.html import extract_page
from entraide.documents.adapters.html_blocks import add_blocks
from entraide.documents.adapters.sniffing import Format, decide_format
from entraide.documents.domain.building import TreeBuilder
from entraide.documents.domain.errors import BadFile, EncryptedFile, FormatNotRead, NoTextInside
from entraide.documents.domain.tree import DocumentTree
from entraide.kernel.text import N_

MOST_PARTS = 200
DEEPEST = 8
"""Mails within mails that are opened."""
NOT_READ = N_("attachment that was not read")
_QUOTED = re.compile(r"^(?:>\s?)+", re.MULTILINE)
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


def extract_eml(data: bytes, file: str, longest: int) -> Extract:
    """Return the tree of a mail: its words, and its attachments as parts.

    A mail without words of its own has those of its first attachment. Raises `NoTextInside` where neither has any,
    `EncryptedFile`, `FormatNotRead` (a signed envelope), and what its words raise.
    """
    return _Mail(file, longest).read(_parse(data), DEEPEST)


def extract_mhtml(data: bytes, file: str, _longest: int) -> Extract:
    """Return the article of a page saved in one file; raises `NoTextInside`, and what an HTML page raises."""
    message = _parse(data)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            page = decode_page(_payload(part), file, declared=part.get_content_charset() or "")
            return extract_page(page, file, Format.MHTML)
    raise NoTextInside(file=file, format=Format.MHTML.value)


def _parse(data: bytes) -> EmailMessage:
    if data.startswith(b"From "):
        data = data.partition(b"\n")[2]  # a mail as a mailbox keeps it
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - the policy makes these
    return message


def _payload(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


class _Mail:
    """Reads one mail, and those within it."""

    def __init__(self, file: str, longest: int) -> None:
        self._file, self._left = file, longest
        self._encoding = ""

    def read(self, message: EmailMessage, deep: int) -> Extract:
        """Return the tree of `message`."""
        self._refuse_sealed(message)
        builder = TreeBuilder()
        body = message.get_body(preferencelist=("plain", "html"))
        if isinstance(body, EmailMessage) and body.get_content_type() == "text/plain" and not _payload(body).strip():
            body = message.get_body(preferencelist=("html",))
        if isinstance(body, EmailMessage):
            self._add_body(builder, body)
        parts = tuple(self._attachments(message, body, builder, deep))
        builder.title = str(message.get("subject", "") or "").strip()
        tree = builder.build(Format.EML.media_type, parts=parts)
        if any(character.isalpha() for character in tree.text):
            return Extract(tree, builder.encoding or self._encoding)
        if not parts:
            raise NoTextInside(file=self._file, format=Format.EML.value)
        first, *others = parts
        own = DocumentTree(
            first.text, first.blocks, tree.media_type, first.notes, tree.left_out + first.left_out,
            (*first.parts, *others), tree.title,
        )  # fmt: skip
        return Extract(own, self._encoding)

    def _refuse_sealed(self, message: EmailMessage) -> None:
        kind = message.get_content_type()
        if kind == "multipart/encrypted":
            raise EncryptedFile(file=self._file, format=Format.EML.value)
        if kind in _SEALED:
            if "signed" in str(message.get_param("smime-type", "")):
                raise FormatNotRead(file=self._file, format=N_("a mail inside a signature (S/MIME)"))
            raise EncryptedFile(file=self._file, format=Format.EML.value)

    def _add_body(self, builder: TreeBuilder, body: EmailMessage) -> None:
        data = _payload(body)
        if not data.strip():
            return
        declared = body.get_content_charset() or ""
        if body.get_content_type() == "text/html":
            page, self._encoding = decode_page(data, self._file, declared=declared)
            if page.strip():
                add_blocks(builder, lxml_html.document_fromstring(page))
            return
        text, self._encoding = _decode(data, self._file, declared)
        for line in _paragraphs(_QUOTED.sub("", text), flowed=body.get_param("format") == "flowed"):
            builder.add_paragraph(line)

    def _attachments(
        self, message: EmailMessage, body: object, builder: TreeBuilder, deep: int
    ) -> Iterator[DocumentTree]:
        for number, part in enumerate(_leaves(message)):
            kind = part.get_content_type()
            if part is body or kind in _SIGNATURES or (_is_alternative(part, message) and not part.get_filename()):
                continue
            name = part.get_filename() or kind
            tree = self._part(part, str(name), deep) if number < MOST_PARTS else None
            if tree is None:
                builder.leave_out(NOT_READ, str(name))
            else:
                self._left -= len(tree.text)
                yield tree

    def _part(self, part: EmailMessage, name: str, deep: int) -> DocumentTree | None:
        """Return the tree of an attachment, None where it is nothing that is read."""
        try:
            if part.get_content_type() == "message/rfc822":
                inner = part.get_payload(0) if part.is_multipart() else None
                return self._inner(inner, name, deep) if isinstance(inner, EmailMessage) else None
            data = _payload(part)
            form = decide_format(data, name)
            if not data.strip():
                return None
            if form is Format.EML:
                return self._inner(_parse(data), name, deep)
            found = extract_guarded(data, form=form, file=name).tree
        except BadFile:
            return None
        return _named(found, name) if len(found.text) <= self._left else None

    def _inner(self, message: EmailMessage, name: str, deep: int) -> DocumentTree | None:
        """Return the tree of a mail within the mail, under its subject; None where too many are within each other."""
        if deep < 1:
            return None
        found = _Mail(self._file, self._left).read(message, deep - 1).tree
        return _named(found, found.title or name)


def _named(tree: DocumentTree, title: str) -> DocumentTree:
    return DocumentTree(tree.text, tree.blocks, tree.media_type, tree.notes, tree.left_out, tree.parts, title)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that hold something; a mail within the mail is one of them and is not entered."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.iter_parts():
        if isinstance(part, EmailMessage):
            yield from _leaves(part)


def _is_alternative(part: EmailMessage, message: EmailMessage) -> bool:
    """Whether a text is the mail's own words another time, as HTML beside plain text."""
    if part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment":
        return False
    return any(
        whole.get_content_type() == "multipart/alternative" and any(one is part for one in whole.walk())
        for whole in message.walk()
    )


def _decode(data: bytes, file: str, declared: str) -> Decoded:
    if declared in {"", "us-ascii"}:
        return decode_text(data, file)
    return decode_declared(data, file, declared)


def _paragraphs(text: str, *, flowed: bool) -> list[str]:
    """Return the lines of a plain text; in a flowed one (RFC 3676) a line that ends in a blank goes on."""
    if not flowed:
        return text.split("\n")
    return re.sub(r"(?<!-) \n", " ", text).split("\n")
