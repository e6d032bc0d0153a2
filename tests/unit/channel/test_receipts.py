"""Evidence made and judged, without a database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from entraide.channel.domain.errors import BadStatement, NotForThisNode
from entraide.channel.domain.evidence import STATEMENT_LABEL, Fate, Statement, StatementKind
from entraide.channel.domain.posts import SignedStatement
from entraide.channel.domain.receipts import (
    OutgoingLog,
    StoredRange,
    derive_receipt,
    is_all_delivered,
    require_receipt,
    verify_evidence,
)
from entraide.kernel.dated_keys import DatedKeys, KeyHistory, NoKeysThen
from entraide.kernel.signing import Signature
from entraide.keys.api import BadSignature
from tests.factories.batches import AT, AUTHOR, READER, READERS_RING, STRANGERS_RING, public_of

ROOT = b"r" * 32
STORED = StoredRange(AUTHOR, READER, 1, 4, ROOT, AT - timedelta(seconds=1))
LEFT = {2: (Fate.REJECTED, "test.no"), 3: (Fate.WAITING, "")}
RECEIPT = derive_receipt(STORED, LEFT, at=AT)
LOG = OutgoingLog(AUTHOR, READER, 4, READERS_RING.history)
LATER = KeyHistory((DatedKeys(public_of(READERS_RING), valid_from=AT + timedelta(days=1)),))


def signed(statement: Statement = RECEIPT, ring=READERS_RING, label: str = STATEMENT_LABEL) -> SignedStatement:
    content = statement.to_bytes()
    return SignedStatement(content, ring.sign(label, content, at=AT))


def test_a_receipt_says_what_was_stored_and_what_was_not_delivered():
    """It names range, root, both moments and every exception, and its author takes it as it was made."""
    receipt = derive_receipt(STORED, LEFT, at=AT)
    assert receipt == Statement(
        StatementKind.RECEIPT, AUTHOR, READER, 1, 4, AT, received_at=STORED.received_at, root=ROOT, exceptions=LEFT
    )
    assert verify_evidence(signed(receipt), LOG, at=AT) == RECEIPT
    assert (RECEIPT.kind, RECEIPT.root, RECEIPT.received_at) == (StatementKind.RECEIPT, ROOT, STORED.received_at)
    assert [RECEIPT.fate_of(position)[0] for position in (1, 2, 3)] == [Fate.DELIVERED, Fate.REJECTED, Fate.WAITING]
    require_receipt(RECEIPT, 1, 4, ROOT)


FORGED = SignedStatement(RECEIPT.to_bytes(), Signature(b"e" * 64, b"m" * 2420))
REFUSED = {
    "no statement": (SignedStatement(b"{}", FORGED.signature), LOG, BadStatement),
    "about somebody else's log": (signed(replace(RECEIPT, author="th-rtp")), LOG, NotForThisNode),
    "by another node": (signed(replace(RECEIPT, reader="th-rtp")), LOG, BadStatement),
    "about what was never sent": (signed(), replace(LOG, size=3), BadStatement),
    "with a signature that is none": (FORGED, LOG, BadSignature),
    "signed by somebody else": (signed(ring=STRANGERS_RING), LOG, BadSignature),
    "signed for another purpose": (signed(label="other/v1"), LOG, BadSignature),
    "with another content": (replace(signed(), content=replace(RECEIPT, exceptions={}).to_bytes()), LOG, BadSignature),
    "of a day without keys": (signed(), replace(LOG, reader_keys=LATER), NoKeysThen),
}


@pytest.mark.parametrize(("statement", "log", "error"), REFUSED.values(), ids=REFUSED)
def test_evidence_that_does_not_hold_is_refused_by_name(statement, log, error):
    """Form, names, range, signature and day: each fault has its refusal."""
    with pytest.raises(error) as refused:
        verify_evidence(statement, log, at=AT)
    assert type(refused.value) is error


SAID = {
    "about somebody else's log": {"name": "th-rtp"},
    "by another node": {"why": "another node made it"},
    "about what was never sent": {"why": "it covers what was never sent"},
}


@pytest.mark.parametrize("case", SAID)
def test_a_refusal_of_evidence_says_why(case):
    """Whoever reads it learns whose log it is about, or what does not fit."""
    statement, log, error = REFUSED[case]
    with pytest.raises(error) as refused:
        verify_evidence(statement, log, at=AT)
    assert refused.value.params == SAID[case]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"n0": 2, "exceptions": {}}, "it is not the receipt of this batch"),
        ({"n1": 5}, "it is not the receipt of this batch"),
        ({"root": b"s" * 32}, "it is the receipt of another history"),
        ({"kind": StatementKind.DELIVERY}, "it is not the receipt of this batch"),
    ],
)
def test_only_the_receipt_of_this_batch_under_this_head_counts(change, why):
    """Another range, another history or another kind of statement is no receipt of it."""
    with pytest.raises(BadStatement) as refused:
        require_receipt(replace(RECEIPT, **change), 1, 4, ROOT)
    assert refused.value.params == {"why": why}


@pytest.mark.parametrize(
    ("fates", "all_delivered"),
    [
        ({1: (Fate.DELIVERED, ""), 2: (Fate.DELIVERED, ""), 3: (Fate.DELIVERED, "")}, True),
        ({1: (Fate.DELIVERED, ""), 2: (Fate.REJECTED, "x"), 3: (Fate.DELIVERED, "")}, False),
        ({1: (Fate.DELIVERED, ""), 3: (Fate.DELIVERED, "")}, False),
        ({}, False),
    ],
)
def test_the_inbox_need_not_be_read_when_all_was_delivered_just_now(fates, all_delivered):
    """A message that was not reached, or not delivered, makes the inbox speak."""
    assert is_all_delivered(1, 4, fates) is all_delivered
