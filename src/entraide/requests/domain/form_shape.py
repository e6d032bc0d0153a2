"""Whether the YAML of a form has the shape of one: known keys, and numbers, texts, lists where they are expected.

What does not fit is said in one sentence with section, field and key, before anything is made of it: a word that was
mistyped must not become a question without its condition.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

_SAID: Final[Mapping[type, str]] = {
    bool: "true or false",
    int: "a whole number",
    str: "a text",
    list: "a list",
    dict: "a table of keys",
}
_FORM: Final[Mapping[str, type]] = {
    "id": str, "version": int, "domain": str, "sources": list, "retention_days": int, "traits": list, "always": dict,
    "sections": list, "clocks": list, "preservation": dict, "released": object,
}  # fmt: skip
_FIELD: Final[Mapping[str, type]] = {
    "id": str, "kind": str, "codes": str, "required": bool, "required_when": dict, "waived_when": dict,
    "personal": bool, "max": int, "min": int, "minimum": int, "maximum": int, "days_from_now": dict, "must_be": dict,
    "side": str, "one_of": list, "fields": list, "fact": object, "first": dict,
}  # fmt: skip
_INNER: Final[Mapping[str, Mapping[str, type]]] = {
    "required_when": {"field": str, "in": list, "filled": bool},
    "waived_when": {"field": str, "in": list, "filled": bool},
    "days_from_now": {"at_least": int, "at_most": int},
    "must_be": {"value": str, "rule": str},
    "first": {"value": object, "known": str, "days": int, "retention": bool, "asked": str},
}
_CLOCK: Final[Mapping[str, type]] = {"id": str, "within": dict, "urgent": dict, "met_by": list}
_SECTION: Final[Mapping[str, type]] = {"id": str, "fields": list}
_SOURCE: Final[Mapping[str, type]] = {"text": str, "status": str}
_TIME: Final[Mapping[str, type]] = {"days": int, "hours": int, "minutes": int}
_NEEDED: Final = ("id", "version", "released", "sources", "retention_days", "sections")


def find_rough_defects(structure: Mapping[str, Any]) -> list[str]:
    """Return what keeps `structure` (as it was written) from being walked: keys that lack, sections without fields."""
    defects = [f"{name!r} is missing" for name in _NEEDED if name not in structure]
    defects += _of_table("the form", structure, _FORM)
    if defects:
        return defects
    for name, known in (("sections", _SECTION), ("sources", _SOURCE), ("clocks", _CLOCK)):
        for number, item in enumerate(structure.get(name, ()), 1):
            defects += _of_entry(f"{name}, no. {number}", item, known)
    return defects


def find_shape_defects(structure: Mapping[str, Any], kinds: type[StrEnum]) -> list[str]:
    """Return what in `structure` (shared fields written out) is no form, one sentence each; a field has one of `kinds`.

    An empty list says that every key is known and holds what it may hold, not that the words in it name something.
    """
    defects = []
    if structure["retention_days"] < 1:
        defects.append("retention_days: a record is kept for at least one day")
    for section in structure["sections"]:
        defects += (defect for item in section["fields"] for defect in _of_field(item, kinds))
    for clock in structure.get("clocks", ()):
        for key in ("within", "urgent"):
            defects += _of_table(f"clock {clock['id']}: {key}", clock.get(key, {}), _TIME)
    return defects


def _of_entry(place: str, item: Any, known: Mapping[str, type]) -> Iterator[str]:  # noqa: ANN401 - any value of YAML
    if not isinstance(item, dict):
        yield f"{place}: it is {_SAID[dict]}"
        return
    yield from (f"{place}: {key!r} is missing" for key in known if key not in item and key != "urgent")
    yield from _of_table(place, item, known)


def _of_field(item: Mapping[str, Any], kinds: type[StrEnum], row: str = "") -> Iterator[str]:
    name = f"{row}{item.get('id', '?')}"
    place = f"field {name}"
    yield from (f"{place}: {key!r} is missing" for key in ("id", "kind") if key not in item)
    yield from _of_table(place, item, _FIELD)
    for key, known in _INNER.items():
        yield from _of_inner(f"{place}: {key}", item.get(key, {}), known)
    if "kind" in item and item["kind"] not in [kind.value for kind in kinds]:
        yield f"{place}: there is no kind {item['kind']}; the kinds are {', '.join(kind.value for kind in kinds)}"
    for child in item["fields"] if isinstance(item.get("fields"), list) else ():
        yield from _of_field(child, kinds, f"{name}.")


def _of_inner(place: str, item: Any, known: Mapping[str, type]) -> Iterator[str]:  # noqa: ANN401 - any value of YAML
    if isinstance(item, dict):  # else it is said of the table that it stands in
        yield from _of_table(place, item, known)


def _of_table(place: str, item: Mapping[str, Any], known: Mapping[str, type]) -> Iterator[str]:
    if unknown := sorted(str(key) for key in set(item) - set(known)):
        yield f"{place}: unknown {unknown}; known are {', '.join(sorted(known))}"
    for key, kind in known.items():
        if key in item and not _is(item[key], kind):
            yield f"{place}: {key} is {_SAID[kind]}, not {item[key]!r}"


def _is(value: object, kind: type) -> bool:
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))
