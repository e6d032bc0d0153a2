"""AES-256-GCM (NIST SP 800-38D) with the nonce in front, and HKDF-Expand (RFC 5869, section 2.3)."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from entraide.kernel.node import Randomness
from entraide.keys.domain.errors import BadCiphertext

NONCE, TAG, KEY = 12, 16, 32


def encrypt(key: bytes, plaintext: bytes, aad: bytes, random: Randomness) -> bytes:
    """Return nonce (12 bytes), ciphertext and tag (16 bytes) under the 32-byte `key`, bound to `aad`.

    Nonces are random: one key is good for 2**32 calls (SP 800-38D, section 8.3). Raises `ValueError` for a key of
    another length.
    """
    nonce = random.draw(NONCE)
    return nonce + _cipher(key).encrypt(nonce, plaintext, aad)


def decrypt(key: bytes, data: bytes, aad: bytes) -> bytes:
    """Undo `encrypt`; raises `BadCiphertext` when key, data or `aad` is not the same, to the last bit."""
    if len(data) < NONCE + TAG:
        raise BadCiphertext
    try:
        return _cipher(key).decrypt(data[:NONCE], data[NONCE:], aad)
    except InvalidTag as error:
        raise BadCiphertext from error


def derive_key(secret: bytes, purpose: bytes) -> bytes:
    """Return 32 bytes by HKDF-Expand (SHA-256) from a uniformly random `secret`, for one `purpose`."""
    return HKDFExpand(algorithm=SHA256(), length=KEY, info=purpose).derive(secret)


def derive_message_key(secret: bytes, position: int) -> bytes:
    """Return the key of the message at `position` (0 or more) of a batch from the batch's random 32-byte `secret`."""
    return derive_key(secret, b"entraide/message-key/v1\x00" + position.to_bytes(8))


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY:
        raise ValueError("a key has 32 bytes")
    return AESGCM(key)
