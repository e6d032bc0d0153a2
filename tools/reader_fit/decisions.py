"""The decisions that are fitted: each a module with NAME, LABELS (the first is `nothing`), STRENGTH and `add_rows`."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from tools.reader_fit import commitments, instruments, meetings
from tools.reader_fit.fitting import Rows
from tools.reader_fit.meeting_fields import Days, Places
from tools.reader_fit.opened import Opened, open_for_fitting
from tools.reader_fit.phrases import instrument_phrases
from tools.reader_fit.texts import Annotated


class Decision(Protocol):
    """What a module of a decision offers."""

    NAME: str
    LABELS: Sequence[str]
    STRENGTH: float

    def add_rows(self, data: Rows, annotated: Annotated, opened: Opened) -> None:
        """Add the candidates of one text to `data`."""


DECISIONS: tuple[Decision, ...] = (commitments, meetings, Days(), Places(), instruments.Statuses(), instruments.Days(), instruments.Signatories())

_WITH_PHRASES = frozenset({instruments.Statuses.NAME, instruments.Days.NAME, instruments.Signatories.NAME})


def collect(texts: Iterable[Annotated]) -> dict[str, Rows]:
    """Return the rows of every decision over `texts`, and over the sentences of our own where it learns from them."""
    opened = [(text, open_for_fitting(text.text)) for text in texts]
    phrases = [(text, open_for_fitting(text.text)) for text in instrument_phrases()]
    found: dict[str, Rows] = {}
    for decision in DECISIONS:
        rows = found[decision.NAME] = Rows()
        for text, facts in [*opened, *(phrases if decision.NAME in _WITH_PHRASES else ())]:
            decision.add_rows(rows, text, facts)
    return found
