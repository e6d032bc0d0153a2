"""Creates a node's home: settings, secret, keys and an up-to-date database, or nothing at all."""

import secrets
from pathlib import Path

from django.core.management import call_command

from entraide.config.node_file import NODE_FILE, SECRET_FILE, read_node_file
from entraide.kernel.errors import BadInput, Conflict
from entraide.kernel.node import NodeSettings, Randomness
from entraide.kernel.text import N_


class HomeExists(Conflict):
    """A node is already there."""

    code = "config.home_exists"
    message = N_("There is already a node, or something else, in {home}.")
    remedy = N_("Choose another folder; an existing node is never overwritten.")


class HomeNotWritable(BadInput):
    """The folder cannot be made or written."""

    code = "config.home_not_writable"
    message = N_("No node can be made in {home}: {why}.")
    remedy = N_("Give a folder that this account may create and write.")


def demand_no_real_node(home: Path) -> None:
    """Raise `HomeExists` when `home` holds a node that is no demonstration, or files that are no half-made node."""
    if not home.exists():
        return
    if (home / NODE_FILE).is_file():
        if not read_node_file(home).node.demonstration:
            raise HomeExists(home=home)
    elif not home.is_dir() or {path.name for path in home.iterdir()} - {"keys", SECRET_FILE}:
        raise HomeExists(home=home)


def create_home(
    settings: NodeSettings, random: Randomness, *, database_url: str | None = None, clock_offset_days: int = 0
) -> None:
    """Write `node.toml`, the secret and the keys of a new node below `settings.home`.

    Raises `HomeExists` or `HomeNotWritable`.

    The database is made by `migrate_home`, in a process that was started with the home's settings.
    """
    home = settings.home
    if (home / NODE_FILE).exists():
        raise HomeExists(home=home)
    try:
        _write_home(settings, random, database_url, clock_offset_days)
    except OSError as error:
        raise HomeNotWritable(home=home, why=error.strerror) from error


def _write_home(settings: NodeSettings, random: Randomness, database_url: str | None, clock_offset_days: int) -> None:
    from entraide.keys.api import create_keyring  # noqa: PLC0415 - loads the cryptographic library only when needed

    home = settings.home
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    create_keyring(home, random)
    secret = home / SECRET_FILE
    secret.touch(mode=0o600)
    secret.write_text(secrets.token_urlsafe(48), encoding="ascii")
    # The node file comes last: a home without it is no node, and `init` can be repeated.
    (home / NODE_FILE).write_text(_node_toml(settings, database_url, clock_offset_days), encoding="utf-8")


def migrate_home(alias: str = "default") -> None:
    """Bring the database behind `alias` up to date and install its triggers."""
    call_command("migrate", database=alias, interactive=False, verbosity=0)


def _node_toml(settings: NodeSettings, database_url: str | None, clock_offset_days: int) -> str:
    lines = [
        "[node]",
        f"name = {_quoted(settings.name)}",
        f"state = {_quoted(settings.state)}",
        f"origin = {_quoted(settings.origin)}",
        f"edition = {_quoted(settings.edition)}",
        f"demonstration = {'true' if settings.demonstration else 'false'}",
        f"time_zone = {_quoted(settings.time_zone)}",
        *([f"clock_offset_days = {clock_offset_days}"] if clock_offset_days else []),
        "",
        "[node.organisation]",
        *(f"{language} = {_quoted(name)}" for language, name in sorted(settings.organisation.items())),
    ]
    if database_url:
        lines += ["", "[database]", f"url = {_quoted(database_url)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
