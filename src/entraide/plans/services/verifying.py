"""Verifying a signed plan: its text, each party's signature, and the seal of the node that speaks for the party."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from entraide.directory.api import NoSuchPartner, Party, find_partner
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PlanId
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys, Signature
from entraide.kernel.text import N_, Said
from entraide.keys.api import key_fingerprint, verify_dated_signature, verify_signature
from entraide.plans.domain.errors import PlanNotVerified
from entraide.plans.domain.negotiation import PlanState
from entraide.plans.domain.open_plan import OpenPlan, SignatureRecord, digest_at
from entraide.plans.domain.paper import PaperAct, PaperStatement, paper_bytes
from entraide.plans.domain.plan_text import (
    ATTESTATION_LABEL,
    PAPER_LABEL,
    SIGNATURE_LABEL,
    SignatureStatement,
    attestation_statement,
    signature_statement,
)
from entraide.plans.selectors.opening import get_open_plan

Kind = TypeVar("Kind", SignatureStatement, PaperStatement, PublicKeys, Signature)

SPEAKS_OF_ANOTHER = N_("the statement of {party} speaks of another plan, text or party")
STATEMENT_UNREADABLE = N_("the statement of {party} cannot be read")


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
        raise PlanNotVerified(step=2, why=N_("the stored text is not the one that all parties agreed to"))


def verify_plan(node: Node, plan_id: PlanId) -> VerifiedPlan:
    """Verify a signed plan on this node and return what holds; raises `NoSuchPlan`, or `PlanNotVerified` at a step.

    1. the plan is signed;
    2. the digest of the stored text, computed again, is the one that all parties froze;
    3. every party has one signature, and its statement names this plan, this digest and that party;
    4. the signature holds under the signatory's public keys and `SIGNATURE_LABEL`; on paper there is none to check;
    5. the node that speaks for the party attests those keys for that post, or that paper, with its own seal: with the
       keys that it had on the day of the signature, and that were still accepted when the signature came here.
    """
    with node.active():
        plan = get_open_plan(node, plan_id)
        if plan.state is not PlanState.SIGNED:
            raise PlanNotVerified(step=1, why=N_("it is not signed by all parties"))
        require_frozen_text(plan)
        signatures = {item.party: item for item in plan.signatures}
        verified = []
        for party in plan.parties:
            if party.id not in signatures:
                raise PlanNotVerified(step=3, why=_of(N_("the signature of {party} is missing"), party))
            verified.append(verify_one(node, plan, signatures[party.id]))
        return VerifiedPlan(plan.id, plan.digest, tuple(verified))


def verify_one(node: Node, plan: OpenPlan, signature: SignatureRecord) -> VerifiedSignature:
    """Do steps 3 to 5 of `verify_plan` for the signature of one party, stored or just received.

    Raises `PlanNotVerified`.
    """
    party = plan.party(signature.party)
    if party.on_paper:
        return _verify_signature_on_paper(node, plan, party, signature)
    statement = _read(SignatureStatement, signature.statement, 3, _of(STATEMENT_UNREADABLE, party))
    if statement != signature_statement(plan.id, plan.digest, party.id, statement.post, statement.signed_on):
        raise PlanNotVerified(step=3, why=_of(SPEAKS_OF_ANOTHER, party))
    public = _read(
        PublicKeys, signature.public_keys, 4, _of(N_("the signatory’s key of {party} cannot be read"), party)
    )
    given = _read(Signature, signature.signature, 4, _of(N_("the signature of {party} cannot be read"), party))
    try:
        verify_signature(public, SIGNATURE_LABEL, statement.to_bytes(), given)
    except EntraideError as error:
        raise PlanNotVerified(step=4, why=_of(N_("the signature of {party} does not hold"), party)) from error
    attested = attestation_statement(statement, public, party.node)
    seal = _Seal(party, ATTESTATION_LABEL, attested, statement.signed_on, signature.stored_at)
    _verify_seal(node, seal, signature.attestation)
    return VerifiedSignature(party, statement.post, statement.signed_on, party.node, key_fingerprint(public))


def verify_paper(
    node: Node,
    plan: OpenPlan,
    party: Party,
    statement: PaperStatement,
    attestation: Mapping[str, Any],
    *,
    act: PaperAct,
    digest: str,
    stored_at: datetime,
) -> None:
    """Verify that the node that speaks for `party` sealed what it did on paper with the text of `digest`.

    `stored_at` is when that came here. Raises `PlanNotVerified` at step 3 for a statement of something else, at step
    5 for a seal that does not hold.
    """
    if (statement.act, statement.plan, statement.digest, statement.party) != (act, plan.id, digest, party.id):
        raise PlanNotVerified(step=3, why=_of(SPEAKS_OF_ANOTHER, party))
    message = paper_bytes(statement, party.node)
    _verify_seal(node, _Seal(party, PAPER_LABEL, message, statement.recorded_on, stored_at), attestation)


def _verify_signature_on_paper(
    node: Node, plan: OpenPlan, party: Party, signature: SignatureRecord
) -> VerifiedSignature:
    statement = _read(PaperStatement, signature.statement, 3, _of(STATEMENT_UNREADABLE, party))
    verify_paper(
        node,
        plan,
        party,
        statement,
        signature.attestation,
        act=PaperAct.SIGNATURE,
        digest=plan.digest,
        stored_at=signature.stored_at,
    )
    return VerifiedSignature(
        party,
        statement.post,
        statement.signed_on,
        party.node,
        "",
        recorded_by=statement.recorded_by,
        scan=statement.scan,
    )


@dataclass(frozen=True, slots=True)
class _Seal:
    """What the node that speaks for a party is to have sealed on a day, and when that came here."""

    party: Party
    label: str
    message: bytes
    day: str
    stored_at: datetime


def _verify_seal(node: Node, seal: _Seal, given: Mapping[str, Any]) -> None:
    party = seal.party
    try:
        first, last = _day(seal.day)
        verify_dated_signature(
            _keys_of(node, party),
            seal.label,
            seal.message,
            Signature.from_json(dict(given)),
            claimed=first,
            until=last,
            stored_at=seal.stored_at,
        )
    except (EntraideError, ValueError) as error:
        why = Said(
            N_("the node {node} does not attest the signature of {party}"), {"node": party.node, "party": party.id}
        )
        raise PlanNotVerified(step=5, why=why) from error


def _keys_of(node: Node, party: Party) -> KeyHistory:
    """Return the keys that the node that speaks for a party has had; raises `NoSuchPartner`."""
    if party.node == node.settings.name:
        return node.keyring.history
    partner = find_partner(node, party.node)
    if partner is None:
        raise NoSuchPartner
    return partner.keys


def _day(text: str) -> tuple[datetime, datetime]:
    """Return the first and the last moment of a day in UTC; raises `ValueError`."""
    first = datetime.combine(date.fromisoformat(text), time(), UTC)
    return first, first + timedelta(days=1) - timedelta(microseconds=1)


def _of(message: str, party: Party) -> Said:
    return Said(message, {"party": party.id})


def _read(kind: type[Kind], value: Mapping[str, Any], step: int, why: Said) -> Kind:
    """Return a stored value as what it should be; raises `PlanNotVerified` at the step that needs it."""
    try:
        return kind.from_json(dict(value))
    except EntraideError as error:
        raise PlanNotVerified(step=step, why=why) from error
