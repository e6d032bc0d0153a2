"""Working out what undoing acts would do: which rows go or change, which later acts rest on them, and what stays.

Rows are what they would be without the acts (`storage.domain.traces`). A fact goes with the act that made it, and so do
the later acts that name or complete it. What is shared (a mechanism, an organisation, a post, a person) stays while
anything else names it, whichever act came upon it first, and goes with the last act that does.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import ForeignKey, Model

from entraide.communiques.domain.undoing import RowUndone, StillNeeded, UndoPlan
from entraide.journal.api import ActView, list_acts
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.node import Node
from entraide.storage.api import ANY, Standing, find_images, list_changes_by, list_changes_of, list_traced, model_at
from entraide.storage.domain.traces import Change, Image, Place, carry_back, replay

MOST_ROUNDS = 200
"""Acts that rest on acts that rest on others are followed so far; each round finds at least one more."""


@dataclass(slots=True)
class _Working:
    """What is known while a plan is worked out. `stays` are shared rows that something else still names."""

    node: Node
    acts: set[UUID]
    restoring: frozenset[UUID] = frozenset()
    stays: set[Place] = field(default_factory=set)
    orphans: set[Place] = field(default_factory=set)
    histories: dict[Place, list[Change]] = field(default_factory=dict)
    known: dict[UUID, ActView] = field(default_factory=dict)
    now: dict[Place, Image] = field(default_factory=dict)

    def load(self) -> list[Place]:
        """Return the rows that the acts touched, with their histories and what they are now."""
        places = {change.place for change in list_changes_by(self.node, self.acts)} | self.orphans
        new = places - self.histories.keys()
        for change in list_changes_of(self.node, {row for _model, row in new}):
            self.histories.setdefault(change.place, []).append(change)
        for place in new:
            self.histories.setdefault(place, [])
        self.now |= find_images(self.node, new)
        told = {change.act for place in new for change in self.histories[place]} - self.known.keys()
        self.known |= {item.id: item for item in list_acts(self.node, ids=told)}
        return sorted(places, key=self.first)

    def first(self, place: Place) -> int:
        """Return the number of a row's first change: rows are made in this order."""
        return self.histories[place][0].number if self.histories[place] else 0

    def maker(self, place: Place) -> UUID | None:
        """Return the act that made a row, None where it was made outside of acts."""
        first = next(iter(self.histories.get(place, ())), None)
        return first.act if first is not None and first.before is None else None

    def counted(self, change: Change) -> bool:
        """Whether a change counts today; what made a shared row that stayed still does."""
        act = self.known.get(change.act)
        if act is None or act.takes_back:
            return False
        return act.undone_by is None or (self._stayed(change.place) and change.act == self.maker(change.place))

    def will_count(self, change: Change) -> bool:
        """Whether a change will count afterwards."""
        act = self.known.get(change.act)
        if act is None or act.takes_back:
            return False
        if change.place in self.stays and change.act == self.maker(change.place):
            return True
        if change.act in self.acts and not self.restoring:
            return False
        return act.undone_by is None or change.act in self.restoring

    def _stayed(self, place: Place) -> bool:
        return standing_of(place) is not Standing.FACT and place in self.now

    def rows(self, places: Iterable[Place]) -> list[RowUndone]:
        """Return what becomes of each row that is something else afterwards."""
        found = []
        for place in places:
            now, history = self.now.get(place), self.histories[place]
            before, after = replay(history, self.counted), replay(history, self.will_count)
            then = _then(now, before, after)
            if now != then:
                found.append(RowUndone(place, now, then))
        return found


def _then(now: Image | None, before: Image | None, after: Image | None) -> Image | None:
    """Return a row as it will be: what acts leave otherwise, on top of what it is now."""
    if before is None and after is not None and now is None:
        return after
    if before is not None and after is None:
        return None
    if now is None or before is None or after is None:
        return now
    return carry_back(now, before, after)


def standing_of(place: Place) -> Standing:
    """Return what becomes of a row when the act that made it is undone."""
    traced = list_traced().get(place[0])
    return traced.standing if traced else Standing.FACT


def plan_undo(node: Node, asked: Sequence[UUID]) -> UndoPlan:
    """Return what undoing these acts would do; raises `StillNeeded`."""
    work = _Working(node, set(asked))
    with node.active():
        for _round in range(MOST_ROUNDS):
            rows = work.rows(work.load())
            if not _grow(work, rows):
                break
        else:
            raise StillNeeded(what=str(MOST_ROUNDS))
    return _plan(node, asked, work, rows)


def plan_restore(node: Node, undone: Sequence[UUID]) -> tuple[UndoPlan, bool]:
    """Return what it would do to let these acts count again, and whether later acts changed the same rows."""
    work = _Working(node, set(undone), restoring=frozenset(undone))
    with node.active():
        places = work.load()
        last = max(change.number for place in places for change in work.histories[place] if change.act in undone)
        later = any(
            change.number > last and work.counted(change) and standing_of(place) is Standing.FACT
            for place in places
            for change in work.histories[place]
        )
        return _plan(node, undone, work, work.rows(places)), later


def _plan(node: Node, asked: Sequence[UUID], work: _Working, rows: Sequence[RowUndone]) -> UndoPlan:
    acts = list_acts(node, ids=work.acts)
    told = [[*map(str, row.place), row.then is None, [list(item) for item in row.differences]] for row in rows]
    digest = hashlib.sha256(canonical_bytes([sorted(map(str, work.acts)), told])).hexdigest()
    return UndoPlan(tuple(asked), tuple(acts), tuple(rows), digest)


def _grow(work: _Working, rows: Sequence[RowUndone]) -> bool:
    """Add what follows from the rows that go: acts that rest on them, shared rows that stay, such that are left over.

    Return whether there was anything; raises `StillNeeded` for what rests on a row and is of no act.
    """
    then = {row.place: row.then for row in rows}
    going = [row for row in rows if row.then is None]
    stays, acts = set[Place](), set[UUID]()
    for row in going:
        acts |= _completed(work, row.place)
        for other, column in _still_naming(row.place, then):
            if standing_of(row.place) is not Standing.FACT:
                stays |= {row.place, *_made_with(work, row.place, going)}
            else:
                acts.add(_set_by(work, other, column, row.place[1]))
    orphans = _left_over(work, going) - work.orphans
    grown = bool(stays - work.stays or acts - work.acts or orphans)
    work.stays |= stays
    work.acts |= acts
    work.orphans |= orphans
    return grown


def _still_naming(place: Place, then: Mapping[Place, Image | None]) -> Iterator[tuple[Place, str]]:
    """Yield the rows that name a row and will do so afterwards."""
    for other, column in _naming(place):
        if other not in then or (then[other] or {}).get(column) == str(place[1]):
            yield other, column


def _completed(work: _Working, place: Place) -> set[UUID]:
    """Return the later acts that changed a fact that goes."""
    if standing_of(place) is not Standing.FACT:
        return set()
    return {change.act for change in work.histories[place] if work.counted(change)} - work.acts


def _made_with(work: _Working, place: Place, going: Sequence[RowUndone]) -> Iterator[Place]:
    """Yield the parts that the same act made for a shared row."""
    for row in going:
        same = standing_of(row.place) is Standing.PART and work.maker(row.place) == work.maker(place)
        if same and str(place[1]) in (row.now or {}).values():
            yield row.place


def _left_over(work: _Working, going: Sequence[RowUndone]) -> set[Place]:
    """Return the shared rows that are named by what goes and whose own act was undone before: nothing else may."""
    makers = _makers_of(work.node, _shared_beyond(work, going))
    undone = {item.id for item in list_acts(work.node, ids=set(makers.values())) if item.undone_by is not None}
    left = {place: act for place, act in makers.items() if act in undone}
    return left.keys() | _parts_of(work.node, left)


def _shared_beyond(work: _Working, going: Sequence[RowUndone]) -> set[Place]:
    """Return the shared rows that are named by what goes and that the plan does not know yet."""
    named = {place for row in going for place in _named_by(row)}
    return {place for place in named if place not in work.histories and standing_of(place) is Standing.SHARED}


def _makers_of(node: Node, places: Collection[Place]) -> dict[Place, UUID]:
    """Return the act that first made each of these rows; a row that was made outside of acts has none."""
    makers: dict[Place, UUID] = {}
    for change in list_changes_of(node, {row for _model, row in places}):
        if change.before is None and change.place in places:
            makers.setdefault(change.place, change.act)
    return makers


def _parts_of(node: Node, makers: Mapping[Place, UUID]) -> set[Place]:
    """Return the parts that the makers of these rows made for them."""
    ids = {str(row) for _model, row in makers}
    return {change.place for change in list_changes_by(node, set(makers.values())) if _is_part_of(change, ids)}


def _named_by(row: RowUndone) -> Iterator[Place]:
    """Yield the rows that a row names."""
    for column, to in _links_of(model_at(row.place[0])):
        value = (row.now or {}).get(column)
        if value and to != ANY:
            yield to, UUID(str(value))


def _is_part_of(change: Change, ids: Collection[str]) -> bool:
    """Whether an act made a part of one of these rows."""
    if change.before is not None or change.after is None or standing_of(change.place) is not Standing.PART:
        return False
    return any(value in ids for value in change.after.values() if isinstance(value, str))


def _links_of(model: type[Model]) -> list[tuple[str, str]]:
    """Return the columns of a model that name other rows, with the model that each names."""
    traced = list_traced().get(model._meta.label)  # noqa: SLF001 - Django's documented model API
    fields = model._meta.concrete_fields  # noqa: SLF001 - the same
    found = [(item.column, item.related_model._meta.label) for item in fields if isinstance(item, ForeignKey)]  # noqa: SLF001
    return [*found, *(traced.links.items() if traced else ())]


def _naming(place: Place) -> Iterator[tuple[Place, str]]:
    """Yield the rows that name a row, each with the column; lists and counts, which are made anew, do not count."""
    name, id_ = place
    model = model_at(name)
    columns: dict[str, list[str]] = defaultdict(list)
    for relation in model._meta.related_objects:  # noqa: SLF001 - Django's documented model API
        label = relation.related_model._meta.label  # noqa: SLF001 - the same
        if label not in DERIVED:
            columns[label].append(str(relation.field.column))
    for label, traced in list_traced().items():
        columns[label] += [column for column, to in traced.links.items() if to in (name, ANY)]
    for label, names in columns.items():
        rows = model_at(label)._default_manager  # noqa: SLF001 - the manager of any model
        for column in names:
            for other in rows.filter(**{column: id_}).values_list("pk", flat=True):
                yield (label, other), column


DERIVED = frozenset({"programme.CommitmentListing", "programme.CommitmentCoverage", "programme.CommitmentTally"})
"""Models whose rows are made of others."""


def _set_by(work: _Working, place: Place, column: str, id_: UUID) -> UUID:
    """Return the act that made a row name another one; raises `StillNeeded` where none did."""
    changes = list_changes_of(work.node, [place[1]])
    acts = {item.id: item for item in list_acts(work.node, ids={change.act for change in changes})}
    setting = [change.act for change in changes if change.place == place and _begins_to_name(change, column, str(id_))]
    found = [act for act in setting if act in acts and acts[act].counts]
    if not found:
        raise StillNeeded(what=place[0].partition(".")[2])
    return found[-1]


def _begins_to_name(change: Change, column: str, named: str) -> bool:
    """Whether a row names another one after a change and did not before."""
    return (change.after or {}).get(column) == named and (change.before or {}).get(column) != named
