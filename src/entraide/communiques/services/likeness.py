"""What of the register may be one: the facts of all kinds that declare it, compared by their declared signs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from entraide.communiques.domain.comparisons import Facets, Known
from entraide.communiques.domain.likeness import Likeness, find_likenesses
from entraide.communiques.models import Citation
from entraide.directory.api import load_portfolios, load_variants
from entraide.kernel.node import Node
from entraide.programme.api import load_kinds, rows_of
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.resembling import Resembling
from entraide.programme.domain.words import fold_words
from entraide.reader.api import ordinal_words

ROUNDS = 2
"""What was found of later kinds (two meetings) tells of earlier ones (their mechanisms) in the next round."""
MOST = 20_000
"""Facts of a kind that are compared at a time, the latest ones."""


def list_resembling_kinds() -> tuple[Kind, ...]:
    """Return the kinds that declare by which signs two facts of them may be one."""
    return tuple(kind for kind in load_kinds() if kind.resembles is not None)


def find_all_likenesses(
    node: Node, *, states: Collection[str] | None = None, apart: Iterable[frozenset[UUID]] = ()
) -> list[Likeness]:
    """Return which facts may be one, of the whole register or of facts beside `states`; nothing is written.

    `apart` are pairs that a person told apart.
    """
    told_apart = frozenset(apart)
    with node.active():
        kinds = list_resembling_kinds()
        facts = {kind.name: load_facets(kind, states) for kind in kinds}
    ordinals = {fold_words(words): number for words, number in ordinal_words().items()}
    known = Known(load_portfolios(), load_variants(), subjects=_subjects(facts), ordinals=ordinals)
    found: dict[str, list[Likeness]] = {}
    for _ in range(ROUNDS):
        for kind in kinds:
            to = kind_of_link(kind)
            others = facts[to.name] if to is not None else None
            found[kind.name] = find_likenesses(kind, facts[kind.name], known, others=others, apart=told_apart)
    return [item for kind in kinds for item in found[kind.name]]


def kind_of_link(kind: Kind) -> Kind | None:
    """Return the kind whose facts those of this one mention and are compared with, None where it has no such link."""
    link = kind.resembles.link if kind.resembles else ""
    return load_kinds().get(kind.field(link).to) if link else None


def list_facets(node: Node, kind: str) -> dict[UUID, Facets]:
    """Return the facets by which the facts of a kind are compared, all of them; raises `NoSuchKind`."""
    with node.active():
        return load_facets(load_kinds().get(kind))


def load_facets(kind: Kind, states: Collection[str] | None = None) -> dict[UUID, Facets]:
    """Return the facets of the facts of a kind as it declares them, one read each, with their sources and languages."""
    resembles = kind.resembles
    if resembles is None:
        return {}
    rows = _asking(rows_of(kind), resembles, states)
    ids = list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST])
    facts: dict[UUID, dict[str, set[object]]] = {id_: defaultdict(set) for id_ in ids}
    for name, path in resembles.facets.items():
        _read(rows, facts, name, path)
    _read_cited(facts, kind)
    for id_ in facts:
        facts[id_]["id"].add(id_)
    names = (*resembles.facets, "source", "language", "id")
    return {id_: {name: frozenset(facets[name]) for name in names} for id_, facets in facts.items()}


def _asking(rows: Any, resembles: Resembling[Any], states: Collection[str] | None) -> Any:  # noqa: ANN401 - querysets
    """Return those of the rows that are compared: beside `states`, where they are given, and not linked already."""
    if states is not None and (path := resembles.facets.get("states") or resembles.facets.get("state")):
        rows = rows.filter(Q(**{f"{path}__in": list(states)})).distinct()
    return rows.filter(**{f"{resembles.link}__isnull": True}) if resembles.link else rows


def _read_cited(facts: Mapping[UUID, dict[str, set[object]]], kind: Kind) -> None:
    """Add the sources that show each fact, and their languages."""
    cited = Citation.objects.filter(fact_kind=kind.fact).values_list(
        "fact_id", "passage__source_id", "passage__source__language"
    )
    for id_, source, language in cited.distinct():
        if id_ in facts:
            facts[id_]["source"].add(source)
            facts[id_]["language"].add(language)


def _read(rows: Any, facts: Mapping[UUID, dict[str, set[object]]], name: str, path: str) -> None:  # noqa: ANN401 - a queryset
    for id_, value in rows.values_list("pk", path):
        if id_ not in facts:
            continue
        if isinstance(value, Mapping):
            facts[id_][name].update(value.values())
        elif value is not None:
            facts[id_][name].add(value)


def _subjects(facts: Mapping[str, Mapping[UUID, Facets]]) -> dict[str, set[str]]:
    """Return what each sentence speaks of: the domains of all commitments that it makes."""
    spoken: defaultdict[str, set[str]] = defaultdict(set)
    for facets in facts.get("commitment", {}).values():
        for text in facets["text"]:
            spoken[str(text)].update(map(str, facets["domain"]))
    return dict(spoken)
