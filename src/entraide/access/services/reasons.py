"""Why personal data was opened (EU Directive 2016/680, art. 25: logs show the justification of a consultation)."""

from uuid import UUID

from entraide.access.domain.actor import Actor
from entraide.access.domain.errors import ReasonMissing
from entraide.access.models import AccessReason
from entraide.journal.api import append_entry
from entraide.kernel.canonical import salted_digest
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import transaction

REASON_LABEL = "entraide/access/reason/v1"


def record_reason(node: Node, *, actor: Actor, subject: UUID, reason: str) -> None:
    """Keep why `actor` opens the record `subject`, and journal the reason's salted digest; raises `ReasonMissing`.

    The words stay in this node's table, because an officer may name someone in them; the journal proves them.
    """
    words = " ".join(reason.split())[:500]
    if not words:
        raise ReasonMissing
    salt = node.random.draw(32)
    with transaction(node):
        row = AccessReason.objects.create(
            id=new_uuid(node),
            user_id=actor.user_id,
            subject=subject,
            reason=words,
            salt=salt,
            given_at=node.clock.now(),
        )
        digest = salted_digest(REASON_LABEL, salt, words.encode())
        content = {"reason": str(row.id), "digest": digest.hex()}
        append_entry(node, kind="access.reason_recorded", subject=subject, content=content, actor=actor.user_id)
