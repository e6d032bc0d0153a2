"""Deadlines counted from the signing: `within three months of signing`, `trong vòng 60 ngày kể từ ngày ký`."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import regex

from entraide.reader.domain.plans.words import PlanWords, load_words

_BEHIND = r"\s?(?:de\s|d')?(?P<what>[^.;,]{0,60})"
_UNIT_AND_LINK = {
    "fr": r"(?P<unit>jours?|semaines?|mois|ans?)\s(?:\w+\s){0,2}?"
    r"(?:suivant|apres|a compter|a partir|qui suivent|de la|des la)",
    "en": r"(?:working\s|calendar\s)?(?P<unit>days?|weeks?|months?|years?)\s"
    r"(?:of|from|after|following|as of|counting from)",
    "vi": r"(?P<unit>ngày|tuần|tháng|năm)(?:\slàm việc)?\s?,?\s?(?:kể từ|sau|tính từ|từ)",
}
_SIGNING = regex.compile(
    r"sign|ký|entree en vigueur|entry into force|coming into force|hiệu lực|adopt|approv|approb|thông qua"
    r"|prise d'effet|this (?:meeting|plan)|presente? (?:plan|reunion)|present plan|la reunion|the meeting|hội đàm"
    r"|cuộc họp|date of the|la date des presentes|hôm nay"
)
_DAYS = {"j": 1, "d": 1, "s": 7, "w": 7, "ngày": 1, "tuần": 7}
_MONTHS = {"mois": 1, "month": 1, "months": 1, "tháng": 1}
_MOST = 5000


def deadline_from_signing(text: str, words: PlanWords, signed: date | None) -> tuple[str, ...]:
    """Return the day, counted from the signing; nothing where it is not known, or counts from something else."""
    match = _pattern(words.language).search(words.fold(text)) if signed else None
    if signed is None or match is None or not _SIGNING.search(match["what"]):
        return ()
    number = int(match["n"]) if match["n"].isdigit() else words.numbers[match["n"]]
    return (_later(signed, min(number, _MOST), match["unit"]).isoformat(),)


@cache
def _pattern(language: str) -> "regex.Pattern[str]":
    numbers = "|".join(sorted(map(regex.escape, load_words(language).numbers), key=len, reverse=True))
    return regex.compile(rf"\b(?P<n>\d{{1,4}}|{numbers})\s(?:\(\d+\)\s)?{_UNIT_AND_LINK[language]}{_BEHIND}")


def _later(day: date, number: int, unit: str) -> date:
    days = 0 if unit in _MONTHS else _DAYS.get(unit) or _DAYS.get(unit[0], 0)
    if days:
        return day + timedelta(days=number * days)
    months = day.month - 1 + min(number, 600) * (1 if unit in _MONTHS else 12)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
