"""What an operator's commands do on a node: its database, its accounts, its checks."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from entraide.access.api import Role, create_user
from entraide.channel.api import list_exchanges, verify_evidences
from entraide.cli.about import tell_missing
from entraide.cli.language import gettext, ngettext
from entraide.cli.output import print_json, say
from entraide.config.doctor import find_missing, find_problems
from entraide.config.homes import migrate_home
from entraide.directory.api import list_signers
from entraide.journal.api import verify_all_logs
from entraide.kernel.errors import BadInput
from entraide.kernel.node import Edition, Node
from entraide.kernel.text import N_
from entraide.requests.api import BadVocabulary, list_own_forms

EDITIONS = {
    Edition.NODE: N_("Edition: node (register and exchange)."),
    Edition.OBSERVATORY: N_("Edition: observatory (the public register alone; nothing is exchanged)."),
}


class NoPassword(BadInput):
    """No password came on standard input."""

    code = "cli.no_password"
    message = N_("No password was given for {username}.")
    remedy = N_("Type it when asked, or send it on standard input with --password-stdin.")


def bring_up_to_date(node: Node) -> None:
    """Migrate the database of `node`."""
    migrate_home(node.database)
    say(gettext("The database is up to date."))


def open_account(
    node: Node, username: str, roles: frozenset[Role], *, post: str, unit: str | None, password_stdin: bool
) -> None:
    """Open an account; its password is the first line of standard input, or asked for. Raises `NoPassword`."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif not sys.stdin.isatty():
        raise NoPassword(username=username)
    else:
        password = click.prompt(gettext("Password"), hide_input=True, confirmation_prompt=True)
    if not password:
        raise NoPassword(username=username)
    create_user(node, username=username, password=password, roles=roles, post=post, unit_name=unit)
    say(gettext("The account {username} is open.").format(username=username))


def tell_problems(node: Node, *, as_json: bool) -> list[str]:
    """Print what the node is and what is wrong with it, and return the latter."""
    settings, problems, forms = node.settings, find_problems(node), _own_forms(node)
    missing = find_missing(node)
    endpoint = settings.reader_endpoint
    if as_json:
        asked = {"host": endpoint.host, "model": endpoint.model} if endpoint else None
        print_json(
            {
                "edition": settings.edition,
                "reader_endpoint": asked,
                "own_forms": forms,
                "missing": missing,
                "problems": problems,
            }
        )
        return problems
    reading = gettext("Reading: rules alone; no text of a source leaves this machine for it.")
    if endpoint:
        reading = gettext("Reading: the text of each imported source is sent to {host}, model {model}.").format(
            host=endpoint.host, model=endpoint.model
        )
    requests = [] if forms is None else [_told_forms(forms, settings.request_forms)]
    lacks = tell_missing(node) if missing else []
    for line in (
        gettext(EDITIONS[settings.edition]),
        reading,
        *requests,
        *lacks,
        *(problems or [gettext("All is well.")]),
    ):
        say(line)
    return problems


def _own_forms(node: Node) -> list[str] | None:
    """Return the forms of the node's own folder with their versions; None without a folder, or when it is broken."""
    if node.settings.request_forms is None:
        return None
    try:
        return [f"{form.id} {form.version}" for form in list_own_forms(node)]
    except BadVocabulary:  # told among the problems
        return None


def _told_forms(forms: Sequence[str], folder: Path | None) -> str:
    if not forms:
        return gettext("Requests: no form of this node's own is in {folder}.").format(folder=folder)
    read = ngettext(
        "Requests: {count} form of this node's own was read from {folder}: {forms}.",
        "Requests: {count} forms of this node's own were read from {folder}: {forms}.",
        len(forms),
    )
    return read.format(count=len(forms), folder=folder, forms=", ".join(forms))


def verify_logs(node: Node, *, as_json: bool) -> None:
    """Recompute and print every log, then verify the evidence, each signature against its signer's keys of that day.

    Raises a `VerificationFailed` for the first that does not hold.
    """
    logs = verify_all_logs(node, list_signers(node))
    evidences = sum(verify_evidences(node, exchange.partner.id) for exchange in list_exchanges(node))
    if as_json:
        rows = [{"origin": log.origin, "size": log.size, "root": log.root.hex()} for log in logs]
        print_json({"logs": rows, "evidences": evidences})
        return
    for log in logs:
        facts = {"log": log.origin, "size": log.size, "root": log.root.hex()}
        line = ngettext("{log}: {size} entry, root {root}", "{log}: {size} entries, root {root}", log.size)
        say(line.format(**facts))
    if evidences:
        held = ngettext("{n} statement of evidence holds.", "{n} statements of evidence hold.", evidences)
        say(held.format(n=evidences))
    say(gettext("Every log verifies."))
