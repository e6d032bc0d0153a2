"""Double signatures: Ed25519 (RFC 8032) and ML-DSA-44 (FIPS 204) over the same labelled bytes.

Evidence must outlive Ed25519, and ML-DSA is young: whoever wants to forge must break both. Ed25519 is deterministic;
the library draws ML-DSA's hedging randomness itself, so a seeded simulation does not repeat the second half of a
signature byte for byte.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.signing import PublicKeys, Signature
from entraide.kernel.text import N_
from entraide.keys.domain.errors import BadSignature, OtherKeys
from entraide.keys.domain.framing import (
    ED25519_KEY,
    ED25519_SIGNATURE,
    MLDSA44_KEY,
    MLDSA44_SIGNATURE,
    signed_bytes,
)


@dataclass(frozen=True, slots=True)
class Signer:
    """Both private halves of a signer."""

    _ed25519: Ed25519PrivateKey
    _mldsa44: MLDSA44PrivateKey

    @classmethod
    def from_seeds(cls, ed25519: bytes, mldsa44: bytes) -> "Signer":
        """Return the signer of two 32-byte seeds; raises `ValueError` for other lengths."""
        return cls(Ed25519PrivateKey.from_private_bytes(ed25519), MLDSA44PrivateKey.from_seed_bytes(mldsa44))

    def public(self, sealing: bytes = b"") -> PublicKeys:
        """Return the public half, with the raw public `sealing` key of the same holder."""
        return PublicKeys(
            self._ed25519.public_key().public_bytes_raw(), self._mldsa44.public_key().public_bytes_raw(), sealing
        )

    def sign(self, label: str, message: bytes) -> Signature:
        """Sign `message` for the purpose `label` with both algorithms."""
        data = signed_bytes(label, message)
        return Signature(self._ed25519.sign(data), self._mldsa44.sign(data))


def verify_signature(public: PublicKeys, label: str, message: bytes, signature: Signature) -> None:
    """Verify both halves of a signature; returns nothing, raises `BadSignature`.

    1. Both public keys have the length and form of their algorithm.
    2. Both signatures have the length of their algorithm.
    3. The Ed25519 signature holds over the labelled bytes.
    4. The ML-DSA-44 signature holds over the same bytes.
    """
    ed25519, mldsa44 = _parsed(public.ed25519, public.mldsa44)
    if len(signature.ed25519) != ED25519_SIGNATURE or len(signature.mldsa44) != MLDSA44_SIGNATURE:
        raise BadSignature(why=N_("a part of it has the wrong length"))
    data = signed_bytes(label, message)
    try:
        ed25519.verify(signature.ed25519, data)
    except InvalidSignature as error:
        raise BadSignature(why=N_("Ed25519 rejects it")) from error
    try:
        mldsa44.verify(signature.mldsa44, data)
    except InvalidSignature as error:
        raise BadSignature(why=N_("ML-DSA-44 rejects it")) from error


def verify_dated_signature(
    history: KeyHistory,
    label: str,
    message: bytes,
    signature: Signature,
    *,
    claimed: datetime,
    stored_at: datetime,
    until: datetime | None = None,
) -> PublicKeys:
    """Verify a signature dated `claimed` and first kept here at `stored_at`; return the keys of that day that made it.

    What is dated by a whole day gives its end as `until`.

    1. The signer had keys then (`NoKeysThen`), and something new was still accepted under them when this came
       (`KeysRetired`); see `KeyHistory.signing`.
    2. The signature holds under them (`verify_signature`): else `OtherKeys` when other keys of the signer made it,
       `BadSignature` when none did.
    """
    candidates = history.signing(claimed, stored_at, until=until)
    for keys in candidates[:-1]:
        if _holds(keys, label, message, signature):
            return keys
    try:
        verify_signature(candidates[-1], label, message, signature)
    except BadSignature:
        others = (generation.keys for generation in history.generations if generation.keys not in candidates)
        if any(_holds(keys, label, message, signature) for keys in others):
            raise OtherKeys(moment=claimed.date().isoformat()) from None
        raise
    return candidates[-1]


def _holds(keys: PublicKeys, label: str, message: bytes, signature: Signature) -> bool:
    try:
        verify_signature(keys, label, message, signature)
    except BadSignature:
        return False
    return True


@lru_cache(maxsize=256)
def _parsed(ed25519: bytes, mldsa44: bytes) -> tuple[Ed25519PublicKey, MLDSA44PublicKey]:
    if len(ed25519) != ED25519_KEY or len(mldsa44) != MLDSA44_KEY:
        raise BadSignature(why=N_("a public key has the wrong length"))
    try:
        return Ed25519PublicKey.from_public_bytes(ed25519), MLDSA44PublicKey.from_public_bytes(mldsa44)
    except ValueError as error:
        raise BadSignature(why=N_("a public key cannot be read")) from error
