"""Public keys and signatures as plain values, so that every layer can carry them without a cryptographic library."""

from base64 import b64decode, b64encode
from dataclasses import dataclass

from entraide.kernel.errors import BadInput
from entraide.kernel.text import N_


class NotAKey(BadInput):
    """A stored or received key or signature cannot be read."""

    code = "kernel.not_a_key"
    message = N_("The {what} cannot be read.")
    remedy = N_("Ask the sender to export it again.")


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The public half of a signer: raw Ed25519 (32 bytes), raw ML-DSA-44 (1312 bytes), raw X-Wing (1216 bytes, or empty
    for a signer that receives nothing).
    """

    ed25519: bytes
    mldsa44: bytes
    sealing: bytes = b""

    def to_json(self) -> dict[str, str]:
        """Return a canonical JSON object of base64 texts."""
        return {"ed25519": _text(self.ed25519), "mldsa44": _text(self.mldsa44), "sealing": _text(self.sealing)}

    @classmethod
    def from_json(cls, value: object) -> "PublicKeys":
        """Return the keys of `to_json`; raises `NotAKey`."""
        if not isinstance(value, dict):
            raise NotAKey(what="public key")
        return cls(*(_bytes(value.get(name), "public key") for name in ("ed25519", "mldsa44", "sealing")))


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature by both algorithms: Ed25519 (64 bytes) and ML-DSA-44 (2420 bytes) over the same labelled bytes."""

    ed25519: bytes
    mldsa44: bytes

    def to_json(self) -> dict[str, str]:
        """Return a canonical JSON object of base64 texts."""
        return {"ed25519": _text(self.ed25519), "mldsa44": _text(self.mldsa44)}

    @classmethod
    def from_json(cls, value: object) -> "Signature":
        """Return the signature of `to_json`; raises `NotAKey`."""
        if not isinstance(value, dict):
            raise NotAKey(what="signature")
        return cls(*(_bytes(value.get(name), "signature") for name in ("ed25519", "mldsa44")))


def _text(value: bytes) -> str:
    return b64encode(value).decode("ascii")


def _bytes(value: object, what: str) -> bytes:
    if not isinstance(value, str):
        raise NotAKey(what=what)
    try:
        data = b64decode(value, validate=True)
    except ValueError as error:
        raise NotAKey(what=what) from error
    # Base64 has several spellings of the same bytes; only one is accepted, so that a changed character never passes.
    if _text(data) != value:
        raise NotAKey(what=what)
    return data
