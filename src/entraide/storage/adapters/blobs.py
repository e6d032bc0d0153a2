"""Large ciphertexts as files of the node's home, written whole or not at all."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from entraide.kernel.errors import BadInput, NotFound
from entraide.kernel.text import N_


class NoSuchBlob(NotFound):
    """Nothing is stored under this name."""

    code = "storage.no_such_blob"
    message = N_("Nothing is stored under {name}.")
    remedy = N_("Restore the folder `blobs` of the node from a backup.")


class BadBlobName(BadInput):
    """A name that is no plain file name."""

    code = "storage.bad_blob_name"
    message = N_("{name} is not a name for stored data.")
    remedy = N_("Use ASCII letters, digits and dashes.")


class FileBlobs:
    """Implements `kernel.node.Blobs` in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, data: bytes) -> None:
        """Store `data` durably: flushed to disk under another name first, then renamed."""
        path = self._path(name)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, delete=False) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)

    def read(self, name: str) -> bytes:
        """Return what is stored under `name`; raises `NoSuchBlob`."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise NoSuchBlob(name=name) from error

    def _path(self, name: str) -> Path:
        if not name.isascii() or not name.replace("-", "").isalnum():
            raise BadBlobName(name=name[:40])
        return self._folder / name
