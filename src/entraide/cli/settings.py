"""What `entraide init` accepts: every wrong word is named before anything is written."""

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from entraide.config.database_url import parse_database_url
from entraide.directory.domain.states import parse_language, parse_state
from entraide.kernel.errors import BadInput
from entraide.kernel.node import Edition, NodeSettings
from entraide.kernel.text import N_

NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,39}")


class BadNodeName(BadInput):
    """The node's name does not fit into logs and messages."""

    code = "cli.bad_node_name"
    message = N_("--name {name} cannot be used.")
    remedy = N_("Use 2 to 40 letters without accents, digits and hyphens, beginning with a letter, such as vn-mps.")


class BadOrganisation(BadInput):
    """An organisation has no language or no name."""

    code = "cli.bad_organisation"
    message = N_("--organisation {given} has no language or no name.")
    remedy = N_("Write the language, an equals sign and the name: --organisation fr='Ministère de …'.")


class BadOrigin(BadInput):
    """The public address is no origin."""

    code = "cli.bad_origin"
    message = N_("--origin {origin} is not the address of a site.")
    remedy = N_("Write https:// and the host alone, such as https://entraide.example; http:// is for 127.0.0.1 only.")


class BadDatabaseUrl(BadInput):
    """The database is of another kind."""

    code = "cli.bad_database_url"
    message = N_("--database-url must begin with postgresql:// and name a database.")
    remedy = N_("Write postgresql://account:password@host/database, or leave it out for an SQLite file in the home.")


def settings_from(
    home: Path, name: str, state: str, organisations: Sequence[str], origin: str, edition: Edition = Edition.NODE
) -> NodeSettings:
    """Return the settings of a new node.

    Raises `BadNodeName`, `UnknownState`, `UnknownLanguage`, `BadOrganisation` or `BadOrigin`.
    """
    if not NAME.fullmatch(name):
        raise BadNodeName(name=repr(name))
    return NodeSettings(
        home=home.resolve(),
        name=name,
        state=parse_state(state),
        organisation=dict(_language_and_name(entry) for entry in organisations),
        origin=_origin(origin),
        edition=edition,
    )


def demand_postgresql(url: str | None) -> None:
    """Raise `BadDatabaseUrl` when `url` is given and names no PostgreSQL database; the url itself is never shown."""
    if url is None:
        return
    try:
        parse_database_url(url)
    except ValueError as error:
        raise BadDatabaseUrl from error


def _language_and_name(entry: str) -> tuple[str, str]:
    language, separator, name = entry.partition("=")
    if not separator or not language.strip() or not name.strip():
        raise BadOrganisation(given=repr(entry))
    return parse_language(language), name.strip()


def _origin(text: str) -> str:
    origin = text.strip().rstrip("/")
    try:
        usable = _is_origin(urlsplit(origin))
    except ValueError:
        usable = False
    if not usable:
        raise BadOrigin(origin=repr(text))
    return origin


def _is_origin(parts: SplitResult) -> bool:
    """Whether `parts` are a scheme and a host alone, in the clear on this machine only; raises `ValueError`."""
    bare = not (parts.path or parts.query or parts.fragment or parts.username)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"})
    return bool(parts.hostname) and bare and safe and parts.port != 0
