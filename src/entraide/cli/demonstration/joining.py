"""What the samples tell more than once becomes one: a desk officer who has read both texts answers the questions.

What is one thing in the samples was listed by hand (`samples/same.yaml`); the officer joins what the program proposes and
the list confirms, joins what it does not propose, and tells the other proposals apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from entraide.access.api import Actor, Role
from entraide.cli.demonstration.stage import Side
from entraide.cli.demonstration.telling import Teller
from entraide.cli.language import gettext, ngettext
from entraide.communiques.api import (
    SameQuestion,
    join_facts,
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


def join_what_is_same(side: Side, teller: Teller) -> None:
    """Join what is one thing, tell apart what is not, and say how many of each."""
    node, officer = side.node, side.person(Role.desk_officer)
    joined = apart = 0
    for _ in range(ROUNDS):
        labels = {kind.name: _labels(node, kind.name) for kind in list_resembling_kinds()}
        done = sum(_join(node, officer, item, labels[item.kind]) for item in list_same_questions(node))
        done += sum(_join_the_rest(node, officer, kind.name) for kind in list_resembling_kinds())
        joined += done
        if not done:
            break
    for item in list_same_questions(node):
        tell_apart(
            node, actor=officer, kind=item.kind, one_id=item.one, other_id=item.other,
            reason=gettext("The texts tell of two different things."),
        )  # fmt: skip
        apart += 1
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


def _labels(node: Node, kind: str) -> dict[UUID, Group]:
    groups = list_same_in_samples()
    found = {id_: group_of(groups, kind, facets) for id_, facets in list_facets(node, kind).items()}
    return {id_: group for id_, group in found.items() if group is not None}


def _join(node: Node, officer: Actor, item: SameQuestion, labels: Labels) -> int:
    """Join a pair that was asked about, where the list says that it is one; what is gone by now is left."""
    one, other = labels.get(item.one), labels.get(item.other)
    there = list_facets(node, item.kind)
    if one is None or one != other or not {item.one, item.other} <= there.keys():
        return 0
    reason = " ".join(say(words) for words in item.reasons)
    return _act(node, officer, item.kind, item.one, item.other, reason, item.signs)


def _join_the_rest(node: Node, officer: Actor, kind: str) -> int:
    """Join what the list says is one and nobody asked about."""
    together: defaultdict[int, list[UUID]] = defaultdict(list)
    for id_, group in _labels(node, kind).items():
        together[group.number].append(id_)
    reason = gettext("Both texts tell of the same thing.")
    return sum(
        _act(node, officer, kind, min(ids), other, reason, ())
        for ids in together.values()
        for other in sorted(ids)[1:]
    )


def _act(
    node: Node, officer: Actor, kind: str, one: UUID, other: UUID, reason: str, signs: Iterable[str]
) -> int:
    name = load_kinds().get(kind).name
    join_facts(node, actor=officer, kind=name, into_id=one, other_id=other, reason=reason, signs=tuple(signs))
    return 1
