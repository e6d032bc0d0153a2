"""Which facts of a kind may be one, by the signs that it declares: questions for a person, never an answer. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from uuid import UUID

from entraide.communiques.domain.comparisons import COMPARISONS, MEASURES, Facets, Known
from entraide.programme.domain.kinds import Kind, Words
from entraide.programme.domain.resembling import Resembling

SOURCE = "source"
MOST_TOGETHER = 400
"""Facts that are compared with each other under one value; of more only the latest are."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two facts of a kind that may be one, the earlier first, and the names of the signs that speak for it."""

    kind: str
    one: UUID
    other: UUID
    signs: tuple[str, ...]

    @property
    def pair(self) -> frozenset[UUID]:
        """Both, in no order."""
        return frozenset((self.one, self.other))


def find_likenesses(
    kind: Kind,
    facts: Mapping[UUID, Facets],
    known: Known,
    *,
    others: Mapping[UUID, Facets] | None = None,
    apart: frozenset[frozenset[UUID]] = frozenset(),
) -> list[Likeness]:
    """Return the pairs of `facts` that may be one, and remember them in `known`; pairs that were told apart are out.

    Facts are compared beside those with which they share a value that the kind declares: with each other, or, where
    `others` are given, each with those alone.
    """
    resembles = kind.resembles
    if resembles is None:
        return []
    found: dict[frozenset[UUID], tuple[Likeness, float]] = {}
    together = {**facts, **(others or {})}
    for group in _groups(resembles, together, known):
        for one, other in _pairs(group, facts, others):
            pair = frozenset((one, other))
            if pair in found or pair in apart:
                continue
            if signs := _signs_of(resembles, together[one], together[other], known):
                score = _score(resembles, together[one], together[other], known)
                found[pair] = (Likeness(kind.name, one, other, signs), score)
    kept = _nearest(resembles, together, list(found.values()))
    for item in kept if others is None else ():
        known.link(item.one, item.other)
    return kept


def reasons_of(kind: Kind, likeness: Likeness) -> tuple[Words, ...]:
    """Return the words that tell a person by which signs two facts may be one."""
    signs = kind.resembles.signs if kind.resembles else {}
    return tuple(signs[name].reason for name in likeness.signs if name in signs)


def _groups(resembles: Resembling[Words], facts: Mapping[UUID, Facets], known: Known) -> Iterable[Sequence[UUID]]:
    groups: defaultdict[tuple[str, object], set[UUID]] = defaultdict(set)
    for id_, facets in facts.items():
        for name in resembles.beside:
            for value in facets[name] - {None, ""}:
                groups[name, known.root(value)].add(id_)
    return (sorted(group)[-MOST_TOGETHER:] for group in groups.values() if len(group) > 1)


def _pairs(
    group: Sequence[UUID], facts: Mapping[UUID, Facets], others: Mapping[UUID, Facets] | None
) -> Iterable[tuple[UUID, UUID]]:
    if others is None:
        return combinations(sorted(group), 2)
    return product(sorted(one for one in group if one in facts), sorted(one for one in group if one in others))


def _signs_of(resembles: Resembling[Words], left: Facets, right: Facets, known: Known) -> tuple[str, ...]:
    """Return the signs that speak for one fact, where they are enough and none rules it out; else nothing."""
    said: dict[str, bool | None] = {}

    def says(name: str) -> bool | None:
        if name not in said:
            sign = resembles.signs[name]
            said[name] = COMPARISONS[sign.by](left, right, sign.of, known)
        return said[name]

    if any(says(name) is False for name in resembles.unless):
        return ()
    if not any(all(says(name) for name in needed) for needed in resembles.when):
        return ()
    return tuple(name for name in resembles.signs if name not in resembles.unless and says(name))


def _score(resembles: Resembling[Words], left: Facets, right: Facets, known: Known) -> float:
    return sum(MEASURES[by](left, right, of, known) for of, by in resembles.best)


def _nearest(
    resembles: Resembling[Words], facts: Mapping[UUID, Facets], found: Sequence[tuple[Likeness, float]]
) -> list[Likeness]:
    """Pair what two sources tell one by one, the nearest first: what has a nearer one beside it is left out."""
    if not resembles.best:
        return [item for item, _score in found]
    paired: dict[tuple[UUID, object], float] = {}
    kept = []
    for item, score in sorted(found, key=lambda pair: -pair[1]):
        places = [
            (fact, source)
            for fact, beside in ((item.one, item.other), (item.other, item.one))
            for source in facts[beside][SOURCE]
        ]
        if all(paired.get(place, score) <= score for place in places):
            kept.append(item)
            paired.update(dict.fromkeys(places, score))
    return kept
