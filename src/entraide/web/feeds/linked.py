"""The register as linked data (JSON-LD 1.1): what stands on a page, in terms of schema.org and of Popolo.

Popolo is written with W3C ORG, as its specification maps it: organisations, posts and memberships. The context stands
in every document, so that nothing is fetched to read it. What has a page has its address as `@id`; people have none of
their own, because they are in the register only as holders of a post.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from entraide.communiques.api import CitationView, citations_of
from entraide.directory.api import (
    Organisation,
    Post,
    Tenure,
    get_organisation,
    get_post,
    list_posts,
    list_tenures,
)
from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId, OrganisationId, PostId
from entraide.kernel.languages import SPOKEN
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    ActionKind,
    CommitmentStatus,
    FactKind,
    InstrumentKind,
    Party,
    PersonInPost,
    get_commitment,
    get_instrument,
    get_mechanism,
    get_meeting,
    list_mechanisms,
    load_domains,
)
from entraide.web.feeds.spans import span_of

Document = dict[str, Any]

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "dcterms": "http://purl.org/dc/terms/",
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
    "addressCountry": "schema:addressCountry",
    "position": {"@id": "schema:position", "@type": "xsd:integer"},
    "date": {"@id": "dcterms:date", "@type": "edtf"},
    "startDate": {"@id": "schema:startDate", "@type": "xsd:date"},
    "endDate": {"@id": "schema:endDate", "@type": "xsd:date"},
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
    "memberships": {"@reverse": "org:post"},
    "member": "org:member",
    "sources": "dcterms:source",
    "text": "schema:text",
    "fields": "schema:keywords",
}
"""Every term that a document uses, and the IRI that it means."""

LEGISLATION = {InstrumentKind.AGREEMENT, InstrumentKind.MEMORANDUM, InstrumentKind.PLAN}
"""Kinds that bind their parties by signature; all others are creative works only."""
STATUS = {
    CommitmentStatus.PROPOSED: "schema:PotentialActionStatus",
    CommitmentStatus.PLEDGED: "schema:PotentialActionStatus",
    CommitmentStatus.ONGOING: "schema:ActiveActionStatus",
    CommitmentStatus.DONE: "schema:CompletedActionStatus",
}


def mechanism_document(origin: str, id_: UUID) -> Document:
    """Return a mechanism: a collaboration of organisations (W3C ORG) with its series of meetings."""
    view = get_mechanism(MechanismId(id_))
    page = f"{origin}/mechanisms/{view.id}/"
    return _document(
        page,
        ["org:OrganizationalCollaboration", "schema:Organization"],
        names=view.names,
        members=[_party(origin, party) for party in view.parties],
        subEvents=[
            {
                "id": f"{page}#series-{item.id}",
                "type": ["schema:EventSeries"],
                "kind": item.level.value,
                "names": dict(item.names),
            }
            for item in view.series
        ],
        sources=_sources(origin, citations_of(FactKind.MECHANISM.value, view.id)),
    )


def meeting_document(origin: str, id_: UUID) -> Document:
    """Return a meeting: an event of its series, with those who took part in the role they had."""
    view = get_meeting(MeetingId(id_))
    mechanism = f"{origin}/mechanisms/{view.mechanism_id}/"
    return _document(
        f"{origin}/meetings/{view.id}/",
        ["schema:Event"],
        name=view.name or (next(iter(view.series.names.values()), "") if view.series else ""),
        kind=view.kind.value,
        position=view.ordinal,
        superEvent=f"{mechanism}#series-{view.series.id}" if view.series else None,
        organizer=mechanism,
        location={"type": ["schema:Place"], "name": view.place} if view.place else None,
        attendees=[_role(person, "attendees") for person in view.people],
        **_dates(view.date),
        sources=_sources(origin, citations_of(FactKind.MEETING.value, view.id)),
    )


def instrument_document(origin: str, id_: UUID) -> Document:
    """Return an instrument: legislation where it binds by signature, with the actions on it."""
    view = get_instrument(InstrumentId(id_))
    signed = next((item.date for item in view.actions if item.kind is ActionKind.SIGNED), None)
    span = span_of(signed)
    binding = view.kind in LEGISLATION
    return _document(
        f"{origin}/instruments/{view.id}/",
        ["schema:Legislation"] if binding else ["schema:CreativeWork"],
        names=view.titles,
        kind=view.kind.value,
        legislationType=view.kind.value if binding else None,
        legislationDate=_day(span.first) if binding and span and span.exact else None,
        inLanguage=list(view.languages),
        temporal=view.period,
        partOf=[
            f"{origin}/mechanisms/{view.mechanism_id}/",
            *([f"{origin}/meetings/{view.meeting_id}/"] if view.meeting_id else []),
        ],
        actions=[
            {
                "type": ["schema:Action"],
                "name": item.kind.value,
                **_dates(item.date),
                **({"location": {"id": f"{origin}/meetings/{item.meeting_id}/"}} if item.meeting_id else {}),
                **({"agent": [_role(person, "agent") for person in item.signatories]} if item.signatories else {}),
            }
            for item in view.actions
        ],
        sources=_sources(origin, citations_of(FactKind.INSTRUMENT.value, view.id)),
    )


def commitment_document(origin: str, id_: UUID) -> Document:
    """Return a commitment: a planned action of the parties, with the grades that were given."""
    view = get_commitment(CommitmentId(id_))
    mechanism = get_mechanism(view.mechanism_id)
    within = [f"{origin}/mechanisms/{view.mechanism_id}/"]
    within += [f"{origin}/instruments/{view.instrument_id}/"] if view.instrument_id else []
    within += [f"{origin}/meetings/{view.meeting_id}/"] if view.meeting_id else []
    names = {language: load_domains().label(view.domain, language) for language in SPOKEN}
    return _document(
        f"{origin}/commitments/{view.id}/",
        ["schema:PlanAction"],
        texts=view.texts,
        actionStatus=STATUS[view.status],
        about={"type": ["schema:DefinedTerm", "skos:Concept"], "termCode": view.domain, "names": names},
        agent=[_party(origin, party) for party in mechanism.parties],
        temporal=view.period,
        partOf=within,
        reviews=[
            {
                "type": ["schema:Review"],
                "author": {"type": ["schema:Organization"], "name": item.assessor},
                "temporal": item.period,
                "reviewRating": {"type": ["schema:Rating"], "ratingValue": item.grade.value},
                **({"text": item.note} if item.note else {}),
            }
            for item in view.assessments
        ],
        sources=_sources(origin, citations_of(FactKind.COMMITMENT.value, view.id)),
    )


def organisation_document(origin: str, id_: UUID) -> Document:
    """Return an organisation (Popolo) with its posts and the mechanisms that it is a party of."""
    view = get_organisation(OrganisationId(id_))
    return _document(
        f"{origin}/organisations/{view.id}/",
        _organisation_types(view),
        names=view.names,
        otherNames=list(view.aliases),
        location={"type": ["schema:Country"], "identifier": view.state} if view.state else None,
        posts=[f"{origin}/posts/{post.id}/" for post in list_posts(organisation_id=view.id)],
        partOf=[f"{origin}/mechanisms/{item.id}/" for item in list_mechanisms(organisation_id=view.id)],
    )


def post_document(origin: str, id_: UUID) -> Document:
    """Return a post (Popolo) with its holders: a membership from the first to the last date of seeing each there."""
    view = get_post(PostId(id_))
    page = f"{origin}/posts/{view.id}/"
    return _document(
        page,
        ["org:Post"],
        names=view.titles,
        postIn=f"{origin}/organisations/{view.organisation_id}/",
        memberships=[_membership(page, tenure, view) for tenure in list_tenures(post_id=view.id)],
    )


def _document(page: str, types: list[str], **facts: object) -> Document:
    known = {name: value for name, value in facts.items() if value not in (None, "", [], {})}
    return {"@context": CONTEXT, "id": page, "type": types, **known, "url": page}


def _party(origin: str, party: Party) -> Document:
    found: Document = {"type": ["org:Organization", "schema:GovernmentOrganization"]}
    if party.organisation_id:
        found["id"] = f"{origin}/organisations/{party.organisation_id}/"
    if party.names:
        found["names"] = dict(party.names)
    if len(party.state) == 2 and party.state != "XX":
        found["location"] = {"type": ["schema:Country"], "identifier": party.state}
    return found


def _organisation_types(view: Organisation) -> list[str]:
    return ["org:Organization", "schema:GovernmentOrganization" if view.state else "schema:Organization"]


def _role(person: PersonInPost, relation: str) -> Document:
    """Return a person in the role and post of that day: schema.org's Role repeats the `relation` that led to it."""
    holder: Document = {"type": ["schema:Person"], "name": person.name}
    if person.post:
        holder["jobTitle"] = person.post
    return {"type": ["schema:Role"], "roleName": person.role.value, relation: holder}


def _membership(page: str, tenure: Tenure, post: Post) -> Document:
    holder: Document = {"type": ["schema:Person"], "name": tenure.person_name}
    if tenure.spellings[1:]:
        holder["otherNames"] = list(tenure.spellings[1:])
    return {
        "id": f"{page}#tenure-{tenure.id}",
        "type": ["org:Membership", "schema:Role"],
        "roleName": post.title_in("en"),
        "member": holder,
        # Not a term of office: the time over which sources show the person in the post.
        "temporal": _from_to(tenure.first_seen, tenure.last_seen),
    }


def _from_to(first: PartialDate, last: PartialDate) -> str:
    """Return an EDTF interval, or one date where both ends are the same."""
    return first.start if first.start == last.end else f"{first.start}/{last.end}"


def _dates(value: PartialDate | None) -> Document:
    """Return a date as it is known (EDTF), and its days where the source gives them."""
    if value is None:
        return {}
    found: Document = {"date": value.value}
    span = span_of(value)
    if span and span.exact:
        found |= {"startDate": _day(span.first), "endDate": _day(span.last)}
    return found


def _day(value: date) -> str:
    return value.isoformat()


def _sources(origin: str, citations: Iterable[CitationView]) -> list[Document]:
    """Return each cited passage once, at its place on the page of its source."""
    found: dict[tuple[UUID, int, int], Document] = {}
    for item in citations:
        page = f"{origin}/sources/{item.source.id}/"
        quoted = found.setdefault(
            (item.source.id, item.start, item.end),
            {
                "id": f"{page}#at-{item.start}",
                "type": ["schema:Quotation"],
                "text": item.quote,
                "inLanguage": item.source.language,
                "partOf": page,
                "fields": [],
            },
        )
        quoted["fields"].append(item.field)
    return list(found.values())


MAKERS: Mapping[str, Callable[[str, UUID], Document]] = {
    "mechanisms": mechanism_document,
    "meetings": meeting_document,
    "instruments": instrument_document,
    "commitments": commitment_document,
    "organisations": organisation_document,
    "posts": post_document,
}
