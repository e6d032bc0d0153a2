"""Acts on kinds of fact that have none of their own: create and correct, by what is declared of their fields.

Each checks who may, holds the change rules, journals what it did with what stood there before, and keeps the search
index in step, in one transaction.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.adapters.columns import has_column, model_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.domain.errors import FieldNeeded, NeverChanges, NoSuchFact, UnknownCode
from entraide.programme.domain.kinds import Change, Field, FieldType, Kind
from entraide.programme.services.corrections import lock_row, save_changes
from entraide.programme.services.finding import index_facts
from entraide.programme.services.recording import record, sort_date
from entraide.storage.api import transaction

SORT_DATE = "sort_date"
SEVERAL = frozenset({FieldType.LIST, FieldType.LINKS})
BY_CODE = frozenset({FieldType.TEXTS, FieldType.BY_STATE})


def create_fact(node: Node, actor: Actor, kind: Kind, values: Mapping[str, Any]) -> UUID:
    """Record a fact and return its id.

    Raises `FieldNeeded`, `UnknownCode`, `NoSuchFact` for a link that leads nowhere, `NoSuchKind` for an unknown field,
    `RoleMissing`.
    """
    require_role(actor, *(Role(name) for name in kind.writers))
    given = [(kind.field(name), value) for name, value in values.items()]
    for field in kind.fields:
        if field.needed and not values.get(field.name):
            raise FieldNeeded(kind=kind.name, field=field.name)
    with transaction(node):
        row = model_of(kind)(pk=new_uuid(node))
        if has_column(kind, "created_at"):
            row.created_at = node.clock.now()  # type: ignore[attr-defined]  # asked for above
        for field, value in given:
            _check(field, value)
            for column, stored in columns_of(kind, field, value).items():
                setattr(row, column, stored)
        row.save(force_insert=True)
        shown = {field.name: _told(_plain(field, value)) for field, value in given}
        record(node, f"{kind.name}_created", row.pk, actor.user_id, values=shown)
        index_facts(kind, [row])
    return UUID(str(row.pk))


def correct_fact(node: Node, actor: Actor, kind: Kind, id_: UUID, values: Mapping[str, Any]) -> None:
    """Correct what is given of a fact, as the change rules allow; texts are added to, or replace, those of their
    languages.

    Raises `NeverChanges`, `UnknownCode`, `NoSuchFact`, `NoSuchKind` for an unknown field, `RoleMissing`.
    """
    require_role(actor, *(Role(name) for name in kind.writers))
    with transaction(node):
        row = lock_row(model_of(kind), id_, kind.name)
        changes: dict[str, Any] = {}
        for field, value in ((kind.field(name), value) for name, value in values.items()):
            _check(field, value)
            old = getattr(row, field.column)
            if field.change in (Change.NEVER, Change.DERIVED) or (field.change is Change.FILL and old):
                raise NeverChanges(kind=kind.name, field=field.name)
            merged = {**old, **value} if field.type in BY_CODE else value
            changes |= columns_of(kind, field, merged)
        save_changes(node, actor.user_id, row, kind.name, changes)
        index_facts(kind, [row])


def _check(field: Field, value: Any) -> None:  # noqa: ANN401 - whatever the field holds
    if field.type is FieldType.CODE and value and str(value) not in field.codes:
        raise UnknownCode(value=str(value)[:40], what=field.name, allowed=", ".join(field.codes))
    if field.type is FieldType.LINK and value is not None:
        to = load_kinds().get(field.to)
        if not model_of(to)._default_manager.filter(pk=value).exists():  # noqa: SLF001 - the manager of any model
            raise NoSuchFact(kind=to.name, id=value)


def columns_of(kind: Kind, field: Field, value: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    """Return the columns that hold a value; of a kind's own date also the one by which lists are ordered."""
    if field.basis:
        found: dict[str, Any] = {
            field.column: value.value if value else "",
            field.basis: value.basis.value if value else "",
        }
        dated = kind.sorted_by == field.name and has_column(kind, SORT_DATE)
        return {**found, SORT_DATE: sort_date(value)} if dated else found
    return {field.column: _plain(field, value)}


def _plain(field: Field, value: Any) -> Any:  # noqa: ANN401 - the same
    """Return a value as a column and the journal hold it."""
    if field.type in (FieldType.LINK, FieldType.NUMBER, FieldType.YESNO):
        return value
    if field.type is FieldType.TEXTS:
        return {language: " ".join(text.split())[: field.longest] for language, text in value.items() if text.strip()}
    if field.type is FieldType.BY_STATE:
        return dict(value)
    if field.type in SEVERAL:
        return [str(item) for item in value or ()]
    return (value.value if isinstance(value, PartialDate) else str(value or ""))[: field.longest]


def _told(value: Any) -> Any:  # noqa: ANN401 - the same
    """Return a column's value as canonical JSON has it."""
    return str(value) if isinstance(value, UUID) else value


def save_fact(kind: Kind, row: Any) -> None:  # noqa: ANN401 - a row of the kind's model
    """Save a row in which a settled value stands, with its words in the search index."""
    row.save()
    index_facts(kind, [row])
