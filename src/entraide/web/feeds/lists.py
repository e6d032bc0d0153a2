"""A list as it is narrowed, taken along: as a calendar of its days or of the ends of its periods, and as a feed."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext

from entraide.journal.api import count_acts
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import MechanismView, list_mechanisms, load_kinds, plug_of, say
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.paths import Item as Fact
from entraide.programme.domain.paths import read_path
from entraide.programme.domain.plugs import Narrowed
from entraide.programme.domain.terms import FactKind
from entraide.tables.api import export_filter
from entraide.web.feeds.answers import Made, language_asked, machine_readable
from entraide.web.feeds.atom import PagedFeed, clean, tell_fact
from entraide.web.feeds.calendar import Item, meeting_item, recorded_at, write_calendar
from entraide.web.feeds.spans import Span, span_of, span_of_period
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.register.presenting import title_of
from entraide.web.templatetags.programme import mechanism_title

ATOM = "application/atom+xml; charset=utf-8"
CALENDAR = "text/calendar; charset=utf-8"
MOST_EVENTS, AT_ONCE, PER_PAGE = 1000, 500, 50
LANGUAGE, CURSOR = "lang", "cursor"


def has_calendar(kind: Kind) -> bool:
    """Whether facts of a kind have days, or periods that end."""
    return bool(kind.dated or kind.covered)


@machine_readable
def calendar(request: HttpRequest, kind: str) -> Made:
    """Answer the calendar of a list, narrowed by the filters of the address; raises `NoSuchFilter`, `UnknownFilter`."""
    node, declared, wanted = node_of(request), load_kinds().get(kind), _wanted(request)
    return Made(
        CALENDAR,
        lambda: write_calendar(node, list(islice(_events(node, declared, wanted), MOST_EVENTS))),
        language=language_asked(request),
        filename=f"entraide-{declared.table}.ics",
    )


@machine_readable
def feed(request: HttpRequest, kind: str) -> Made:
    """Answer a page of the feed of a list, narrowed as the address says; raises the same, and `NotACursor`."""
    node, declared, wanted = node_of(request), load_kinds().get(kind), _wanted(request)
    cursor = request.GET.get(CURSOR) or None
    query = request.GET.copy()
    query.pop(CURSOR, None)
    address = f"{request.path}?{query.urlencode()}" if query else request.path
    return Made(ATOM, lambda: _feed(node, declared, wanted, address, cursor), language=language_asked(request))


def _wanted(request: HttpRequest) -> Narrowed:
    """Return what the address narrows the list to, by the same names and as strictly as the exports."""
    given = {name: request.GET.getlist(name) for name in request.GET if name not in (LANGUAGE, CURSOR)}
    return export_filter(given).narrowed


def _events(node: Node, kind: Kind, wanted: Narrowed) -> Iterator[Item]:
    for views in plug_of(kind.name).pages(node, wanted, AT_ONCE):
        mechanisms = _mechanisms(node, kind, views)
        for view in views:
            event = _event(kind, view, mechanisms)
            if event is not None:
                yield event


def _event(kind: Kind, view: Any, mechanisms: Mapping[UUID, MechanismView]) -> Item | None:  # noqa: ANN401 - any view
    """Return a fact as an event: on its day, or on the last day of its period; None where neither is known."""
    path = kind.field(FactKind.MECHANISM).path if _of_one(kind) else ""
    mechanism = mechanisms.get(read_path(Fact(view), path)) if path else None
    if kind.name == FactKind.MEETING and mechanism is not None:
        span = span_of(view.date)
        return meeting_item(view, mechanism, span) if span else None
    value = read_path(Fact(view), kind.field(kind.dated or kind.covered).path)
    about = [mechanism_title(mechanism)] if mechanism else []
    if kind.covered and not kind.dated:
        return _at_end(kind, view, str(value or ""), about)
    return _on_day(kind, view, PartialDate(value) if isinstance(value, str) and value else value or None, about)


def _on_day(kind: Kind, view: Any, day: PartialDate | None, about: list[str]) -> Item | None:  # noqa: ANN401 - any view
    span = span_of(day) if day is not None else None
    if span is None:
        return None
    page = f"/{kind.table}/{view.id}/"
    return Item(
        view.id,
        str(view.id),
        page,
        title_of(kind, view).text,
        span,
        "\n".join(about),
        say(kind.one),
        shown_by=(kind.name, view.id),
    )


def _at_end(kind: Kind, view: Any, period: str, about: list[str]) -> Item | None:  # noqa: ANN401 - any view
    span = span_of_period(period)
    if span is None:
        return None
    title = gettext("Ends: %(title)s") % {"title": title_of(kind, view).text}
    lines = [*about, gettext("Last day of the period %(period)s.") % {"period": period}]
    last = Span(span.last, span.last, exact=True)
    page = f"/{kind.table}/{view.id}/"
    return Item(
        view.id,
        f"end-{view.id}",
        page,
        title,
        last,
        "\n".join(lines),
        gettext("End of a period"),
        shown_by=(kind.name, view.id),
    )


def _feed(node: Node, kind: Kind, wanted: Narrowed, address: str, cursor: str | None) -> bytes:
    page = plug_of(kind.name).page
    found = page(node, wanted, cursor, PER_PAGE) if page is not None else None
    items = found.items if found is not None else ()
    origin, language, names = node.settings.origin, reader_language(), node.settings.organisation
    joined = f"{origin}{address}{'&' if '?' in address else '?'}{CURSOR}="
    feed_ = PagedFeed(
        title=f"{say(kind.many)} · {gettext('Register of cooperation')}",
        link=f"{origin}{address.replace('feed.atom', '')}",
        description="",
        language=language,
        author_name=names.get(language) or next(iter(names.values()), node.settings.name),
        feed_url=f"{joined}{cursor}" if cursor else f"{origin}{address}",
        feed_guid=f"{origin}{address}",
        first=f"{origin}{address}",
        next=f"{joined}{found.next_cursor}" if found is not None and found.next_cursor else "",
    )
    _add(node, feed_, kind, items)
    return str(feed_.writeString("utf-8")).encode()


def _add(node: Node, feed_: Atom1Feed, kind: Kind, views: Sequence[Any]) -> None:
    """Add an entry for each fact: its id is that of the fact, whatever the list, and it changes with the fact."""
    mechanisms, acts = _mechanisms(node, kind, views), count_acts(node, {view.id for view in views})
    for view in views:
        about = tell_fact(kind.name, view) if kind.name != FactKind.MECHANISM else None
        title = about.title if about else mechanism_title(view)
        of = mechanisms.get(about.mechanism_id) if about and about.mechanism_id else None
        parts = [mechanism_title(of)] if of else []
        parts += [about.line] if about and about.line else []
        entered = recorded_at(view.id)
        told = acts.get(view.id)
        feed_.add_item(
            title=clean(title),
            link=f"{node.settings.origin}/{kind.table}/{view.id}/",
            description=escape(clean(" · ".join(parts))),
            unique_id=f"urn:uuid:{view.id}",
            pubdate=entered,
            updateddate=told.latest if told else entered,
        )


def _of_one(kind: Kind) -> bool:
    return kind.has(FactKind.MECHANISM)


def _mechanisms(node: Node, kind: Kind, views: Sequence[Any]) -> Mapping[UUID, MechanismView]:
    """Return the mechanisms that facts are of."""
    if not views or not _of_one(kind):
        return {}
    path = kind.field(FactKind.MECHANISM).path
    ids = {read_path(Fact(view), path) for view in views}
    return {item.id: item for item in list_mechanisms(node, ids={id_ for id_ in ids if id_ is not None})}
