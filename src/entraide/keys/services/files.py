"""A key ring on disk: `<home>/keys`, owner only.

`root.key` holds the root wrapping key alone, so that it can be shared among key holders or moved to a token;
`node.keys` holds the signing and sealing keys of all generations with their days, encrypted under it, and the public
halves beside them in the open. A backup of the database and of `node.keys` opens nothing without `root.key`.
"""

import fcntl
import os
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from entraide.kernel.canonical import canonical_bytes, parse_canonical
from entraide.kernel.dated_keys import DatedKeys, KeyHistory
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Randomness
from entraide.kernel.signing import PublicKeys
from entraide.keys.domain.errors import KeysDamaged, KeysExist, KeysMissing, KeysTooOpen, KeysUnreadable
from entraide.keys.services.rings import Generation, MemoryKeyRing, PrivateKeys, first_generation
from entraide.keys.services.symmetric import decrypt, derive_key, encrypt

FOLDER, ROOT_FILE, NODE_FILE = "keys", "root.key", "node.keys"
_FORMAT = "entraide keys 2"
_FILE_PURPOSE = b"entraide/root/files/v1"
_AAD = b"entraide/keys/node.keys/v2"


class _SystemRandomness:
    """The operating system's random source, for the nonces of a key ring that is in use."""

    def draw(self, size: int) -> bytes:
        """Return `size` random bytes."""
        return os.urandom(size)


class FileKeyRing(MemoryKeyRing):
    """A node's keys, read from `<home>/keys`.

    Several processes may hold the ring of one home: each looks whether the file changed before it uses a key, so that
    keys replaced by one are known to all.
    """

    __slots__ = ("_file_key", "_seen", "folder")

    def __init__(self, folder: Path, root: bytes, generations: Sequence[Generation]) -> None:
        super().__init__(root, generations, _SystemRandomness())
        self.folder = folder
        self._file_key = derive_key(root, _FILE_PURPOSE)
        self._seen: tuple[int, int, int] | None = None

    @property
    def history(self) -> KeyHistory:
        """The public halves of all keys that the node has and had, each with its days."""
        self._reload()
        return super().history

    def open_secret(self, sealed: bytes, info: bytes, *, sealed_to: bytes) -> bytes:
        """See `MemoryKeyRing.open_secret`."""
        self._reload()
        return super().open_secret(sealed, info, sealed_to=sealed_to)

    def rotate(self, random: Randomness, valid_from: datetime, *, revoke: bool = False) -> PublicKeys:
        """See `MemoryKeyRing.rotate`; the file is replaced whole, by one process at a time."""
        with self._alone():
            return super().rotate(random, valid_from, revoke=revoke)

    def forget(self, at: datetime) -> int:
        """See `MemoryKeyRing.forget`."""
        with self._alone():
            return super().forget(at)

    def _keep(self, generations: Sequence[Generation]) -> None:
        # What a failed write leaves behind is not in the way of the next one.
        path, draft = self.folder / NODE_FILE, self.folder / f".{NODE_FILE}"
        draft.unlink(missing_ok=True)
        _write(draft, _node_table(generations, self._file_key, self._random))
        draft.rename(path)
        _flush_folder(self.folder)
        super()._keep(generations)

    def _reload(self) -> None:
        path = self.folder / NODE_FILE
        try:
            status = path.stat()
        except OSError as error:
            raise KeysMissing(file=path) from error
        mark = (status.st_ino, status.st_mtime_ns, status.st_size)
        if mark != self._seen:
            self._take(_read_generations(self.folder, self._file_key))
            self._seen = mark

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from replacing the file meanwhile, and begin from what it holds now."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            self._take(_read_generations(self.folder, self._file_key))
            yield
        finally:
            os.close(descriptor)


def create_keyring(home: Path, random: Randomness) -> FileKeyRing:
    """Create `<home>/keys` with new keys from `random`, all or nothing, and return the ring; raises `KeysExist`."""
    folder = home / FOLDER
    if folder.exists():
        raise KeysExist(file=folder)
    root, generations = random.draw(32), [first_generation(PrivateKeys.draw(random))]
    home.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".keys-", dir=home))
    draft.chmod(0o700)
    _write(draft / ROOT_FILE, {"format": _FORMAT, "root": _text(root)})
    _write(draft / NODE_FILE, _node_table(generations, derive_key(root, _FILE_PURPOSE), random))
    # The folder appears whole: after a power cut there are all keys or none.
    draft.rename(folder)
    _flush_folder(home)
    return FileKeyRing(folder, root, generations)


def load_keyring(home: Path) -> FileKeyRing:
    """Return the key ring of `home`.

    1. The folder and both files are there (`KeysMissing`), closed to others (`KeysTooOpen`) and readable
       (`KeysUnreadable`).
    2. Both are in the format of this program, and `root.key` opens `node.keys` (`KeysDamaged`).
    3. What was encrypted gives the public keys and days that are stored beside it (`KeysDamaged`).
    """
    folder = home / FOLDER
    _check_closed(folder, 0o700)
    root_table = _read(folder / ROOT_FILE)
    try:
        root = _bytes(root_table["root"])
        file_key = derive_key(root, _FILE_PURPOSE)
    except (KeyError, TypeError, ValueError) as error:
        raise KeysDamaged(file=folder / ROOT_FILE, why="it holds no key") from error
    return FileKeyRing(folder, root, _read_generations(folder, file_key))


def _node_table(generations: Sequence[Generation], file_key: bytes, random: Randomness) -> dict[str, object]:
    """Return the content of `node.keys`: the private halves, bound to their days by the encryption, and the public."""
    secret = [
        {
            "dated": generation.dated.to_json(),
            "private": {field.name: _text(getattr(generation.private, field.name)) for field in fields(PrivateKeys)},
        }
        for generation in generations
    ]
    sealed = encrypt(file_key, canonical_bytes(secret), _AAD, random)
    public = [generation.dated.to_json() for generation in generations]
    return {"format": _FORMAT, "private": _text(sealed), "public": public}


def _read_generations(folder: Path, file_key: bytes) -> list[Generation]:
    """Return the keys of `folder`, oldest first; raises `KeysDamaged` (steps 2 and 3 of `load_keyring`)."""
    path = folder / NODE_FILE
    table = _read(path)
    try:
        secret = parse_canonical(decrypt(file_key, _bytes(table["private"]), _AAD))
        generations = [
            Generation(
                DatedKeys.from_json(item["dated"]),
                PrivateKeys(**{name: _bytes(value) for name, value in item["private"].items()}),
            )
            for item in secret
        ]
    except (KeyError, TypeError, ValueError, EntraideError) as error:
        raise KeysDamaged(file=path, why="root.key does not open it") from error
    if [generation.dated.to_json() for generation in generations] != table.get("public"):
        raise KeysDamaged(file=path, why="its public keys are not those of its private keys")
    return generations


def _write(path: Path, table: dict[str, object]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(canonical_bytes(table))
        file.flush()
        os.fsync(file.fileno())
    _flush_folder(path.parent)


def _flush_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> dict[str, object]:
    _check_closed(path, 0o600)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KeysUnreadable(file=path, why=error.strerror or "no reason given") from error
    try:
        table = parse_canonical(data)
    except EntraideError as error:
        raise KeysDamaged(file=path, why="it is not in the format of a key file") from error
    if not isinstance(table, dict) or table.get("format") != _FORMAT:
        raise KeysDamaged(file=path, why=f"it does not say “{_FORMAT}”")
    return table


def _check_closed(path: Path, wanted: int) -> None:
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError as error:
        raise KeysMissing(file=path) from error
    except OSError as error:
        raise KeysUnreadable(file=path, why=error.strerror or "no reason given") from error
    if mode & 0o077:
        raise KeysTooOpen(file=path, mode=f"{mode:04o}", wanted=f"{wanted:o}")


def _text(value: bytes) -> str:
    return b64encode(value).decode("ascii")


def _bytes(value: object) -> bytes:
    if not isinstance(value, str):
        raise TypeError("base64 text expected")
    return b64decode(value, validate=True)
