"""Proposing what the reader did not: a fact of any declared kind, with the words of the source that show each field.

It waits like what was read, and is kept, corrected or rejected in the same way.
"""

from collections.abc import Mapping
from typing import Any

from entraide.access.api import Actor, Role, require_role
from entraide.communiques.domain.errors import NoSuchSource, QuoteMissing
from entraide.communiques.domain.fields import clean_fields
from entraide.communiques.domain.proposals import ProposalState
from entraide.communiques.models import Proposal, Source
from entraide.communiques.services.citing import passage_of
from entraide.journal.api import append_entry
from entraide.kernel.ids import ProposalId, SourceId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis
from entraide.programme.api import list_proposed_kinds
from entraide.programme.domain.errors import NoSuchKind
from entraide.programme.domain.kinds import Kind
from entraide.storage.api import transaction

PERSON = "person"
"""Who proposed, where neither the rules nor a model did."""


def propose_fact(
    node: Node,
    *,
    actor: Actor,
    source_id: SourceId,
    kind: str,
    fields: Mapping[str, Any],
    quotes: Mapping[str, str],
) -> ProposalId:
    """Add a proposal of a declared kind to a source, and return its id; nothing enters the register.

    `fields` are what the kind declares that a proposal of it says; `quotes` the words of the source behind fields, at
    least behind one. Raises `NoSuchKind` for a kind that is not proposed, `BadField`, `QuoteMissing`, `QuoteNotFound`,
    `NoSuchSource`, `RoleMissing` (desk officer).
    """
    require_role(actor, Role.desk_officer)
    told = clean_fields(_proposed(kind).proposal, fields)
    shown = {name: quote for name, quote in quotes.items() if told.get(name)}
    if not shown:
        raise QuoteMissing
    with transaction(node):
        source = Source.objects.select_for_update().filter(id=source_id).first()
        if source is None:
            raise NoSuchSource
        evidence = {
            name: {"passage": str(passage_of(node, source, quote).id), "basis": DateBasis.STATED.value, "reason": ""}
            for name, quote in shown.items()
        }
        proposal = Proposal.objects.create(
            id=new_uuid(node),
            source=source,
            key=_free_key(source, kind),
            position=_next_position(source),
            kind=kind,
            reader=PERSON,
            read_fields=told,
            fields=told,
            evidence=evidence,
            state=ProposalState.WAITING.value,
        )
        append_entry(
            node,
            kind="communiques.proposal_added",
            subject=proposal.id,
            content={"source": str(source.id), "kind": kind},
            actor=actor.user_id,
        )
        return ProposalId(proposal.id)


def _proposed(name: str) -> Kind:
    kinds = {item.name: item for item in list_proposed_kinds()}
    if name not in kinds:
        raise NoSuchKind(name=name[:40], allowed=", ".join(kinds))
    return kinds[name]


def _next_position(source: Source) -> int:
    last = source.proposals.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def _free_key(source: Source, kind: str) -> str:
    taken = set(source.proposals.filter(kind=kind).values_list("key", flat=True))
    number = len(taken) + 1
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"
