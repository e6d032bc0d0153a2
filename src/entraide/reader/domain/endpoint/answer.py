"""From a model's answer to a reading: only what the text bears out, and a count of everything that was left out."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from entraide.reader.domain.endpoint.checks import Borne, Unborne, check_field, places_of
from entraide.reader.domain.endpoint.shape import ITEMS, MOST_ITEMS, NEEDED, BadAnswer, Dropped, Failure
from entraide.reader.domain.model import (
    Commitment,
    Evidence,
    Instrument,
    Meeting,
    Official,
    Party,
    Reading,
    Reference,
)
from entraide.reader.domain.reading import Opened

Fields = Mapping[str, Borne]
_HAS_VALUE_AND_QUOTE = {"value", "quote"}


@dataclass(frozen=True, slots=True)
class Verified:
    """A reading made of a model's answer, and how many parts of the answer were left out, by reason."""

    reading: Reading
    dropped: Mapping[Dropped, int]


def verify_answer(
    answer: Mapping[str, Any], rules: Reading, opened: Opened, *, reader: str, domains: Collection[str]
) -> Verified:
    """Return what of `answer` the text bears out, in place of what the rules read; `reader` is the model's name.

    `rules` is the rules' reading of the same text: its title, language and date stay. Raises `BadAnswer` when the
    answer names something and nothing of it is borne out, or when it names nothing where the rules find something.
    """
    dropped: Counter[Dropped] = Counter()
    dropped[Dropped.UNKNOWN_KEY] += len(set(answer) - set(ITEMS))
    kept = {kind: _items(answer.get(kind), kind, opened, domains, dropped) for kind in ITEMS}
    if not any(kept.values()) and (any(answer.get(kind) for kind in ITEMS) or _says_anything(rules)):
        raise BadAnswer(Failure.NOTHING_VERIFIED)
    made = _Maker(opened, reader, kept)
    reading = replace(
        rules,
        reader=reader,
        meetings=tuple(map(made.meeting, kept["meetings"])),
        instruments=tuple(map(made.instrument, kept["instruments"])),
        officials=tuple(map(made.official, kept["officials"])),
        commitments=tuple(map(made.commitment, kept["commitments"])),
        parties=tuple(map(made.party, kept["parties"])),
        references=tuple(map(made.reference, kept["references"])),
    )
    return Verified(reading, {reason: count for reason, count in sorted(dropped.items()) if count})


def _says_anything(reading: Reading) -> bool:
    return bool(reading.meetings or reading.instruments or reading.officials or reading.commitments)


def _items(
    given: object, kind: str, opened: Opened, domains: Collection[str], dropped: Counter[Dropped]
) -> list[Fields]:
    if given is None:
        return []
    if not isinstance(given, list):
        dropped[Dropped.BAD_VALUE] += 1
        return []
    dropped[Dropped.TOO_MANY] += max(0, len(given) - MOST_ITEMS)
    kept: list[Fields] = []
    seen: set[tuple[Any, ...]] = set()
    for item in given[:MOST_ITEMS]:
        fields = _fields(item, kind, opened, domains, dropped)
        if any(name not in fields for name in NEEDED[kind]):
            dropped[Dropped.INCOMPLETE] += 1
            continue
        key = tuple((name, fields[name].value) for name in ITEMS[kind] if name in fields)
        if key in seen:
            dropped[Dropped.REPEATED] += 1
            continue
        seen.add(key)
        kept.append(fields)
    return kept


def _fields(
    item: object, kind: str, opened: Opened, domains: Collection[str], dropped: Counter[Dropped]
) -> dict[str, Borne]:
    """Return the fields of one item that the text bears out; every other one is counted."""
    if not isinstance(item, dict):
        dropped[Dropped.BAD_VALUE] += 1
        return {}
    dropped[Dropped.UNKNOWN_KEY] += len(set(item) - set(ITEMS[kind]))
    spans: dict[str, list[tuple[int, int]]] = {}
    for name in ITEMS[kind]:
        field = item.get(name)
        if field is None or (isinstance(field, dict) and field.get("value") in (None, [])):
            continue
        if not isinstance(field, dict) or not isinstance(field.get("quote"), str) or set(field) - _HAS_VALUE_AND_QUOTE:
            dropped[Dropped.BAD_VALUE] += 1
            continue
        found = places_of(opened.clean.text, field["quote"])
        if found:
            spans[name] = found
        else:
            dropped[Dropped.QUOTE_NOT_IN_TEXT] += 1
    # A quote that stands in one place tells where the item is; the others are looked for near it.
    anchor = next((found[0][0] for found in spans.values() if len(found) == 1), None)
    borne: dict[str, Borne] = {}
    for name, found in spans.items():
        try:
            borne[name] = check_field(opened, domains, kind, name, item[name]["value"], found, anchor)
        except Unborne as error:
            dropped[error.reason] += 1
    return borne


class _Maker:
    """Makes the reader's own types of fields that are borne out."""

    def __init__(self, opened: Opened, reader: str, kept: Mapping[str, list[Fields]]) -> None:
        self._opened, self._reader = opened, reader
        self._chairs = {name for item in kept["meetings"] if "co_chairs" in item for name in item["co_chairs"].value}
        self._signers = {
            name for item in kept["instruments"] if "signatories" in item for name in item["signatories"].value
        }

    def meeting(self, item: Fields) -> Meeting:
        """A meeting; its level is inferred."""
        value = _values(item)
        return Meeting(
            value("type", ""), value("series", ""), value("ordinal", None), value("level", ""), value("date", None),
            value("place", None), value("co_chairs", ()), self._evidence(item),
        )  # fmt: skip

    def instrument(self, item: Fields) -> Instrument:
        """An instrument with what was done with it."""
        value = _values(item)
        return Instrument(
            value("kind", ""), value("title_short", ""), value("status", ""), value("date", None),
            value("period", None), value("signatories", ()), self._evidence(item),
        )  # fmt: skip

    def official(self, item: Fields) -> Official:
        """An official; the role follows from who chairs and who signs."""
        value = _values(item)
        name = value("name", "")
        roles = [role for role, names in (("co-chair", self._chairs), ("signatory", self._signers)) if name in names]
        return Official(
            name, value("post", ""), value("state", ""), ", ".join(roles or ["mentioned"]), self._evidence(item)
        )

    def commitment(self, item: Fields) -> Commitment:
        """A commitment; its quote is the passage of its domain."""
        shown = item["domain"]
        quote = " ".join(self._opened.clean.text[shown.start : shown.end].split())
        return Commitment(shown.value, item["status"].value, quote, self._evidence(item))

    def party(self, item: Fields) -> Party:
        """A party."""
        return Party(item["state"].value, _values(item)("organisation", ""), self._evidence(item))

    def reference(self, item: Fields) -> Reference:
        """A reference to another meeting."""
        value = _values(item)
        return Reference(
            value("series", ""), value("ordinal", None), value("date", None), value("place", None),
            value("when", ""), self._evidence(item),
        )  # fmt: skip

    def _evidence(self, item: Fields) -> dict[str, Evidence]:
        clean = self._opened.clean
        evidence = {}
        for name, borne in item.items():
            start, end = clean.original_span(borne.start, borne.end)
            evidence[name] = Evidence(
                start, end, borne.start, borne.end, clean.original[start:end], borne.basis,
                f"proposed by a model ({self._reader}), and its quote stands in the text",
            )  # fmt: skip
        return evidence


def _values(item: Fields) -> Callable[[str, Any], Any]:
    return lambda name, missing: item[name].value if name in item else missing
