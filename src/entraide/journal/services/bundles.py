"""What is shown to a court: one leaf with its proof and the signed head, and nothing of the others.

A bundle is verified by `conformance/verify_entraide.py`, which needs nothing of Entraide.
"""

from base64 import b64encode
from typing import Any

from entraide.journal.adapters.trees import get_log
from entraide.journal.domain.entries import ENTRY_LABEL, EntryFacts, entry_statement
from entraide.journal.domain.errors import NoSuchLeaf
from entraide.journal.domain.notes import BUNDLE_FORMAT
from entraide.journal.models import Checkpoint, Cosignature, Entry, Log
from entraide.journal.services.directed import list_leaves
from entraide.journal.services.proofs import prove_inclusion
from entraide.kernel.ids import LogId
from entraide.kernel.node import Node


def export_bundle(node: Node, log_id: LogId, index: int) -> dict[str, Any]:
    """Return the leaf `index` of a log with all that proves it, as a canonical JSON object.

    Keys: `format`, `origin`, `index`, `leaf` and `proof` in base64, `checkpoint` (a signed note), `author`, its `keys`;
    `cosignature` and `reader_keys` when the reader has cosigned that head; `opened` (`label`, `salt`, `statement`) for
    an entry of the node's own log, so that its digest can be computed. The head is the newest that the reader cosigned,
    else the newest signed. Raises `NoSuchLeaf` when no signed head covers the leaf.
    """
    with node.active():
        log = get_log(log_id)
        rows = Checkpoint.objects.filter(log=log, size__gt=index).order_by("-size").select_related("keys")
        head = rows.filter(cosignatures__isnull=False).first() or rows.first()
        if index < 0 or head is None:
            raise NoSuchLeaf(index=index, size=log.size)
        bundle: dict[str, Any] = {
            "format": BUNDLE_FORMAT,
            "origin": log.origin,
            "index": index,
            "proof": [_text(item) for item in prove_inclusion(log_id, index, head.size)],
            "checkpoint": head.note,
            "author": log.author,
            "keys": head.keys.keys,
        }
        if log.kind == Log.Kind.OWN:
            return bundle | _open_entry(log, index)
        return bundle | {"leaf": _text(list_leaves(log_id, index, index + 1)[0])} | _receipt(log, head)


def _open_entry(log: Log, index: int) -> dict[str, Any]:
    row = Entry.objects.get(log=log, index=index)
    facts = EntryFacts(row.id, row.kind, row.subject, row.actor, row.at, row.content)
    opened = {"label": ENTRY_LABEL, "salt": _text(bytes(row.salt)), "statement": entry_statement(facts).decode()}
    return {"leaf": _text(bytes(row.digest)), "opened": opened}


def _receipt(log: Log, head: Checkpoint) -> dict[str, Any]:
    row = Cosignature.objects.filter(checkpoint=head).select_related("keys").first()
    if row is None:
        return {}
    cosignature = {
        "origin": log.origin,
        "size": head.size,
        "signer": row.signer,
        "time": int(row.at.timestamp()),
        "signature": row.signature,
    }
    return {"cosignature": cosignature, "reader_keys": row.keys.keys}


def _text(value: bytes) -> str:
    return b64encode(value).decode("ascii")
