"""How many tests are of behaviour, and how many of wording and documents: a sum of both would flatter."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

WORDING = "wording"
OUTCOMES = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")


def tell_apart(stats: Mapping[str, Iterable[Any]]) -> str:
    """Return one line with the outcomes of both kinds, from pytest's reports by outcome; empty without any wording.

    A report counts once: what a test's set-up or tear-down adds is no test of its own.
    """
    counts = {True: Counter[str](), False: Counter[str]()}
    for outcome in OUTCOMES:
        for report in stats.get(outcome, ()):
            if outcome != "passed" or report.when == "call":
                counts[WORDING in getattr(report, "keywords", ())][outcome] += 1
    if not counts[True]:
        return ""
    behaviour, wording = (
        ", ".join(f"{counts[kind][outcome]} {outcome}" for outcome in OUTCOMES if counts[kind][outcome]) or "none"
        for kind in (False, True)
    )
    return f"behaviour: {behaviour}; wording and documents: {wording}"
