"""What is promised in numbers: `30 officers`, `deux opérations`, `02 xe mô tô`; no dates, time limits, articles."""

from functools import cache

import regex

from entraide.reader.domain.plans.moments import find_moments
from entraide.reader.domain.plans.words import PlanWords, alternatives, load_words

_NOT_COUNTED = regex.compile(
    r"(?:\b(?:article|articles|art|n°|no|nos|point|points|item|items|paragraph|annexe?|mốc|mục|điều|khoản|số|lần thứ"
    r"|thứ|đợt|kỳ|phiên|giai đoạn|chapter|level|niveau|phase|lot|tel|poste|ext|extension|version|quốc lộ|route|road"
    r"|highway|axe|resolution|section|class|within|sous|under|km)\s?\.?|[§$€#/.:-])\s?$|,$|\d,\s$"
)
_DEFINITE = {
    "fr": regex.compile(r"\b(?:les|des|aux|ces|leurs|nos|desdits|desdites|lesdits|l'un des)\s$"),
    "en": regex.compile(r"\b(?:the|these|those|their|its|both|last|first|next|all|either of the)\s$"),
    "vi": regex.compile(r"\b(?:cả|giữa)\s$"),
}
_WORD = regex.compile(r"\s(?P<word>[\p{L}'’-]+)")
_PERCENT = regex.compile(r"\s?%|\s(?:pour cent|per cent|percent|phần trăm)\b")
_REACH, _LONGEST = 60, 24


def quantity_of(text: str, words: PlanWords) -> str:
    """Return the numbers of things in `text`, each with the words it counts, parted by commas; empty without any."""
    folded = words.fold(text)
    dates = [(moment.start, moment.end) for moment in find_moments(text, words)]
    found = (
        _thing(text, folded, match, words, max((end for _, end in dates if end <= match.start()), default=0))
        for match in _pattern(words.language).finditer(folded)
        if not any(start <= match.start() < end for start, end in dates)
    )
    return ", ".join(dict.fromkeys(filter(None, found)))


def _thing(text: str, folded: str, match: "regex.Match[str]", words: PlanWords, ended: int) -> str:
    """Return a number with what it counts, empty where it promises nothing; the date before it ends at `ended`."""
    value = match["n"] or str(words.numbers[match["w"]])
    before = folded[max(0, match.start() - 24, ended) : match.start()]
    if _NOT_COUNTED.search(before) or _DEFINITE[words.language].search(before):
        return ""
    counted = _counted(text, folded, match, words, small=float(_plain(value).replace(",", ".")) <= 4)
    if counted is None or (value in ("1", "01") and _is_times(counted.strip(), words)):
        return ""
    return f"{_plain(value)}{counted}"


def number_of(text: str) -> str:
    """Return the number that a cell for targets holds, with its words; empty where it holds none."""
    text = " ".join(text.split())
    return text if any(character.isdigit() for character in text) and len(text) < 80 else ""


def _plain(value: str) -> str:
    return regex.sub(r"(?<=\d)[\s.,'](?=\d{3}\b)", "", value).lstrip("0") or "0"


def _counted(text: str, folded: str, match: "regex.Match[str]", words: PlanWords, *, small: bool) -> str | None:
    """Return what the number counts, with a space before it, None where it counts nothing."""
    if _PERCENT.match(folded, match.end()):
        return " %"
    following = _WORD.match(folded, match.end())
    if following is None or not _is_thing(folded[following.start("word") :], words, small=small):
        return None
    return text[match.end() : _end_of_noun(text, match.end(), words)].replace("\n", " ")


def _is_thing(after: str, words: PlanWords, *, small: bool) -> bool:
    """Whether what stands behind a number is counted: no time, no `two sides`, no kilometres."""
    names = ("time_units", "generic_numbered") if small else ("time_units",)
    hits = [hit[0] for name in names if (hit := words.pattern(name).match(after))]
    if any(not _is_times(hit, words) for hit in hits):
        return False
    return words.pattern("not_counted").match(after) is None


def _end_of_noun(text: str, start: int, words: PlanWords) -> int:
    """Return where the words that a number counts end: at a mark, a link, or after some words."""
    end = start
    for word in regex.finditer(r"\s[\p{L}\p{N}'’/-]+", text[start : start + _REACH]):
        if (
            end - start > _LONGEST
            or word.start() + start != end
            or word[0].strip().casefold() in _LINKS[words.language]
        ):
            break
        end = start + word.end()
    return end


def _is_times(word: str, words: PlanWords) -> bool:
    return words.language == "vi" and word in {"lần", "lượt"}


_LINKS = {
    "fr": frozenset(
        [
            "à",
            "au",
            "aux",
            "en",
            "par",
            "et",
            "pour",
            "sur",
            "dans",
            "chaque",
            "avant",
            "qui",
            "dont",
            "seront",
            "contre",
            "n'a",
            "n’a",
        ]
    ),
    "en": frozenset(
        [
            "in",
            "on",
            "at",
            "by",
            "and",
            "for",
            "to",
            "per",
            "each",
            "before",
            "from",
            "be",
            "are",
            "will",
            "shall",
            "is",
            "who",
            "against",
            "of",
            "with",
        ]
    ),
    "vi": frozenset(
        ["và", "cho", "tại", "trên", "trước", "trong", "về", "qua", "mỗi", "sang", "với", "từ", "đến", "được", "sẽ"]
    ),
}


@cache
def _pattern(language: str) -> "regex.Pattern[str]":
    words = load_words(language)
    digits = r"\d{1,3}(?:[\s.,]\d{3})+|\d{1,6}(?:[.,]\d{1,2})?"
    written = alternatives(words.numbers, words.fold)
    return regex.compile(rf"(?<![\w/.,-])(?:(?P<n>{digits})|(?P<w>{written}))(?![\w/]|[.,-]\d|\s?°|-\w)")
