"""The frame of a batch and the envelope of a message."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.channel.domain.batch import (
    MAX_MESSAGES,
    MAX_PLAINTEXT,
    BatchHeader,
    SealedBatch,
    parse_batch,
    sealing_info,
    take_batch,
    write_batch,
)
from entraide.channel.domain.envelope import Envelope, message_leaf, parse_envelope
from entraide.channel.domain.errors import BadMessage, BatchTooLarge, UnreadableBatch
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.ids import MessageId, ThreadId

AT = datetime(2025, 1, 12, 8, 30, tzinfo=UTC)
HEADER = BatchHeader("suite", "vn-mps", "la-mops", "00" * 8, 1, 3, b"secret", b"note")
BATCH = SealedBatch(HEADER, (b"first", b"second"))
ENVELOPE = Envelope(MessageId(UUID(int=1)), ThreadId(UUID(int=2)), "test.note", 1, AT, {"n": 1})


def test_a_batch_is_read_as_it_was_written():
    """Writing and reading give the same batch."""
    assert parse_batch(write_batch(BATCH)) == BATCH


@given(place=st.integers(0, len(write_batch(BATCH)) - 1), bit=st.integers(0, 7))
def test_a_changed_bit_is_refused_or_leads_to_another_batch(place, bit):
    """No change in the frame is read as the same batch: it is refused, or shows in what was read."""
    data = bytearray(write_batch(BATCH))
    data[place] ^= 1 << bit
    with suppress(UnreadableBatch):
        assert parse_batch(bytes(data)) != BATCH


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_clear_error(data):
    """Bytes that are no batch give `UnreadableBatch`, never another exception."""
    with pytest.raises(UnreadableBatch):
        parse_batch(data)


@pytest.mark.parametrize(
    ("header", "messages"),
    [
        pytest.param({"n1": 4}, 2, id="more positions than messages"),
        pytest.param({"n0": 3, "n1": 3}, 0, id="no messages"),
        pytest.param({"n0": 5, "n1": 3}, 2, id="a range that runs backwards"),
        pytest.param({"author": "x" * 101}, 2, id="an endless name"),
    ],
)
def test_a_malformed_header_is_refused(header, messages):
    """A header that contradicts the messages is refused."""
    values = {field: getattr(HEADER, field) for field in HEADER.__dataclass_fields__} | header
    with pytest.raises(UnreadableBatch):
        parse_batch(write_batch(SealedBatch(BatchHeader(**values), (b"message",) * messages)))


def test_cut_and_lengthened_batches_are_refused():
    """A batch that is cut off anywhere, or has bytes behind it, is refused."""
    data = write_batch(BATCH)
    for cut in range(len(data)):
        with pytest.raises(UnreadableBatch):
            parse_batch(data[:cut])
    with pytest.raises(UnreadableBatch):
        parse_batch(data + b"x")


def test_a_batch_above_the_limits_is_refused():
    """501 messages, or more bytes than 4 MB of envelopes take, are too many."""
    with pytest.raises(BatchTooLarge):
        write_batch(SealedBatch(HEADER, (b"x",) * (MAX_MESSAGES + 1)))
    with pytest.raises(BatchTooLarge):
        parse_batch(b"x" * (5 * 1024 * 1024))


@pytest.mark.parametrize(
    ("sizes", "count"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param([10] * 3, 3, id="all"),
        pytest.param([10] * 900, 500, id="at most 500"),
        pytest.param([MAX_PLAINTEXT // 2] * 3, 2, id="at most 4 MB"),
        pytest.param([MAX_PLAINTEXT + 1, 10], 1, id="a large one goes alone"),
    ],
)
def test_a_batch_takes_what_fits(sizes, count):
    """A batch takes messages from the front up to 500 or 4 MB, and at least one."""
    assert take_batch(sizes) == count


def test_every_fact_that_the_seal_binds_changes_its_info():
    """Another suite, node, key or position gives another info, so that a seal opens in its own batch only."""
    facts = {"suite": "s", "author": "a", "reader": "r", "key_id": "k", "n0": 1}
    infos = {sealing_info(**facts)} | {
        sealing_info(**(facts | {name: 2 if name == "n0" else "other"})) for name in facts
    }
    assert len(infos) == 6


@given(
    payload=st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.integers(-1000, 1000) | st.booleans()),
    urgent=st.booleans(),
    expires=st.none() | st.timedeltas(timedelta(), timedelta(days=9)),
)
def test_an_envelope_is_read_as_it_was_written(payload, urgent, expires):
    """Writing and reading give the same envelope, and the same leaf."""
    envelope = Envelope(
        MessageId(UUID(int=1)),
        ThreadId(UUID(int=2)),
        "test.note",
        1,
        AT,
        payload,
        urgent,
        None if expires is None else AT + expires,
    )
    data = envelope.to_bytes()
    assert parse_envelope(data) == envelope
    assert message_leaf(b"s" * 32, data) == message_leaf(b"s" * 32, parse_envelope(data).to_bytes())
    assert message_leaf(b"t" * 32, data) != message_leaf(b"s" * 32, data)


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"type": "é"},
        {"type": ""},
        {"id": "x"},
        {"submitted_at": "2025-01-12"},
        {"payload": []},
        {"expires_at": 5},
    ],
)
def test_an_unreadable_envelope_is_refused(change):
    """An envelope with an unknown version or a malformed field gives `UnreadableBatch`."""
    value = json.loads(ENVELOPE.to_bytes()) | change
    with pytest.raises(UnreadableBatch):
        parse_envelope(canonical_bytes(value))


@pytest.mark.parametrize(("type_", "version"), [("", 1), ("x" * 81, 1), ("đ", 1), ("a", 0), ("a", 1000)])
def test_a_bad_type_is_refused_at_submission(type_, version):
    """A type is short ASCII text, a version a small positive number; the refusal says that one of the two is wrong."""
    with pytest.raises(BadMessage, match=r"^The message cannot be sent: its type or version is malformed\."):
        Envelope(MessageId(UUID(int=1)), ThreadId(UUID(int=2)), type_, version, AT, {}).to_bytes()
