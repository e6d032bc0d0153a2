"""Facts of the register as rows of the tables: exports write them, and imports compare with exactly these values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from entraide.communiques.api import CitationView, SourceSummary
from entraide.directory.api import Organisation, Post, Tenure
from entraide.kernel.languages import SPOKEN
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    ActionView,
    CommitmentView,
    InstrumentView,
    MechanismView,
    MeetingView,
    PersonInPost,
    ReferenceView,
    SeriesView,
)
from entraide.tables.domain.cells import Value

Cells = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes permalinks on this node's origin."""

    origin: str

    def page(self, kind: str, id_: object, fragment: str = "") -> str:
        """Return the address of a page, with the place on it."""
        return f"{self.origin}/{kind}/{id_}/{f'#{fragment}' if fragment else ''}"

    def optional(self, kind: str, id_: object | None) -> str:
        """Return the address of a page, empty without an id."""
        return self.page(kind, id_) if id_ else ""


def organisation_row(at: Addresses, view: Organisation) -> Cells:
    """Return an organisation."""
    return {
        "permalink": at.page("organisations", view.id),
        "state": view.state,
        **_texts("name", view.names),
        "aliases": tuple(view.aliases),
    }


def post_row(at: Addresses, view: Post) -> Cells:
    """Return a post."""
    return {
        "permalink": at.page("posts", view.id),
        "organisation": at.page("organisations", view.organisation_id),
        **_texts("title", view.titles),
    }


def tenure_row(at: Addresses, view: Tenure) -> Cells:
    """Return a tenure."""
    return {
        "permalink": at.page("posts", view.post_id, f"tenure-{view.id}"),
        "post": at.page("posts", view.post_id),
        "person": view.person_name,
        "spellings": tuple(view.spellings),
        **_date("first_seen", view.first_seen),
        **_date("last_seen", view.last_seen),
    }


def mechanism_row(at: Addresses, view: MechanismView) -> Cells:
    """Return a mechanism with its parties."""
    return {
        "permalink": at.page("mechanisms", view.id),
        "states": tuple(party.state for party in view.parties),
        "organisations": tuple(
            at.page("organisations", party.organisation_id) for party in view.parties if party.organisation_id
        ),
        **_texts("name", view.names),
        "level": view.level.value,
        "status": view.status.value,
        "meetings": view.meetings,
        "instruments": view.instruments,
        "commitments": view.commitments,
    }


def series_row(at: Addresses, mechanism_id: UUID, view: SeriesView) -> Cells:
    """Return a series of a mechanism."""
    return {
        "permalink": at.page("mechanisms", mechanism_id, f"series-{view.id}"),
        "mechanism": at.page("mechanisms", mechanism_id),
        "level": view.level.value,
        **_texts("name", view.names),
    }


def meeting_row(at: Addresses, view: MeetingView) -> Cells:
    """Return a meeting."""
    series = at.page("mechanisms", view.mechanism_id, f"series-{view.series.id}") if view.series else ""
    return {
        "permalink": at.page("meetings", view.id),
        "mechanism": at.page("mechanisms", view.mechanism_id),
        "series": series,
        "ordinal": view.ordinal,
        "level": view.level.value if view.level else "",
        "kind": view.kind.value,
        "name": view.name,
        **_date("date", view.date),
        "place": view.place,
    }


def delegation_rows(at: Addresses, view: MeetingView, posts: Mapping[UUID, UUID]) -> Iterator[Cells]:
    """Yield the people of a meeting; `posts` are the posts of tenures."""
    for number, person in enumerate(view.people, 1):
        yield {
            "permalink": at.page("meetings", view.id, f"person-{number}"),
            "meeting": at.page("meetings", view.id),
            "role": person.role.value,
            **_person(at, person, posts),
        }


def instrument_row(at: Addresses, view: InstrumentView) -> Cells:
    """Return an instrument."""
    return {
        "permalink": at.page("instruments", view.id),
        "mechanism": at.page("mechanisms", view.mechanism_id),
        "meeting": at.optional("meetings", view.meeting_id),
        "kind": view.kind.value,
        **_texts("title", view.titles),
        "period": view.period,
        "languages": tuple(view.languages),
        "signed_here": view.plan_id is not None,
    }


def action_row(at: Addresses, instrument_id: UUID, view: ActionView) -> Cells:
    """Return an action on an instrument."""
    return {
        "permalink": at.page("instruments", instrument_id, f"action-{view.id}"),
        "instrument": at.page("instruments", instrument_id),
        "kind": view.kind.value,
        **_date("date", view.date),
        "meeting": at.optional("meetings", view.meeting_id),
    }


def signatory_rows(at: Addresses, instrument_id: UUID, view: ActionView, posts: Mapping[UUID, UUID]) -> Iterator[Cells]:
    """Yield the signatories of an action."""
    for number, person in enumerate(view.signatories, 1):
        yield {
            "permalink": at.page("instruments", instrument_id, f"signatory-{view.id}-{number}"),
            "action": at.page("instruments", instrument_id, f"action-{view.id}"),
            **_person(at, person, posts),
        }


def commitment_row(at: Addresses, view: CommitmentView) -> Cells:
    """Return a commitment."""
    return {
        "permalink": at.page("commitments", view.id),
        "mechanism": at.page("mechanisms", view.mechanism_id),
        "instrument": at.optional("instruments", view.instrument_id),
        "meeting": at.optional("meetings", view.meeting_id),
        "domain": view.domain,
        "status": view.status.value,
        "period": view.period,
        **_texts("text", view.texts),
        "lead_units": dict(view.lead_units),
        "origin": view.source.value,
    }


def reference_row(at: Addresses, view: ReferenceView) -> Cells:
    """Return a mention of another meeting."""
    return {
        "permalink": at.page("meetings", view.meeting_id, f"reference-{view.id}"),
        "meeting": at.page("meetings", view.meeting_id),
        "when": view.when.value,
        "referred": at.optional("meetings", view.referred_id),
        "name": view.name,
        "ordinal": view.ordinal,
        **_date("date", view.date),
        "place": view.place,
    }


def progress_rows(at: Addresses, view: CommitmentView) -> Iterator[Cells]:
    """Yield the counts of a commitment."""
    for item in view.progress:
        yield {
            "permalink": at.page("commitments", view.id, f"progress-{item.id}"),
            "commitment": at.page("commitments", view.id),
            "period": item.period,
            "answered_in_time": item.answered_in_time,
            "answered_late": item.answered_late,
            "still_open": item.still_open,
            "by_node": item.by_node,
            "one_sided": item.one_sided,
            "recorded_at": item.at.isoformat(timespec="seconds"),
        }


def assessment_rows(at: Addresses, view: CommitmentView) -> Iterator[Cells]:
    """Yield the grades of a commitment."""
    for item in view.assessments:
        yield {
            "permalink": at.page("commitments", view.id, f"assessment-{item.id}"),
            "commitment": at.page("commitments", view.id),
            "period": item.period,
            "assessor": item.assessor,
            "method": item.method.value,
            "grade": item.grade.value,
            "note": item.note,
            "recorded_at": item.at.isoformat(timespec="seconds"),
        }


def source_row(at: Addresses, view: SourceSummary) -> Cells:
    """Return a source."""
    return {
        "permalink": at.page("sources", view.id),
        "kind": view.kind.value,
        "sample_data": view.sample,
        "language": view.language,
        "title": view.title or view.name,
        "publisher": view.publisher,
        "url": view.url,
        **_date("published", view.published),
        "sha256": view.sha256,
    }


def cited_cells(at: Addresses, citations: Sequence[CitationView]) -> Cells:
    """Return the sources of a fact, each once, in the order of their ids."""
    sources = {item.source.id: item.source for item in citations}
    ordered = [sources[key] for key in sorted(sources)]
    return {
        "cited_sources": tuple(at.page("sources", source.id) for source in ordered),
        "cited_urls": tuple(source.url or "-" for source in ordered),
        "cited_kinds": tuple(source.kind.value for source in ordered),
        "cited_sha256": tuple(source.sha256 for source in ordered),
        "sample_data": any(source.sample for source in ordered),
    }


def _texts(field: str, texts: Mapping[str, str]) -> Cells:
    own: Cells = {f"{field}_{language}": texts.get(language, "") for language in SPOKEN}
    own[f"{field}_other"] = {code: text for code, text in sorted(texts.items()) if code not in SPOKEN}
    return own


def _date(field: str, value: PartialDate | None) -> Cells:
    return {field: value.value if value else "", f"{field}_basis": value.basis.value if value else ""}


def _person(at: Addresses, person: PersonInPost, posts: Mapping[UUID, UUID]) -> Cells:
    post = posts.get(person.tenure_id) if person.tenure_id else None
    return {
        "name": person.name,
        "post": person.post,
        "state": person.state,
        "tenure": at.page("posts", post, f"tenure-{person.tenure_id}") if post else "",
    }
