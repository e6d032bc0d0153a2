"""What the channel says when it refuses, and the bytes that both nodes must compute alike."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from entraide.channel.domain.batch import (
    MAGIC,
    MAX_BATCH_BYTES,
    MAX_HEADER,
    MAX_MESSAGES,
    SUITE_1,
    SUITES,
    BatchHeader,
    SealedBatch,
    check_size,
    parse_batch,
    parse_header,
    sealing_info,
    sealing_key_id,
    write_batch,
)
from entraide.channel.domain.delivery import Attempts, derive_next_attempt, jitter_from
from entraide.channel.domain.envelope import parse_envelope
from entraide.channel.domain.errors import BadOrigin, BadPairing, BadStatement, BatchTooLarge, UnreadableBatch
from entraide.channel.domain.evidence import (
    Evidence,
    EvidenceKind,
    Fate,
    Statement,
    StatementKind,
    derive_evidences,
    parse_statement,
)
from entraide.channel.domain.handling import HandlingResult
from entraide.channel.domain.pairing import (
    Card,
    agree_suites,
    agreed_suite,
    check_origin,
    commit_to,
    confirmation,
    derive_digits,
    derive_transcript,
    parse_card,
)
from entraide.kernel.signing import PublicKeys

AT = datetime(2025, 1, 12, tzinfo=UTC)
HEADER = BatchHeader("suite", "vn-mps", "la-mops", "00" * 8, 0, 2, b"secret", b"note")
BATCH = write_batch(SealedBatch(HEADER, (b"first", b"second")))
KEYS = PublicKeys(b"e" * 32, b"m" * 1312, b"s" * 1216)
CARD = Card("vn-mps", "VN", {"vi": "Bộ Công an"}, "https://a.example", KEYS, SUITES)
OTHER = Card("la-mops", "LA", {"en": "M"}, "https://b.example", PublicKeys(b"f" * 32, b"m" * 1312, b"s" * 1216), SUITES)
NONCES = {"initiator_nonce": b"1" * 32, "responder_nonce": b"2" * 32}
RECEIPT = Statement(
    StatementKind.RECEIPT, "vn-mps", "la-mops", 0, 2, AT, b"r" * 32, received_at=AT - timedelta(seconds=3)
)


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def with_header(header: bytes, *messages: bytes) -> bytes:
    return MAGIC + len(header).to_bytes(4, "big") + header + b"".join(messages)


def table(**fields: object) -> bytes:
    """The header of the batch, with `fields` changed."""
    return canonical(json.loads(BATCH[len(MAGIC) + 4 : BATCH.index(b"}") + 1]) | fields)


def changed(**fields: object) -> bytes:
    return with_header(table(**fields), b"first", b"second")


def long_header(length: int) -> bytes:
    """A batch whose header has so many bytes."""
    count, rest = divmod(length - len(table(sizes=[0], suite="")), 2)
    header = table(sizes=[0] * (count + 1), suite="s" * rest)
    assert len(header) == length
    return with_header(header)


BEGINNING = "it does not begin as a batch of version 1"
CUT = "its header is cut off or too long"
MALFORMED = "its header is malformed"
NUMBER = "its range and its messages differ in number"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", BEGINNING, id="nothing"),
        pytest.param(b"ENTRAIDE-BATCH/2\n" + BATCH[17:], BEGINNING, id="another version"),
        pytest.param(BATCH[: len(MAGIC) + 3], BEGINNING, id="no length"),
        pytest.param(BATCH[: len(MAGIC) + 4], CUT, id="no header"),
        pytest.param(with_header(b"", b"first"), CUT, id="an empty header"),
        pytest.param(BATCH[:60], CUT, id="a header that is cut"),
        pytest.param(long_header(MAX_HEADER + 1), CUT, id="a header that is too long"),
        pytest.param(with_header(b"{}"), MALFORMED, id="a header without fields"),
        pytest.param(with_header(b"[" * 9), MALFORMED, id="a header that is no JSON"),
        pytest.param(changed(n0=-1), MALFORMED, id="a position below nothing"),
        pytest.param(changed(n0=False), MALFORMED, id="a flag for a position"),
        pytest.param(changed(n0="0"), MALFORMED, id="a text for a position"),
        pytest.param(changed(sizes=[5, -6]), MALFORMED, id="a size below nothing"),
        pytest.param(changed(extra=1), MALFORMED, id="a field too many"),
        pytest.param(changed(author="x" * 101), MALFORMED, id="an endless name"),
        pytest.param(changed(checkpoint="bm90ZQ"), MALFORMED, id="base64 in another spelling"),
        pytest.param(changed(n1=3), NUMBER, id="more positions than messages"),
        pytest.param(changed(n0=2), NUMBER, id="no position"),
        pytest.param(with_header(table(n1=0, sizes=[])), NUMBER, id="no message"),
        pytest.param(BATCH[:-1], "its length is not that of its messages", id="a message that is cut"),
        pytest.param(BATCH + b"x", "its length is not that of its messages", id="bytes behind it"),
    ],
)
def test_a_refused_batch_says_why(data: bytes, why: str):
    """Each way in which a frame can be wrong has its own words, which both operators read."""
    with pytest.raises(UnreadableBatch) as raised:
        parse_batch(data)
    assert str(raised.value) == f"The batch cannot be read: {why}."


def test_a_batch_from_the_first_position_on_is_read():
    """Position 0, and names of a hundred characters, are as good as any."""
    header = replace(HEADER, author="x" * 100)
    batch = SealedBatch(header, (b"first", b""))
    assert parse_batch(write_batch(batch)) == batch


def test_the_longest_header_is_read():
    """A header of exactly 64 KiB is read; a batch of so many messages is refused for their number."""
    header, offset = parse_header(long_header(MAX_HEADER))
    assert (offset, header.author) == (len(MAGIC) + 4 + MAX_HEADER, "vn-mps")
    with pytest.raises(BatchTooLarge):
        parse_batch(long_header(MAX_HEADER))


@pytest.mark.parametrize(
    ("messages", "size"), [(MAX_MESSAGES + 1, 0), (0, MAX_BATCH_BYTES + 1)], ids=["messages", "bytes"]
)
def test_a_batch_that_is_too_large_says_how_large_it_may_be(messages: int, size: int):
    """Both counts and both limits stand in the refusal; the limits themselves are allowed."""
    check_size(MAX_MESSAGES, MAX_BATCH_BYTES)
    with pytest.raises(BatchTooLarge) as raised:
        check_size(messages, size)
    assert raised.value.params == {
        "messages": messages,
        "size": size,
        "limit_messages": 500,
        "limit_size": MAX_BATCH_BYTES,
    }


def test_too_many_bytes_are_refused_before_they_are_read():
    """What is above the limit is not looked into; what is just at it is."""
    with pytest.raises(BatchTooLarge) as raised:
        parse_batch(b"x" * (MAX_BATCH_BYTES + 1))
    assert (raised.value.params["messages"], raised.value.params["size"]) == (0, MAX_BATCH_BYTES + 1)
    with pytest.raises(UnreadableBatch, match="begin"):
        parse_batch(b"x" * MAX_BATCH_BYTES)


def test_a_batch_of_more_messages_than_allowed_is_refused_when_read():
    """501 messages are counted before their bytes are looked for."""
    with pytest.raises(BatchTooLarge) as raised:
        parse_batch(changed(n1=501, sizes=[0] * 501))
    assert raised.value.params["messages"] == 501


def test_a_batch_that_no_reader_takes_is_not_written():
    """Its messages are counted with their bytes before anything is written; a header out of bounds is told."""
    with pytest.raises(BatchTooLarge) as too_many:
        write_batch(SealedBatch(HEADER, (b"x",) * 501))
    assert (too_many.value.params["messages"], too_many.value.params["size"]) == (501, 501)
    with pytest.raises(UnreadableBatch) as malformed:
        write_batch(SealedBatch(replace(HEADER, author="x" * 101), (b"x",)))
    assert malformed.value.params == {"why": MALFORMED}


def test_the_info_of_a_seal_is_canonical_json_of_its_six_facts():
    """Both sides write the same bytes, or nothing opens."""
    facts = {"suite": "s", "author": "a", "reader": "r", "key_id": "k", "n0": 7}
    assert sealing_info(**facts) == canonical(facts | {"protocol": "entraide/batch/v1"})  # type: ignore[arg-type]
    assert sealing_key_id(KEYS) == hashlib.sha256(b"s" * 1216).hexdigest()[:16]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b'{"v":1}', "a message has no readable envelope", id="without fields"),
        pytest.param(b'{"v":2}', "a message has an unknown version", id="another version"),
    ],
)
def test_a_refused_envelope_says_why(data: bytes, why: str):
    """An envelope of a later version is told from one that is damaged."""
    with pytest.raises(UnreadableBatch) as raised:
        parse_envelope(data)
    assert str(raised.value) == f"The batch cannot be read: {why}."


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"v": 2}, "its version is unknown"),
        ({"kind": "receipts"}, "it is malformed"),
        ({"post": "x" * 201}, "it is malformed"),
        ({"author": 5}, "it is malformed"),
        ({"n0": -1}, "it is malformed"),
        ({"n1": 0}, "its range is malformed"),
        ({"n0": 2, "n1": 2}, "its range is malformed"),
        ({"exceptions": [[2, "waiting", ""]]}, "its range is malformed"),
        ({"n0": 1, "exceptions": [[0, "waiting", ""]]}, "its range is malformed"),
        ({"exceptions": [[1, "waiting", ""], [0, "waiting", ""]]}, "it is malformed"),
        ({"exceptions": [[1, "waiting", ""], [1, "waiting", ""]]}, "it is malformed"),
        ({"exceptions": [[1, "waiting"]]}, "it is malformed"),
        ({"exceptions": {"1": "waiting"}}, "it is malformed"),
        ({"exceptions": ["one"]}, "it is malformed"),
    ],
    ids=repr,
)
def test_a_refused_statement_says_why(change: dict[str, object], why: str):
    """A statement of a later version, a damaged one and one about an impossible range are told apart."""
    with pytest.raises(BadStatement) as raised:
        parse_statement(canonical(json.loads(RECEIPT.to_bytes()) | change))
    assert raised.value.params == {"why": why}


def test_a_statement_about_the_first_messages_is_read():
    """Position 0, its exceptions, a long title and the moment of storing come back."""
    statement = replace(
        RECEIPT, exceptions={0: (Fate.REJECTED, "x" * 80), 1: (Fate.WAITING, "")}, post="y" * 200, author="z" * 80
    )
    assert parse_statement(statement.to_bytes()) == statement
    assert json.loads(statement.to_bytes())["exceptions"] == [[0, "rejected", "x" * 80], [1, "waiting", ""]]


def test_the_steps_name_the_node_that_made_them():
    """Accepted when it was stored, delivered when it was signed, both by the reader."""
    assert derive_evidences(1, [RECEIPT]) == [
        Evidence(EvidenceKind.RELAY_ACCEPTED, AT - timedelta(seconds=3), "la-mops"),
        Evidence(EvidenceKind.DELIVERED, AT, "la-mops"),
    ]
    assert derive_evidences(1, [replace(RECEIPT, received_at=None)])[0].at == AT
    assert RECEIPT.fate_of(1) == (Fate.DELIVERED, "")


def test_a_handler_applies_or_refuses_with_a_code():
    """A refusal without a code of its own still has one."""
    assert HandlingResult.accepted() == HandlingResult("")
    assert HandlingResult.accepted().is_accepted
    assert HandlingResult.rejected("x.y") == HandlingResult("x.y")
    assert HandlingResult.rejected("") == HandlingResult("rejected")
    assert not HandlingResult.rejected("").is_accepted


CARD_MALFORMED = "the partner's card is malformed"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"v": 2}, "the partner's card has an unknown version"),
        ({"extra": 1}, CARD_MALFORMED),
        ({"name": 5}, CARD_MALFORMED),
        ({"tls_pin": 5}, CARD_MALFORMED),
        ({"organisation": {f"l{number}": "M" for number in range(31)}}, CARD_MALFORMED),
        ({"organisation": {"en": "M" * 201}}, CARD_MALFORMED),
        ({"name": "Not A Name"}, "the partner's name is not lower-case letters, digits and dashes"),
        ({"state": "vn"}, "the partner's State is not a code of two letters"),
        ({"state": "V"}, "the partner's State is not a code of two letters"),
        ({"state": "ĐL"}, "the partner's State is not a code of two letters"),
        ({"tls_pin": "short"}, "the partner's TLS pin is malformed"),
        ({"tls_pin": ""}, "the partner's TLS pin is malformed"),
        ({"keys": replace(KEYS, sealing=b"").to_json()}, "the partner's keys are not of the agreed kinds"),
        ({"origin": "http://a.example"}, "the partner's origin or organisation is malformed"),
        ({"origin": "https://a.example/"}, "the partner's origin or organisation is malformed"),
        ({"organisation": {}}, "the partner's origin or organisation is malformed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refused_card_says_why(change: dict[str, object], why: str):
    """What a node could not be paired with is told by what is wrong with it."""
    with pytest.raises(BadPairing) as raised:
        parse_card(json.loads(CARD.to_bytes()) | change)
    assert raised.value.params == {"why": why}


def test_a_ministry_may_have_its_name_in_thirty_languages():
    """Thirty names of two hundred characters are taken as they are."""
    card = replace(CARD, organisation={f"l{number:02}": "M" * 200 for number in range(30)})
    assert parse_card(json.loads(card.to_bytes())) == card


@pytest.mark.parametrize(
    ("responder", "nonces", "why"),
    [
        (OTHER, {"initiator_nonce": b"short"}, "a nonce does not have 32 bytes"),
        (OTHER, {"responder_nonce": b"short"}, "a nonce does not have 32 bytes"),
        (replace(OTHER, name="vn-mps"), {}, "both sides show the same name or the same keys"),
        (replace(OTHER, keys=KEYS), {}, "both sides show the same name or the same keys"),
        (replace(OTHER, suites=("weak",)), {}, "the two nodes have no suite of algorithms in common"),
    ],
)
def test_a_refused_pair_says_why(responder: Card, nonces: dict[str, bytes], why: str):
    """Two nodes that cannot be told apart, or cannot talk, are not paired."""
    with pytest.raises(BadPairing) as raised:
        derive_transcript(initiator=CARD, responder=responder, **(NONCES | nonces))
    assert raised.value.params == {"why": why}


def test_the_transcript_and_its_digits_can_be_computed_by_anyone():
    """Label and canonical JSON of both cards and nonces; the digits are the digest of it as a decimal number."""
    said = {
        "v": 1,
        "initiator": json.loads(CARD.to_bytes()),
        "responder": json.loads(OTHER.to_bytes()),
        "initiator_nonce": "31" * 32,
        "responder_nonce": "32" * 32,
    }
    transcript = hashlib.sha256(b"entraide/pairing/transcript/v1\n" + canonical(said)).digest()
    assert derive_transcript(initiator=CARD, responder=OTHER, **NONCES) == transcript
    number = int(hashlib.sha256(b"entraide/pairing/digits/v1\n" + transcript).hexdigest(), 16)
    assert derive_digits(transcript).replace(" ", "") == str(number % 10**15).zfill(15)
    commitment = hashlib.sha256(b"entraide/pairing/commitment/v1\n" + b"1" * 32 + CARD.to_bytes()).digest()
    assert commit_to(CARD, b"1" * 32) == commitment
    assert confirmation(transcript, "vn-mps") == transcript + b"vn-mps"


def test_digits_keep_their_zeros():
    """A number with zeros in front has fifteen digits all the same."""
    transcripts = (number.to_bytes(32, "big") for number in range(200))
    digits = [derive_digits(transcript) for transcript in transcripts]
    assert any(text.startswith("0") for text in digits)
    assert {len(text) for text in digits} == {19}


def test_suites_are_agreed_in_the_order_of_this_node():
    """What both accept is used; nothing in common gives nothing."""
    assert agree_suites(("a", "b", "c"), ("c", "x", "a")) == ("a", "c")
    assert agreed_suite(("x", SUITE_1)) == SUITE_1
    assert agreed_suite(("x",)) is None


FORM = "an origin is https:// with a host and perhaps a port"
SCHEME = "an origin begins with https:// (http:// only on the same machine)"


@pytest.mark.parametrize(
    ("origin", "why"),
    [
        ("", FORM),
        ("https://", FORM),
        ("https://node.example/x", FORM),
        ("https://node.example?q=1", FORM),
        ("https://node.example#x", FORM),
        ("https://u@node.example", FORM),
        ("https://node.example/X", FORM),
        ("http://node.example", SCHEME),
        ("ftp://localhost", SCHEME),
    ],
)
def test_a_refused_origin_says_why(origin: str, why: str):
    """A path, a query, a user or another scheme is no part of an origin."""
    with pytest.raises(BadOrigin) as raised:
        check_origin(origin)
    assert raised.value.params == {"why": why}


@pytest.mark.parametrize(
    ("origin", "taken"),
    [("http://[::1]:8001", "http://[::1]:8001"), ("https://node.example//", "https://node.example")],
)
def test_an_origin_of_this_machine_or_with_slashes_is_taken(origin: str, taken: str):
    """The loopback address of IPv6 is this machine too; slashes at the end are left off."""
    assert check_origin(origin) == taken


def test_the_delay_is_halved_at_most_and_stops_doubling():
    """All jitter takes off half; after twenty doublings nothing grows, whatever the number."""
    assert derive_next_attempt(Attempts(0), at=AT, jitter=1).next_attempt_at == AT + timedelta(seconds=0.25)
    assert derive_next_attempt(Attempts(10**6), at=AT, jitter=0).next_attempt_at == AT + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("drawn", "jitter"),
    [(b"\x00\x00", 0), (b"\x80\x00", 0.5), (b"\xff\xff\x00", 65535 / 65536)],
    ids=["none", "half", "most"],
)
def test_jitter_is_the_first_two_bytes_as_a_part_of_one(drawn: bytes, jitter: float):
    """Half of the range is one half."""
    assert jitter_from(drawn) == jitter
