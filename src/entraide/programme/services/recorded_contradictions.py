"""Contradictions: what another source says of a recorded fact is kept beside it, never instead of it."""

from collections.abc import Sequence
from uuid import UUID

from entraide.access.api import Actor
from entraide.kernel.ids import UserId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.adapters.kinds import require_fact_kind
from entraide.programme.domain.facts import Contradiction
from entraide.programme.models import RecordedContradiction
from entraide.programme.services.recording import record, require_registrar
from entraide.storage.api import transaction


def record_contradiction(
    node: Node, *, actor: Actor, fact_kind: str, fact_id: UUID, field: str, value: str, basis: str = ""
) -> UUID:
    """Keep that a source gives `field` of a recorded fact another `value`, and return the statement's id.

    The same statement is kept once; its passages are cited with the fact kind `contradiction`. Raises `NoSuchKind`,
    `RoleMissing`.
    """
    by, fact_kind = require_registrar(actor), require_fact_kind(fact_kind)
    with transaction(node):
        return store_contradiction(node, by, fact_kind, fact_id, field, value, basis)


def store_contradictions(
    node: Node,
    by: UserId | None,
    fact_kind: str,
    fact_id: UUID,
    contradicted: Sequence[Contradiction],
    given_date: PartialDate | None,
) -> None:
    """Keep every contradiction as a statement, within a running transaction."""
    for item in contradicted:
        basis = given_date.basis.value if given_date and item.field.endswith("date") else ""
        store_contradiction(node, by, fact_kind, fact_id, item.field, item.given, basis)


def store_contradiction(
    node: Node, by: UserId | None, fact_kind: str, fact_id: UUID, field: str, value: str, basis: str
) -> UUID:
    """Do `record_contradiction` within a running transaction."""
    known = RecordedContradiction.objects.filter(
        fact_kind=str(fact_kind), fact_id=fact_id, field=field, value=value[:500]
    ).first()
    if known is not None:
        return known.id
    row = RecordedContradiction.objects.create(
        id=new_uuid(node),
        fact_kind=str(fact_kind),
        fact_id=fact_id,
        field=field,
        value=value[:500],
        basis=basis,
        created_at=node.clock.now(),
    )
    record(node, "contradiction_recorded", row.id, by, fact=fact_id, kind=str(fact_kind), field=field)
    return row.id
