"""The words around a passage that a reader of the register needs, and a title for a text that has none. Pure."""

from bisect import bisect_right

import regex

LONGEST_CLAUSE = 300
"""Characters of a commitment's text."""
TITLE_LENGTH = 90
"""Characters shown of a text that has no title."""

_BORDER = regex.compile(r"\n+|(?<=[.!?…][»”\")]?)\s+(?=[«“\"(]?[\p{Lu}\d-])")
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(«'’.-])(?:MM?|Mmes?|Mlle|Dr|Pr|Gén|Gen|Lt|Lieut|Sen|Col|Maj|Brig|Mrs?|Ms|St|Nos?|art|Prof|TS|\p{Lu})\.$"
)
_PAUSE = regex.compile(r"[,;:–—]\s+|(?<!\s)\s+(?=(?:et|and|và)\s)")
# "Hanoï, 12 janvier 2025 – ", "Vientiane (VNA) – ", "Quang Nam (VNA) - ": where a report comes from.
_DATELINE = regex.compile(r"\s*\p{Lu}[\p{L}\p{M}\d'’,./ -]{1,48}?(?:\([^)\n]{2,40}\)\s*)?\s*[–—-]\s+(?=[\p{L}«“\"])")
_STAMP = regex.compile(r"[\d\s:/.,-]*(?:\p{L}{1,9}[\d\s:/.,-]+){0,4}(?:h|AM|PM)?")


def clause_around(text: str, start: int, end: int, longest: int = LONGEST_CLAUSE) -> str:
    """Return the sentence of `text` that holds the characters `start`..`end`, white space as single spaces.

    It ends at the marks of a sentence or at a new line, and begins after a dateline. A longer one is cut at pauses
    around the passage, with "…" where something was left out, to at most `longest` characters unless the passage
    itself is longer.
    """
    begin, finish = _sentence(text, start, end)
    dateline = _DATELINE.match(text, begin, start)
    begin = dateline.end() if dateline else begin
    if finish - begin > longest:
        return _cut(text, begin, finish, start, end, longest)
    return " ".join(text[begin:finish].split()).rstrip(" ;")


def title_from(text: str) -> str:
    """Return the first words of a cleaned text, without the time of printing and the dateline before them."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    line = next((line for line in lines if not _STAMP.fullmatch(line)), lines[0] if lines else "")
    dateline = _DATELINE.match(line)
    line = line[dateline.end() :] if dateline else line
    line = line[:1].upper() + line[1:]
    return line if len(line) <= TITLE_LENGTH else f"{line[:TITLE_LENGTH].rsplit(' ', 1)[0].rstrip(' ,;:')} …"


def is_stamp(title: str) -> bool:
    """Whether a title is no more than a date and a time."""
    return bool(_STAMP.fullmatch(title))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    borders = [
        match.span()
        for match in _BORDER.finditer(text)
        if "\n" in match[0] or not _ABBREVIATION.search(text, max(0, match.start() - 12), match.start())
    ]
    before = bisect_right([stop for _, stop in borders], start)
    begin = borders[before - 1][1] if before else 0
    finish = next((first for first, _ in borders[before:] if first >= end), len(text))
    return begin, finish


def _cut(text: str, begin: int, finish: int, start: int, end: int, longest: int) -> str:
    """Cut at pauses, or at a space where there is none: half of the room before the passage, the rest behind it."""
    room = max(longest - (end - start) - 4, 0)
    pauses = [match.end() for match in _PAUSE.finditer(text, begin, finish)]
    first = begin
    if start - begin > room // 2:
        near = [place for place in pauses if start - room // 2 <= place <= start]
        first = near[0] if near else text.rfind(" ", begin, start + 1) + 1 or start
    furthest = end + room - (start - first)
    last = finish
    if finish > furthest:
        near = [place for place in pauses if end <= place <= furthest]
        last = near[-1] if near else max(text.rfind(" ", end, furthest), end)
    words = " ".join(text[first:last].split()).rstrip(" ,;:–—")
    return f"{'… ' if first > begin else ''}{words}{' …' if last < finish else ''}"
