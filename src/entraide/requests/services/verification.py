"""What was signed about a request, verified again at any later time: with the signer's keys of that day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from entraide.kernel.codecs import Malformed
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.ids import RequestId
from entraide.kernel.node import Node
from entraide.kernel.signing import Signature
from entraide.kernel.text import N_
from entraide.keys.api import key_fingerprint, verify_dated_signature
from entraide.requests.domain.lifecycle import Act, Direction
from entraide.requests.domain.paper import PAPER_LABEL, PaperStatement
from entraide.requests.domain.statements import (
    ANSWER_LABEL,
    RELEASE_LABEL,
    AnswerStatement,
    ReleaseStatement,
    StatementMismatch,
)
from entraide.requests.models import Answer, Request
from entraide.requests.selectors import direction_of, find_partner_of, read_sides
from entraide.requests.services.cases import load_request

_STATEMENTS: Final[dict[str, type[ReleaseStatement | AnswerStatement | PaperStatement]]] = {
    RELEASE_LABEL: ReleaseStatement,
    ANSWER_LABEL: AnswerStatement,
    PAPER_LABEL: PaperStatement,
}


@dataclass(frozen=True, slots=True)
class VerifiedStatement:
    """A statement that holds: its kind (a label), the node that signed it, when, and its keys' fingerprint."""

    label: str
    signer: str
    at: datetime
    fingerprint: str


def verify_statements(node: Node, request_id: RequestId) -> list[VerifiedStatement]:
    """Verify the release of a request and its answers as they lie here, also when their content was erased.

    1. Each statement is of its kind and names this request (`StatementMismatch`).
    2. It is signed by its side, with the keys of the moment that it names, and came while these were accepted
       (`keys.verify_dated_signature`). An answer on paper is sealed by this node, which recorded it.

    Raises `NoSuchRequest`.
    """
    with node.active():
        request = load_request(request_id)
        own = direction_of(node, request) is Direction.OUTGOING
        received = request.events.filter(kind=Act.RECEIVED.value).order_by("at").first()
        stored_at = None if received is None else received.at
        found = []
        if request.statement is not None:
            found.append(_verify(node, request, RELEASE_LABEL, request, stored_at, by_us=own))
        recorded = own and read_sides(node, request).on_paper
        label = PAPER_LABEL if recorded else ANSWER_LABEL
        for answer in Answer.objects.filter(request=request, statement__isnull=False).order_by("created_at"):
            stored_at = answer.created_at if own else None
            found.append(_verify(node, request, label, answer, stored_at, by_us=recorded or not own))
        return found


def _verify(
    node: Node, request: Request, label: str, signed: Request | Answer, stored_at: datetime | None, *, by_us: bool
) -> VerifiedStatement:
    data = bytes(signed.statement or b"")
    try:
        statement = _STATEMENTS[label].from_bytes(data)
    except Malformed as error:
        raise StatementMismatch(what=N_("kind")) from error
    if statement.request != request.id:
        raise StatementMismatch(what=N_("request"))
    signer, history = _signer(node, request, by_us=by_us)
    at = statement.at
    # What this node signed itself was kept in the transaction that signed it.
    keys = verify_dated_signature(
        history, label, data, Signature.from_json(signed.signature), claimed=at, stored_at=stored_at or at
    )
    return VerifiedStatement(label, signer, at, key_fingerprint(keys))


def _signer(node: Node, request: Request, *, by_us: bool) -> tuple[str, KeyHistory]:
    if by_us:
        return node.settings.name, node.keyring.history
    partner = find_partner_of(node, read_sides(node, request))
    return partner.name, partner.keys
