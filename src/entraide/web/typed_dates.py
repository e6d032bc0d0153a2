"""Dates as people type them: 12/01/2026, 12 janvier 2026, « 3-5/5/2025 », ngày 12 tháng 1 năm 2026, or EDTF.

The day comes before the month in every language of the pages. What is read is a partial date as the register keeps it;
a page shows it in words, so that who typed it sees how it was understood.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from babel import Locale

from entraide.kernel.languages import SPOKEN
from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.search.domain.folding import fold

_DAY: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_MONTH: Final = re.compile(r"(\d{1,2})[/.](\d{4})")
_WORDS: Final = re.compile(r"(?:(?P<day>\d{1,2}) )?m(?P<month>\d{1,2})(?: (?P<behind>\d{1,2}))? (?P<year>\d{4})")
_VIETNAMESE: Final = re.compile(r"\bthang (\d{1,2})\b")
_UNTIL: Final = re.compile(r"\s*(?:[–—]|\s-\s|/(?=\d{4}-)|\bau\b|\bto\b|\bđến\b)\s*")
_SHORT_SPAN: Final = re.compile(r"(\d{1,2}(?:/\d{1,2})?)\s*[-–]\s*(\d{1,2}(?:/\d{1,2})*/\d{4})")
_SMALL: Final = re.compile(r"\b(?:le|du|de|of|the|on|from|tu|ngay|nam)\b|(?<=\d)(?:er|st|nd|rd|th)\b|[,.]")


def typed_date(text: str) -> PartialDate | None:
    """Return the date that a person typed, None for nothing; raises `NotADate`."""
    given = " ".join(unicodedata.normalize("NFC", text).split())
    if not given:
        return None
    for read in (given.upper(), _span(given) or _one(given)):
        try:
            return PartialDate(read)
        except NotADate:
            continue
    raise NotADate(value=given[:40])


def _span(text: str) -> str:
    """Return two dates with a slash between them; what the first lacks is that of the second."""
    short = _SHORT_SPAN.fullmatch(text)
    first, last = short.groups() if short else [*_UNTIL.split(text, maxsplit=1), ""][:2]
    end = _one(last) if last else ""
    if not end:
        return ""
    year, month, *_ = *end.split("-"), "", ""
    begin = next(filter(None, map(_one, _completed(first, year, month))), "")
    return f"{begin}/{end}" if begin else ""


def _completed(first: str, year: str, month: str) -> Iterator[str]:
    """Yield what the beginning of a span may mean: itself, with the year, or with month and year of its end."""
    if first.strip(" dule").isdigit() and month:
        yield f"{re.sub(r'[^0-9]', '', first)}/{month}/{year}"
    yield first
    yield f"{first}/{year}" if "/" in first else f"{first} {year}"
    if month:
        yield f"{re.sub(r'[^0-9]', '', first)}/{month}/{year}"


def _one(text: str) -> str:
    """Return one date in EDTF, empty where the text is none."""
    if (found := _DAY.fullmatch(text)) is not None:
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    if (found := _MONTH.fullmatch(text)) is not None:
        return f"{found[2]}-{int(found[1]):02}"
    named = _VIETNAMESE.sub(r"m\1", _numbered(fold(text)))
    plain = " ".join(_SMALL.sub(" ", named).replace("/", " ").split())
    if (found := _WORDS.fullmatch(plain)) is not None:
        day = found["day"] or found["behind"]
        return f"{found['year']}-{int(found['month']):02}" + (f"-{int(day):02}" if day else "")
    return text if re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", text) else ""


def _numbered(text: str) -> str:
    """Return folded text with the names of months as `m` and their numbers."""
    months = _months()
    return re.sub(r"[a-z]+", lambda word: f"m{months[word[0]]}" if word[0] in months else word[0], text)


@cache
def _months() -> Mapping[str, str]:
    """Return the number of each month by its folded name in the languages whose months have names."""
    found: dict[str, str] = {}
    for language in SPOKEN:
        months = Locale.parse(language).months["format"]
        for width in ("wide", "abbreviated"):
            for number, name in months[width].items():
                folded = fold(str(name)).rstrip(".")
                if folded.isalpha():
                    found.setdefault(folded, str(number))
    return found
