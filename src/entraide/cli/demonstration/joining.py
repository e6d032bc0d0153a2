"""What the samples tell more than once becomes one: a desk officer who has read both texts answers the questions.

What is one thing in the samples was listed by hand (`samples/same.yaml`): the officer joins what is asked about and
listed, joins what is listed alone, and tells apart what only looks alike.
"""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from entraide.access.api import Actor, Role
from entraide.cli.demonstration.stage import Side
from entraide.cli.demonstration.telling import Teller
from entraide.cli.language import gettext, ngettext
from entraide.communiques.api import (
    SameQuestion,
    join_facts,
    kind_of_link,
    list_facets,
    list_resembling_kinds,
    list_same_in_samples,
    list_same_questions,
    tell_apart,
)
from entraide.communiques.domain.told_twice import Group, group_of
from entraide.kernel.node import Node
from entraide.programme.api import load_kinds, say

ROUNDS = 4
"""Two mechanisms that are one bring up two meetings, two meetings two texts, two texts two commitments."""
Labels = Mapping[UUID, Group]
ANNOUNCED = "reference"


def join_what_is_same(side: Side, teller: Teller) -> None:
    """Join what is one thing, tell apart what is not, and say how many of each."""
    node, officer = side.node, side.person(Role.desk_officer)
    joined = 0
    for _ in range(ROUNDS):
        labels = {kind.name: _labels(node, kind.name) for kind in list_resembling_kinds()}
        done, gone = 0, set[UUID]()
        for item in list_same_questions(node):
            one, other = labels[item.kind].get(item.one), labels[_kind_of_other(item.kind)].get(item.other)
            if gone & {item.one, item.other} or not _is_one(item.kind, one, other):
                continue
            gone.add(_join(node, officer, item))
            done += 1
        done += sum(_join_the_rest(node, officer, kind.name) for kind in list_resembling_kinds())
        joined += done
        if not done:
            break
    apart = _tell_apart_the_rest(node, officer)
    teller.line(
        ngettext(
            "{count} fact was told twice: the officer joins it, and each join can be undone.",
            "{count} facts were told twice: the officer joins them, and each join can be undone.",
            joined,
        ).format(count=joined),
        joined=joined,
    )
    teller.line(
        ngettext(
            "{count} pair only looked alike: the officer tells the two apart.",
            "{count} pairs only looked alike: the officer tells them apart.",
            apart,
        ).format(count=apart),
        told_apart=apart,
    )


def _tell_apart_the_rest(node: Node, officer: Actor) -> int:
    """Tell apart what only looks alike; of several that look alike the next comes up once the nearest is answered."""
    told = 0
    while left := list_same_questions(node):
        for item in left:
            tell_apart(
                node, actor=officer, kind=item.kind, one_id=item.one, other_id=item.other,
                reason=gettext("The texts tell of two different things."),
            )  # fmt: skip
        told += len(left)
    return told


def _labels(node: Node, kind: str) -> dict[UUID, Group]:
    groups = list_same_in_samples()
    found = {id_: group_of(groups, kind, facets) for id_, facets in list_facets(node, kind).items()}
    return {id_: group for id_, group in found.items() if group is not None}


def _kind_of_other(kind: str) -> str:
    to = kind_of_link(load_kinds().get(kind))
    return to.name if to is not None else kind


def _is_one(kind: str, one: Group | None, other: Group | None) -> bool:
    """Whether the list says so; what was announced and then held it lists by itself."""
    return one is not None and (kind == ANNOUNCED or one == other)


def _join(node: Node, officer: Actor, item: SameQuestion) -> UUID:
    """Join a pair that was asked about, and return the fact that went into the other."""
    reason = " ".join(say(words) for words in item.reasons)
    mention = kind_of_link(load_kinds().get(item.kind)) is not None
    into, other = (item.other, item.one) if mention else (item.one, item.other)
    join_facts(node, actor=officer, kind=item.kind, into_id=into, other_id=other, reason=reason, signs=item.signs)
    return other


def _join_the_rest(node: Node, officer: Actor, kind: str) -> int:
    """Join what the list says is one and nobody asked about."""
    if kind_of_link(load_kinds().get(kind)) is not None:
        return 0
    together: defaultdict[int, list[UUID]] = defaultdict(list)
    for id_, group in _labels(node, kind).items():
        together[group.number].append(id_)
    reason, done = gettext("Both texts tell of the same thing."), 0
    for ids in together.values():
        for other in sorted(ids)[1:]:
            join_facts(node, actor=officer, kind=kind, into_id=min(ids), other_id=other, reason=reason)
            done += 1
    return done
