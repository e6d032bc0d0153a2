"""Numbers and bullets at the beginning of a line, as people type them and as programs draw them."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

_WORD = (
    r"(?:Article|Art|Section|Sect|Chapter|Chapitre|Titre|Title|Point|Item|Clause|Annexe?|Part|Partie"
    r"|Điều|Khoản|Mục|Chương|Phần|Điểm|Phụ lục)"
)
_ROMAN = r"[IVXLC]{1,7}"
_SMALL_ROMAN = r"[ivx]{1,5}"
_MARKER = regex.compile(
    rf"""[ \t\u00a0\u202f]*+(?P<marker>
      [•·▪◦●○■□▶➢➤✓‣⁃*](?=\s) | [-–—](?=\s)
    | {_WORD}\.?\ +(?:\d{{1,3}}(?:\.\d{{1,2}})*+|{_ROMAN}|[A-Z]|premier|first)(?:er|re|bis|ter)?\b
      (?:\ ?[.:)](?=\s|\Z)|\ [-–—](?=\s)|(?=\s*\Z|\t|\s\s))
    | \d{{1,3}}(?:\.\d{{1,3}}){{1,4}}(?:\([a-z]{{1,3}}\)|[.)](?=\s)|(?=\s+[\p{{Lu}}\p{{Lo}}«“"(]|\t))
    | \d{{1,3}}\([a-z]{{1,3}}\)(?=\s)
    | \d{{1,3}}(?:[.)/°]|\ ?[-–—])(?=\s)
    | \(\d{{1,3}}\)(?=\s)
    | \d{{1,2}}[.)](?=\p{{Lu}}\p{{Ll}})
    | [A-Z]{{1,3}}[.-]?\d{{1,3}}(?:\.\d{{1,3}})*(?:[.):](?=\s)|(?<=\.\d{{1,3}})(?=\s+\p{{Lu}})|(?=\t))
    | \(?(?:{_SMALL_ROMAN}|[a-zđ])\)(?=\s) | (?:{_SMALL_ROMAN}|[a-zđ])[.](?=\s)
    | \(?(?:{_ROMAN}|[A-Z])\)(?=\s) | (?:{_ROMAN}|[A-ZĐ])(?:[./]|\ ?[-–—:])(?=\s)
    )[ \t\u00a0\u202f]*+""",
    regex.VERBOSE,
)
_WORD_MARKER = regex.compile(rf"{_WORD}\b")
_ALONE = regex.compile(r"(?:[A-ZĐ]|[a-zđ]|[IVXLC]+|[ivx]+)(?:\.|\ ?[-–—:])\Z")
"""A letter with a point may be a marker (`A. Training`) or initials (`A. Dupont`): its neighbours decide."""
_FINISHED = (".", ";", ":", "!", "?", "»", ")")
_BULLETS = "•·▪◦●○■□▶➢➤✓‣⁃*-–—"


def split_marker(line: str) -> tuple[str, int]:
    """Return the number or bullet that `line` begins with, empty without one, and where the text behind it begins.

    The one function that knows typed markers, for all formats. A date, an amount, a year and a cited article
    (`Article 3 of the agreement`) are none; whether a letter with a point is one, `without_initials` tells.
    """
    match = _MARKER.match(line)
    if match is None:
        return "", len(line) - len(line.lstrip())
    return " ".join(match["marker"].split()), match.end()


def is_word_marker(marker: str) -> bool:
    """Whether a marker is a word with a number, as `Article 3` or `Điều 3.`."""
    return bool(_WORD_MARKER.match(marker))


def kind_of_marker(marker: str) -> str:
    """Return the style of a marker, the same for all points of one list: `•`, `1.`, `1.1`, `a)`, `I.`, `Điều 1.`.

    `i)` counts as a letter where it stands alone; who knows the list before it may see a Roman number in it.
    """
    if marker and marker[0] in _BULLETS:
        return marker[0]
    if is_word_marker(marker):
        return f"{marker.split(maxsplit=1)[0]} 1"
    style = regex.sub(r"\d+", "1", marker)
    style = regex.sub(r"(?<!\p{L})[IVXLC]+(?!\p{L})", "I", style)
    style = regex.sub(r"(?<!\p{L})[ivx]{2,}(?!\p{L})", "i", style)
    style = regex.sub(r"(?<![\p{L}])[a-zđ](?![\p{L}])", "a", style)
    return regex.sub(r"(?<![\p{L}])[A-HJ-UWYZĐ](?![\p{L}])", "A", style)


def without_initials(markers: Sequence[str]) -> list[str]:
    """Return the markers, a letter with a point only where one before or behind it continues its row."""
    seen = {marker for marker in markers if marker}
    return [marker if not _ALONE.match(marker) or _has_neighbour(marker, seen) else "" for marker in markers]


def _has_neighbour(marker: str, seen: set[str]) -> bool:
    head = regex.match(r"\p{L}+", marker)
    if head is None:
        return True
    tail = marker[head.end() :]
    return any(near + tail in seen for near in _neighbours(head.group()))


_ORDER = "abcdđefghijklmnopqrstuvwxyz"
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii")


def _neighbours(head: str) -> list[str]:
    """Return what may stand before and behind a letter or a Roman number in a row."""
    low = head.lower()
    near: list[str] = []
    if low in _ROMANS:
        at = _ROMANS.index(low)
        near += _ROMANS[max(at - 1, 0) : at] + _ROMANS[at + 1 : at + 2]
    if len(low) == 1:
        at = _ORDER.index(low)
        near += _ORDER[max(at - 2, 0) : at] + _ORDER[at + 1 : at + 3]
    return [one.upper() if head.isupper() else one for one in near]


def nest(points: Sequence["Point"]) -> list[int]:
    """Return the depth of each point by the styles of the markers before it; a paragraph without one has 0.

    A style that is new stands inside the one before, one that was there ends what was inside, a word with a number
    (`Article 3.`) ends all. Where a program says the depth itself, it counts from the last typed number. A plain
    paragraph that begins with a capital behind a finished one ends dashes and bullets, a heading ends all.
    """
    depths: list[int] = []
    styles: list[str] = []
    finished = True
    for point in points:
        depth = 0
        if not point.marker:
            ends = finished and point.text[:1].isupper()
            styles = [] if point.heading else [style for style in styles if not (ends and style in _BULLETS)]
        elif point.depth is not None:
            depth = point.depth + sum(style not in _BULLETS for style in styles)
        else:
            styles = _within(styles, point.marker)
            depth = len(styles) - 1
        depths.append(depth)
        finished = point.text.endswith(_FINISHED)
    return depths


class Point(NamedTuple):
    """A paragraph as far as its depth needs it; `depth` is what its program says, None where the marker is typed."""

    marker: str
    text: str
    heading: int = 0
    depth: int | None = None


def _within(styles: list[str], marker: str) -> list[str]:
    """Return the styles of the lists that a typed marker stands in, its own last."""
    style = kind_of_marker(marker)
    if style[:1] == "a" and style not in styles and marker[0] in "iv":
        style = "i" + style[1:]
    if style in styles:
        return styles[: styles.index(style) + 1]
    return [style] if is_word_marker(marker) else [*styles, style]
