"""The core of receiving: what a batch must be, refusal by refusal, without a database."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.channel.domain.batch import MAX_BATCH_BYTES
from entraide.channel.domain.envelope import message_leaf, parse_envelope
from entraide.channel.domain.errors import (
    BatchTooLarge,
    NotForThisNode,
    PartnerSuspended,
    SealBroken,
    SuiteBelowFloor,
    UnknownSender,
    UnreadableBatch,
)
from entraide.channel.domain.receiving import AcceptedBatch, ClaimedBatch, Reader, Sender, claimed_author
from entraide.journal.domain.errors import BadCheckpoint, JournalBroken, LeavesMismatch, LogForked, LogGap
from entraide.journal.domain.growth import Mirror
from entraide.journal.domain.tiles import Place
from entraide.kernel.dated_keys import DatedKeys, KeyHistory, NoKeysThen
from entraide.kernel.errors import EntraideError
from tests.factories.batches import (
    AT,
    AUTHOR,
    AUTHORS_RING,
    READERS_RING,
    SELF,
    SENDER,
    STRANGERS_RING,
    head_over,
    leaves_of,
    mirror_of,
    parcel,
    public_of,
    salt_of,
)

EMPTY = mirror_of([], 4)


@dataclass(frozen=True)
class Arrival:
    """Bytes that arrive, and what this node knows then."""

    body: bytes
    sender: Sender | None = SENDER
    reader: Reader = SELF
    mirror: Mirror = EMPTY

    def receive(self) -> AcceptedBatch:
        """Take every step in order."""
        admitted = ClaimedBatch.read(self.body).admit(self.sender, self.reader)
        return admitted.open(READERS_RING).verify_head(AT).follow(self.mirror)


GOOD = parcel()
BODY = GOOD.to_bytes()


def test_a_batch_that_holds_gives_what_is_stored():
    """Messages with their positions, bytes, leaves and head come out, and the tree that they lead to."""
    accepted = Arrival(BODY).receive()
    assert (accepted.n0, accepted.n1) == (1, 4)
    assert [message.position for message in accepted.messages] == [1, 2, 3]
    assert [message.envelope.payload for message in accepted.messages] == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert [parse_envelope(message.data) for message in accepted.messages] == [m.envelope for m in accepted.messages]
    assert [message.salt for message in accepted.messages] == [salt_of(number) for number in (1, 2, 3)]
    assert [message_leaf(message.salt, message.data) for message in accepted.messages] == leaves_of(4)[1:]
    assert accepted.growth.leaves == tuple(leaves_of(4))
    assert (accepted.growth.size, accepted.growth.root) == (4, accepted.checkpoint.root)
    assert accepted.note == GOOD.note
    assert accepted.received_at == AT
    assert claimed_author(BODY) == SENDER.name


@pytest.mark.parametrize(
    ("n0", "held", "new"),
    [
        pytest.param(4, 4, [4, 5, 6], id="the next batch"),
        pytest.param(4, 5, [5, 6], id="a batch that is here in part"),
        pytest.param(4, 7, [], id="a batch that is here, sealed anew"),
        pytest.param(254, 254, [254, 255, 256], id="across a full tile"),
    ],
)
def test_only_leaves_that_are_new_are_stored(n0, held, new):
    """What the mirror holds already is compared and not taken twice."""
    mirror = mirror_of(leaves_of(held), n0 + 3)
    accepted = Arrival(parcel(n0).to_bytes(), mirror=mirror).receive()
    assert accepted.growth.leaves == tuple(leaves_of(n0 + 3)[number] for number in new)
    assert (accepted.growth.size, accepted.growth.root) == (n0 + 3, accepted.checkpoint.root)


def changed(**parts: object) -> bytes:
    return replace(GOOD, **parts).to_bytes()  # type: ignore[arg-type]


def swapped(body: bytes) -> bytes:
    """The same batch with its last two messages in the other order; they are of one length."""
    size = len(GOOD.plain[-1]) + 28
    return body[: -2 * size] + body[-size:] + body[-2 * size : -size]


def other_leaves(*numbers: int) -> list[bytes]:
    """The author's first four leaves with some of them rewritten."""
    return [b"x" * 32 if number in numbers else leaf for number, leaf in enumerate(leaves_of(4))]


RETIRED = KeyHistory((DatedKeys(public_of(STRANGERS_RING), valid_from=AT + timedelta(days=1)),))
BROKEN_EDGE = mirror_of(leaves_of(4), 7)
BROKEN_EDGE = replace(BROKEN_EDGE, tree=replace(BROKEN_EDGE.tree, edge={Place(0, 0): b"y" * 128}))
NO_TEXT = salt_of(2) + b'{"v": 1}'
REFUSED: dict[str, tuple[Arrival, type[EntraideError]]] = {
    "no batch": (Arrival(b"x" * 100), UnreadableBatch),
    "nothing": (Arrival(b""), UnreadableBatch),
    "a batch without end": (Arrival(BODY + b"x" * MAX_BATCH_BYTES), BatchTooLarge),
    "from nobody": (Arrival(BODY, sender=None), UnknownSender),
    "looked up by another name": (Arrival(BODY, sender=replace(SENDER, name="th-rtp")), UnknownSender),
    "for another node": (Arrival(changed(header={"reader": "th-rtp"})), NotForThisNode),
    "for another key": (Arrival(changed(header={"key_id": "0" * 16})), NotForThisNode),
    "for a key that is retired": (Arrival(BODY, reader=replace(SELF, sealing_keys={})), NotForThisNode),
    "from a suspended partner": (Arrival(BODY, sender=replace(SENDER, is_active=False)), PartnerSuspended),
    "under another suite": (Arrival(changed(header={"suite": "weaker"})), SuiteBelowFloor),
    "under a suite that was not agreed": (Arrival(BODY, sender=replace(SENDER, suites=())), SuiteBelowFloor),
    "sealed to somebody else": (Arrival(changed(sealed_to=public_of(STRANGERS_RING))), SealBroken),
    "sealed for another position": (Arrival(changed(sealed_as={"n0": 9})), SealBroken),
    "sealed in another name": (Arrival(changed(sealed_as={"author": "th-rtp"})), SealBroken),
    "its messages in another order": (Arrival(swapped(BODY)), SealBroken),
    "a message without salt": (Arrival(changed(plain=(b"short", *GOOD.plain[1:]))), UnreadableBatch),
    "a message that is not canonical": (Arrival(changed(plain=(GOOD.plain[0], NO_TEXT))), UnreadableBatch),
    "a message twice": (Arrival(changed(plain=(GOOD.plain[0], GOOD.plain[0], GOOD.plain[2]))), UnreadableBatch),
    "a head that is no text": (Arrival(changed(note=b"\xff\xfe")), UnreadableBatch),
    "a head that is no note": (Arrival(changed(note=b"hello")), BadCheckpoint),
    "a head that ends elsewhere": (Arrival(GOOD.with_head(head_over(leaves_of(5))).to_bytes()), UnreadableBatch),
    "a head of another log": (
        Arrival(GOOD.with_head(head_over(leaves_of(4), origin="entraide/own/vn-mps")).to_bytes()),
        BadCheckpoint,
    ),
    "a head signed by somebody else": (
        Arrival(GOOD.with_head(head_over(leaves_of(4), ring=STRANGERS_RING)).to_bytes()),
        BadCheckpoint,
    ),
    "a head in another name": (
        Arrival(GOOD.with_head(replace(head_over(leaves_of(4)), signer="th-rtp")).to_bytes()),
        BadCheckpoint,
    ),
    "a head of a day without keys": (Arrival(BODY, sender=replace(SENDER, keys=RETIRED)), NoKeysThen),
    "leaves missing before it": (Arrival(parcel(4).to_bytes(), mirror=mirror_of(leaves_of(2), 7)), LogGap),
    "a leaf changed": (Arrival(GOOD.with_head(head_over(other_leaves(2))).to_bytes()), LeavesMismatch),
    "another pairing": (Arrival(BODY, sender=replace(SENDER, transcript=b"u" * 32)), LeavesMismatch),
    "another past": (Arrival(parcel(4).to_bytes(), mirror=mirror_of(other_leaves(1), 7)), LeavesMismatch),
    "two histories": (Arrival(BODY, mirror=mirror_of(other_leaves(3), 4)), LogForked),
    "two histories of which one is longer": (Arrival(BODY, mirror=mirror_of([*other_leaves(1), b"z"], 4)), LogForked),
    "a mirror that was changed": (Arrival(parcel(4).to_bytes(), mirror=BROKEN_EDGE), JournalBroken),
}


@pytest.mark.parametrize(("arrival", "error"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_hold_is_refused_by_name(arrival, error):
    """Each fault has its refusal, and nothing comes out."""
    with pytest.raises(error) as refused:
        arrival.receive()
    assert type(refused.value) is error


TOO_LONG = "r" * 61
SAID: dict[str, tuple[Arrival, dict[str, object]]] = {
    "from nobody": (Arrival(BODY, sender=None), {"name": AUTHOR}),
    "from nobody with a long name": (Arrival(changed(header={"author": TOO_LONG}), sender=None), {"name": "r" * 60}),
    "for a node with a long name": (Arrival(changed(header={"reader": TOO_LONG})), {"name": "r" * 60}),
    "from a suspended partner": (REFUSED["from a suspended partner"][0], {"name": AUTHOR}),
    "under another suite": (Arrival(changed(header={"suite": TOO_LONG})), {"suite": "r" * 60}),
    "sealed to somebody else": (REFUSED["sealed to somebody else"][0], {"where": f"{AUTHOR} 1-4"}),
    "a message without salt": (REFUSED["a message without salt"][0], {"why": "a message has no salt"}),
    "a message twice": (REFUSED["a message twice"][0], {"why": "it holds a message twice"}),
    "a head that is no text": (REFUSED["a head that is no text"][0], {"why": "its checkpoint is no text"}),
    "a head that ends elsewhere": (
        REFUSED["a head that ends elsewhere"][0],
        {"why": "its checkpoint does not end where its messages do"},
    ),
}


@pytest.mark.parametrize(("arrival", "said"), SAID.values(), ids=SAID)
def test_a_refusal_says_what_and_where(arrival, said):
    """The names that it gives are cut at sixty characters: they come from a stranger."""
    with pytest.raises(EntraideError) as refused:
        arrival.receive()
    assert refused.value.params == said


def test_what_is_stored_names_the_bytes_the_keys_and_the_mirror():
    """The digest is that of all bytes, the keys are those that signed, the mirror is the one that was continued."""
    accepted = Arrival(BODY).receive()
    assert accepted.digest == hashlib.sha256(BODY).digest()
    assert accepted.author_keys == public_of(AUTHORS_RING)
    assert accepted.mirror is EMPTY


Mend = Callable[[Arrival], Arrival]
WORST = Arrival(
    replace(GOOD, header={"suite": "weaker", "reader": "th-rtp"}, sealed_as={"n0": 9}, note=b"hello").to_bytes(),
    sender=None,
    mirror=mirror_of(other_leaves(3), 4),
)
# Each line mends the fault that was named and shows the next one.
PRECEDENCE: list[tuple[Mend, type[EntraideError]]] = [
    (lambda a: replace(a, sender=replace(SENDER, is_active=False, keys=RETIRED)), UnknownSender),
    (
        lambda a: replace(a, body=changed(header={"suite": "weaker"}, sealed_as={"n0": 9}, note=b"hello")),
        NotForThisNode,
    ),
    (lambda a: replace(a, sender=replace(SENDER, keys=RETIRED)), PartnerSuspended),
    (lambda a: replace(a, body=changed(sealed_as={"n0": 9}, note=b"hello")), SuiteBelowFloor),
    (lambda a: replace(a, body=changed(plain=(GOOD.plain[0], b"short"), note=b"hello")), SealBroken),
    (lambda a: replace(a, body=changed(note=b"hello")), UnreadableBatch),
    (lambda a: replace(a, body=BODY), BadCheckpoint),
    (lambda a: replace(a, sender=SENDER), NoKeysThen),
    (lambda a: replace(a, mirror=mirror_of(leaves_of(4), 4)), LogForked),
]


def test_the_first_fault_is_the_one_that_is_named():
    """A batch with every fault is refused by the earliest step that sees one, and so on as they are mended."""
    arrival = WORST
    for mend, error in PRECEDENCE:
        with pytest.raises(error):
            arrival.receive()
        arrival = mend(arrival)
    assert arrival.receive().growth.leaves == ()


SIZE = len(BODY)


@st.composite
def corruptions(draw: st.DrawFn) -> bytes:
    """The bytes of a good batch after bits were changed, or a stretch cut out, doubled, moved or filled in."""
    start, end = sorted((draw(st.integers(0, SIZE)), draw(st.integers(0, SIZE))))
    kind = draw(st.sampled_from(["bits", "cut", "double", "move", "fill", "insert"]))
    if kind == "bits":
        data = bytearray(BODY)
        for place in draw(st.lists(st.integers(0, SIZE - 1), min_size=1, max_size=4, unique=True)):
            data[place] ^= draw(st.integers(1, 255))
        return bytes(data)
    stretch = BODY[start:end]
    return {
        "cut": BODY[:start] + BODY[end:],
        "double": BODY[:end] + stretch + BODY[end:],
        "move": stretch + BODY[:start] + BODY[end:],
        "fill": BODY[:start] + draw(st.binary(min_size=len(stretch), max_size=len(stretch))) + BODY[end:],
        "insert": BODY[:start] + draw(st.binary(min_size=1, max_size=40)) + BODY[start:],
    }[kind]


@settings(max_examples=300, deadline=None)
@given(corruptions())
def test_no_corruption_of_a_batch_ever_passes(body):
    """However the bytes of a good batch are changed, they are refused by name; only the very same ones are taken."""
    if body == BODY:
        assert Arrival(body).receive().n1 == 4
        return
    with pytest.raises(EntraideError) as refused:
        Arrival(body).receive()
    assert refused.value.code.split(".")[0] in {"channel", "journal", "kernel"}


def test_what_cannot_be_read_names_nobody():
    """Of bytes that are no batch, not even a claimed sender is known."""
    assert claimed_author(b"ENTRAIDE-BATCH/1\nxxxx") is None
