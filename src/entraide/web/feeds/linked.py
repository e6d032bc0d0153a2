"""The register as linked data (JSON-LD 1.1): what stands on a page, in terms of schema.org and of Popolo.

Popolo is written with W3C ORG, as its specification maps it: organisations, posts and memberships; the post of a
membership has a term of its own (`opengov:post`). The context stands
in every document, so that nothing is fetched to read it. What has a page has its address as `@id`; people have none of
their own, because they are in the register only as holders of a post.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, override

from entraide.communiques.api import CitationView, SourceSummary, citations_of
from entraide.directory.api import Organisation, Post, Tenure, list_organisations, list_posts, list_tenures
from entraide.kernel.languages import SPOKEN
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    ActionKind,
    ActionView,
    CommitmentStatus,
    CommitmentView,
    InstrumentKind,
    InstrumentView,
    MechanismView,
    MeetingView,
    Party,
    PersonInPost,
    get_mechanism,
    list_mechanisms,
    load_domains,
    load_kinds,
    plug_of,
)
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.paths import Item, parts_of_link, read_path
from entraide.web.feeds.spans import span_of
from entraide.web.templatetags.programme import OF_STATES, mechanism_title, meeting_title, series_title, state_title

Document = dict[str, Any]

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "opengov": "http://www.w3.org/ns/opengov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": {"@id": "http://id.loc.gov/datatypes/edtf/EDTF"},
    "id": "@id",
    "type": "@type",
    "names": {"@id": "schema:name", "@container": "@language"},
    "texts": {"@id": "schema:description", "@container": "@language"},
    "name": "schema:name",
    "otherNames": "schema:alternateName",
    "identifier": "schema:identifier",
    "url": {"@id": "schema:url", "@type": "@id"},
    "members": {"@id": "org:hasMember", "@type": "@id"},
    "subEvents": {"@id": "schema:subEvent", "@type": "@id"},
    "superEvent": {"@id": "schema:superEvent", "@type": "@id"},
    "organizer": {"@id": "schema:organizer", "@type": "@id"},
    "attendees": "schema:attendee",
    "roleName": "schema:roleName",
    "jobTitle": "schema:jobTitle",
    "location": "schema:location",
    "address": "schema:address",
    "addressLocality": "schema:addressLocality",
    "position": {"@id": "schema:position", "@type": "xsd:integer"},
    "date": {"@id": "dcterms:date", "@type": "edtf"},
    "startDate": {"@id": "schema:startDate", "@type": "schema:Date"},
    "endDate": {"@id": "schema:endDate", "@type": "schema:Date"},
    "kind": "dcterms:type",
    "legislationType": "schema:legislationType",
    "legislationDate": {"@id": "schema:legislationDate", "@type": "xsd:date"},
    "inLanguage": "schema:inLanguage",
    "temporal": {"@id": "dcterms:temporal", "@type": "edtf"},
    "partOf": {"@id": "dcterms:isPartOf", "@type": "@id"},
    "about": "schema:about",
    "termCode": "schema:termCode",
    "actions": {"@reverse": "schema:object"},
    "agent": "schema:agent",
    "actionStatus": {"@id": "schema:actionStatus", "@type": "@vocab"},
    "reviews": "schema:subjectOf",
    "author": "schema:author",
    "reviewRating": "schema:reviewRating",
    "ratingValue": "schema:ratingValue",
    "posts": {"@id": "org:hasPost", "@type": "@id"},
    "postIn": {"@id": "org:postIn", "@type": "@id"},
    "memberships": {"@reverse": "opengov:post"},
    "member": "org:member",
    "organization": {"@id": "org:organization", "@type": "@id"},
    "publisher": "schema:publisher",
    "isBasedOn": {"@id": "schema:isBasedOn", "@type": "@id"},
    "notes": {"@id": "schema:disambiguatingDescription", "@container": "@language"},
    "sources": "dcterms:source",
    "text": "schema:text",
    "fields": "schema:keywords",
}
"""Every term that a document uses, and the IRI that it means."""

DATE, LOCATION = "date", "location"
EVENT, OCCURRENCE = "schema:Event", "dcmitype:Event"
KNOWN = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
"""A date whose digits are all known; a month or a year alone is one of reduced precision, and no day is made up."""
LEGISLATION = {InstrumentKind.AGREEMENT, InstrumentKind.MEMORANDUM, InstrumentKind.PLAN}
"""Kinds that bind their parties by signature; all others are creative works only."""
STATUS = {
    CommitmentStatus.PROPOSED: "schema:PotentialActionStatus",
    CommitmentStatus.PLEDGED: "schema:PotentialActionStatus",
    CommitmentStatus.ONGOING: "schema:ActiveActionStatus",
    CommitmentStatus.DONE: "schema:CompletedActionStatus",
}


def document_of(node: Node, name: str, id_: UUID) -> Document:
    """Return what stands on the page of a fact: its fields by their terms, what its kind adds, its sources.

    Raises a `NotFound` where there is no such fact.
    """
    kind, read = load_kinds().get(name), plug_of(name).get
    view = read(node, id_) if read is not None else None
    origin = node.settings.origin
    page = f"{origin}/{kind.table}/{id_}/"
    facts: Document = {"type": list(kind.types), **_declared(origin, kind, Item(view))}
    if kind.linked:
        facts |= ADDITIONS[kind.linked](node, origin, view)
    cited = citations_of(node, kind.fact, id_) if kind.cited else []
    if cited and (kind.interface is None or kind.interface.evidence):
        facts["sources"] = _sources(origin, cited)
    if _is_sample(view, cited):
        facts["notes"] = in_each_language(_sample_note)
    known = {term: value for term, value in facts.items() if value not in (None, "", [], {})}
    return {"@context": CONTEXT, "id": page, **known, "type": _types(known), "url": page}


def _is_sample(view: object, cited: Iterable[CitationView]) -> bool:
    """Whether a fact rests on a sample, or a source is one."""
    return getattr(view, "sample", False) or any(item.source.sample for item in cited)


def _types(known: Document) -> list[str]:
    """Return the classes of a fact; it is an event of schema.org only where it says what that asks for.

    What others list as such an event has a name, a day or at least a year, and a place. What lacks one of them was an
    occurrence all the same (DCMI).
    """
    types = list(known["type"])
    if EVENT not in types:
        return types
    whole = ("name" in known or "names" in known) and {"startDate", LOCATION} <= known.keys()
    return [*types, OCCURRENCE] if whole else [OCCURRENCE if item == EVENT else item for item in types]


def _declared(origin: str, kind: Kind, item: Item) -> Document:
    """Return the fields that have a term; a term that several fields have holds a list."""
    found: Document = {}
    terms = [field.term for field in kind.fields if field.term]
    for field in kind.fields:
        value = read_path(item, field.path) if field.term else None
        if value in (None, "", (), {}):
            continue
        said = _term(origin, kind, item, field, value)
        if isinstance(value, PartialDate) and field.term == DATE:
            found |= said
        elif terms.count(field.term) > 1:
            found.setdefault(field.term, []).append(said)
        else:
            found[field.term] = said
    return found


def _term(origin: str, kind: Kind, item: Item, field: Field, value: Any) -> Any:  # noqa: ANN401 - by the field's type
    """Return a value as linked data has it."""
    if field.type in (FieldType.LINK, FieldType.LINKS):
        to = load_kinds().get(field.to)
        ids = value if field.type is FieldType.LINKS else (value,)
        pages = [origin + to.page.format(**parts_of_link(kind, item, to, id_)) for id_ in ids]
        return pages if field.type is FieldType.LINKS else pages[0]
    if field.type is FieldType.TEXT and field.term == LOCATION:
        address = {"type": ["schema:PostalAddress"], "addressLocality": value}
        return {"type": ["schema:Place"], "name": value, "address": address}
    if isinstance(value, PartialDate):
        return _dates(value) if field.term == DATE else value.value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _collaboration(node: Node, origin: str, view: MechanismView) -> Document:
    """A mechanism's parties, and its series of meetings."""
    page = f"{origin}/mechanisms/{view.id}/"
    series = [
        {
            "id": f"{page}#series-{item.id}",
            "type": ["schema:EventSeries"],
            "kind": item.level.value,
            "names": dict(item.names) or in_each_language(partial(series_title, item)),
        }
        for item in view.series
    ]
    names = dict(view.names) or in_each_language(partial(mechanism_title, view))
    return {"names": names, "members": _parties(node, origin, view), "subEvents": series}


def _event(node: Node, _origin: str, view: MeetingView) -> Document:
    """A meeting's name, and those who took part in the role they had."""
    found: Document = {"attendees": [_role(person, "attendees") for person in view.people]}
    if not view.name or view.name.casefold() not in meeting_title(view).casefold():
        # Where a source gives no name, or one that says no more than its kind.
        mechanism = get_mechanism(node, view.mechanism_id)
        found["name"] = None
        found["names"] = in_each_language(lambda: f"{meeting_title(view)} ({mechanism_title(mechanism)})")
    return found


def _text(_node: Node, origin: str, view: InstrumentView) -> Document:
    """An instrument is legislation where it binds by signature; with the actions on it."""
    signed = next((item.date for item in view.actions if item.kind is ActionKind.SIGNED), None)
    span, binding = span_of(signed), view.kind in LEGISLATION
    actions = [_action(origin, item) for item in view.actions]
    if not binding:
        return {"actions": actions}
    return {
        "type": ["schema:Legislation"],
        "legislationType": view.kind.value,
        "legislationDate": _day(span.first) if span and span.exact else None,
        "actions": actions,
    }


def _action(origin: str, item: ActionView) -> Document:
    """An action on an instrument is part of the meeting at which it was done."""
    found: Document = {"type": ["schema:Action"], "name": item.kind.value}
    if item.date:
        found["date"] = item.date.value
    if item.meeting_id:
        found["partOf"] = [f"{origin}/meetings/{item.meeting_id}/"]
    if item.signatories:
        found["agent"] = [_role(person, "agent") for person in item.signatories]
    return found


def _planned_action(node: Node, origin: str, view: CommitmentView) -> Document:
    """A commitment is an action that the parties plan, in a domain, with the grades that were given."""
    mechanism = get_mechanism(node, view.mechanism_id)
    names = {language: load_domains().label(view.domain, language) for language in SPOKEN}
    reviews = [
        {
            "type": ["schema:Review"],
            "author": {"type": ["schema:Organization"], "name": item.assessor},
            "temporal": item.period,
            "reviewRating": {"type": ["schema:Rating"], "ratingValue": item.grade.value},
            **({"text": item.note} if item.note else {}),
        }
        for item in view.assessments
    ]
    return {
        "actionStatus": STATUS[view.status],
        "about": {"type": ["schema:DefinedTerm", "skos:Concept"], "termCode": view.domain, "names": names},
        "agent": _parties(node, origin, mechanism),
        "reviews": reviews,
    }


def _body(node: Node, origin: str, view: Organisation) -> Document:
    """An organisation (Popolo) with its posts and the mechanisms that it is a party of."""
    return {
        "type": _organisation_types(view),
        "location": _country(view.state),
        "posts": [f"{origin}/posts/{post.id}/" for post in list_posts(node, organisation_id=view.id)],
        "partOf": [f"{origin}/mechanisms/{item.id}/" for item in list_mechanisms(node, organisation_id=view.id)],
    }


def _post(node: Node, origin: str, view: Post) -> Document:
    """A post (Popolo) with its holders: a membership from the first to the last date of seeing each there."""
    page = f"{origin}/posts/{view.id}/"
    return {"memberships": [_membership(origin, page, tenure, view) for tenure in list_tenures(node, post_id=view.id)]}


def _parties(node: Node, origin: str, mechanism: MechanismView) -> list[Document]:
    """Return the parties of a mechanism, an organisation by the names that its own document gives it."""
    ids = [party.organisation_id for party in mechanism.parties if party.organisation_id]
    found = list_organisations(node, ids=ids) if ids else ()
    names: dict[UUID | None, Mapping[str, str]] = {item.id: item.names for item in found}
    return [_party(origin, party, names.get(party.organisation_id, {})) for party in mechanism.parties]


def _party(origin: str, party: Party, names: Mapping[str, str]) -> Document:
    """Return a party of a mechanism; where no organisation is named, the State itself is."""
    found: Document = {"type": ["org:Organization", "schema:GovernmentOrganization"]}
    if party.organisation_id:
        found["id"] = f"{origin}/organisations/{party.organisation_id}/"
    found["names"] = dict(names or party.names) or in_each_language(partial(state_title, party.state))
    if country := _country(party.state):
        found["location"] = country
    return found


def _country(state: str) -> Document | None:
    if not state or state == OF_STATES:
        return None
    return {"type": ["schema:Country"], "identifier": state, "names": in_each_language(partial(state_title, state))}


def in_each_language(say: Callable[[], str]) -> dict[str, str]:
    """Return what `say` says to readers of each language."""
    found = {}
    for language in SPOKEN:
        with override(language):
            found[language] = say()
    return found


def _sample_note() -> str:
    told = gettext("Real facts in our own words, which come with the program: not a document to cite.")
    return f"{gettext('sample data')}: {told}"


def _organisation_types(view: Organisation) -> list[str]:
    return ["org:Organization", "schema:GovernmentOrganization" if view.state else "schema:Organization"]


def _role(person: PersonInPost, relation: str) -> Document:
    """Return a person in the role and post of that day: schema.org's Role repeats the `relation` that led to it."""
    holder: Document = {"type": ["schema:Person"], "name": person.name}
    if person.post:
        holder["jobTitle"] = person.post
    return {"type": ["schema:Role"], "roleName": person.role.value, relation: holder}


def _membership(origin: str, page: str, tenure: Tenure, post: Post) -> Document:
    holder: Document = {"type": ["schema:Person"], "name": tenure.person_name}
    if tenure.spellings[1:]:
        holder["otherNames"] = list(tenure.spellings[1:])
    return {
        "id": f"{page}#tenure-{tenure.id}",
        "type": ["org:Membership", "schema:Role"],
        "roleName": post.title_in("en"),
        "member": holder,
        "organization": f"{origin}/organisations/{post.organisation_id}/",
        # Not a term of office: the time over which sources show the person in the post.
        "temporal": _from_to(tenure.first_seen, tenure.last_seen),
    }


def _from_to(first: PartialDate, last: PartialDate) -> str:
    """Return an EDTF interval, or one date where both ends are the same."""
    return first.start if first.start == last.end else f"{first.start}/{last.end}"


def _dates(value: PartialDate | None) -> Document:
    """Return a date as it is known (EDTF), and its ends as far as they are: days, months or years (ISO 8601)."""
    if value is None:
        return {}
    found: Document = {"date": value.value}
    if KNOWN.fullmatch(value.start):
        found["startDate"] = value.start
    if KNOWN.fullmatch(value.end):
        found["endDate"] = value.end
    return found


def _day(value: date) -> str:
    return value.isoformat()


def _sources(origin: str, citations: Iterable[CitationView]) -> list[Document]:
    """Return each cited passage once, by where it begins and ends on the page of its source: no two merge."""
    found: dict[tuple[UUID, int, int], Document] = {}
    for item in citations:
        page = f"{origin}/sources/{item.source.id}/"
        quoted = found.setdefault(
            (item.source.id, item.start, item.end),
            {
                "id": f"{page}#at-{item.start}-{item.end}",
                "type": ["schema:Quotation"],
                "text": item.quote,
                "inLanguage": item.source.language,
                "partOf": page,
                "fields": [],
            },
        )
        quoted["fields"].append(item.field)
    return list(found.values())


def _work(_node: Node, _origin: str, view: SourceSummary) -> Document:
    """A source: who published it, where the original is, and the digest of its text."""
    found: Document = {"identifier": f"sha256:{view.sha256}"} if view.sha256 else {}
    if view.publisher:
        found["publisher"] = {"type": ["schema:Organization"], "name": view.publisher}
    if view.url:
        found["isBasedOn"] = view.url
    return found


ADDITIONS: Mapping[str, Callable[[Node, str, Any], Document]] = {
    "collaboration": _collaboration,
    "event": _event,
    "text": _text,
    "planned_action": _planned_action,
    "body": _body,
    "post": _post,
    "work": _work,
}
"""What a declaration may name as `linked`."""
