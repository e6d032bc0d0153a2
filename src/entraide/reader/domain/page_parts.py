"""Parts of a page by their shape: what is written in sentences is the report, short lines around it are not.

Before the first paragraph stand titles, menus and stamps; after it short lines are headings between paragraphs, teasers
and tags. A line that goes on with the one before it (hard line breaks) and a point of a list are of the report.
"""

from collections.abc import Callable, Sequence

import regex

TITLE, BODY, CAPTION, LINE = "title", "body", "caption", "line"
_ENDS = (".", "!", "?", "…", ".»", ". »", ".”", '."', "?»", "? »", ".)", "!»", ".'", ".’")
# A line that ends so goes on in the next, whatever that begins with.
_GOES_ON = (" the", " of", " and", " de", " la", " le", " les", " des", " du", " et", " của", " và", ",")
_INSIDE = regex.compile(r"[\p{Ll}»”][.!?] +\p{Lu}")
_OPENS_LIST = (":", ";")
_BULLETS = "-–•*·+"
_LONG = 170
_WORDS = 4
_LONGEST_CAPTION = 600


def page_parts(text: str, spans: Sequence[tuple[int, int]], is_caption: Callable[[int, int], bool]) -> list[str]:
    """Return the part of each block of `spans`, in order: title, body, caption or line."""
    lines = [text[start:end].strip() for start, end in spans]
    prose = [_is_prose(line) for line in lines]
    for number in range(1, len(lines)):
        # A wrapped line goes on in lower case; both of its halves are of one paragraph.
        if (
            (lines[number][0].islower() or lines[number - 1].endswith(_GOES_ON))
            and not lines[number - 1].endswith(_ENDS)
            and (prose[number] or len(lines[number - 1]) > _LONG // 2)
        ):
            prose[number - 1] = prose[number] = True
    if not any(prose):
        return _plain(lines)
    first = prose.index(True)
    parts = []
    for number, (start, end) in enumerate(spans):
        if end - start < _LONGEST_CAPTION and is_caption(start, end):
            parts.append(CAPTION)
        elif prose[number] or (number > first and _in_list(lines, number, parts)):
            parts.append(BODY)
        else:
            parts.append(TITLE if number < first else LINE)
    return parts


def _is_prose(line: str) -> bool:
    if len(line) >= _LONG and "|" not in line:
        return True
    if len(line.split()) < _WORDS:
        return False
    return line.endswith((*_ENDS, ":")) or (len(line) > _LONG // 3 and bool(_INSIDE.search(line)))


def _in_list(lines: Sequence[str], number: int, parts: Sequence[str]) -> bool:
    """A point behind a paragraph that announces it, or behind another point."""
    if parts[number - 1] != BODY:
        return False
    line, before = lines[number], lines[number - 1]
    point = line[0] in _BULLETS or line[:2].rstrip(".)").isdigit()
    return before.endswith(_OPENS_LIST) or (point and (before[0] in _BULLETS or before[:2].rstrip(".)").isdigit()))


def _plain(lines: Sequence[str]) -> list[str]:
    """A text without one whole sentence is read as it is, its first line as the title where there are more."""
    return [BODY if len(lines) == 1 or number else TITLE for number in range(len(lines))]
