"""Signatories and their signatures: each party signs the frozen text with its own signatory's key."""

from dataclasses import replace
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.kernel.ids import MessageId, PlanId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys, Signature
from entraide.kernel.text import N_
from entraide.keys.api import create_signatory_key, key_fingerprint, sign_as_signatory
from entraide.plans.domain.errors import NotASignatory
from entraide.plans.domain.messages import PlanSigned
from entraide.plans.domain.negotiation import PlanState, sign
from entraide.plans.domain.open_plan import OpenPlan, SignatureRecord, after_signature
from entraide.plans.domain.plan_text import (
    ATTESTATION_LABEL,
    SIGNATURE_LABEL,
    SignatureStatement,
    attestation_statement,
    signature_statement,
)
from entraide.plans.models import Signatory
from entraide.plans.selectors.opening import get_open_plan
from entraide.plans.services.publishing import enter_register
from entraide.plans.services.recording import record
from entraide.plans.services.saving import create_signature, save_plan, send
from entraide.plans.services.verifying import require_frozen_text
from entraide.programme.domain.errors import TextMissing
from entraide.storage.api import transaction


def register_signatory(node: Node, *, actor: Actor, passphrase: str, post: str = "") -> UUID:
    """Make `actor` a signatory with a new key that only `passphrase` opens, in `post` (their own by default).

    An earlier key of the same person is revoked: it signs no more, and what it signed stays valid. Returns the
    signatory's id. Raises `WeakPassphrase`, `TextMissing`, `RoleMissing`.
    """
    require_role(actor, Role.approver)
    title = " ".join((post or actor.post).split())
    if not title:
        raise TextMissing(what=N_("post"))
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


def sign_plan(node: Node, *, actor: Actor, plan_id: PlanId, passphrase: str) -> tuple[MessageId, ...]:
    """Sign the frozen text with the actor's own signatory's key and send the signature to the other parties.

    The statement names the plan, its digest, the party, the post and the day; this node attests with its own seal
    that the key is that post's. When all have signed, the plan enters the register. Returns the messages' ids.
    Raises `NotASignatory`, `WrongPassphrase`, `WrongState`, `AlreadySigned`, `PlanNotVerified` when the stored text
    no longer has the frozen digest, `RoleMissing`.
    """
    require_role(actor, Role.approver)
    with transaction(node):
        signatory = Signatory.objects.filter(user_id=actor.user_id, revoked_at__isnull=True).first()
        if signatory is None:
            raise NotASignatory
        plan = get_open_plan(node, plan_id, lock=True)
        sign(plan.negotiation, plan.own)
        require_frozen_text(plan)
        signature = _signature(node, plan, signatory, passphrase)
        record(node, "plan_signed", plan.id, actor.user_id, digest=plan.digest, party=plan.own)
        plan = add_signature(node, plan, signature)
        return send(node, plan, _signed(plan, signature))


def add_signature(node: Node, before: OpenPlan, signature: SignatureRecord) -> OpenPlan:
    """Keep a signature, within the running transaction; a plan that all have signed enters the register.

    Returns the plan as it was saved; raises `WrongState`, `AlreadySigned`.
    """
    plan = after_signature(before, signature, node.clock.now())
    create_signature(node, plan.id, signature)
    if plan.state is PlanState.SIGNED:
        plan = replace(plan, instrument_id=enter_register(node, plan))
    save_plan(plan)
    return plan


def _signature(node: Node, plan: OpenPlan, signatory: Signatory, passphrase: str) -> SignatureRecord:
    now = node.clock.now()
    statement = signature_statement(plan.id, plan.digest, plan.own, signatory.post, now.date().isoformat())
    signature = sign_as_signatory(bytes(signatory.locked_key), passphrase, SIGNATURE_LABEL, statement.to_bytes())
    attested = attestation_statement(statement, PublicKeys.from_json(signatory.public_keys), node.settings.name)
    return SignatureRecord(
        party=plan.own,
        statement=statement.to_json(),
        public_keys=signatory.public_keys,
        signature=signature.to_json(),
        attestation=node.keyring.sign(ATTESTATION_LABEL, attested, at=now).to_json(),
        stored_at=now,
    )


def _signed(plan: OpenPlan, signature: SignatureRecord) -> PlanSigned:
    """Return a signature as it travels to the other parties."""
    return PlanSigned(
        plan=plan.id,
        drafter=plan.drafter,
        digest=plan.digest,
        version=plan.version,
        statement=SignatureStatement.from_json(dict(signature.statement)),
        public_keys=PublicKeys.from_json(dict(signature.public_keys)),
        signature=Signature.from_json(dict(signature.signature)),
        attestation=Signature.from_json(dict(signature.attestation)),
    )
