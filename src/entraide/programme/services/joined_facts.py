"""What a join needs of the register: rows of any kind, the lists that follow, and addresses that lead on."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from entraide.kernel.node import Node
from entraide.programme.adapters.columns import model_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.domain.errors import NoSuchFact
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.terms import FactKind
from entraide.programme.models import Commitment, JoinedFact, Mechanism, MechanismParty
from entraide.programme.services.absorbing import JoinLog, absorb
from entraide.programme.services.listing import enter_lists, leave_lists
from entraide.programme.services.mechanisms import party_key_of
from entraide.search.api import remove_document

COMMITMENT_LISTED_BY = (
    "meeting", "instrument", "mechanism", "mechanism__series", "mechanism__parties__organisation_id",
)  # fmt: skip
"""Where the place of commitments in lists and counts comes from."""


def row_of(kind: Kind, id_: UUID) -> Any:  # noqa: ANN401 - a row of the kind's model
    """Return the locked row of a fact; raises `NoSuchFact`."""
    row = model_of(kind)._default_manager.select_for_update().filter(pk=id_).first()  # noqa: SLF001 - of any model
    if row is None:
        raise NoSuchFact(kind=kind.name, id=id_)
    return row


def absorb_fact(node: Node, kind: Kind, into: Any, other: Any) -> JoinLog:  # noqa: ANN401 - rows of any model
    """Let one fact stand for two within the running transaction, with all that follows, and return what changed."""
    log, ids = JoinLog(), (into.pk, other.pk)
    touched = take_out_of_lists(kind, ids)
    absorb(node, log, kind, into, other)
    _renew_parties(node, log)
    for (name, former), kept in log.went.items():
        remove_document(kind=name, object_id=former)
        log.put_in(JoinedFact(id=former, kind=name, into_id=kept, created_at=node.clock.now()))
    put_into_lists(touched)
    return log


def take_out_of_lists(kind: Kind, ids: Sequence[UUID]) -> list[UUID]:
    """Take the commitments whose place follows from facts of a kind out of lists and counts, and return their ids."""
    rows = _commitments_of(kind, ids)
    leave_lists(rows)
    return [row.id for row in rows]


def put_into_lists(ids: Iterable[UUID]) -> None:
    """Put commitments that were taken out of lists and counts into them as they stand now."""
    enter_lists(list(Commitment.objects.filter(id__in=set(ids))))


def _commitments_of(kind: Kind, ids: Sequence[UUID]) -> list[Commitment]:
    if kind.name == FactKind.COMMITMENT:
        return list(Commitment.objects.filter(id__in=ids))
    found = Q()
    for path in COMMITMENT_LISTED_BY:
        if path.split("__")[-1].removesuffix("_id") == kind.name:
            found |= Q(**{f"{path}__in": ids})
    return list(Commitment.objects.filter(found).distinct()) if found else []


def _renew_parties(node: Node, log: JoinLog) -> None:
    """Where parties are other organisations now, two mechanisms may be of the same ones: then they are one too."""
    changed = {UUID(change.key) for change in log.changes if change.model == MechanismParty._meta.label}  # noqa: SLF001 - Django's documented model API
    ids = MechanismParty.objects.filter(id__in=changed).values_list("mechanism_id", flat=True).distinct()
    for mechanism in Mechanism.objects.filter(id__in=list(ids)).order_by("id"):
        key = party_key_of(mechanism.id)
        known = Mechanism.objects.filter(party_key=key).exclude(id=mechanism.id).first()
        if known is not None:
            absorb(node, log, load_kinds().get(FactKind.MECHANISM), known, mechanism)
        else:
            log.set(mechanism, party_key=key)
