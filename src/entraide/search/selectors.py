"""Searching in the database of the node that is given."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connections

from entraide.kernel.node import Node, active_database
from entraide.search.adapters.index import MOST_CANDIDATES, build_query
from entraide.search.domain.asking import Asked, Choice, ask
from entraide.search.domain.documents import FoundDocument, Narrowing, Results
from entraide.search.domain.marks import mark_is_about, mark_state, mark_year, marks_from

AHEAD = 6
"""Of more documents than can be looked at, those from this place on are looked at first."""
MOST_LEFT_OUT = 3
EVERYTHING = Narrowing()


class Order(StrEnum):
    """The order of results."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"


def find_documents(
    node: Node, query: str, *, kinds: Sequence[str] | None = None, public_only: bool = True, limit: int = 50
) -> list[FoundDocument]:
    """Return the documents that hold every word of `query`, best first, at most `limit`.

    Accents, case and `đ` make no difference, nor does the form of a State's name or of an ordinal. Where nothing holds
    the words whole, the last may be the beginning of one, and where nothing holds that, each may; Chinese, Lao, Thai
    and Khmer words are found inside a run. First come documents that are called what was typed, then those with the
    words as they were typed, then short ones before long ones; of very many hits some are returned. A query without a
    word finds nothing.
    """
    with node.active():
        asked = ask(query)
        if asked.is_empty or (kinds is not None and not kinds):
            return []
        found, _ = _Search(kinds, public_only, limit).find_closest(asked)
        return [row.document for row in found[:limit]]


def search_documents(
    node: Node,
    query: str,
    narrowing: Narrowing = EVERYTHING,
    *,
    kinds: Sequence[str],
    order: Order = Order.BEST,
    first: int = 0,
    limit: int = 20,
) -> Results:
    """Return `limit` public documents of these `kinds` from `first` on, and how many of each kind, State and year.

    What is found is as `find_documents` says. Where no document holds all words, those are left out that nothing
    holds with the others, at most three, and `left_out` names them.
    """
    with node.active():
        asked = ask(query)
        if asked.is_empty:
            return Results()
        search = _Search(kinds, public_only=True, limit=MOST_CANDIDATES)
        narrowed = _narrowed(asked, narrowing)
        found, looked_at, left_out = search.find_or_leave_out(narrowed)
        by_kind = Counter(row.document.kind for row in found)
        if narrowing.kinds is not None:
            if looked_at >= MOST_CANDIDATES:
                found, looked_at = replace(search, kinds=narrowing.kinds).find_closest(narrowed)
            found = [row for row in found if row.document.kind in narrowing.kinds]
        return Results(
            found=tuple(row.document for row in _in_order(found, order)[first : first + limit]),
            count=len(found),
            counted_all=looked_at < MOST_CANDIDATES,
            kinds=by_kind,
            states=Counter(code for row in found for code in row.states),
            years=Counter(year for row in found for year in row.years),
            left_out=left_out,
        )


def _narrowed(asked: Asked, narrowing: Narrowing) -> Asked:
    states = [Choice((mark_state(code),)) for code in narrowing.states]
    return asked.narrowed(*states, *([Choice((mark_year(narrowing.year),))] if narrowing.year else []))


@dataclass(frozen=True, slots=True)
class _Row:
    """A document found, and what it is about."""

    document: FoundDocument
    states: tuple[str, ...]
    years: tuple[int, ...]
    day: dt.date | None


def _in_order(rows: Sequence[_Row], order: Order) -> Sequence[_Row]:
    """Return results in an order; those without a day come last in every order of days."""
    if order is Order.BEST:
        return rows
    newest = order is Order.NEWEST
    dated = sorted((row for row in rows if row.day), key=lambda row: row.day or dt.date.min, reverse=newest)
    return [*dated, *(row for row in rows if not row.day)]


@dataclass(frozen=True, slots=True)
class _Search:
    """What is searched, and how much is wanted of it."""

    kinds: Sequence[str] | None
    public_only: bool
    limit: int

    def find_closest(self, asked: Asked) -> tuple[list[_Row], int]:
        """Return what holds the words whole, else what holds beginnings of words, and how many were looked at.

        From the cheapest to the dearest: beginnings of common words take long to gather. Nothing asked finds nothing.
        """
        if asked.is_empty:
            return [], 0
        steps: list[Callable[[], Asked]] = [
            lambda: _whole(asked, open_end=False),
            lambda: _whole(asked, open_end=True),
            lambda: asked,
        ]
        for step in steps if asked.query.terms else steps[:1]:
            found, looked_at = self._find(step())
            if found:
                return found, looked_at
        return [], 0

    def find_or_leave_out(self, asked: Asked) -> tuple[list[_Row], int, tuple[str, ...]]:
        """Return what holds all that is asked, else what holds most of it, and what was left out."""
        found, looked_at = self.find_closest(asked)
        return (found, looked_at, ()) if found else self.find_without(asked)

    def find_without(self, asked: Asked) -> tuple[list[_Row], int, tuple[str, ...]]:
        """Return what holds all but some words or numbers, and which: States and years are never left out.

        First go those that no document holds that is about these States and years, then one after the other.
        """
        core = replace(asked, query=replace(asked.query, terms=()), choices=tuple(filter(_is_core, asked.choices)))
        dropped = [part for part in _parts(asked) if not self._holds(core, part)]
        for part in dropped:
            asked = asked.without(part)
        for _ in range(MOST_LEFT_OUT):
            if asked.is_empty:
                break
            found, looked_at = self.find_closest(asked)
            if found:
                return found, looked_at, asked.left_out
            parts = _parts(asked)
            tries = [asked.without(part) for part in parts]
            best = max(((*self.find_closest(one), one.left_out) for one in tries), key=_rank_of_first, default=None)
            if best is None or best[0]:
                return best or ([], 0, ())
            asked = tries[-1]
        return [], 0, ()

    def _holds(self, core: Asked, part: str) -> bool:
        """Whether a document that is about the States and years holds one of the words."""
        rows, _ = replace(self, limit=1).find_closest(core.with_word(part))
        return bool(rows)

    def _find(self, asked: Asked) -> tuple[list[_Row], int]:
        """Return the best documents that hold what is asked, and how many were looked at."""
        found, looked_at = self._read(asked)
        if looked_at >= MOST_CANDIDATES and (asked.choices or len(asked.query.terms) > 1):
            # Not all that hold the words were looked at, and the best may be among the others.
            if asked.choices:
                best, _ = self._read(asked.narrowed(Choice(marks_from(AHEAD))))
            else:
                best, _ = self._read(asked, as_phrase=True)
            known = {(row.document.kind, row.document.object_id) for row in best}
            found = best + [row for row in found if (row.document.kind, row.document.object_id) not in known]
        return found[: self.limit], looked_at

    def _read(self, asked: Asked, *, as_phrase: bool = False) -> tuple[list[_Row], int]:
        """Return the best documents, and how many were looked at."""
        connection = connections[active_database.get()]
        statement = build_query(
            connection, asked, as_phrase=as_phrase, kinds=self.kinds, public_only=self.public_only, limit=self.limit
        )
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.params)
            rows = cursor.fetchall()
        return [_row(row) for row in rows], rows[0][3] if rows else 0


def _is_core(choice: Choice) -> bool:
    return all(mark_is_about(mark) for mark in choice.marks)


def _parts(asked: Asked) -> list[str]:
    """Return the words and numbers that may be left out; the last first."""
    numbers = [choice.words[0] for choice in asked.choices if choice.words and not _is_core(choice)]
    return [*numbers, *reversed(asked.words)]


def _whole(asked: Asked, *, open_end: bool) -> Asked:
    return replace(asked, query=asked.query.of_whole_words(open_end=open_end))


def _rank_of_first(found: tuple[list[_Row], int, tuple[str, ...]]) -> float:
    return found[0][0].document.rank if found[0] else -1.0


def _row(row: Sequence[Any]) -> _Row:
    kind, object_id, rank, _, states, years, day = row
    return _Row(
        FoundDocument(kind, _uuid(object_id), float(rank)),
        tuple(states.split()),
        tuple(int(year) for year in years.split()),
        dt.date.fromisoformat(day) if isinstance(day, str) else day,
    )


def _uuid(value: UUID | str) -> UUID:
    """Return the id that PostgreSQL gives as such and SQLite as 32 hexadecimal digits."""
    return value if isinstance(value, UUID) else UUID(hex=value)
