"""Signatories and their signatures: each side signs the frozen text with its own signatory's key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.directory.api import get_partner
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MessageId, PartnerId, PlanId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys, Signature
from entraide.keys.api import create_signatory_key, key_fingerprint, sign_as_signatory, verify_signature
from entraide.plans.domain.errors import NotASignatory, PlanNotVerified
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
from entraide.plans.services.negotiating import SIGNED, move_to, send
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
        day = node.clock.now().date().isoformat()
        statement = signature_statement(plan.id, plan.digest, plan.own_state, signatory.post, day)
        signature = sign_as_signatory(
            bytes(signatory.locked_key), passphrase, SIGNATURE_LABEL, canonical_bytes(statement)
        )
        attested = attestation_statement(statement, signatory.public_keys, node.settings.name)
        row = PlanSignature(
            id=new_uuid(node),
            plan=plan,
            state=plan.own_state,
            statement=statement,
            public_keys=signatory.public_keys,
            signature=signature.to_json(),
            attestation=node.keyring.sign(ATTESTATION_LABEL, attested).to_json(),
            created_at=node.clock.now(),
        )
        row.save(force_insert=True)
        move_to(node, plan, after)
        record(node, "plan_signed", plan.id, actor.user_id, digest=plan.digest, side=plan.own_state)
        if after.state is PlanState.SIGNED:
            enter_register(node, plan)
        return send(node, plan, SIGNED, signature_json(row))


def signature_json(row: PlanSignature) -> dict[str, Any]:
    """Return a signature as it travels to the partner."""
    return {
        "plan": str(row.plan_id),
        "digest": row.statement["digest"],
        "statement": row.statement,
        "public_keys": row.public_keys,
        "signature": row.signature,
        "attestation": row.attestation,
    }


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
    5. the signatory's node attests those keys for that post with its own seal, known from the pairing.
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
        verified.append(verify_one(node, plan, state, signature_json(rows[state])))
    return VerifiedPlan(PlanId(plan.id), plan.digest, tuple(verified))


def verify_one(node: Node, plan: Plan, state: str, value: Mapping[str, Any]) -> VerifiedSignature:
    """Do steps 3 to 5 of `verify_plan` for the signature of one side, stored or just received."""
    statement = value["statement"]
    expected = signature_statement(plan.id, plan.digest, state, str(statement["post"]), str(statement["signed_on"]))
    if statement != expected:
        raise PlanNotVerified(step=3, why=f"the statement of {state} speaks of another plan, text or side")
    try:
        public = PublicKeys.from_json(value["public_keys"])
        verify_signature(public, SIGNATURE_LABEL, canonical_bytes(expected), Signature.from_json(value["signature"]))
    except EntraideError as error:
        raise PlanNotVerified(step=4, why=f"the signature of {state} does not hold") from error
    name, seal = _node_seal(node, plan, state)
    attested = attestation_statement(expected, public.to_json(), name)
    try:
        verify_signature(seal, ATTESTATION_LABEL, attested, Signature.from_json(value["attestation"]))
    except EntraideError as error:
        raise PlanNotVerified(step=5, why=f"the node of {state} does not attest the signatory's key") from error
    return VerifiedSignature(state, str(statement["post"]), str(statement["signed_on"]), name, key_fingerprint(public))


def _node_seal(node: Node, plan: Plan, state: str) -> tuple[str, PublicKeys]:
    if state == plan.own_state:
        return node.settings.name, node.keyring.public
    partner = get_partner(PartnerId(plan.partner_id))
    return partner.name, partner.public_keys
