"""The list made by hand of what the samples tell twice, put beside the facts of a register."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Any
from uuid import UUID

from entraide.communiques.api import list_same_in_samples
from entraide.communiques.domain.told_twice import group_of
from entraide.communiques.services.likeness import kind_of_link, list_resembling_kinds, load_facets
from entraide.kernel.node import Node

Labels = Mapping[str, Mapping[UUID, Any]]


def label_facts(node: Node) -> tuple[Labels, dict[UUID, str]]:
    """Return by kind the group of each fact that the list knows, and a line about each fact.

    Of a kind whose facts mention others, the facts that are meant are labelled too.
    """
    groups = list_same_in_samples()
    labels: dict[str, dict[UUID, Any]] = {}
    names: dict[UUID, str] = {}
    for kind in list_resembling_kinds():
        facts = load_facets(kind)
        to = kind_of_link(kind)
        described = {**facts, **(load_facets(to) if to else {})}
        labels[kind.name] = {
            id_: group.number
            for id_, facets in described.items()
            if (group := group_of(groups, kind.name, facets)) is not None
        }
        for id_, facets in facts.items():
            told = (sorted(map(str, values))[:2] for name, values in facets.items() if name not in ("source", "id"))
            names[id_] = str(id_)[-6:] + " " + " | ".join(",".join(item) for item in told)[:230]
    return labels, names


def true_pairs(labels: Labels) -> dict[str, set[frozenset[UUID]]]:
    """Return by kind the pairs of facts that are one; of mentions, each with the fact that is meant."""
    found: dict[str, set[frozenset[UUID]]] = {}
    for kind in list_resembling_kinds():
        to = kind_of_link(kind)
        meant = set(load_facets(to)) if to else set()
        together: defaultdict[Any, list[UUID]] = defaultdict(list)
        for id_, group in labels[kind.name].items():
            together[group].append(id_)
        pairs = (frozenset(pair) for ids in together.values() for pair in combinations(ids, 2))
        found[kind.name] = {pair for pair in pairs if to is None or len(pair & meant) == 1}
    return found
