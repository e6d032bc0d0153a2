"""Several people record commitments of one mechanism at the same moment."""

from threading import Thread

import pytest
from django.db import connection, connections

from entraide.access.api import Role
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    CommitmentFilter,
    CommitmentStatus,
    MeetingFacts,
    Party,
    count_domains_by_pair,
    create_commitment,
    create_meeting,
    ensure_mechanism,
    page_commitments,
)
from tests.factories.people import make_actor

# On SQLite the node has a database of its own, which Django's isolation of tests would not let it use.
pytestmark = [] if connection.vendor == "sqlite" else [pytest.mark.django_db(transaction=True)]


def test_no_count_is_lost_or_doubled(threaded_node: Node):
    """Four people record fifteen commitments each in the same two domains, in opposite orders; all are counted once."""
    node = threaded_node
    officer = make_actor(node, Role.desk_officer)
    mechanism = ensure_mechanism(node, actor=officer, parties=[Party("VN"), Party("LA")])
    facts = MeetingFacts(date=PartialDate("2025-01-12"))
    meeting = create_meeting(node, actor=officer, mechanism_id=mechanism, facts=facts)
    failures: list[BaseException] = []

    def run(domains: list[str]) -> None:
        try:
            for number in range(15):
                create_commitment(
                    node,
                    actor=officer,
                    mechanism_id=mechanism,
                    meeting_id=meeting,
                    domain=domains[number % 2],
                    status=CommitmentStatus.PLEDGED,
                    texts={"en": f"Words {number}"},
                )
        except BaseException as error:  # noqa: BLE001 - reported by the test
            failures.append(error)
        finally:
            connections.close_all()

    orders = [["drugs", "terrorism"], ["terrorism", "drugs"]] * 2
    threads = [Thread(target=run, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with node.active():
        counted = {cell.domain: cell.count for cell in count_domains_by_pair(node)}
        assert sum(counted.values()) == page_commitments(node, CommitmentFilter()).count == 60
        assert counted == {domain: page_commitments(node, CommitmentFilter(domain=domain)).count for domain in counted}
