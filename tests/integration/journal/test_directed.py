"""Directed logs between two nodes: an author on "default", a reader on "partner"."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from entraide.journal.api import (
    BadCheckpoint,
    LeavesMismatch,
    LogForked,
    LogGap,
    NoSuchLeaf,
    NoSuchLog,
    SignedCheckpoint,
    WrongSide,
    append_leaves,
    compare_head,
    cosign_checkpoint,
    ensure_directed_log,
    get_head,
    list_leaves,
    parse_checkpoint,
    prove_consistency,
    prove_inclusion,
    record_cosignature,
    sign_checkpoint,
    verify_consistency,
    verify_inclusion,
)
from entraide.journal.domain.merkle import leaf_hash, tree_root
from entraide.journal.domain.notes import Checkpoint, Cosignature, key_ids
from entraide.journal.models import Cosignature as CosignatureRow
from entraide.journal.models import LeafRun
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.storage.api import transaction
from tests.factories.logs import PARTNER, LogPair, make_keyed_node, make_pair
from tests.factories.nodes import NOON

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def forge(pair: LogPair, leaves: list[bytes], *, by: Node | None = None, origin: str | None = None) -> SignedCheckpoint:
    """A checkpoint over other leaves than the log's, signed with the author's keys."""
    name = origin or "entraide/directed/vn-mps/la-mops"
    ring = (by or pair.author).keyring
    body = Checkpoint(name, len(leaves), tree_root([leaf_hash(leaf) for leaf in leaves]), NOON)
    signature = ring.sign("journal.checkpoint/v1", body.body.encode(), at=body.at)
    return SignedCheckpoint(body, "vn-mps", key_ids("vn-mps", ring.history.at(body.at)), signature)


@pytest.fixture
def pair() -> LogPair:
    return make_pair(make_keyed_node(), make_keyed_node("partner"))


def test_mirror_holds_what_the_author_signed(pair: LogPair):
    """After batches of every size both sides have the same head, and the leaves can be read back."""
    leaves = [str(number).encode() for number in range(600)]
    for start, end in [(0, 1), (1, 2), (2, 300), (300, 600)]:
        checkpoint = pair.send(*leaves[start:end])
        assert parse_checkpoint(checkpoint.text) == checkpoint
    with pair.author.active():
        head = get_head(pair.written)
        assert list_leaves(pair.written, 299, 302) == leaves[299:302]
    with pair.reader.active():
        assert get_head(pair.mirrored) == head
        assert list_leaves(pair.mirrored, 0, 10_000) == leaves
        assert list_leaves(pair.mirrored, 600, 700) == []
    assert head.root == tree_root([leaf_hash(leaf) for leaf in leaves])


def test_proofs_of_both_sides_verify(pair: LogPair):
    """Either side proves a leaf, or that one head continues another, to anybody."""
    leaves = [bytes([number]) for number in range(70)]
    first = pair.send(*leaves[:30])
    second = pair.send(*leaves[30:])
    for node, log_id in [(pair.author, pair.written), (pair.reader, pair.mirrored)]:
        with node.active():
            verify_inclusion(leaves[17], 17, 70, prove_inclusion(log_id, 17, 70), second.root)
            verify_inclusion(leaves[17], 17, 30, prove_inclusion(log_id, 17, 30), first.root)
            verify_consistency(30, first.root, 70, second.root, prove_consistency(log_id, 30, 70))
            for index, size in [(70, 70), (0, 71)]:
                with pytest.raises(NoSuchLeaf):
                    prove_inclusion(log_id, index, size)
            with pytest.raises(NoSuchLeaf):
                prove_consistency(log_id, 70, 71)


def test_a_batch_that_arrives_twice_or_overlaps_is_kept_once(pair: LogPair):
    """Delivery at least once leaves one copy."""
    one = pair.send(b"a", b"b")
    pair.mirror(0, (b"a", b"b"), one)
    append_leaves(pair.author, pair.written, [b"c"])
    pair.mirror(1, (b"b", b"c"), sign_checkpoint(pair.author, pair.written))
    with pair.reader.active():
        assert list_leaves(pair.mirrored, 0, 9) == [b"a", b"b", b"c"]


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        pytest.param(lambda p: p.mirror(3, (b"d",), forge(p, [b"a", b"b", b"c", b"d"])), LogGap, id="leaves missing"),
        pytest.param(lambda p: p.mirror(1, (b"x",), forge(p, [b"a", b"x"])), LogForked, id="leaf rewritten"),
        pytest.param(lambda p: p.mirror(0, (b"x",), forge(p, [b"x"])), LogForked, id="history rewritten, shorter"),
        pytest.param(lambda p: p.mirror(2, (b"c",), forge(p, [b"x", b"b", b"c"])), LeavesMismatch, id="other past"),
        pytest.param(lambda p: p.mirror(2, (b"x",), forge(p, [b"a", b"b", b"c"])), LeavesMismatch, id="leaf changed"),
        pytest.param(lambda p: p.mirror(2, (), forge(p, [b"a", b"b", b"c"])), BadCheckpoint, id="leaf left out"),
        pytest.param(
            lambda p: p.mirror(2, (b"c",), forge(p, [b"a", b"b", b"c"], by=p.reader)), BadCheckpoint, id="other keys"
        ),
        pytest.param(
            lambda p: p.mirror(2, (b"c",), forge(p, [b"a", b"b", b"c"], origin="entraide/own/vn-mps")),
            BadCheckpoint,
            id="other log",
        ),
        pytest.param(
            lambda p: p.mirror(2, (b"c",), replace(forge(p, [b"a", b"b", b"c"]), signer="la-mops")),
            BadCheckpoint,
            id="other name",
        ),
        pytest.param(
            lambda p: p.mirror(
                2, (b"c",), replace(forge(p, [b"a", b"b", b"c"]), signature=forge(p, [b"a", b"b", b"d"]).signature)
            ),
            BadCheckpoint,
            id="signature of another head",
        ),
        pytest.param(lambda p: append_leaves(p.reader, p.mirrored, [b"c"]), WrongSide, id="reader writes"),
        pytest.param(lambda p: sign_checkpoint(p.reader, p.mirrored), WrongSide, id="reader signs"),
        pytest.param(lambda p: append_leaves(p.reader, p.written, [b"c"]), NoSuchLog, id="no such log"),
        pytest.param(
            lambda p: ensure_directed_log(p.author, partner_id=PARTNER, author="x", reader="y"),
            WrongSide,
            id="log of two others",
        ),
    ],
)
def test_mirror_refuses_what_does_not_continue_it(
    pair: LogPair, attempt: Callable[[LogPair], object], error: type[EntraideError]
):
    """Each attempt to change or fake history has its name, and leaves the mirror as it was."""
    pair.send(b"a", b"b")
    with pair.reader.active():
        before, runs = get_head(pair.mirrored), LeafRun.objects.count()
    with pytest.raises(error) as raised:
        attempt(pair)
    assert raised.type is error
    with pair.reader.active():
        assert (get_head(pair.mirrored), LeafRun.objects.count()) == (before, runs)


def test_compare_head_finds_lag_rollback_and_fork(pair: LogPair):
    """Heads compared on connecting say who lacks what, or that the author has two histories."""
    keys = pair.author.keyring.history
    first = pair.send(b"a", b"b")
    pair.send(b"c")
    ahead = forge(pair, [b"a", b"b", b"c", b"d", b"e"])
    assert compare_head(pair.reader, pair.mirrored, ahead, keys) == 2
    assert compare_head(pair.reader, pair.mirrored, first, keys) == -1
    with pytest.raises(LogForked):
        compare_head(pair.reader, pair.mirrored, forge(pair, [b"a", b"x"]), keys)


def test_cosignature_is_given_once_and_kept_by_the_author(pair: LogPair):
    """The reader's receipt verifies, survives its journey as JSON, and is the same when asked again."""
    checkpoint = pair.send(b"a")
    cosignature = cosign_checkpoint(pair.reader, checkpoint, pair.author.keyring.history)
    assert cosign_checkpoint(pair.reader, checkpoint, pair.author.keyring.history) == cosignature
    for _ in range(2):
        received = Cosignature.from_json(cosignature.to_json())
        record_cosignature(pair.author, pair.written, received, pair.reader.keyring.history)
    with pair.author.active():
        assert CosignatureRow.objects.count() == 1


def test_cosignature_of_a_head_signed_anew_after_a_restore(pair: LogPair):
    """An author that lost its signature and signs the same leaves again gets a cosignature on the new one."""
    pair.send(b"a")
    assert cosign_checkpoint(pair.reader, forge(pair, [b"a"]), pair.author.keyring.history).size == 1
    with pytest.raises(BadCheckpoint):
        cosign_checkpoint(pair.reader, forge(pair, [b"a"], by=pair.reader), pair.author.keyring.history)


def test_cosignature_is_refused_when_it_does_not_hold(pair: LogPair):
    """A reader cosigns only what it holds; an author keeps only what its reader signed."""
    checkpoint = pair.send(b"a")
    with pytest.raises(BadCheckpoint):
        cosign_checkpoint(pair.reader, forge(pair, [b"a", b"b"]), pair.author.keyring.history)
    with pytest.raises(BadCheckpoint):
        cosign_checkpoint(pair.reader, forge(pair, [b"x"]), pair.author.keyring.history)
    cosignature = cosign_checkpoint(pair.reader, checkpoint, pair.author.keyring.history)
    wrong = [
        replace(cosignature, size=2),
        replace(cosignature, at=cosignature.at + timedelta(seconds=1)),
        replace(cosignature, signer="vn-mps"),
        replace(cosignature, signature=checkpoint.signature),
    ]
    for item in wrong:
        with pytest.raises(BadCheckpoint):
            record_cosignature(pair.author, pair.written, item, pair.reader.keyring.history)
    with pytest.raises(BadCheckpoint):
        record_cosignature(pair.author, pair.written, cosignature, pair.author.keyring.history)


def test_append_is_undone_with_its_transaction(pair: LogPair):
    """A batch whose transaction fails leaves no leaf."""
    with pytest.raises(LookupError), transaction(pair.author):  # noqa: PT012 - the block is the act
        append_leaves(pair.author, pair.written, [b"a"])
        raise LookupError
    assert append_leaves(pair.author, pair.written, [b"b"]) == (0, 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n1\n", "\n01\n"),
        lambda text: text.replace("\n1\n", "\n-1\n"),
        lambda text: text + "\n",
        lambda text: text.replace("— ", "- ", 1),
        lambda text: text[: text.rindex("— ")],
        lambda text: text.replace("time ", "when "),
        lambda text: text.replace("Z\n", "+00:00\n"),
        lambda text: "",
        lambda text: "x" * 20_000,
    ],
)
def test_a_checkpoint_has_one_form(pair: LogPair, change: Callable[[str], str]):
    """Text that is not exactly a checkpoint of this protocol is refused before any signature is looked at."""
    append_leaves(pair.author, pair.written, [b"a"])
    text = sign_checkpoint(pair.author, pair.written).text
    with pytest.raises(BadCheckpoint):
        parse_checkpoint(change(text))
