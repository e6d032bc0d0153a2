"""Fitting one decision: rows of named features with the labels that the gold leaves open, and a linear model of them.

Gold says what a text holds, not always where. A row therefore names the labels that are open for it, and the demands of
its text: each demand is a label that at least one of some rows must bear. Labels and weights are found in turns (hard
expectation maximisation), beginning with the rows whose label is certain.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from entraide.reader.domain.scoring import BIAS, Scorer

Vector = NDArray[np.float64]

TURNS = 4
RAREST = 3
"""A feature that fewer rows have is left out: one text is no rule."""


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate: what the scorer is told, the labels that the gold leaves open, and the text that it is from.

    `start` is the label to begin with where several are open; empty: the row waits for the first fit. Rows of one
    `group` compete: one of them at most is chosen. `bag` is what the gold speaks of where it does not say which of
    several rows it means (see `bags`).
    """

    features: tuple[str, ...]
    open: frozenset[str]
    text: str
    weight: float = 1.0
    start: str = ""
    group: str = ""
    bag: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """The gold asks that one of `rows` (places in the list of rows) has `label`."""

    label: str
    rows: tuple[int, ...]


@dataclass(slots=True)
class Rows:
    """All rows of one decision, and the demands on them."""

    rows: list[Row] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)

    def without(self, texts: frozenset[str]) -> "Rows":
        """Return the rows of all other texts."""
        kept = [place for place, row in enumerate(self.rows) if row.text not in texts]
        places = {old: new for new, old in enumerate(kept)}
        demands = [
            Demand(demand.label, tuple(places[place] for place in demand.rows if place in places))
            for demand in self.demands
        ]
        return Rows([self.rows[place] for place in kept], [demand for demand in demands if demand.rows])


def fit(
    name: str,
    labels: Sequence[str],
    data: Rows,
    *,
    strength: float = 0.3,
    emphasis: Mapping[str, float] | None = None,
) -> Scorer:
    """Return the scorer fitted to `data`; `labels[0]` is the label of what is nothing.

    `strength` is the inverse of the penalty on weights (smaller: plainer rules); `emphasis` gives, for the first part
    of a feature's name (before `=`), a factor by which its weights are freer than others: for what we know to matter.
    """
    counts = Counter(feature for row in data.rows for feature in set(row.features))
    known = {feature for feature, count in counts.items() if count >= RAREST}
    factors = {feature: (emphasis or {}).get(feature.partition("=")[0], 1.0) for feature in known}
    rows = [{feature: factors[feature] for feature in row.features if feature in known} for row in data.rows]
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform(rows)
    chosen = _first(labels, data)
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-5)
    for _ in range(TURNS):
        certain = [place for place, label in enumerate(chosen) if label]
        model.fit(matrix[certain], [chosen[place] for place in certain], [data.rows[place].weight for place in certain])
        following = _next(model, matrix, data)
        if following == chosen:
            break
        chosen = following
    return _scorer(name, labels, model, vectorizer, factors)


def fit_choice(name: str, labels: Sequence[str], data: Rows, *, strength: float = 0.3) -> Scorer:
    """Return the scorer that best chooses one row of each group (a conditional logit): `labels[1]` is what is chosen.

    A group without a chosen row says nothing; the weights of `labels[0]` are 0. `strength` is as for `fit`.
    """
    groups: dict[str, list[Row]] = {}
    for row in data.rows:
        groups.setdefault(row.group, []).append(row)
    told = [rows for rows in groups.values() if any(labels[1] in row.open for row in rows)]
    rows = [row for group in told for row in group]
    counts = Counter(feature for row in rows for feature in set(row.features))
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform(
        [{feature: 1.0 for feature in row.features if counts[feature] >= RAREST} for row in rows]
    )
    starts = np.cumsum([0, *(len(group) for group in told)])[:-1]
    place = np.repeat(np.arange(len(told)), [len(group) for group in told])
    chosen = np.array([float(labels[1] in row.open) for row in rows])
    weight = np.array([row.weight for row in rows])

    def loss(values: Vector) -> tuple[float, Vector]:
        sums = matrix @ values
        powers = np.exp(sums - np.maximum.reduceat(sums, starts)[place])
        shares = powers / np.add.reduceat(powers, starts)[place]
        miss = weight * (shares - chosen)
        cost = -float(np.sum(weight * chosen * np.log(np.maximum(shares, 1e-12))))
        return strength * cost + float(values @ values) / 2, strength * (matrix.T @ miss) + values

    found = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    weights: dict[str, tuple[float, ...]] = {BIAS: (0.0, 0.0)}
    for feature, value in zip(vectorizer.get_feature_names_out(), found.x, strict=True):
        if round(float(value), 2):
            weights[str(feature)] = (0.0, round(float(value), 2))
    return Scorer(name, tuple(labels), weights)


def _first(labels: Sequence[str], data: Rows) -> list[str]:
    """The labels that are certain; where several are open, the one that is demanded of the only row, else none yet."""
    chosen = [next(iter(row.open)) if len(row.open) == 1 else "" for row in data.rows]
    for demand in data.demands:
        free = [place for place in demand.rows if not chosen[place]]
        if len(free) == 1:
            chosen[free[0]] = demand.label
    for demand in data.demands:
        free = [place for place in demand.rows if not chosen[place] or chosen[place] == demand.label]
        if free and not any(chosen[place] == demand.label for place in demand.rows) and len(demand.rows) == 1:
            chosen[free[0]] = demand.label
    chosen = [label or row.start for label, row in zip(chosen, data.rows, strict=True)]
    if len(set(filter(None, chosen))) < len(labels):  # every label needs a row to begin with
        for demand in data.demands:
            free = [place for place in demand.rows if not chosen[place]]
            if free:
                chosen[free[0]] = demand.label
    return chosen


def _next(model: LogisticRegression, matrix: object, data: Rows) -> list[str]:
    names = list(model.classes_)
    table = model.predict_proba(matrix)
    chosen = []
    for row, scores in zip(data.rows, table, strict=True):
        options = [(float(scores[names.index(label)]), label) for label in sorted(row.open) if label in names]
        chosen.append(max(options)[1] if options else min(row.open))
    for demand in data.demands:
        if demand.label in names and not any(chosen[place] == demand.label for place in demand.rows):
            column = names.index(demand.label)
            open_to = [place for place in demand.rows if demand.label in data.rows[place].open]
            if open_to:
                chosen[max(open_to, key=lambda place: float(table[place][column]))] = demand.label
    return chosen


def _scorer(
    name: str,
    labels: Sequence[str],
    model: LogisticRegression,
    vectorizer: DictVectorizer,
    factors: Mapping[str, float],
) -> Scorer:
    classes = list(model.classes_)
    two = len(classes) == 2
    weights: dict[str, tuple[float, ...]] = {}

    def row(values: Mapping[str, float]) -> tuple[float, ...]:
        return tuple(round(values.get(label, 0.0), 2) for label in labels)

    def column(place: int | None) -> dict[str, float]:
        found = model.intercept_ if place is None else model.coef_[:, place]
        if two:
            return {classes[0]: -float(found[0]) / 2, classes[1]: float(found[0]) / 2}
        return {label: float(value) for label, value in zip(classes, found, strict=True)}

    bias = column(None)
    # A label without a row is never chosen.
    weights[BIAS] = row({label: bias.get(label, -20.0) for label in labels})
    for place, feature in enumerate(vectorizer.get_feature_names_out()):
        factor = factors[str(feature)]
        values = row({label: value * factor for label, value in column(place).items()})
        if any(values):
            weights[str(feature)] = values
    return Scorer(name, tuple(labels), weights)
