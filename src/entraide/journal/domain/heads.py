"""Verifying that an author signed a head of its log, and that a reader cosigned it."""

from datetime import datetime

from entraide.journal.domain.errors import BadCheckpoint
from entraide.journal.domain.notes import (
    CHECKPOINT_LABEL,
    COSIGNATURE_LABEL,
    Checkpoint,
    Cosignature,
    SignedCheckpoint,
    key_ids,
)
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.signing import PublicKeys
from entraide.kernel.text import N_
from entraide.keys.api import BadSignature, OtherKeys, verify_dated_signature, verify_signature


def verify_checkpoint(
    signed: SignedCheckpoint, *, origin: str, author: str, history: KeyHistory, stored_at: datetime
) -> PublicKeys:
    """Verify that `author` signed this checkpoint of the log `origin`, and return the keys that did.

    `history` are the author's keys with their days, `stored_at` is when the checkpoint was first kept here.

    1. It is a checkpoint of this log, signed in the author's name (`BadCheckpoint`).
    2. The author had keys at the moment that it names, and they were still accepted when it came (`NoKeysThen`,
       `KeysRetired`).
    3. The key ids are those of these keys (`BadCheckpoint`).
    4. Both signatures hold (`keys.verify_signature`; `BadCheckpoint`).
    """
    if signed.origin != origin or signed.signer != author:
        raise BadCheckpoint(origin=origin, why=N_("it is of another log or signed in another name"))
    keys = history.signing(signed.at, stored_at)[0]
    if signed.key_ids != key_ids(author, keys):
        raise BadCheckpoint(origin=origin, why=N_("it is signed with other keys than the author's of that day"))
    try:
        verify_signature(keys, CHECKPOINT_LABEL, signed.checkpoint.body.encode(), signed.signature)
    except BadSignature as error:
        raise BadCheckpoint(origin=origin, why=N_("the author's signature does not hold")) from error
    return keys


def verify_cosignature(
    cosignature: Cosignature, checkpoint: Checkpoint, *, reader: str, history: KeyHistory, stored_at: datetime
) -> PublicKeys:
    """Verify that `reader` cosigned `checkpoint`, and return the keys that did; parameters as for `verify_checkpoint`.

    1. It names this log, this size and this reader (`BadCheckpoint`).
    2. The reader had keys at the moment that it names, still accepted when it came (`NoKeysThen`, `KeysRetired`).
    3. Both signatures hold over the cosignature's lines and the checkpoint's text (`BadCheckpoint`).
    """
    named = (cosignature.origin, cosignature.size, cosignature.signer)
    if named != (checkpoint.origin, checkpoint.size, reader):
        raise BadCheckpoint(origin=checkpoint.origin, why=N_("the cosignature is for another checkpoint or reader"))
    try:
        return verify_dated_signature(
            history,
            COSIGNATURE_LABEL,
            cosignature.message(checkpoint),
            cosignature.signature,
            claimed=cosignature.at,
            stored_at=stored_at,
        )
    except (BadSignature, OtherKeys) as error:
        raise BadCheckpoint(origin=checkpoint.origin, why=N_("the reader's cosignature does not hold")) from error
