"""Atom feeds (RFC 4287, pages as RFC 5005 section 3): what was recorded, what became of it; of a mechanism or of all.

An entry is one act: its id is that of the record, or made of the act's and the fact's, whatever the site's address. A
correction, a withdrawal and a join are entries of their own, and the entry of the fact's record is `updated` by them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.xmlutils import SimplerXMLGenerator

from entraide.communiques.api import find_sample_facts
from entraide.journal.api import list_last_changes
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.programme.api import (
    ActionKind,
    CommitmentView,
    FactKind,
    InstrumentKind,
    InstrumentView,
    MechanismView,
    MeetingView,
    RegisterEvent,
    list_events,
    load_kinds,
    plug_of,
    say,
)
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.paths import Item, read_path
from entraide.web.feeds.changes import FactChange, Place, list_fact_changes, sort_key
from entraide.web.language import reader_language
from entraide.web.register.hits import told_of
from entraide.web.register.presenting import title_of
from entraide.web.templatetags.programme import (
    domain_name,
    edtf,
    field_title,
    here_in,
    mechanism_title,
    meeting_title,
    term,
)

PER_PAGE = 50
SAMPLE = "sample"
"""The category of what rests on a sample: a text in our own words, which comes with the program."""


@dataclass(frozen=True, slots=True)
class About:
    """The fact that an entry is about: its title, the facts in a line, its mechanism."""

    title: str
    line: str
    mechanism_id: UUID | None
    instrument: InstrumentView | None = None


class PagedFeed(Atom1Feed):
    """An Atom feed with a link to its first page and to the page of what is older."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Write the feed's own elements and the links between its pages."""
        super().add_root_elements(handler)
        for relation in ("first", "next"):
            if self.feed.get(relation):
                handler.addQuickElement("link", None, {"rel": relation, "href": str(self.feed[relation])})
        handler.addQuickElement("generator", "Entraide")


def write_place(place: Place) -> str:
    """Return the place of an entry as addresses of pages have it."""
    return ".".join(str(part) for part in place if part)


def build_feed(
    node: Node, mechanisms: Sequence[MechanismView], *, of: MechanismView | None, address: str, before: Place | None
) -> bytes:
    """Return a page of the feed at `address` (a path) in the active language: what came before the entry `before`."""
    origin, language = node.settings.origin, reader_language()
    by_id: dict[UUID, MechanismView] = {item.id: item for item in mechanisms}
    entries = _entries(node, of, before)
    shown, more = entries[:PER_PAGE], len(entries) > PER_PAGE
    first = f"{origin}{address}?lang={language}"
    names = node.settings.organisation
    feed = PagedFeed(
        title=mechanism_title(of) if of else gettext("Register of cooperation"),
        link=f"{origin}/mechanisms/{of.id}/" if of else f"{origin}/",
        description="",
        subtitle=gettext("What was recorded, latest first, each with the passages that show it"),
        language=language,
        author_name=names.get(language) or next(iter(names.values()), node.settings.name),
        feed_url=f"{first}&before={write_place(before)}" if before else first,
        feed_guid=f"{origin}{address}",
        first=first,
        next=f"{first}&before={write_place(_place(shown[-1]))}" if more else "",
    )
    _add_entries(node, feed, shown, by_id)
    text = feed.writeString("utf-8")
    return str(text).encode()


def _add_entries(node: Node, feed: PagedFeed, shown: Sequence["Entry"], by_id: Mapping[UUID, MechanismView]) -> None:
    origin = node.settings.origin
    events = [item for item in shown if isinstance(item, RegisterEvent)]
    about, touched = read_facts(node, events), list_last_changes(node, {item.about_id for item in events})
    samples = _samples(node, shown)
    for entry in shown:
        if isinstance(entry, FactChange):
            _add_change(feed, origin, entry, by_id, sample=entry.fact in samples)
        elif fact := about.get(entry.about_id) or _mechanism(entry, by_id):
            updated = max(entry.at, touched.get(entry.about_id, entry.at))
            _add(feed, origin, entry, fact, by_id, updated=updated, sample=entry.about_id in samples)


Entry = RegisterEvent | FactChange


def _entries(node: Node, of: MechanismView | None, before: Place | None) -> list[Entry]:
    """Return the entries of a page and one more, if there is one: records, and what became of facts since the last."""
    chosen, most = of.id if of else None, PER_PAGE + 1
    records = list_events(node, mechanism_id=chosen, before=before[0] if before else None, limit=most)
    since = records[-1].id if len(records) == most else None
    changes = list_fact_changes(node, mechanism_id=chosen, since=since, before=before, limit=most)
    entries: list[Entry] = [*records, *changes]
    return sorted(entries, key=_order, reverse=True)[:most]


def _order(entry: Entry) -> tuple[UUID, UUID]:
    return sort_key(entry) if isinstance(entry, FactChange) else (entry.id, UUID(int=0))


def _place(entry: Entry) -> Place:
    return entry.place if isinstance(entry, FactChange) else (entry.id, None)


def _samples(node: Node, entries: Sequence[Entry]) -> set[UUID]:
    """Return the facts among those of the entries that samples show."""
    ids: dict[str, set[UUID]] = {}
    for entry in entries:
        if isinstance(entry, FactChange):
            kind, fact = entry.kind, entry.fact
        else:
            kind, fact = entry.about_kind, entry.about_id
        ids.setdefault(load_kinds().get(kind).fact, set()).add(fact)
    return {fact for kind, many in ids.items() for fact in find_sample_facts(node, kind, many)}


def _add_change(
    feed: PagedFeed, origin: str, change: FactChange, mechanisms: Mapping[UUID, MechanismView], *, sample: bool
) -> None:
    between = mechanisms.get(change.mechanism_id) if change.mechanism_id else None
    lines = [*([mechanism_title(between)] if between else []), *change.lines, *_sample_words(sample=sample)]
    feed.add_item(
        title=clean(_named(change.words, between)),
        link=f"{origin}/{load_kinds().get(change.kind).table}/{change.fact}/",
        description=escape(clean(" · ".join(lines))),
        unique_id=f"urn:uuid:{change.id}",
        pubdate=change.at,
        updateddate=change.at,
        categories=(change.became.value, *([SAMPLE] if sample else [])),
    )


def _named(title: str, between: MechanismView | None) -> str:
    """Return a title with the mechanism beside it, so that no two entries of a feed are called the same."""
    name = mechanism_title(between) if between else ""
    return f"{title} ({name})" if name and name not in title else title


def _sample_words(*, sample: bool) -> list[str]:
    return [gettext("sample data")] if sample else []


def _add(
    feed: PagedFeed,
    origin: str,
    event: RegisterEvent,
    fact: About,
    mechanisms: Mapping[UUID, MechanismView],
    *,
    updated: datetime,
    sample: bool,
) -> None:
    anchor = "#passages" if event.kind == FactKind.CONTRADICTION else ""
    feed.add_item(
        title=clean(_named(_title(event, fact), mechanisms.get(fact.mechanism_id) if fact.mechanism_id else None)),
        link=f"{origin}/{load_kinds().get(event.about_kind).table}/{event.about_id}/{anchor}",
        # Django writes summaries as HTML (RFC 4287, section 3.1.1.2): what a source says is never markup.
        description=escape(clean(" · ".join([*_content(event, fact, mechanisms), *_sample_words(sample=sample)]))),
        unique_id=f"urn:uuid:{event.id}",
        pubdate=event.at,
        updateddate=updated,
        categories=(event.action.value if event.action else event.kind, *([SAMPLE] if sample else [])),
    )


def _title(event: RegisterEvent, fact: About) -> str:
    if event.kind == FactKind.CONTRADICTION:
        return gettext("Sources contradict each other: %(title)s") % {"title": fact.title}
    if event.action is ActionKind.REVIEWED and fact.instrument and fact.instrument.kind is InstrumentKind.PLAN:
        return gettext("Plan reviewed: %(title)s") % {"title": fact.title}
    if event.action:
        return f"{term(event.action)} · {fact.title}"
    if event.kind in RECORDED:
        return gettext(RECORDED[event.kind]) % {"title": fact.title}
    return f"{say(load_kinds().get(event.kind).one)} · {fact.title}"


def _content(event: RegisterEvent, fact: About, mechanisms: Mapping[UUID, MechanismView]) -> list[str]:
    mechanism = mechanisms.get(fact.mechanism_id) if fact.mechanism_id else None
    parts = [mechanism_title(mechanism)] if mechanism else []
    action = next((item for item in fact.instrument.actions if item.id == event.id), None) if fact.instrument else None
    if action and action.date:
        parts.append(edtf(action.date))
    if fact.line:
        parts.append(fact.line)
    if event.kind == FactKind.CONTRADICTION:
        said = {"field": field_title(event.about_kind, event.field), "value": event.value}
        parts.append(gettext("another source says of “%(field)s”: %(value)s") % said)
    return parts


def read_facts(node: Node, events: Sequence[RegisterEvent]) -> dict[UUID, About]:
    """Return the facts that the events are about, in a fixed number of queries for each kind."""
    wanted: dict[str, list[UUID]] = {}
    for event in events:
        wanted.setdefault(event.about_kind, []).append(event.about_id)
    found: dict[UUID, About] = {}
    for name, ids in wanted.items():
        read = plug_of(name).list
        if read is not None and name != FactKind.MECHANISM:
            found |= {read_path(Item(view), "id"): tell_fact(name, view) for view in read(node, ids)}
    return found


def tell_fact(name: str, view: object) -> About:
    """Return a fact of a kind as feeds tell it."""
    tell = TOLD.get(name) or partial(_general, load_kinds().get(name))
    return tell(view)


def _meeting(view: MeetingView) -> About:
    line = " · ".join(part for part in (edtf(view.date), view.place) if part)
    title = f"{meeting_title(view)}, {edtf(view.date)}" if view.date else meeting_title(view)
    return About(title, line, view.mechanism_id)


def _commitment(view: CommitmentView) -> About:
    """Return a commitment with its domain: one sentence may promise something in several."""
    about = _general(load_kinds().get(FactKind.COMMITMENT), view)
    return replace(about, title=f"{about.title} – {domain_name(view.domain)}")


def _instrument(view: InstrumentView) -> About:
    return About(here_in(view.titles), term(view.kind), view.mechanism_id, view)


def _general(kind: Kind, view: object) -> About:
    """Return a fact by what it is called and what lists show of it."""
    item = Item(view)
    told = (told_of(field, read_path(item, field.path)) for field in kind.fields if field.listed)
    line = " · ".join(part for part in told if part)
    of = read_path(item, kind.field(FactKind.MECHANISM).path) if kind.has(FactKind.MECHANISM) else None
    return About(title_of(kind, view).text, line, of)


TOLD: Mapping[str, Callable[[Any], About]] = {
    FactKind.MEETING: _meeting,
    FactKind.INSTRUMENT: _instrument,
    FactKind.COMMITMENT: _commitment,
}
"""Kinds that feeds tell otherwise: a meeting by its number, series and date, an instrument with its actions."""
RECORDED: Mapping[str, str] = {
    FactKind.MEETING: N_("Meeting recorded: %(title)s"),
    FactKind.COMMITMENT: N_("Commitment recorded: %(title)s"),
}


def _mechanism(event: RegisterEvent, mechanisms: Mapping[UUID, MechanismView]) -> About | None:
    known = mechanisms.get(event.about_id)
    return About(mechanism_title(known), "", known.id) if known else None


def clean(text: str) -> str:
    """Return a text without the control characters that XML 1.0 cannot carry (section 2.2)."""
    return "".join(char for char in text if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff"))
