"""Keeping many proposals at once: what each would do is shown first, and then done exactly so or left for a person.

Nothing is guessed for the preview: the proposals are kept in a transaction that is taken back, and what the acts
changed is what is shown. In bulk no wording that exists is changed: such a proposal is left for a person.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from entraide.communiques.domain.errors import ShownOtherwise, WordingStands
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import ProposalId
from entraide.kernel.node import Node
from entraide.programme.api import load_kinds
from entraide.programme.domain.kinds import FieldType
from entraide.storage.api import list_changes_by
from entraide.storage.domain.traces import Change, Place, list_differences

PROPOSAL = "communiques.Proposal"
NAMES = frozenset(
    {
        ("directory.OrganisationName", "name"),
        ("directory.PostTitle", "title"),
        ("directory.Person", "name"),
        ("directory.PersonName", "name"),
    }
)
"""Wordings in tables of which no kind is declared."""


@dataclass(frozen=True, slots=True)
class Told:
    """A cell of a fact that was there before, with its old and new value; `beside` are its texts in other languages."""

    place: Place
    column: str
    old: Any
    new: Any
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BulkLine:
    """What keeping one proposal in bulk does: how the facts change that were there, and its `digest`; with an `error`,
    or without one where a person has to say what it means, it is left as it is.
    """

    proposal_id: ProposalId
    kept: bool
    told: tuple[Told, ...] = ()
    digest: str = ""
    error: EntraideError | None = None
    matched: bool = False


@dataclass(slots=True)
class Bulk:
    """One act in bulk while it runs: `shown` are the digests that a person agreed to, None where none were shown."""

    shown: dict[UUID, str] | None = None
    lines: list[BulkLine] = field(default_factory=list)
    made: set[str] = field(default_factory=set)

    def weigh(self, node: Node, act_id: UUID, proposal_id: UUID, *, matched: bool) -> None:
        """Note what an act that is still open did; raises `WordingStands`, and `ShownOtherwise` if it was otherwise."""
        changes = list_changes_by(node, [act_id])
        self.made |= {str(change.place[1]) for change in changes if change.before is None}
        told = [item for change in changes for item in self._told(change)]
        wordings = _wordings()
        for item in told:
            if item.old and (item.place[0], item.column.partition(".")[0]) in wordings:
                raise WordingStands(old=str(item.old)[:120], new=str(item.new or "")[:120])
        digest = self._digest(told)
        if self.shown is not None and self.shown.get(proposal_id) != digest:
            raise ShownOtherwise
        self.lines.append(BulkLine(ProposalId(proposal_id), True, tuple(told), digest, matched=matched))

    def leave(self, proposal_id: UUID, error: EntraideError | None) -> None:
        """Note that a proposal is left for a person."""
        self.lines.append(BulkLine(ProposalId(proposal_id), False, error=error))

    @property
    def left(self) -> list[tuple[ProposalId, EntraideError | None]]:
        """The proposals that are left, each with the error that says why."""
        return [(line.proposal_id, line.error) for line in self.lines if not line.kept]

    def _told(self, change: Change) -> Iterable[Told]:
        """Yield the cells that an act changed of a row that was there before, empty where it made the row itself."""
        if change.place[0] == PROPOSAL or change.before is None or str(change.place[1]) in self.made:
            return
        after = change.after or {}
        for column, old, new in list_differences(change.before, change.after):
            if column not in DERIVED:
                whole = after.get(column.partition(".")[0])
                beside = tuple((key, str(text)) for key, text in whole.items()) if isinstance(whole, dict) else ()
                others = tuple(pair for pair in beside if pair[0] != column.partition(".")[2])
                yield Told(change.place, column, old, new, others)

    def _digest(self, told: Sequence[Told]) -> str:
        """Return what stands for the cells; a row that the bulk itself made has another id each time."""
        cells = [
            [*map(str, item.place), item.column, item.old, "new" if str(item.new) in self.made else item.new]
            for item in told
        ]
        return hashlib.sha256(canonical_bytes(cells)).hexdigest()


DERIVED = frozenset({"sort_date", "listed_on", "folded_name", "sort_key", "key"})
"""Columns that follow from others and are never shown."""


def _wordings() -> frozenset[tuple[str, str]]:
    """Return the columns that hold words of a source, by model."""
    words = {
        (kind.model, item.column)
        for kind in load_kinds()
        if kind.model
        for item in kind.fields
        if item.type in (FieldType.TEXT, FieldType.TEXTS) and item.column
    }
    return NAMES | words
