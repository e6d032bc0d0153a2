"""`entraide about`: the pages on which the publisher says who it is, and whether readers may report errors."""

from typing import IO

import click

from entraide.cli.commands.values import Commands, OneOf, json_option
from entraide.cli.starting import start_node
from entraide.kernel.languages import SPOKEN
from entraide.publication.domain.about import AboutPage

page_argument = click.argument(
    "page", type=OneOf(AboutPage), help="method, responsible, contact, legal or accessibility."
)
language_option = click.option(
    "--language", "-l", type=click.Choice(SPOKEN), required=True, help="The language of the text."
)
as_option = click.option("--as", "username", metavar="USERNAME", help="Login name of the operator who does it.")


@click.group(cls=Commands)
def about() -> None:
    """The pages about the register: method, who is responsible, contact, legal notice, accessibility."""


@about.command("list")
@json_option
def list_pages(as_json: bool) -> None:
    """List the pages of the node of ENTRAIDE_HOME (its folder) by language, and what is missing."""
    node = start_node()
    from entraide.cli.about import tell_pages

    tell_pages(node, as_json=as_json)


@about.command("show")
@page_argument
@language_option
def show_page(page: AboutPage, language: str) -> None:
    """Print the text of a page of the node of ENTRAIDE_HOME (its folder) as readers see it.

    Edited, it is given to entraide about set.
    """
    node = start_node()
    from entraide.cli.about import print_page

    print_page(node, AboutPage(page), language)


@about.command("set")
@page_argument
@click.argument("file", type=click.File(encoding="utf-8"), help="The text, UTF-8; - for standard input.")
@language_option
@as_option
def set_page(page: AboutPage, file: IO[str], language: str, username: str | None) -> None:
    """Let the text of FILE stand on a page of the node of ENTRAIDE_HOME (its folder).

    Plain text: an empty line parts paragraphs, "## " begins a heading, "- " an item of a list.
    """
    node = start_node()
    from entraide.cli.about import write_page

    write_page(node, AboutPage(page), language, file, username)


@about.command("default")
@page_argument
@language_option
@as_option
def go_back(page: AboutPage, language: str, username: str | None) -> None:
    """Let the text that comes with the program stand again, at the node of ENTRAIDE_HOME (its folder)."""
    node = start_node()
    from entraide.cli.about import drop_page

    drop_page(node, AboutPage(page), language, username)


@about.command("error-reports")
@click.argument("state", type=click.Choice(["on", "off"]), help="on: they may; off: they may not.")
@as_option
def switch_reports(state: str, username: str | None) -> None:
    """Say whether readers may report errors to the node of ENTRAIDE_HOME (its folder)."""
    node = start_node()
    from entraide.cli.about import switch_error_reports

    switch_error_reports(node, username, open_=state == "on")
