"""`entraide demo`."""

import os
from pathlib import Path

import click

from entraide.cli.commands.values import OneOf, json_option
from entraide.cli.starting import start_django
from entraide.kernel.node import Edition


@click.command()
@click.option("--once", is_flag=True, help="Play the story and stop, without serving.")
@json_option
@click.option(
    "--files",
    type=click.Path(exists=True, path_type=Path),
    help="File or folder of communiqués to read instead of the samples.",
)
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep both nodes in this folder; an earlier demonstration there is replaced, nothing else ever.",
)
@click.option(
    "--ports",
    type=(int, int),
    default=(8000, 8001),
    help="Ports of both nodes: --ports 8010 8011. An observatory takes the first alone.",
)
@click.option(
    "--edition",
    type=OneOf(Edition),
    default=Edition.NODE.value,
    help="node: two ministries and the whole cycle; observatory: a public register alone.",
)
def demo(
    once: bool, as_json: bool, files: Path | None, home: Path | None, ports: tuple[int, int], edition: Edition
) -> None:
    """Play the whole cycle on two real nodes with sample data, then serve both until Ctrl-C.

    --edition observatory reads the samples, or your own --files, into a public register and serves that alone.
    --json prints the summary as one object and implies --once.
    """
    os.environ.pop("ENTRAIDE_HOME", None)  # the nodes of the demonstration are made here; no other is touched
    start_django()
    from entraide.cli.demo import demonstrate

    demonstrate(edition, serve=not once, as_json=as_json, files=files, home=home, ports=ports)
