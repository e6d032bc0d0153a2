"""The decisions that are fitted: each a module with NAME, LABELS (the first is `nothing`), STRENGTH and `add_rows`."""

from collections.abc import Sequence
from typing import Protocol

from tools.reader_fit import commitments, instruments, meetings
from tools.reader_fit.fitting import Rows
from tools.reader_fit.meeting_fields import Days, Places
from tools.reader_fit.opened import Opened
from tools.reader_fit.texts import Annotated


class Decision(Protocol):
    """What a module of a decision offers."""

    NAME: str
    LABELS: Sequence[str]
    STRENGTH: float

    def add_rows(self, data: Rows, annotated: Annotated, opened: Opened) -> None:
        """Add the candidates of one text to `data`."""


DECISIONS: tuple[Decision, ...] = (commitments, meetings, Days(), Places(), instruments.Statuses(), instruments.Days(), instruments.Signatories())
