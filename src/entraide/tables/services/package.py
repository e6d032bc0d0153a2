"""The register as one file to keep: a Data Package of all tables, each day's edition at its own address.

Only what `export_table` gives goes in, which is what the public pages show. An edition is written beside the old one
and takes its place whole, so that whoever downloads never gets half a file.
"""

import fcntl
import filecmp
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from entraide.kernel.languages import SOURCE, choose_text
from entraide.kernel.node import Node
from entraide.storage.api import get_revision
from entraide.tables.adapters.vocabulary import describe_column, describe_table, load_tables
from entraide.tables.domain.errors import NoSuchPackage
from entraide.tables.domain.formats import ExportFormat
from entraide.tables.domain.package import PackageFacts, WrittenTable, describe_package
from entraide.tables.domain.tables import Table
from entraide.tables.services.exporting import export_table

FOLDER, LATEST, DESCRIPTION = "exports", "datapackage.zip", "datapackage.json"
EDITION = re.compile(r"datapackage-(\d{4}-\d{2}-\d{2})\.zip\Z")
KEPT_FOR = timedelta(days=31)
ATTEMPTS = 3
"""How often a package is begun again because the register changed under it, before it is kept as it is and says so."""


@dataclass(frozen=True, slots=True)
class PackageEdition:
    """An edition on disk: its file and its day."""

    file: Path
    day: date


def make_package(node: Node, *, output: Path | None = None) -> Path:
    """Write the Data Package now and return its file: `output`, or the edition of today in the node's home."""
    folder = node.settings.home / FOLDER if output is None else output.parent
    folder.mkdir(parents=True, exist_ok=True)
    with _written(node, folder) as (temporary, description):
        if output is not None:
            return temporary.replace(output)
        file = temporary.replace(_edition_of_today(node))
        _point_to(file, folder / LATEST)
        _write_text(folder / DESCRIPTION, description)
    _tidy(node, folder)
    return file


def make_nightly_package(node: Node) -> Path | None:
    """Make today's edition (UTC) and return its file.

    None when there is one, when nothing changed since the last, or when another process makes one.
    """
    with _sole_maker(node) as alone:
        if not alone or _edition_of_today(node).exists() or (is_latest_current(node) and _is_latest_dated(node)):
            return None
        return make_package(node)


def renew_latest(node: Node) -> Path | None:
    """Make the latest package anew when the register has changed since it was made; return its file if made.

    The first of a day is the edition of that day. Later ones are the latest alone: what somebody cites by its day stays
    as it was read. None when nothing changed, or when another process makes one.
    """
    folder = node.settings.home / FOLDER
    with _sole_maker(node) as alone:
        if not alone or is_latest_current(node):
            return None
        if not _edition_of_today(node).exists():
            return make_package(node)
        with _written(node, folder) as (temporary, description):
            file = temporary.replace(folder / LATEST)
            _write_text(folder / DESCRIPTION, description)
        return file


def is_latest_current(node: Node) -> bool:
    """Whether the latest package holds the register as it is now."""
    folder = node.settings.home / FOLDER
    with suppress(OSError, ValueError, KeyError):
        last = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        return bool((folder / LATEST).exists() and last["whole"] and last["revision"] == get_revision(node).tag)
    return False


def find_package(node: Node, day: date | None = None) -> Path:
    """Return the file of the latest edition, or of that of `day`; raises `NoSuchPackage`."""
    name = LATEST if day is None else f"datapackage-{day.isoformat()}.zip"
    file = node.settings.home / FOLDER / name
    if not file.is_file():
        raise NoSuchPackage(name=name)
    return file


def list_packages(node: Node) -> list[PackageEdition]:
    """Return the editions that are kept, latest first."""
    folder = node.settings.home / FOLDER
    files = sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []
    matches = [(file, EDITION.match(file.name)) for file in files]
    return [PackageEdition(file, date.fromisoformat(match[1])) for file, match in matches if match]


def _edition_of_today(node: Node) -> Path:
    return node.settings.home / FOLDER / f"datapackage-{node.clock.now().date().isoformat()}.zip"


def _is_latest_dated(node: Node) -> bool:
    """Whether the latest package is also an edition with a day of its own."""
    latest = node.settings.home / FOLDER / LATEST
    return any(filecmp.cmp(edition.file, latest, shallow=False) for edition in list_packages(node))


@contextmanager
def _sole_maker(node: Node) -> Iterator[bool]:
    """Tell whether no other process makes a package for this home, and keep others from it inside the block.

    The lock lies on the folder and ends with the process that holds it, however that ends.
    """
    folder = node.settings.home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


@contextmanager
def _written(node: Node, folder: Path) -> Iterator[tuple[Path, str]]:
    """Write a package to a file in `folder` that is gone after the block unless it was moved; give its description."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".datapackage.")
    os.close(handle)
    temporary = Path(name)
    try:
        with node.active():
            description = _write(node, temporary)
        yield temporary, description
    finally:
        temporary.unlink(missing_ok=True)


def _write(node: Node, file: Path) -> str:
    """Write the package of one state of the register to `file`, and return its description."""
    for attempt in range(1, ATTEMPTS + 1):
        before = get_revision(node)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            written = [_write_table(node, archive, table) for table in load_tables().tables]
            whole = get_revision(node) == before
            if whole or attempt == ATTEMPTS:
                description = _describe(node, written, before.tag, whole=whole)
                archive.writestr(_entry(node, DESCRIPTION), description)
                break
    _make_durable(file)
    return description


def _write_table(node: Node, archive: zipfile.ZipFile, table: Table) -> WrittenTable:
    digest, size, rows = hashlib.sha256(), 0, -1
    name = f"{table.name}.csv"
    texts: Iterable[str] = export_table(node, table.name, ExportFormat.CSV, mark=False, protected=False)
    with archive.open(_entry(node, name), "w", force_zip64=True) as raw, io.BufferedWriter(raw, 65_536) as out:
        for text in texts:
            data = text.encode()
            digest.update(data)
            size += len(data)
            rows += 1
            out.write(data)
    return WrittenTable(table, name, size, digest.hexdigest(), max(0, rows))


def _describe(node: Node, written: list[WrittenTable], revision: str, *, whole: bool) -> str:
    now = node.clock.now()
    facts = PackageFacts(
        name=node.settings.name.lower(),
        origin=node.settings.origin,
        organisation=choose_text(node.settings.organisation, SOURCE).text or node.settings.name,
        licence=node.settings.licence,
        made_at=now,
        day=now.date(),
        revision=revision,
        whole=whole,
    )
    tables = {item.table.name: describe_table(item.table.name, SOURCE) for item in written}
    columns = {
        (item.table.name, column.name): describe_column(item.table, column, SOURCE)
        for item in written
        for column in item.table.exported
    }
    return json.dumps(describe_package(facts, written, tables, columns), ensure_ascii=False, indent=2) + "\n"


def _entry(node: Node, name: str) -> zipfile.ZipInfo:
    now = node.clock.now()
    entry = zipfile.ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, now.second))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _point_to(file: Path, latest: Path) -> None:
    """Have `latest` be the same file as `file`, in one step."""
    beside = latest.with_name(f".{latest.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        os.link(file, beside)
    except OSError:
        shutil.copyfile(file, beside)  # a file system without links
    beside.replace(latest)


def _write_text(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def _make_durable(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _tidy(node: Node, folder: Path) -> None:
    """Remove editions older than a month, but for the first of each month, which stays for good."""
    oldest = node.clock.now().date() - KEPT_FOR
    seen: set[tuple[int, int]] = set()
    for edition in reversed(list_packages(node)):
        month = (edition.day.year, edition.day.month)
        if month in seen and edition.day < oldest:
            edition.file.unlink(missing_ok=True)
        seen.add(month)
    for left in folder.glob(".datapackage.*"):
        # A killed process may have left half a file; one that is written now is younger.
        with suppress(OSError):
            if node.clock.now().timestamp() - left.stat().st_mtime > KEPT_FOR.total_seconds():
                left.unlink()
