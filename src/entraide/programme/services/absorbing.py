"""One fact goes into another: what names it names the other, what that lacks it gives, and every row is remembered.

By declarations and the models alone: links of any table, and columns like `tenure_id` of contexts that know the fact
by its id only. Nothing is lost: what cannot stand beside the fact that is kept is kept in the log of changes.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models

from entraide.directory.api import list_tenures
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.adapters.columns import model_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.domain.dates import relate_dates
from entraide.programme.domain.facts import Contradiction
from entraide.programme.domain.kinds import Change, Field, FieldType, Kind
from entraide.programme.domain.matching import refine_date
from entraide.programme.domain.relating import contradictions_of
from entraide.programme.domain.words import fold_words
from entraide.programme.models import (
    ActionSignatory,
    CommitmentCoverage,
    CommitmentListing,
    CommitmentTally,
    InstrumentAction,
    MeetingPerson,
    MeetingReference,
    RecordedContradiction,
)
from entraide.storage.api import ChangeLog, transaction

DERIVED = (CommitmentListing, CommitmentCoverage, CommitmentTally)
"""Tables that are made again from others: who joins has taken out what belongs to the facts, and enters it again."""
PERSON = "person"
MERGED = frozenset({FieldType.TEXTS, FieldType.BY_STATE})
PEOPLE: tuple[tuple[type[models.Model], str], ...] = ((MeetingPerson, "meeting"), (ActionSignatory, "action"))
CHANGED = (Change.ALWAYS, Change.FILL)


@dataclasses.dataclass
class JoinLog(ChangeLog):
    """What a join changes, and where each fact went that now stands in another, by kind and former id."""

    went: dict[tuple[str, UUID], UUID] = dataclasses.field(default_factory=dict)


def absorb(node: Node, log: JoinLog, kind: Kind, into: Any, other: Any) -> None:  # noqa: ANN401 - rows of any model
    """Let `into` stand for both rows of a kind, within the running transaction."""
    other_id: UUID = other.pk
    _move_links(node, log, kind, into, other)
    _move_names(node, log, kind, into.pk, other.pk)
    given = {column.attname: getattr(other, column.attname) for column in other._meta.concrete_fields}  # noqa: SLF001 - Django's documented model API
    log.take_out(type(other)._default_manager.get(pk=other.pk))  # noqa: SLF001 - of any model
    log.went[kind.name, other_id] = into.pk
    _complete(node, log, kind, into, given)
    _tidy(node, log, kind, into)


def kind_of_model(model: type[models.Model]) -> Kind | None:
    """Return the kind whose facts are rows of a model, or None."""
    return next((kind for kind in load_kinds() if kind.model and model_of(kind) is model), None)


def _move_links(node: Node, log: JoinLog, kind: Kind, into: Any, other: Any) -> None:  # noqa: ANN401 - the same
    stays = kind.resembles.stays if kind.resembles else ()
    for relation in other._meta.related_objects:  # noqa: SLF001 - Django's documented model API
        name = relation.field.name
        for row in list(relation.related_model._default_manager.filter(**{name: other})):  # noqa: SLF001 - the same
            if isinstance(row, DERIVED):
                row.delete()
            elif row._meta.label in stays:  # noqa: SLF001 - the same
                log.take_out(row)
            else:
                _move(node, log, row, name, into)


def _move(node: Node, log: JoinLog, row: Any, name: str, into: Any) -> None:  # noqa: ANN401 - the same
    """Let a row name the fact that is kept; as an alias or at the end of a list where its place is taken."""
    for values in ({name: into}, *_other_places(row, name, into)):
        try:
            with transaction(node):
                log.set(row, **values)
        except IntegrityError:
            row.refresh_from_db()
        else:
            return
    beside = _beside(row, name, into)
    kind = kind_of_model(type(row))
    if beside is not None and kind is not None:
        absorb(node, log, kind, beside, row)
    else:
        log.take_out(row)


def _other_places(row: Any, name: str, into: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - the same
    names = {column.name for column in row._meta.concrete_fields}  # noqa: SLF001 - Django's documented model API
    if "is_alias" in names:
        language = row.language if "title" in names else ""
        yield {name: into, "is_alias": True, "language": language}
    if "position" in names:
        last = type(row)._default_manager.filter(**{name: into}).order_by("-position").first()  # noqa: SLF001 - the same
        yield {name: into, "position": last.position + 1 if last else 0}


def _beside(row: Any, name: str, into: Any) -> Any:  # noqa: ANN401 - the same
    """Return the row of the fact that is kept which stands where this one would, by what a table has once."""
    for constraint in row._meta.constraints:  # noqa: SLF001 - Django's documented model API
        fields = getattr(constraint, "fields", ())
        if name not in fields:
            continue
        wanted = {field: into if field == name else getattr(row, field) for field in fields}
        rows = type(row)._default_manager.filter(**wanted).exclude(pk=row.pk)  # noqa: SLF001 - the same
        if constraint.condition is not None:
            rows = rows.filter(constraint.condition)
        if (found := rows.first()) is not None:
            return found
    return None


def _move_names(node: Node, log: JoinLog, kind: Kind, into: UUID, other: UUID) -> None:
    """Let what knows the fact by kind and id, or by id in a column named after its kind, know the one kept."""
    for model in apps.get_models():
        if {"fact_kind", "fact_id"} <= {column.name for column in model._meta.concrete_fields}:  # noqa: SLF001 - Django's documented model API
            for row in model._default_manager.filter(fact_kind=kind.name, fact_id=other):  # noqa: SLF001 - of any model
                _rename(node, log, row, fact_id=into)
    for model, name in _columns_named(kind.name):
        for row in model._default_manager.filter(**{name: other}):  # noqa: SLF001 - of any model
            _rename(node, log, row, **{name: into})


def _rename(node: Node, log: JoinLog, row: Any, **values: Any) -> None:  # noqa: ANN401 - the same
    try:
        with transaction(node):
            log.set(row, **values)
    except IntegrityError:
        log.take_out(type(row)._default_manager.get(pk=row.pk))  # noqa: SLF001 - it is said there already


def _columns_named(kind: str) -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        for column in model._meta.concrete_fields:  # noqa: SLF001 - Django's documented model API
            named = column.name == f"{kind}_id" or column.name.endswith(f"_{kind}_id")
            if isinstance(column, models.UUIDField) and named:
                yield model, column.name


def _complete(node: Node, log: JoinLog, kind: Kind, into: Any, given: Mapping[str, Any]) -> None:  # noqa: ANN401 - the same
    """Give the fact that is kept what only the other had; where both differ, keep what the other says beside it."""
    fields = [field for field in kind.fields if field.column in given]
    recorded = {field.name: _value(field, vars(into)[field.column], vars(into)) for field in fields}
    told = {field.name: _value(field, given[field.column], given) for field in fields}
    values = _gained(kind, fields, recorded, told)
    if given.get("reported") and not into.reported:
        values |= {"reported": True, "kind": given["kind"]}
    values |= _sort_date(kind, into, given, values)
    if values:
        log.set(into, **values)
    for item in contradictions_of(kind.fields, recorded, told):
        _keep_beside(node, log, kind, into.pk, item)


def _gained(
    kind: Kind, fields: Iterable[Field], recorded: Mapping[str, Any], told: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the fact that is kept gains, by column; a number only where both count among the same."""
    values: dict[str, Any] = {}
    for field in fields:
        if field.among and (values.get(_link(kind, field)) or recorded.get(field.among)) != told.get(field.among):
            continue
        values.update(_filled(field, recorded[field.name], told[field.name]))
    return values


def _sort_date(kind: Kind, into: Any, given: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - the same
    """Return the date to sort by: of the date that was gained, else the other's where there is none."""
    if "sort_date" in given and values.get(kind.dated):
        return {"sort_date": PartialDate(values[kind.dated]).earliest}
    if given.get("sort_date") and getattr(into, "sort_date", None) is None:
        return {"sort_date": given["sort_date"]}
    return {}


def _keep_beside(node: Node, log: JoinLog, kind: Kind, fact_id: UUID, item: Contradiction) -> None:
    """Keep what the other fact says otherwise beside the one that is kept, unless it is known there."""
    statement = RecordedContradiction(
        id=new_uuid(node), fact_kind=kind.fact, fact_id=fact_id, field=item.field, value=item.given[:500],
        created_at=node.clock.now(),
    )  # fmt: skip
    known = RecordedContradiction.objects.filter(fact_id=fact_id, field=item.field, value=statement.value)
    if not known.exists():
        log.put_in(statement)


def _link(kind: Kind, field: Field) -> str:
    return kind.field(field.among).column


def _value(field: Field, value: Any, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever the field holds
    if field.type is FieldType.EDTF and field.basis and value:
        return PartialDate(value, DateBasis(values[field.basis]))
    return tuple(value) if isinstance(value, list) else value


def _filled(field: Field, known: Any, given: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    if given in (None, "", (), {}) or field.change not in CHANGED:
        return {}
    if field.type in MERGED:
        return {field.column: {**given, **(known or {})}}
    if field.type is FieldType.LIST:
        return {field.column: list(dict.fromkeys((*(known or ()), *given)))}
    if isinstance(given, PartialDate):
        date = refine_date(known or None, given)
        return {field.column: date.value, field.basis: date.basis.value} if date else {}
    return {} if known not in (None, "") else {field.column: given}


def _tidy(node: Node, log: JoinLog, kind: Kind, into: Any) -> None:  # noqa: ANN401 - the same
    """Take out what the join made double: one person twice in a list, one action twice, a meeting that names itself."""
    if kind.name == PERSON:
        _tidy_tenures(node, log, into.pk)
        return
    for model, name in PEOPLE:
        if name == kind.name:
            tidy_people(node, log, model, name, into.pk)
    if kind.name == "meeting":
        for reference in MeetingReference.objects.filter(meeting=into, referred=into):
            log.take_out(reference)
    if kind.name == "instrument":
        _tidy_actions(node, log, into.pk)


def _tidy_tenures(node: Node, log: JoinLog, person: UUID) -> None:
    """One person stands once in each list of people, however often and under whatever spelling a source names them."""
    tenures = [item.id for item in list_tenures(node, person_id=person)]
    for model, name in PEOPLE:
        places = model._default_manager.filter(tenure_id__in=tenures).values_list(f"{name}_id", flat=True)  # noqa: SLF001
        for place in sorted(set(places)):
            tidy_people(node, log, model, name, place)


def tidy_people(node: Node, log: JoinLog, model: type[models.Model], name: str, place: UUID) -> None:
    """Take out of the people of a meeting or an action who stands there already, by name and State or as one person."""
    kept: list[Any] = []
    rows: Iterable[Any] = model._default_manager.filter(**{f"{name}_id": place}).order_by("position")  # noqa: SLF001
    tenures = list_tenures(node, ids=[row.tenure_id for row in rows if row.tenure_id])
    persons: dict[UUID, UUID] = {item.id: item.person_id for item in tenures}
    for row in list(rows):
        same = next((one for one in kept if _is_one_person(one, row, persons)), None)
        if same is None:
            kept.append(row)
            continue
        filled = _gaps_filled(same, row)
        log.take_out(row)
        if filled:
            log.set(same, **filled)


def _gaps_filled(one: Any, other: Any) -> dict[str, Any]:  # noqa: ANN401 - rows of people
    """Return what `other` says of a person that `one` does not."""
    gaps = {part: getattr(other, part) for part in ("post", "state", "tenure_id") if not getattr(one, part)}
    return {part: value for part, value in gaps.items() if value}


def _is_one_person(one: Any, other: Any, persons: Mapping[UUID, UUID]) -> bool:  # noqa: ANN401 - rows of people
    if one.tenure_id in persons and persons[one.tenure_id] == persons.get(other.tenure_id):
        return True
    return bool(one.name) and fold_words(one.name) == fold_words(other.name) and (
        one.state == other.state or not one.state or not other.state
    )  # fmt: skip


def _tidy_actions(node: Node, log: JoinLog, instrument: UUID) -> None:
    """One act on one day is one action: its signatories go to the first."""
    kept: list[InstrumentAction] = []
    for row in InstrumentAction.objects.filter(instrument_id=instrument).order_by("created_at", "id"):
        same = next((one for one in kept if _is_same_action(one, row)), None)
        if same is None:
            kept.append(row)
            continue
        last = same.signatories.count()
        for at, signatory in enumerate(row.signatories.order_by("position")):
            log.set(signatory, action=same, position=last + at)
        _move_names(node, log, load_kinds().get("action"), same.pk, row.pk)
        log.take_out(row)
        tidy_people(node, log, ActionSignatory, "action", same.pk)


def _is_same_action(one: InstrumentAction, other: InstrumentAction) -> bool:
    if one.kind != other.kind or bool(one.date) != bool(other.date):
        return False
    return not one.date or not relate_dates(PartialDate(one.date), PartialDate(other.date)).differs
