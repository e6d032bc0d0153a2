"""Typed reads: sources with what waits in them, proposals with their passages, what cites a fact."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from entraide.communiques.domain.errors import NoSuchProposal, NoSuchSource
from entraide.communiques.domain.places import place_of
from entraide.communiques.domain.proposals import Fields, ProposalState
from entraide.communiques.models import Arrival, Citation, Passage, Proposal, Source, WatchedPlace
from entraide.kernel.ids import ProposalId, SourceId
from entraide.kernel.node import Node, WatchedFeed, WatchedFolder
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.api import FactKind, ShownValue, list_recorded_contradictions, list_shown_values
from entraide.programme.domain.weights import SourceKind
from entraide.reader.domain.endpoint.telling import ReadingView, reading_view
from entraide.reader.domain.model import RULES


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source in a list: where it comes from, its text's SHA-256, how many of its proposals wait or were decided."""

    id: SourceId
    name: str
    title: str
    kind: SourceKind
    language: str
    publisher: str
    url: str
    published: PartialDate | None
    imported_at: datetime
    waiting: int
    decided: int
    in_register: int
    sample: bool = False
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source with its text, exactly as imported, and its SHA-256 (hex); of its file the media type and SHA-256."""

    summary: SourceSummary
    text: str
    sha256: str
    media_type: str
    file_sha256: str
    reading: ReadingView


@dataclass(frozen=True, slots=True)
class PublicText:
    """What the public may read of a source: its text, or, of the press, the cited passages alone (ADR 16)."""

    summary: SourceSummary
    text: str


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """The passage behind one field of a proposal: characters of the text, the quoted span, basis and reason."""

    field: str
    passage_id: UUID
    start: int
    end: int
    quote: str
    basis: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as a page shows it: `fields` are what was read, or what was kept once it is decided."""

    id: ProposalId
    source_id: SourceId
    key: str
    kind: str
    state: ProposalState
    fields: Fields
    read_fields: Fields
    evidence: tuple[FieldEvidence, ...]
    matched: bool
    rejection: str
    fact_kind: str
    fact_id: UUID | None
    decided_at: datetime | None
    reader: str = RULES


@dataclass(frozen=True, slots=True)
class CitationView:
    """One passage that shows a field of a fact, with its source; `corrected`: a person changed what was read there."""

    fact_kind: str
    fact_id: UUID
    field: str
    start: int
    end: int
    quote: str
    corrected: bool
    source: SourceSummary


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """A field in which sources disagree: the shown value and another one, each with its passages.

    `kind` and `told_on` are those of the other value's weightiest source; `note` says why a person decided against the
    weight of the sources, if one did.
    """

    fact_kind: str
    field: str
    shown: str
    shown_citations: tuple[CitationView, ...]
    value: str
    basis: str
    citations: tuple[CitationView, ...]
    kind: SourceKind | None
    note: str


def list_sources(
    node: Node,
    *,
    waiting_only: bool = False,
    decided_only: bool = False,
    public_only: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> list[SourceSummary]:
    """Return the sources, latest import first; those with waiting proposals, without, or that are cited, where asked.

    At most `limit` from `offset` on; without a limit all, which is for the terminal and never for a page.
    """
    with node.active():
        rows = _counted()
        if waiting_only:
            rows = rows.filter(waiting__gt=0)
        if decided_only:
            rows = rows.filter(waiting=0)
        if public_only:
            rows = rows.filter(Exists(Citation.objects.filter(passage__source_id=OuterRef("pk"))))
        end = None if limit is None else offset + limit
        return [_summary(row) for row in rows.order_by("-imported_at", "-id")[offset:end]]


def count_decided_sources(node: Node) -> int:
    """Return how many sources have no proposal that waits."""
    with node.active():
        waiting = Proposal.objects.filter(source_id=OuterRef("pk"), state=ProposalState.WAITING.value)
        return Source.objects.filter(~Exists(waiting)).count()


def page_public_sources(
    node: Node, *, beyond: UUID | None = None, backwards: bool = False, limit: int = 50
) -> list[SourceSummary]:
    """Return at most `limit` cited sources, latest import first, older than `beyond` (later ones, `backwards`)."""
    with node.active():
        cited = Citation.objects.filter(passage__source_id=OuterRef("pk"))
        rows = Source.objects.filter(Exists(cited))
        if beyond is not None:
            rows = rows.filter(**{"id__gt" if backwards else "id__lt": beyond})
        order = "id" if backwards else "-id"
        ids = list(rows.order_by(order).values_list("id", flat=True)[:limit])
        return [_summary(row) for row in _counted().filter(id__in=ids).order_by(order)]


def get_source(node: Node, source_id: UUID) -> SourceText:
    """Return one source with its text; raises `NoSuchSource`."""
    with node.active():
        row = _counted().filter(id=source_id).first()
        if row is None:
            raise NoSuchSource
        return SourceText(
            _summary(row), row.text, row.sha256, row.media_type, row.file_sha256, reading_view(row.reading)
        )


def list_texts_at(
    node: Node, *, source_id: UUID | None = None, url: str = "", limit: int = 10
) -> tuple[SourceText, ...]:
    """Return the source of an id, or the texts that the register has of an address, latest import first."""
    with node.active():
        rows = _counted().filter(id=source_id) if source_id else _counted().filter(url=url)
        return tuple(
            SourceText(_summary(row), row.text, row.sha256, row.media_type, row.file_sha256, reading_view(row.reading))
            for row in rows.order_by("-imported_at")[:limit]
        )


def list_texts(node: Node, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the whole texts of these sources in one query; of the press only passages may be shown (ADR 16)."""
    with node.active():
        return dict(Source.objects.filter(id__in=list(ids)).values_list("id", "text"))


def list_summaries(node: Node, ids: Iterable[UUID]) -> list[SourceSummary]:
    """Return these sources without their texts, in any order."""
    with node.active():
        return [_summary(row) for row in _counted().filter(id__in=list(ids))]


def list_public_texts(node: Node, ids: Iterable[UUID]) -> list[PublicText]:
    """Return what the public may read of these sources, in two queries; one that nothing cites has no passage."""
    with node.active():
        rows = list(_counted().filter(id__in=list(ids)))
        quotes: defaultdict[UUID, list[str]] = defaultdict(list)
        cited = Passage.objects.filter(source_id__in=[row.id for row in rows], citations__isnull=False)
        reached: dict[UUID, int] = {}
        spans = cited.order_by("start", "-end").values_list("source_id", "end", "quote").distinct()
        for source_id, end, quote in spans:
            if end > reached.get(source_id, -1):  # what lies within the quote before it is not said twice
                reached[source_id] = end
                quotes[source_id].append(quote)
        press = SourceKind.PRESS.value
        return [
            PublicText(_summary(row), " … ".join(quotes[row.id]) if row.kind == press else row.text) for row in rows
        ]


def list_proposals(node: Node, source_id: UUID) -> list[ProposalView]:
    """Return the proposals of a source in the order in which they can be kept."""
    with node.active():
        rows = list(Proposal.objects.filter(source_id=source_id).order_by("position"))
        passages = {str(passage.id): passage for passage in Passage.objects.filter(source_id=source_id)}
        return [_view(row, passages) for row in rows]


def get_proposal(node: Node, proposal_id: UUID) -> ProposalView:
    """Return one proposal with its passages; raises `NoSuchProposal`."""
    with node.active():
        row = Proposal.objects.filter(id=proposal_id).first()
        if row is None:
            raise NoSuchProposal
        ids = [item["passage"] for item in row.evidence.values()]
        return _view(row, {str(passage.id): passage for passage in Passage.objects.filter(id__in=ids)})


def citations_of(node: Node, fact_kind: str, fact_id: UUID) -> list[CitationView]:
    """Return the passages that show a fact, by source and place in the text."""
    return citations_of_many(node, fact_kind, [fact_id]).get(fact_id, [])


def citations_of_many(node: Node, fact_kind: str, fact_ids: Iterable[UUID]) -> dict[UUID, list[CitationView]]:
    """Return the citations of several facts of one kind in a fixed number of queries."""
    with node.active():
        rows = (
            Citation.objects.filter(fact_kind=fact_kind, fact_id__in=list(fact_ids))
            .select_related("passage")
            .order_by("passage__source_id", "passage__start", "field")
        )
        return _grouped(list(rows), by_fact=True)


def list_cited(node: Node, source_id: UUID) -> list[CitationView]:
    """Return all citations of a source in the order of its text."""
    with node.active():
        rows = Citation.objects.filter(passage__source_id=source_id).select_related("passage")
        found = _grouped(list(rows.order_by("passage__start", "passage__end", "field")), by_fact=False)
        return next(iter(found.values()), [])


def page_citations(node: Node, *, beyond: UUID | None = None, limit: int = 500) -> list[tuple[UUID, CitationView]]:
    """Return at most `limit` citations with their ids, in the order of these, after `beyond`."""
    with node.active():
        rows = (
            Citation.objects.order_by("id") if beyond is None else Citation.objects.order_by("id").filter(id__gt=beyond)
        )
        page = list(rows.select_related("passage")[:limit])
        sources = {row.id: _summary(row) for row in _counted().filter(id__in={row.passage.source_id for row in page})}
        return [(row.id, _citation(row, sources)) for row in page]


def list_contradictions(node: Node, fact_kind: str, fact_id: UUID) -> list[ContradictionView]:
    """Return where sources of a fact disagree, both values with their passages; the queries do not grow with them."""
    with node.active():
        statements = list_recorded_contradictions(node, fact_kind, fact_id)
        if not statements:
            return []
        cited = citations_of_many(node, FactKind.CONTRADICTION, [item.id for item in statements])
        shown = list_shown_values(node, fact_kind, fact_id, {item.field for item in statements})
        behind = _passages_behind(node, shown)
        return [
            ContradictionView(
                fact_kind,
                item.field,
                shown[item.field].value if item.field in shown else "",
                behind.get(item.field, ()),
                item.value,
                item.basis,
                tuple(cited.get(item.id, ())),
                SourceKind(item.source_kind) if item.source_kind else None,
                item.note,
            )
            for item in statements
        ]


def _passages_behind(node: Node, shown: Mapping[str, ShownValue]) -> dict[str, tuple[CitationView, ...]]:
    """Return the passages that show each value, in one query for each kind of fact."""
    cited: dict[UUID, list[CitationView]] = {}
    for kind in {item.cited_kind for item in shown.values()}:
        cited |= citations_of_many(node, kind, {item.cited_id for item in shown.values() if item.cited_kind == kind})
    return {
        field: tuple(one for one in cited.get(item.cited_id, ()) if one.field == item.cited_field)
        for field, item in shown.items()
    }


def count_sources_of(node: Node, fact_kind: str, fact_id: UUID) -> int:
    """Return how many sources show a fact."""
    with node.active():
        rows = Citation.objects.filter(fact_kind=fact_kind, fact_id=fact_id)
        return rows.values("passage__source_id").distinct().count()


def count_sources_of_many(node: Node, fact_kind: str, fact_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many sources show each of several facts of one kind; a fact that none shows is left out."""
    with node.active():
        rows = Citation.objects.filter(fact_kind=fact_kind, fact_id__in=list(fact_ids)).values("fact_id")
        return dict(rows.annotate(n=Count("passage__source_id", distinct=True)).values_list("fact_id", "n"))


def _grouped(rows: list[Citation], *, by_fact: bool) -> dict[UUID, list[CitationView]]:
    sources = {row.id: _summary(row) for row in _counted().filter(id__in={row.passage.source_id for row in rows})}
    found: defaultdict[UUID, list[CitationView]] = defaultdict(list)
    for row in rows:
        found[row.fact_id if by_fact else row.passage.source_id].append(_citation(row, sources))
    return dict(found)


def _citation(row: Citation, sources: Mapping[UUID, SourceSummary]) -> CitationView:
    passage = row.passage
    return CitationView(
        row.fact_kind,
        row.fact_id,
        row.field,
        passage.start,
        passage.end,
        passage.quote,
        row.corrected,
        sources[passage.source_id],
    )


def _counted() -> Any:  # noqa: ANN401 - an annotated queryset of Source
    waiting = Count("proposals", filter=Q(proposals__state=ProposalState.WAITING.value))
    kept = Count("proposals", filter=Q(proposals__state__in=[ProposalState.KEPT.value, ProposalState.CORRECTED.value]))
    return Source.objects.annotate(waiting=waiting, in_register=kept, total=Count("proposals"))


def _summary(row: Any) -> SourceSummary:  # noqa: ANN401 - a Source with its counts
    published = PartialDate(row.published, DateBasis(row.published_basis)) if row.published else None
    return SourceSummary(
        SourceId(row.id),
        row.name,
        row.title,
        SourceKind(row.kind),
        row.language,
        row.publisher,
        row.url,
        published,
        row.imported_at,
        row.waiting,
        row.total - row.waiting,
        row.in_register,
        row.sample,
        row.sha256,
    )


def _view(row: Proposal, passages: dict[str, Passage]) -> ProposalView:
    evidence = []
    for name, item in row.evidence.items():
        passage = passages[item["passage"]]
        evidence.append(
            FieldEvidence(name, passage.id, passage.start, passage.end, passage.quote, item["basis"], item["reason"])
        )
    return ProposalView(
        ProposalId(row.id),
        SourceId(row.source_id),
        row.key,
        row.kind,
        ProposalState(row.state),
        row.fields,
        row.read_fields,
        tuple(evidence),
        row.matched,
        row.rejection,
        row.fact_kind,
        row.fact_id,
        row.decided_at,
        row.reader,
    )


@dataclass(frozen=True, slots=True)
class KeptError:
    """An error as it was kept: message and remedy are ids of the catalogs, `count` how many were alike."""

    message: str
    remedy: str
    params: Mapping[str, str]
    count: int = 1


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A watched place: its name, its address or path, whether it is switched on, and how it was reached last."""

    name: str
    address: str
    kind: SourceKind
    is_feed: bool
    enabled: bool
    tried_at: datetime | None
    reached_at: datetime | None
    failure: KeptError | None
    arrived: int


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """A report that came by itself: what it is called, the place it came from, and the source or the refusal."""

    title: str
    url: str
    place: str
    arrived_at: datetime
    source: SourceSummary | None
    refusal: KeptError | None


def list_places(node: Node) -> list[PlaceView]:
    """Return the folders and feeds that node.toml names, with how they were reached."""
    watched: list[WatchedFolder | WatchedFeed] = [*node.settings.watch.folders, *node.settings.watch.feeds]
    with node.active():
        states = {row.place: row for row in WatchedPlace.objects.all()}
        counted = Arrival.objects.values("place").annotate(number=Count("id")).values_list("place", "number")
        counts = dict(counted)
    return [_place(item, states.get(place_of(item)), counts) for item in watched]


def _place(item: WatchedFolder | WatchedFeed, row: WatchedPlace | None, counts: Mapping[str, int]) -> PlaceView:
    is_feed = isinstance(item, WatchedFeed)
    return PlaceView(
        item.name if isinstance(item, WatchedFeed) else item.path.name,
        item.url if isinstance(item, WatchedFeed) else str(item.path),
        SourceKind(item.kind),
        is_feed,
        item.enabled if isinstance(item, WatchedFeed) else True,
        row.tried_at if row else None,
        row.reached_at if row else None,
        _kept_error(row.failure) if row else None,
        counts.get(place_of(item), 0),
    )


def page_arrivals(node: Node, *, offset: int = 0, limit: int = 50) -> list[ArrivalView]:
    """Return at most `limit` reports that came by themselves, latest first."""
    with node.active():
        rows = list(Arrival.objects.order_by("-arrived_at", "-id")[offset : offset + limit])
        ids = {row.source_id for row in rows if row.source_id}
        sources = {row.id: _summary(row) for row in _counted().filter(id__in=ids)}
        return [
            ArrivalView(
                row.title,
                row.url,
                row.place.partition(":")[2],
                row.arrived_at,
                sources.get(row.source_id),
                _kept_error(row.refusal),
            )
            for row in rows
        ]


def count_arrivals(node: Node) -> int:
    """Return how many reports came by themselves."""
    with node.active():
        return Arrival.objects.count()


def _kept_error(row: Mapping[str, Any]) -> KeptError | None:
    return KeptError(row["message"], row["remedy"], row["params"], row.get("count", 1)) if row else None
