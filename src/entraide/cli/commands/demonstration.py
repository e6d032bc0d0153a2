"""`entraide demo`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from entraide.cli.output import AsJson
from entraide.cli.starting import start_django
from entraide.kernel.node import Edition


def demo(
    once: Annotated[bool, typer.Option("--once", help="Play the story and stop, without serving.")] = False,
    as_json: AsJson = False,
    files: Annotated[
        Path | None, typer.Option(exists=True, help="File or folder of communiqués to read instead of the samples.")
    ] = None,
    home: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            help="Keep both nodes in this folder; an earlier demonstration there is replaced, nothing else ever.",
        ),
    ] = None,
    ports: Annotated[
        tuple[int, int],
        typer.Option(help="Ports of both nodes: --ports 8010 8011. An observatory takes the first alone."),
    ] = (8000, 8001),
    edition: Annotated[
        Edition,
        typer.Option(help="node: two ministries and the whole cycle; observatory: a public register alone."),
    ] = Edition.NODE,
) -> None:
    """Play the whole cycle on two real nodes with sample data, then serve both until Ctrl-C.

    --edition observatory reads the samples, or your own --files, into a public register and serves that alone.
    --json prints the summary as one object and implies --once.
    """
    os.environ.pop("ENTRAIDE_HOME", None)  # the nodes of the demonstration are made here; no other is touched
    start_django()
    from entraide.cli.demo import demonstrate

    demonstrate(edition, serve=not once, as_json=as_json, files=files, home=home, ports=ports)
