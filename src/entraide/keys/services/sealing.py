"""Sealing a secret to a node: HPKE (RFC 9180), base mode, one shot, X-Wing, HKDF-SHA256, AES-256-GCM.

X-Wing is the library's `MLKEM768_X25519`: ML-KEM-768 (FIPS 203) and X25519 together, so that what is recorded today
stays closed to a quantum computer, and to a flaw in the newer algorithm. The library draws the encapsulation's
randomness itself: seals of a seeded simulation differ from run to run.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from entraide.kernel.signing import NotAKey, PublicKeys
from entraide.keys.domain.errors import BadSeal
from entraide.keys.domain.framing import SEALING_KEY

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
MLKEM_KEY = 1184


class Opener:
    """The private half of a sealing key."""

    __slots__ = ("_key", "public")

    def __init__(self, mlkem768: bytes, x25519: bytes) -> None:
        """Take ML-KEM's 64-byte seed and X25519's 32 bytes; `public` is the raw public key (1216 bytes)."""
        first, second = MLKEM768PrivateKey.from_seed_bytes(mlkem768), X25519PrivateKey.from_private_bytes(x25519)
        self._key = MLKEM768X25519PrivateKey(first, second)
        self.public: bytes = first.public_key().public_bytes_raw() + second.public_key().public_bytes_raw()

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Return what `seal_secret` sealed to this key with the same `info`; raises `BadSeal`."""
        try:
            return SUITE.decrypt(sealed, self._key, info)
        except (InvalidTag, ValueError) as error:
            raise BadSeal from error


def seal_secret(recipient: PublicKeys, secret: bytes, info: bytes) -> bytes:
    """Return `secret` sealed to `recipient`, bound to `info`; 1136 bytes longer than the secret.

    Raises `NotAKey` when the recipient has no usable sealing key.
    """
    raw = recipient.sealing
    if len(raw) != SEALING_KEY:
        raise NotAKey(what="sealing key")
    try:
        key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_KEY]), X25519PublicKey.from_public_bytes(raw[MLKEM_KEY:])
        )
        return SUITE.encrypt(secret, key, info)
    except ValueError as error:
        raise NotAKey(what="sealing key") from error
