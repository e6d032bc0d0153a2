"""How the story is told: a progress bar and one line per fact for people, one object for programs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from entraide.cli.language import gettext


@dataclass
class Scene:
    """What one step of the story showed: lines for people, facts for programs."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)


class Teller:
    """Tells the scenes in order; with `quiet`, nothing is printed and only the facts are kept."""

    def __init__(self, console: Console, *, scenes: int, quiet: bool) -> None:
        self._console = console
        self._quiet = quiet
        self._scenes: list[Scene] = []
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=quiet,
            transient=True,
        )
        self._task: TaskID | None = None
        self._total = scenes

    @contextmanager
    def telling(self) -> Iterator["Teller"]:
        """Show the progress bar inside the block."""
        with self._progress:
            self._task = self._progress.add_task(gettext("Setting the stage"), total=self._total)
            yield self

    @contextmanager
    def scene(self, name: str, title: str) -> Iterator["Teller"]:
        """Tell one scene; `name` is its key in the summary, `title` what people read."""
        self._scenes.append(Scene(name))
        if self._task is not None:
            self._progress.update(self._task, description=title)
        self._print(f"\n[bold]{len(self._scenes)}. {title}[/bold]")
        yield self
        if self._task is not None:
            self._progress.advance(self._task)

    def line(self, text: str, **facts: Any) -> None:  # noqa: ANN401 - facts of a summary are any JSON
        """Tell one thing that happened, and keep its `facts`."""
        self._scenes[-1].facts |= facts
        self._print(escape(f"   {text}"))  # the name of a file may hold brackets

    @property
    def summary(self) -> dict[str, Any]:
        """The facts of all scenes, a scene's name to its facts."""
        return {scene.name: scene.facts for scene in self._scenes}

    def _print(self, text: str) -> None:
        if not self._quiet:
            self._progress.console.print(text, highlight=False, soft_wrap=True)
