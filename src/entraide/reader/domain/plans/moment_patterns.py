"""The patterns of moments, per language, over folded text; `moments.py` says what their groups mean.

Groups: `d`, `d1` days, `m`, `m1`, `mn` months by name or number, `dw`, `mw`, `yw` days, months, years written out,
`ml` a list of months, `y`, `y2`, `yy` years, `q`, `q1` quarters, `h` halves, `sep` what stands between two, `turn` a
year by its distance, `edge` its end. Every pattern begins at a digit or a fixed word and cannot backtrack far.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from entraide.reader.domain.plans.numerals import days_in_words, years_in_words
from entraide.reader.domain.plans.words import alternatives, load_words

YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_YEARS = rf"{YEAR}(?:\s?[/-]\s?(?:{YEAR}|\d\d)(?!\d|[/-]))?"
_Y = rf"(?P<y>{_YEARS})(?!\d)"
_QUARTER = r"(?:iv|iii|ii|i|[1-4])"
_OF_YEAR = (
    r"de l'annee|de l'exercice|of the year|of fy|of ay|of|de|du|fy|ay|exercice|financial year|fiscal year|nam|năm"
)
_THEN_YEAR = rf"(?:(?:\s?[/-]\s?|,?\s(?:(?:{_OF_YEAR})\s?)?){_Y})?"
_PLAIN_YEAR = rf"(?:,?\s(?P<y>{YEAR}))?"
MONTHS_IN_WORDS = {
    "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
"""Months as Vietnamese writes them out."""
_COMMON = (
    rf"\b(?P<y>{YEAR})-(?P<mn>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])\b",
    rf"\b(?P<d>{_DAY})[/.-](?P<mn>{_MONTH})[/.-](?P<y>{YEAR})\b",
    rf"(?<![\d/.,-])\b(?P<d>{_DAY})(?P<cut>[/.-])(?P<mn>{_MONTH})(?P=cut)(?P<y2>[2-4]\d)\b(?![/.,-]?\d)",
    rf"\b(?P<y>{YEAR})[- /]?(?:q|t)(?P<q>[1-4])\b",
    rf"\b(?P<y>{YEAR})-(?P<mn>0[1-9]|1[0-2])\b(?![-/]\d)",
    rf"(?<![/.\d-])\b(?P<mn>{_MONTH})[/.-](?P<y>{YEAR})\b(?![-/]\d)",
)
_LAST = (
    rf"\b(?:fy|ay)\s?(?P<yy>{YEAR}(?:\s?[/-]\s?(?:{YEAR}|\d\d))?)(?!\d)",
    rf"(?<![\d/.,-])\b(?P<yy>{YEAR}\s?[/-]\s?(?:{YEAR}|\d\d))(?![\d/-])",
    rf"(?<![\d/.,-])\b(?P<yy>{YEAR})\b(?![.,]?\d)",
)


@dataclass(frozen=True, slots=True)
class Patterns:
    """What finds moments in one language.

    `until` stands between the ends of a span, `between` before one (`between March and May`), `edges` before a moment
    (`end of`).
    """

    moment: "regex.Pattern[str]"
    until: "regex.Pattern[str]"
    between: "regex.Pattern[str]"
    edges: "tuple[tuple[str, regex.Pattern[str]], ...]"


def _spelt(words: Mapping[str, int]) -> str:
    return "|".join(sorted(map(regex.escape, words), key=len, reverse=True))


def _written_year(language: str) -> str:
    return rf"(?P<yw>{_spelt(years_in_words(language))})(?![\w-])"


def _french(month: str, ordinal: str) -> tuple[str, ...]:
    number = rf"(?:{ordinal}|dernier|derniere|[1-4](?:er|re|eme|e|nd|nde)?|{_QUARTER})"
    first_day = rf"(?P<d1>{_DAY})(?:er)?(?:\s(?P<m1>{month}))?\s?(?P<sep>-|au|et|a|,)\s?(?:le\s)?"
    first_quarter = rf"(?P<q1>{number})(?P<sep>,|\set|\sa|\sau)\s(?:les?\s)?"
    written_year = rf"(?:\s(?:(?P<y>{YEAR})|{_written_year('fr')}))?"
    turn = r"l'annee en cours|cette annee|l'annee prochaine|l'an prochain"
    return (
        rf"\ble\s(?P<dw>{_spelt(days_in_words('fr'))})\s(?P<m>{month})(?!\w){written_year}",
        rf"\b(?:{first_day})?(?P<d>{_DAY})(?:er)?\s(?P<m>{month})\.?(?!\w){_PLAIN_YEAR}",
        rf"\b(?P<m>{month})\.?(?!\w)(?:\s(?:de l'annee\s)?(?P<y>{YEAR}))?",
        rf"\b(?:{first_quarter})?(?P<q>{number})\strimestres?\b{_THEN_YEAR}",
        rf"\btrimestre\s(?P<q>{_QUARTER})\b{_THEN_YEAR}",
        rf"\b[tq]\.?\s?(?P<q>[1-4])\b{_THEN_YEAR}",
        rf"\b(?P<h>{number})\ssemestre\b{_THEN_YEAR}",
        rf"\bsemestre\s(?P<h>[12]|ii|i)\b{_THEN_YEAR}",
        rf"\bs\.?\s?(?P<h>[12])\b{_THEN_YEAR}",
        rf"\b(?P<h>premiere|seconde|deuxieme)\s(?:moitie|partie)\s(?:de\s)?(?:l'annee\s?)?(?P<y>{YEAR})?",
        rf"\b(?P<turn>(?P<edge>fin\s(?:de\s)?)?(?:{turn})|(?P<edge>fin\s(?:de l'|d')annee))\b(?!\s{YEAR})",
    )


def _english(month: str, ordinal: str) -> tuple[str, ...]:
    nth = r"(?:st|nd|rd|th)?"
    number = rf"(?:{ordinal}|last|final|[1-4](?:st|nd|rd|th))"
    first_day = rf"(?P<d1>{_DAY}){nth}(?:\s(?P<m1>{month}))?\s?(?P<sep>-|to|and|&|,)\s?(?:the\s)?"
    first_quarter = rf"(?P<q1>{number})(?P<sep>,|\sand|\sto)\s(?:the\s)?"
    spelt = _spelt(days_in_words("en"))
    written_year = rf"(?:,?\s(?:in the year\s|of the year\s)?(?:(?P<y>{YEAR})|{_written_year('en')}))?"
    return (
        rf"\b(?P<dw>{spelt})\s(?:day\s)?(?:of\s)?(?P<m>{month})(?!\w){written_year}",
        rf"\b(?:{first_day})?(?P<d>{_DAY}){nth}\s(?:of\s|day of\s)?(?P<m>{month})\.?(?!\w){_PLAIN_YEAR}",
        rf"\b(?P<m>{month})\.?\s(?:(?P<d1>{_DAY}){nth}\s?(?P<sep>-|to|and|&)\s?)?(?P<d>{_DAY}){nth}\b(?!\d){_PLAIN_YEAR}",
        rf"\b(?P<m>{month})\.?(?!\w)(?:,?\s(?:of\s)?(?P<y>{YEAR}))?",
        rf"\b(?:{first_quarter})?(?P<q>{number})\squarters?\b{_THEN_YEAR}",
        rf"\bquarter\s(?P<q>{_QUARTER}|one|two|three|four)\b{_THEN_YEAR}",
        rf"\bq\.?\s?(?P<q>[1-4])\b{_THEN_YEAR}",
        rf"\b(?P<h>{number})\s(?:half(?:-year)?|semester)\b(?:\s(?:of the year\s?|of\s)?{_Y})?",
        rf"\bh\s?(?P<h>[12])\b{_THEN_YEAR}",
        rf"\bsemester\s(?P<h>[12]|ii|i)\b{_THEN_YEAR}",
        r"\b(?P<turn>(?P<edge>year[- ]end|end\sof\s(?:the|this)\syear)|(?P<edge>end\sof\s)?(?:next year|this year))\b",
    )


def _vietnamese(_month: str, _ordinal: str) -> tuple[str, ...]:
    year = rf"(?:(?:\s?[/.-]\s?|,?\snăm\s){_Y})?"
    first_day = rf"(?P<d1>{_DAY})\s?(?P<sep>-|đến|và|,)\s?(?:ngày\s)?"
    first_quarter = rf"(?P<q1>{_QUARTER})\s?(?P<sep>,|và|-|đến)\s?(?:quý\s)?"
    half = rf"(?P<h>đầu|cuối)\snăm(?:\s(?P<y>{YEAR}))?"
    return (
        rf"\b(?:ngày\s)?(?:{first_day})?(?P<d>{_DAY})\s?(?:tháng\s|[/.])(?P<mn>{_MONTH})(?![\d]){year}",
        rf"\b(?:ngày\s(?P<d>{_DAY})\s)?tháng\s(?P<mw>{_spelt(MONTHS_IN_WORDS)})\snăm\s(?P<y>{YEAR})(?!\d)",
        rf"\btháng\s(?P<ml>{_MONTH}(?:\s?(?:,|và|-|đến)\s?{_MONTH})+)(?![\d]){year}",
        rf"\btháng\s(?P<mn>{_MONTH})(?!\d){year}",
        rf"\bt(?P<mn>{_MONTH})/(?P<y>{YEAR})",
        rf"\bquý\s(?:{first_quarter})?(?P<q>{_QUARTER})(?!\w){year}",
        rf"\bq(?P<q>[1-4])\b{year}",
        rf"\b(?:0?6|sáu)\stháng\s{half}",
        rf"\bnửa\s{half}",
        r"\b(?P<turn>(?P<edge>cuối\s)?năm\s(?:nay|tới|sau)|(?P<edge>cuối)\snăm)\b(?!\s\d)",
    )


_UNTIL = {
    "fr": r"\s?(?:-|au|a|jusqu'(?:au?|en|a)|jusqu'a (?:la )?fin)\s?(?:le\s|fin\s|la fin (?:de|du)\s|du\s)?",
    "en": r"\s?(?:-|to|until|till|through|up to)\s?(?:the\s)?(?:end of\s|end-)?(?:the\s)?",
    "vi": r"\s?(?:-|đến|đến hết|tới|cho đến|đến cuối)\s?(?:ngày\s|hết\s)?",
}
_BETWEEN = {"fr": r"\bentre\s(?:le\s)?$", "en": r"\bbetween\s(?:the\s)?$", "vi": r"\b(?:giữa|khoảng)\s$"}
_END = {
    "fr": r"\bfin\s(?:du mois d(?:e\s|')|du\s|de l'annee\s|de\s|d'|le\s)?$",
    "en": r"\b(?:end\sof\s(?:the\s)?|end-|end\s|close of\s)(?:calendar year\s|year\s|financial year\s)?$",
    "vi": r"\b(?:cuối|hết)\s(?:năm\s|tháng\s)?$",
}
_MID = {"fr": r"\bmi-\s?$", "en": r"\bmid(?:-|\s)$", "vi": r"\bgiữa\s(?:năm\s)?$"}
_BY_LANGUAGE: dict[str, Callable[[str, str], tuple[str, ...]]] = {"fr": _french, "en": _english, "vi": _vietnamese}


@cache
def patterns_of(language: str) -> Patterns:
    """Return the patterns of `language`, made once per process."""
    words = load_words(language)
    months = alternatives({name.rstrip(".") for name in words.months}, words.fold) or "(?!)"
    few = {name for name, value in words.ordinals.items() if value <= 4}
    own = _BY_LANGUAGE[language](months, alternatives(few, words.fold) or "(?!)")
    return Patterns(
        regex.compile("|".join((*_COMMON, *own, *_LAST))),
        regex.compile(_UNTIL[language]),
        regex.compile(_BETWEEN[language]),
        (("end", regex.compile(_END[language])), ("mid", regex.compile(_MID[language]))),
    )
