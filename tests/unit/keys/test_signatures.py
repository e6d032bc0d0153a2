"""Double signatures, sealing and encryption."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.signing import NotAKey, PublicKeys, Signature
from entraide.keys.api import (
    BadCiphertext,
    BadSeal,
    BadSignature,
    create_memory_keyring,
    decrypt,
    derive_message_key,
    encrypt,
    key_fingerprint,
    seal_secret,
    verify_signature,
)
from tests.factories.nodes import NOON, SeededRandomness

RING = create_memory_keyring(SeededRandomness("one"))
OTHER = create_memory_keyring(SeededRandomness("other"))
MESSAGE = b"the plan of 2025"
KEYS, OTHER_KEYS = RING.history.at(NOON), OTHER.history.at(NOON)
SIGNATURE = RING.sign("plan", MESSAGE, at=NOON)
FOREIGN = OTHER.sign("plan", MESSAGE, at=NOON)


def flip(data: bytes, place: int = 0) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_signature_by_both_algorithms_holds():
    """What a ring signs verifies with its public keys."""
    verify_signature(KEYS, "plan", MESSAGE, SIGNATURE)


@pytest.mark.parametrize(
    ("public", "label", "message", "signature", "why"),
    [
        pytest.param(KEYS, "plan", MESSAGE + b".", SIGNATURE, "Ed25519 rejects", id="other message"),
        pytest.param(KEYS, "request", MESSAGE, SIGNATURE, "Ed25519 rejects", id="other purpose"),
        pytest.param(OTHER_KEYS, "plan", MESSAGE, SIGNATURE, "Ed25519 rejects", id="other signer"),
        pytest.param(
            KEYS, "plan", MESSAGE, replace(SIGNATURE, mldsa44=FOREIGN.mldsa44), "ML-DSA-44", id="half is foreign"
        ),
        pytest.param(KEYS, "plan", MESSAGE, replace(SIGNATURE, ed25519=FOREIGN.ed25519), "Ed25519", id="other half is"),
        pytest.param(KEYS, "plan", MESSAGE, replace(SIGNATURE, mldsa44=b""), "length", id="half is missing"),
        pytest.param(KEYS, "plan", MESSAGE, Signature(b"", b""), "length", id="empty"),
        pytest.param(PublicKeys(b"", b""), "plan", MESSAGE, SIGNATURE, "public key", id="no key"),
    ],
)
def test_verify_signature_refuses(public: PublicKeys, label: str, message: bytes, signature: Signature, why: str):
    """Both halves must hold, for this message, this purpose and this signer."""
    with pytest.raises(BadSignature, match=why):
        verify_signature(public, label, message, signature)


@given(place=st.integers(0, 64 + 2420 - 1))
def test_any_changed_byte_of_a_signature_is_found(place: int):
    """Not one byte of either half can be changed."""
    both = flip(SIGNATURE.ed25519 + SIGNATURE.mldsa44, place)
    with pytest.raises(BadSignature):
        verify_signature(KEYS, "plan", MESSAGE, Signature(both[:64], both[64:]))


def test_labels_cannot_run_into_messages():
    """A label's end is fixed, so no other split of the same bytes verifies."""
    signature = RING.sign("ab", b"c", at=NOON)
    with pytest.raises(BadSignature):
        verify_signature(KEYS, "a", b"bc", signature)
    with pytest.raises(ValueError, match="label"):
        RING.sign("", b"", at=NOON)


def test_sealed_secret_opens_for_its_recipient_and_info_only():
    """HPKE binds the recipient and the info; everything else is refused."""
    sealed = seal_secret(KEYS, b"s" * 32, b"batch 7")
    assert RING.open_secret(sealed, b"batch 7", sealed_to=KEYS.sealing) == b"s" * 32
    assert len(sealed) == 32 + 1136
    for ring, data, info in [
        (RING, sealed, b"batch 8"),
        (OTHER, sealed, b"batch 7"),
        (RING, flip(sealed, 3), b"batch 7"),
        (RING, flip(sealed, len(sealed) - 1), b"batch 7"),
        (RING, sealed[:40], b"batch 7"),
        (RING, b"", b"batch 7"),
    ]:
        with pytest.raises(BadSeal):
            ring.open_secret(data, info, sealed_to=ring.history.at(NOON).sealing)


@pytest.mark.parametrize("sealing", [b"", b"x" * 10, b"\xff" * 1216], ids=["none", "short", "not a key"])
def test_seal_secret_refuses_a_recipient_without_a_sealing_key(sealing: bytes):
    """A signer that receives nothing, or a damaged key, cannot be sealed to."""
    with pytest.raises(NotAKey):
        seal_secret(replace(KEYS, sealing=sealing), b"s", b"")


@given(plaintext=st.binary(max_size=200), aad=st.binary(max_size=20))
def test_encryption_round_trips_and_binds_its_place(plaintext: bytes, aad: bytes):
    """What was encrypted comes back with the same key and place, and with no other."""
    key = derive_message_key(b"s" * 32, 3)
    data = encrypt(key, plaintext, aad, SeededRandomness())
    assert decrypt(key, data, aad) == plaintext
    changes: list[Callable[[], bytes]] = [
        lambda: decrypt(derive_message_key(b"s" * 32, 4), data, aad),
        lambda: decrypt(key, data, aad + b"."),
        lambda: decrypt(key, flip(data, len(data) // 2), aad),
        lambda: decrypt(key, data[:20], aad),
    ]
    for change in changes:
        with pytest.raises(BadCiphertext):
            change()


@pytest.mark.parametrize("length", range(12 + 16))
def test_what_is_shorter_than_nonce_and_tag_is_no_ciphertext(length: int):
    """Of 27 bytes or fewer, none included, it is said that they are no ciphertext; no other error comes out."""
    with pytest.raises(BadCiphertext):
        decrypt(b"k" * 32, b"x" * length, b"")


def test_wrapped_record_key_is_bound_to_its_purpose():
    """A record's key cannot be unwrapped for another record or by another node."""
    wrapped = RING.wrap(b"k" * 32, "request 1")
    assert RING.unwrap(wrapped, "request 1") == b"k" * 32
    for ring, purpose in [(RING, "request 2"), (OTHER, "request 1")]:
        with pytest.raises(BadCiphertext):
            ring.unwrap(wrapped, purpose)


def test_fingerprint_covers_every_key():
    """Ten groups of four digits that change with any of the three keys."""
    fingerprint = key_fingerprint(KEYS)
    assert [len(group) for group in fingerprint.split(" ")] == [4] * 10
    for part in ("ed25519", "mldsa44", "sealing"):
        changed = replace(KEYS, **{part: flip(getattr(KEYS, part))})
        assert key_fingerprint(changed) != fingerprint


def test_equal_seeds_give_equal_keys():
    """A simulation's nodes have the same keys in every run."""
    assert create_memory_keyring(SeededRandomness("one")).history == RING.history
    assert OTHER_KEYS != KEYS
