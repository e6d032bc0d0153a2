"""Answering: drafted by one officer, approved by another.

A refusal is itself checked (R22), and a protected ground leaves as one neutral code.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, require_four_eyes
from entraide.kernel.ids import MessageId, RequestId, UserId, new_uuid
from entraide.kernel.node import Node
from entraide.requests.adapters.records import open_content, seal_content
from entraide.requests.adapters.vocabulary import code_sets, load_form
from entraide.requests.domain.answers import (
    AnswerOutcome,
    derive_act,
    derive_sent_answer,
    preserved_until,
    require_grounds,
)
from entraide.requests.domain.completeness import decide_completeness
from entraide.requests.domain.errors import AnswerIncomplete, NoSuchAnswer
from entraide.requests.domain.forms import Form
from entraide.requests.domain.lifecycle import Act, Direction
from entraide.requests.domain.messages import RequestAnswered
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.statements import ANSWER_LABEL, AnswerStatement, derive_content_digest, describe_form
from entraide.requests.models import Answer, Request
from entraide.requests.selectors import read_sides
from entraide.requests.services.acts import load_request, move_on, require_other_eyes, require_part, require_unchanged
from entraide.requests.services.release import name_message, tell
from entraide.storage.api import transaction

DRAFT, APPROVED, RECEIVED = "draft", "approved", "received"


def draft_answer(node: Node, *, actor: Actor, request_id: RequestId, content: Mapping[str, Any]) -> UUID:
    """Write or replace the draft of an answer, complete or not, and return its id; the writer becomes its drafter.

    Raises `RoleMissing` unless `actor` is a case officer, `NoSuchRequest` or `ActOutOfTurn` (acknowledge first).
    """
    require_part(actor, Direction.INCOMING, Act.ANSWER_DRAFTED)
    form = load_form(node, "answer")
    with transaction(node):
        request = load_request(request_id)
        answer = Answer.objects.filter(request=request, state=DRAFT).first() or Answer(
            id=new_uuid(node), request=request, state=DRAFT
        )
        answer.form_version, answer.form_digest = form.version, form.digest
        answer.outcome = str(content.get("outcome", ""))[:20]
        answer.drafter_id = actor.user_id
        answer.created_at = node.clock.now()
        answer.content = seal_content(node, request, content, node.random.draw(32), part_of(answer))
        answer.save()
        move_on(node, request, Act.ANSWER_DRAFTED, actor=actor, content={"answer": str(answer.id)})
    return answer.id


def approve_answer(
    node: Node, *, actor: Actor, request_id: RequestId, based_on: datetime | None = None
) -> MessageId | None:
    """Approve the drafted answer with a second pair of eyes: signed, sent, the request answered (or postponed).

    Returns the id of its message, None where the requesting party is on paper.
    `based_on` is when the draft that the approver read was written. Raises `RoleMissing`, `SamePerson` for everyone who
    wrote a part of it, `NoSuchAnswer`, `ReadChanged`, `AnswerIncomplete`, and for a refusal
    `RefusalWithoutConsultation` (R22) or `ProtectedGroundRefusesAll`.
    """
    require_part(actor, Direction.INCOMING, Act.ANSWERED)
    with transaction(node):
        request = load_request(request_id)
        sides = read_sides(node, request)
        answer = Answer.objects.select_for_update().filter(request=request, state=DRAFT).first()
        if answer is None:
            raise NoSuchAnswer
        require_four_eyes(UserId(answer.drafter_id or actor.user_id), actor)
        require_other_eyes(node, request, actor, Act.ANSWERED)
        require_unchanged(request.reference, answer.created_at, based_on)
        content = open_content(node, request, answer.content, part_of(answer)).content
        require_grounds(content)
        form = load_form(node, "answer")
        decision = decide_completeness(form, content, code_sets(node), node.clock.now())
        if not decision.allows:
            raise AnswerIncomplete(reference=request.reference, count=len(decision.reasons))
        return _send(node, request, sides, answer, form, content, actor)


def part_of(answer: Answer) -> str:
    """Return the name under which the answer's content is sealed."""
    return f"answer/{answer.id}"


def _send(
    node: Node, request: Request, sides: Sides, answer: Answer, form: Form, content: dict[str, Any], actor: Actor
) -> MessageId | None:
    now, sent = node.clock.now(), derive_sent_answer(content)
    # A salt of its own: what is sent may be less than what was written, and its digest must not lead to the rest.
    salt = node.random.draw(32)
    statement = AnswerStatement(
        request=request.id,
        reference=request.reference,
        form=describe_form(form),
        content_digest=derive_content_digest(sent, salt),
        requesting=sides.requesting.id,
        requested=sides.requested.id,
        outcome=sent["outcome"],
        at=now,
    )
    signed = statement.to_bytes()
    signature = node.keyring.sign(ANSWER_LABEL, signed, at=now)
    answered = RequestAnswered(request.id, answer.id, statement.form, sent, salt, statement, signature)
    message_id = tell(node, request, sides, answered)
    answer.state, answer.approver_id, answer.approved_at = APPROVED, actor.user_id, now
    answer.outcome, answer.message_id = sent["outcome"], message_id
    answer.statement, answer.signature = signed, signature.to_json()
    answer.save()
    request.preserved_until = preserved_until(sent)
    entry = {"answer": str(answer.id), "content": statement.content_digest, **name_message(message_id)}
    act = derive_act(AnswerOutcome(sent["outcome"]))
    move_on(node, request, act, actor=actor, code=sent["outcome"], at=now, content=entry)
    return message_id
