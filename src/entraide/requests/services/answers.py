"""Answering: drafted by one officer, approved by another.

A refusal is itself checked (R22), and a protected ground leaves as one neutral code.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, require_four_eyes
from entraide.kernel.ids import MessageId, RequestId, new_uuid
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
from entraide.requests.domain.case import AnswerRecord, Case
from entraide.requests.domain.completeness import decide_completeness
from entraide.requests.domain.errors import AnswerIncomplete, NoSuchAnswer
from entraide.requests.domain.forms import Form
from entraide.requests.domain.lifecycle import Act, Direction
from entraide.requests.domain.messages import RequestAnswered
from entraide.requests.domain.statements import ANSWER_LABEL, AnswerStatement, derive_content_digest, describe_form
from entraide.requests.models import Answer
from entraide.requests.services.acts import move_on, require_other_eyes, require_part, require_unchanged
from entraide.requests.services.cases import load_case
from entraide.requests.services.telling import name_message, tell
from entraide.storage.api import transaction

DRAFT, APPROVED, RECEIVED = "draft", "approved", "received"


def draft_answer(node: Node, *, actor: Actor, request_id: RequestId, content: Mapping[str, Any]) -> UUID:
    """Write or replace the draft of an answer, complete or not, and return its id; the writer becomes its drafter.

    Raises `RoleMissing` unless `actor` is a case officer, `NoSuchRequest` or `ActOutOfTurn` (acknowledge first).
    """
    require_part(actor, Direction.INCOMING, Act.ANSWER_DRAFTED)
    form = load_form(node, "answer")
    with transaction(node):
        case = load_case(node, request_id)
        answer_id = case.draft_answer.id if case.draft_answer else new_uuid(node)
        columns = {
            "request_id": case.id,
            "state": DRAFT,
            "form_version": form.version,
            "form_digest": form.digest,
            "outcome": str(content.get("outcome", ""))[:20],
            "drafter_id": actor.user_id,
            "created_at": node.clock.now(),
            "content": seal_content(node, case, content, node.random.draw(32), part_of(answer_id)),
        }
        if case.draft_answer:
            Answer.objects.filter(id=answer_id).update(**columns)
        else:
            Answer.objects.create(id=answer_id, **columns)
        move_on(node, case, Act.ANSWER_DRAFTED, actor=actor, entry={"answer": str(answer_id)})
    return answer_id


def approve_answer(
    node: Node, *, actor: Actor, request_id: RequestId, based_on: datetime | None = None
) -> MessageId | None:
    """Approve the drafted answer with a second pair of eyes: signed, sent, the request answered (or postponed).

    Returns the id of its message, None where the requesting party is on paper. `based_on` is when the draft that the
    approver read was written. Raises `RoleMissing`, `SamePerson` for everyone who wrote a part of it, `NoSuchAnswer`,
    `ReadChanged`, `AnswerIncomplete`, and for a refusal `RefusalWithoutConsultation` (R22) or
    `ProtectedGroundRefusesAll`.
    """
    require_part(actor, Direction.INCOMING, Act.ANSWERED)
    with transaction(node):
        case = load_case(node, request_id, eyes_on=Act.ANSWERED)
        answer = case.draft_answer
        if answer is None:
            raise NoSuchAnswer
        require_four_eyes(answer.drafter or actor.user_id, actor)
        require_other_eyes(case, actor)
        require_unchanged(case.reference, answer.written_at, based_on)
        content = open_content(node, case, answer.content, part_of(answer.id)).content
        require_grounds(content)
        form = load_form(node, "answer")
        decision = decide_completeness(form, content, code_sets(node), node.clock.now())
        if not decision.allows:
            raise AnswerIncomplete(reference=case.reference, count=len(decision.reasons))
        return _send(node, case, answer, form, content, actor)


def part_of(answer_id: UUID) -> str:
    """Return the name under which an answer's content is sealed."""
    return f"answer/{answer_id}"


def _send(
    node: Node, case: Case, answer: AnswerRecord, form: Form, content: dict[str, Any], actor: Actor
) -> MessageId | None:
    now, sent = node.clock.now(), derive_sent_answer(content)
    # A salt of its own: what is sent may be less than what was written, and its digest must not lead to the rest.
    salt = node.random.draw(32)
    statement = AnswerStatement(
        request=case.id,
        reference=case.reference,
        form=describe_form(form),
        content_digest=derive_content_digest(sent, salt),
        requesting=case.sides.requesting.id,
        requested=case.sides.requested.id,
        outcome=sent["outcome"],
        at=now,
    )
    signed = statement.to_bytes()
    signature = node.keyring.sign(ANSWER_LABEL, signed, at=now)
    message_id = tell(node, case, RequestAnswered(case.id, answer.id, statement.form, sent, salt, statement, signature))
    Answer.objects.filter(id=answer.id).update(
        state=APPROVED,
        approver_id=actor.user_id,
        approved_at=now,
        outcome=sent["outcome"],
        message_id=message_id,
        statement=signed,
        signature=signature.to_json(),
    )
    entry = {"answer": str(answer.id), "content": statement.content_digest, **name_message(message_id)}
    note_answer(node, case, sent, actor=actor, at=now, entry=entry)
    return message_id


def note_answer(
    node: Node,
    case: Case,
    content: Mapping[str, Any],
    *,
    at: datetime,
    entry: Mapping[str, Any],
    actor: Actor | None = None,
    by: str = "",
) -> None:
    """Move a request on by an answer of this `content`: answered, or postponed, with what it promises to preserve."""
    until = preserved_until(content)
    act = derive_act(AnswerOutcome(content["outcome"]))
    move_on(
        node,
        replace(case, preserved_until=until),
        act,
        actor=actor,
        by=by,
        code=content["outcome"],
        at=at,
        entry=entry,
        columns={"preserved_until": until},
    )
