"""Acts on the register and what takes each back. Pure.

A context declares its kinds of act once (`declare_acts`); whoever opens an act of that kind writes nothing else for it
to be undone, shown in the history of a fact and told in the journal.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from entraide.kernel.ids import EntryId, UserId

UNDONE = "communiques.act_undone"
"""The kind of the act that takes others back."""
RESTORED = "communiques.act_restored"
"""The kind of the act that lets what was taken back count again."""


class TakenBack(StrEnum):
    """How an act is taken back.

    By its `rows`: each is again what it would be without the act. By its opposite `act`, which it names: what was done
    is undone by an act of that kind alone. Or `never`, as with what was signed.
    """

    ROWS = "rows"
    OPPOSITE = "opposite"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class ActKind:
    """A kind of act: its name, what was done in a few words (a message id), and what takes it back.

    `opposite` names the kind of act that undoes it, where that is how it is taken back; `roles` are those that may.
    """

    name: str
    words: str
    taken_back: TakenBack = TakenBack.ROWS
    opposite: str = ""
    roles: tuple[str, ...] = ("desk_officer",)


@dataclass(frozen=True, slots=True)
class ActView:
    """An act as it is shown: `undone_by` is the act that took it back, `entries` those of the journal in order."""

    id: UUID
    kind: str
    subject: UUID | None
    actor: UserId | None
    at: datetime
    batch: UUID | None
    reason: str
    undone_by: UUID | None
    entries: tuple[EntryId, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether what it did still holds: it was not taken back, and does not itself take back."""
        return self.undone_by is None and not self.takes_back

    @property
    def takes_back(self) -> bool:
        """Whether it takes other acts back, or lets such count again."""
        return self.kind in (UNDONE, RESTORED)
