"""The fair gate of SQLite's writers."""

from threading import Event, Thread

from entraide.config.databases.sqlite.gate import FifoGate, gate_for


def test_writers_enter_in_the_order_they_came() -> None:
    """Ten who wait behind one holder get in first come, first served."""
    gate, order, queued = FifoGate(), [], []
    gate.enter()

    def write(number: int, started: Event) -> None:
        started.set()
        gate.enter()
        order.append(number)
        gate.leave()

    for number in range(10):
        started = Event()
        thread = Thread(target=write, args=(number, started))
        thread.start()
        started.wait()
        while len(gate._waiting) <= number:
            pass
        queued.append(thread)
    gate.leave()
    for thread in queued:
        thread.join(timeout=5)
    assert order == list(range(10))


def test_one_database_has_one_gate() -> None:
    """Two connections to one file share its gate, two files do not."""
    assert gate_for("a.sqlite3") is gate_for("a.sqlite3")
    assert gate_for("a.sqlite3") is not gate_for("b.sqlite3")
