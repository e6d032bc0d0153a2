"""What undoing an act would do, as it is shown first, and what can forbid it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from entraide.journal.domain.acts import ActView
from entraide.kernel.errors import BadInput, Conflict, NotFound
from entraide.kernel.text import N_
from entraide.storage.domain.traces import Image, Place, list_differences


class NoSuchAct(NotFound):
    """There is no such act on the register."""

    code = "communiques.no_such_act"
    message = N_("There is no act of this number on the register.")
    remedy = N_("Start from the history of the fact.")


class UndoneAlready(Conflict):
    """An act was undone before."""

    code = "communiques.undone_already"
    message = N_("This act was undone already.")
    remedy = N_("The history of the fact says by whom and why; from there it can be made to count again.")


class NeverUndone(Conflict):
    """An act of this kind is not taken back."""

    code = "communiques.never_undone"
    message = N_("This act cannot be undone.")
    remedy = N_("The history of the fact says what can be done instead.")


class UndoReasonMissing(BadInput):
    """Undoing needs a reason."""

    code = "communiques.undo_reason_missing"
    message = N_("Undoing an act needs a reason; it is shown in public where the fact stood.")
    remedy = N_("Write in a few words why.")


class StillNeeded(Conflict):
    """Something that is no act on the register rests on what would go."""

    code = "communiques.still_needed"
    message = N_("Something rests on it that is not taken back so: {what}.")
    remedy = N_("What was signed or counted on this node stays; correct the fact instead of undoing it.")


class UndoChanged(Conflict):
    """What undoing would do is not what was shown."""

    code = "communiques.undo_changed"
    message = N_("Meanwhile the register has changed, and undoing would do something else now.")
    remedy = N_("Look at what it would do now, and confirm that.")


class RestsOnIt(Conflict):
    """Later acts changed what would count again."""

    code = "communiques.rests_on_it"
    message = N_("Since it was undone, the same facts were changed by other acts.")
    remedy = N_("Undo those first, or keep the proposal again.")


@dataclass(frozen=True, slots=True)
class RowUndone:
    """A row as it is and as it will be; `None` where there is none."""

    place: Place
    now: Image | None
    then: Image | None

    @property
    def differences(self) -> list[tuple[str, Any, Any]]:
        """The cells that change, with the value now and then."""
        return list_differences(self.now, self.then)


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing would do: the acts that it takes back, the latest first, and the rows that it changes.

    Acts beside the ones asked for (`asked`) are taken back because they rest on what goes. `digest` stands for all.
    """

    asked: tuple[UUID, ...]
    acts: tuple[ActView, ...]
    rows: tuple[RowUndone, ...]
    digest: str

    @property
    def resting(self) -> Sequence[ActView]:
        """The acts that are taken back with those asked for."""
        return [item for item in self.acts if item.id not in self.asked]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A fact that stood in the register and does no more: its model, when it went, why, and by which act."""

    model: str
    id: UUID
    at: datetime
    reason: str
    act: UUID


class FactWithdrawn(NotFound):
    """A fact stood at this address, and what put it there was undone."""

    code = "communiques.fact_withdrawn"
    message = N_("What stood at this address was withdrawn on {day}: {reason}")
    remedy = N_("Cite it no more; the register shows what holds now.")
    http_status = 410
