"""What `entraide about` does."""

from typing import IO

import click

from entraide.access.api import Actor, get_actor
from entraide.cli.language import gettext
from entraide.cli.output import print_json, say
from entraide.kernel.errors import BadInput
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.publication.api import (
    TITLES,
    AboutPage,
    drop_about_text,
    list_about_texts,
    list_missing,
    switch_reporting,
    takes_reports,
    tell_about,
    write_about_text,
)
from entraide.publication.domain.about import LONGEST_TEXT


class TextUnreadable(BadInput):
    """The file of a page is no text."""

    code = "cli.text_unreadable"
    message = N_("{file} cannot be read as a text in UTF-8.")
    remedy = N_("Save it as plain text in UTF-8.")


def tell_pages(node: Node, *, as_json: bool) -> None:
    """Print whose text each page has in each language, and what is missing."""
    texts, missing, reports = list_about_texts(node), list_missing(node), takes_reports(node)
    if as_json:
        pages = [
            {"page": item.page, "language": item.language, "own": item.own, "changed_at": item.changed_at}
            for item in texts
        ]
        print_json({"pages": pages, "missing": missing, "error_reports": reports})
        return
    for item in texts:
        own = gettext("the publisher's own") if item.own else gettext("comes with the program")
        say(f"{item.page} {item.language}: {gettext(TITLES[item.page])} – {own}")
    say(gettext("Reports of errors: taken.") if reports else gettext("Reports of errors: none are taken."))
    for line in tell_missing(node):
        say(line)


def tell_missing(node: Node) -> list[str]:
    """Return a line for each page that only the publisher can write, and that nobody has."""
    line = gettext("Missing: {title}. Readers find no way to reach you: entraide about set {page} FILE --language fr")
    return [line.format(title=gettext(TITLES[page]), page=page) for page in list_missing(node)]


def print_page(node: Node, page: AboutPage, language: str) -> None:
    """Print the text of a page as readers of a language see it."""
    click.echo(tell_about(node, page, language).text)


def write_page(node: Node, page: AboutPage, language: str, file: IO[str], username: str | None) -> None:
    """Let the text of a file stand on a page; raises `TextUnreadable`, and what `write_about_text` raises."""
    try:
        # One character more than is allowed tells that it is too long, whatever the file's length.
        text = file.read(4 * LONGEST_TEXT + 1)
    except (OSError, ValueError) as error:
        raise TextUnreadable(file=getattr(file, "name", "-")) from error
    write_about_text(node, actor=_actor(node, username), page=page, language=language, text=text)
    say(gettext("The page {page} is written in {language}.").format(page=page, language=language))


def drop_page(node: Node, page: AboutPage, language: str, username: str | None) -> None:
    """Go back to the text that comes with the program."""
    drop_about_text(node, actor=_actor(node, username), page=page, language=language)
    say(
        gettext("The text that comes with the program stands on {page} in {language}.").format(
            page=page, language=language
        )
    )


def switch_error_reports(node: Node, username: str | None, *, open_: bool) -> None:
    """Take reports of errors, or take none."""
    switch_reporting(node, actor=_actor(node, username), open_=open_)
    say(gettext("Reports of errors: taken.") if open_ else gettext("Reports of errors: none are taken."))


def _actor(node: Node, username: str | None) -> Actor | None:
    """Return who acts; at the terminal of a node nobody need be named."""
    return get_actor(node, username) if username else None
