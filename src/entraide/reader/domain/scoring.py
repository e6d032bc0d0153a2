"""The one scorer of the reader: a linear model over named features, for every decision that the frames take.

Weights are fitted by `tools.fit_reader` on our own annotated texts and stand in `weights.json`, decision by decision.
A feature that was never seen weighs nothing, so an unknown verb lowers the confidence and silences nobody.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

BIAS = "*"
"""The feature that every candidate has."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """The weights of one decision: `weights` gives, for a feature, one weight for each of `labels`."""

    name: str
    labels: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Return the probability of each label (they sum to 1); with no weights at all they are equal."""
        weight_of = self.weights.get
        bias = weight_of(BIAS) or (0.0,) * len(self.labels)
        known = [row for row in map(weight_of, features) if row is not None]
        sums = [sum(column) for column in zip(bias, *known, strict=True)]
        top = max(sums)
        powers = [math.exp(value - top) for value in sums]
        whole = sum(powers)
        return {label: power / whole for label, power in zip(self.labels, powers, strict=True)}

    def weigh(self, features: Iterable[str], label: str) -> float:
        """Return the sum of the weights that the features have for `label`: what candidates are compared by."""
        place, weight_of = self.labels.index(label), self.weights.get
        return sum(row[place] for row in map(weight_of, features) if row is not None)

    def choose(self, features: Iterable[str]) -> tuple[str, float]:
        """Return the likeliest label and its probability."""
        found = self.probabilities(features)
        label = max(found, key=lambda name: found[name])
        return label, found[label]

    def telling(self, features: Iterable[str], label: str, most: int = 3) -> tuple[str, ...]:
        """Return the features that speak most for `label`, the strongest first: the reason that a person is shown."""
        place = self.labels.index(label)
        weight_of = self.weights.get
        known = [(row[place], name) for name in features if (row := weight_of(name)) is not None and row[place] > 0]
        return tuple([name for _, name in sorted(known, reverse=True)[:most]])


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
