"""Taking over what a partner sent about a request: verified, evaluated again by this node's own rules, applied once."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from entraide.channel.api import ReceivedMessage
from entraide.directory.api import Partner, get_partner
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.errors import BadInput
from entraide.kernel.ids import PartnerId
from entraide.kernel.node import Node
from entraide.kernel.signing import Signature
from entraide.kernel.text import N_
from entraide.keys.api import verify_signature
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
from entraide.requests.domain.statements import (
    ANSWER_LABEL,
    RELEASE_LABEL,
    describe_form,
    parse_moment,
    verify_statement,
)
from entraide.requests.models import Answer, Request
from entraide.requests.services.acts import derive_due_dates, journal, move_on, note_event
from entraide.requests.services.answers import RECEIVED, part_of
from entraide.requests.services.cases import read_case
from entraide.requests.services.checks import check_case, store_findings
from entraide.requests.services.drafts import copy_columns
from entraide.storage.api import transaction

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,39}")


class BadMessage(BadInput):
    """A partner's message cannot be taken over; `why` is the code that goes back to it."""

    code = "requests.bad_message"
    message = N_("A partner's message about a request was rejected: {why}.")
    remedy = N_("The partner sees the code and can send it again.")

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why=why)


def accept_request(node: Node, message: ReceivedMessage) -> None:
    """Take over a released request.

    (1) The message has its parts, and its thread is the request's. (2) The form is known here in the same version with
    the same digest. (3) The statement says what came with it and names this pair of nodes. (4) The partner's signature
    over the statement holds. (5) The content answers the form as of its release. (6) It is not here yet: the very same
    request again is accepted and changes nothing, another one under its id or reference is rejected. (7) This node's
    own safeguards evaluate it; what they find is shown to its officers and never sent back. Raises `BadMessage` or
    what verification raises.
    """
    payload, partner = message.payload, get_partner(message.partner_id)
    request_id, form, content, salt = _parts(node, payload, list_forms(node))
    if message.thread_id != request_id:
        raise BadMessage("thread_mismatch")
    statement = _verified(payload, partner, RELEASE_LABEL, form, content, salt, partner.name, node.settings.name)
    at = _moment(statement.get("at"), message.received_at)
    reference = _reference(payload.get("reference"))
    if statement.get("request") != str(request_id) or statement.get("reference") != reference:
        raise BadMessage("statement_mismatch")
    if not decide_completeness(form, content, code_sets(node), at).allows:
        raise BadMessage("incomplete")
    if _is_here(message, request_id, reference, statement):
        return
    _store_request(node, message, form, reference, content, salt, statement)


def accept_acknowledgement(node: Node, message: ReceivedMessage) -> None:
    """Take over that a human at the partner acknowledged the request; a second one changes nothing."""
    request = _own_request(message)
    form = load_form(node, "acknowledgement")
    content = _content(message.payload)
    if message.payload.get("form") != describe_form(form):
        raise BadMessage("unknown_form")
    at = _moment(message.payload.get("at"), message.received_at)
    if not decide_completeness(form, content, code_sets(node), at).allows:
        raise BadMessage("incomplete")
    if _has_event(request, Act.ACKNOWLEDGED):
        return
    with transaction(node):
        request.partner_reference = str(content.get("own_reference", ""))[:40]
        move_on(node, request, Act.ACKNOWLEDGED, by=content["handling_post"], code=content["assigned_to"], at=at)


def accept_progress(node: Node, message: ReceivedMessage) -> None:
    """Take over that the partner decided to execute the request; a second one changes nothing."""
    request = _own_request(message)
    if message.payload.get("act") != Act.EXECUTION_STARTED.value:
        raise BadMessage("unknown_act")
    if _has_event(request, Act.EXECUTION_STARTED):
        return
    at = _moment(message.payload.get("at"), message.received_at)
    move_on(node, request, Act.EXECUTION_STARTED, by=_partner(request).name, at=at)


def accept_answer(node: Node, message: ReceivedMessage) -> None:
    """Take over an answer: form, statement and signature as for a request; the same answer again changes nothing."""
    request = _own_request(message)
    payload, partner = message.payload, _partner(request)
    answer_id = _uuid(payload.get("answer"))
    _, form, content, salt = _parts(node, payload, ("answer",))
    statement = _verified(payload, partner, ANSWER_LABEL, form, content, salt, node.settings.name, partner.name)
    at = _moment(statement.get("at"), message.received_at)
    if statement.get("request") != str(request.id) or statement.get("outcome") != content.get("outcome"):
        raise BadMessage("statement_mismatch")
    neutral = content == {"outcome": AnswerOutcome.REFUSED.value, "ground": NEUTRAL_GROUND}
    if not neutral and not decide_completeness(form, content, code_sets(node), at).allows:
        raise BadMessage("incomplete")
    earlier = Answer.objects.filter(id=answer_id).first()
    if earlier is not None:
        if earlier.request_id == request.id and bytes(earlier.statement or b"") == canonical_bytes(statement):
            return
        raise BadMessage("duplicate_id")
    with transaction(node):
        answer = Answer(
            id=answer_id,
            request=request,
            form_version=form.version,
            form_digest=form.digest,
            state=RECEIVED,
            outcome=content["outcome"],
            message_id=message.message_id,
            created_at=node.clock.now(),
            approved_at=at,
            statement=canonical_bytes(statement),
            signature=payload["signature"],
        )
        answer.content = seal_content(node, request, content, salt, part_of(answer))
        answer.save()
        request.preserved_until = preserved_until(content)
        act = derive_act(AnswerOutcome(content["outcome"]))
        entry = {"answer": str(answer_id), "content": statement["content_digest"], "message": str(message.message_id)}
        move_on(node, request, act, by=partner.name, code=content["outcome"], at=at, content=entry)


def accept_withdrawal(node: Node, message: ReceivedMessage) -> None:
    """Take over that the requesting side withdrew its request; a second one changes nothing."""
    request = _request(message, Direction.INCOMING)
    if _has_event(request, Act.WITHDRAWN):
        return
    at = _moment(message.payload.get("at"), message.received_at)
    move_on(node, request, Act.WITHDRAWN, by=_partner(request).name, at=at)


def _store_request(
    node: Node,
    message: ReceivedMessage,
    form: Form,
    reference: str,
    content: dict[str, Any],
    salt: bytes,
    statement: dict[str, Any],
) -> None:
    with transaction(node):
        request = Request(
            id=_uuid(message.payload.get("request")),
            direction=Direction.INCOMING.value,
            partner_id=message.partner_id,
            thread_id=message.thread_id,
            reference=reference,
            form_id=form.id,
            form_version=form.version,
            form_digest=form.digest,
            state=load_lifecycle().start(Direction.INCOMING).value,
            domain=form.domain,
            message_id=message.message_id,
            created_at=node.clock.now(),
            changed_at=node.clock.now(),
            statement=canonical_bytes(statement),
            signature=message.payload["signature"],
        )
        create_record_key(node, request)
        request.content = seal_content(node, request, content, salt)
        copy_columns(node, request, form, content)
        check = check_case(node, read_case(node, request))
        request.save()
        at = _moment(statement.get("at"), message.received_at)
        note_event(node, request, Act.RELEASED, at=at, by=str(statement.get("approved_by", "")))
        note_event(node, request, Act.RECEIVED, at=message.received_at, by=node.settings.name)
        store_findings(node, request, check)
        derive_due_dates(node, request)
        request.save()
        facts = {"content": statement["content_digest"], "outcome": request.outcome, "rules": request.rules_digest}
        journal(node, request, Act.RECEIVED, content={**facts, "message": str(message.message_id)})


def _parts(node: Node, payload: Mapping[str, Any], forms: tuple[str, ...]) -> tuple[UUID, Form, dict[str, Any], bytes]:
    described = payload.get("form")
    form_id = described.get("id") if isinstance(described, Mapping) else None
    if form_id not in forms:
        raise BadMessage("unknown_form")
    form = load_form(node, str(form_id))
    if described != describe_form(form):
        raise BadMessage("form_version")
    try:
        salt = bytes.fromhex(str(payload.get("salt")))
    except ValueError as error:
        raise BadMessage("malformed") from error
    if len(salt) != 32:
        raise BadMessage("malformed")
    return _uuid(payload.get("request")), form, _content(payload), salt


def _verified(
    payload: Mapping[str, Any],
    partner: Partner,
    label: str,
    form: Form,
    content: Mapping[str, Any],
    salt: bytes,
    requesting: str,
    requested: str,
) -> dict[str, Any]:
    statement = payload.get("statement")
    if not isinstance(statement, dict):
        raise BadMessage("malformed")
    verify_statement(
        statement, label=label, form=form, content=content, salt=salt, requesting=requesting, requested=requested
    )
    signature = Signature.from_json(payload.get("signature"))
    verify_signature(partner.public_keys, label, canonical_bytes(statement), signature)
    return statement


def _is_here(message: ReceivedMessage, request_id: UUID, reference: str, statement: Mapping[str, Any]) -> bool:
    request = Request.objects.filter(id=request_id).first()
    if request is None:
        taken = Request.objects.filter(
            direction=Direction.INCOMING, partner_id=message.partner_id, reference=reference
        ).exists()
        if taken:
            raise BadMessage("duplicate_reference")
        return False
    same = request.direction == Direction.INCOMING and request.partner_id == message.partner_id
    if same and bytes(request.statement or b"") == canonical_bytes(statement):
        return True
    raise BadMessage("duplicate_id")


def _own_request(message: ReceivedMessage) -> Request:
    return _request(message, Direction.OUTGOING)


def _request(message: ReceivedMessage, direction: Direction) -> Request:
    """The request that a message is about; a partner can speak of its own requests only."""
    request = (
        Request.objects.select_for_update()
        .filter(id=_uuid(message.payload.get("request")), partner_id=message.partner_id, direction=direction)
        .first()
    )
    if request is None or request.thread_id != message.thread_id:
        raise BadMessage("unknown_request")
    return request


def _partner(request: Request) -> Partner:
    return get_partner(PartnerId(request.partner_id))


def _has_event(request: Request, act: Act) -> bool:
    return request.events.filter(kind=act.value).exists()


def _content(payload: Mapping[str, Any]) -> dict[str, Any]:
    content = payload.get("content")
    if not isinstance(content, dict):
        raise BadMessage("malformed")
    return content


def _uuid(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise BadMessage("malformed") from error


def _reference(value: object) -> str:
    """A reference is read aloud, put in lists and journaled: letters, digits and separators, whole, at most 40."""
    if not isinstance(value, str) or not _REFERENCE.fullmatch(value):
        raise BadMessage("malformed")
    return value


def _moment(value: object, received_at: datetime) -> datetime:
    """The moment that the partner states, never later than receipt: a clock that runs fast gains nothing."""
    try:
        return min(parse_moment(str(value)), received_at)
    except ValueError as error:
        raise BadMessage("malformed") from error
