"""The register as an import asks it: facts by permalink as the rows that an export would write, and by what names them.

Reads in batches and remembers; made for one dry run or one application, within one transaction.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from entraide.communiques.api import list_texts
from entraide.directory.api import list_organisations, list_posts, list_tenures
from entraide.programme.api import (
    SourceOfCommitment,
    find_instruments_of_actions,
    list_commitments,
    list_instruments,
    list_mechanisms,
    list_meetings,
)
from entraide.tables.domain.cells import cell_of
from entraide.tables.domain.difference import Alike, Candidate, Cited, Current
from entraide.tables.domain.permalinks import id_of, parse_permalink
from entraide.tables.domain.tables import Tables
from entraide.tables.services import rows
from entraide.tables.services.exporting import posts_of_tenures
from entraide.tables.services.likeness import CommitmentWords, alike_commitments, find_alike
from entraide.tables.services.naming import find_named
from entraide.tables.services.rows import Addresses, Cells
from entraide.tables.services.sources import RowSources

BATCH = 400
"""Ids in one query; databases limit the number of parameters."""
Loaded = Iterable[tuple[Cells, bool]]


class RegisterLookups:
    """Implements `domain.tabular.difference.Known` on the database of the active node."""

    def __init__(self, tables: Tables, origin: str, sources: RowSources) -> None:
        self._tables = tables
        self._at = Addresses(origin)
        self._sources = sources
        self._words = CommitmentWords()
        self._named: dict[tuple[str, ...], Sequence[Candidate]] = {}
        self._facts: dict[str, dict[str, Current | None]] = {table.name: {} for table in tables.tables}

    def load(self, table: str, permalinks: Collection[str]) -> None:
        """Read the facts at `permalinks` that were not read yet."""
        known = self._facts[table]
        missing = [item for item in dict.fromkeys(permalinks) if item not in known]
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            for cells, immutable in _LOADERS[table](self, batch):
                texts = {name: cell_of(value) for name, value in cells.items()}
                known[texts["permalink"]] = Current(texts, immutable)
            for item in batch:
                known.setdefault(item, None)

    def current(self, table: str, permalink: str) -> Current | None:
        """Return a fact, None when there is none."""
        self.load(table, [permalink])
        return self._facts[table][permalink]

    def named(self, table: str, naturals: Mapping[str, str], mechanism: str) -> Sequence[Candidate]:
        """Return the facts with these natural columns: see `naming`."""
        key = (table, mechanism, *(part for item in sorted(naturals.items()) for part in item))
        if key not in self._named:
            self._named[key] = find_named(self._at, table, naturals, mechanism)
        return self._named[key]

    def alike(self, table: str, cells: Mapping[str, str]) -> Alike:
        """Return what a new row may mean: see `likeness`."""
        if table == "commitments":
            return alike_commitments(self._at, cells, self._words)
        return find_alike(self._at, table, cells)

    def cites(self, cited: Cited, file: str) -> str:
        """Return why a row's source cannot be cited, or an empty text."""
        return self._sources.problem(cited, file)

    def _parts(self, table: str, permalinks: Iterable[str], name: str) -> list[UUID]:
        form = self._tables.get(table)
        found = (parse_permalink(form, item, self._at.origin) for item in permalinks)
        return list(dict.fromkeys(UUID(parts[name]) for parts in found if parts))

    def _organisations(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        for item in list_organisations(ids=map(id_of, links)):
            yield rows.organisation_row(self._at, item), False

    def _posts(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        for item in list_posts(ids=map(id_of, links)):
            yield rows.post_row(self._at, item), False

    def _tenures(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        for item in list_tenures(ids=map(id_of, links)):
            yield rows.tenure_row(self._at, item), False

    def _mechanisms(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        for item in list_mechanisms(ids=map(id_of, links)):
            yield rows.mechanism_row(self._at, item), False

    def _series(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        for item in list_mechanisms(ids=self._parts("series", links, "mechanism")):
            for series in item.series:
                yield rows.series_row(self._at, item.id, series), False

    def _meetings(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        for item in list_meetings(ids=map(id_of, links), limit=len(links)):
            yield rows.meeting_row(self._at, item), False

    def _delegations(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        ids = self._parts("delegations", links, "meeting")
        found = list_meetings(ids=ids, limit=len(ids))
        posts = posts_of_tenures(person.tenure_id for item in found for person in item.people)
        for item in found:
            for row in rows.delegation_rows(self._at, item, posts):
                yield row, False

    def _instruments(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        for item in list_instruments(ids=map(id_of, links), limit=len(links)):
            yield rows.instrument_row(self._at, item), item.plan_id is not None

    def _actions(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        ids = set(find_instruments_of_actions(map(id_of, links)).values())
        for item in list_instruments(ids=ids, limit=max(len(ids), 1)):
            for action in item.actions:
                yield rows.action_row(self._at, item.id, action), item.plan_id is not None

    def _commitments(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        for item in list_commitments(ids=map(id_of, links), limit=len(links)):
            signed = item.source is SourceOfCommitment.SIGNED_TEXT or item.clause_id is not None
            yield rows.commitment_row(self._at, item), signed

    def _source_rows(self, links: Sequence[str]) -> Iterator[tuple[Cells, bool]]:
        for id_ in list_texts(map(id_of, links)):
            yield {"permalink": self._at.page("sources", id_)}, True


_LOADERS: dict[str, Callable[[RegisterLookups, Sequence[str]], Loaded]] = {
    "organisations": RegisterLookups._organisations,  # noqa: SLF001 - of this class, by table
    "posts": RegisterLookups._posts,  # noqa: SLF001 - the same
    "tenures": RegisterLookups._tenures,  # noqa: SLF001 - the same
    "mechanisms": RegisterLookups._mechanisms,  # noqa: SLF001 - the same
    "series": RegisterLookups._series,  # noqa: SLF001 - the same
    "meetings": RegisterLookups._meetings,  # noqa: SLF001 - the same
    "delegations": RegisterLookups._delegations,  # noqa: SLF001 - the same
    "instruments": RegisterLookups._instruments,  # noqa: SLF001 - the same
    "actions": RegisterLookups._actions,  # noqa: SLF001 - the same
    "commitments": RegisterLookups._commitments,  # noqa: SLF001 - the same
    "sources": RegisterLookups._source_rows,  # noqa: SLF001 - the same
}
