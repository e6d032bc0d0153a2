"""What must hold between the cells of a fact, and what makes two new rows of one import the same fact."""

from collections.abc import Callable, Collection, Mapping

from entraide.search.domain.folding import fold_name
from entraide.tables.domain.cells import split_list
from entraide.tables.domain.difference import KEY, Known
from entraide.tables.domain.permalinks import id_of

CellsAt = Callable[[str, str], Mapping[str, str]]
"""Returns the cells of the fact that a link of a table leads to, also of one that the import adds."""
Found = tuple[str, str, Mapping[str, str]]
"""Column, code of the refusal, and what fills its message."""


def check_fact(
    table: str, cells: Mapping[str, str], permalink: str, changed: Collection[str], at: CellsAt, known: Known
) -> list[Found]:
    """Return what does not hold in a fact as it would be; `permalink` is its own, empty for a new one."""
    checks = {
        "mechanisms": _check_mechanism,
        "meetings": _check_meeting,
        "instruments": _check_instrument,
        "commitments": _check_commitment,
    }
    check = checks.get(table)
    return check(cells, permalink, changed, at, known) if check else []


def identity_of(table: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return what two new rows of one fact have in common; empty where nothing tells."""
    names = _NATURAL[table]
    if table == "meetings" and not (cells.get("series") and cells.get("ordinal")):
        names = ("mechanism", "series", "kind", "name", "date", "place", "level")
    parts = [(name, _folded(name, cells)) for name in names]
    return (table, *(f"{name}={value}" for name, value in parts)) if any(value for _, value in parts) else ()


_NATURAL = {
    "organisations": ("state", "name"),
    "posts": ("organisation", "title"),
    "tenures": ("post", "person"),
    "mechanisms": ("states", "organisations"),
    "series": ("mechanism", "level", "name"),
    "meetings": ("series", "ordinal"),
    "delegations": ("meeting", "name"),
    "instruments": ("mechanism", "meeting", "kind", "period", "title"),
    "actions": ("instrument", "kind", "date"),
    "commitments": ("mechanism", "instrument", "meeting", "domain", "status", "period", "text"),
}


def _folded(name: str, cells: Mapping[str, str]) -> str:
    if name in cells:
        return cells[name] if KEY in cells[name] or "://" in cells[name] else fold_name(cells[name])
    return "/".join(fold_name(text) for key, text in sorted(cells.items()) if key.startswith(f"{name}_"))


def _check_mechanism(
    cells: Mapping[str, str], permalink: str, _changed: Collection[str], _at: CellsAt, _known: Known
) -> list[Found]:
    return [] if permalink or len(split_list(cells.get("states", ""))) > 1 else [("states", "too_few_parties", {})]


def _check_meeting(
    cells: Mapping[str, str], permalink: str, changed: Collection[str], at: CellsAt, known: Known
) -> list[Found]:
    found = _same_mechanism(cells, ("series",), at, changed)
    series, ordinal = cells.get("series", ""), cells.get("ordinal", "")
    if ordinal and not series:
        found.append(("ordinal", "ordinal_without_series", {}))
    if ordinal and series and not series.startswith(KEY) and {"series", "ordinal"} & set(changed):
        others = known.named("meetings", {"series": series, "ordinal": ordinal}, "")
        taken = next((item for item in others if item.permalink != permalink), None)
        if taken is not None:
            params = {"candidates": f"{taken.summary} <{taken.permalink}>"}
            found.append(("ordinal", "ordinal_taken", params))
    return found


def _check_instrument(
    cells: Mapping[str, str], permalink: str, changed: Collection[str], at: CellsAt, known: Known
) -> list[Found]:
    found = _same_mechanism(cells, ("meeting",), at, changed)
    mechanism = cells.get("mechanism", "")
    if cells.get("kind") != "plan" or not cells.get("period") or not {"kind", "period"} & set(changed):
        return found
    if mechanism and not mechanism.startswith(KEY):
        others = known.named("instruments", {"kind": "plan", "period": cells["period"]}, mechanism)
        other = next((item for item in others if item.permalink != permalink), None)
        if other is not None:
            found.append(("period", "looks_known", {"candidates": f"{other.summary} <{other.permalink}>"}))
    return found


def _check_commitment(
    cells: Mapping[str, str], _permalink: str, changed: Collection[str], at: CellsAt, _known: Known
) -> list[Found]:
    found = _same_mechanism(cells, ("instrument", "meeting"), at, changed)
    if not cells.get("instrument") and not cells.get("meeting"):
        found.append(("instrument", "origin_missing", {}))
    signed = cells.get("instrument") and at("instruments", cells["instrument"]).get("signed_here") == "yes"
    if signed and "instrument" in changed:
        found.append(("instrument", "immutable", {}))
    return found


def _same_mechanism(
    cells: Mapping[str, str], names: Collection[str], at: CellsAt, changed: Collection[str]
) -> list[Found]:
    tables = {"series": "series", "meeting": "meetings", "instrument": "instruments"}
    own = cells.get("mechanism", "")
    return [
        (name, "other_mechanism", {"name": name})
        for name in names
        if name in changed and cells.get(name) and _comparable(at(tables[name], cells[name]).get("mechanism", ""), own)
    ]


def _comparable(theirs: str, own: str) -> bool:
    """Whether two links to mechanisms lead to different ones."""
    if not theirs or not own:
        return False
    if KEY in theirs or KEY in own:
        return theirs != own
    return id_of(theirs) != id_of(own)
