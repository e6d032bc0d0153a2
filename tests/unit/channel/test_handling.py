"""Which handler is there for which message, and what of a payload it is given."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from entraide.channel.domain.errors import HandlerMissing
from entraide.channel.domain.handling import Handled, HandlerTable, HandlingResult
from entraide.config.composition import list_handlers
from entraide.kernel.codecs import Number, Text
from entraide.kernel.wire import Message, RefusedWith


@dataclass(frozen=True, slots=True)
class Sample(Message):
    """A message of this test."""

    message_type, message_version = "test.sample", 3
    refused_with = "test.malformed"

    n: Annotated[int, Number()]
    name: Annotated[str, Text(5), RefusedWith("test.bad_name")]


def handle(node, messages):
    return [HandlingResult.accepted()] * len(messages)


HANDLED = Handled(Sample, handle)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"n": 1}, "test.bad_name"),
        ({"n": 1, "name": 5}, "test.bad_name"),
        ({"n": "1", "name": "a"}, "test.malformed"),
        ({"n": 1, "name": "a", "more": 1}, "test.malformed"),
        ([], "test.malformed"),
        (None, "test.malformed"),
    ],
)
def test_a_payload_that_is_not_as_declared_is_rejected_with_the_declared_code(payload, code):
    """The part's own code if it has one, else that of the message."""
    assert HANDLED.read(payload) == HandlingResult.rejected(code)


def test_a_payload_as_declared_is_read_as_its_value():
    """A handler is given values, not tables."""
    assert HANDLED.read({"n": 1, "name": "a"}) == Sample(1, "a")


def test_each_type_and_version_has_one_handler():
    """A handler is found by type and version; two for the same are a defect of the program."""
    table = HandlerTable.of([HANDLED])
    assert table.find("test.sample", 3) is HANDLED
    assert table.find("test.sample", 2) is None
    assert table.list_messages() == (Sample,)
    with pytest.raises(HandlerMissing) as raised:
        HandlerTable.of([HANDLED], [HANDLED])
    assert raised.value.params == {"type": "test.sample", "version": 3, "count": 2}


def test_a_node_is_composed_with_all_that_a_partner_may_say():
    """Every message of the protocol has its handler; all are told by one list."""
    assert [(message.message_type, message.message_version) for message in list_handlers().list_messages()] == [
        ("channel.witness", 1),
        ("directory.authorities", 1),
        ("plans.agreed", 1),
        ("plans.amended", 1),
        ("plans.proposed", 1),
        ("plans.signed", 1),
        ("requests.acknowledged", 1),
        ("requests.answered", 1),
        ("requests.progressed", 1),
        ("requests.released", 1),
        ("requests.withdrawn", 1),
    ]
