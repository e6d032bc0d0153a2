"""`node.toml`: what an operator decides about a node, read into frozen, typed settings."""

import tomllib
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from entraide.config.database_url import postgresql_settings
from entraide.config.endpoint import read_endpoint
from entraide.config.limits import DEFAULT_LIMITS, Limits, read_limits
from entraide.config.watch import read_watch
from entraide.kernel.errors import BadInput, NotFound
from entraide.kernel.node import Edition, NodeSettings
from entraide.kernel.text import N_
from entraide.tables.domain.package import LICENCES

NODE_FILE = "node.toml"
SECRET_FILE = "django-secret"  # noqa: S105 - the name of a file


class NoSuchHome(NotFound):
    """There is no node in this folder."""

    code = "config.no_such_home"
    message = N_("There is no node in {home}: it has no node.toml.")
    remedy = N_("Create one with `entraide init`, or set ENTRAIDE_HOME to the folder of an existing node.")


class HomeNotSet(NotFound):
    """No home is named."""

    code = "config.home_not_set"
    message = N_("ENTRAIDE_HOME is not set, so there is no node to work on.")
    remedy = N_("Run `export ENTRAIDE_HOME=/folder/of/the/node`; `entraide init` creates a node.")


class SecretMissing(NotFound):
    """The secret that signs sessions is not in the home."""

    code = "config.secret_missing"
    message = N_("The file {file} is missing.")
    remedy = N_("Restore it from the backup, or write 50 random characters into it: everyone must then log in again.")


class BadNodeFile(BadInput):
    """node.toml cannot be used."""

    code = "config.bad_node_file"
    message = N_("{file} cannot be used: {why}.")
    remedy = N_("Correct the line; docs/operating lists every setting.")


@dataclass(frozen=True, slots=True)
class NodeFile:
    """The contents of `node.toml` and of the secret beside it.

    `clock_offset` moves the clock of a demonstration to the days of its sample data; no other node may have one.
    `limits` is None where the operator has switched them off.
    """

    node: NodeSettings
    secret: str
    database_url: str | None
    clock_offset: timedelta = timedelta(0)
    limits: Limits | None = DEFAULT_LIMITS


def read_node_file(home: Path) -> NodeFile:
    """Return the settings of the node in `home`; raises `NoSuchHome`, `SecretMissing` or `BadNodeFile`."""
    path = home / NODE_FILE
    if not path.is_file():
        raise NoSuchHome(home=home)
    secret_path = home / SECRET_FILE
    if not secret_path.is_file():
        raise SecretMissing(file=secret_path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        secret = secret_path.read_text(encoding="ascii").strip()
        node = _node_settings(home, table["node"], table.get("reader", {}).get("endpoint", {}))
        node = replace(node, watch=read_watch(table.get("watch", {}), home))
        offset = _clock_offset(table["node"], node)
        limits = read_limits(table.get("limits", {}))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadNodeFile(file=path, why=_why(error)) from error
    return NodeFile(
        node=node,
        secret=secret,
        database_url=table.get("database", {}).get("url"),
        clock_offset=offset,
        limits=limits,
    )


def database_settings(url: str | None, home: Path) -> dict[str, Any]:
    """Return Django's settings of one database: a PostgreSQL URL, or the SQLite file of `home` when `url` is None.

    Raises `BadNodeFile` for a URL that names no PostgreSQL database.
    """
    if url is None:
        return sqlite_settings(str(home / "entraide.sqlite3"))
    try:
        return postgresql_settings(url)
    except ValueError as error:
        raise BadNodeFile(file=home / NODE_FILE, why=error) from error


def sqlite_settings(name: str) -> dict[str, Any]:
    """Return Django's settings of an SQLite file that keeps what it has acknowledged (WAL, synchronous=FULL)."""
    return {
        "ENGINE": "entraide.config.databases.sqlite",
        "NAME": name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"
            ),
        },
    }


def _node_settings(home: Path, table: dict[str, Any], endpoint: dict[str, Any]) -> NodeSettings:
    name, state, origin = str(table["name"]), str(table["state"]), str(table["origin"]).rstrip("/")
    if not name.isascii() or len(state) != 2:
        raise ValueError("node.name is ASCII and node.state a code of two letters")
    edition = str(table.get("edition", Edition.NODE))
    if edition not in set(Edition):
        raise ValueError(f"node.edition is one of: {', '.join(Edition)}")
    licence = str(table.get("licence", "CC-BY-4.0"))
    if licence not in LICENCES:
        raise ValueError(f"node.licence is one of: {', '.join(LICENCES)}")
    return NodeSettings(
        home=home,
        name=name,
        state=state.upper(),
        organisation={str(key): str(value) for key, value in dict(table["organisation"]).items()},
        origin=origin,
        demonstration=bool(table.get("demonstration", False)),
        edition=Edition(edition),
        reader_endpoint=read_endpoint(endpoint, home),
        licence=licence,
        request_forms=_folder(home, table, "request_forms"),
        safeguards=_folder(home, table, "safeguards"),
        time_zone=_time_zone(str(table.get("time_zone", "UTC"))),
    )


def _time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"node.time_zone is a name such as Europe/Paris, and {name} is none") from error


def _folder(home: Path, table: dict[str, Any], name: str) -> Path | None:
    if name not in table:
        return None
    folder = home / str(table[name])
    if not folder.is_dir():
        raise ValueError(f"node.{name} is a folder, and {folder} is none")
    return folder


def _clock_offset(table: dict[str, Any], node: NodeSettings) -> timedelta:
    offset = timedelta(days=int(table.get("clock_offset_days", 0)))
    if offset and not node.demonstration:
        raise ValueError("only a demonstration may have clock_offset_days")
    return offset


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    if isinstance(error, OSError):
        return str(error.strerror)
    return str(error)
