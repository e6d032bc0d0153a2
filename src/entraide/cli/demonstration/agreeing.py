"""Scene 4: next year's plan, drafted on one node, amended on the other, agreed and signed by both."""

from collections.abc import Sequence

from entraide.access.api import Role
from entraide.cli.demonstration.pairing import partner_of
from entraide.cli.demonstration.stage import Side, Stage
from entraide.cli.demonstration.telling import Teller
from entraide.cli.demonstration.waiting import wait_for
from entraide.cli.language import gettext, ngettext
from entraide.directory.api import list_authorities, party_of
from entraide.kernel.ids import CommitmentId, MechanismId, PlanId
from entraide.kernel.text import N_
from entraide.plans.api import (
    Negotiation,
    PlanState,
    add_clause,
    agree_plan,
    draft_plan_from_commitments,
    edit_clause,
    list_clauses,
    list_plans,
    propose_plan,
    register_signatory,
    send_amendments,
    sign_plan,
    verify_plan,
)
from entraide.programme.api import (
    CommitmentStatus,
    Party,
    ensure_mechanism,
    list_commitments,
)

PERIOD, NEXT_PERIOD = "2025", "2026"
SIGNATORY = N_("Minister of Public Security")
PASSPHRASE = "demonstration signature"  # noqa: S105 - a demonstration's
AMENDED = {
    "fr": "Les deux parties tiendront un entraînement commun par semestre, à tour de rôle.",
    "en": "The two sides hold one joint training every six months, in turn.",
    "vi": "Hai bên luân phiên tổ chức sáu tháng một lần tập huấn chung.",
}
ADDED = {
    "fr": "Les deux parties formeront ensemble leurs enquêteurs.",
    "en": "The two sides train their investigators together.",
    "vi": "Hai bên phối hợp đào tạo điều tra viên.",
}


def play_agreeing(stage: Stage, teller: Teller) -> PlanId:
    """Draft on A, amend on B, agree, sign with each signatory's own key, verify on both; return the plan."""
    a, b = stage.a, stage.b
    plan_id, clauses = _draft(a)
    propose_plan(a.node, actor=a.person(Role.desk_officer), plan_id=plan_id)
    teller.line(
        ngettext(
            "{ministry} drafts the plan for {period} with {count} clause and proposes it.",
            "{ministry} drafts the plan for {period} with {count} clauses and proposes it.",
            clauses,
        ).format(ministry=a.ministry.organisation["en"], period=NEXT_PERIOD, count=clauses),
        clauses=clauses,
    )
    _amend(b, plan_id)
    teller.line(gettext("{ministry} amends one clause.").format(ministry=b.ministry.organisation["en"]), amended=1)
    _agree(a, b, plan_id)
    teller.line(gettext("Both sides agree; the text is frozen."))
    digests = [_sign(side, plan_id) for side in (a, b)]
    for side in (a, b):
        wait_for("the other side's signature", lambda side=side: _is(side, plan_id, PlanState.SIGNED))  # type: ignore[misc]  # bound per side
    first, second = (verify_plan(side.node, plan_id) for side in (a, b))
    teller.line(
        gettext("Both sign, each with its own key; both nodes verify the same text: {digest}…").format(
            digest=first.digest[:16]
        ),
        identical=first.digest == second.digest,
        signatures=len(first.signatures),
        digest=first.digest,
        signed_by=digests,
    )
    return plan_id


def _draft(side: Side) -> tuple[PlanId, int]:
    officer, partner = side.person(Role.desk_officer), partner_of(side)
    if partner is None:
        raise LookupError("the stage is not paired")
    # Two States may have several mechanisms; this is the one of the two ministries.
    ministries = [
        list_authorities(side.node, own=True)[0],
        list_authorities(side.node, party_id=party_of(partner).id)[0],
    ]
    parties = [Party(authority.state, authority.organisation_id) for authority in ministries]
    mechanism_id = ensure_mechanism(side.node, actor=officer, parties=parties)
    chosen = _commitments(side, mechanism_id)
    plan_id = draft_plan_from_commitments(
        side.node,
        actor=officer,
        partner_ids=[partner.id],
        mechanism_id=mechanism_id,
        period=NEXT_PERIOD,
        commitment_ids=chosen,
        languages=tuple(ADDED),
    )
    add_clause(side.node, actor=officer, plan_id=plan_id, domain="training", texts=ADDED)
    return plan_id, len(chosen) + 1


def _commitments(side: Side, mechanism_id: MechanismId) -> Sequence[CommitmentId]:
    pledged = [
        commitment
        for commitment in list_commitments(side.node, mechanism_id=mechanism_id, period=PERIOD)
        if commitment.status is CommitmentStatus.PLEDGED
    ]
    return [commitment.id for commitment in pledged]


def _amend(side: Side, plan_id: PlanId) -> None:
    wait_for("the proposed plan", lambda: _is(side, plan_id, PlanState.PROPOSED))
    officer = side.person(Role.desk_officer)
    clause = next(clause for clause in list_clauses(side.node, plan_id) if clause.domain == "training")
    edit_clause(side.node, actor=officer, plan_id=plan_id, clause_id=clause.id, texts=AMENDED)
    send_amendments(side.node, actor=officer, plan_id=plan_id)


def _agree(a: Side, b: Side, plan_id: PlanId) -> None:
    wait_for("the amendment", lambda: _is(a, plan_id, PlanState.AMENDED))
    agree_plan(a.node, actor=a.person(Role.approver), plan_id=plan_id)
    wait_for("the other side's agreement", lambda: _agreements(b, plan_id) > 0)
    agree_plan(b.node, actor=b.person(Role.approver), plan_id=plan_id)
    wait_for("the frozen text", lambda: _is(a, plan_id, PlanState.AGREED))


def _sign(side: Side, plan_id: PlanId) -> str:
    signatory = side.person(Role.approver)
    register_signatory(side.node, actor=signatory, passphrase=PASSPHRASE, post=SIGNATORY)
    sign_plan(side.node, actor=signatory, plan_id=plan_id, passphrase=PASSPHRASE)
    return side.ministry.state


def _negotiation(side: Side, plan_id: PlanId) -> Negotiation | None:
    return next((plan.negotiation for plan in list_plans(side.node) if plan.id == plan_id), None)


def _is(side: Side, plan_id: PlanId, state: PlanState) -> bool:
    negotiation = _negotiation(side, plan_id)
    return negotiation is not None and negotiation.state is state


def _agreements(side: Side, plan_id: PlanId) -> int:
    negotiation = _negotiation(side, plan_id)
    return len(negotiation.agreed) if negotiation else 0
