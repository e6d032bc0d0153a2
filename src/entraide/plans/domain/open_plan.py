"""A plan as a use case has it before it: read once, decided on, saved once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from entraide.directory.domain.parties import Party
from entraide.kernel.ids import InstrumentId, MechanismId, MeetingId, PartyId, PlanId
from entraide.plans.domain.negotiation import Negotiation, PlanState, agree, amend, propose, sign
from entraide.plans.domain.plan_text import ClauseText, PlanText, plan_digest

FROZEN = frozenset({PlanState.AGREED, PlanState.SIGNED})


@dataclass(frozen=True, slots=True)
class ClauseRecord:
    """What a clause says in a version of the plan and which party wrote it; `id` is the record's, not the clause's."""

    id: UUID
    clause_id: UUID
    version: int
    position: int
    domain: str
    texts: Mapping[str, str]
    lead_units: Mapping[str, str]
    removed: bool
    author: PartyId
    follows_commitment_id: UUID | None = None

    @property
    def text(self) -> ClauseText:
        """The clause as the plan's text has it."""
        return ClauseText(self.clause_id, self.domain, self.texts, self.lead_units)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A party's agreement to a version; `statement` and `attestation` where it was given on paper."""

    party: PartyId
    version: int
    digest: str
    statement: Mapping[str, Any] | None = None
    attestation: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SignatureRecord:
    """A party's signature of the frozen text, kept here first at `stored_at`.

    One on paper has neither keys nor signature, only the node's seal.
    """

    party: PartyId
    statement: Mapping[str, Any]
    public_keys: Mapping[str, Any]
    signature: Mapping[str, Any]
    attestation: Mapping[str, Any]
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan on one node with everything that its use cases decide on.

    `own` is this node's party, `drafter` the one that proposed it; `parties` are in the order of the protocol,
    `records` in that of versions. `digest` is set once the text is frozen.
    """

    id: PlanId
    mechanism_id: MechanismId
    own: PartyId
    drafter: PartyId
    parties: tuple[Party, ...]
    titles: Mapping[str, str]
    period: str
    languages: tuple[str, ...]
    authentic: tuple[str, ...]
    state: PlanState
    version: int
    turn: str
    digest: str
    updated_at: datetime
    meeting_id: MeetingId | None = None
    instrument_id: InstrumentId | None = None
    records: tuple[ClauseRecord, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    signatures: tuple[SignatureRecord, ...] = ()

    @property
    def negotiation(self) -> Negotiation:
        """Where the negotiation stands."""
        return Negotiation(
            parties=tuple(party.id for party in self.parties),
            turn=self.turn,
            state=self.state,
            version=self.version,
            agreed=frozenset(item.party for item in self.agreements if item.version == self.version),
            signed=frozenset(item.party for item in self.signatures),
            speakers={party.id: party.node for party in self.parties if party.on_paper},
        )

    @property
    def has_changes(self) -> bool:
        """Whether this node's party has changes that the others have not seen."""
        return any(record.version > self.version for record in self.records)

    def party(self, party_id: str) -> Party:
        """Return one of the parties; raises `KeyError`."""
        return {party.id: party for party in self.parties}[PartyId(party_id)]


def clauses_at(plan: OpenPlan, version: int) -> tuple[ClauseRecord, ...]:
    """Return what each clause says at `version` of the plan, in order, removed clauses left out."""
    latest = {record.clause_id: record for record in plan.records if record.version <= version}
    return tuple(
        sorted(
            (record for record in latest.values() if not record.removed),
            key=lambda record: (record.position, str(record.clause_id)),
        )
    )


def changes_in(plan: OpenPlan, version: int) -> tuple[ClauseRecord, ...]:
    """Return the clauses that `version` changed, added or removed, in order."""
    changed = [record for record in plan.records if record.version == version]
    return tuple(sorted(changed, key=lambda record: (record.position, str(record.clause_id))))


def text_at(plan: OpenPlan, version: int) -> PlanText:
    """Return the text of the plan at `version`."""
    return PlanText(
        id=plan.id,
        period=plan.period,
        titles=plan.titles,
        parties=plan.parties,
        authentic=plan.authentic,
        clauses=tuple(record.text for record in clauses_at(plan, version)),
    )


def digest_at(plan: OpenPlan, version: int) -> str:
    """Return the digest of the text at `version`, computed from its clauses."""
    return plan_digest(text_at(plan, version))


def after_proposal(plan: OpenPlan, at: datetime) -> OpenPlan:
    """Return the plan after its draft went out as version 1; raises like `negotiation.propose`."""
    return _moved(plan, propose(plan.negotiation, plan.own), "", at)


def after_amendment(
    plan: OpenPlan, by: PartyId, base_version: int, records: Sequence[ClauseRecord], at: datetime
) -> OpenPlan:
    """Return the plan after `by` sent `records` as the version after `base_version`; raises like `negotiation.amend`.

    Records that the plan has already, as its working copy, are not added once more.
    """
    after = amend(plan.negotiation, by, base_version)
    known = {record.id for record in plan.records}
    plan = replace(plan, records=(*plan.records, *(record for record in records if record.id not in known)))
    return _moved(plan, after, "", at)


def after_agreement(plan: OpenPlan, agreement: Agreement, at: datetime) -> OpenPlan:
    """Return the plan after an agreement, its text frozen once all have agreed; raises like `negotiation.agree`."""
    after = agree(plan.negotiation, agreement.party, agreement.version)
    return replace(_moved(plan, after, agreement.digest, at), agreements=(*plan.agreements, agreement))


def after_signature(plan: OpenPlan, signature: SignatureRecord, at: datetime) -> OpenPlan:
    """Return the plan after a signature of the frozen text; raises like `negotiation.sign`."""
    after = sign(plan.negotiation, signature.party)
    signatures = sorted((*plan.signatures, signature), key=lambda item: item.party)
    return replace(_moved(plan, after, plan.digest, at), signatures=tuple(signatures))


def _moved(plan: OpenPlan, after: Negotiation, digest: str, at: datetime) -> OpenPlan:
    return replace(
        plan,
        state=after.state,
        version=after.version,
        turn=after.turn,
        digest=(plan.digest or digest) if after.state in FROZEN else plan.digest,
        updated_at=at,
    )
