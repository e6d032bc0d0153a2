"""Typed identifiers, UUIDv7 (RFC 9562, section 5.7), made from the node's own clock and randomness.

A library's UUIDv7 reads the system's clock and randomness itself, which would end the seeded simulation of a year;
the layout is six lines, and `uuid_utils` is the oracle in the tests.
"""

from datetime import UTC, datetime
from typing import NewType, Protocol
from uuid import UUID

UserId = NewType("UserId", UUID)
UnitId = NewType("UnitId", UUID)
LogId = NewType("LogId", UUID)
EntryId = NewType("EntryId", UUID)
OrganisationId = NewType("OrganisationId", UUID)
AuthorityId = NewType("AuthorityId", UUID)
PersonId = NewType("PersonId", UUID)
PostId = NewType("PostId", UUID)
TenureId = NewType("TenureId", UUID)
PartnerId = NewType("PartnerId", UUID)
PartyId = NewType("PartyId", str)
MessageId = NewType("MessageId", UUID)
ThreadId = NewType("ThreadId", UUID)
RecordKeyId = NewType("RecordKeyId", UUID)
MechanismId = NewType("MechanismId", UUID)
SeriesId = NewType("SeriesId", UUID)
MeetingId = NewType("MeetingId", UUID)
InstrumentId = NewType("InstrumentId", UUID)
PlanId = NewType("PlanId", UUID)
ClauseId = NewType("ClauseId", UUID)
CommitmentId = NewType("CommitmentId", UUID)
RequestId = NewType("RequestId", UUID)
SourceId = NewType("SourceId", UUID)
ProposalId = NewType("ProposalId", UUID)


class HasClockAndRandom(Protocol):
    """The two parts of a node that an identifier is made from."""

    @property
    def clock(self) -> "ReadsNow":
        """The clock."""
        ...

    @property
    def random(self) -> "DrawsBytes":
        """The randomness."""
        ...


class ReadsNow(Protocol):
    """Anything that tells the time."""

    def now(self) -> datetime:
        """Return the present moment, aware."""
        ...


class DrawsBytes(Protocol):
    """Anything that draws random bytes."""

    def draw(self, size: int) -> bytes:
        """Return `size` random bytes."""
        ...


def uuid7_from(at: datetime, random: bytes) -> UUID:
    """Return the UUIDv7 for the aware moment `at` and 10 bytes of `random` (RFC 9562, section 5.7).

    Raises `ValueError` when `random` is not 10 bytes or `at` is naive.
    """
    if len(random) != 10 or at.tzinfo is None:
        raise ValueError("a UUIDv7 takes an aware moment and 10 random bytes")
    milliseconds = int(at.timestamp() * 1000)
    tail = int.from_bytes(random)
    value = (
        (milliseconds & (1 << 48) - 1) << 80
        | 0x7 << 76
        | (tail >> 68 & 0xFFF) << 64
        | 0b10 << 62
        | tail & (1 << 62) - 1
    )
    return UUID(int=value)


def time_of(id_: UUID) -> datetime:
    """Return when an id of version 7 was drawn, to the millisecond."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)


def new_uuid(node: HasClockAndRandom) -> UUID:
    """Return a new UUIDv7 from the node's clock and randomness, to be wrapped: `RequestId(new_uuid(node))`."""
    return uuid7_from(node.clock.now(), node.random.draw(10))
