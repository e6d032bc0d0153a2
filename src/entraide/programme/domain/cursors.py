"""Places in a long list: by the last row seen, so that a page stays where it is while rows are added before it."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from entraide.programme.domain.errors import NotACursor

CURSOR_PATTERN = "^[bf]A[A-D][A-Za-z0-9_-]{24}[AEIMQUYcgkosw048](~([0-9a-f]{2}){1,50})?$"
"""Which texts are cursors, exactly: a direction, 20 bytes in base64url whose first ten bits are 0, and perhaps a value.

The first four bytes are a day (its ordinal, which needs no more than 22 bits), the others an id. What is beyond the
first or the last day that there is means that day. The value by which a list is ordered before the day follows as
bytes in hexadecimal; so whatever fits the pattern is a place, in any order.
"""
LONGEST_VALUE = 50
"""Bytes of a value that a cursor holds."""
_WRITTEN = re.compile(CURSOR_PATTERN.replace("$", r"\Z"))


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place just after (or, `backwards`, just before) the row listed on `day` with this id.

    `value` is that of the field by which the list is ordered before the day; empty where it is by the day alone.
    """

    day: date
    id: UUID
    backwards: bool = False
    value: str = ""


def write_cursor(cursor: Cursor) -> str:
    """Return a cursor as text for an address: letters, digits, `-`, `_` and `~`."""
    data = cursor.day.toordinal().to_bytes(4, "big") + cursor.id.bytes
    place = ("b" if cursor.backwards else "f") + urlsafe_b64encode(data).rstrip(b"=").decode()
    value = cursor.value.encode()[:LONGEST_VALUE].hex()
    return f"{place}~{value}" if value else place


def parse_cursor(text: str) -> Cursor:
    """Return the place that a text which fits `CURSOR_PATTERN` means; raises `NotACursor` for any other text."""
    if not _WRITTEN.match(text):
        raise NotACursor(value=text[:60])
    place, _, value = text.partition("~")
    data = urlsafe_b64decode(f"{place[1:]}==")
    ordinal = min(max(int.from_bytes(data[:4], "big"), date.min.toordinal()), date.max.toordinal())
    said = bytes.fromhex(value).decode(errors="replace").replace("\x00", "")
    return Cursor(date.fromordinal(ordinal), UUID(bytes=data[4:]), text[0] == "b", said)
