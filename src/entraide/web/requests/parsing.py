"""From what a browser sent to the content of a form: its own fields only, canonical text, blank ones left out."""

import re
import unicodedata
from typing import Any

from django.http import QueryDict

from entraide.kernel.partial_dates import NotADate
from entraide.requests.domain.forms import Field, FieldKind, Form
from entraide.web.typed_dates import typed_date

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?\s*(?:Z|UTC)?\Z", re.IGNORECASE)


def parse_content(form: Form, data: QueryDict) -> dict[str, Any]:
    """Return the content that `data` holds for `form`; what is wrong in it is for the completeness check to say."""
    removed = data.get("remove", "")
    content = {}
    for item in form.fields:
        value = _rows(item, data, removed) if item.kind is FieldKind.ROWS else _value(item, data, item.id)
        if value not in ("", [], None):
            content[item.id] = value
    return content


def _rows(item: Field, data: QueryDict, removed: str) -> list[dict[str, Any]]:
    pattern = re.compile(rf"{re.escape(item.id)}-(\d{{1,3}})-")
    indexes = sorted({int(match.group(1)) for name in data if (match := pattern.match(name))})
    rows = []
    for index in indexes:
        if removed == f"{item.id}-{index}":
            continue
        values = {child.id: _value(child, data, f"{item.id}-{index}-{child.id}") for child in item.fields}
        row = {name: value for name, value in values.items() if value not in ("", [], None)}
        if row:
            rows.append(row)
    return rows


def _value(item: Field, data: QueryDict, name: str) -> Any:  # noqa: ANN401 - a value of canonical JSON
    if item.kind is FieldKind.CODES:
        return [_text(value) for value in data.getlist(name) if value]
    text = _text(data.get(name, ""))
    if item.kind is FieldKind.LONG_TEXT:
        return text
    text = " ".join(text.split())
    if item.kind is FieldKind.INTEGER and re.fullmatch(r"-?\d{1,9}", text):
        return int(text)
    if item.kind is FieldKind.MOMENT:
        return _moment(text)
    if item.kind in (FieldKind.DATE, FieldKind.PARTIAL_DATE):
        return _date(text)
    return text


def _date(text: str) -> str:
    """The date as the form has it where it was typed as people write it; what is none stays for the check to name."""
    try:
        date = typed_date(text)
    except NotADate:
        return text
    return date.value if date else ""


def _text(value: str) -> str:
    """Text in NFC with plain line ends, without control characters, which no form asks for."""
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(
        character for character in text if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}
    )


def _moment(text: str) -> str:
    """The moment with seconds and `Z` when it was written a little shorter."""
    day, _space, hour = text.partition(" ")
    match = _MOMENT.match(f"{_date(day)} {hour}" if hour else text)
    return f"{match.group(1)}T{match.group(2)}{match.group(3) or ':00'}Z" if match else text
