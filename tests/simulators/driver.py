# ruff: noqa: PLC0415 - models load after Django is set up
"""A process beside two nodes: submits messages in their databases, and says how everything stands.

    python -m tests.simulators.driver submit FOLDER PORT PORT MESSAGES     one after the other, both ways
    python -m tests.simulators.driver check FOLDER PORT PORT               prints a summary as JSON
    python -m tests.simulators.driver waiting FOLDER PORT PORT             prints what has no final evidence

The message type is one that the product itself handles, so that the nodes are served as they are.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.nodes import Places, set_up_django

THREADS = 4


def open_pair(places: Places) -> list[Any]:
    """Return both nodes, each under an alias of its own."""
    set_up_django()
    from entraide.config.composition import open_node

    return [open_node(places.home(side), "ab"[side]) for side in (0, 1)]


def submit(nodes: list[Any], messages: int) -> None:
    """Submit messages in turn from both nodes, in four threads each; the threads have the names 1 to 4."""
    from uuid import UUID

    from entraide.channel.api import submit_message
    from entraide.directory.api import list_partners
    from entraide.directory.domain.messages import AuthoritiesAnnounced
    from entraide.kernel.ids import ThreadId
    from entraide.storage.api import transaction

    partners = []
    for node in nodes:
        with node.active():
            partners.append(list_partners(node)[0].id)
    for number in range(messages):
        side = number % 2
        with transaction(nodes[side]):
            submit_message(
                nodes[side],
                partner_id=partners[side],
                message=AuthoritiesAnnounced(()),
                thread_id=ThreadId(UUID(int=1 + number // 2 % THREADS)),
            )
        time.sleep(0.08)


def check(nodes: list[Any]) -> dict[str, Any]:
    """Return per direction what was submitted, what was applied, and whether both ends hold the same."""
    from entraide.channel.models import EvidenceStatement, InboxMessage, OutboxMessage
    from entraide.directory.api import list_signers
    from entraide.journal.api import verify_all_logs
    from entraide.journal.models import Entry, Log

    summary = {}
    for sender, reader in ((nodes[0], nodes[1]), (nodes[1], nodes[0])):
        with sender.active():
            sent = list(OutboxMessage.objects.order_by("position").values_list("id", "thread_id", "submitted_at"))
            states = Counter(OutboxMessage.objects.values_list("state", flat=True))
            theirs = {
                bytes(row) for row in EvidenceStatement.objects.filter(outgoing=True).values_list("digest", flat=True)
            }
            written = Log.objects.values_list("size", "root").get(kind="author")
        with reader.active():
            got = list(
                InboxMessage.objects.filter(state="applied").order_by("position").values_list("message_id", flat=True)
            )
            applied = Entry.objects.filter(kind="directory.authorities_imported").count()
            authorities = InboxMessage.objects.filter(type="directory.authorities").count()
            ours = {
                bytes(row) for row in EvidenceStatement.objects.filter(outgoing=False).values_list("digest", flat=True)
            }
            mirrored = Log.objects.values_list("size", "root").get(kind="mirror")
        per_thread = [
            [moment for _, thread, moment in sent if thread == wanted] for wanted in {thread for _, thread, _ in sent}
        ]
        summary[sender.settings.name] = {
            "submitted": len(sent),
            "states": dict(states),
            "applied_in_order": got == [row[0] for row in sent],
            "threads_in_order": all(moments == sorted(moments) for moments in per_thread),
            "handled_once_each": applied == authorities,
            "same_evidence": theirs == ours,
            "same_heads": (written[0], bytes(written[1])) == (mirrored[0], bytes(mirrored[1])),
            "logs_verified": len(verify_all_logs(sender, list_signers(sender))),
        }
    return summary


def count_waiting(nodes: list[Any]) -> int:
    """Return how many messages have no final evidence yet."""
    from entraide.channel.models import OutboxMessage

    waiting = 0
    for node in nodes:
        with node.active():
            waiting += OutboxMessage.objects.exclude(state="delivered").count()
    return waiting


def main(act: str, folder: str, first: str, second: str, *rest: str) -> None:
    """Do what the first argument says."""
    nodes = open_pair(Places(Path(folder), (int(first), int(second))))
    if act == "submit":
        submit(nodes, int(rest[0]))
    elif act == "waiting":
        sys.stdout.write(json.dumps(count_waiting(nodes)))
    else:
        sys.stdout.write(json.dumps(check(nodes)))


if __name__ == "__main__":
    main(*sys.argv[1:])
