"""Headings and what they announce: agenda, participants, review, contacts, background, closing, commitments."""

from dataclasses import dataclass
from enum import StrEnum

import regex

from entraide.documents.domain.tree import Paragraph
from entraide.reader.domain.plans.words import PlanWords, every_language


class Section(StrEnum):
    """What stands below a heading."""

    CONTACTS = "contacts"
    AGENDA = "agenda"
    PARTICIPANTS = "participants"
    REVIEW = "review"
    CLOSING = "closing"
    NOTES = "notes"
    BACKGROUND = "background"
    COMMITMENTS = "commitments"
    OTHER = "other"


SILENT = (Section.CONTACTS, Section.AGENDA, Section.PARTICIPANTS, Section.NOTES, Section.BACKGROUND)
"""Sections in which nothing is promised."""
_ENDS = (".", ";", ",", "…")
_HIGH_MARKER = regex.compile(
    r"(?:[IVXL]{1,6}|[A-Z])\s?[.)/:–-]?"
    r"|(?:Article|Điều|Chapter|Chapitre|Section|Part|Partie|Phần|Chương|Mục|Title|Titre|Annexe?|Phụ lục)\b.*"
)
LONGEST_HEADING = 110
_LONGEST_STYLED = 200
_MOST_WORDS, _MOST_CAPITALS, _FEW = 12, 16, 6
_LABEL = regex.compile(r"[^:]{3,50}\s?:\s+\S")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its words, its section, its level, 1 outermost, and its number."""

    text: str
    section: Section
    level: int
    marker: str = ""


def section_of(text: str, language: str) -> Section:
    """Return the section that the words of a heading announce; `OTHER` where they announce none."""
    best, most = Section.OTHER, 0.59
    bare = regex.sub(r"^(?:[IVXLC]+|[A-Z]|\d+)\s?[.)–-]\s*", "", text.strip())
    for words in every_language(language):
        for section in Section:
            name = f"section.{section.value}"
            value = words.share(name, bare)
            if value and words.begins(name, bare) and not (section is Section.AGENDA and value < 0.6):
                value += 0.5
            if value > most:
                best, most = section, value
    return best


def is_heading(paragraph: Paragraph, following: Paragraph | None, words: PlanWords) -> bool:
    """Whether a paragraph is a heading: marked as one, or short, without a stop, and followed by what it announces."""
    text = paragraph.text.strip()
    size = len(text.rstrip(" :").split())
    if paragraph.heading:
        promise = bool(paragraph.marker) and size > _MOST_WORDS and _promises(text, words)
        return len(text) < _LONGEST_STYLED and not promise
    if len(text) > LONGEST_HEADING or text.endswith(_ENDS) or "\n" in text:
        return False
    if _is_upper(text) and size <= _MOST_CAPITALS:
        return True
    if paragraph.marker:
        return _is_marked_heading(paragraph, following, size, words)
    return _is_plain_heading(text, following, size, words)


def _is_plain_heading(text: str, following: Paragraph | None, size: int, words: PlanWords) -> bool:
    if _LABEL.match(text):
        return False  # `Échéance : 30 juin 2026`
    section = section_of(text, words.language)
    if text.endswith(":"):
        return size <= 7 and section is not Section.OTHER
    if section in SILENT and size <= _FEW:
        return True
    if size > 9 or _promises(text, words):
        return False
    return bool(following.marker) if following is not None else section is not Section.OTHER


def _is_marked_heading(paragraph: Paragraph, following: Paragraph | None, size: int, words: PlanWords) -> bool:
    announces = paragraph.text.rstrip().endswith(":") and size > 4
    if size > _MOST_WORDS or announces or _promises(paragraph.text, words):
        return False
    deeper = following is None or not following.marker or _is_below(paragraph, following)
    if _HIGH_MARKER.fullmatch(paragraph.marker):
        return deeper or section_of(paragraph.text, words.language) is not Section.OTHER
    return deeper and following is not None and size <= 8 and paragraph.marker[0] not in "•-–—▪◦*"


def _is_below(paragraph: Paragraph, following: Paragraph) -> bool:
    return following.depth > paragraph.depth or _is_deeper(paragraph.marker, following)


def _is_deeper(marker: str, following: Paragraph) -> bool:
    bare = marker.rstrip(".)")
    return following.marker.startswith(f"{bare}.") and len(following.marker.rstrip(".)")) > len(bare)


def _promises(text: str, words: PlanWords) -> bool:
    return words.has("modal", text) or ";" in text


def _is_upper(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 3 and sum(character.isupper() for character in letters) >= 0.9 * len(letters)


def level_of(paragraph: Paragraph) -> int:
    """Return the level of a heading: that of its style, else by its marker."""
    if paragraph.heading:
        return paragraph.heading
    marker = paragraph.marker.rstrip(".)")
    if regex.fullmatch(r"\d+(?:\.\d+)+", marker):
        return 3 + marker.count(".")
    if regex.fullmatch(r"\d+", marker):
        return 3
    return 1 if _HIGH_MARKER.fullmatch(paragraph.marker or "") or _is_upper(paragraph.text) else 2
