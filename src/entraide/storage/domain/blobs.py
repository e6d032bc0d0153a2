"""What names a blob, and what can be wrong with one."""

import re

from entraide.kernel.errors import BadInput, NotFound, VerificationFailed
from entraide.kernel.text import N_

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class NoSuchBlob(NotFound):
    """Nothing is stored under this digest."""

    code = "storage.no_such_blob"
    message = N_("Nothing is stored under {digest}.")
    remedy = N_("Restore the attachments of the node from a backup, or ask the partner for them again.")


class BadBlobDigest(BadInput):
    """Something is no digest: whatever it names, it is no blob."""

    code = "storage.bad_blob_digest"
    message = N_("{digest} is not the digest of stored data.")
    remedy = N_("A digest has 64 hexadecimal digits in lower case.")


class BlobMismatch(VerificationFailed):
    """A stream did not have the digest that it was announced with."""

    code = "storage.blob_mismatch"
    message = N_("The data has the digest {found}, not {expected}.")
    remedy = N_("Nothing was stored. Ask the sender to send it again.")


def require_digest(digest: str) -> str:
    """Return `digest` if it is one: 64 hexadecimal digits in lower case; raises `BadBlobDigest`."""
    if not _DIGEST.fullmatch(digest):
        raise BadBlobDigest(digest=ascii(digest[:40]))
    return digest
