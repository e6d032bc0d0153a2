"""What may stand in a cell: each is brought into the one form in which exports write it, or refused with a reason."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlsplit

from entraide.directory.domain.errors import UnknownLanguage
from entraide.directory.domain.states import list_states, parse_language
from entraide.kernel.errors import BadInput
from entraide.kernel.partial_dates import PartialDate
from entraide.tables.domain.cells import NO, YES, join_list, join_pairs, split_list, split_pairs, tidy
from entraide.tables.domain.permalinks import parse_permalink, write_permalink
from entraide.tables.domain.tables import Column, ColumnType, Tables

_SPREADSHEET_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}/\d{1,2}/\d{1,2}|[^\W\d]{3,}\.?[-. ]\d{2,4}|\d{1,2}[-. ][^\W\d]{3,}.*"
)
_YES = frozenset({YES, "true", "1", "oui", "có", "y", "o"})
_NO = frozenset({NO, "false", "0", "non", "không", "n"})


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that is refused: the code of the refusal and what fills its message."""

    code: str
    params: Mapping[str, str]


def read_cell(column: Column, text: str, tables: Tables, origin: str) -> str | Bad:
    """Return the cell as an export would write it, or why it cannot stand in `column`; empty stays empty."""
    text = tidy(text)
    if not text:
        return ""
    return _READERS[column.type](column, text, tables, origin)


def _text(column: Column, text: str, _tables: Tables, _origin: str) -> str | Bad:
    if column.language and column.language != "other":
        try:
            parse_language(column.language)
        except UnknownLanguage:
            return Bad("bad_language", {"value": column.language})
    return " ".join(text.split()) if len(text) <= column.longest else _too_long(text, column.longest)


def _list(column: Column, text: str, _tables: Tables, _origin: str) -> str | Bad:
    values = [" ".join(item.split()) for item in split_list(text)]
    if column.codes:
        values = sorted(next((code for code in (item, item.upper()) if code in column.codes), item) for item in values)
        wrong = next((item for item in values if item not in column.codes), None)
        if wrong is not None:
            return _bad_code(wrong, tuple(sorted(column.codes)))
    long = next((item for item in values if len(item) > column.longest), None)
    return _too_long(long, column.longest) if long is not None else join_list(dict.fromkeys(values))


def _pairs(column: Column, text: str, _tables: Tables, _origin: str) -> str | Bad:
    pairs = split_pairs(text)
    if pairs is None:
        return Bad("bad_pairs", {"value": text[:60]})
    for code, words in pairs.items():
        if len(words) > column.longest:
            return _too_long(words, column.longest)
        if column.type is ColumnType.BY_STATE and code.upper() not in {*list_states(), "XX"}:
            return _bad_code(code, tuple(sorted(list_states())))
        if column.type is ColumnType.OTHER_TEXTS:
            try:
                parse_language(code)
            except UnknownLanguage:
                return Bad("bad_language", {"value": code[:10]})
    upper = column.type is ColumnType.BY_STATE
    return join_pairs(
        {(code.upper() if upper else code.lower()): " ".join(words.split()) for code, words in pairs.items()}
    )


def _code(column: Column, text: str, _tables: Tables, _origin: str) -> str | Bad:
    if text in column.codes:
        return text
    if text.upper() in column.codes:
        return text.upper()
    return _bad_code(text, column.codes)


def _number(_column: Column, text: str, _tables: Tables, _origin: str) -> str | Bad:
    plain = re.sub(r"[.,]0+\Z", "", text)
    good = plain.isascii() and plain.isdigit() and int(plain[:6]) > 0 and len(plain) < 6
    return str(int(plain)) if good else Bad("bad_number", {"value": text[:40]})


def _yesno(_column: Column, text: str, _tables: Tables, _origin: str) -> str | Bad:
    word = text.lower()
    return YES if word in _YES else NO if word in _NO else Bad("bad_yesno", {"value": text[:40]})


def _edtf(column: Column, text: str, _tables: Tables, _origin: str) -> str | Bad:
    try:
        value = PartialDate(text.upper().replace("x", "X")).value
    except BadInput:
        spoilt = _SPREADSHEET_DATE.fullmatch(text) is not None
        return Bad("spreadsheet_date" if spoilt else "bad_date", {"value": text[:40]})
    return value if len(value) <= column.longest else _too_long(value, column.longest)


def _url(_column: Column, text: str, _tables: Tables, _origin: str) -> str | Bad:
    try:
        good = urlsplit(text).scheme in {"http", "https"} and bool(urlsplit(text).hostname)
    except ValueError:
        good = False
    if not good:
        return Bad("bad_url", {"value": text[:60]})
    return text if len(text) <= 500 else _too_long(text, 500)


def _link(column: Column, text: str, tables: Tables, origin: str) -> str | Bad:
    wanted = tables.get(column.to)
    parts = parse_permalink(wanted, text, origin)
    if parts is not None:
        return write_permalink(wanted, parts, origin)
    if any(parse_permalink(table, text, origin) for table in tables.tables):
        return Bad("wrong_page", {"value": text[:100], "table": column.to})
    page = wanted.page.strip("/").split("/", 1)[0]
    return Bad("foreign_permalink", {"value": text[:100], "origin": origin, "page": page})


def _links(column: Column, text: str, tables: Tables, origin: str) -> str | Bad:
    found = [_link(column, item, tables, origin) for item in split_list(text)]
    bad = next((item for item in found if isinstance(item, Bad)), None)
    return bad or join_list(item for item in found if isinstance(item, str))


def _any(_column: Column, text: str, _tables: Tables, _origin: str) -> str | Bad:
    return text


def _bad_code(value: str, codes: tuple[str, ...]) -> Bad:
    wanted = value.lower().replace(" ", "_").replace("-", "_")
    near = get_close_matches(wanted, codes, n=1, cutoff=0.5) or get_close_matches(value, codes, n=1, cutoff=0.3)
    shown = ", ".join(codes) if len(codes) < 40 else "…"
    return Bad("bad_code", {"value": value[:40], "nearest": near[0] if near else codes[0], "allowed": shown})


def _too_long(text: str, limit: int) -> Bad:
    return Bad("too_long", {"count": str(len(text)), "limit": str(limit)})


_READERS: dict[ColumnType, Callable[[Column, str, Tables, str], str | Bad]] = {
    ColumnType.PERMALINK: _any,
    ColumnType.LINK: _link,
    ColumnType.LINKS: _links,
    ColumnType.TEXT: _text,
    ColumnType.LIST: _list,
    ColumnType.BY_STATE: _pairs,
    ColumnType.OTHER_TEXTS: _pairs,
    ColumnType.CODE: _code,
    ColumnType.NUMBER: _number,
    ColumnType.YESNO: _yesno,
    ColumnType.EDTF: _edtf,
    ColumnType.URL: _url,
    ColumnType.MOMENT: _any,
}
