"""Lists made by hand of what texts tell twice, beside the facts of a register: of the samples, of twenty reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID

from entraide.communiques.api import list_same_in_samples
from entraide.communiques.domain.told_twice import Group, group_of, parse_groups
from entraide.communiques.services.likeness import kind_of_link, list_resembling_kinds, load_facets
from entraide.kernel.node import Node
from entraide.kernel.yaml_text import parse_yaml

Labels = Mapping[str, Mapping[UUID, Any]]
TWENTY = Path(__file__).parents[1] / "integration" / "communiques" / "twenty"
"""Twenty reports whose author, and the author of their lists, saw neither the code nor what it made of them."""


def list_twenty() -> list[tuple[str, str]]:
    """Return the twenty reports by name, with their texts."""
    return [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(TWENTY.glob("*.txt"))]


def same_in_twenty() -> tuple[Group, ...]:
    """Return what the twenty reports tell more than once, or tell as one of the samples does."""
    return parse_groups(parse_yaml((TWENTY / "same.yaml").read_text(encoding="utf-8")))


def different_in_twenty() -> list[tuple[Group, Group]]:
    """Return the pairs of things in the twenty reports that look alike and are two."""
    raw = parse_yaml((TWENTY / "different.yaml").read_text(encoding="utf-8"))
    groups = [parse_groups({kind: [row]})[0] for kind, rows in raw.items() for row in rows]
    return [(one, other) for one, other in zip(groups[::2], groups[1::2], strict=True)]


def pairs_of_two(node: Node, asked: Iterable[frozenset[UUID]]) -> list[tuple[Group, Group]]:
    """Return which of the things that are two are asked about as one."""
    questions = list(asked)
    found = []
    with node.active():
        facts = {kind.name: load_facets(kind) for kind in list_resembling_kinds()}
    for pair in different_in_twenty():
        kind = pair[0].kind
        ones, others = (
            {id_ for id_, facets in facts[kind].items() if group_of([group], kind, facets)} for group in pair
        )
        assert not ones & others, f"{pair} became one fact"
        if any(len(question & ones) == len(question & others) == 1 for question in questions):
            found.append(pair)
    return found


def label_facts(node: Node, groups: Sequence[Group] | None = None) -> tuple[Labels, dict[UUID, str]]:
    """Return by kind the group of each fact that a list knows, and a line about each fact.

    The list is `groups`, or that of the samples. Of a kind whose facts mention others those that are meant are too.
    """
    groups = list_same_in_samples() if groups is None else groups
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
