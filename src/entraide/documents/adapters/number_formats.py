"""Values of a spreadsheet's cells as its formats show them (ECMA-376-1, 18.8.30); a day as ISO 8601 writes it."""

from datetime import datetime, timedelta

import regex

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
}  # fmt: skip
"""Formats that a file may name by their number alone; those of East Asia (27 to 36, 50 to 58) are days too."""
_EAST_ASIAN_DAYS = frozenset({*range(27, 37), *range(50, 59)})
_LITERAL = regex.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_CONDITION = regex.compile(r"\[[^\]]*\]")
_NUMBER = regex.compile(r"[#0?]+(?:[,. \u00a0\u202f]+[#0?]+)*+,*")
_PLACES = regex.compile(r"\.([0#?]+)")
_FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a day of a calendar, no instant
_WORD = "\ue000"
"""Stands for words of a format while its number is looked for."""
_LAST_DAY = 2_958_465


def format_code(number: int, own: dict[int, str]) -> str:
    """Return the format of a number, empty for `General`."""
    if number in own:
        return "" if own[number].casefold() == "general" else own[number]
    return "d/m/yyyy" if number in _EAST_ASIAN_DAYS else BUILT_IN.get(number, "")


def show_number(value: float, code: str, *, since_1904: bool = False) -> str:
    """Return a number as the format `code` shows it; a day, a month or a time of the clock as ISO 8601 writes it.

    What the format does beside that (colours, fractions, powers of ten) is not done: the number stands as it is.
    """
    bare = _CONDITION.sub("", _LITERAL.sub("", code)).lower()
    kinds = set(bare) & set("ymdhs")
    if kinds and not _NUMBER.search(bare.replace("0", "")) and 0 <= value <= _LAST_DAY:
        return _moment(value, kinds, since_1904=since_1904)
    if not code or "e+" in bare or "/" in bare:
        return _general(value)
    positive, negative, *_ = (*code.split(";"), "", "")
    return _in_section(-value, negative) if value < 0 and negative.strip() else _in_section(value, positive)


def _in_section(value: float, section: str) -> str:
    """Return a number in one section of a format, with the words that stand around it there."""
    section = _CONDITION.sub("", section)
    literal = _LITERAL.sub(lambda match: _WORD * bool(match[1] or match[2]), section)
    found = _NUMBER.search(literal)
    if found is None:
        return _general(value)
    shown = _grouped(value, found.group().strip(), percent="%" in literal)
    text = literal[: found.start()] + shown + literal[found.end() :]
    for match in _LITERAL.finditer(section):
        if word := match[1] or match[2]:
            text = text.replace(_WORD, word, 1)
    return text.strip()


def _moment(value: float, kinds: set[str], *, since_1904: bool) -> str:
    moment = _FIRST_DAY[since_1904] + timedelta(seconds=round(value * 86400))
    clock = moment.strftime("%H:%M")
    if not kinds & {"y", "d"} and ("h" in kinds or "s" in kinds):
        return clock
    day = moment.strftime("%Y-%m-%d")
    if "d" not in kinds and kinds & {"y", "m"}:
        return day[:7] if "m" in kinds else day[:4]
    return f"{day} {clock}" if "h" in kinds and clock != "00:00" else day


def _grouped(value: float, pattern: str, *, percent: bool) -> str:
    places = _PLACES.search(pattern)
    decimals = len(places[1]) if places else 0
    optional = places[1].count("#") if places else 0
    whole = pattern.split(".", maxsplit=1)[0].rstrip(",")
    mark = next((mark for mark in (",", " ", "\u00a0", "\u202f") if mark in whole), "")
    shown = f"{value * 100 if percent else value:,.{decimals}f}"
    if optional:
        head, _, tail = shown.partition(".")
        tail = tail[: decimals - optional] + tail[decimals - optional :].rstrip("0")
        shown = f"{head}.{tail}" if tail else head
    shown = shown.replace(",", mark)
    least = whole.replace(",", "").replace(" ", "").count("0")
    return shown.zfill(least) if not mark and "." not in shown else shown


def _general(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"
