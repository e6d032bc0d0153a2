"""What became of facts after they were recorded, for feeds: corrected, withdrawn, counted again, joined, parted again.

Corrections and withdrawals are read from what acts did to the rows of the register; what was made by an act is told by
its record, and what no reader could see (how a row is listed) is not told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from django.utils.translation import gettext, gettext_noop

from entraide.communiques.api import JoinEvent, list_join_events
from entraide.communiques.domain.acts import CORRECTED, KEPT
from entraide.journal.api import RESTORED, TouchedFact, list_touched
from entraide.kernel.node import Node
from entraide.programme.api import FactKind, load_domains, load_kinds, say, select_facts_of
from entraide.programme.domain.kinds import Kind
from entraide.storage.api import about_of, count_changes_by, find_images, list_changes_at, list_changes_by
from entraide.storage.domain.traces import Change, Image
from entraide.web.register.changes import Touched, present_rows
from entraide.web.register.hits import list_searched, read_hits
from entraide.web.templatetags.programme import domain_name, here_in

BATCH = 100
ROUNDS = 20
MOST_ROWS = 1000
"""Rows of an act up to which also changes of parts are told; of a larger one only those of the facts themselves."""
READING = frozenset({KEPT, CORRECTED})
"""Acts by which a report is read into the register."""
TOLD_ELSEWHERE = frozenset({"programme.RecordedContradiction", "programme.InstrumentAction", "programme.JoinedFact"})
"""Rows whose making has an entry of its own in the feed."""


BESIDE = frozenset({"organisation", "post"})
"""Kinds whose facts are told with their State: many ministries have a minister."""


class Became(StrEnum):
    """What became of a fact."""

    CORRECTED = "corrected"
    ADDED = "added"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    JOINED = "joined"
    SPLIT = "split"


TITLES: Mapping[Became, str] = {
    Became.CORRECTED: gettext_noop("Corrected: %(title)s"),
    Became.ADDED: gettext_noop("More is known: %(title)s"),
    Became.WITHDRAWN: gettext_noop("Withdrawn: %(title)s"),
    Became.RESTORED: gettext_noop("Counts again: %(title)s"),
    Became.JOINED: gettext_noop("Two entries are one: %(title)s"),
    Became.SPLIT: gettext_noop("Two entries again: %(title)s"),
}
Place = tuple[UUID, UUID | None]
"""Where an entry stands in a feed: the id of its act or record, and, of an act on several facts, that of the fact."""


@dataclass(frozen=True, slots=True)
class FactChange:
    """What an act did to a fact: `lines` say which values, old and new; `mechanism_id` where it belongs to one."""

    place: Place
    became: Became
    at: datetime
    kind: str
    fact: UUID
    title: str
    lines: tuple[str, ...]
    mechanism_id: UUID | None

    @property
    def id(self) -> UUID:
        """The lasting id of the entry."""
        first, fact = self.place
        return uuid5(first, str(fact)) if fact else first

    @property
    def words(self) -> str:
        """What became of it, in a line."""
        return gettext(TITLES[self.became]) % {"title": self.title}


def list_fact_changes(
    node: Node, *, mechanism_id: UUID | None, since: UUID | None, before: Place | None, limit: int
) -> list[FactChange]:
    """Return what became of facts (of a mechanism, or all), the latest first, from the record `since` on."""
    found = _by_acts(node, mechanism_id, since, before, limit)
    joins = list_join_events(node, since=since, before=before[0] if before else None, limit=limit)
    found += [item for item in _joins(node, joins) if mechanism_id in (None, item.mechanism_id)]
    return sorted(found, key=sort_key, reverse=True)[:limit]


def sort_key(item: FactChange) -> tuple[UUID, UUID]:
    """Return what entries of a feed are ordered by, beside the ids of records."""
    first, fact = item.place
    return first, fact or UUID(int=0)


def _by_acts(
    node: Node, mechanism_id: UUID | None, since: UUID | None, before: Place | None, limit: int
) -> list[FactChange]:
    among = None if mechanism_id is None else select_facts_of(mechanism_id)
    found: list[FactChange] = []
    for _ in range(ROUNDS):
        touched = list_touched(node, since=since, before=before, among=among, limit=BATCH)
        found += [item for item in _told(node, touched) if mechanism_id in (None, item.mechanism_id)]
        if len(touched) < BATCH or len(found) >= limit:
            break
        before = touched[-1].act, touched[-1].fact
    return found[:limit]


def _told(node: Node, touched: Sequence[TouchedFact]) -> list[FactChange]:
    """Return what a reader can see of it, in the order of `touched`, in a fixed number of queries for each kind."""
    if not touched:
        return []
    changes = _changes(node, touched)
    facts = _facts(node, touched, changes)
    titles = _titles(node, {fact: kind for fact, (kind, _image) in facts.items()})
    found = []
    for item in touched:
        if item.fact not in facts:
            continue
        kind, image = facts[item.fact]
        title = _whole(titles.get(item.fact) or _title_of(kind, image), image)
        told = _one(node, item, kind, changes.get((item.act, item.fact), []), title)
        if told is not None:
            mechanism = _mechanism_of(kind, item.fact, image)
            place = item.act, item.fact
            found.append(FactChange(place, told[0], item.at, kind.name, item.fact, title, told[1], mechanism))
    return found


def _changes(node: Node, touched: Sequence[TouchedFact]) -> dict[tuple[UUID, UUID], list[Change]]:
    """Return the changes of each act by the fact that they are told with."""
    acts = {item.act for item in touched}
    small = {act for act, count in count_changes_by(node, acts).items() if count <= MOST_ROWS}
    rows = list_changes_by(node, small)
    rows += list_changes_at(node, acts - small, {item.fact for item in touched if item.act not in small})
    found: dict[tuple[UUID, UUID], list[Change]] = {}
    for row in rows:
        fact = about_of(row.place[0], row.after or row.before or {})
        if fact:
            found.setdefault((row.act, UUID(fact)), []).append(row)
    return found


def _facts(
    node: Node, touched: Sequence[TouchedFact], changes: Mapping[tuple[UUID, UUID], Sequence[Change]]
) -> dict[UUID, tuple[Kind, Image | None]]:
    """Return the kind of each fact that has a page, with its row as it is, or as it last was."""
    pages = {kind.model: kind for kind in _kinds_with_pages()}
    rows = [row for many in changes.values() for row in many if row.place[0] in pages]
    found = {row.place[1]: (pages[row.place[0]], row.after or row.before) for row in rows}
    facts = {item.fact for item in touched}
    there = find_images(node, [(model, fact) for model in pages for fact in facts])
    return found | {fact: (pages[model], image) for (model, fact), image in there.items()}


def _kinds_with_pages() -> list[Kind]:
    return [kind for kind in load_kinds() if kind.has_page and kind.model]


def _titles(node: Node, kinds: Mapping[UUID, Kind]) -> dict[UUID, str]:
    ids: dict[str, list[UUID]] = {}
    for fact, kind in kinds.items():
        ids.setdefault(kind.name, []).append(fact)
    found = {}
    for name, many in ids.items():
        hits = read_hits(node, name, many, "") if load_kinds().get(name) in list_searched() else {}
        for fact, hit in hits.items():
            title = "".join(text for text, _marked in hit.title)
            found[fact] = f"{title} ({hit.note})" if name in BESIDE and hit.note else title
    return found


def _one(
    node: Node, item: TouchedFact, kind: Kind, rows: Sequence[Change], title: str
) -> tuple[Became, tuple[str, ...]] | None:
    """Return what an act did to a fact, None where no reader could see it."""
    own = [row for row in rows if row.place == (kind.model, item.fact)]
    if own and own[-1].after is None:
        return Became.WITHDRAWN, _reason(item)
    if own and own[0].before is None:
        return (Became.RESTORED, ()) if item.kind == RESTORED else None
    # What a report brings beside its own facts (who else held a post, which meeting it mentions) is no news of it.
    return _values(node, own, own if item.kind in READING else rows, title)


def _reason(item: TouchedFact) -> tuple[str, ...]:
    return (gettext("Reason: %(reason)s") % {"reason": item.reason},) if item.reason else ()


def _values(
    node: Node, own: Sequence[Change], rows: Sequence[Change], title: str
) -> tuple[Became, tuple[str, ...]] | None:
    """Return the values that changed, and whether any of them had another one before; None where none shows."""
    seen = [row for row in rows if row.before is not None or row.place[0] not in TOLD_ELSEWHERE]
    values = present_rows(node, [(row.place, _plain(row.before), _plain(row.after)) for row in seen])
    lines = tuple(line for line in _lines(values) if not line.endswith(title))
    if any(_links(row.before) != _links(row.after) for row in own):
        return Became.CORRECTED, (*lines, gettext("What it belongs to was changed."))
    if not lines:
        return None
    corrects = any(value.old for part in values for value in part.values)
    return Became.CORRECTED if corrects else Became.ADDED, lines


def _plain(image: Image | None) -> Image | None:
    """Return a row without its links: what each leads to would be a query of its own."""
    return {column: value for column, value in image.items() if not column.endswith("_id")} if image else image


def _links(image: Image | None) -> Image:
    return {column: value for column, value in (image or {}).items() if column.endswith("_id")}


def _lines(touched: Iterable[Touched]) -> Iterable[str]:
    """Yield each value that changed, what it was and what it is."""
    for part in touched:
        for value in part.values:
            told = {"label": value.label, "old": value.old, "new": value.new or "–"}
            yield (gettext("%(label)s: %(old)s → %(new)s") if value.old else gettext("%(label)s: %(new)s")) % told


def _title_of(kind: Kind, image: Image | None) -> str:
    """Return what a fact was called that is no longer there."""
    column = kind.called.column if kind.called is not None else ""
    value = (image or {}).get(column)
    text = here_in(value) if isinstance(value, Mapping) else str(value or "")
    return text or say(kind.one)


def _whole(title: str, image: Image | None) -> str:
    """Return a title with the domain of the fact, where it has one: a sentence may promise something in several."""
    domain = (image or {}).get("domain")
    return f"{title} – {domain_name(domain)}" if domain in load_domains().codes else title


def _mechanism_of(kind: Kind, fact: UUID, image: Image | None) -> UUID | None:
    if kind.name == FactKind.MECHANISM:
        return fact
    known = (image or {}).get("mechanism_id")
    return UUID(str(known)) if known else None


def _joins(node: Node, events: Sequence[JoinEvent]) -> list[FactChange]:
    """Return joins and splits of facts that have pages; each leads to the one that is kept."""
    kinds = {kind.name: kind for kind in _kinds_with_pages()}
    shown = [item for item in events if item.kind in kinds]
    titles = _titles(node, {item.kept_id: kinds[item.kind] for item in shown})
    images = find_images(node, [(kinds[item.kind].model, item.kept_id) for item in shown])
    return [
        _join(node, item, kinds[item.kind], titles, images.get((kinds[item.kind].model, item.kept_id)))
        for item in shown
    ]


def _join(node: Node, item: JoinEvent, kind: Kind, titles: Mapping[UUID, str], image: Image | None) -> FactChange:
    title = _whole(titles.get(item.kept_id) or _title_of(kind, image), image)
    other = {"address": f"{node.settings.origin}/{kind.table}/{item.joined_id}/"}
    mechanism = _mechanism_of(kind, item.kept_id, image)
    if item.split:
        became, line = Became.SPLIT, gettext("It stands by itself again: %(address)s") % other
    else:
        became, line = Became.JOINED, gettext("%(address)s leads here now.") % other
    return FactChange((item.id, None), became, item.at, kind.name, item.kept_id, title, (line,), mechanism)
