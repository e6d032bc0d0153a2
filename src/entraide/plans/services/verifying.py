"""Verifying a signed plan: its text, each party's signature, and the seal of the node that speaks for the party."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entraide.directory.api import NoSuchPartner, Party, find_partner
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PlanId
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys, Signature
from entraide.keys.api import key_fingerprint, verify_signature
from entraide.plans.domain.errors import PlanNotVerified
from entraide.plans.domain.negotiation import PlanState
from entraide.plans.domain.open_plan import OpenPlan, SignatureRecord, digest_at
from entraide.plans.domain.paper import PaperAct, PaperFact, paper_statement
from entraide.plans.domain.plan_text import (
    ATTESTATION_LABEL,
    PAPER_LABEL,
    SIGNATURE_LABEL,
    attestation_statement,
    paper_bytes,
    signature_statement,
)
from entraide.plans.selectors.opening import get_open_plan


@dataclass(frozen=True, slots=True)
class VerifiedSignature:
    """A signature that holds: of which party, in which post, on which day, attested by which node.

    `fingerprint` is that of the signatory's key. A signature on paper has none: `recorded_by` is the post that keeps
    the paper, `scan` the SHA-256 of its scan or empty, and nothing but the seal of `node` says that it was signed.
    """

    party: Party
    post: str
    signed_on: str
    node: str
    fingerprint: str
    recorded_by: str = ""
    scan: str = ""

    @property
    def on_paper(self) -> bool:
        """Whether it is one-sided: recorded from paper."""
        return self.party.on_paper


@dataclass(frozen=True, slots=True)
class VerifiedPlan:
    """A plan whose text and signatures hold on this node; `digest` is SHA-256 in hexadecimal."""

    plan_id: PlanId
    digest: str
    signatures: tuple[VerifiedSignature, ...]


def require_frozen_text(plan: OpenPlan) -> None:
    """Raise `PlanNotVerified` (step 2) unless the stored text still has the digest that all parties agreed to."""
    if digest_at(plan, plan.version) != plan.digest:
        raise PlanNotVerified(step=2, why="the stored text is not the one that all parties agreed to")


def verify_plan(node: Node, plan_id: PlanId) -> VerifiedPlan:
    """Verify a signed plan on this node and return what holds; raises `NoSuchPlan`, or `PlanNotVerified` at a step.

    1. the plan is signed;
    2. the digest of the stored text, computed again, is the one that all parties froze;
    3. every party has one signature, and its statement names this plan, this digest and that party;
    4. the signature holds under the signatory's public keys and `SIGNATURE_LABEL`; on paper there is none to check;
    5. the node that speaks for the party attests those keys for that post, or that paper, with its own seal, known
       from the pairing.
    """
    with node.active():
        plan = get_open_plan(node, plan_id)
        if plan.state is not PlanState.SIGNED:
            raise PlanNotVerified(step=1, why="it is not signed by all parties")
        require_frozen_text(plan)
        signatures = {item.party: item for item in plan.signatures}
        verified = []
        for party in plan.parties:
            if party.id not in signatures:
                raise PlanNotVerified(step=3, why=f"the signature of {party.id} is missing")
            verified.append(verify_one(node, plan, signatures[party.id]))
        return VerifiedPlan(plan.id, plan.digest, tuple(verified))


def verify_one(node: Node, plan: OpenPlan, signature: SignatureRecord) -> VerifiedSignature:
    """Do steps 3 to 5 of `verify_plan` for the signature of one party, stored or just received."""
    party = plan.party(signature.party)
    if party.on_paper:
        return _verify_paper_signature(node, plan, party, signature)
    statement = signature.statement
    expected = signature_statement(plan.id, plan.digest, party.id, str(statement["post"]), str(statement["signed_on"]))
    if statement != expected:
        raise PlanNotVerified(step=3, why=f"the statement of {party.id} speaks of another plan, text or party")
    try:
        public = PublicKeys.from_json(dict(signature.public_keys))
        given = Signature.from_json(dict(signature.signature))
        verify_signature(public, SIGNATURE_LABEL, canonical_bytes(expected), given)
    except EntraideError as error:
        raise PlanNotVerified(step=4, why=f"the signature of {party.id} does not hold") from error
    attested = attestation_statement(expected, public.to_json(), party.node)
    _verify_seal(node, party, ATTESTATION_LABEL, attested, signature.attestation)
    return VerifiedSignature(
        party, str(statement["post"]), str(statement["signed_on"]), party.node, key_fingerprint(public)
    )


def verify_paper(
    node: Node,
    plan: OpenPlan,
    party: Party,
    act: PaperAct,
    statement: Mapping[str, Any],
    attestation: Mapping[str, Any],
    *,
    digest: str,
) -> None:
    """Verify that the node that speaks for `party` sealed what it did on paper with the text of `digest`.

    Raises `PlanNotVerified` at step 3 for a statement of something else, at step 5 for a seal that does not hold.
    """
    fact = PaperFact(str(statement["post"]), str(statement["signed_on"]), str(statement["scan"]))
    by, on = str(statement["recorded_by"]), str(statement["recorded_on"])
    expected = paper_statement(
        act, fact, plan_id=plan.id, digest=digest, party=party.id, recorded_by=by, recorded_on=on
    )
    if statement != expected:
        raise PlanNotVerified(step=3, why=f"the statement of {party.id} speaks of another plan, text or party")
    _verify_seal(node, party, PAPER_LABEL, paper_bytes(expected, party.node), attestation)


def _verify_paper_signature(node: Node, plan: OpenPlan, party: Party, signature: SignatureRecord) -> VerifiedSignature:
    statement = signature.statement
    verify_paper(node, plan, party, PaperAct.SIGNATURE, statement, signature.attestation, digest=plan.digest)
    return VerifiedSignature(
        party,
        str(statement["post"]),
        str(statement["signed_on"]),
        party.node,
        "",
        recorded_by=str(statement["recorded_by"]),
        scan=str(statement["scan"]),
    )


def _verify_seal(node: Node, party: Party, label: str, message: bytes, seal: Mapping[str, Any]) -> None:
    try:
        verify_signature(_node_seal(node, party), label, message, Signature.from_json(dict(seal)))
    except EntraideError as error:
        raise PlanNotVerified(
            step=5, why=f"the node {party.node} does not attest the signature of {party.id}"
        ) from error


def _node_seal(node: Node, party: Party) -> PublicKeys:
    """Return the public keys of the node that speaks for a party; raises `NoSuchPartner`."""
    if party.node == node.settings.name:
        return node.keyring.public
    partner = find_partner(party.node)
    if partner is None:
        raise NoSuchPartner
    return partner.public_keys
