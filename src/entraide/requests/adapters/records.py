"""Seals what a request says under its own record key; the key lies wrapped under the node's root key.

Erasure destroys the wrapped key: ciphertexts that a backup still holds then open for nobody, and the salt, which lies
inside, no longer lets anyone guess a content from its digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol
from uuid import UUID

from entraide.kernel.canonical import canonical_bytes, parse_canonical
from entraide.kernel.node import Node
from entraide.keys.api import decrypt, encrypt
from entraide.requests.domain.errors import RequestErased

PURPOSE: Final = "entraide/requests/record/v1"


@dataclass(frozen=True, slots=True)
class Sealed:
    """An opened content and the salt of its digest."""

    content: dict[str, Any]
    salt: bytes


class Keyed(Protocol):
    """A request, as a row or a case, that has a record key of its own."""

    @property
    def id(self) -> UUID:
        """The request's id."""

    @property
    def reference(self) -> str:
        """Its number."""

    @property
    def wrapped_key(self) -> bytes | memoryview | None:
        """Its record key under the node's root key."""


def create_record_key(node: Node, request_id: UUID) -> bytes:
    """Return a new record key for a request, wrapped under the node's root key."""
    return node.keyring.wrap(node.random.draw(32), _purpose(request_id))


def seal_content(node: Node, request: Keyed, content: Mapping[str, Any], salt: bytes, part: str = "content") -> bytes:
    """Return `content` and its `salt` encrypted under the record key, bound to the request and to `part`."""
    data = canonical_bytes({"content": dict(content), "salt": salt.hex()})
    return encrypt(_key(node, request), data, _aad(request.id, part), node.random)


def open_content(node: Node, request: Keyed, data: bytes | memoryview | None, part: str = "content") -> Sealed:
    """Undo `seal_content`; raises `RequestErased`, or `BadCiphertext` when a byte was changed."""
    if data is None:
        raise RequestErased(reference=request.reference)
    value = parse_canonical(decrypt(_key(node, request), bytes(data), _aad(request.id, part)))
    return Sealed(value["content"], bytes.fromhex(value["salt"]))


def _key(node: Node, request: Keyed) -> bytes:
    if request.wrapped_key is None:
        raise RequestErased(reference=request.reference)
    return node.keyring.unwrap(bytes(request.wrapped_key), _purpose(request.id))


def _purpose(request_id: UUID) -> str:
    return f"{PURPOSE}/{request_id}"


def _aad(request_id: UUID, part: str) -> bytes:
    return f"{PURPOSE}/{request_id}/{part}".encode()
