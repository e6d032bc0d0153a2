"""How many rows of a list have each value of what it can be narrowed by: the counts beside the choices of a filter.

Counted are lists of at most `MOST_COUNTED` rows, and of the list of all commitments what the tallies hold; a longer
list shows its choices without numbers, so that no page waits for them. Kept for as long as nothing public changes.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractYear

from entraide.kernel.node import Node
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.adapters.paging import count_rows
from entraide.programme.domain.declarations import PLAN_YEAR
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.listing import EVERYWHERE, UNDATED
from entraide.programme.domain.lists import MOST_COUNTED, Facets
from entraide.programme.domain.places import place_code
from entraide.programme.domain.plugs import Narrowed
from entraide.programme.domain.terms import FactKind
from entraide.programme.models import Commitment, CommitmentTally, Mechanism, MechanismParty
from entraide.programme.selectors.counts import kept_for_revision

COMMITMENT: Final = FactKind.COMMITMENT
STATE, YEAR, PLACE = "state", "year", "place"
SLOTS = 2
"""States that a form chooses."""
Rows = Callable[[Node, Narrowed], QuerySet[Any]]
Codes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Bound:
    """The rows of a kind's list at a node; equal for one kind, as counts are kept for each database."""

    rows: Rows
    node: Node = field(compare=False)

    def __call__(self, wanted: Narrowed) -> QuerySet[Any]:
        """Return the rows of the list as it is narrowed."""
        return self.rows(self.node, wanted)


def count_facets(node: Node, name: str, rows: Rows, wanted: Narrowed, states: tuple[str, ...]) -> Facets:
    """Return the counts of a kind's list, whose rows `rows` returns; `states` are those of `wanted` as they are chosen.

    A filter's counts are of the list without it, those of a State (`state-1`, `state-2`) of the list without that one.
    """
    codes = tuple(sorted(wanted.codes.items()))
    with node.active():
        given = (name, _Bound(rows, node), states[:SLOTS], wanted.year, wanted.mechanism_id, codes, wanted.plan_year)
        return kept_for_revision(node, _count, *given)


def _count(
    name: str,
    rows: _Bound,
    states: tuple[str, ...],
    year: int | None,
    mechanism_id: UUID | None,
    codes: Codes,
    plan_year: int | None,
) -> Facets:
    kind = load_kinds().get(name)
    whole = Narrowed(frozenset(states), year, mechanism_id, dict(codes), plan_year)
    counting = _Counting(kind, rows)
    found: dict[str, Mapping[str, int]] = {}
    for filter_name, without in _each_without(kind, whole, states):
        counts = counting.of(filter_name, without)
        if counts is not None:
            found[filter_name] = counts
    return Facets(found)


class _Counting:
    """Counts of a kind's lists, each list counted once however many filters ask for it."""

    def __init__(self, kind: Kind, rows: _Bound) -> None:
        """Begin with none."""
        self._kind, self._rows = kind, rows
        self._short: list[tuple[Narrowed, bool]] = []
        self._states: list[tuple[Narrowed, Mapping[str, int]]] = []

    def of(self, name: str, narrowed: Narrowed) -> Mapping[str, int] | None:
        """Return how many rows of a list have each value of a filter; None where the list is too long."""
        if name.startswith(STATE):
            known = next((counts for wanted, counts in self._states if wanted == narrowed), None)
            if known is not None:
                return known
        counts = self._count(name, narrowed)
        if name.startswith(STATE) and counts is not None:
            self._states.append((narrowed, counts))
        return counts

    def _count(self, name: str, narrowed: Narrowed) -> Mapping[str, int] | None:
        rows = self._rows(narrowed)
        if self._is_short(narrowed, rows):
            return _by(self._kind, name, rows)
        if self._kind.name == COMMITMENT and narrowed == Narrowed():
            return _of_all_commitments(name)
        return None

    def _is_short(self, narrowed: Narrowed, rows: QuerySet[Any]) -> bool:
        known = next((short for wanted, short in self._short if wanted == narrowed), None)
        if known is None:
            known = count_rows(rows) <= MOST_COUNTED
            self._short.append((narrowed, known))
        return known


def _each_without(kind: Kind, whole: Narrowed, states: tuple[str, ...]) -> Iterator[tuple[str, Narrowed]]:
    """Yield each filter of a kind by name with what the list is narrowed to besides."""
    for name in kind.filters:
        if name == STATE:
            for slot in range(SLOTS):
                others = frozenset(code for place, code in enumerate(states) if place != slot)
                yield f"{STATE}-{slot + 1}", _with(whole, states=others)
        elif name == YEAR:
            yield name, _with(whole, year=None)
        elif name == PLAN_YEAR:
            yield name, _with(whole, plan_year=None)
        elif kind.has(name) and kind.field(name).filtered:
            yield name, _with(whole, codes={key: code for key, code in whole.codes.items() if key != name})


def _with(whole: Narrowed, **changed: Any) -> Narrowed:  # noqa: ANN401 - values of its fields
    given = {
        "states": whole.states,
        "year": whole.year,
        "mechanism_id": whole.mechanism_id,
        "codes": whole.codes,
        "plan_year": whole.plan_year,
    }
    return Narrowed(**{**given, **changed})


def _by(kind: Kind, name: str, rows: QuerySet[Any]) -> Mapping[str, int]:
    """Return how many of `rows` have each value of a filter."""
    rows = rows.order_by()
    if name.startswith(STATE):
        return _by_state(rows)
    if name == YEAR:
        years = rows.exclude(listed_on=UNDATED).annotate(of=ExtractYear("listed_on")).values_list("of")
        return {str(year): count for year, count in years.annotate(rows=Count("pk"))}
    if name == PLAN_YEAR:
        return _by_plan_year(rows)
    field_ = kind.field(name)
    counts = dict(rows.values_list(field_.column).annotate(rows=Count("pk")))
    if field_.alike != PLACE:
        return counts
    found: Counter[str] = Counter()
    for place, count in counts.items():
        if place:
            found[place_code(place)] += count
    return found


def _by_state(rows: QuerySet[Any]) -> Mapping[str, int]:
    """Return how many rows each State is party to, worked out from how many each mechanism has."""
    path = "id" if rows.model is Mechanism else "mechanism_id" if _has(rows, "mechanism") else "commitment__mechanism"
    counts = dict(rows.values_list(path).annotate(rows=Count("pk")))
    parties = set(MechanismParty.objects.filter(mechanism_id__in=list(counts)).values_list("mechanism_id", "state"))
    found: Counter[str] = Counter()
    for mechanism_id, state in parties:
        found[state] += counts[mechanism_id]
    return found


def _by_plan_year(rows: QuerySet[Any]) -> Mapping[str, int]:
    """Return how many rows cover each year; one that covers several counts for each."""
    found: Counter[str] = Counter()
    if _has(rows, "first_year"):
        periods = rows.exclude(first_year="").values_list("first_year", "last_year").annotate(rows=Count("pk"))
        for first, last, count in periods:
            if first.isdigit() and last.isdigit():
                found.update({str(year): count for year in range(int(first), int(last) + 1)})
        return found
    path = "coverage" if rows.model is Commitment else "commitment__coverage"
    years = rows.filter(**{f"{path}__scope": EVERYWHERE}).values_list(f"{path}__year").annotate(rows=Count("pk"))
    return {str(year): count for year, count in years}


def _of_all_commitments(name: str) -> Mapping[str, int] | None:
    """Return the counts of the list of all commitments, from their tallies; those of years are not kept there."""
    if name.startswith(STATE):
        counts = dict(CommitmentTally.objects.values_list("mechanism_id").annotate(n=Sum("change")))
        found: Counter[str] = Counter()
        for mechanism_id, state in set(MechanismParty.objects.values_list("mechanism_id", "state")):
            found[state] += counts.get(mechanism_id, 0)
        return found
    if name not in ("domain", "status"):
        return None
    return dict(CommitmentTally.objects.values_list(name).annotate(n=Sum("change")))


def _has(rows: QuerySet[Any], column: str) -> bool:
    return any(field.name == column for field in rows.model._meta.get_fields())  # noqa: SLF001 - Django's own way to ask
