"""Reports of errors at the same moment: a form sent twice, two officers, and what the file of the database keeps."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection, connections

from entraide.access.api import Actor, Role
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.publication.api import (
    Outcome,
    Reported,
    answer_report,
    count_open_reports,
    get_report,
    list_reports_on,
    receive_report,
    set_aside_reports,
)
from entraide.publication.domain.error_reports import AnsweredAlready
from entraide.publication.models import ErrorAnswer, ReporterContact
from tests.factories.people import make_actor

# On SQLite the node has a database of its own, which Django's isolation of tests would not let it use.
pytestmark = [] if connection.vendor == "sqlite" else [pytest.mark.django_db(transaction=True)]
ROUNDS = 8


def at_once(*works: Callable[[], object]) -> list[object]:
    """Return what each of some works returned or raised, all begun at the same moment."""
    barrier, results = Barrier(len(works)), list[object](works)

    def run(place: int) -> None:
        try:
            barrier.wait()
            results[place] = works[place]()
        except Exception as error:  # noqa: BLE001 - judged by the test
            results[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def send(node: Node, fact_id: UUID, wrong: str, report_id: UUID | None = None, contact: str = "") -> UUID:
    return receive_report(
        node,
        report_id=report_id or new_uuid(node),
        fact_kind="meeting",
        fact_id=fact_id,
        reported=Reported(wrong, contact=contact),
    )


def answer(node: Node, officer: Actor, report_id: UUID) -> UUID:
    return answer_report(node, actor=officer, report_id=report_id, outcome=Outcome.NO_ERROR, reason="It is right.")


def test_a_form_that_comes_twice_at_once_is_one_report(threaded_node: Node):
    """Both senders are told the same; nothing fails."""
    node = threaded_node
    for number in range(ROUNDS):
        form, fact = new_uuid(node), new_uuid(node)
        told = at_once(*[lambda form=form, fact=fact, n=number: send(node, fact, f"wrong {n}", form) for _ in range(3)])
        assert told == [form] * 3
        assert len(list_reports_on(node, fact)) == 1


def test_two_officers_answer_one_report_and_one_of_them_is_told_so(threaded_node: Node):
    """One answer stands, the other officer is told that it was answered already."""
    node = threaded_node
    officers = [make_actor(node, Role.desk_officer) for _ in range(2)]
    for number in range(ROUNDS):
        made = send(node, new_uuid(node), f"wrong {number}", contact="reader@example.org")
        told = at_once(*[lambda one=one, made=made: answer(node, one, made) for one in officers])
        assert sorted(type(item).__name__ for item in told) == [AnsweredAlready.__name__, UUID.__name__]
        assert not get_report(node, made).is_open
    with node.active():
        assert ErrorAnswer.objects.count() == ROUNDS
        assert ReporterContact.objects.count() == 0


def test_what_is_answered_while_others_set_aside_is_left(threaded_node: Node):
    """Both go through: each report has one answer, and the number told is of those set aside."""
    node = threaded_node
    officers = [make_actor(node, Role.desk_officer) for _ in range(2)]
    for number in range(ROUNDS):
        made = [send(node, new_uuid(node), f"buy {number} {one}") for one in range(6)]
        aside, other = at_once(
            lambda made=made: set_aside_reports(node, actor=officers[0], report_ids=made),
            lambda made=made: answer(node, officers[1], max(made)),
        )
        outcomes = [get_report(node, one).answer.outcome for one in made]
        assert count_open_reports(node) == 0
        assert outcomes.count(Outcome.SET_ASIDE) == aside
        assert isinstance(other, UUID | AnsweredAlready)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="what a server's pages keep is the server's")
def test_the_file_of_the_database_keeps_nothing_of_an_erased_contact(threaded_node: Node):
    """Not in a free page either, once what was written is in the file."""
    node = threaded_node
    officer = make_actor(node, Role.desk_officer)
    made = [send(node, new_uuid(node), f"wrong {one}", contact=f"reader{one}@example.org " * 4) for one in range(5)]
    with node.active():
        sealed = [bytes(row) for row in ReporterContact.objects.values_list("sealed", flat=True)]
    assert all(one in file_of(node) for one in sealed)
    for one in made:
        answer(node, officer, one)
    assert not [one for one in sealed if one[8:40] in file_of(node)]


def file_of(node: Node) -> bytes:
    """Return the bytes of the node's database, with all that was written in it."""
    with connections[node.database].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA database_list")
        path = cursor.fetchone()[2]
    with open(path, "rb") as file:  # noqa: PTH123 - one line
        return file.read()
