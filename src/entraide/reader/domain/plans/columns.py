"""What a column holds: told by the words of its header, else by its cells (numbers, dates, units, long texts)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex

from entraide.reader.domain.plans.calendar_spans import Frame
from entraide.reader.domain.plans.due import parse_due
from entraide.reader.domain.plans.moments import find_moments
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.statuses import status_of_cell
from entraide.reader.domain.plans.units import is_unit
from entraide.reader.domain.plans.words import PlanWords, any_is, every_language


class Role(StrEnum):
    """What a column or a label is for."""

    NUMBER = "number"
    GROUP = "group"
    ACTIVITY = "activity"
    SUPPORT = "support"
    LEAD = "lead"
    DUE = "due"
    INDICATOR = "indicator"
    TARGET = "target"
    STATUS = "status"
    COST = "cost"
    PLACE = "place"
    NOTE = "note"
    CONTACT = "contact"
    HOUR = "hour"
    TICK = "tick"
    OTHER = "other"


_HEADER_ROLES = [role for role in Role if role not in (Role.TICK, Role.OTHER)]
_PARTS = regex.compile(r"[\n/|]")
_BRACKETS = regex.compile(r"\([^()]{0,90}\)|\[[^\[\]]{0,90}\]")
LONGEST_HEADER = 90
_NAMED = 0.4
_MOST = 0.6
_SHORT = 60
_LONGEST_UNIT = 120
_FEW_WORDS = 8
_LONGEST_PART_OF_YEAR = 40
_NUMBER = regex.compile(r"(?:[A-Z]{0,3}[.-]?\d{1,3}(?:[.-]\d{1,3})*[a-z]?|[IVX]{1,5}|[a-zA-Z]|\d+\([a-z]\))[.)]?")
_TICK = regex.compile(r"[xX×✓✔●■•◆▪☒☑*█]|yes|oui|có")
LANGUAGE_NAMES = {
    "fr": {"français", "francais", "french", "tiếng pháp", "version française", "texte français"},
    "en": {"anglais", "english", "tiếng anh", "english version", "english text"},
    "vi": {"vietnamien", "vietnamese", "tiếng việt", "việt", "bản tiếng việt"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role, the party it belongs to, its header, and how surely the header says so (0 to 1)."""

    role: Role
    state: str = ""
    header: str = ""
    sure: float = 0.0
    language: str = ""


@lru_cache(maxsize=4096)
def role_of_header(text: str) -> tuple[Role, float]:
    """Return the role that the words of a header name and the share of its words that do; `OTHER` and 0 for none."""
    best, sure = Role.OTHER, 0.0
    whole = " ".join(_BRACKETS.sub(" ", text).split())
    for piece in dict.fromkeys([whole, *_PARTS.split(text)]):
        bare = " ".join(_BRACKETS.sub(" ", piece).split()).strip(" :*–-")
        if not bare or len(bare) > LONGEST_HEADER:
            continue
        for role in _HEADER_ROLES:
            value = max(_fit(role, bare, words) for words in every_language())
            if value > sure + 0.01:
                best, sure = role, value
    return best, sure


def _fit(role: Role, text: str, words: PlanWords) -> float:
    name = f"role.{role.value}"
    share = words.share(name, text)
    if share >= 0.99:
        return 1.0 if words.is_one(name, text) else 0.97
    return min(0.95, share + 0.25) if share >= 0.3 and words.begins(name, text) else share


def column_of_header(texts: Sequence[str], sides: Sides) -> Column:
    """Return the column whose header cells, from the top, are `texts`; the lowest that names a role decides."""
    header = " – ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))
    state = next((code for text in reversed(texts) if (code := sides.state_of(text))), "")
    if len(texts) > 1 and _is_calendar(texts[-1]):
        return Column(Role.TICK, state, header, 0.9)
    role, sure = _named_role(texts, sides)
    if sure < _NAMED and state:
        return Column(Role.LEAD, state, header, _NAMED)
    heads = {text.strip().casefold() for text in texts}
    language = next((code for code, names in LANGUAGE_NAMES.items() if heads & names), "")
    if language:
        return Column(Role.ACTIVITY, "", header, 0.9, language)
    if sure < _NAMED and _is_calendar(header):
        return Column(Role.TICK, "", header, 0.5)
    return Column(role, state, header, sure)


def _named_role(texts: Sequence[str], sides: Sides) -> tuple[Role, float]:
    """Return the role that header cells name, from the top; a lower one that only names units does not change it."""
    best, sure = Role.OTHER, 0.0
    for text in texts:
        bare = _without_sides(text, sides)
        role, value = role_of_header(bare) if bare else (Role.OTHER, 0.0)
        if value >= _NAMED and (value >= sure or role is not Role.LEAD):
            best, sure = role, value
    return best, sure


def _without_sides(text: str, sides: Sides) -> str:
    for start, end, _ in reversed(sides.states_in(text)):
        text = text[:start] + " " + text[end:]
    return regex.sub(r"(?i)\b(?:phía|bên)\s*(?:$|\n)", "", text).strip(" –—-:\n")


def _is_calendar(text: str) -> bool:
    """`T1`, `Q3 2026`, `Jan`: a column of a calendar, ticked where something happens."""
    last = text.rpartition(" – ")[2].strip()
    if not last or len(text) > _LONGEST_PART_OF_YEAR:
        return False
    moments = (moment for words in every_language() for moment in find_moments(last, words))
    return any(moment.end - moment.start >= len(last) - 6 for moment in moments)


def is_tick(text: str) -> bool:
    """Whether a cell is a tick."""
    return _TICK.fullmatch(text.strip()) is not None


def is_number(text: str) -> bool:
    """Whether a cell holds a number of a row: `1`, `2.3`, `A.1`, `IV`, `D8.3`."""
    return _NUMBER.fullmatch(text.strip()) is not None


def role_of_cells(cells: Sequence[str], frame: Frame) -> Role:
    """Return what the cells of a column without a telling header hold."""
    filled = [cell for cell in cells if cell.strip() and not any_is("none", cell)]
    tests: tuple[tuple[Role, Callable[[str], bool]], ...] = (
        (Role.NUMBER, is_number),
        (Role.TICK, is_tick),
        (Role.DUE, lambda cell: len(cell) < _SHORT and parse_due(cell, frame).says),
        (Role.STATUS, lambda cell: len(cell) < _SHORT // 2 and bool(status_of_cell(cell, frame.language))),
        (Role.LEAD, _is_only_unit),
    )
    least = _MOST * len(filled)
    return next((role for role, holds in tests if filled and sum(map(holds, filled)) >= least), Role.OTHER)


def _is_only_unit(cell: str) -> bool:
    if not cell[:1].isupper() or len(cell) > _LONGEST_UNIT:
        return False
    few = len(cell.split()) < _FEW_WORDS and is_unit(cell)
    return few or any(words.begins("unit_heads", cell) for words in every_language())
