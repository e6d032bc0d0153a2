"""Who signed a head and who cosigned it: the keys come out, or a refusal that says what does not hold."""

from dataclasses import replace
from datetime import timedelta

import pytest

from entraide.journal.domain.errors import BadCheckpoint
from entraide.journal.domain.heads import verify_checkpoint, verify_cosignature
from entraide.journal.domain.notes import COSIGNATURE_LABEL, Cosignature, SignedCheckpoint, directed_origin
from entraide.kernel.dated_keys import DatedKeys, KeyHistory, KeysRetired, NoKeysThen
from entraide.kernel.signing import PublicKeys, Signature
from entraide.keys.api import MemoryKeyRing
from tests.factories.batches import (
    AT,
    AUTHOR,
    AUTHORS_RING,
    READER,
    READERS_RING,
    STRANGERS_RING,
    head_over,
    leaves_of,
    public_of,
)

ORIGIN = directed_origin(AUTHOR, READER)
HEAD = head_over(leaves_of(4))
FORGED = Signature(b"e" * 64, b"m" * 2420)
SOON = AT + timedelta(minutes=1)


def verified(signed: SignedCheckpoint, *, origin: str = ORIGIN, author: str = AUTHOR) -> PublicKeys:
    return verify_checkpoint(signed, origin=origin, author=author, history=AUTHORS_RING.history, stored_at=SOON)


def test_a_head_gives_the_keys_that_signed_it():
    """They are those of the day that it names."""
    assert verified(HEAD) == public_of(AUTHORS_RING)


NAMES = "it is of another log or signed in another name"
BAD_HEADS = {
    "of another log": (HEAD, {"origin": "entraide/own/vn-mps"}, NAMES),
    "in another name": (HEAD, {"author": "th-rtp"}, NAMES),
    "by other keys": (
        head_over(leaves_of(4), ring=STRANGERS_RING),
        {},
        "it is signed with other keys than the author's of that day",
    ),
    "with a signature that is none": (replace(HEAD, signature=FORGED), {}, "the author's signature does not hold"),
}


@pytest.mark.parametrize(("head", "told", "why"), BAD_HEADS.values(), ids=BAD_HEADS)
def test_a_head_that_does_not_hold_is_refused_and_says_why(head, told, why):
    """The refusal names the log that was asked for."""
    with pytest.raises(BadCheckpoint) as refused:
        verified(head, **told)
    assert refused.value.params == {"origin": told.get("origin", ORIGIN), "why": why}


def cosigned(
    ring: MemoryKeyRing = READERS_RING,
    *,
    label: str = COSIGNATURE_LABEL,
    origin: str = ORIGIN,
    size: int = HEAD.size,
    signer: str = READER,
) -> Cosignature:
    bare = Cosignature(origin, size, signer, AT, FORGED)
    return replace(bare, signature=ring.sign(label, bare.message(HEAD.checkpoint), at=AT))


def verified_cosignature(cosignature: Cosignature, *, history=READERS_RING.history, stored_at=SOON):
    return verify_cosignature(cosignature, HEAD.checkpoint, reader=READER, history=history, stored_at=stored_at)


def test_a_cosignature_gives_the_keys_that_made_it():
    """They are the reader's of the moment that it names."""
    assert verified_cosignature(cosigned()) == public_of(READERS_RING)


OTHER = "the cosignature is for another checkpoint or reader"
BROKEN = "the reader's cosignature does not hold"
BAD_COSIGNATURES = {
    "of another log": (cosigned(origin="entraide/own/vn-mps"), OTHER),
    "of another size": (cosigned(size=5), OTHER),
    "in another name": (cosigned(signer="th-rtp"), OTHER),
    "by somebody else": (cosigned(STRANGERS_RING), BROKEN),
    "for another purpose": (cosigned(label="other/v1"), BROKEN),
    "at another moment": (replace(cosigned(), at=AT + timedelta(seconds=1)), BROKEN),
}


@pytest.mark.parametrize(("cosignature", "why"), BAD_COSIGNATURES.values(), ids=BAD_COSIGNATURES)
def test_a_cosignature_that_does_not_hold_is_refused_and_says_why(cosignature, why):
    """Names, size, signature and moment: each is looked at."""
    with pytest.raises(BadCheckpoint) as refused:
        verified_cosignature(cosignature)
    assert refused.value.params == {"origin": ORIGIN, "why": why}


LATER = KeyHistory((DatedKeys(public_of(READERS_RING), valid_from=AT + timedelta(days=1)),))
RETIRED = KeyHistory(
    (
        DatedKeys(public_of(READERS_RING), valid_from=AT - timedelta(days=1), valid_until=AT + timedelta(days=1)),
        DatedKeys(public_of(STRANGERS_RING), valid_from=AT + timedelta(days=1)),
    )
)


def test_a_cosignature_of_a_day_without_keys_is_refused():
    """Keys that came later sign nothing of today."""
    with pytest.raises(NoKeysThen):
        verified_cosignature(cosigned(), history=LATER)


def test_a_cosignature_that_comes_after_its_keys_were_retired_is_refused():
    """What counts is when it was first kept here."""
    assert verified_cosignature(cosigned(), history=RETIRED) == public_of(READERS_RING)
    with pytest.raises(KeysRetired):
        verified_cosignature(cosigned(), history=RETIRED, stored_at=AT + timedelta(days=400))
