"""Taking over what a partner sent about a request: verified, evaluated again by this node's own rules, applied once."""

from datetime import datetime
from typing import TypeVar

from entraide.channel.api import ReceivedMessage
from entraide.directory.api import Partner, get_partner
from entraide.kernel.errors import BadInput
from entraide.kernel.node import Node
from entraide.kernel.signing import Signature
from entraide.kernel.text import N_
from entraide.keys.api import verify_dated_signature
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.adapters.records import create_record_key, seal_content
from entraide.requests.adapters.vocabulary import code_sets, list_forms, load_form
from entraide.requests.domain.answers import (
    NEUTRAL_GROUND,
    AnswerOutcome,
    derive_act,
    preserved_until,
)
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
from entraide.requests.domain.statements import (
    ANSWER_LABEL,
    RELEASE_LABEL,
    AnswerStatement,
    FormNamed,
    ReleaseStatement,
    describe_form,
    verify_statement,
)
from entraide.requests.models import Answer, Request
from entraide.requests.services.acts import derive_due_dates, journal, move_on, note_event
from entraide.requests.services.answers import RECEIVED, part_of
from entraide.requests.services.cases import read_case
from entraide.requests.services.checks import check_case, store_findings
from entraide.requests.services.drafts import copy_columns
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
    (request, _), acknowledged = _request(node, message, Direction.OUTGOING), message.value
    form, content = load_form(node, "acknowledgement"), acknowledged.content
    if acknowledged.form != describe_form(form):
        raise BadMessage(UNKNOWN_FORM)
    at = _no_later(acknowledged.at, message.received_at)
    if not decide_completeness(form, content, code_sets(node), at).allows:
        raise BadMessage("incomplete")
    if _has_event(request, Act.ACKNOWLEDGED):
        return
    with transaction(node):
        request.partner_reference = str(content.get("own_reference", ""))[:40]
        move_on(node, request, Act.ACKNOWLEDGED, by=content["handling_post"], code=content["assigned_to"], at=at)


def accept_progress(node: Node, message: ReceivedMessage[RequestProgressed]) -> None:
    """Take over that the partner decided to execute the request; a second one changes nothing.

    Raises `BadMessage`.
    """
    (request, partner), progressed = _request(node, message, Direction.OUTGOING), message.value
    if progressed.act != Act.EXECUTION_STARTED.value:
        raise BadMessage("unknown_act")
    if _has_event(request, Act.EXECUTION_STARTED):
        return
    at = _no_later(progressed.at, message.received_at)
    move_on(node, request, Act.EXECUTION_STARTED, by=partner.name, at=at)


def accept_answer(node: Node, message: ReceivedMessage[RequestAnswered]) -> None:
    """Take over an answer: form, statement and signature as for a request; the same answer again changes nothing.

    Raises `BadMessage`.
    """
    (request, partner), answered = _request(node, message, Direction.OUTGOING), message.value
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
    if statement.request != request.id or statement.outcome != content.get("outcome"):
        raise BadMessage("statement_mismatch")
    neutral = content == {"outcome": AnswerOutcome.REFUSED.value, "ground": NEUTRAL_GROUND}
    if not neutral and not decide_completeness(form, content, code_sets(node), at).allows:
        raise BadMessage("incomplete")
    earlier = Answer.objects.filter(id=answered.answer).first()
    if earlier is not None:
        if earlier.request_id == request.id and bytes(earlier.statement or b"") == statement.to_bytes():
            return
        raise BadMessage("duplicate_id")
    _store_answer(node, message, partner, request, form, at)


def accept_withdrawal(node: Node, message: ReceivedMessage[RequestWithdrawn]) -> None:
    """Take over that the requesting side withdrew its request; a second one changes nothing."""
    request, partner = _request(node, message, Direction.INCOMING)
    if _has_event(request, Act.WITHDRAWN):
        return
    at = _no_later(message.value.at, message.received_at)
    move_on(node, request, Act.WITHDRAWN, by=partner.name, at=at)


def _store_request(node: Node, message: ReceivedMessage[RequestReleased], partner: Partner, form: Form) -> None:
    released, statement = message.value, message.value.statement
    with transaction(node):
        request = Request(
            id=released.request,
            requesting=partner.name,
            requested=node.settings.name,
            thread_id=message.thread_id,
            reference=released.reference,
            form_id=form.id,
            form_version=form.version,
            form_digest=form.digest,
            state=load_lifecycle().start(Direction.INCOMING).value,
            domain=form.domain,
            message_id=message.message_id,
            created_at=node.clock.now(),
            changed_at=node.clock.now(),
            statement=statement.to_bytes(),
            signature=released.signature.to_json(),
        )
        create_record_key(node, request)
        request.content = seal_content(node, request, released.content, released.salt)
        copy_columns(node, request, form, released.content)
        check = check_case(node, read_case(node, request))
        request.save()
        at = _no_later(statement.at, message.received_at)
        note_event(node, request, Act.RELEASED, at=at, by=statement.approved_by)
        note_event(node, request, Act.RECEIVED, at=message.received_at, by=node.settings.name)
        store_findings(node, request, check)
        derive_due_dates(node, request)
        request.save()
        facts = {"content": statement.content_digest, "outcome": request.outcome, "rules": request.rules_digest}
        journal(node, request, Act.RECEIVED, content={**facts, "message": str(message.message_id)})


def _store_answer(
    node: Node,
    message: ReceivedMessage[RequestAnswered],
    partner: Partner,
    request: Request,
    form: Form,
    at: datetime,
) -> None:
    answered, content = message.value, message.value.content
    with transaction(node):
        answer = Answer(
            id=answered.answer,
            request=request,
            form_version=form.version,
            form_digest=form.digest,
            state=RECEIVED,
            outcome=content["outcome"],
            message_id=message.message_id,
            created_at=message.received_at,
            approved_at=at,
            statement=answered.statement.to_bytes(),
            signature=answered.signature.to_json(),
        )
        answer.content = seal_content(node, request, content, answered.salt, part_of(answer))
        answer.save()
        request.preserved_until = preserved_until(content)
        act = derive_act(AnswerOutcome(content["outcome"]))
        entry = {
            "answer": str(answered.answer),
            "content": answered.statement.content_digest,
            "message": str(message.message_id),
        }
        move_on(node, request, act, by=partner.name, code=content["outcome"], at=at, content=entry)


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


def _request(node: Node, message: ReceivedMessage[About], direction: Direction) -> tuple[Request, Partner]:
    """The request that a message is about, and its sender; a partner can speak of its own requests only."""
    partner, own = get_partner(node, message.partner_id), node.settings.name
    asking, asked = (own, partner.name) if direction is Direction.OUTGOING else (partner.name, own)
    request = (
        Request.objects.select_for_update()
        .filter(id=message.value.request, requesting=asking, requested=asked, thread_id=message.thread_id)
        .first()
    )
    if request is None:
        raise BadMessage("unknown_request")
    return request, partner


def _has_event(request: Request, act: Act) -> bool:
    return request.events.filter(kind=act.value).exists()


def _no_later(at: datetime, received_at: datetime) -> datetime:
    """The moment that the partner states, never later than receipt: a clock that runs fast gains nothing."""
    return min(at, received_at)
