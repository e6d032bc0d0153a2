"""Taking over what a partner sent about a request: verified, evaluated again by this node's own rules, applied once."""

from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from entraide.channel.api import ReceivedMessage
from entraide.directory.api import Partner, get_partner, own_party, party_of
from entraide.kernel.errors import BadInput
from entraide.kernel.ids import RequestId
from entraide.kernel.node import Node
from entraide.kernel.signing import Signature
from entraide.kernel.text import N_
from entraide.keys.api import verify_dated_signature
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.adapters.records import create_record_key, seal_content
from entraide.requests.adapters.vocabulary import code_sets, list_forms, load_form
from entraide.requests.domain.answers import NEUTRAL_GROUND, AnswerOutcome
from entraide.requests.domain.case import Case, Written
from entraide.requests.domain.clocks import Event
from entraide.requests.domain.columns import derive_columns
from entraide.requests.domain.completeness import decide_completeness
from entraide.requests.domain.forms import Form
from entraide.requests.domain.lifecycle import Act, Direction
from entraide.requests.domain.messages import (
    UNKNOWN_FORM,
    RequestAcknowledged,
    RequestAnswered,
    RequestProgressed,
    RequestReleased,
    RequestWithdrawn,
)
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.statements import (
    ANSWER_LABEL,
    RELEASE_LABEL,
    AnswerStatement,
    FormNamed,
    ReleaseStatement,
    describe_form,
    verify_statement,
)
from entraide.requests.domain.steps import derive_due_dates
from entraide.requests.models import Answer, Request
from entraide.requests.services.acts import journal, move_on, name_digests, note_event
from entraide.requests.services.answers import RECEIVED, note_answer, part_of
from entraide.requests.services.cases import read_case, read_surroundings
from entraide.requests.services.checks import check_case, columns_of, replace_findings
from entraide.requests.services.drafts import create_request
from entraide.storage.api import transaction

About = TypeVar("About", RequestReleased, RequestAcknowledged, RequestProgressed, RequestAnswered, RequestWithdrawn)


class BadMessage(BadInput):
    """A partner's message cannot be taken over; `why` is the code that goes back to it."""

    code = "requests.bad_message"
    message = N_("A partner's message about a request was rejected: {why}.")
    remedy = N_("The partner sees the code and can send it again.")

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why=why)


def accept_request(node: Node, message: ReceivedMessage[RequestReleased]) -> None:
    """Take over a released request.

    (1) Its thread is the request's. (2) The form is known here in the same version with the same digest. (3) The
    statement says what came with it and names this pair of nodes. (4) The partner's signature over the statement holds,
    with its keys of the moment that the statement names. (5) The content answers the form as of its release. (6) It is
    not here yet: the very same request again is accepted and changes nothing, another one under its id or reference is
    rejected. (7) This node's own safeguards evaluate it; what they find is shown to its officers and never sent back.
    Raises `BadMessage` or what verification raises.
    """
    released, partner = message.value, get_partner(node, message.partner_id)
    if message.thread_id != released.request:
        raise BadMessage("thread_mismatch")
    form = _form(node, released.form, list_forms(node))
    statement = released.statement
    verify_statement(
        statement,
        form=form,
        content=released.content,
        salt=released.salt,
        requesting=partner.name,
        requested=node.settings.name,
    )
    _verify_signature(partner, RELEASE_LABEL, statement, released.signature, message.received_at)
    if statement.request != released.request or statement.reference != released.reference:
        raise BadMessage("statement_mismatch")
    at = _no_later(statement.at, message.received_at)
    if not decide_completeness(form, released.content, code_sets(node), at).allows:
        raise BadMessage("incomplete")
    if not _is_here(node, message, partner):
        _store_request(node, message, partner, form)


def accept_acknowledgement(node: Node, message: ReceivedMessage[RequestAcknowledged]) -> None:
    """Take over that a human at the partner acknowledged the request; a second one changes nothing.

    Raises `BadMessage`.
    """
    (case, _), acknowledged = _case(node, message, Direction.OUTGOING), message.value
    form, content = load_form(node, "acknowledgement"), acknowledged.content
    if acknowledged.form != describe_form(form):
        raise BadMessage(UNKNOWN_FORM)
    at = _no_later(acknowledged.at, message.received_at)
    if not decide_completeness(form, content, code_sets(node), at).allows:
        raise BadMessage("incomplete")
    if case.happened(Act.ACKNOWLEDGED):
        return
    columns = {"partner_reference": str(content.get("own_reference", ""))[:40]}
    by, code = content["handling_post"], content["assigned_to"]
    move_on(node, case, Act.ACKNOWLEDGED, by=by, code=code, at=at, columns=columns)


def accept_progress(node: Node, message: ReceivedMessage[RequestProgressed]) -> None:
    """Take over that the partner decided to execute the request; a second one changes nothing.

    Raises `BadMessage`.
    """
    (case, partner), progressed = _case(node, message, Direction.OUTGOING), message.value
    if progressed.act != Act.EXECUTION_STARTED.value:
        raise BadMessage("unknown_act")
    if case.happened(Act.EXECUTION_STARTED):
        return
    at = _no_later(progressed.at, message.received_at)
    move_on(node, case, Act.EXECUTION_STARTED, by=partner.name, at=at)


def accept_answer(node: Node, message: ReceivedMessage[RequestAnswered]) -> None:
    """Take over an answer: form, statement and signature as for a request; the same answer again changes nothing.

    Raises `BadMessage`.
    """
    (case, partner), answered = _case(node, message, Direction.OUTGOING), message.value
    content, statement = answered.content, answered.statement
    form = _form(node, answered.form, ("answer",))
    verify_statement(
        statement,
        form=form,
        content=content,
        salt=answered.salt,
        requesting=node.settings.name,
        requested=partner.name,
    )
    _verify_signature(partner, ANSWER_LABEL, statement, answered.signature, message.received_at)
    at = _no_later(statement.at, message.received_at)
    if statement.request != case.id or statement.outcome != content.get("outcome"):
        raise BadMessage("statement_mismatch")
    neutral = content == {"outcome": AnswerOutcome.REFUSED.value, "ground": NEUTRAL_GROUND}
    if not neutral and not decide_completeness(form, content, code_sets(node), at).allows:
        raise BadMessage("incomplete")
    if any((item.id, item.statement) == (answered.answer, statement.to_bytes()) for item in case.answers):
        return
    if Answer.objects.filter(id=answered.answer).exists():
        raise BadMessage("duplicate_id")
    _store_answer(node, message, partner, case, form, at)


def accept_withdrawal(node: Node, message: ReceivedMessage[RequestWithdrawn]) -> None:
    """Take over that the requesting side withdrew its request; a second one changes nothing."""
    case, partner = _case(node, message, Direction.INCOMING)
    if case.happened(Act.WITHDRAWN):
        return
    at = _no_later(message.value.at, message.received_at)
    move_on(node, case, Act.WITHDRAWN, by=partner.name, at=at)


def _store_request(node: Node, message: ReceivedMessage[RequestReleased], partner: Partner, form: Form) -> None:
    released, statement = message.value, message.value.statement
    own, life = own_party(node), load_lifecycle()
    at = _no_later(statement.at, message.received_at)
    events = (
        Event(Act.RELEASED.value, at, statement.approved_by[:200]),
        Event(Act.RECEIVED.value, message.received_at, own.id),
    )
    sides = Sides(party_of(partner), own, own.id)
    with transaction(node):
        case = Case(
            id=RequestId(released.request),
            reference=released.reference,
            sides=sides,
            form=form,
            state=life.start(Direction.INCOMING),
            thread_id=message.thread_id,
            changed_at=node.clock.now(),
            urgent=derive_columns(form, released.content).urgent,
            events=events,
            written=Written(released.content, released.salt),
            around=read_surroundings(node, sides, form, released.content),
            wrapped_key=create_record_key(node, released.request),
        )
        check = check_case(node, case)
        signed = {"statement": statement.to_bytes(), "signature": released.signature.to_json()}
        due = asdict(derive_due_dates(case, life))
        create_request(node, case, message_id=message.message_id, **signed, **due, **columns_of(check))
        for event in events:
            note_event(node, case.id, event)
        replace_findings(node, case.id, check)
        facts = {key: value for key, value in name_digests(check).items() if key != "facts"}
        entry = {"content": statement.content_digest, **facts, "message": str(message.message_id)}
        journal(node, case, Act.RECEIVED, entry=entry)


def _store_answer(
    node: Node,
    message: ReceivedMessage[RequestAnswered],
    partner: Partner,
    case: Case,
    form: Form,
    at: datetime,
) -> None:
    answered, content = message.value, message.value.content
    with transaction(node):
        Answer.objects.create(
            id=answered.answer,
            request_id=case.id,
            form_version=form.version,
            form_digest=form.digest,
            state=RECEIVED,
            outcome=content["outcome"],
            message_id=message.message_id,
            created_at=message.received_at,
            approved_at=at,
            statement=answered.statement.to_bytes(),
            signature=answered.signature.to_json(),
            content=seal_content(node, case, content, answered.salt, part_of(answered.answer)),
        )
        entry = {
            "answer": str(answered.answer),
            "content": answered.statement.content_digest,
            "message": str(message.message_id),
        }
        note_answer(node, case, content, by=partner.name, at=at, entry=entry)


def _form(node: Node, named: FormNamed, known: tuple[str, ...]) -> Form:
    """Return the form that a message names; another one, version or structure is rejected."""
    if named.id not in known:
        raise BadMessage(UNKNOWN_FORM)
    form = load_form(node, named.id)
    if named != describe_form(form):
        raise BadMessage("form_version")
    return form


def _verify_signature(
    partner: Partner,
    label: str,
    statement: ReleaseStatement | AnswerStatement,
    signature: Signature,
    received_at: datetime,
) -> None:
    verify_dated_signature(
        partner.keys, label, statement.to_bytes(), signature, claimed=statement.at, stored_at=received_at
    )


def _is_here(node: Node, message: ReceivedMessage[RequestReleased], partner: Partner) -> bool:
    released = message.value
    request = Request.objects.filter(id=released.request).first()
    if request is None:
        if Request.objects.filter(requesting=partner.name, reference=released.reference).exists():
            raise BadMessage("duplicate_reference")
        return False
    sides = (request.requesting, request.requested)
    if sides == (partner.name, node.settings.name) and bytes(request.statement or b"") == released.statement.to_bytes():
        return True
    raise BadMessage("duplicate_id")


def _case(node: Node, message: ReceivedMessage[About], direction: Direction) -> tuple[Case, Partner]:
    """The case of the request that a message is about, and its sender; a partner can speak of its own requests only."""
    partner, own = get_partner(node, message.partner_id), node.settings.name
    asking, asked = (own, partner.name) if direction is Direction.OUTGOING else (partner.name, own)
    request = (
        Request.objects.select_for_update()
        .filter(id=message.value.request, requesting=asking, requested=asked, thread_id=message.thread_id)
        .first()
    )
    if request is None:
        raise BadMessage("unknown_request")
    return read_case(node, request), partner


def _no_later(at: datetime, received_at: datetime) -> datetime:
    """The moment that the partner states, never later than receipt: a clock that runs fast gains nothing."""
    return min(at, received_at)
