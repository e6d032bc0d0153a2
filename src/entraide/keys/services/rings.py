"""A key ring in memory: what every key ring does once its private bytes are there."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from entraide.kernel.dated_keys import DatedKeys, KeyHistory
from entraide.kernel.node import Randomness
from entraide.kernel.signing import PublicKeys, Signature
from entraide.keys.domain.errors import BadSeal, SigningKeyGone
from entraide.keys.services.sealing import Opener
from entraide.keys.services.signatures import Signer
from entraide.keys.services.symmetric import decrypt, derive_key, encrypt

_RECORD_PURPOSE = b"entraide/root/records/v1"
# Something dated just before the keys ended may be signed a moment after.
SIGNING_GRACE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, repr=False)
class PrivateKeys:
    """The private bytes of a node: seeds of 32 bytes, ML-KEM's of 64. Never shown, not even in a traceback.

    Once a key has ended its bytes are destroyed: they are empty then.
    """

    ed25519: bytes
    mldsa44: bytes
    mlkem768: bytes
    x25519: bytes

    @classmethod
    def draw(cls, random: Randomness) -> "PrivateKeys":
        """Return new private keys from `random`."""
        return cls(random.draw(32), random.draw(32), random.draw(64), random.draw(32))

    def __post_init__(self) -> None:
        """Hold each key to its length; raises `ValueError`."""
        for field, size in zip(fields(self), (32, 32, 64, 32), strict=True):
            if len(getattr(self, field.name)) not in {0, size}:
                raise ValueError("a private key has the wrong length")

    @property
    def public(self) -> PublicKeys:
        """The public half; both private halves must be there."""
        return Signer.from_seeds(self.ed25519, self.mldsa44).public(Opener(self.mlkem768, self.x25519).public)


@dataclass(frozen=True, slots=True, repr=False)
class Generation:
    """Public keys with their days, and what is left of their private half."""

    dated: DatedKeys
    private: PrivateKeys

    def forgotten(self, at: datetime) -> "Generation":
        """Return the generation without the private bytes that nothing needs at `at`."""
        private, until = self.private, self.dated.valid_until
        if until is not None and at >= until + SIGNING_GRACE:
            private = replace(private, ed25519=b"", mldsa44=b"")
        if not self.dated.is_accepted(at):
            private = replace(private, mlkem768=b"", x25519=b"")
        return replace(self, private=private)


class MemoryKeyRing:
    """A node's keys in memory (`kernel.node.KeyRing`)."""

    __slots__ = ("_generations", "_history", "_openers", "_random", "_records", "_signers")

    def __init__(self, root: bytes, generations: Sequence[Generation], random: Randomness) -> None:
        """Take the 32-byte root wrapping key, the keys, oldest first, and the randomness that nonces are drawn from."""
        self._records = derive_key(root, _RECORD_PURPOSE)
        self._random = random
        self._take(generations)

    @property
    def history(self) -> KeyHistory:
        """The public halves of all keys that the node has and had, each with its days."""
        return self._history

    def sign(self, label: str, message: bytes, *, at: datetime) -> Signature:
        """Sign `message`, dated `at`, for the purpose `label` with both algorithms and the keys of that moment.

        Raises `NoKeysThen`, or `SigningKeyGone` when these keys have ended and were destroyed.
        """
        signer = self._signers.get(self.history.at(at).ed25519)
        if signer is None:
            raise SigningKeyGone(moment=at.isoformat(timespec="seconds"))
        return signer.sign(label, message)

    def open_secret(self, sealed: bytes, info: bytes, *, sealed_to: bytes) -> bytes:
        """Open what was sealed to this node's public key `sealed_to`, bound to `info`; raises `BadSeal`."""
        opener = self._openers.get(sealed_to)
        if opener is None:
            raise BadSeal
        return opener.open(sealed, info)

    def rotate(self, random: Randomness, valid_from: datetime, *, revoke: bool = False) -> PublicKeys:
        """Draw new keys that take over at `valid_from`, keep them, and return their public half.

        With `revoke` nothing new is accepted under the keys before from that moment on. Raises `KeysOverlap`.
        """
        private = PrivateKeys.draw(random)
        history = self.history.succeeded_by(private.public, valid_from, revoke=revoke)
        kept = [*(generation.private for generation in self._generations), private]
        self._keep([Generation(*pair) for pair in zip(history.generations, kept, strict=True)])
        return history.generations[-1].keys

    def forget(self, at: datetime) -> int:
        """Destroy the private bytes that nothing needs at `at`; return how many generations lost some.

        A signing key goes when it has ended, a sealing key when nothing sealed to it is accepted any more.
        """
        left = [generation.forgotten(at) for generation in self._generations]
        changed = sum(before != after for before, after in zip(self._generations, left, strict=True))
        if changed:
            self._keep(left)
        return changed

    def wrap(self, secret: bytes, purpose: str) -> bytes:
        """Encrypt a record's key for storage, bound to `purpose`, under a key derived from the root key."""
        return encrypt(self._records, secret, purpose.encode(), self._random)

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """Undo `wrap`; raises `BadCiphertext`."""
        return decrypt(self._records, wrapped, purpose.encode())

    def _keep(self, generations: Sequence[Generation]) -> None:
        """Make `generations` the keys of this ring; a ring on disk writes them first."""
        self._take(generations)

    def _take(self, generations: Sequence[Generation]) -> None:
        signers, openers = {}, {}
        for generation in generations:
            private, public = generation.private, generation.dated.keys
            if private.ed25519 and private.mldsa44:
                signers[public.ed25519] = Signer.from_seeds(private.ed25519, private.mldsa44)
            if private.mlkem768 and private.x25519:
                openers[public.sealing] = Opener(private.mlkem768, private.x25519)
        self._generations = tuple(generations)
        self._history = KeyHistory(tuple(generation.dated for generation in generations))
        self._signers, self._openers = signers, openers


def first_generation(private: PrivateKeys) -> Generation:
    """Return the first keys of a node, valid from its beginning."""
    return Generation(DatedKeys(private.public), private)


def create_memory_keyring(random: Randomness) -> MemoryKeyRing:
    """Return a new key ring that is never written anywhere, for tests and simulations.

    Keys and nonces come from `random`; the hedging of ML-DSA and the encapsulation of HPKE do not (the library has no
    interface for it), so equal seeds give equal keys but not equal seals.
    """
    root = random.draw(32)
    return MemoryKeyRing(root, [first_generation(PrivateKeys.draw(random))], random)
