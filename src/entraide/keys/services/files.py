"""A key ring on disk: `<home>/keys`, owner only.

`root.key` holds the root wrapping key alone, so that it can be shared among key holders or moved to a token;
`node.keys` holds the signing and sealing keys, encrypted under it. A backup of the database and of `node.keys`
opens nothing without `root.key`.
"""

import os
import tempfile
from base64 import b64decode, b64encode
from pathlib import Path

from entraide.kernel.canonical import canonical_bytes, parse_canonical
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Randomness
from entraide.keys.domain.errors import KeysDamaged, KeysExist, KeysMissing, KeysTooOpen, KeysUnreadable
from entraide.keys.services.rings import MemoryKeyRing, PrivateKeys
from entraide.keys.services.symmetric import decrypt, derive_key, encrypt

FOLDER, ROOT_FILE, NODE_FILE = "keys", "root.key", "node.keys"
_FORMAT = "entraide keys 1"
_FILE_PURPOSE = b"entraide/root/files/v1"
_AAD = b"entraide/keys/node.keys/v1"


class _SystemRandomness:
    """The operating system's random source, for the nonces of a key ring that is in use."""

    def draw(self, size: int) -> bytes:
        """Return `size` random bytes."""
        return os.urandom(size)


class FileKeyRing(MemoryKeyRing):
    """A node's keys, read from `<home>/keys`."""

    __slots__ = ("folder",)

    def __init__(self, folder: Path, root: bytes, private: PrivateKeys) -> None:
        super().__init__(root, private, _SystemRandomness())
        self.folder = folder


def create_keyring(home: Path, random: Randomness) -> FileKeyRing:
    """Create `<home>/keys` with new keys from `random`, all or nothing, and return the ring; raises `KeysExist`."""
    folder = home / FOLDER
    if folder.exists():
        raise KeysExist(file=folder)
    root, private = random.draw(32), PrivateKeys.draw(random)
    ring = FileKeyRing(folder, root, private)
    sealed = encrypt(derive_key(root, _FILE_PURPOSE), private.pack(), _AAD, random)
    home.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".keys-", dir=home))
    draft.chmod(0o700)
    _write(draft / ROOT_FILE, {"format": _FORMAT, "root": _text(root)})
    _write(draft / NODE_FILE, {"format": _FORMAT, "private": _text(sealed), "public": ring.public.to_json()})
    # The folder appears whole: after a power cut there are all keys or none.
    draft.rename(folder)
    _flush_folder(home)
    return ring


def load_keyring(home: Path) -> FileKeyRing:
    """Return the key ring of `home`.

    1. The folder and both files are there (`KeysMissing`), closed to others (`KeysTooOpen`) and readable
       (`KeysUnreadable`).
    2. Both are in the format of this program, and `root.key` opens `node.keys` (`KeysDamaged`).
    3. The private keys give the public keys that are stored beside them (`KeysDamaged`).
    """
    folder = home / FOLDER
    _check_closed(folder, 0o700)
    root_table, node_table = _read(folder / ROOT_FILE), _read(folder / NODE_FILE)
    try:
        root = _bytes(root_table["root"])
        private = PrivateKeys.unpack(decrypt(derive_key(root, _FILE_PURPOSE), _bytes(node_table["private"]), _AAD))
        ring = FileKeyRing(folder, root, private)
    except (KeyError, TypeError, ValueError, EntraideError) as error:
        raise KeysDamaged(file=folder / NODE_FILE, why="root.key does not open it") from error
    if ring.public.to_json() != node_table.get("public"):
        raise KeysDamaged(file=folder / NODE_FILE, why="its public keys are not those of its private keys")
    return ring


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
