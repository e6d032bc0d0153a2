"""Canonical bytes and the salted digest: the same fact gives the same bytes on every node, for ever.

The profile of RFC 8785 (JCS): object keys are ASCII, strings are NFC and without lone surrogates, numbers are integers
within 2**53 - 1, no floats, at most 64 levels. Within it sorted `json.dumps` gives the bytes of RFC 8785; the tests
hold it against the `rfc8785` package.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

from entraide.kernel.errors import BadInput
from entraide.kernel.text import N_

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 64
"""Levels of lists and objects in each other. A fixed number: the stack that is left differs from call to call, so that
a message could be taken in by one and stop another.
"""
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class NotCanonical(BadInput):
    """A value has no canonical bytes."""

    code = "kernel.not_canonical"
    message = N_("The value at {where} has no canonical form: {why}.")
    remedy = N_("Use text in NFC, whole numbers, true, false, null, lists, and objects with ASCII keys.")


def canonical_bytes(value: Any) -> bytes:
    """Return the canonical UTF-8 bytes of a JSON-like `value`; raises `NotCanonical` outside the profile."""
    if not _is_plain(value):
        _check(value, "$", DEEPEST)
    return _ENCODER.encode(value).encode()


def parse_canonical(data: bytes) -> Any:
    """Return the value of canonical bytes; raises `NotCanonical` unless they are exactly the canonical form."""
    try:
        value = json.loads(data)
        same = canonical_bytes(value) == data
    except (ValueError, RecursionError) as error:
        raise NotCanonical(where="$", why="not JSON in UTF-8") from error
    if not same:
        raise NotCanonical(where="$", why="the bytes are not in canonical order or form")
    return value


def salted_digest(label: str, salt: bytes, canonical: bytes) -> bytes:
    """Return SHA-256 over the length-prefixed ASCII `label`, the 32-byte `salt` and the canonical bytes (32 bytes).

    Logs, leaves and evidences carry this digest alone; when the salt is destroyed with a record's key, what is left
    lets nobody guess the content. Raises `ValueError` when the salt is not 32 bytes.
    """
    if len(salt) != 32:
        raise ValueError("a salt has 32 bytes")
    name = label.encode("ascii")
    return hashlib.sha256(len(name).to_bytes(2) + name + salt + canonical).digest()


def _is_plain(value: Any, levels: int = DEEPEST) -> bool:
    """Whether `value` certainly is within the profile: nearly all are, and need no account of where they are not."""
    kind = type(value)
    if kind is str:
        return bool(value.isascii())
    if kind is dict:
        return levels > 0 and all(
            type(key) is str and key.isascii() and _is_plain(item, levels - 1) for key, item in value.items()
        )
    if kind is list:
        return levels > 0 and all(map(_is_plain, value, repeat(levels - 1)))
    if kind is int:
        return bool(-LARGEST_INTEGER <= value <= LARGEST_INTEGER)
    return value is None or kind is bool


def _check(value: Any, where: str, levels: int) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical(where=where, why="the number is too large")
    elif isinstance(value, str):
        _check_text(value, where)
    else:
        _check_parts(value, where, levels)


def _check_parts(value: Any, where: str, levels: int) -> None:
    if levels == 0:
        raise NotCanonical(where="$", why=f"it is nested more than {DEEPEST} levels deep")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical(where=where, why="a key is not ASCII text")
            _check(item, f"{where}.{key}", levels - 1)
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        for index, item in enumerate(value):
            _check(item, f"{where}[{index}]", levels - 1)
    else:
        raise NotCanonical(where=where, why=f"a {type(value).__name__} is not allowed")


def _check_text(value: str, where: str) -> None:
    if value.isascii():
        return
    if not unicodedata.is_normalized("NFC", value):
        raise NotCanonical(where=where, why="the text is not in NFC")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(where=where, why="the text holds a lone surrogate") from error
