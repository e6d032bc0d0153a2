"""What follows from the register, made anew where a database comes from before it was: the search index and lists.

Run after migrations; on a database that has all of it, two short queries.
"""

from collections.abc import Iterator
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from entraide.kernel.node import active_database
from entraide.programme.adapters.columns import rows_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.models import Commitment, CommitmentCoverage
from entraide.programme.services.listing import correct_lists
from entraide.programme.services.plugs import plug_of
from entraide.search.api import has_stale_documents

AT_ONCE = 500
Row = TypeVar("Row", bound=Model)


def renew_after_upgrade(database: str) -> None:
    """Renew the index of the database of a Django alias where it knows no States, and lists that know no plan years."""
    token = active_database.set(database)
    try:
        if has_stale_documents("mechanism"):
            for kind in load_kinds():
                if kind.model and kind.has_page:
                    _renew(kind.name)
        if not CommitmentCoverage.objects.exists():
            for rows in _batches(Commitment.objects.exclude(period="", instrument__period="")):
                correct_lists(list(rows))
    finally:
        active_database.reset(token)


def _renew(name: str) -> None:
    kind, plug = load_kinds().get(name), plug_of(name)
    for rows in _batches(rows_of(kind)):
        if plug.index is not None:
            plug.index(rows)
        elif plug.renew is not None:
            for id_ in rows.values_list("pk", flat=True):
                plug.renew(id_)


def _batches(rows: QuerySet[Row]) -> Iterator[QuerySet[Row]]:
    """Yield rows of any model, some at a time, in the order of their ids."""
    last: UUID | None = None
    while True:
        after = rows.filter(pk__gt=last) if last is not None else rows
        ids = list(after.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        if not ids:
            return
        yield rows.filter(pk__in=ids)
        last = ids[-1]
