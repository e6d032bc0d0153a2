"""Places in a long list: by the last row seen, so that a page stays where it is while rows are added before it."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from entraide.programme.domain.errors import NotACursor

CURSOR_PATTERN = "^[bf]A[A-D][A-Za-z0-9_-]{24}[AEIMQUYcgkosw048]$"
"""Which texts are cursors, exactly: a direction, and 20 bytes in base64url whose first ten bits are 0.

The first four bytes are a day (its ordinal, which needs no more than 22 bits), the others an id. What is beyond the
first or the last day that there is means that day, so that whatever fits the pattern is a place.
"""
_WRITTEN = re.compile(CURSOR_PATTERN.replace("$", r"\Z"))


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place just after (or, `backwards`, just before) the row listed on `day` with this id."""

    day: date
    id: UUID
    backwards: bool = False


def write_cursor(cursor: Cursor) -> str:
    """Return a cursor as text for an address: letters, digits, `-` and `_`."""
    data = cursor.day.toordinal().to_bytes(4, "big") + cursor.id.bytes
    return ("b" if cursor.backwards else "f") + urlsafe_b64encode(data).rstrip(b"=").decode()


def parse_cursor(text: str) -> Cursor:
    """Return the place that a text which fits `CURSOR_PATTERN` means; raises `NotACursor` for any other text."""
    if not _WRITTEN.match(text):
        raise NotACursor(value=text[:60])
    data = urlsafe_b64decode(f"{text[1:]}==")
    ordinal = min(max(int.from_bytes(data[:4], "big"), date.min.toordinal()), date.max.toordinal())
    return Cursor(date.fromordinal(ordinal), UUID(bytes=data[4:]), text[0] == "b")
