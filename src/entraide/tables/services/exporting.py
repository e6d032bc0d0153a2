"""The register as tables: rows are made page by page, so that memory does not grow with the register."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from entraide.communiques.api import CitationView, citations_of_many, page_citations, page_public_sources
from entraide.directory.api import list_organisations, list_posts, list_states, list_tenures
from entraide.kernel.node import Node
from entraide.programme.api import CommitmentStatus, InstrumentKind, Level, list_references, load_domains
from entraide.tables.adapters.vocabulary import load_tables
from entraide.tables.domain.cells import csv_lines, json_document, json_lines
from entraide.tables.domain.filters import ExportFilter, parse_filter
from entraide.tables.domain.tables import Table
from entraide.tables.services import pages, rows
from entraide.tables.services.rows import Addresses, Cells

EVERYTHING = ExportFilter()


class ExportFormat(StrEnum):
    """How a table is written; the ending of its address and of its file."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


def export_table(
    node: Node, name: str, form: ExportFormat, wanted: ExportFilter = EVERYTHING, *, mark: bool = True
) -> Iterator[str]:
    """Yield a table of the register as text, piece by piece; raises `NoSuchTable` before the first.

    `mark` begins a CSV file with a byte order mark, without which Excel takes UTF-8 for another encoding. To be
    consumed while `node` is active.
    """
    table = load_tables().get(name)
    found = list_rows(node, table, wanted)
    match form:
        case ExportFormat.CSV:
            return iter(csv_lines(table.exported, found, mark=mark))
        case ExportFormat.JSONL:
            return iter(json_lines(table.exported, found))
        case ExportFormat.JSON:
            return iter(json_document(table, found, f"{node.settings.origin}/exports/#{table.name}"))


def export_filter(given: Mapping[str, Sequence[str]]) -> ExportFilter:
    """Return the filter that the parameters of an address ask for; raises `UnknownFilter`."""
    allowed = {
        "state": sorted(list_states()),
        "domain": load_domains().codes,
        "status": list(CommitmentStatus),
        "level": list(Level),
        "kind": list(InstrumentKind),
    }
    return parse_filter(given, allowed)


def list_rows(node: Node, table: Table, wanted: ExportFilter = EVERYTHING) -> Iterator[Cells]:
    """Yield the rows of a table, each with the permalink of its fact, narrowed by what `wanted` says of this table."""
    at = Addresses(node.settings.origin)
    for page in READERS[table.name](at, wanted):
        yield from with_citations(at, table, page) if table.cited else page


def with_citations(at: Addresses, table: Table, page: Sequence[Cells]) -> Iterator[Cells]:
    """Yield the rows of a page with the sources that show them, in a fixed number of queries."""
    ids = {index: id_in(str(row["permalink"])) for index, row in enumerate(page)}
    cited = citations_of_many(table.fact, ids.values()) if page else {}
    for index, row in enumerate(page):
        yield {**row, **rows.cited_cells(at, cited.get(ids[index], ()))}


def id_in(permalink: str) -> UUID:
    """Return the id of the fact that a permalink of ours names: the one of its fragment, else that of its page."""
    return UUID(permalink.rstrip("/")[-36:])


Reader = Callable[[Addresses, ExportFilter], Iterable[Sequence[Cells]]]


def _organisations(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    found = [item for item in list_organisations() if not wanted.states or item.state in wanted.states]
    yield [rows.organisation_row(at, item) for item in found]


def _posts(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for organisation in list_organisations():
        if not wanted.states or organisation.state in wanted.states:
            yield [rows.post_row(at, item) for item in list_posts(organisation_id=organisation.id)]


def _tenures(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for organisation in list_organisations():
        if not wanted.states or organisation.state in wanted.states:
            for post in list_posts(organisation_id=organisation.id):
                yield [rows.tenure_row(at, item) for item in list_tenures(post_id=post.id)]


def _mechanisms(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.mechanisms(wanted):
        yield [rows.mechanism_row(at, item) for item in page]


def _series(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.mechanisms(wanted):
        yield [rows.series_row(at, item.id, series) for item in page for series in item.series]


def _meetings(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.meetings(wanted):
        yield [rows.meeting_row(at, item) for item in page]


def _delegations(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.meetings(wanted):
        posts = posts_of_tenures(person.tenure_id for item in page for person in item.people)
        yield [row for item in page for row in rows.delegation_rows(at, item, posts)]


def _instruments(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.instruments(wanted):
        yield [rows.instrument_row(at, item) for item in page]


def _actions(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.instruments(wanted):
        yield [rows.action_row(at, item.id, action) for item in page for action in item.actions]


def _signatories(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.instruments(wanted):
        signed = [(item.id, action) for item in page for action in item.actions if action.signatories]
        posts = posts_of_tenures(person.tenure_id for _id, action in signed for person in action.signatories)
        yield [row for instrument, action in signed for row in rows.signatory_rows(at, instrument, action, posts)]


def _commitments(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.commitments(wanted):
        yield [rows.commitment_row(at, item) for item in page]


def _progress(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.commitments(wanted):
        yield [row for item in page for row in rows.progress_rows(at, item)]


def _assessments(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.commitments(wanted):
        yield [row for item in page for row in rows.assessment_rows(at, item)]


def _references(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:
    for page in pages.meetings(wanted):
        for item in page:
            yield [rows.reference_row(at, reference) for reference in list_references(item.id)]


def _sources(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:  # noqa: ARG001 - of all readers
    beyond: UUID | None = None
    while page := page_public_sources(beyond=beyond, limit=pages.PAGE):
        yield [rows.source_row(at, item) for item in page]
        beyond = page[-1].id


def _citations(at: Addresses, wanted: ExportFilter) -> Iterator[Sequence[Cells]]:  # noqa: ARG001 - of all readers
    beyond: UUID | None = None
    while page := page_citations(beyond=beyond, limit=pages.PAGE):
        yield [_citation(at, item) for _id, item in page]
        beyond = page[-1][0]


def _citation(at: Addresses, item: CitationView) -> Cells:
    source = item.source
    return {
        "permalink": at.page("sources", source.id, f"at-{item.start}"),
        "fact_kind": item.fact_kind,
        "fact": fact_address(at, item.fact_kind, item.fact_id),
        "field": item.field,
        "source": at.page("sources", source.id),
        "source_url": source.url,
        "source_kind": source.kind.value,
        "source_sha256": source.sha256,
        "start": item.start,
        "end": item.end,
        "quote": item.quote,
        "corrected": item.corrected,
    }


PAGES = {
    "organisation": "organisations",
    "mechanism": "mechanisms",
    "meeting": "meetings",
    "instrument": "instruments",
    "commitment": "commitments",
}


def fact_address(at: Addresses, kind: str, fact_id: UUID) -> str:
    """Return the permalink of a fact with a page of its own; of any other, its id as a URN (RFC 9562)."""
    return at.page(PAGES[kind], fact_id) if kind in PAGES else fact_id.urn


def posts_of_tenures(ids: Iterable[UUID | None]) -> dict[UUID, UUID]:
    """Return the post of each tenure."""
    wanted = {item for item in ids if item}
    return {item.id: item.post_id for item in list_tenures(ids=wanted)} if wanted else {}


READERS: dict[str, Reader] = {
    "organisations": _organisations,
    "posts": _posts,
    "tenures": _tenures,
    "mechanisms": _mechanisms,
    "series": _series,
    "meetings": _meetings,
    "delegations": _delegations,
    "instruments": _instruments,
    "actions": _actions,
    "signatories": _signatories,
    "commitments": _commitments,
    "references": _references,
    "progress": _progress,
    "assessments": _assessments,
    "sources": _sources,
    "citations": _citations,
}
