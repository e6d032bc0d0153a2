"""The decisions that are fitted: each a module with NAME, LABELS (the first is `nothing`), STRENGTH and `add_rows`."""

from collections.abc import Sequence
from typing import Protocol

from tools.reader_fit import commitments, instruments, meetings, officials, other_days, other_meetings, parties, states
from tools.reader_fit.fitting import Rows
from tools.reader_fit.meeting_fields import Days, Places
from tools.reader_fit.opened import Early, Opened
from tools.reader_fit.texts import Annotated


class Fitted(Protocol):
    """What every decision says of itself: its name, its labels (that of what is nothing first), how plain it is."""

    @property
    def NAME(self) -> str: ...  # noqa: D102, N802 modules have constants

    @property
    def LABELS(self) -> Sequence[str]: ...  # noqa: D102, N802

    @property
    def STRENGTH(self) -> float: ...  # noqa: D102, N802


class PersonDecision(Fitted, Protocol):
    """A decision on persons, before the facts are known."""

    def add_rows(self, data: Rows, annotated: Annotated, early: Early) -> None:
        """Add the candidates of one text to `data`."""


class Decision(Fitted, Protocol):
    """A decision of a frame, which stands on the facts."""

    def add_rows(self, data: Rows, annotated: Annotated, opened: Opened) -> None:
        """Add the candidates of one text to `data`."""


PERSONS: tuple[PersonDecision, ...] = (officials, states)
"""Decisions on who is an official and of which State: the others are fitted on what these find."""

INSTRUMENTS: tuple[Decision, ...] = (instruments.Statuses(), instruments.Days(), instruments.Signatories())
"""Decisions that also learn from sentences of our own."""

FRAMES: tuple[Decision, ...] = (
    commitments,
    commitments.Statuses(),
    meetings,
    Days(),
    Places(),
    other_days,
    other_meetings,
    parties,
    *INSTRUMENTS,
)

DECISIONS: tuple[Fitted, ...] = (*PERSONS, *FRAMES)
