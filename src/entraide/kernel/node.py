"""A node as services see it: settings and five narrow interfaces, frozen, built once in `config.composition`.

Services take `node` first and keep no other state, so that a test or a simulation runs any number of nodes in one
process.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar, cast
from urllib.parse import urlsplit

from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.signing import PublicKeys, Signature

Part = TypeVar("Part")
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
class WatchedFolder:
    """A folder whose new files become sources; what they are is said once for all of them.

    `kind` is the kind of source (`press`, `official_release`, `signed_text`).
    """

    path: Path
    kind: str = "press"
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """A feed (Atom, RSS) of a named agency; nothing is fetched unless the operator has `enabled` it.

    Reports are fetched from the host of `url` and from `hosts`; addresses of a private network only where `private`.
    """

    name: str
    url: str
    kind: str = "press"
    publisher: str = ""
    hosts: tuple[str, ...] = ()
    enabled: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """What a node looks at for new reports, every `minutes`."""

    folders: tuple[WatchedFolder, ...] = ()
    feeds: tuple[WatchedFeed, ...] = ()
    minutes: int = 60


@dataclass(frozen=True, slots=True)
class NodeSettings:
    """What an operator decides about a node.

    `name` is its ASCII identifier in logs and messages (`vn-mps`), `state` an ISO 3166-1 alpha-2 code, `organisation`
    the ministry's name per language, `origin` its public URL without a trailing slash, `licence` the SPDX identifier
    of the licence under which the public register may be used. Without a `reader_endpoint`, the default, sources are
    read by rules alone. `request_forms` is a folder with forms of requests that are added to the released ones,
    `safeguards` one with rules, code lists or labels that stand in place of the released files of the same name.
    `watch` says where new reports come from by themselves; by default nowhere. `time_zone` is the IANA name of the
    zone in which pages tell the time; what is signed and exported stays in UTC.
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
    watch: Watch = Watch()
    time_zone: str = "UTC"

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
    def history(self) -> KeyHistory:
        """The public halves of all keys that the node has and had, each with its days."""
        ...

    def sign(self, label: str, message: bytes, *, at: datetime) -> Signature:
        """Sign `message`, dated `at`, under the domain-separation `label` with the keys of that moment.

        Raises `NotFound` when the private half of that moment is gone.
        """
        ...

    def open_secret(self, sealed: bytes, info: bytes, *, sealed_to: bytes) -> bytes:
        """Open a secret that a partner sealed with HPKE to this node's public key `sealed_to`, bound to `info`.

        Raises `VerificationFailed`, also when the private half is gone.
        """
        ...

    def rotate(self, random: Randomness, valid_from: datetime, *, revoke: bool = False) -> PublicKeys:
        """Draw new keys that take over at `valid_from`, keep them durably, and return their public half.

        Raises `KeysOverlap` when the newest keys begin at that moment or later.
        """
        ...

    def forget(self, at: datetime) -> int:
        """Destroy the private halves that nothing needs at `at`; return how many keys lost one."""
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
    """Large ciphertexts, each addressed by its digest: the SHA-256 of its bytes in 64 lower-case hexadecimal digits.

    Made for a folder and for a store of objects (S3) alike: a blob is written once, as one stream, and never changed;
    nobody appends, renames, lists or opens a file. A store uploads the stream in parts, under the digest when it is
    `expected`, else under a name of its own that it copies to the digest and deletes; a range is one conditional GET.
    Neither side ever holds more than a few chunks in memory.
    """

    def write(self, chunks: Iterable[bytes], *, expected: str | None = None) -> str:
        """Store what `chunks` give, durably once this returns, and return its digest; the same bytes are stored once.

        When the stream breaks off, nothing is stored and its error is raised. Raises `VerificationFailed` when the
        bytes do not have the digest that was `expected`, `BadInput` when that is no digest.
        """
        ...

    def read(self, digest: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Return the bytes from `start` until before `end` (all that there are, when None) in chunks of a bounded size.

        Raises `NotFound`, or `BadInput` when `digest` is none; both at once, not with the first chunk.
        """
        ...

    def size(self, digest: str) -> int:
        """Return the number of bytes; raises `NotFound` and `BadInput`."""
        ...

    def has(self, digest: str) -> bool:
        """Whether it is stored; raises `BadInput`."""
        ...

    def delete(self, digest: str) -> None:
        """Remove it durably; what is not stored is no error. Raises `BadInput`."""
        ...


class ProcessState:
    """What one process remembers of a node and may forget at any time: events, recent refusals, answers kept ready.

    There is one object of each class, made when it is first asked for. What must hold across processes, or outlive
    this one, lies in the database.
    """

    __slots__ = ("_guard", "_parts")

    def __init__(self) -> None:
        self._guard = Lock()
        self._parts: dict[Callable[[], object], object] = {}

    def of(self, kind: Callable[[], Part]) -> Part:
        """Return the node's one object of the class `kind`."""
        with self._guard:
            if kind not in self._parts:
                self._parts[kind] = kind()
            return cast("Part", self._parts[kind])


class Handlers(Protocol):
    """What a node does with each message of a partner; the channel's `HandlerTable` is the one that composition
    gives.
    """

    def list_messages(self) -> Sequence[type]:
        """Return every class of messages that is handled."""
        ...


@dataclass(frozen=True, slots=True)
class Node:
    """One ministry's node. `database` is the Django alias of its tables, `process` what this process keeps of it.

    `handlers` are missing where nothing is received.
    """

    settings: NodeSettings
    clock: Clock
    random: Randomness
    keyring: KeyRing
    transport: Transport
    blobs: Blobs
    database: str = "default"
    process: ProcessState = field(default_factory=ProcessState, compare=False, repr=False)
    handlers: Handlers | None = None

    @property
    def public_keys(self) -> PublicKeys:
        """The keys that this node signs with, and takes seals to, now."""
        return self.keyring.history.at(self.clock.now())

    @contextmanager
    def active(self) -> Iterator[None]:
        """Route database reads and writes of this thread or task to this node's own database."""
        token = active_database.set(self.database)
        try:
            yield
        finally:
            active_database.reset(token)
