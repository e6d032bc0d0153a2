"""`entraide demo`: the whole cycle on two nodes, or an observatory alone, then served for a visitor to go on."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from entraide.cli.demonstration.agreeing import play_agreeing
from entraide.cli.demonstration.asking import play_asking
from entraide.cli.demonstration.pairing import play_pairing
from entraide.cli.demonstration.proving import play_proving
from entraide.cli.demonstration.reading import play_reading
from entraide.cli.demonstration.stage import Side, Stage, build_observatory, build_stage
from entraide.cli.demonstration.telling import Teller
from entraide.cli.language import gettext
from entraide.cli.output import print_json, say
from entraide.cli.processes import serving
from entraide.documents.api import list_files
from entraide.kernel.node import Edition


def demonstrate(
    edition: Edition, *, serve: bool, as_json: bool, files: Path | None, home: Path | None, ports: tuple[int, int]
) -> None:
    """Make the nodes of `edition` in `home`, or a folder that goes with them, play the story and `serve`.

    Raises `AddressTaken` and `HomeExists` before anything is made.
    """
    signal.signal(signal.SIGTERM, _leave)  # ends the story like Ctrl-C, both nodes with it
    if files is not None:
        _refuse_without_files(files)  # said before two nodes are made
    with _folder(home) as folder:
        if edition is Edition.OBSERVATORY:
            _demonstrate_observatory(folder, ports[0], files, serve=serve, as_json=as_json)
        else:
            _demonstrate_nodes(folder, ports, files, serve=serve, as_json=as_json)


def _demonstrate_nodes(folder: Path, ports: tuple[int, int], files: Path | None, *, serve: bool, as_json: bool) -> None:
    """Make two nodes, play the cycle between them, and serve both."""
    teller = Teller(quiet=as_json)
    stop = Event()
    if not as_json:
        say(gettext("Two nodes are made, each with its keys, people and database …"))
    stage = build_stage(folder, ports)
    with serving(stage.a.home, port=ports[0]), serving(stage.b.home, port=ports[1]):
        play_story(stage, teller, files)
        if as_json:
            print_json(teller.summary)
        elif serve:
            _serve_until_interrupted((stage.a, stage.b), stop)


def _demonstrate_observatory(folder: Path, port: int, files: Path | None, *, serve: bool, as_json: bool) -> None:
    """Make an observatory, read communiqués into it, and serve its public site."""
    teller = Teller(quiet=as_json)
    if not as_json:
        say(gettext("An observatory is made, with its editor and database …"))
    side = build_observatory(folder, port)
    with teller.scene("read", gettext("Read communiqués into the register")):
        play_reading(side, teller, files)
    if as_json:
        print_json(teller.summary)
    elif serve:
        with serving(side.home, port=port):
            _serve_until_interrupted((side,), Event())


def play_story(stage: Stage, teller: Teller, files: Path | None = None) -> dict[str, Any]:
    """Play the five scenes on two served nodes and return the summary."""
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
    say("")
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
