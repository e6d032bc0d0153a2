"""Reads of plans: where each stands, its clauses, two versions compared, and the review of the period before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from entraide.access.api import Actor
from entraide.channel.api import Evidence, MessageView, list_message_evidences
from entraide.kernel.ids import (
    ClauseId,
    CommitmentId,
    InstrumentId,
    MechanismId,
    MeetingId,
    MessageId,
    PartnerId,
    PlanId,
)
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from entraide.keys.api import key_fingerprint
from entraide.plans.domain.diff import ClauseDiff, diff_clauses
from entraide.plans.domain.errors import NoSuchClause
from entraide.plans.domain.negotiation import NEGOTIABLE, Negotiation, PlanState
from entraide.plans.domain.plan_text import ClauseText, clause_digest, plan_digest
from entraide.plans.models import ClauseVersion, Plan, PlanMove, Signatory
from entraide.plans.selectors.plan_text import (
    clauses_of,
    get_plan_row,
    has_working_copy,
    latest_versions,
    negotiation_of,
    text_of,
)
from entraide.programme.api import CommitmentView, list_commitments
from entraide.programme.domain.periods import previous_period


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause as it stands, with the side that wrote it last; `pending` when the other side has not seen it.

    `digest` is what an editor passes back as `seen`.
    """

    id: ClauseId
    domain: str
    texts: Mapping[str, str]
    lead_units: Mapping[str, str]
    version: int
    author_state: str
    pending: bool
    digest: str
    follows_commitment_id: CommitmentId | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan on this node. `digest` is that of the present exchanged text, and the frozen one once both agreed."""

    id: PlanId
    mechanism_id: MechanismId
    partner_id: PartnerId
    own_state: str
    partner_state: str
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
    def own_turn(self) -> bool:
        """Whether this side may edit now."""
        editable = self.state in NEGOTIABLE | {PlanState.DRAFT}
        return editable and self.negotiation.turn == self.own_state

    @property
    def can_agree(self) -> bool:
        """Whether this side may agree to the present version now."""
        own = self.own_state in self.negotiation.agreed
        return self.state in NEGOTIABLE and not own and not self.has_changes

    @property
    def can_sign(self) -> bool:
        """Whether this side may sign now."""
        return self.state is PlanState.AGREED and self.own_state not in self.negotiation.signed


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A stored signature: whose, in which post, on which day, with which key."""

    state: str
    post: str
    signed_on: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class MoveView:
    """A message that moved a plan: `act` is proposed, amended, agreed or signed, by the side `state`.

    `evidences` tell how far the message came; `code` is set where the other side rejected it.
    """

    act: str
    state: str
    version: int
    at: datetime
    code: str
    evidences: tuple[Evidence, ...]

    @property
    def latest(self) -> Evidence | None:
        """The last evidence."""
        return self.evidences[-1] if self.evidences else None


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


def list_plans() -> tuple[PlanView, ...]:
    """Return the plans of this node, last changed first."""
    return tuple(_view(row) for row in Plan.objects.order_by("-updated_at", "-id"))


def get_plan(plan_id: PlanId) -> PlanView:
    """Return one plan; raises `NoSuchPlan`."""
    return _view(get_plan_row(plan_id))


def find_plan_of(mechanism_id: MechanismId, period: str) -> PlanView | None:
    """Return the plan of a mechanism for a period, or None."""
    row = Plan.objects.filter(mechanism_id=mechanism_id, period=period).first()
    return _view(row) if row else None


def list_clauses(plan_id: PlanId) -> tuple[ClauseView, ...]:
    """Return the clauses as this side sees them now, its own unsent changes included, in order."""
    plan = get_plan_row(plan_id)
    return tuple(_clause(row, plan.version) for row in latest_versions(plan.id, plan.version + 1))


def get_clause(plan_id: PlanId, clause_id: ClauseId) -> ClauseView:
    """Return one clause as this side sees it now; raises `NoSuchPlan`, `NoSuchClause`."""
    for clause in list_clauses(plan_id):
        if clause.id == clause_id:
            return clause
    raise NoSuchClause(clause=clause_id)


def compare_versions(plan_id: PlanId, before: int, after: int) -> tuple[ClauseDiff, ...]:
    """Return two versions of a plan compared; `plan.version + 1` is this side's working copy."""
    plan = get_plan_row(plan_id)
    return diff_clauses(clauses_of(latest_versions(plan.id, before)), clauses_of(latest_versions(plan.id, after)))


def list_versions(plan_id: PlanId) -> tuple[tuple[int, str], ...]:
    """Return the versions of a plan, oldest first, each with the state that wrote it."""
    rows = (
        ClauseVersion.objects.filter(clause__plan_id=plan_id).order_by("version").values_list("version", "author_state")
    )
    return tuple(dict(rows).items())


def list_signatures(plan_id: PlanId) -> tuple[SignatureView, ...]:
    """Return the stored signatures of a plan by state; `verify_plan` tells whether they hold."""
    plan = get_plan_row(plan_id)
    return tuple(
        SignatureView(
            row.state,
            row.statement["post"],
            row.statement["signed_on"],
            key_fingerprint(PublicKeys.from_json(row.public_keys)),
        )
        for row in plan.signatures.order_by("state")
    )


def list_moves(node: Node, plan_id: PlanId) -> tuple[MoveView, ...]:
    """Return the messages that moved a plan, oldest first, each with the evidences of its delivery."""
    rows = list(get_plan_row(plan_id).moves.order_by("created_at", "id"))
    messages = list_message_evidences(node, [MessageId(row.message_id) for row in rows])
    return tuple(_move(row, messages.get(MessageId(row.message_id))) for row in rows)


def find_signatory(actor: Actor) -> SignatoryView | None:
    """Return the present signatory's key of `actor`, or None."""
    row = Signatory.objects.filter(user_id=actor.user_id, revoked_at__isnull=True).first()
    if row is None:
        return None
    return SignatoryView(row.post, key_fingerprint(PublicKeys.from_json(row.public_keys)), row.created_at)


def get_review(plan_id: PlanId) -> ReviewView:
    """Return last period's commitments with their counts beside the draft's clauses, by domain."""
    plan = get_plan(plan_id)
    period = previous_period(plan.period)
    rows: dict[str, tuple[list[CommitmentView], list[ClauseView]]] = {}
    commitments = list_commitments(mechanism_id=plan.mechanism_id, period=period) if period else ()
    for commitment in commitments:
        rows.setdefault(commitment.domain, ([], []))[0].append(commitment)
    for clause in list_clauses(plan_id):
        rows.setdefault(clause.domain, ([], []))[1].append(clause)
    return ReviewView(
        plan, period, tuple(ReviewRow(code, tuple(past), tuple(new)) for code, (past, new) in rows.items())
    )


def _view(row: Plan) -> PlanView:
    return PlanView(
        id=PlanId(row.id),
        mechanism_id=MechanismId(row.mechanism_id),
        partner_id=PartnerId(row.partner_id),
        own_state=row.own_state,
        partner_state=row.partner_state,
        titles=row.titles,
        period=row.period,
        languages=tuple(row.languages),
        authentic=tuple(row.authentic),
        negotiation=negotiation_of(row),
        digest=row.digest or plan_digest(text_of(row)),
        has_changes=has_working_copy(row),
        meeting_id=MeetingId(row.meeting_id) if row.meeting_id else None,
        instrument_id=InstrumentId(row.instrument_id) if row.instrument_id else None,
        updated_at=row.updated_at,
    )


def _clause(row: ClauseVersion, version: int) -> ClauseView:
    text = ClauseText(row.clause_id, row.domain, row.texts, row.lead_units)
    followed = row.clause.follows_commitment_id
    return ClauseView(
        id=ClauseId(row.clause_id),
        domain=row.domain,
        texts=row.texts,
        lead_units=row.lead_units,
        version=row.version,
        author_state=row.author_state,
        pending=row.version > version,
        digest=clause_digest(text),
        follows_commitment_id=CommitmentId(followed) if followed else None,
    )


def _move(row: PlanMove, message: MessageView | None) -> MoveView:
    evidences = message.evidences if message else ()
    return MoveView(row.act, row.state, row.version, row.created_at, message.code if message else "", evidences)
