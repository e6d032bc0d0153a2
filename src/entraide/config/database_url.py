"""The address of a PostgreSQL database: one host or several, and everything that libpq takes in the query.

postgresql://account:password@db1.example:5432,db2.example:5432/entraide?sslmode=verify-full&target_session_attrs=read-write
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote

SCHEMES = ("postgresql://", "postgres://")
_PARTS = re.compile(r"(?:(?P<account>[^@/]*)@)?(?P<hosts>[^/?@]*)/(?P<name>[^?#/]+)(?:\?(?P<query>[^#]*))?\Z")
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.%]+\]|[^:\[\]]*)(?::(?P<port>\d{0,5}))?\Z")
_KEY = re.compile(r"[a-z_]{2,40}\Z")
# Django takes these of its OPTIONS for its own, so that they would not reach the server, or as something else.
_DJANGOS = frozenset({"isolation_level", "assume_role", "server_side_binding", "pool"})
_ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """A database: `hosts` and `ports` as many as there are servers to try, `options` as libpq names them."""

    name: str
    user: str
    password: str
    hosts: tuple[str, ...]
    ports: tuple[str, ...]
    options: Mapping[str, str]


def parse_database_url(url: str) -> DatabaseUrl:
    """Return what `url` says; raises `ValueError`, whose text repeats nothing of it but an option's name."""
    scheme = next((scheme for scheme in SCHEMES if url.startswith(scheme)), None)
    if scheme is None:
        raise ValueError("the database url must begin with postgresql://")
    parts = _PARTS.match(url.removeprefix(scheme))
    if parts is None:
        raise ValueError("the database url is not of the form postgresql://account:password@host/database")
    user, _, password = (parts["account"] or "").partition(":")
    hosts, ports = zip(*map(_server, parts["hosts"].split(",")), strict=True)
    options = dict(map(_option, filter(None, (parts["query"] or "").split("&"))))
    return DatabaseUrl(unquote(parts["name"]), unquote(user), unquote(password), hosts, ports, options)


def postgresql_settings(url: str) -> dict[str, Any]:
    """Return Django's settings of the database of `url`; raises `ValueError` as `parse_database_url` does."""
    parsed = parse_database_url(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parsed.name,
        "USER": parsed.user,
        "PASSWORD": parsed.password,
        "HOST": ",".join(parsed.hosts),
        "PORT": ",".join(parsed.ports) if any(parsed.ports) else "",
        "OPTIONS": dict(parsed.options),
        "CONN_HEALTH_CHECKS": True,
    }


def list_clear_hosts(settings: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
    """Return the other machines to which Django's `settings` of a database connect without asking for encryption.

    What the settings leave out, libpq takes from `environment`. `prefer`, its default, goes on in the clear when the
    other end, or whoever sits between, says so.
    """
    options = settings.get("OPTIONS") or {}
    if (options.get("sslmode") or environment.get("PGSSLMODE", "")) in _ENCRYPTED:
        return []
    host = (
        options.get("hostaddr")
        or environment.get("PGHOSTADDR")
        or settings.get("HOST")
        or options.get("host")
        or environment.get("PGHOST", "")
    )
    return [name for name in str(host).split(",") if not _is_here(name.strip())]


def _server(item: str) -> tuple[str, str]:
    """Return the host and the port of one of several servers; either may be empty."""
    found = _HOST.match(item)
    if found is None:
        raise ValueError("a host of the database url is none, or its port is no number")
    return unquote(found["host"]).strip("[]"), found["port"] or ""


def _option(item: str) -> tuple[str, str]:
    key, separator, value = item.partition("=")
    if not separator or not _KEY.match(key) or key in _DJANGOS:
        raise ValueError(f"{key[:40]!r} is no option of a database url")
    return key, unquote(value)


def _is_here(host: str) -> bool:
    """Whether a connection to `host` stays on this machine: a socket in a folder, or the loopback."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
