"""What the register's views look like in an answer: each with its permanent page and its address here."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from entraide.communiques.api import CitationView, SourceSummary, citations_of, list_contradictions
from entraide.directory.api import Organisation, Post, Tenure
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    CommitmentView,
    FactKind,
    InstrumentView,
    MechanismView,
    MeetingView,
    PersonInPost,
    ReferenceView,
    SeriesOf,
)
from entraide.rest.schemas import (
    ActionFacts,
    AssessmentFacts,
    CitationFacts,
    CommitmentFacts,
    ContradictionFacts,
    FactDate,
    InstrumentFacts,
    MechanismFacts,
    MeetingFacts,
    OfficialFacts,
    OrganisationFacts,
    PartyFacts,
    PostFacts,
    ProgressFacts,
    ReferenceFacts,
    SeriesFacts,
    SourceFacts,
    TenureFacts,
)


def date_facts(date: PartialDate | None) -> FactDate | None:
    """Return a partial date, None where nothing is known."""
    return FactDate(value=date.value, basis=date.basis.value) if date else None


def known_date(date: PartialDate) -> FactDate:
    """Return a partial date that is there."""
    return FactDate(value=date.value, basis=date.basis.value)


def addresses(origin: str, plural: str, id_: UUID) -> dict[str, str]:
    """Return the permanent page of a thing and its address in the interface."""
    return {"url": f"{origin}/{plural}/{id_}/", "api_url": f"{origin}/api/v1/{plural}/{id_}"}


def mechanism_facts(view: MechanismView, origin: str) -> MechanismFacts:
    """Return a mechanism."""
    return MechanismFacts(
        id=view.id,
        **addresses(origin, "mechanisms", view.id),
        names=dict(view.names),
        level=view.level.value,
        status=view.status.value,
        parties=[
            PartyFacts(state=party.state, organisation_id=party.organisation_id, names=dict(party.names))
            for party in view.parties
        ],
        series=[
            SeriesFacts(id=series.id, level=series.level.value, names=dict(series.names)) for series in view.series
        ],
        meetings=view.meetings,
        instruments=view.instruments,
        commitments=view.commitments,
    )


def series_facts(view: SeriesOf, origin: str) -> dict[str, Any]:
    """Return a series with its mechanism, as the fields of its schema."""
    return {
        "id": view.id,
        "url": f"{origin}/mechanisms/{view.mechanism_id}/#series-{view.id}",
        "api_url": f"{origin}/api/v1/series/{view.id}",
        "mechanism_id": view.mechanism_id,
        "level": view.level.value,
        "names": dict(view.names),
    }


def meeting_facts(view: MeetingView, origin: str) -> MeetingFacts:
    """Return a meeting."""
    return MeetingFacts(
        id=view.id,
        **addresses(origin, "meetings", view.id),
        mechanism_id=view.mechanism_id,
        series_id=view.series.id if view.series else None,
        ordinal=view.ordinal,
        level=view.level.value if view.level else None,
        kind=view.kind.value,
        name=view.name,
        date=date_facts(view.date),
        place=view.place,
        people=people_facts(view.people),
    )


def people_facts(people: Sequence[PersonInPost]) -> list[OfficialFacts]:
    """Return holders of posts, as printed."""
    return [
        OfficialFacts(name=person.name, post=person.post, state=person.state, role=person.role.value)
        for person in people
    ]


def reference_facts(view: ReferenceView) -> ReferenceFacts:
    """Return a mentioned meeting."""
    return ReferenceFacts(
        id=view.id,
        meeting_id=view.referred_id,
        name=view.name,
        ordinal=view.ordinal,
        date=date_facts(view.date),
        place=view.place,
        when=view.when.value,
    )


def instrument_facts(view: InstrumentView, origin: str) -> InstrumentFacts:
    """Return an instrument with the actions on it."""
    return InstrumentFacts(
        id=view.id,
        **addresses(origin, "instruments", view.id),
        mechanism_id=view.mechanism_id,
        meeting_id=view.meeting_id,
        kind=view.kind.value,
        titles=dict(view.titles),
        period=view.period,
        languages=list(view.languages),
        actions=[
            ActionFacts(
                kind=action.kind.value,
                date=date_facts(action.date),
                meeting_id=action.meeting_id,
                signatories=people_facts(action.signatories),
            )
            for action in view.actions
        ],
    )


def commitment_facts(view: CommitmentView, origin: str) -> CommitmentFacts:
    """Return a commitment with what speaks for it."""
    return CommitmentFacts(
        id=view.id,
        **addresses(origin, "commitments", view.id),
        mechanism_id=view.mechanism_id,
        instrument_id=view.instrument_id,
        meeting_id=view.meeting_id,
        domain=view.domain,
        status=view.status.value,
        texts=dict(view.texts),
        period=view.period,
        progress=[
            ProgressFacts(
                period=item.period,
                answered_in_time=item.answered_in_time,
                answered_late=item.answered_late,
                still_open=item.still_open,
                by_node=item.by_node,
                one_sided=item.one_sided,
            )
            for item in view.progress
        ],
        assessments=[
            AssessmentFacts(
                period=item.period, assessor=item.assessor, method=item.method.value, grade=item.grade.value
            )
            for item in view.assessments
        ],
    )


def organisation_facts(organisation: Organisation, origin: str) -> OrganisationFacts:
    """Return an organisation."""
    return OrganisationFacts(
        id=organisation.id,
        **addresses(origin, "organisations", organisation.id),
        state=organisation.state,
        names=organisation.names,
        other_names=list(organisation.aliases),
    )


def post_facts(post: Post, origin: str) -> PostFacts:
    """Return a post."""
    return PostFacts(
        id=post.id,
        **addresses(origin, "posts", post.id),
        organisation_id=post.organisation_id,
        titles=post.titles,
    )


def tenure_facts(tenure: Tenure) -> TenureFacts:
    """Return the holder of a post."""
    return TenureFacts(
        person_id=tenure.person_id,
        name=tenure.person_name,
        spellings=list(tenure.spellings),
        first_seen=known_date(tenure.first_seen),
        last_seen=known_date(tenure.last_seen),
    )


def source_facts(view: SourceSummary, origin: str) -> SourceFacts:
    """Return a source, without its text: of the press only passages are public."""
    return SourceFacts(
        id=view.id,
        **addresses(origin, "sources", view.id),
        title=view.title or view.name,
        kind=view.kind.value,
        sample_data=view.sample,
        language=view.language,
        publisher=view.publisher,
        original_url=view.url,
        published=date_facts(view.published),
    )


def citation_facts(view: CitationView, origin: str) -> CitationFacts:
    """Return a cited passage."""
    return CitationFacts(
        fact_kind=view.fact_kind,
        fact_id=view.fact_id,
        field=view.field,
        quote=view.quote,
        start=view.start,
        end=view.end,
        url=f"{origin}/sources/{view.source.id}/#at-{view.start}",
        source_id=view.source.id,
        source_kind=view.source.kind.value,
        language=view.source.language,
        corrected=view.corrected,
    )


def citations(kind: FactKind, fact_id: UUID, origin: str) -> list[CitationFacts]:
    """Return the passages that show a fact."""
    return [citation_facts(view, origin) for view in citations_of(kind.value, fact_id)]


def contradictions(kind: FactKind, fact_id: UUID, origin: str) -> list[ContradictionFacts]:
    """Return what other sources say of a fact where they disagree."""
    return [
        ContradictionFacts(
            field=view.field,
            value=view.value,
            basis=view.basis,
            citations=[citation_facts(item, origin) for item in view.citations],
        )
        for view in list_contradictions(kind, fact_id)
    ]
