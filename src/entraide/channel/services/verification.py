"""Evidence at rest, verified again at any later time: with its signer's keys of that day."""

from entraide.channel.domain.errors import BadStatement
from entraide.channel.domain.evidence import STATEMENT_LABEL, parse_statement
from entraide.channel.models import EvidenceStatement
from entraide.channel.services.partners import find_partnership
from entraide.kernel.ids import PartnerId
from entraide.kernel.node import Node
from entraide.kernel.signing import Signature
from entraide.keys.api import verify_dated_signature


def verify_evidences(node: Node, partner_id: PartnerId) -> int:
    """Verify every statement of evidence exchanged with a partner, in both directions; return how many hold.

    1. It is readable, and its row says what it says (`BadStatement`).
    2. It is signed by the reader of its log, with the keys of the moment that it names, and came while these were
       accepted (`keys.verify_dated_signature`).

    Raises `NoExchange`.
    """
    partnership = find_partnership(node, partner_id)
    count = 0
    with node.active():
        for row in EvidenceStatement.objects.filter(partner_id=partner_id).order_by("at", "id").iterator():
            content = bytes(row.content)
            statement = parse_statement(content)
            if (statement.kind, statement.n0, statement.n1, statement.at) != (row.kind, row.n0, row.n1, row.at):
                raise BadStatement(why="its row says something else")
            history = partnership.partner.keys if row.outgoing else node.keyring.history
            signature = Signature.from_json(row.signature)
            verify_dated_signature(
                history, STATEMENT_LABEL, content, signature, claimed=statement.at, stored_at=row.stored_at
            )
            count += 1
    return count
