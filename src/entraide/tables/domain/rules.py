"""What must hold between the cells of a fact, and what makes two new rows of one import the same fact."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from entraide.search.domain.folding import fold_name
from entraide.tables.domain.cells import split_list
from entraide.tables.domain.difference import KEY, Known
from entraide.tables.domain.permalinks import id_of
from entraide.tables.domain.tables import ColumnType, Table

CellsAt = Callable[[str, str], Mapping[str, str]]
"""Returns the cells of the fact that a link of a table leads to, also of one that the import adds."""
Found = tuple[str, str, Mapping[str, str]]
"""Column, code of the refusal, and what fills its message."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A fact as it would be: `permalink` is its own, empty for a new one; `changed` are the columns that differ."""

    table: Table
    cells: Mapping[str, str]
    permalink: str
    changed: Collection[str]
    at: CellsAt
    known: Known


def check_fact(checked: Checked) -> list[Found]:
    """Return what does not hold in a fact, of the rules that its kind declares."""
    return [item for rule in checked.table.kind.rules for item in RULES[rule](checked)]


def identity_of(table: Table, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return what two new rows of one fact have in common; empty where nothing tells."""
    *firsts, last = table.kind.same
    names = next((item for item in firsts if all(_folded(name, cells) for name in item)), last)
    parts = [(name, _folded(name, cells)) for name in names]
    return (table.name, *(f"{name}={value}" for name, value in parts)) if any(value for _, value in parts) else ()


def _folded(name: str, cells: Mapping[str, str]) -> str:
    if name in cells:
        return cells[name] if KEY in cells[name] or "://" in cells[name] else fold_name(cells[name])
    return "/".join(fold_name(text) for key, text in sorted(cells.items()) if key.startswith(f"{name}_"))


def _several_parties(checked: Checked) -> list[Found]:
    few = len(split_list(checked.cells.get("states", ""))) < 2
    return [("states", "too_few_parties", {})] if few and not checked.permalink else []


def _ordinal_in_series(checked: Checked) -> list[Found]:
    series, ordinal = checked.cells.get("series", ""), checked.cells.get("ordinal", "")
    found: list[Found] = [("ordinal", "ordinal_without_series", {})] if ordinal and not series else []
    if ordinal and series and not series.startswith(KEY) and {"series", "ordinal"} & set(checked.changed):
        others = checked.known.named(checked.table.name, {"series": series, "ordinal": ordinal}, "")
        taken = next((item for item in others if item.permalink != checked.permalink), None)
        if taken is not None:
            params = {"candidates": f"{taken.summary} <{taken.permalink}>"}
            found.append(("ordinal", "ordinal_taken", params))
    return found


def _one_plan(checked: Checked) -> list[Found]:
    cells, mechanism = checked.cells, checked.cells.get("mechanism", "")
    if cells.get("kind") != "plan" or not cells.get("period") or not {"kind", "period"} & set(checked.changed):
        return []
    if not mechanism or mechanism.startswith(KEY):
        return []
    others = checked.known.named(checked.table.name, {"kind": "plan", "period": cells["period"]}, mechanism)
    other = next((item for item in others if item.permalink != checked.permalink), None)
    return [("period", "looks_known", {"candidates": f"{other.summary} <{other.permalink}>"})] if other else []


def _has_origin(checked: Checked) -> list[Found]:
    told = checked.cells.get("instrument") or checked.cells.get("meeting")
    return [] if told else [("instrument", "origin_missing", {})]


def _signed_origin(checked: Checked) -> list[Found]:
    """What was signed on this node gets no further commitments."""
    instrument = checked.cells.get("instrument", "")
    if not instrument or "instrument" not in checked.changed:
        return []
    column = checked.table.column("instrument")
    signed = column is not None and checked.at(column.to, instrument).get("signed_here") == "yes"
    return [("instrument", "immutable", {})] if signed else []


def _same_mechanism(checked: Checked) -> list[Found]:
    """Whatever a fact of a mechanism links to is of the same one, where it is of any."""
    own = checked.cells.get("mechanism", "")
    return [
        (column.name, "other_mechanism", {"name": column.name})
        for column in checked.table.exported
        if column.type is ColumnType.LINK and column.name != "mechanism" and column.name in checked.changed
        and checked.cells.get(column.name)
        and _comparable(checked.at(column.to, checked.cells[column.name]).get("mechanism", ""), own)
    ]  # fmt: skip


def _comparable(theirs: str, own: str) -> bool:
    """Whether two links to mechanisms lead to different ones."""
    if not theirs or not own:
        return False
    if KEY in theirs or KEY in own:
        return theirs != own
    return id_of(theirs) != id_of(own)


RULES: Mapping[str, Callable[[Checked], list[Found]]] = {
    "several_parties": _several_parties,
    "same_mechanism": _same_mechanism,
    "ordinal_in_series": _ordinal_in_series,
    "one_plan": _one_plan,
    "has_origin": _has_origin,
    "signed_origin": _signed_origin,
}
"""The rules that a declaration may name."""
