"""Erasure at expiry: the record's key and ciphertexts go, dates, codes and digests stay."""

from entraide.journal.api import append_entry
from entraide.kernel.ids import RequestId
from entraide.kernel.node import Node
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.domain.lifecycle import State
from entraide.requests.models import Answer, Clearance, Request
from entraide.storage.api import transaction

OPEN_DRAFTS = (State.DRAFT, State.STOPPED)


def erase_expired(node: Node) -> list[RequestId]:
    """Erase the content of requests whose date of erasure has passed and that nothing waits for; return their ids.

    Closed and withdrawn requests and abandoned drafts are erased; an open exchange is finished first. What was signed
    stays provable: the statement names the content by a salted digest, and the salt dies with the key.
    """
    now = node.clock.now()
    erasable = [state.value for state in (*load_lifecycle().ends, *OPEN_DRAFTS)]
    with transaction(node):
        rows = list(
            Request.objects.select_for_update().filter(expires_on__lt=now.date(), erased_at=None, state__in=erasable)
        )
        for request in rows:
            Answer.objects.filter(request=request).update(content=None)
            Clearance.objects.filter(request=request).update(reason=None)
            request.content, request.wrapped_key, request.erased_at = None, None, now
            request.save(update_fields=["content", "wrapped_key", "erased_at"])
            append_entry(
                node,
                kind="requests.erased",
                subject=request.id,
                content={"reference": request.reference, "why": "expiry"},
            )
    return [RequestId(request.id) for request in rows]
