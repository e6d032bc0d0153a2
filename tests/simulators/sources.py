"""A clock that stands where it is put, and randomness that repeats: the two sources of a simulated node."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass
class SimulatedClock:
    """Tells the time it was given until it is moved."""

    at: datetime = datetime(2025, 1, 12, 8, 30, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the simulated moment."""
        return self.at

    def advance(self, **by: float) -> None:
        """Move on by a `timedelta` of these parts: `advance(days=3)`."""
        self.at += timedelta(**by)


@dataclass
class SeededRandomness:
    """Draws the same bytes for the same seed."""

    seed: str = "entraide"
    _drawn: int = field(default=0)

    def draw(self, size: int) -> bytes:
        """Return the next `size` bytes of the seed's stream."""
        self._drawn += 1
        return hashlib.shake_256(f"{self.seed}/{self._drawn}".encode()).digest(size)
