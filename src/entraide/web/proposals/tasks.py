"""What a visitor of a demonstration may try on the samples that wait, on the desk and where a role is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from entraide.communiques.api import SampleTask, SourceSummary, list_samples, list_sources
from entraide.kernel.node import Node

TASKS: dict[SampleTask, str | Promise] = {
    SampleTask.CONTRADICTION: gettext_lazy(
        "Try a contradiction: this text gives other days than the register. Keep its meeting, then weigh both sources."
    ),
    SampleTask.ANOTHER_SOURCE: gettext_lazy(
        "Try another source: the register knows this meeting from a text in another language; keep it and see."
    ),
    SampleTask.NEW: gettext_lazy(
        "Try something new: the register has nothing of this yet. Keep, correct or reject what was read."
    ),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A sample that waits: its title and language, where it is reviewed, and what to try on it."""

    title: str
    language: str
    href: str
    text: str | Promise


def task_of(source: SourceSummary) -> str | Promise:
    """Return what to try on `source`; empty unless it is a sample that was left for a visitor."""
    tasks = {sample.name: sample.waits for sample in list_samples()}
    task = tasks.get(source.name) if source.sample else None
    return TASKS[task] if task else ""


def list_tasks(node: Node) -> Sequence[Task]:
    """Return what waits for a visitor of a demonstration."""
    return [
        Task(source.title or source.name, source.language, reverse("proposals:review", args=[source.id]), text)
        for source in list_sources(node, waiting_only=True)
        if (text := task_of(source))
    ]
