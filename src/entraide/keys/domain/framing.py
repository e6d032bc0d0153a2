"""Domain separation: what a signature covers, and how a fingerprint is made.

Nothing is ever signed bare. A signature made for one purpose can't be passed off for another, nor one algorithm's half
be used alone, because both algorithms sign the same bytes and these name the pair and the purpose.
"""

import hashlib

from entraide.kernel.dated_keys import DatedKeys
from entraide.kernel.signing import PublicKeys

SIGNATURE_SUITE = b"entraide/ed25519+ml-dsa-44/v1\x00"
FINGERPRINT_LABEL = b"entraide/fingerprint/v1\x00"
ED25519_KEY, ED25519_SIGNATURE = 32, 64
MLDSA44_KEY, MLDSA44_SIGNATURE = 1312, 2420
SEALING_KEY = 1216


def signed_bytes(label: str, message: bytes) -> bytes:
    """Return what both algorithms sign: suite, length of the label (2 bytes), label, message.

    Raises `ValueError` when `label` is not 1 to 255 ASCII characters: labels are constants of the program.
    """
    name = label.encode("ascii")
    if not 1 <= len(name) <= 255:
        raise ValueError("a label has 1 to 255 ASCII characters")
    return SIGNATURE_SUITE + len(name).to_bytes(2) + name + message


def key_fingerprint(public: PublicKeys) -> str:
    """Return 160 bits of SHA-256 over all public keys as ten groups of four hex digits, for people to compare."""
    digest = hashlib.sha256(FINGERPRINT_LABEL)
    for part in (public.ed25519, public.mldsa44, public.sealing):
        digest.update(len(part).to_bytes(4) + part)
    text = digest.hexdigest()
    return " ".join(text[start : start + 4] for start in range(0, 40, 4))


def dated_fingerprint(dated: DatedKeys) -> str:
    """Return fingerprint and days on one line, as the stand-alone verifier takes them: `4f2a … 91c0 FROM/UNTIL`.

    A moment is `2025-01-12T08:30:00.000000Z`, an open end `..` as in ISO 8601-2.
    """
    words = dated.to_json()
    return f"{key_fingerprint(dated.keys)} {words['valid_from'] or '..'}/{words['valid_until'] or '..'}"
