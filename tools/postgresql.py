"""A PostgreSQL server of one's own for the tests: a new cluster in a temporary folder, on a loopback port."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def find_binaries() -> Path | None:
    """Return the folder of the newest installed PostgreSQL server's programs, or None."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if candidates:
        return candidates[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def temporary_server(binaries: Path) -> Iterator[str]:
    """Give the URL of a new server whose user `entraide` may create databases; raises `CalledProcessError`."""
    folder = Path(tempfile.mkdtemp(prefix="entraide-postgresql-"))
    data, port = folder / "data", _free_port()
    account = pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else None
    if account:
        # The server refuses to run as root.
        shutil.chown(folder, account)
    try:
        _run(
            [
                str(binaries / "initdb"),
                "-D",
                str(data),
                "-U",
                "entraide",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ],
            account,
        )
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c full_page_writes=off"
        _run(
            [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start"],
            account,
        )
        try:
            yield f"postgresql://entraide@127.0.0.1:{port}/entraide"
        finally:
            _run([str(binaries / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], account: str | None) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=account, cwd="/", stdin=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
