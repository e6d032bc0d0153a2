"""Reads of plans: where each stands, its clauses, two versions compared, and the review of the period before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from entraide.access.api import Actor
from entraide.channel.api import Evidence, MessageView, list_message_evidences
from entraide.directory.api import Party
from entraide.kernel.ids import (
    ClauseId,
    CommitmentId,
    InstrumentId,
    MechanismId,
    MeetingId,
    MessageId,
    PartyId,
    PlanId,
)
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from entraide.keys.api import key_fingerprint
from entraide.plans.domain.diff import ClauseDiff, diff_clauses
from entraide.plans.domain.errors import NoSuchClause
from entraide.plans.domain.negotiation import NEGOTIABLE, Negotiation, PlanState
from entraide.plans.domain.open_plan import Agreement, ClauseRecord, OpenPlan, SignatureRecord, clauses_at, digest_at
from entraide.plans.domain.plan_text import clause_digest
from entraide.plans.models import Plan, PlanMove, Signatory
from entraide.plans.selectors.opening import get_open_plan, open_plans
from entraide.programme.api import CommitmentView, list_commitments
from entraide.programme.domain.periods import previous_period


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause as it stands, with the party that wrote it last; `pending` when the other parties have not seen it.

    `lead_units` are by party, `digest` is what an editor passes back as `seen`.
    """

    id: ClauseId
    domain: str
    texts: Mapping[str, str]
    lead_units: Mapping[str, str]
    version: int
    author: PartyId
    pending: bool
    digest: str
    follows_commitment_id: CommitmentId | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan on this node. `digest` is that of the present exchanged text, and the frozen one once all have agreed.

    `own` is the id of this node's party; `parties` are in the order of the protocol.
    """

    id: PlanId
    mechanism_id: MechanismId
    own: PartyId
    parties: tuple[Party, ...]
    titles: Mapping[str, str]
    period: str
    languages: tuple[str, ...]
    authentic: tuple[str, ...]
    negotiation: Negotiation
    digest: str
    has_changes: bool
    meeting_id: MeetingId | None
    instrument_id: InstrumentId | None
    updated_at: datetime

    @property
    def state(self) -> PlanState:
        """How far the plan has come."""
        return self.negotiation.state

    @property
    def others(self) -> tuple[Party, ...]:
        """The parties but this node's own."""
        return tuple(party for party in self.parties if party.id != self.own)

    @property
    def own_turn(self) -> bool:
        """Whether this node's party may edit now."""
        editable = self.state in NEGOTIABLE | {PlanState.DRAFT}
        return editable and self.negotiation.turn == self.own

    @property
    def can_agree(self) -> bool:
        """Whether this node's party may agree to the present version now."""
        own = self.own in self.negotiation.agreed
        return self.state in NEGOTIABLE and not own and not self.has_changes

    @property
    def can_sign(self) -> bool:
        """Whether this node's party may sign now."""
        return self.state is PlanState.AGREED and self.own not in self.negotiation.signed

    @property
    def paper_to_record(self) -> tuple[Party, ...]:
        """The parties on paper for which this node speaks and whose agreement or signature may be recorded now."""
        done = self.negotiation.signed if self.state is PlanState.AGREED else self.negotiation.agreed
        if self.has_changes or self.state not in NEGOTIABLE | {PlanState.AGREED}:
            return ()
        return tuple(item for item in self.parties if item.on_paper and item.node == self.own and item.id not in done)


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A stored signature: of which party, in which post, on which day, with which key.

    One on paper has no key's `fingerprint`; `recorded_by` is the post that keeps the paper.
    """

    party: Party
    post: str
    signed_on: str
    fingerprint: str
    recorded_by: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A move's message from or to one node: how far it came; `code` is set where it was rejected."""

    node: str
    code: str
    evidences: tuple[Evidence, ...]

    @property
    def latest(self) -> Evidence | None:
        """The last evidence."""
        return self.evidences[-1] if self.evidences else None


@dataclass(frozen=True, slots=True)
class MoveView:
    """What moved a plan: `act` is proposed, amended, agreed or signed, by the party `party`.

    `deliveries` are the messages that told of it, one to each other node, or the one that came here.
    """

    act: str
    party: PartyId
    version: int
    at: datetime
    deliveries: tuple[DeliveryView, ...]

    @property
    def code(self) -> str:
        """Why a node rejected it; empty where none did."""
        return next((delivery.code for delivery in self.deliveries if delivery.code), "")


@dataclass(frozen=True, slots=True)
class SignatoryView:
    """A person's key for signing plans."""

    post: str
    fingerprint: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One domain in the review: last period's commitments beside this draft's clauses."""

    domain: str
    commitments: tuple[CommitmentView, ...]
    clauses: tuple[ClauseView, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The review of the plan before, beside the draft."""

    plan: PlanView
    previous_period: str
    rows: tuple[ReviewRow, ...]


def list_plans(node: Node) -> tuple[PlanView, ...]:
    """Return the plans of this node, last changed first."""
    with node.active():
        return tuple(_view(plan) for plan in open_plans(node, Plan.objects.order_by("-updated_at", "-id")))


def get_plan(node: Node, plan_id: PlanId) -> PlanView:
    """Return one plan; raises `NoSuchPlan`."""
    return _view(_open(node, plan_id))


def list_clauses(node: Node, plan_id: PlanId) -> tuple[ClauseView, ...]:
    """Return the clauses as this node sees them now, its own unsent changes included, in order; raises `NoSuchPlan`."""
    return _clauses(_open(node, plan_id))


def get_clause(node: Node, plan_id: PlanId, clause_id: ClauseId) -> ClauseView:
    """Return one clause as this node sees it now; raises `NoSuchPlan`, `NoSuchClause`."""
    for clause in list_clauses(node, plan_id):
        if clause.id == clause_id:
            return clause
    raise NoSuchClause(clause=clause_id)


def compare_versions(node: Node, plan_id: PlanId, before: int, after: int) -> tuple[ClauseDiff, ...]:
    """Return two versions of a plan compared; `plan.version + 1` is this node's working copy. Raises `NoSuchPlan`."""
    plan = _open(node, plan_id)
    old, new = ([record.text for record in clauses_at(plan, version)] for version in (before, after))
    return diff_clauses(old, new)


def list_versions(node: Node, plan_id: PlanId) -> tuple[tuple[int, PartyId], ...]:
    """Return the versions of a plan, oldest first, each with the party that wrote it; raises `NoSuchPlan`."""
    return tuple({record.version: record.author for record in _open(node, plan_id).records}.items())


def list_signatures(node: Node, plan_id: PlanId) -> tuple[SignatureView, ...]:
    """Return the stored signatures of a plan by party; `verify_plan` tells whether they hold. Raises `NoSuchPlan`."""
    plan = _open(node, plan_id)
    kept = {signature.party: signature for signature in plan.signatures}
    return tuple(_signature(party, kept[party.id]) for party in plan.parties if party.id in kept)


def list_paper_agreements(node: Node, plan_id: PlanId) -> tuple[Agreement, ...]:
    """Return the agreements to the present version that were given on paper; raises `NoSuchPlan`."""
    plan = _open(node, plan_id)
    return tuple(item for item in plan.agreements if item.version == plan.version and item.statement is not None)


def list_moves(node: Node, plan_id: PlanId) -> tuple[MoveView, ...]:
    """Return what moved a plan, oldest first, each with the evidences of its delivery."""
    with node.active():
        rows = list(PlanMove.objects.filter(plan=plan_id).order_by("created_at", "id").prefetch_related("messages"))
        ids = [MessageId(message.message_id) for row in rows for message in row.messages.all()]
        messages = list_message_evidences(node, ids)
        return tuple(_move(row, messages) for row in rows)


def find_signatory(node: Node, actor: Actor) -> SignatoryView | None:
    """Return the present signatory's key of `actor`, or None."""
    with node.active():
        row = Signatory.objects.filter(user_id=actor.user_id, revoked_at__isnull=True).first()
    if row is None:
        return None
    return SignatoryView(row.post, key_fingerprint(PublicKeys.from_json(row.public_keys)), row.created_at)


def get_review(node: Node, plan_id: PlanId) -> ReviewView:
    """Return last period's commitments with their counts beside the draft's clauses, by domain; raises `NoSuchPlan`."""
    with node.active():
        plan = get_open_plan(node, plan_id)
        period = previous_period(plan.period)
        rows: dict[str, tuple[list[CommitmentView], list[ClauseView]]] = {}
        commitments = list_commitments(node, mechanism_id=plan.mechanism_id, period=period) if period else ()
    for commitment in commitments:
        rows.setdefault(commitment.domain, ([], []))[0].append(commitment)
    for clause in _clauses(plan):
        rows.setdefault(clause.domain, ([], []))[1].append(clause)
    return ReviewView(
        _view(plan), period, tuple(ReviewRow(code, tuple(past), tuple(new)) for code, (past, new) in rows.items())
    )


def _open(node: Node, plan_id: PlanId) -> OpenPlan:
    with node.active():
        return get_open_plan(node, plan_id)


def _view(plan: OpenPlan) -> PlanView:
    return PlanView(
        id=plan.id,
        mechanism_id=plan.mechanism_id,
        own=plan.own,
        parties=plan.parties,
        titles=plan.titles,
        period=plan.period,
        languages=plan.languages,
        authentic=plan.authentic,
        negotiation=plan.negotiation,
        digest=plan.digest or digest_at(plan, plan.version),
        has_changes=plan.has_changes,
        meeting_id=plan.meeting_id,
        instrument_id=plan.instrument_id,
        updated_at=plan.updated_at,
    )


def _clauses(plan: OpenPlan) -> tuple[ClauseView, ...]:
    return tuple(_clause(record, plan.version) for record in clauses_at(plan, plan.version + 1))


def _clause(record: ClauseRecord, version: int) -> ClauseView:
    followed = record.follows_commitment_id
    return ClauseView(
        id=ClauseId(record.clause_id),
        domain=record.domain,
        texts=record.texts,
        lead_units=record.lead_units,
        version=record.version,
        author=record.author,
        pending=record.version > version,
        digest=clause_digest(record.text),
        follows_commitment_id=CommitmentId(followed) if followed else None,
    )


def _signature(party: Party, signature: SignatureRecord) -> SignatureView:
    statement = signature.statement
    key = "" if party.on_paper else key_fingerprint(PublicKeys.from_json(dict(signature.public_keys)))
    return SignatureView(party, statement["post"], statement["signed_on"], key, statement.get("recorded_by", ""))


def _move(row: PlanMove, messages: Mapping[MessageId, MessageView]) -> MoveView:
    deliveries = []
    for kept in sorted(row.messages.all(), key=lambda message: message.node):
        message = messages.get(MessageId(kept.message_id))
        deliveries.append(
            DeliveryView(kept.node, message.code if message else "", message.evidences if message else ())
        )
    return MoveView(row.act, PartyId(row.party), row.version, row.created_at, tuple(deliveries))
