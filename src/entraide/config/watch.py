"""`[watch]` of node.toml: folders and feeds from which new reports come by themselves; none unless they are named."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from entraide.kernel.node import Watch, WatchedFeed, WatchedFolder

KINDS = ("signed_text", "official_release", "press")
"""The kinds of sources, as the register weighs them."""
_MINUTES = (5, 1440)


def read_watch(table: dict[str, Any], home: Path) -> Watch:
    """Return what a node file says of watching; raises `ValueError`. A relative folder lies in `home`."""
    _demand_known("watch", table, {"folders", "feeds", "minutes"})
    minutes = table.get("minutes", Watch().minutes)
    least, most = _MINUTES
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not least <= minutes <= most:
        raise ValueError(f"watch.minutes is a number from {least} to {most}")
    folders = tuple(_folder(item, home) for item in _list(table, "folders"))
    feeds = tuple(_feed(item) for item in _list(table, "feeds"))
    names = [feed.name for feed in feeds]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValueError(f"watch.feeds names {twice} twice")
    return Watch(folders, feeds, minutes)


def _folder(item: object, home: Path) -> WatchedFolder:
    table = {"path": item} if isinstance(item, str) else item
    if not isinstance(table, dict):
        raise ValueError("watch.folders is a list of paths, or of tables with a path")  # noqa: TRY004 - as others
    _demand_known("watch.folders", table, {"path", "kind", "publisher"})
    path = home / _text("watch.folders", table, "path")
    if not path.is_dir():
        raise ValueError(f"watch.folders: {path} is no folder")
    return WatchedFolder(path, _kind("watch.folders", table), str(table.get("publisher", "")))


def _feed(table: object) -> WatchedFeed:
    if not isinstance(table, dict):
        raise ValueError("watch.feeds is a list of tables")  # noqa: TRY004 - the node file reports values
    _demand_known("watch.feeds", table, {"name", "url", "kind", "publisher", "hosts", "enabled", "private"})
    name, url = _text("watch.feeds", table, "name"), _text("watch.feeds", table, "url")
    if not _is_of_web(url):
        raise ValueError(f"watch.feeds: the url of {name} is an http(s) address without a password")
    return WatchedFeed(
        name,
        url,
        _kind("watch.feeds", table),
        str(table.get("publisher", "")) or name,
        _hosts(table, name),
        _switch(table, name, "enabled"),
        _switch(table, name, "private"),
    )


def _is_of_web(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.username or parts.password)


def _hosts(table: dict[str, Any], name: str) -> tuple[str, ...]:
    hosts = table.get("hosts", [])
    if not isinstance(hosts, list) or not all(isinstance(host, str) for host in hosts):
        raise ValueError(f"watch.feeds: the hosts of {name} are a list of names")
    return tuple(host.lower() for host in hosts)


def _switch(table: dict[str, Any], name: str, switch: str) -> bool:
    value = table.get(switch, False)
    if not isinstance(value, bool):
        raise ValueError(f"watch.feeds: {switch} of {name} is true or false")  # noqa: TRY004 - as others
    return value


def _list(table: dict[str, Any], name: str) -> list[object]:
    value = table.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"watch.{name} is a list")  # noqa: TRY004 - the node file reports values
    return value


def _text(where: str, table: dict[str, Any], name: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{where}: {name} is missing")
    return value.strip()


def _kind(where: str, table: dict[str, Any]) -> str:
    kind = table.get("kind", "press")
    if kind not in KINDS:
        raise ValueError(f"{where}: kind is one of {', '.join(KINDS)}")
    return str(kind)


def _demand_known(where: str, table: dict[str, Any], known: set[str]) -> None:
    if unknown := set(table) - known:
        raise ValueError(f"{where}.{min(unknown)} is not a setting")
