"""How many statements the databases get for one message, and that a batch needs no more of them than one message.

Counts do not depend on the machine. Who needs more statements on purpose raises the limit and says why in the commit.
"""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from entraide.channel.api import deliver_pending

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
# Nesting counts as a savepoint here; without the tests' own transaction those of the outermost are BEGIN and COMMIT.
MOST_SUBMITTING, MOST_SENDING, MOST_RECEIVING = 5, 34, 32


def statements(pair, count):
    """Return how many statements submitting, sending and receiving `count` messages take."""
    with CaptureQueriesContext(connections["default"]) as submitting:
        for _ in range(count):
            pair.submit({"n": 1})
    with (
        CaptureQueriesContext(connections["default"]) as sending,
        CaptureQueriesContext(connections["partner"]) as receiving,
    ):
        report = deliver_pending(pair.a.node)
    assert (report.messages, report.failures) == (count, {})
    return len(submitting), len(sending), len(receiving)


def test_one_message_needs_few_statements(pair):
    """One message stays within the limits of statements on either side."""
    submitting, sending, receiving = statements(pair, 1)
    assert submitting <= MOST_SUBMITTING
    assert sending <= MOST_SENDING
    assert receiving <= MOST_RECEIVING


def test_a_batch_needs_no_more_statements_than_one_message(pair):
    """Sending and receiving take as many statements for three messages as for one, and for sixty as for twenty.

    (A batch of more than sixteen is stored in one transaction and applied in the next.)
    """
    assert statements(pair, 3)[1:] == statements(pair, 1)[1:]
    assert statements(pair, 60)[1:] == statements(pair, 20)[1:]
