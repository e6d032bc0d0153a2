"""The pages on which a publisher says who it is and how it works: their names, and what a text may hold. Pure.

A text is plain: paragraphs parted by empty lines; a line of its own that begins with `## ` is a heading, lines that
begin with `- ` are a list. Nothing in it is markup for a browser.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from entraide.kernel.errors import BadInput, NotFound
from entraide.kernel.languages import SPOKEN
from entraide.kernel.text import N_

LONGEST_TEXT = 20_000
HEADING, ITEM = "## ", "- "


class AboutPage(StrEnum):
    """A page about the publisher, in the order in which they are listed."""

    METHOD = "method"
    RESPONSIBLE = "responsible"
    CONTACT = "contact"
    LEGAL = "legal"
    ACCESSIBILITY = "accessibility"


TITLES = {
    AboutPage.METHOD: N_("Method"),
    AboutPage.RESPONSIBLE: N_("Who is responsible"),
    AboutPage.CONTACT: N_("Contact"),
    AboutPage.LEGAL: N_("Legal notice"),
    AboutPage.ACCESSIBILITY: N_("Accessibility statement"),
}
SUMMARIES = {
    AboutPage.METHOD: N_("How facts are read, weighed and settled, and how often the reader is right."),
    AboutPage.RESPONSIBLE: N_("Who keeps this register, who decides what stands in it, and who does not."),
    AboutPage.CONTACT: N_("How to reach the people who keep this register."),
    AboutPage.LEGAL: N_("Publisher, licence of the data, quotations, and what is known of visitors."),
    AboutPage.ACCESSIBILITY: N_(
        "How far these pages can be used by everyone, what is known to fail, and whom to tell."
    ),
}


class NoSuchAboutPage(NotFound):
    """There is no such page about the publisher."""

    code = "publication.no_such_page"
    message = N_("There is no page “{name}” about this register.")
    remedy = N_("Use one of: {known}.")


class NotALanguageOfPages(BadInput):
    """Pages do not speak the language."""

    code = "publication.not_a_language"
    message = N_("Pages of this site are not written in “{language}”.")
    remedy = N_("Use one of: {known}.")


class AboutTextTooLong(BadInput):
    """A text is longer than a page may be."""

    code = "publication.text_too_long"
    message = N_("The text has {length} characters; a page may have {most}.")
    remedy = N_("Shorten it, or lead to a document elsewhere.")


class AboutTextEmpty(BadInput):
    """A text says nothing."""

    code = "publication.text_empty"
    message = N_("The text is empty.")
    remedy = N_("Write something, or go back to the text that comes with the program.")


class AboutTextChanged(BadInput):
    """Somebody else wrote the text meanwhile."""

    code = "publication.text_changed"
    message = N_("Somebody else has changed this text since you opened it.")
    remedy = N_("Look at what stands there now, and save again if yours is still to stand.")


@dataclass(frozen=True, slots=True)
class AboutText:
    """The text of a page in a language. `own`: the operator wrote it; else it is the one that comes with the program.

    `id` is that of the operator's text, None where there is none.
    """

    page: AboutPage
    language: str
    text: str
    own: bool
    changed_at: datetime | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text: a `heading`, a `paragraph` of lines, or a `list` of items."""

    kind: str
    lines: tuple[str, ...]


def parse_about_page(name: str) -> AboutPage:
    """Return the page of this name; raises `NoSuchAboutPage`."""
    if name not in set(AboutPage):
        raise NoSuchAboutPage(name=name[:40], known=", ".join(AboutPage))
    return AboutPage(name)


def require_page_language(language: str) -> str:
    """Return a language that pages speak; raises `NotALanguageOfPages`."""
    if language not in SPOKEN:
        raise NotALanguageOfPages(language=language[:20], known=", ".join(SPOKEN))
    return language


def clean_about_text(text: str) -> str:
    """Return a text as it is kept: NFC, its lines without control characters and blanks at their ends.

    Raises `AboutTextEmpty`, `AboutTextTooLong`.
    """
    kept = "\n".join(line.rstrip() for line in strip_controls(text).split("\n")).strip("\n")
    if not kept.strip():
        raise AboutTextEmpty
    if len(kept) > LONGEST_TEXT:
        raise AboutTextTooLong(length=len(kept), most=LONGEST_TEXT)
    return kept


def strip_controls(text: str) -> str:
    """Return a text in NFC with line feeds, without other control characters and without marks that turn the
    direction of what follows, which could make words read otherwise than they are.
    """
    lines = unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", text))
    return "".join(item for item in lines if item == "\n" or not _is_control(item))


def _is_control(item: str) -> bool:
    return unicodedata.category(item) in ("Cc", "Cs", "Co", "Cn") or item in _TURNING


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u2028\u2029\ufeff")


def parse_blocks(text: str) -> tuple[Block, ...]:
    """Return the headings, paragraphs and lists of a text."""
    return tuple(block for part in re.split(r"\n\s*\n", text.strip("\n")) for block in _blocks_of(part))


def _blocks_of(part: str) -> Iterator[Block]:
    """Yield the pieces of a stretch without empty lines: lines of one kind that follow each other are one."""
    kind, held = "", list[str]()
    for line in part.split("\n"):
        now = "heading" if line.startswith(HEADING) else "list" if line.startswith(ITEM) else "paragraph"
        if held and (now != kind or now == "heading"):
            yield Block(kind, tuple(held))
            held = []
        kind = now
        held.append(line if now == "paragraph" else line.split(" ", 1)[1].strip())
    if any(held):
        yield Block(kind, tuple(held))
