"""Keys of people who sign: held by the node for the term of office, opened by the signatory's passphrase alone.

A locked key is: version (1), log2 of scrypt's N, r, p (1 byte each), salt (16), then AES-256-GCM of both seeds under
scrypt(passphrase) (RFC 7914) with those 20 bytes as associated data.
"""

import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from entraide.kernel.node import Randomness
from entraide.kernel.signing import PublicKeys, Signature
from entraide.keys.domain.errors import BadCiphertext, SignatoryKeyDamaged, WeakPassphrase, WrongPassphrase
from entraide.keys.services.signatures import Signer
from entraide.keys.services.symmetric import KEY, decrypt, encrypt

# 32 MiB and three passes: what OWASP's password storage sheet holds equal to N = 2**17 in one pass.
_PARAMETERS = bytes([1, 15, 8, 3])
_HEADER = 20
LEAST_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class SignatoryKey:
    """A signatory's public keys (no sealing key) and the locked private half, for storage."""

    public: PublicKeys
    locked: bytes


def create_signatory_key(passphrase: str, random: Randomness) -> SignatoryKey:
    """Return a new key locked by `passphrase`; raises `WeakPassphrase` below 12 characters."""
    if len(passphrase) < LEAST_CHARACTERS:
        raise WeakPassphrase(least=LEAST_CHARACTERS)
    header = _PARAMETERS + random.draw(16)
    ed25519, mldsa44 = random.draw(32), random.draw(32)
    locked = header + encrypt(_stretch(passphrase, header), ed25519 + mldsa44, header, random)
    return SignatoryKey(Signer.from_seeds(ed25519, mldsa44).public(), locked)


def sign_as_signatory(locked: bytes, passphrase: str, label: str, message: bytes) -> Signature:
    """Unlock the key for one signature of `message` under `label`.

    Raises `WrongPassphrase`, or `SignatoryKeyDamaged` when `locked` is not a locked key.
    """
    header = locked[:_HEADER]
    if len(locked) != _HEADER + 12 + 64 + 16 or header[:4] != _PARAMETERS:
        raise SignatoryKeyDamaged
    try:
        seeds = decrypt(_stretch(passphrase, header), locked[_HEADER:], header)
    except BadCiphertext as error:
        raise WrongPassphrase from error
    return Signer.from_seeds(seeds[:32], seeds[32:]).sign(label, message)


def _stretch(passphrase: str, header: bytes) -> bytes:
    # NFKC: the same passphrase typed on another keyboard or system gives the same bytes (RFC 8265).
    text = unicodedata.normalize("NFKC", passphrase).encode()
    _, log_n, r, p = header[:4]
    return Scrypt(salt=header[4:], length=KEY, n=1 << log_n, r=r, p=p).derive(text)
