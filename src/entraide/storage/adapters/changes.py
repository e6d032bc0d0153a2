"""Changes of rows that are remembered, so that an act that made them can be undone by another act.

Each row is kept as it stood before and after, in plain JSON. Undoing puts back what nobody has changed since; what
somebody has is left as it is and told. Used within a running transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of `model` (`programme.Meeting`): `before` and `after` hold the columns that changed; without `after` the
    row was taken out, and `before` is all of it; without `before` it was put in.
    """

    model: str
    key: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {"model": self.model, "key": self.key, "before": self.before, "after": self.after}


@dataclass
class ChangeLog:
    """What one act changes, in order."""

    changes: list[RowChange] = field(default_factory=list)

    def set(self, row: models.Model, **values: Any) -> None:  # noqa: ANN401 - values of any column
        """Change columns of a stored row, by name; raises Django's `IntegrityError`, and then nothing is remembered."""
        columns = [row._meta.get_field(name) for name in values]  # noqa: SLF001 - Django's documented model API
        before = _plain(row, columns)
        for name, value in values.items():
            setattr(row, name, value)
        after = _plain(row, columns)
        if before == after:
            return
        row.save(update_fields=[column.name for column in columns])
        self.changes.append(RowChange(row._meta.label, str(row.pk), before, after))  # noqa: SLF001 - the same

    def put_in(self, row: models.Model) -> None:
        """Store a new row."""
        row.save(force_insert=True)
        self.changes.append(RowChange(row._meta.label, str(row.pk), None, _plain(row, _columns(row))))  # noqa: SLF001 - the same

    def take_out(self, row: models.Model) -> None:
        """Take a row out of its table; all of it is remembered."""
        before = _plain(row, _columns(row))
        self.changes.append(RowChange(row._meta.label, str(row.pk), before, None))  # noqa: SLF001 - the same
        row.delete()


def revert_changes(changes: Iterable[Mapping[str, Any]]) -> list[RowChange]:
    """Put rows back as they stood before `changes`, the last first; return what was changed since and is left so."""
    left = []
    for item in reversed(list(changes)):
        change = RowChange(item["model"], item["key"], item["before"], item["after"])
        if not _revert(change):
            left.append(change)
    return left


def _revert(change: RowChange) -> bool:
    model = apps.get_model(change.model)
    if change.before is None:
        model._default_manager.filter(pk=change.key).delete()  # noqa: SLF001 - of any model
        return True
    if change.after is None:
        for restored in serializers.deserialize(
            "python", [{"model": change.model, "pk": change.key, "fields": dict(change.before)}]
        ):
            restored.save()
        return True
    row = model._default_manager.select_for_update().filter(pk=change.key).first()  # noqa: SLF001 - of any model
    if row is None:
        return False
    columns = [model._meta.get_field(name) for name in change.before]  # noqa: SLF001 - the same
    now = _plain(row, columns)
    free = [column for column in columns if now[column.name] == change.after[column.name]]
    for column in free:
        setattr(row, column.attname, _value(column, change.before[column.name]))
    if free:
        row.save(update_fields=[column.name for column in free])
    return len(free) == len(columns)


def _columns(row: models.Model) -> Sequence[Any]:
    columns = row._meta.concrete_fields  # noqa: SLF001 - Django's documented model API
    return [column for column in columns if not column.primary_key and not getattr(column, "generated", False)]


def _plain(row: models.Model, columns: Iterable[Any]) -> Values:
    return {column.name: _told(column, row) for column in columns}


def _told(column: Any, row: models.Model) -> Any:  # noqa: ANN401 - a value that JSON holds
    value = getattr(row, column.attname)
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return column.value_to_string(row)


def _value(column: Any, told: Any) -> Any:  # noqa: ANN401 - a value of the column
    return column.target_field.to_python(told) if column.remote_field else column.to_python(told)
