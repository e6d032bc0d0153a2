"""Which rows an act changed: kept while it runs, read afterwards, and put back."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db.models import Count, Model, OuterRef, QuerySet

from entraide.kernel.node import Node
from entraide.storage.adapters.traces import about_of, image_of, model_at, read_image, values_of
from entraide.storage.domain.traces import Change, Image, Place
from entraide.storage.models import OpenAct, RowChange
from entraide.storage.services.transactions import transaction

BATCH = 500
"""Ids that one query asks for; SQLite has a bound on the parameters of a statement."""


@contextmanager
def traced_as(node: Node, act_id: UUID) -> Iterator[None]:
    """Open a transaction in which each change of a traced row is kept as one of the act."""
    with transaction(node):
        OpenAct.objects.create(id=act_id)
        yield
        OpenAct.objects.filter(id=act_id).delete()


def list_changes_by(node: Node, act_ids: Iterable[UUID]) -> list[Change]:
    """Return the changes of these acts, in their order."""
    with node.active():
        ids = list(act_ids)
        rows = [row for part in _parts(ids) for row in RowChange.objects.filter(act_id__in=part)]
        return _changes(rows)


def list_changes_at(node: Node, act_ids: Iterable[UUID], row_ids: Iterable[UUID]) -> list[Change]:
    """Return the changes of these rows by these acts, in their order."""
    with node.active():
        acts, ids = list(act_ids), list(row_ids)
        rows = [row for part in _parts(ids) for row in RowChange.objects.filter(row_id__in=part, act_id__in=acts)]
        return _changes(rows)


def count_changes_by(node: Node, act_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many rows each of these acts changed, a row once for each change."""
    with node.active():
        rows = RowChange.objects.filter(act_id__in=list(act_ids)).order_by().values("act_id")
        return {row["act_id"]: row["n"] for row in rows.annotate(n=Count("id"))}


def rows_made(act: str, row: str) -> QuerySet[RowChange]:
    """Return the changes by which an act made a row, for a query whose columns `act` and `row` name the two."""
    return RowChange.objects.filter(act_id=OuterRef(act), row_id=OuterRef(row), before__isnull=True)


def list_changes_of(node: Node, row_ids: Iterable[UUID]) -> list[Change]:
    """Return the changes of these rows by any act, in their order."""
    with node.active():
        ids = list(row_ids)
        rows = [row for part in _parts(ids) for row in RowChange.objects.filter(row_id__in=part)]
        return _changes(rows)


def list_facts_of_act(node: Node, act_id: UUID) -> set[UUID]:
    """Return the facts that an act touched, themselves or in a part; none where it changed no traced row."""
    with node.active():
        rows = RowChange.objects.filter(act_id=act_id).values_list("model", "before", "after")
        images = ((name, read_image(model_at(name), after or before)) for name, before, after in rows.iterator())
        told = {about_of(name, image) for name, image in images if image is not None}
        return {UUID(id_) for id_ in told if id_}


def find_images(node: Node, places: Iterable[Place]) -> dict[Place, Image]:
    """Return the rows that are there now as plain values by column."""
    with node.active():
        found: dict[Place, Image] = {}
        wanted: dict[str, list[UUID]] = {}
        for model, row in places:
            wanted.setdefault(model, []).append(row)
        for name, ids in wanted.items():
            rows = model_at(name)._default_manager  # noqa: SLF001 - the manager of any model
            for part in _parts(ids):
                for item in rows.filter(pk__in=part):
                    image = image_of(item)
                    if image is not None:
                        found[name, item.pk] = image
        return found


def put_row(place: Place, image: Image | None, *, there: bool) -> None:
    """Let a row be `image`, within the running transaction: made, changed, or taken away where it is None.

    Raises Django's `IntegrityError` and `ProtectedError`.
    """
    model = model_at(place[0])
    rows = model._default_manager  # noqa: SLF001 - the manager of any model
    if image is None:
        rows.filter(pk=place[1]).delete()
    elif there:
        rows.filter(pk=place[1]).update(**values_of(model, image))
    else:
        row: Model = model(**values_of(model, image))
        row.save(force_insert=True)


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


def _changes(rows: Iterable[RowChange]) -> list[Change]:
    return [
        Change(
            row.id,
            row.act_id,
            (row.model, row.row_id),
            read_image(model_at(row.model), row.before),
            read_image(model_at(row.model), row.after),
        )
        for row in sorted(rows, key=lambda row: row.id)
    ]
