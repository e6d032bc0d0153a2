"""Signatories and their signatures: each side signs the frozen text with its own signatory's key."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.directory.api import get_partner
from entraide.kernel.codecs import Malformed
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MessageId, PartnerId, PlanId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from entraide.keys.api import (
    create_signatory_key,
    key_fingerprint,
    sign_as_signatory,
    verify_dated_signature,
    verify_signature,
)
from entraide.plans.domain.errors import NotASignatory, PlanNotVerified
from entraide.plans.domain.messages import PlanSigned
from entraide.plans.domain.negotiation import PlanState, sign
from entraide.plans.domain.plan_text import (
    ATTESTATION_LABEL,
    SIGNATURE_LABEL,
    attestation_statement,
    plan_digest,
    signature_statement,
)
from entraide.plans.models import Plan, PlanSignature, Signatory
from entraide.plans.selectors.plan_text import get_plan_row, negotiation_of, text_of
from entraide.plans.services.negotiating import move_to, send
from entraide.plans.services.publishing import enter_register
from entraide.plans.services.recording import record
from entraide.programme.domain.errors import TextMissing
from entraide.storage.api import transaction


@dataclass(frozen=True, slots=True)
class VerifiedSignature:
    """A signature that holds: whose state, in which post, on which day, by which node, with which key's fingerprint."""

    state: str
    post: str
    signed_on: str
    node: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class VerifiedPlan:
    """A plan whose text and signatures hold on this node; `digest` is SHA-256 in hexadecimal."""

    plan_id: PlanId
    digest: str
    signatures: tuple[VerifiedSignature, ...]


def register_signatory(node: Node, *, actor: Actor, passphrase: str, post: str = "") -> UUID:
    """Make `actor` a signatory with a new key that only `passphrase` opens, in `post` (their own by default).

    An earlier key of the same person is revoked: it signs no more, and what it signed stays valid. Returns the
    signatory's id. Raises `WeakPassphrase`, `TextMissing`, `RoleMissing`.
    """
    require_role(actor, Role.approver)
    title = " ".join((post or actor.post).split())
    if not title:
        raise TextMissing(what="post")
    key = create_signatory_key(passphrase, node.random)
    with transaction(node):
        now = node.clock.now()
        Signatory.objects.filter(user_id=actor.user_id, revoked_at__isnull=True).update(revoked_at=now)
        row = Signatory.objects.create(
            id=new_uuid(node),
            user_id=actor.user_id,
            post=title[:300],
            public_keys=key.public.to_json(),
            locked_key=key.locked,
            created_at=now,
        )
        record(
            node, "signatory_registered", row.id, actor.user_id, fingerprint=key_fingerprint(key.public), post=row.post
        )
        return row.id


def sign_plan(node: Node, *, actor: Actor, plan_id: PlanId, passphrase: str) -> MessageId:
    """Sign the frozen text with the actor's own signatory's key and send the signature to the partner.

    The statement names the plan, its digest, the state, the post and the day; this node attests with its own seal
    that the key is that post's. When both sides have signed, the plan enters the register. Returns the message's id.
    Raises `NotASignatory`, `WrongPassphrase`, `WrongState`, `AlreadySigned`, `PlanNotVerified` when the stored text
    no longer has the frozen digest, `RoleMissing`.
    """
    require_role(actor, Role.approver)
    with transaction(node):
        signatory = Signatory.objects.filter(user_id=actor.user_id, revoked_at__isnull=True).first()
        if signatory is None:
            raise NotASignatory
        plan = get_plan_row(plan_id, lock=True)
        after = sign(negotiation_of(plan), plan.own_state)
        require_frozen_text(plan)
        now = node.clock.now()
        day = now.date().isoformat()
        statement = signature_statement(plan.id, plan.digest, plan.own_state, signatory.post, day)
        signature = sign_as_signatory(bytes(signatory.locked_key), passphrase, SIGNATURE_LABEL, statement.to_bytes())
        public = PublicKeys.from_json(signatory.public_keys)
        attested = attestation_statement(statement, public, node.settings.name)
        row = PlanSignature(
            id=new_uuid(node),
            plan=plan,
            state=plan.own_state,
            statement=statement.to_json(),
            public_keys=signatory.public_keys,
            signature=signature.to_json(),
            attestation=node.keyring.sign(ATTESTATION_LABEL, attested, at=now).to_json(),
            created_at=now,
        )
        row.save(force_insert=True)
        move_to(node, plan, after)
        record(node, "plan_signed", plan.id, actor.user_id, digest=plan.digest, side=plan.own_state)
        if after.state is PlanState.SIGNED:
            enter_register(node, plan)
        return send(node, plan, read_signature(row))


def read_signature(row: PlanSignature) -> PlanSigned:
    """Return a stored signature as it travels to the partner; raises `PlanNotVerified` for a row that is none."""
    value = {
        "plan": str(row.plan_id),
        "digest": row.statement.get("digest"),
        "statement": row.statement,
        "public_keys": row.public_keys,
        "signature": row.signature,
        "attestation": row.attestation,
    }
    try:
        return PlanSigned.from_json(value)
    except Malformed as error:
        part = error.where.split(".")[0]
        step = {"public_keys": 4, "signature": 4, "attestation": 5}.get(part, 3)
        raise PlanNotVerified(step=step, why=f"the {part} of {row.state} cannot be read") from error


def require_frozen_text(plan: Plan) -> None:
    """Raise `PlanNotVerified` (step 2) unless the stored text still has the digest that both sides agreed to."""
    if plan_digest(text_of(plan)) != plan.digest:
        raise PlanNotVerified(step=2, why="the stored text is not the one that both sides agreed to")


def verify_plan(node: Node, plan_id: PlanId) -> VerifiedPlan:
    """Verify a signed plan on this node and return what holds; raises `NoSuchPlan`, or `PlanNotVerified` at a step.

    1. the plan is signed;
    2. the digest of the stored text, computed again, is the one that both sides froze;
    3. every side has one signature, and its statement names this plan, this digest and that side;
    4. the signature holds under the signatory's public keys and `SIGNATURE_LABEL`;
    5. the signatory's node attests those keys for that post with its own seal: with the keys that it had on the day
       of the signature, and that were still accepted when the signature came here.
    """
    plan = get_plan_row(plan_id)
    if plan.state != PlanState.SIGNED:
        raise PlanNotVerified(step=1, why="it is not signed by both sides")
    require_frozen_text(plan)
    rows = {row.state: row for row in plan.signatures.all()}
    verified = []
    for state in sorted((plan.own_state, plan.partner_state)):
        if state not in rows:
            raise PlanNotVerified(step=3, why=f"the signature of {state} is missing")
        row = rows[state]
        verified.append(verify_one(node, plan, state, read_signature(row), stored_at=row.created_at))
    return VerifiedPlan(PlanId(plan.id), plan.digest, tuple(verified))


def verify_one(node: Node, plan: Plan, state: str, signed: PlanSigned, *, stored_at: datetime) -> VerifiedSignature:
    """Do steps 3 to 5 of `verify_plan` for the signature of one side, kept here first at `stored_at`.

    Raises `PlanNotVerified`.
    """
    statement, public = signed.statement, signed.public_keys
    if statement != signature_statement(plan.id, plan.digest, state, statement.post, statement.signed_on):
        raise PlanNotVerified(step=3, why=f"the statement of {state} speaks of another plan, text or side")
    try:
        verify_signature(public, SIGNATURE_LABEL, statement.to_bytes(), signed.signature)
    except EntraideError as error:
        raise PlanNotVerified(step=4, why=f"the signature of {state} does not hold") from error
    name, history = _node_seal(node, plan, state)
    attested = attestation_statement(statement, public, name)
    try:
        first, last = _day(statement.signed_on)
        verify_dated_signature(
            history, ATTESTATION_LABEL, attested, signed.attestation, claimed=first, until=last, stored_at=stored_at
        )
    except (EntraideError, ValueError) as error:
        raise PlanNotVerified(step=5, why=f"the node of {state} does not attest the signatory's key") from error
    return VerifiedSignature(state, statement.post, statement.signed_on, name, key_fingerprint(public))


def _node_seal(node: Node, plan: Plan, state: str) -> tuple[str, KeyHistory]:
    if state == plan.own_state:
        return node.settings.name, node.keyring.history
    partner = get_partner(PartnerId(plan.partner_id))
    return partner.name, partner.keys


def _day(text: str) -> tuple[datetime, datetime]:
    """Return the first and the last moment of a day in UTC; raises `ValueError`."""
    first = datetime.combine(date.fromisoformat(text), time(), UTC)
    return first, first + timedelta(days=1) - timedelta(microseconds=1)
