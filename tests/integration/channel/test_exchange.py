"""The exchange between two nodes over a friendly and a hostile network."""

import pytest

from entraide.channel.api import EvidenceKind, list_evidences

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def test_a_message_arrives_with_its_evidences(pair):
    """A message is submitted, relayed, delivered, and both sides hold the same evidence of it."""
    message = pair.submit({"n": 1})
    pair.deliver()
    assert [received.payload for received in pair.b.handled] == [{"n": 1}]
    with pair.a.node.active():
        sent = list_evidences(message)
    assert [evidence.kind for evidence in sent] == [
        EvidenceKind.SUBMISSION_ACCEPTED,
        EvidenceKind.RELAY_ACCEPTED,
        EvidenceKind.DELIVERED,
    ]
    with pair.b.node.active():
        assert list_evidences(message) == sent
