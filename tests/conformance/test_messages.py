"""Messages and documents of the exchange, against their vectors: what another implementation sends is read."""

import json
from base64 import b64decode

import pytest

from entraide.channel.domain.batch import BatchHeader
from entraide.channel.domain.envelope import message_leaf, parse_envelope
from entraide.channel.domain.evidence import Statement
from entraide.channel.domain.pairing import Card
from entraide.channel.domain.pairing_steps import Abort, Commit, Confirm, Reveal
from entraide.channel.domain.posts import ErrorAnswer, Recorded, StatementPush
from entraide.config.composition import list_handlers
from entraide.kernel.codecs import Malformed
from tools.protocol_vectors import FOLDER

VECTORS = json.loads((FOLDER / "messages.json").read_text(encoding="utf-8"))
MESSAGES = {f"{item['type']} {item['version']}": item for item in VECTORS["messages"]}
DOCUMENTS = {
    document.__name__: document
    for document in (
        Abort,
        BatchHeader,
        Card,
        Commit,
        Confirm,
        ErrorAnswer,
        Recorded,
        Reveal,
        Statement,
        StatementPush,
    )
}


def test_every_message_that_a_node_handles_has_a_vector():
    """A new message comes with its example."""
    handled = {f"{message.message_type} {message.message_version}" for message in list_handlers().list_messages()}
    assert set(MESSAGES) == handled


@pytest.mark.parametrize("item", MESSAGES.values(), ids=MESSAGES)
def test_a_message_is_read_and_written_byte_for_byte(item):
    """Envelope, payload and leaf are those of the vector."""
    data = item["envelope"].encode()
    envelope = parse_envelope(data)
    handled = list_handlers().find(envelope.type, envelope.version)
    assert handled is not None
    assert handled.message.from_json(envelope.payload).to_json() == envelope.payload
    assert envelope.to_bytes() == data
    assert message_leaf(bytes.fromhex(item["salt"]), data).hex() == item["leaf"]


@pytest.mark.parametrize("item", MESSAGES.values(), ids=MESSAGES)
def test_a_message_without_one_of_its_keys_or_with_another_is_none(item):
    """Every key of a vector is needed, and one more is refused."""
    payload = parse_envelope(item["envelope"].encode()).payload
    handled = list_handlers().find(item["type"], item["version"])
    assert handled is not None
    for changed in ({key: payload[key] for key in payload if key != left_out} for left_out in payload):
        with pytest.raises(Malformed):
            handled.message.from_json(changed)
    with pytest.raises(Malformed):
        handled.message.from_json({**payload, "more": 1})


@pytest.mark.parametrize("item", VECTORS["documents"], ids=lambda item: item["document"])
def test_a_document_is_read_and_written_byte_for_byte(item):
    """Headers, evidence, cards, steps and answers are those of the vectors."""
    data = item["bytes"].encode()
    assert DOCUMENTS[item["document"]].from_bytes(data).to_bytes() == data


def test_the_examples_hold_real_signatures():
    """Both halves of a signature in a vector have the length of their algorithm."""
    released = parse_envelope(MESSAGES["requests.released 1"]["envelope"].encode()).payload
    assert [len(b64decode(released["signature"][half])) for half in ("ed25519", "mldsa44")] == [64, 2420]
