"""`entraide demo`: the whole cycle on two nodes, or an observatory alone, then served for a visitor to go on."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Annotated, Any

import typer
from django.utils.translation import gettext

from entraide.cli.composition import Composition
from entraide.cli.demonstration.agreeing import play_agreeing
from entraide.cli.demonstration.asking import play_asking
from entraide.cli.demonstration.pairing import play_pairing
from entraide.cli.demonstration.proving import play_proving
from entraide.cli.demonstration.reading import play_reading
from entraide.cli.demonstration.stage import Side, Stage, build_observatory, build_stage
from entraide.cli.demonstration.telling import Teller
from entraide.cli.output import AsJson, console, print_json, say
from entraide.documents.api import list_files
from entraide.kernel.node import Edition

SCENES = 5


def add_demo(application: typer.Typer, composition: Composition) -> None:
    """Add `entraide demo` to `application`."""

    @application.command("demo")
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
        signal.signal(signal.SIGTERM, _leave)  # ends the story like Ctrl-C, both nodes with it
        if files is not None:
            _refuse_without_files(files)  # said before two nodes are made
        with _folder(home) as folder:
            if edition is Edition.OBSERVATORY:
                _demonstrate_observatory(composition, folder, ports[0], files, serve=not once, as_json=as_json)
            else:
                _demonstrate_nodes(composition, folder, ports, files, serve=not once, as_json=as_json)


def _demonstrate_nodes(
    composition: Composition, folder: Path, ports: tuple[int, int], files: Path | None, *, serve: bool, as_json: bool
) -> None:
    """Make two nodes, play the cycle between them, and serve both."""
    teller = Teller(console, scenes=SCENES, quiet=as_json)
    stop = Event()
    if not as_json:
        console.print(gettext("Two nodes are made, each with its keys, people and database …"))
    with teller.telling():
        stage = build_stage(composition, folder, ports)
    with composition.serving(stage.a.home, port=ports[0]), composition.serving(stage.b.home, port=ports[1]):
        play_story(stage, teller, files)
        if as_json:
            print_json(teller.summary)
        elif serve:
            _serve_until_interrupted((stage.a, stage.b), stop)


def _demonstrate_observatory(
    composition: Composition, folder: Path, port: int, files: Path | None, *, serve: bool, as_json: bool
) -> None:
    """Make an observatory, read communiqués into it, and serve its public site."""
    teller = Teller(console, scenes=1, quiet=as_json)
    if not as_json:
        console.print(gettext("An observatory is made, with its editor and database …"))
    with teller.telling():
        side = build_observatory(composition, folder, port)
        with teller.scene("read", gettext("Read communiqués into the register")):
            play_reading(side, teller, files)
    if as_json:
        print_json(teller.summary)
    elif serve:
        with composition.serving(side.home, port=port):
            _serve_until_interrupted((side,), Event())


def play_story(stage: Stage, teller: Teller, files: Path | None = None) -> dict[str, Any]:
    """Play the five scenes on two served nodes and return the summary."""
    with teller.telling():
        with teller.scene("read", gettext("Read communiqués into the register")):
            play_reading(stage.a, teller, files)
        with teller.scene("pair", gettext("Pair the two nodes")):
            play_pairing(stage, teller)
        with teller.scene("ask", gettext("Ask, and be answered")):
            play_asking(stage, teller)
        with teller.scene("agree", gettext("Agree on next year's plan")):
            plan_id = play_agreeing(stage, teller)
        with teller.scene("prove", gettext("Prove and publish")):
            play_proving(stage, plan_id, teller)
    return teller.summary


def _refuse_without_files(files: Path) -> None:
    found = list_files([files])
    if not found.files:
        raise found.problems[0]


@contextmanager
def _folder(home: Path | None) -> Iterator[Path]:
    if home is not None:
        home.mkdir(parents=True, exist_ok=True)
        yield home
    else:
        with TemporaryDirectory(prefix="entraide-demo-") as folder:
            yield Path(folder)


def _leave(*_: object) -> None:
    raise SystemExit(128 + signal.SIGTERM)


def _serve_until_interrupted(sides: Sequence[Side], stop: Event) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    console.print()
    for side in sides:
        name, origin = side.ministry.organisation["en"], side.node.settings.origin
        if side.node.settings.exchanges:
            say(f"{name}: {origin}/desk/demo/")
        else:
            say(gettext("{name}, as the public reads it: {address}").format(name=name, address=f"{origin}/"))
            say(gettext("As its editor, to try what waits: {address}").format(address=f"{origin}/desk/demo/"))
    if len(sides) > 1:
        say(gettext("Open either address, choose a role and go on. Ctrl-C ends both nodes."))
    else:
        say(gettext("Ctrl-C ends it; docs/operating/observatory.md says how to run one of your own."))
    stop.wait()
