"""Waiting for the two real processes: what was sent arrives when they deliver it, not when the story says so."""

import time
from collections.abc import Callable
from typing import TypeVar

from entraide.kernel.errors import Unavailable
from entraide.kernel.text import N_, NN_

PATIENCE_SECONDS = 30.0

T = TypeVar("T")


class DidNotArrive(Unavailable):
    """What the story waits for did not happen in time."""

    code = "cli.did_not_arrive"
    message = NN_(
        "{what} did not arrive within {seconds} second.",
        "{what} did not arrive within {seconds} seconds.",
        by="seconds",
    )
    remedy = N_("Look at serve.log in both homes; a busy machine may need another try.")


def wait_for(what: str, look: Callable[[], T | None]) -> T:
    """Call `look` until it returns something true, and return that; raises `DidNotArrive`."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise DidNotArrive(what=what, seconds=round(PATIENCE_SECONDS))
