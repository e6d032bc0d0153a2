"""The sample communiqués that come with the program."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from entraide.communiques.domain.errors import NoSuchSample
from entraide.communiques.domain.told_twice import Group, parse_groups
from entraide.kernel.yaml_text import parse_yaml
from entraide.programme.domain.weights import SourceKind


class SampleTask(StrEnum):
    """What a visitor of a demonstration may try on a sample that nobody has decided about."""

    CONTRADICTION = "contradiction"
    ANOTHER_SOURCE = "another_source"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: its name (a file without ending), language, kind of text, and the publisher as a label.

    `known_from` names the public report behind it; `differs` says where it disagrees with another sample, if it does;
    `waits` says what a visitor of the demonstration may try on it.
    """

    name: str
    language: str
    kind: SourceKind
    publisher: str
    known_from: str
    differs: str = ""
    waits: SampleTask | None = None


@cache
def list_samples() -> tuple[Sample, ...]:
    """Return the samples in the order in which a demonstration reads them."""
    table = parse_yaml(_read("samples.yaml"))
    return tuple(
        Sample(
            item["name"],
            item["language"],
            SourceKind(item["kind"]),
            item["publisher"],
            item["known_from"],
            item.get("differs", ""),
            SampleTask(item["waits"]) if "waits" in item else None,
        )
        for item in table["samples"]
    )


def read_sample(name: str) -> str:
    """Return the text of the sample `name`; raises `NoSuchSample`."""
    if name not in {sample.name for sample in list_samples()}:
        raise NoSuchSample(name=name[:40])
    return _read(f"{name}.txt")


@cache
def list_same_in_samples() -> tuple[Group, ...]:
    """Return what the samples tell more than once, as `same.yaml` lists it."""
    return parse_groups(parse_yaml(_read("same.yaml")))


def _read(name: str) -> str:
    return files("entraide.communiques").joinpath("samples", name).read_text(encoding="utf-8")
