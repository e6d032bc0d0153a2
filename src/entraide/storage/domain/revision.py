"""The revision of what the public can read: which state of the public tables an answer was made from."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

SETTLING = timedelta(minutes=1)
"""Longer than any act's transaction lasts: a change noted at `at` may become visible this much later."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Revision:
    """How often public tables were changed, and when the latest change was noted (the database's clock, UTC).

    `changes` grows with each committed transaction that touches them; after a restore it may go back, which is why
    `tag` holds the moment too.
    """

    changes: int
    at: datetime | None

    @property
    def tag(self) -> str:
        """The opaque text that differs whenever the public tables do (RFC 9110, section 8.8.3)."""
        # In whole numbers: seconds as a float lose a microsecond here and there.
        moment = (self.at - _EPOCH) // timedelta(microseconds=1) if self.at else 0
        return f"{self.changes:x}.{moment:x}"

    def tag_of(self, *parts: object) -> str:
        """Return the weak entity tag of an answer made of this revision and of `parts`: its address, language, day."""
        text = "\n".join(str(part) for part in (self.tag, *parts))
        return f'W/"{sha256(text.encode()).hexdigest()[:32]}"'

    def modified_before(self, now: datetime) -> datetime | None:
        """Return the date of the latest change once it can be told for certain, None until then.

        An older transaction may still commit behind a younger one, and a date of HTTP counts whole seconds: until
        `SETTLING` has passed, a client that asks by date alone could be told "not modified" wrongly.
        """
        return self.at if self.at and now - self.at >= SETTLING else None
