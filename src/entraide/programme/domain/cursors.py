"""Places in a long list: by the last row seen, so that a page stays where it is while rows are added before it."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from entraide.programme.domain.errors import NotACursor

LONGEST_VALUE = 100
FIXED = 20
"""Bytes of a day and an id; what follows is the value by which the list is ordered first."""


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
    """Return a cursor as text for an address: letters, digits, `-` and `_`."""
    data = cursor.day.toordinal().to_bytes(4, "big") + cursor.id.bytes + cursor.value.encode()
    return ("b" if cursor.backwards else "f") + urlsafe_b64encode(data).rstrip(b"=").decode()


def parse_cursor(text: str) -> Cursor:
    """Return the cursor that `write_cursor` wrote; raises `NotACursor` for any other text."""
    try:
        data = urlsafe_b64decode(f"{text[1:]}==".encode("ascii"))
        day = date.fromordinal(int.from_bytes(data[:4], "big"))
        cursor = Cursor(day, UUID(bytes=data[4:FIXED]), text[:1] == "b", data[FIXED:].decode())
    except (ValueError, OverflowError, binascii.Error) as error:
        raise NotACursor(value=text[:60]) from error
    if write_cursor(cursor) != text or not cursor.value.isprintable() or len(cursor.value) > LONGEST_VALUE:
        raise NotACursor(value=text[:60])
    return cursor
