"""What a collection of texts tells more than once, as a person lists it, and which of these things a fact is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entraide.communiques.domain.comparisons import Facets
from entraide.programme.domain.words import fold_words

NAMED = ("name", "title", "text")
"""Facets that hold the words of a fact."""
DATED = ("date", "signed")


@dataclass(frozen=True, slots=True)
class Group:
    """One thing in the world: facts of `kind` that any of `alternatives` describes are it."""

    kind: str
    number: int
    alternatives: tuple[Mapping[str, str], ...]


def parse_groups(raw: Mapping[str, Sequence[Any]]) -> tuple[Group, ...]:
    """Return the groups of `same.yaml`: a line about commitments is one group for each of its domains."""
    found: list[Group] = []
    for kind, rows in raw.items():
        for row in rows:
            for alternatives in _alternatives(row):
                found.append(Group(kind, len(found), tuple(alternatives)))
    return tuple(found)


def _alternatives(row: Any) -> Iterable[list[dict[str, str]]]:  # noqa: ANN401 - what YAML gives
    if isinstance(row, list):
        return [[{key: str(value) for key, value in item.items()} for item in row]]
    return [[{"domain": domain, "words": words} for words in row["words"]] for domain in row["domains"]]


def group_of(groups: Iterable[Group], kind: str, facets: Facets) -> Group | None:
    """Return the group that a fact belongs to, None for one that is told once."""
    return next(
        (
            group
            for group in groups
            if group.kind == kind and any(_describes(item, facets) for item in group.alternatives)
        ),
        None,
    )


def _describes(alternative: Mapping[str, str], facets: Facets) -> bool:
    return all(_holds(key, wanted, facets) for key, wanted in alternative.items())


def _holds(key: str, wanted: str, facets: Facets) -> bool:
    if key in ("words", "not_words"):
        return _says(wanted, facets) is (key == "words")
    if key == "states":
        return {str(state) for state in facets["states"]} == set(wanted.split())
    if key == "date":
        return _is_dated(wanted, facets)
    values = {str(value) for value in facets.get("kind" if key == "kind_is" else key, ())}
    return wanted in values


def _says(wanted: str, facets: Facets) -> bool:
    """Whether these words stand in what the fact is called or says."""
    told = " ".join(fold_words(str(value)) for name in NAMED for value in facets.get(name, ()))
    return fold_words(wanted) in told


def _is_dated(wanted: str, facets: Facets) -> bool:
    """Whether a date of the fact begins so (`2024-05`); with nothing wanted, whether it has none."""
    dates = [str(value) for name in DATED for value in facets.get(name, ()) if value]
    return any(date.startswith(wanted) for date in dates) if wanted else not dates
