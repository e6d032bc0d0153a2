"""A key ring in memory: what every key ring does once its private bytes are there."""

from dataclasses import dataclass, fields

from entraide.kernel.node import Randomness
from entraide.kernel.signing import PublicKeys, Signature
from entraide.keys.services.sealing import Opener
from entraide.keys.services.signatures import Signer
from entraide.keys.services.symmetric import decrypt, derive_key, encrypt

_RECORD_PURPOSE = b"entraide/root/records/v1"


@dataclass(frozen=True, slots=True, repr=False)
class PrivateKeys:
    """The private bytes of a node: seeds of 32 bytes, ML-KEM's of 64. Never shown, not even in a traceback."""

    ed25519: bytes
    mldsa44: bytes
    mlkem768: bytes
    x25519: bytes

    @classmethod
    def draw(cls, random: Randomness) -> "PrivateKeys":
        """Return new private keys from `random`."""
        return cls(random.draw(32), random.draw(32), random.draw(64), random.draw(32))

    def pack(self) -> bytes:
        """Return all private bytes in order (160 bytes)."""
        return b"".join(getattr(self, field.name) for field in fields(self))

    @classmethod
    def unpack(cls, data: bytes) -> "PrivateKeys":
        """Undo `pack`; raises `ValueError` for another length."""
        if len(data) != 160:
            raise ValueError("private keys have 160 bytes")
        return cls(data[:32], data[32:64], data[64:128], data[128:])


class MemoryKeyRing:
    """A node's keys in memory (`kernel.node.KeyRing`)."""

    __slots__ = ("_opener", "_public", "_random", "_records", "_signer")

    def __init__(self, root: bytes, private: PrivateKeys, random: Randomness) -> None:
        """Take the 32-byte root wrapping key, the private keys, and the randomness that nonces are drawn from."""
        self._signer = Signer.from_seeds(private.ed25519, private.mldsa44)
        self._opener = Opener(private.mlkem768, private.x25519)
        self._public = self._signer.public(self._opener.public)
        self._records = derive_key(root, _RECORD_PURPOSE)
        self._random = random

    @property
    def public(self) -> PublicKeys:
        """The node's current public keys."""
        return self._public

    def sign(self, label: str, message: bytes) -> Signature:
        """Sign `message` for the purpose `label` with both algorithms."""
        return self._signer.sign(label, message)

    def open_secret(self, sealed: bytes, info: bytes) -> bytes:
        """Open what was sealed to this node, bound to `info`; raises `BadSeal`."""
        return self._opener.open(sealed, info)

    def wrap(self, secret: bytes, purpose: str) -> bytes:
        """Encrypt a record's key for storage, bound to `purpose`, under a key derived from the root key."""
        return encrypt(self._records, secret, purpose.encode(), self._random)

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """Undo `wrap`; raises `BadCiphertext`."""
        return decrypt(self._records, wrapped, purpose.encode())


def create_memory_keyring(random: Randomness) -> MemoryKeyRing:
    """Return a new key ring that is never written anywhere, for tests and simulations.

    Keys and nonces come from `random`; the hedging of ML-DSA and the encapsulation of HPKE do not (the library has no
    interface for it), so equal seeds give equal keys but not equal seals.
    """
    return MemoryKeyRing(random.draw(32), PrivateKeys.draw(random), random)
