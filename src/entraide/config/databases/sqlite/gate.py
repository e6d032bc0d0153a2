"""A first-come, first-served gate for the writers of one database within a process.

SQLite's busy time-out lets a late writer overtake an early one, which starves short transactions beside long batches.
"""

from collections import deque
from threading import Lock


class FifoGate:
    """Lets one holder in at a time, strictly in order of arrival."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()
        self._held = False

    def enter(self) -> None:
        """Wait for this caller's turn."""
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        # The lock is released by whoever leaves; the gate then already belongs to this caller.
        turn.acquire()

    def leave(self) -> None:
        """Hand the gate to the next in line, or open it."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


_gates: dict[str, FifoGate] = {}
_gates_guard = Lock()


def gate_for(database: str) -> FifoGate:
    """Return the process-wide gate of a database file."""
    with _gates_guard:
        return _gates.setdefault(database, FifoGate())
