"""The list made by hand of what the samples tell twice, put beside the facts of a register."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Any
from uuid import UUID

from entraide.communiques.api import list_same_in_samples
from entraide.communiques.domain.told_twice import group_of
from entraide.communiques.services.likeness import list_resembling_kinds, load_facets
from entraide.kernel.node import Node

Labels = Mapping[str, Mapping[UUID, Any]]


def label_facts(node: Node) -> tuple[Labels, dict[UUID, str]]:
    """Return by kind the group of each fact that the list knows, and a line about each fact."""
    groups = list_same_in_samples()
    labels: dict[str, dict[UUID, Any]] = {}
    names: dict[UUID, str] = {}
    for kind in list_resembling_kinds():
        facts = load_facets(kind)
        labels[kind.name] = {
            id_: group.number for id_, facets in facts.items() if (group := group_of(groups, kind.name, facets)) is not None
        }
        for id_, facets in facts.items():
            told = (sorted(map(str, values))[:2] for name, values in facets.items() if name != "source")
            names[id_] = str(id_)[-6:] + " " + " | ".join(",".join(item) for item in told)[:230]
    return labels, names


def true_pairs(labels: Labels) -> dict[str, set[frozenset[UUID]]]:
    """Return by kind the pairs of facts that are one."""
    found: dict[str, set[frozenset[UUID]]] = {}
    for kind, known in labels.items():
        together: defaultdict[Any, list[UUID]] = defaultdict(list)
        for id_, group in known.items():
            together[group].append(id_)
        found[kind] = {frozenset(pair) for ids in together.values() for pair in combinations(ids, 2)}
    return found
