"""How the story is told: a title and one line per fact for people, one object for programs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import click

from entraide.cli.output import say


@dataclass
class Scene:
    """What one step of the story showed: lines for people, facts for programs."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)


class Teller:
    """Tells the scenes in order; with `quiet`, nothing is printed and only the facts are kept."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._scenes: list[Scene] = []

    @contextmanager
    def scene(self, name: str, title: str) -> Iterator["Teller"]:
        """Tell one scene; `name` is its key in the summary, `title` what people read."""
        self._scenes.append(Scene(name))
        if not self._quiet:
            click.secho(f"\n{len(self._scenes)}. {title}", bold=True)
        yield self

    def line(self, text: str, **facts: Any) -> None:  # noqa: ANN401 - facts of a summary are any JSON
        """Tell one thing that happened, and keep its `facts`."""
        self._scenes[-1].facts |= facts
        if not self._quiet:
            say(f"   {text}")

    @property
    def summary(self) -> dict[str, Any]:
        """The facts of all scenes, a scene's name to its facts."""
        return {scene.name: scene.facts for scene in self._scenes}
