"""What a party on paper did with a request of this node, recorded by hand; the journal says how the paper came."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from entraide.access.api import Actor
from entraide.directory.api import PaperFact, parse_day
from entraide.directory.domain.paper import parse_scan
from entraide.kernel.ids import RequestId, new_uuid
from entraide.kernel.node import Node
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.adapters.records import seal_content
from entraide.requests.adapters.vocabulary import code_sets, load_form
from entraide.requests.domain.answers import AnswerOutcome
from entraide.requests.domain.case import Case, Written
from entraide.requests.domain.completeness import decide_completeness
from entraide.requests.domain.errors import AnswerIncomplete
from entraide.requests.domain.forms import Form
from entraide.requests.domain.lifecycle import Act
from entraide.requests.domain.paper import (
    PAPER_LABEL,
    Means,
    NotOnPaper,
    PaperPostMissing,
    PaperStatement,
    derive_moment,
)
from entraide.requests.domain.statements import describe_form
from entraide.requests.domain.steps import require_turn
from entraide.requests.models import Answer
from entraide.requests.services.acts import move_on, require_other_eyes, require_part
from entraide.requests.services.answers import RECEIVED, note_answer, part_of
from entraide.requests.services.cases import load_case
from entraide.storage.api import transaction

ANSWERS = (Act.ANSWERED, Act.POSTPONED)


@dataclass(frozen=True, slots=True)
class Held:
    """A paper as it is kept: its fact with clean parts, how it came, and the moment that it counts from."""

    fact: PaperFact
    means: Means
    at: datetime

    @property
    def entry(self) -> dict[str, str]:
        """What the journal says of it."""
        return {"means": self.means.value, "signed_on": self.fact.signed_on, "scan": self.fact.scan}


def record_on_paper(
    node: Node, *, actor: Actor, request_id: RequestId, act: Act, fact: PaperFact, means: Means
) -> None:
    """Record that a party on paper received, acknowledged or began to execute a request of this node.

    Raises `NoSuchRequest`, `NotOnPaper` for a party with a node and for an act that is not that party's, `RoleMissing`,
    `ActOutOfTurn`, `PaperPostMissing`, `PaperDayOutOfRange`, `NotADate` and `BadScan`.
    """
    with transaction(node):
        case = load_case(node, request_id)
        if act in ANSWERS:
            raise NotOnPaper
        held = _hold(node, case, actor, act, fact, means)
        move_on(node, case, act, actor=actor, by=held.fact.post, at=held.at, entry=held.entry)


def record_paper_answer(
    node: Node, *, actor: Actor, request_id: RequestId, content: Mapping[str, Any], fact: PaperFact, means: Means
) -> UUID:
    """Record the answer of a party on paper as the form `answer` says it, sealed by this node, and return its id.

    Raises `SamePerson` for everyone who wrote a part of the request, `AnswerIncomplete`, and as `record_on_paper` does;
    `actor` is an approver.
    """
    form = load_form(node, "answer")
    with transaction(node):
        case, now = load_case(node, request_id, eyes_on=Act.ANSWERED), node.clock.now()
        act = Act.POSTPONED if content.get("outcome") == AnswerOutcome.POSTPONED else Act.ANSWERED
        held = _hold(node, case, actor, act, fact, means)
        require_other_eyes(case, actor)
        decision = decide_completeness(form, content, code_sets(node), now)
        if not decision.allows:
            raise AnswerIncomplete(reference=case.reference, count=len(decision.reasons))
        written, answer_id = Written(content, node.random.draw(32)), new_uuid(node)
        statement = _state(case, form, written, held, actor, now)
        signed = statement.to_bytes()
        Answer.objects.create(
            id=answer_id,
            request_id=case.id,
            form_version=form.version,
            form_digest=form.digest,
            state=RECEIVED,
            outcome=statement.outcome,
            approver_id=actor.user_id,
            created_at=now,
            approved_at=held.at,
            statement=signed,
            signature=node.keyring.sign(PAPER_LABEL, signed, at=now).to_json(),
            content=seal_content(node, case, content, written.salt, part_of(answer_id)),
        )
        entry = {"answer": str(answer_id), "content": statement.content_digest, **held.entry}
        note_answer(node, case, content, actor=actor, by=held.fact.post, at=held.at, entry=entry)
    return answer_id


def _hold(node: Node, case: Case, actor: Actor, act: Act, fact: PaperFact, means: Means) -> Held:
    """Return the paper as it is kept, once it may be recorded by `actor` and in this state."""
    life = load_lifecycle()
    if not case.sides.on_paper or not life.is_partners(case.direction, act):
        raise NotOnPaper
    require_part(actor, case.direction, act, on_paper=True)
    require_turn(case, life, act)
    post = " ".join(fact.post.replace("\0", " ").split())[:200]
    if not post:
        raise PaperPostMissing
    day = parse_day(fact.signed_on)
    at = derive_moment(day, case.events, node.clock.now())
    return Held(replace(fact, post=post, signed_on=day, scan=parse_scan(fact.scan)), means, at)


def _state(case: Case, form: Form, written: Written, held: Held, actor: Actor, now: datetime) -> PaperStatement:
    return PaperStatement(
        request=case.id,
        reference=case.reference,
        form=describe_form(form),
        content_digest=written.digest,
        requesting=case.sides.requesting.id,
        requested=case.sides.requested.id,
        outcome=str(written.content["outcome"]),
        post=held.fact.post,
        signed_on=held.fact.signed_on,
        means=held.means,
        scan=held.fact.scan,
        recorded_by=actor.post,
        at=now,
    )
