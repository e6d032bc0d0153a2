"""The decisions that are fitted: each a module with NAME, LABELS (the first is `nothing`), STRENGTH and `add_rows`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from tools.reader_fit import commitments, meetings
from tools.reader_fit.fitting import Rows, fit
from tools.reader_fit.meeting_fields import Days, Places
from tools.reader_fit.opened import Opened
from tools.reader_fit.texts import Annotated

from entraide.reader.domain.scoring import Scorer


class Decision(Protocol):
    """What a module of a decision offers; a mapping EMPHASIS may say which features are weighed more freely."""

    NAME: str
    LABELS: Sequence[str]
    STRENGTH: float

    def add_rows(self, data: Rows, annotated: Annotated, opened: Opened) -> None:
        """Add the candidates of one text to `data`."""


DECISIONS: tuple[Decision, ...] = (commitments, commitments.Statuses(), meetings, Days(), Places())


def collect(opened: Sequence[tuple[Annotated, Opened]]) -> dict[str, Rows]:
    """Return the rows of every decision over the texts, and those of its own sentences where it has some."""
    found: dict[str, Rows] = {}
    for decision in DECISIONS:
        rows = found[decision.NAME] = Rows()
        for text, facts in opened:
            decision.add_rows(rows, text, facts)
        add_own: Callable[[Rows], None] | None = getattr(decision, "add_own", None)
        if add_own:
            add_own(rows)
    return found


def fit_decision(decision: Decision, rows: Rows) -> Scorer:
    """Return the scorer of `decision` fitted to `rows`."""
    emphasis: Mapping[str, float] = getattr(decision, "EMPHASIS", {})
    return fit(decision.NAME, decision.LABELS, rows, strength=decision.STRENGTH, emphasis=emphasis)
