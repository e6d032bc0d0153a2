"""The numbers that Word counts by itself, as a reader of the page sees them (ECMA-376, part 1, section 17.9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import regex
from docx.oxml.ns import qn

from entraide.documents.adapters.docx_styles import value_of
from entraide.documents.domain.counting import count_as

_PLACE = regex.compile(r"%([1-9])")
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "–", "\uf076": "❖", "o": "○"}
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it begins, how it counts, its text (`%1.%2`), and after which level it begins anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False

    def begins_behind(self, depth: int) -> bool:
        """Whether a point at `depth`, above this one, makes it begin anew."""
        return self.restart is None or (self.restart != 0 and depth < self.restart)


@dataclass(slots=True)
class _Sequence:
    """The counters of one list, shared by all that use it."""

    counts: dict[int, int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)


class Numbering:
    """Counts the paragraphs of a document in their order."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401 - an element of lxml, or None
        abstracts = [] if root is None else root.findall(qn("w:abstractNum"))
        self._abstracts = {element.get(qn("w:abstractNumId")): element for element in abstracts}
        self._numbers = {} if root is None else {one.get(qn("w:numId")): one for one in root.findall(qn("w:num"))}
        self._by_style = {
            name: number
            for number, element in self._numbers.items()
            if (name := value_of(self._abstracts.get(value_of(element, "w:abstractNumId")), "w:styleLink"))
        }
        self._levels: dict[str, Mapping[int, Level]] = {}
        self._sequences: dict[str, _Sequence] = {}
        self._styles = {
            style: depth
            for abstract in self._abstracts.values()
            for depth, element in _levels_in(abstract).items()
            if (style := value_of(element, "w:pStyle"))
        }

    def level_of_style(self, style: str | None) -> int:
        """Return the level that a list gives to the paragraphs of a style."""
        return self._styles.get(style, 0) if style else 0

    def count(self, number: str | None, depth: int) -> str:
        """Count a paragraph of the list `number` at `depth`; return its marker, empty where it is of no list."""
        if number is None or number not in self._numbers or not 0 <= depth < _DEEPEST:
            return ""
        levels = self._levels_of(number)
        counts = self._counts_of(number)
        counts[depth] = counts[depth] + 1 if depth in counts else levels.get(depth, Level()).start
        for deeper in [one for one in counts if one > depth and levels.get(one, Level()).begins_behind(depth)]:
            del counts[deeper]
        return _shown(levels, depth, counts)

    def _counts_of(self, number: str) -> dict[int, int]:
        """Return the counters that a list shares with others; where it begins anew, it does so once."""
        abstract = value_of(self._numbers[number], "w:abstractNumId") or ""
        sequence = self._sequences.setdefault(abstract, _Sequence())
        if number not in sequence.begun:
            sequence.begun.add(number)
            for overridden in self._overridden(number):
                sequence.counts.pop(overridden, None)
        return sequence.counts

    def _overridden(self, number: str) -> list[int]:
        overrides = self._numbers[number].findall(qn("w:lvlOverride"))
        return [_whole(one.get(qn("w:ilvl"))) for one in overrides if value_of(one, "w:startOverride") is not None]

    def _levels_of(self, number: str) -> Mapping[int, Level]:
        if number not in self._levels:
            element = self._numbers[number]
            abstract = self._abstracts.get(value_of(element, "w:abstractNumId"))
            linked = self._numbers.get(self._by_style.get(value_of(abstract, "w:numStyleLink") or "", ""))
            if linked is not None:
                abstract = self._abstracts.get(value_of(linked, "w:abstractNumId"), abstract)
            levels = {depth: _level(one) for depth, one in _levels_in(abstract).items()}
            for override in element.findall(qn("w:lvlOverride")):
                depth = _whole(override.get(qn("w:ilvl")))
                own, start = override.find(qn("w:lvl")), value_of(override, "w:startOverride")
                level = _level(own) if own is not None else levels.get(depth, Level())
                first = level.start if start is None else _whole(start)
                levels[depth] = Level(first, level.form, level.text, level.restart, level.legal)
            self._levels[number] = levels
        return self._levels[number]


def _levels_in(abstract: Any) -> dict[int, Any]:  # noqa: ANN401 - an element of lxml, or None
    found = [] if abstract is None else abstract.findall(qn("w:lvl"))
    return {_whole(one.get(qn("w:ilvl"))): one for one in found}


def _level(element: Any) -> Level:  # noqa: ANN401 - an element of lxml
    restart = value_of(element, "w:lvlRestart")
    return Level(
        _whole(value_of(element, "w:start") or "0"),
        value_of(element, "w:numFmt") or "decimal",
        value_of(element, "w:lvlText") or "",
        None if restart is None else _whole(restart),
        element.find(qn("w:isLgl")) is not None,
    )


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _shown(levels: Mapping[int, Level], depth: int, counts: Mapping[int, int]) -> str:
    level = levels.get(depth, Level())
    if level.form == "bullet":
        return _BULLETS.get(level.text, "•" if level.text and "\ue000" <= level.text[0] <= "\uf8ff" else level.text)
    if level.form == "none":
        return _PLACE.sub("", level.text).strip()

    def place(match: "regex.Match[str]") -> str:
        other = int(match[1]) - 1
        of = levels.get(other, Level())
        return count_as(counts.get(other, of.start), "decimal" if level.legal else of.form)

    return _PLACE.sub(place, level.text).strip()
