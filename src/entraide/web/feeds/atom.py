"""Atom feeds (RFC 4287, pages as RFC 5005 section 3) of what was recorded, of one mechanism or of all.

An entry is one act of recording: it never changes, and its id is that of the record, whatever the site's address.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.xmlutils import SimplerXMLGenerator

from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.programme.api import (
    ActionKind,
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
from entraide.web.language import reader_language
from entraide.web.register.hits import told_of
from entraide.web.register.presenting import title_of
from entraide.web.templatetags.programme import (
    edtf,
    field_title,
    here_in,
    mechanism_title,
    meeting_title,
    term,
)

PER_PAGE = 50


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


def build_feed(
    node: Node, mechanisms: Sequence[MechanismView], *, of: MechanismView | None, address: str, before: UUID | None
) -> bytes:
    """Return a page of the feed at `address` (a path) in the active language: what was recorded before `before`."""
    origin, language = node.settings.origin, reader_language()
    by_id: dict[UUID, MechanismView] = {item.id: item for item in mechanisms}
    found = list_events(node, mechanism_id=of.id if of else None, before=before, limit=PER_PAGE + 1)
    events, more = found[:PER_PAGE], len(found) > PER_PAGE
    first = f"{origin}{address}?lang={language}"
    names = node.settings.organisation
    feed = PagedFeed(
        title=mechanism_title(of) if of else gettext("Register of cooperation"),
        link=f"{origin}/mechanisms/{of.id}/" if of else f"{origin}/",
        description="",
        subtitle=gettext("What was recorded, latest first, each with the passages that show it"),
        language=language,
        author_name=names.get(language) or next(iter(names.values()), node.settings.name),
        feed_url=f"{first}&before={before}" if before else first,
        feed_guid=f"{origin}{address}",
        first=first,
        next=f"{first}&before={events[-1].id}" if more else "",
    )
    about = read_facts(node, events)
    for event in events:
        if fact := about.get(event.about_id) or _mechanism(event, by_id):
            _add(feed, origin, event, fact, by_id)
    text = feed.writeString("utf-8")
    return str(text).encode()


def _add(
    feed: PagedFeed, origin: str, event: RegisterEvent, fact: About, mechanisms: Mapping[UUID, MechanismView]
) -> None:
    anchor = "#passages" if event.kind == FactKind.CONTRADICTION else ""
    feed.add_item(
        title=clean(_title(event, fact)),
        link=f"{origin}/{load_kinds().get(event.about_kind).table}/{event.about_id}/{anchor}",
        # Django writes summaries as HTML (RFC 4287, section 3.1.1.2): what a source says is never markup.
        description=escape(clean(" · ".join(_content(event, fact, mechanisms)))),
        unique_id=f"urn:uuid:{event.id}",
        pubdate=event.at,
        updateddate=event.at,
        categories=(event.action.value if event.action else event.kind,),
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
    return About(meeting_title(view), line, view.mechanism_id)


def _instrument(view: InstrumentView) -> About:
    return About(here_in(view.titles), term(view.kind), view.mechanism_id, view)


def _general(kind: Kind, view: object) -> About:
    """Return a fact by what it is called and what lists show of it."""
    item = Item(view)
    told = (told_of(field, read_path(item, field.path)) for field in kind.fields if field.listed)
    line = " · ".join(part for part in told if part)
    of = read_path(item, kind.field(FactKind.MECHANISM).path) if kind.has(FactKind.MECHANISM) else None
    return About(title_of(kind, view).text, line, of)


TOLD: Mapping[str, Callable[[Any], About]] = {FactKind.MEETING: _meeting, FactKind.INSTRUMENT: _instrument}
"""Kinds that feeds tell otherwise: a meeting is called by its number and series, an instrument shows its actions."""
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
