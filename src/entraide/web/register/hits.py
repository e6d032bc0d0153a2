"""What a search found, as lines of a page: a title and the words around the find, marked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from django.urls import reverse

from entraide.communiques.api import list_public_texts
from entraide.directory.api import Tenure, list_organisations, list_posts, list_tenures
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.tongues import language_of
from entraide.programme.api import InstrumentView, list_mechanisms, list_meetings, load_kinds, name_code, plug_of, say
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.paths import Item, read_path
from entraide.search.api import mark_excerpt, mark_terms
from entraide.web.language import text_here
from entraide.web.naming import name_instrument, name_organisation, name_post, name_town
from entraide.web.sourcekinds import SOURCE_KINDS
from entraide.web.templatetags.programme import (
    edtf,
    here_in,
    mechanism_title,
    meeting_title,
    state_title,
    term,
)

MOST = 200
AROUND = 70
Marked = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: `title` and `excerpt` in marked stretches with their languages, a `note` about it, its address."""

    title: Marked
    language: str
    note: str
    excerpt: Marked
    excerpt_language: str
    href: str


def list_searched() -> tuple[Kind, ...]:
    """Return the kinds that a visitor may search, in the order in which they are shown."""
    return tuple(kind for kind in load_kinds() if kind.has_page and any(field.searched for field in kind.fields))


def read_hits(node: Node, name: str, ids: Sequence[UUID], query: str) -> Mapping[UUID, Hit]:
    """Return the results of one kind by id; what is there no more is left out."""
    return _found(node, load_kinds().get(name), ids, query)


def find_hits(node: Node, name: str, ids: Sequence[UUID]) -> dict[UUID, Hit]:
    """Return facts of a kind that is searched by id, as results that nobody asked for: title and note."""
    return _found(node, load_kinds().get(name), ids, "")


def read_titles(node: Node, name: str, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return what things of a kind are called; of a kind that nobody searches nothing."""
    kind = load_kinds().find(name)
    found = _found(node, kind, ids, "") if kind in list_searched() else {}
    return {item: "".join(text for text, _ in hit.title) for item, hit in found.items()}


def _found(node: Node, kind: Kind | None, ids: Sequence[UUID], query: str) -> dict[UUID, Hit]:
    """Return the results by id, made by the kind's own reader or by what it declares."""
    read = plug_of(kind.name).list if kind is not None else None
    if kind is None or read is None:
        return {}
    if kind.hit:
        return HITS[kind.hit](node, ids, query)
    views = read(node, ids)
    between = _between(node, kind, views)
    return {view.id: _general(kind, view, query, between.get(view.id, "")) for view in views}


def _between(node: Node, kind: Kind, views: Sequence[Any]) -> Mapping[UUID, str]:
    """Return between whom each fact is, where its kind is of a mechanism."""
    if not views or not kind.has("mechanism"):
        return {}
    path = kind.field("mechanism").path
    of = {view.id: read_path(Item(view), path) for view in views}
    known = {item.id: mechanism_title(item) for item in list_mechanisms(node, ids={id_ for id_ in of.values() if id_})}
    return {id_: known.get(mechanism, "") for id_, mechanism in of.items()}


def _general(kind: Kind, view: Any, query: str, between: str) -> Hit:  # noqa: ANN401 - the view of the kind
    """Return a fact as a result: what it is called, what lists show of it, and the other words that find it."""
    item, called = Item(view), kind.called
    note = _joined(between, *(told_of(field, read_path(item, field.path)) for field in kind.fields if field.listed))
    value = read_path(item, called.path) if called is not None else ""
    href = f"/{kind.table}/{view.id}/"
    if isinstance(view, InstrumentView):
        return _hit(query, name_instrument(view).text, note, href, others=view.titles.values())
    if isinstance(value, Mapping):
        return _text_hit(query, value, note, href)
    others = [str(read_path(item, field.path) or "") for field in kind.fields if field.searched and field != called]
    return _hit(query, str(value or say(kind.one)), note, href, others=others)


PLACE = "place"
"""How fields that hold a place declare that they are compared."""


def told_of(field: Field, value: Any) -> str:  # noqa: ANN401 - whatever the field holds
    """Return a single value in the reader's language: a code by its name, a date in words."""
    if field.type is FieldType.CODE and value:
        code = str(value.value if isinstance(value, Enum) else value)
        return state_title(code) if field.code_list == "states" else name_code(field, code)
    if field.alike == PLACE and value:
        return name_town(str(value)).text
    return edtf(value) if isinstance(value, PartialDate) else str(value or "")


def _hit(query: str, title: str, note: str, href: str, *, language: str = "", others: Iterable[str] = ()) -> Hit:
    """Return a result; where its title does not show the find, the first of `others` that does is quoted below."""
    marked = mark_terms(title, query)
    excerpt: Marked = ()
    spoken = ""
    if not any(found for _, found in marked):
        quoted = ((mark_excerpt(text, query, AROUND), language_of(text)) for text in others if text)
        excerpt, spoken = next(
            ((parts, spoken) for parts, spoken in quoted if any(found for _, found in parts)), ((), "")
        )
    return Hit(marked, language, note, excerpt, spoken, href)


def _text_hit(query: str, texts: Mapping[str, str], note: str, href: str) -> Hit:
    """Return a result whose title is a text in several languages."""
    language = text_here(texts).language
    hit = _hit(query, here_in(texts), note, href, language=language)
    if any(found for _, found in hit.title):
        return hit
    for other, text in texts.items():
        parts = mark_excerpt(text, query, AROUND)
        if any(found for _, found in parts):
            return Hit(hit.title, language, note, parts, other, href)
    return hit


def _mechanisms(node: Node, ids: Sequence[UUID], query: str) -> dict[UUID, Hit]:
    return {
        item.id: _hit(
            query,
            mechanism_title(item),
            term(item.level),
            reverse("register:mechanism", args=[item.id]),
            others=[" · ".join(name for party in item.parties for name in party.names.values())],
        )
        for item in list_mechanisms(node, ids=ids)
    }


def _meetings(node: Node, ids: Sequence[UUID], query: str) -> dict[UUID, Hit]:
    meetings = list_meetings(node, ids=ids, limit=MOST)
    between = {
        item.id: mechanism_title(item) for item in list_mechanisms(node, ids={item.mechanism_id for item in meetings})
    }
    return {
        item.id: _hit(
            query,
            meeting_title(item),
            _joined(between.get(item.mechanism_id), edtf(item.date), name_town(item.place).text),
            reverse("register:meeting", args=[item.id]),
            others=[
                item.name,
                item.place,
                " · ".join(_joined(person.name, person.post) for person in item.people),
                *(item.series.names.values() if item.series else ()),
            ],
        )
        for item in meetings
    }


def _organisations(node: Node, ids: Sequence[UUID], query: str) -> dict[UUID, Hit]:
    return {
        item.id: _hit(
            query,
            name_organisation(item).text,
            state_title(item.state) if item.state else "",
            reverse("register:organisation", args=[item.id]),
            others=item.spellings,
        )
        for item in list_organisations(node, ids=ids)
    }


def _posts(node: Node, ids: Sequence[UUID], query: str) -> dict[UUID, Hit]:
    posts = list_posts(node, ids=ids)
    organisations = {item.id: item for item in list_organisations(node, ids=[post.organisation_id for post in posts])}
    holders: dict[UUID, list[Tenure]] = {}
    for tenure in list_tenures(node, post_ids=ids):
        holders.setdefault(tenure.post_id, []).append(tenure)
    found = {}
    for post in posts:
        organisation = organisations[post.organisation_id]
        note = _joined(
            name_organisation(organisation).text, state_title(organisation.state) if organisation.state else ""
        )
        spellings = [" · ".join(tenure.spellings) for tenure in holders.get(post.id, ())]
        found[UUID(str(post.id))] = _hit(
            query,
            name_post(post, organisation.state).text,
            note,
            reverse("register:post", args=[post.id]),
            others=[*spellings, *post.titles.values()],
        )
    return found


def _sources(node: Node, ids: Sequence[UUID], query: str) -> dict[UUID, Hit]:
    found: dict[UUID, Hit] = {}
    for item in list_public_texts(node, ids):
        source = item.summary
        note = _joined(SOURCE_KINDS[source.kind], source.publisher, edtf(source.published) if source.published else "")
        href = reverse("sources:source", args=[source.id])
        title = source.title or source.name
        hit = _hit(query, title, note, href, language=source.language)
        excerpt = mark_excerpt(item.text, query, AROUND)
        shown = excerpt if any(marked for _, marked in excerpt) else ()
        found[source.id] = Hit(hit.title, source.language, note, shown, source.language, href)
    return found


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


HITS: Mapping[str, Callable[[Node, Sequence[UUID], str], dict[UUID, Hit]]] = {
    "parties": _mechanisms,
    "sitting": _meetings,
    "body": _organisations,
    "held_post": _posts,
    "quoted_text": _sources,
}
"""What a declaration may name as its `hit`."""
