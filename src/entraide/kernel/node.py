"""A node as services see it: settings and five narrow interfaces, frozen, built once in `config.composition`.

Services take `node` first and keep no other state, so that a test or a simulation runs any number of nodes in one
process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from entraide.kernel.signing import PublicKeys, Signature

active_database: ContextVar[str] = ContextVar("active_database", default="default")


class Edition(StrEnum):
    """What an installation is: a ministry's node, or a public register alone, which exchanges nothing."""

    NODE = "node"
    OBSERVATORY = "observatory"


@dataclass(frozen=True, slots=True)
class ReaderEndpoint:
    """An OpenAI-compatible endpoint that may be asked to read a source; the texts of sources leave the machine for it.

    `url` ends before `/chat/completions`. The key itself stands in no setting: `key_variable` names a variable of the
    environment, `key_file` a file, and at most one of them is given. `max_bytes` limits the answer.
    """

    url: str
    model: str
    key_variable: str = ""
    key_file: Path | None = None
    timeout_seconds: float = 60.0
    max_bytes: int = 1_000_000
    max_tokens: int = 8192

    @property
    def host(self) -> str:
        """The name of the machine that is asked, for people to see."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class NodeSettings:
    """What an operator decides about a node.

    `name` is its ASCII identifier in logs and messages (`vn-mps`), `state` an ISO 3166-1 alpha-2 code, `organisation`
    the ministry's name per language, `origin` its public URL without a trailing slash, `licence` the SPDX identifier
    of the licence under which the public register may be used. Without a `reader_endpoint`, the default, sources are
    read by rules alone. `request_forms` is a folder with forms of requests that are added to the released ones,
    `safeguards` one with rules, code lists or labels that stand in place of the released files of the same name.
    """

    home: Path
    name: str
    state: str
    organisation: dict[str, str]
    origin: str
    demonstration: bool = False
    edition: Edition = Edition.NODE
    reader_endpoint: ReaderEndpoint | None = None
    licence: str = "CC-BY-4.0"
    request_forms: Path | None = None
    safeguards: Path | None = None

    @property
    def exchanges(self) -> bool:
        """Whether this installation talks to partners: an observatory does not."""
        return self.edition is Edition.NODE


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class Randomness(Protocol):
    """Draws random bytes fit for keys."""

    def draw(self, size: int) -> bytes:
        """Return `size` random bytes."""
        ...


class KeyRing(Protocol):
    """The node's own keys; private halves never leave it."""

    @property
    def public(self) -> PublicKeys:
        """The node's current public keys."""
        ...

    def sign(self, label: str, message: bytes) -> Signature:
        """Sign `message` under the domain-separation `label` with both algorithms."""
        ...

    def open_secret(self, sealed: bytes, info: bytes) -> bytes:
        """Open a secret that a partner sealed to this node with HPKE, bound to `info`; raises `VerificationFailed`."""
        ...

    def wrap(self, secret: bytes, purpose: str) -> bytes:
        """Encrypt a record's key for storage under the root wrapping key, bound to `purpose`."""
        ...

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """Undo `wrap`; raises `VerificationFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class PeerResponse:
    """What a partner's node answered: an HTTP status and the body."""

    status: int
    body: bytes


class Transport(Protocol):
    """Carries bytes to a partner's node."""

    def post(self, origin: str, path: str, body: bytes, *, timeout: float) -> PeerResponse:
        """Send `body` to `origin` + `path` within `timeout` seconds; raises `Unavailable` when nobody answers."""
        ...


class Blobs(Protocol):
    """Stores large ciphertexts by name."""

    def write(self, name: str, data: bytes) -> None:
        """Store `data` durably under `name` (letters, digits and dashes)."""
        ...

    def read(self, name: str) -> bytes:
        """Return what was stored under `name`; raises `NotFound`."""
        ...


@dataclass(frozen=True, slots=True)
class Node:
    """One ministry's node. `database` is the Django alias that its tables live in."""

    settings: NodeSettings
    clock: Clock
    random: Randomness
    keyring: KeyRing
    transport: Transport
    blobs: Blobs
    database: str = "default"

    @contextmanager
    def active(self) -> Iterator[None]:
        """Route database reads and writes of this thread or task to this node's own database."""
        token = active_database.set(self.database)
        try:
            yield
        finally:
            active_database.reset(token)
