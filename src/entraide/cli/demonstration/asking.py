"""Scene 3: requests are checked, stopped, approved by another person, delivered, answered."""

from dataclasses import dataclass

from entraide.access.api import Role
from entraide.cli.demonstration.contents import (
    Content,
    answer_content,
    evidence_content,
    political_content,
    preservation_content,
)
from entraide.cli.demonstration.pairing import partner_of
from entraide.cli.demonstration.stage import Side, Stage
from entraide.cli.demonstration.telling import Teller
from entraide.cli.demonstration.waiting import wait_for
from entraide.cli.language import gettext, ngettext
from entraide.directory.api import list_authorities, party_of
from entraide.kernel.ids import AuthorityId, RequestId
from entraide.requests.api import (
    RequestDetail,
    acknowledge,
    approve_answer,
    approve_release,
    create_draft,
    draft_answer,
    get_request,
    list_requests,
    open_request,
    submit_for_approval,
)
from entraide.requests.domain.lifecycle import State

REASON = "I handle this request."


@dataclass(frozen=True)
class Asked:
    """The requests that were answered, for the scenes that follow."""

    answered: tuple[RequestId, ...]


def play_asking(stage: Stage, teller: Teller) -> Asked:
    """Show what is stopped and why, then send two good requests and have them answered."""
    a, b = stage.a, stage.b
    sender, recipient = _authority(a, own=True), _authority(a, own=False)
    now = a.node.clock.now()
    preservation = preservation_content(sender, recipient, now)
    _show_incomplete(a, preservation, teller)
    _show_refused(a, political_content(sender, recipient, now), teller)
    requests = (
        _release(a, "preservation", preservation, teller),
        _release(a, "evidence", evidence_content(sender, recipient, now), teller),
    )
    for request_id in requests:
        wait_for("the request", lambda request_id=request_id: _in_state(b, request_id, State.RECEIVED))  # type: ignore[misc]  # bound per request
        _answer(b, request_id)
        wait_for("the answer", lambda request_id=request_id: _in_state(a, request_id, State.ANSWERED))  # type: ignore[misc]  # the same
    _show_timelines(a, b, requests[0], teller)
    return Asked(requests)


def _authority(side: Side, *, own: bool) -> AuthorityId:
    return list_authorities(side.node, own=own)[0].id


def _draft(side: Side, form_id: str, content: Content) -> RequestId:
    partner = partner_of(side)
    if partner is None:
        raise LookupError("the stage is not paired")
    officer = side.person(Role.case_officer)
    return create_draft(side.node, actor=officer, form_id=form_id, party_id=party_of(partner).id, content=content)


def _show_incomplete(side: Side, content: Content, teller: Teller) -> None:
    left_out = {"custodian", "necessity"}
    draft = _draft(side, "preservation", {key: value for key, value in content.items() if key not in left_out})
    result = submit_for_approval(side.node, actor=side.person(Role.case_officer), request_id=draft)
    teller.line(
        ngettext(
            "An incomplete request is stopped, with {count} reason.",
            "An incomplete request is stopped, with {count} reasons.",
            len(result.check.completeness.reasons),
        ).format(count=len(result.check.completeness.reasons)),
        incomplete_reasons=[reason.params["path"] for reason in result.check.completeness.reasons],
    )


def _show_refused(side: Side, content: Content, teller: Teller) -> None:
    draft = _draft(side, "evidence", content)
    submit_for_approval(side.node, actor=side.person(Role.case_officer), request_id=draft)
    findings = get_request(side.node, draft).findings
    blocking = [finding for finding in findings if finding.outcome == "block"]
    teller.line(
        gettext("A request about an opinion alone is refused carriage by rule {rules}.").format(
            rules=", ".join(dict.fromkeys(finding.rule_id for finding in blocking))
        ),
        refused_by=[finding.rule_id for finding in blocking],
    )


def _release(side: Side, form_id: str, content: Content, teller: Teller) -> RequestId:
    request_id = _draft(side, form_id, content)
    submit_for_approval(side.node, actor=side.person(Role.case_officer), request_id=request_id)
    approver = side.person(Role.approver)
    open_request(side.node, actor=approver, request_id=request_id, reason="I approve this request.")
    approve_release(side.node, actor=approver, request_id=request_id)
    reference = get_request(side.node, request_id).summary.reference
    teller.line(gettext("{reference} is approved by a second person and leaves sealed.").format(reference=reference))
    return request_id


def _answer(side: Side, request_id: RequestId) -> None:
    officer, approver = side.person(Role.case_officer), side.person(Role.approver)
    open_request(side.node, actor=officer, request_id=request_id, reason=REASON)
    acknowledge(side.node, actor=officer, request_id=request_id)
    draft_answer(side.node, actor=officer, request_id=request_id, content=answer_content())
    approve_answer(side.node, actor=approver, request_id=request_id)


def _in_state(side: Side, request_id: RequestId, state: State) -> bool:
    return any(row.id == request_id and row.state is state for row in list_requests(side.node).requests)


def _show_timelines(a: Side, b: Side, request_id: RequestId, teller: Teller) -> None:
    first, second = get_request(a.node, request_id), get_request(b.node, request_id)
    teller.line(
        gettext("Both sides see the same request answered, with the same clocks: {clocks}.").format(
            clocks=", ".join(f"{clock.name} {clock.state.value}" for clock in first.clocks)
        ),
        same_state=first.summary.state == second.summary.state,
        same_clocks=_clocks(first) == _clocks(second),
        timeline=[item.name for item in first.timeline],
    )


def _clocks(detail: RequestDetail) -> list[tuple[str, str]]:
    return [(clock.name, clock.due.isoformat() if clock.due else "") for clock in detail.clocks]
