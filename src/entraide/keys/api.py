"""The door of keys: rings, signatures, seals, encryption."""

from entraide.keys.domain.errors import (
    BadCiphertext,
    BadSeal,
    BadSignature,
    KeysDamaged,
    KeysExist,
    KeysMissing,
    KeysTooOpen,
    KeysUnreadable,
    OtherKeys,
    SignatoryKeyDamaged,
    SigningKeyGone,
    WeakPassphrase,
    WrongPassphrase,
)
from entraide.keys.domain.framing import dated_fingerprint, key_fingerprint
from entraide.keys.services.files import create_keyring, load_keyring
from entraide.keys.services.rings import MemoryKeyRing, create_memory_keyring
from entraide.keys.services.sealing import seal_secret
from entraide.keys.services.signatories import create_signatory_key, sign_as_signatory
from entraide.keys.services.signatures import verify_dated_signature, verify_signature
from entraide.keys.services.symmetric import decrypt, derive_key, derive_message_key, encrypt

__all__ = [
    "BadCiphertext",
    "BadSeal",
    "BadSignature",
    "KeysDamaged",
    "KeysExist",
    "KeysMissing",
    "KeysTooOpen",
    "KeysUnreadable",
    "MemoryKeyRing",
    "OtherKeys",
    "SignatoryKeyDamaged",
    "SigningKeyGone",
    "WeakPassphrase",
    "WrongPassphrase",
    "create_keyring",
    "create_memory_keyring",
    "create_signatory_key",
    "dated_fingerprint",
    "decrypt",
    "derive_key",
    "derive_message_key",
    "encrypt",
    "key_fingerprint",
    "load_keyring",
    "seal_secret",
    "sign_as_signatory",
    "verify_dated_signature",
    "verify_signature",
]
