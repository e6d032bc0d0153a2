"""The decisions that are fitted: each a module with NAME, LABELS (the first is `nothing`), STRENGTH and `add_rows`."""

from collections.abc import Sequence
from typing import Any, Protocol

from tools.reader_fit import commitments, instruments, meetings, officials, parties, states
from tools.reader_fit.fitting import Rows
from tools.reader_fit.meeting_fields import Days, Places
from tools.reader_fit.texts import Annotated


class Decision(Protocol):
    """What a module of a decision offers."""

    NAME: str
    LABELS: Sequence[str]
    STRENGTH: float

    def add_rows(self, data: Rows, annotated: Annotated, opened: Any) -> None:
        """Add the candidates of one text to `data`; `opened` is `Early` for decisions on persons, else `Opened`."""


PERSONS: tuple[Decision, ...] = (officials, states)
"""Decisions on who is an official and of which State: the others are fitted on what these find."""

INSTRUMENTS: tuple[Decision, ...] = (instruments.Statuses(), instruments.Days(), instruments.Signatories())
"""Decisions that also learn from sentences of our own."""

FRAMES: tuple[Decision, ...] = (commitments, commitments.Statuses(), meetings, Days(), Places(), parties, *INSTRUMENTS)

DECISIONS: tuple[Decision, ...] = (*PERSONS, *FRAMES)
