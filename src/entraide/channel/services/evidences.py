"""Issuing, pushing and recording signed statements of evidence."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from entraide.channel.domain.errors import BadStatement, NoSuchMessage, NotForThisNode, UnknownSender
from entraide.channel.domain.evidence import (
    STATEMENT_LABEL,
    Fate,
    Fates,
    Statement,
    StatementKind,
)
from entraide.channel.domain.posts import MAX_STATEMENTS, Recorded, SignedStatement, StatementPush
from entraide.channel.domain.receipts import OutgoingLog, verify_evidence
from entraide.channel.models import EvidenceStatement, InboxMessage, OutboxMessage, ReceivedBatch
from entraide.channel.services.partners import Partnership, find_by_name, find_partnership
from entraide.channel.services.waking import wake_delivery
from entraide.journal.api import append_entry, get_head
from entraide.kernel.codecs import Malformed
from entraide.kernel.ids import LogId, MessageId, PartnerId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import Signature
from entraide.storage.api import (
    insert_row,
    transaction,
)


def issue_statement(node: Node, partner_id: PartnerId, statement: Statement, *, push: bool) -> SignedStatement:
    """Sign and store a statement about the partner's log, inside the running transaction, and return it signed.

    With `push` it is brought to the partner by the worker; a receipt is not, its author asks for it.
    """
    content = statement.to_bytes()
    signature = node.keyring.sign(STATEMENT_LABEL, content, at=statement.at)
    insert_row(
        node.database,
        EvidenceStatement,
        id=new_uuid(node),
        partner_id=partner_id,
        outgoing=False,
        kind=statement.kind,
        n0=statement.n0,
        n1=statement.n1,
        at=statement.at,
        stored_at=node.clock.now(),
        content=content,
        signature=signature.to_json(),
        digest=hashlib.sha256(content).digest(),
        known_to_partner=not push,
    )
    return SignedStatement(content, signature)


def issue_deliveries(node: Node, partnership: Partnership, fates: Fates) -> None:
    """State the fate of messages whose batch has its receipt already: one statement per run of neighbours."""
    final = sorted(position for position, (fate, _) in fates.items() if fate is not Fate.WAITING)
    for first, end in _runs(final):
        issue_statement(
            node,
            partnership.partner.id,
            Statement(
                kind=StatementKind.DELIVERY,
                author=partnership.partner.name,
                reader=node.settings.name,
                n0=first,
                n1=end,
                at=node.clock.now(),
                exceptions={p: fates[p] for p in range(first, end) if fates[p][0] is Fate.REJECTED},
            ),
            push=True,
        )


def record_retrieval(node: Node, *, message_id: MessageId, post: str) -> None:
    """State to the partner that `post` (a title, never a name) opened the message; once per message.

    Raises `NoSuchMessage`.
    """
    with transaction(node):
        row = InboxMessage.objects.filter(message_id=message_id).first()
        if row is None:
            raise NoSuchMessage(message_id=message_id)
        partnership = find_partnership(node, PartnerId(row.partner_id))
        if EvidenceStatement.objects.filter(
            partner_id=row.partner_id, outgoing=False, kind=StatementKind.RETRIEVAL, n0=row.position
        ).exists():
            return
        statement = Statement(
            kind=StatementKind.RETRIEVAL,
            author=partnership.partner.name,
            reader=node.settings.name,
            n0=row.position,
            n1=row.position + 1,
            at=node.clock.now(),
            post=post[:200],
        )
        issue_statement(node, partnership.partner.id, statement, push=True)
        append_entry(node, kind="channel.retrieved", subject=message_id, content={"position": row.position})
    wake_delivery(node)


def record_statement(node: Node, partnership: Partnership, signed: SignedStatement) -> Statement:
    """Verify a partner's signed statement about this node's log and store what it says; the second time changes
    nothing.

    Inside the running transaction. It is judged by `verify_evidence`, which says what is raised, and stored once; the
    messages it covers take their state from it.
    """
    exchange, partner, now = partnership.exchange, partnership.partner, node.clock.now()
    written = OutgoingLog(
        author=node.settings.name,
        reader=partner.name,
        size=get_head(LogId(exchange.outgoing_log_id)).size,
        reader_keys=partner.keys,
    )
    statement = verify_evidence(signed, written, at=now)
    content = signed.content
    created = insert_row(
        node.database,
        EvidenceStatement,
        skip=True,
        id=new_uuid(node),
        partner_id=partnership.partner.id,
        outgoing=True,
        kind=statement.kind,
        n0=statement.n0,
        n1=statement.n1,
        at=statement.at,
        stored_at=now,
        content=content,
        signature=signed.signature.to_json(),
        digest=hashlib.sha256(content).digest(),
        known_to_partner=True,
    )
    if created:
        _take_states(partnership.partner.id, statement)
        append_entry(
            node,
            kind=f"channel.{statement.kind}_recorded",
            subject=partnership.partner.id,
            content={
                "n0": statement.n0,
                "n1": statement.n1,
                "statement": hashlib.sha256(content).hexdigest(),
                "exceptions": len(statement.exceptions),
            },
        )
    return statement


def _take_states(partner_id: PartnerId, statement: Statement) -> None:
    if statement.kind is StatementKind.RETRIEVAL:
        return
    state = OutboxMessage.State
    covered = OutboxMessage.objects.filter(
        partner_id=partner_id,
        position__gte=statement.n0,
        position__lt=statement.n1,
        state__in=[state.SENT, state.RELAYED],
    )
    for position, (fate, code) in statement.exceptions.items():
        waits = fate is Fate.WAITING
        covered.filter(position=position).update(
            state=state.RELAYED if waits else state.REJECTED, code=code, ended_at=None if waits else statement.at
        )
    if statement.exceptions:
        covered = covered.exclude(position__in=list(statement.exceptions))
    covered.update(state=state.DELIVERED, code="", ended_at=statement.at)


def write_push(node: Node, partnership: Partnership) -> tuple[bytes, list[UUID]]:
    """Return a push of up to 100 statements that the partner does not know yet, and their ids; empty when there is
    none.
    """
    rows = EvidenceStatement.objects.filter(partner_id=partnership.partner.id, known_to_partner=False)
    chosen = list(rows.order_by("at", "id")[:MAX_STATEMENTS])
    if not chosen:
        return b"", []
    statements = [SignedStatement(bytes(row.content), Signature.from_json(row.signature)) for row in chosen]
    push = StatementPush(node.settings.name, partnership.partner.name, tuple(statements))
    return push.to_bytes(), [row.id for row in chosen]


def mark_pushed(node: Node, ids: Sequence[UUID]) -> None:
    """Remember that the partner has the statements `ids`."""
    with transaction(node):
        EvidenceStatement.objects.filter(id__in=ids).update(known_to_partner=True)


def receive_statements(node: Node, body: bytes) -> bytes:
    """Record every statement of a push and say how many; called by the peer door.

    Raises `BadStatement`, `UnknownSender`, `NotForThisNode` or what `verify_dated_signature` does, and then nothing of
    the push is recorded.
    """
    try:
        push = StatementPush.from_bytes(body)
    except Malformed as error:
        raise BadStatement(why="the push is malformed") from error
    if push.reader != node.settings.name:
        raise NotForThisNode(name=push.reader[:60])
    with transaction(node):
        partnership = find_by_name(node, push.sender)
        if partnership is None:
            raise UnknownSender(name=push.sender[:60])
        for signed in push.statements:
            record_statement(node, partnership, signed)
    return Recorded(len(push.statements)).to_bytes()


def receipts_of(partner_id: PartnerId, fates: Fates, *, but: tuple[int, int] = (0, 0)) -> Fates:
    """Return those of `fates` whose batch was receipted before, so that they need a statement of their own.

    Positions of the range `but` are left out: their batch is being receipted now.
    """
    positions = sorted(position for position in fates if not but[0] <= position < but[1])
    if not positions:
        return {}
    batches = ReceivedBatch.objects.filter(
        partner_id=partner_id, receipt__isnull=False, n0__lte=positions[-1], n1__gt=positions[0]
    ).values_list("n0", "n1")
    ranges = list(batches)
    return {p: fates[p] for p in positions if any(n0 <= p < n1 for n0, n1 in ranges)}


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for position in positions:
        if runs and runs[-1][1] == position:
            runs[-1] = (runs[-1][0], position + 1)
        else:
            runs.append((position, position + 1))
    return runs
