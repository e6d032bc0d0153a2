"""Fitting a decision whose gold speaks of bags of rows: something is said of a domain by at least one of its mentions.

Each row has a probability of its own, linear in its features as everywhere; a bag is nothing only where all its rows
are. Weights maximise the likelihood of the bags, so no row needs a label that the gold does not give.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from scipy.special import expit  # type: ignore[import-untyped]
from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]

from entraide.reader.domain.scoring import BIAS, Scorer
from tools.reader_fit.fitting import RAREST, Rows

_Floats = npt.NDArray[np.float64]
_TURNS = 200
_LEAST = 1e-9


def fit_bags(
    name: str,
    labels: Sequence[str],
    data: Rows,
    *,
    strength: float,
    emphasis: Mapping[str, float] | None = None,
) -> Scorer:
    """Return the scorer fitted to the bags of `data`: rows of one `bag`, of which `labels[1]` or `labels[0]` is true,
    all of one weight.

    `strength` and `emphasis` are those of `fitting.fit`.
    """
    factors = _factors(data, emphasis or {})
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform([{f: factors[f] for f in row.features if f in factors} for row in data.rows])
    bias, *values = _most_likely(matrix, labels[1], data, strength)
    weights = {BIAS: _both(bias)}
    for feature, value in zip(map(str, vectorizer.get_feature_names_out()), values, strict=True):
        weights[feature] = _both(value * factors[feature])
    return Scorer(name, tuple(labels), {feature: row for feature, row in weights.items() if any(row)})


def _most_likely(matrix: csr_matrix, label: str, data: Rows, strength: float) -> list[float]:
    """The bias, then the value of each column of `matrix`, under which the bags are likeliest."""
    places = {bag: place for place, bag in enumerate(dict.fromkeys(row.bag for row in data.rows))}
    owner = np.array([places[row.bag] for row in data.rows])
    told = {row.bag: (float(label in row.open), row.weight) for row in data.rows}
    truth, heavy = np.array([told[bag] for bag in places]).T
    turned = matrix.T.tocsr()

    def loss(values: _Floats) -> tuple[float, _Floats]:
        """The negative log-likelihood of the bags with the penalty, and its gradient; the first value is the bias."""
        scores = matrix @ values[1:] + values[0]
        nothing = np.minimum(np.bincount(owner, -np.logaddexp(0.0, scores), len(places)), -_LEAST)
        something = -np.expm1(nothing)
        found = -(heavy * (truth * np.log(something) + (1.0 - truth) * nothing)).sum()
        slope = heavy * (truth * np.exp(nothing) / something - (1.0 - truth))
        per_row = -slope[owner] * expit(scores)
        gradient = turned @ per_row + values[1:] / strength
        return float(found + (values[1:] ** 2).sum() / (2.0 * strength)), np.insert(gradient, 0, per_row.sum())

    start = np.zeros(matrix.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _TURNS}).x
    return [float(value) for value in found]


def _factors(data: Rows, emphasis: Mapping[str, float]) -> dict[str, float]:
    """The features that are not too rare, each with how much freer its weight is."""
    counts = Counter(feature for row in data.rows for feature in set(row.features))
    known = (feature for feature, count in counts.items() if count >= RAREST)
    return {feature: emphasis.get(feature.partition("=")[0], 1.0) for feature in known}


def _both(value: float) -> tuple[float, float]:
    """A weight of the label that something is there, as one for each of the two labels."""
    return round(-value / 2.0, 2) + 0.0, round(value / 2.0, 2) + 0.0
