"""The one scorer of the reader: a linear model over named features, for every decision that the frames take.

Weights are fitted by `tools.reader_fit` on our own annotated texts and stand in `weights.json`, decision by decision.
A feature that was never seen weighs nothing, so an unknown verb lowers the confidence and silences nobody.
"""

import json
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import repeat
from typing import Any

BIAS = "*"
"""The feature that every candidate has."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """The weights of one decision: `weights` gives, for a feature, one weight for each of `labels`."""

    name: str
    labels: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]
    columns: tuple[Mapping[str, float], ...] = field(init=False, repr=False, compare=False)
    """The weights of each label by feature: sums of one column need no step of Python per feature."""
    is_mirrored: bool = field(init=False, repr=False, compare=False)
    """Whether there are two labels and what speaks for one speaks as much against the other."""

    def __post_init__(self) -> None:
        columns = tuple(
            {feature: row[place] for feature, row in self.weights.items()} for place in range(len(self.labels))
        )
        mirrored = len(columns) == _TWO and all(one == -other for one, other in self.weights.values())
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "is_mirrored", mirrored)

    def probabilities(self, features: Collection[str]) -> dict[str, float]:
        """Return the probability of each label (they sum to 1); with no weights at all they are equal."""
        if self.is_mirrored:
            second = _sum(self.columns[1], features)
            sums = [-second, second]
        else:
            sums = [_sum(column, features) for column in self.columns]
        top = max(sums)
        powers = [math.exp(value - top) for value in sums]
        whole = sum(powers)
        return {label: power / whole for label, power in zip(self.labels, powers, strict=True)}

    def probability(self, features: Collection[str], label: str) -> float:
        """Return the probability of one label."""
        if not self.is_mirrored:
            return self.probabilities(features)[label]
        second = _sum(self.columns[1], features)
        smaller = math.exp(-2.0 * abs(second))
        likelier = self.labels[second > 0] == label
        return (1.0 if likelier or not second else smaller) / (1.0 + smaller)

    def weigh(self, features: Iterable[str], label: str) -> float:
        """Return the sum of the weights that the features have for `label`: what candidates are compared by."""
        return sum(map(self.columns[self.labels.index(label)].get, features, _NOTHING))

    def choose(self, features: Collection[str]) -> tuple[str, float]:
        """Return the likeliest label and its probability."""
        found = self.probabilities(features)
        label = max(found, key=lambda name: found[name])
        return label, found[label]

    def telling(self, features: Iterable[str], label: str, most: int = 3) -> tuple[str, ...]:
        """Return the features that speak most for `label`, the strongest first: the reason that a person is shown."""
        weight_of = self.columns[self.labels.index(label)].get
        known = [(weight, name) for name in features if (weight := weight_of(name)) is not None and weight > 0]
        return tuple([name for _, name in sorted(known, reverse=True)[:most]])


_TWO = 2
_NOTHING = repeat(0.0)
"""What a feature weighs that is not known."""


def _sum(column: Mapping[str, float], features: Iterable[str]) -> float:
    """The weights of a label that candidates with these features have."""
    return sum(map(column.get, features, _NOTHING), column.get(BIAS, 0.0))


_chosen: ContextVar[Mapping[str, Scorer] | None] = ContextVar("reader_scorers", default=None)


def load_scorer(name: str) -> Scorer:
    """Return the scorer of the decision `name`, loaded once per process.

    A decision that was not fitted yet raises `KeyError`: the weights are part of the installation.
    """
    return (_chosen.get() or _installed())[name]


@contextmanager
def weights_from(raw: Mapping[str, object]) -> Iterator[None]:
    """Use other weights inside the block: what trials on texts left out need."""
    token = _chosen.set(scorers_from(raw))
    try:
        yield
    finally:
        _chosen.reset(token)


@cache
def _installed() -> Mapping[str, Scorer]:
    return scorers_from(_weights())


def scorers_from(raw: Mapping[str, object]) -> dict[str, Scorer]:
    """Return the scorers that the content of a weights file describes, by name."""
    found: dict[str, Scorer] = {}
    decisions: Any = raw["decisions"]
    for name, entry in decisions.items():
        weights = {feature: tuple(row) for feature, row in entry["weights"].items()}
        found[name] = Scorer(name, tuple(entry["labels"]), weights)
    return found


@cache
def _weights() -> Mapping[str, object]:
    loaded: Mapping[str, object] = json.loads(
        files("entraide.reader").joinpath("vocabulary", "weights.json").read_text(encoding="utf-8")
    )
    return loaded
