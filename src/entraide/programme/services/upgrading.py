"""What follows from the register, made anew where a database comes from before it was: the search index and lists.

Run after migrations; on a database that has all of it, three short queries. All of it is one transaction: whoever is
killed within leaves what was there, and the next migration begins anew; of two processes one does it, the other waits.
"""

from collections.abc import Iterator
from typing import TypeVar
from uuid import UUID

from django.db import transaction as database_transaction
from django.db.models import Model, Q, QuerySet

from entraide.kernel.node import active_database
from entraide.programme.adapters.columns import rows_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.models import Commitment, CommitmentCoverage, Mechanism
from entraide.programme.services.listing import correct_lists
from entraide.programme.services.plugs import plug_of
from entraide.search.api import has_stale_documents

AT_ONCE = 500
_YEARS = "^[0-9]{4}[^/]*(/[0-9]{4}[^/]*)?$"
Row = TypeVar("Row", bound=Model)


def renew_after_upgrade(database: str) -> None:
    """Renew the index of the database of a Django alias where it knows no States, and lists that know no plan years."""
    token = active_database.set(database)
    try:
        if not list_outdated(database):
            return
        with database_transaction.atomic(using=database):
            # Whoever comes second waits here on every database, and then finds nothing to do.
            list(Mechanism.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
            if _has_outdated_index():
                _renew_index()
            if _has_outdated_lists():
                _renew_lists()
    finally:
        active_database.reset(token)


def list_outdated(database: str) -> list[str]:
    """Return what of the database of a Django alias is from before it followed from the register as it does now."""
    token = active_database.set(database)
    try:
        found = (("search index", _has_outdated_index()), ("list of commitments", _has_outdated_lists()))
        return [name for name, outdated in found if outdated]
    finally:
        active_database.reset(token)


def _has_outdated_index() -> bool:
    return has_stale_documents("mechanism")


def _has_outdated_lists() -> bool:
    """Whether no commitment is covered although one has years to be covered; a period without a year has none."""
    if CommitmentCoverage.objects.exists():
        return False
    dated = Q(period__regex=_YEARS) | Q(period="", instrument__period__regex=_YEARS)
    return Commitment.objects.filter(dated).exists()


def _planned() -> QuerySet[Commitment]:
    return Commitment.objects.exclude(period="", instrument__period="")


def _renew_index() -> None:
    for kind in load_kinds():
        if kind.model and kind.has_page:
            _renew(kind.name)


def _renew_lists() -> None:
    for rows in _batches(_planned()):
        correct_lists(list(rows))


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
