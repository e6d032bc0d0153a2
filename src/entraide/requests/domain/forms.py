"""Forms: what a request of a type must say, as frozen values read from reviewed YAML.

A form is structure only (labels lie apart), is versioned, and has a digest over its canonical structure; a released
request names form, version and digest, so both nodes know that they mean the same questions.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final

from entraide.kernel.canonical import canonical_bytes
from entraide.requests.domain.fact_links import FactLink, Linked, Reading, find_link_defects, parse_links
from entraide.requests.domain.first_answers import First, parse_first
from entraide.requests.domain.form_shape import find_rough_defects, find_shape_defects
from entraide.safeguards.domain.shape import FactType, describe_facts

COMMON: Final = "common"
"""The name of the file of the fields that forms share."""
FORM_LABEL: Final = b"entraide/form/v1\x00"


class FieldKind(StrEnum):
    """What a field holds, and how its value is written in the content of a request."""

    TEXT = "text"
    """One line of text."""
    LONG_TEXT = "long_text"
    """Text of several lines."""
    CODE = "code"
    """One code of the list `codes`."""
    CODES = "codes"
    """A list of codes of the list `codes`, without repetition."""
    DATE = "date"
    """A calendar date, ISO 8601."""
    PARTIAL_DATE = "partial_date"
    """A date as far as it is known, in EDTF."""
    MOMENT = "moment"
    """A moment in UTC, ISO 8601 to the second with `Z`."""
    INTEGER = "integer"
    """A whole number."""
    STATE = "state"
    """An ISO 3166-1 alpha-2 code."""
    AUTHORITY = "authority"
    """The id of a registered authority of the own side or of the partner."""
    IDENTIFIER = "identifier"
    """The value of an identifier of data, of the kind that the row's `kind` names."""
    ROWS = "rows"
    """A list of rows with fields of their own."""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a field is required or waived: another field of the same row or form holds one of `values`, or anything."""

    field: str
    values: tuple[str, ...] = ()

    def holds(self, content: Mapping[str, Any]) -> bool:
        """Whether the condition holds in `content` (of the row that the field is in, or of the form)."""
        value = content.get(self.field)
        if not self.values:
            return value not in (None, "", [])
        if isinstance(value, list | tuple):
            return any(item in self.values for item in value)
        return value in self.values


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form; `links` say which facts of the safeguards its answer tells."""

    id: str
    kind: FieldKind
    codes: str = ""
    required: bool = False
    required_when: Condition | None = None
    waived_when: Condition | None = None
    personal: bool = False
    max: int = 0
    min: int = 0
    minimum: int | None = None
    maximum: int | None = None
    at_least_days: int | None = None
    at_most_days: int | None = None
    must_be: str = ""
    must_be_rule: str = ""
    side: str = ""
    one_of: tuple[str, ...] = ()
    fields: tuple["Field", ...] = ()
    links: tuple[FactLink, ...] = ()
    first: First | None = None

    def is_required(self, content: Mapping[str, Any]) -> bool:
        """Whether `content` (the row or the form that the field is in) makes the field required."""
        if self.waived_when is not None and self.waived_when.holds(content):
            return False
        return self.required or (self.required_when is not None and self.required_when.holds(content))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form with its fields, in the order in which people are asked."""

    id: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A promise with a time: `within` (or `urgent`) of receipt, kept by any event of `met_by`."""

    id: str
    within: timedelta
    urgent: timedelta
    met_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class PreservationRule:
    """How long data stays preserved: at least `at_least`, until the field `until`; `warnings` before the end."""

    at_least: timedelta
    until: str
    warnings: tuple[timedelta, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule of the form comes from, and whether the text was `seen` or is `to_confirm`."""

    text: str
    status: str


@dataclass(frozen=True, slots=True)
class Form:
    """A request type (or the answer, the acknowledgement): its sections, clocks and retention. `digest` is hex.

    `traits` are what the rules look at in a type that they do not know by name, `always` facts that hold for every
    request of the type, by path.
    """

    id: str
    version: int
    digest: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    retention: timedelta
    domain: str = ""
    clocks: tuple[ClockRule, ...] = ()
    preservation: PreservationRule | None = None
    traits: frozenset[str] = frozenset()
    always: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)
    by_id: Mapping[str, Field] = field(default_factory=dict, compare=False, hash=False)

    @property
    def fields(self) -> Iterator[Field]:
        """All fields of all sections, in order."""
        return iter(self.by_id.values())


def parse_form(structure: Mapping[str, Any], common: Mapping[str, Any]) -> Form:
    """Return the form of the YAML `structure`, its named fields taken from the shared fields `common`.

    Raises `KeyError`, `TypeError` or `ValueError` for a structure that is no form, or one that names a fact that the
    safeguards do not have: a defect of the vocabulary, which a test finds, never something that a person typed.
    """
    if wrong := find_rough_defects(structure):
        raise ValueError(f"form {structure.get('id', '?')}: {'; '.join(wrong)}")
    resolved = _resolve(structure, common)
    if wrong := find_shape_defects(resolved, FieldKind):
        raise ValueError(f"form {resolved.get('id', '?')}: {'; '.join(wrong)}")
    sections = tuple(
        Section(section["id"], tuple(_field(item) for item in section["fields"])) for section in resolved["sections"]
    )
    by_id = {item.id: item for section in sections for item in section.fields}
    asked = [item.id for section in sections for item in section.fields]
    if twice := sorted({name for name in asked if asked.count(name) > 1}):
        raise ValueError(f"form {structure['id']}: a field is asked twice: {', '.join(twice)}")
    if defects := [*find_link_defects(_linked(by_id.values())), *_always_defects(resolved.get("always", {}))]:
        raise ValueError(f"form {structure['id']}: {'; '.join(defects)}")
    return Form(
        id=resolved["id"],
        version=resolved["version"],
        digest=hashlib.sha256(FORM_LABEL + canonical_bytes(_asked(resolved))).hexdigest(),
        sections=sections,
        sources=tuple(Source(item["text"], item["status"]) for item in resolved["sources"]),
        retention=timedelta(days=resolved["retention_days"]),
        domain=resolved.get("domain", ""),
        clocks=tuple(_clock(item) for item in resolved.get("clocks", ())),
        preservation=_preservation(resolved.get("preservation")),
        traits=frozenset(resolved.get("traits", ())),
        always=resolved.get("always", {}),
        by_id=by_id,
    )


def personal_fields(fields: Sequence[Field]) -> frozenset[str]:
    """Return the ids of the fields that may hold personal data."""
    return frozenset(item.id for item in fields if item.personal)


def _resolve(structure: Mapping[str, Any], common: Mapping[str, Any]) -> dict[str, Any]:
    """The whole structure in canonical types, shared fields written out: what the digest covers."""
    resolved = {key: value for key, value in structure.items() if key != "sections"}
    resolved["released"] = str(structure["released"])
    resolved["sections"] = [
        {
            "id": section["id"],
            "fields": [_written_out(item, common) for item in section["fields"]],
        }
        for section in structure["sections"]
    ]
    return resolved


def _written_out(item: Any, common: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a name or a field of YAML
    """A field as it is asked here: named alone, named with what this form asks otherwise (`shared`), or its own."""
    shared = item if isinstance(item, str) else item.get("shared")
    if shared is None:
        return dict(item)
    if shared not in common:
        like = get_close_matches(str(shared), common, 1)
        raise ValueError(f"{shared} is no shared field of {COMMON}.yaml" + (f"; {like[0]} is" if like else ""))
    changes = {key: value for key, value in item.items() if key != "shared"} if isinstance(item, dict) else {}
    return {"id": shared, **common[shared], **changes}


def _asked(value: Any) -> Any:  # noqa: ANN401 - walks any value of a form's structure
    """The structure without what is only proposed: what both nodes must mean alike."""
    if isinstance(value, dict):
        return {key: _asked(item) for key, item in value.items() if key != "first"}
    return [_asked(item) for item in value] if isinstance(value, list) else value


def _linked(fields: Iterable[Field], rows: str | None = None) -> Iterator[Linked]:
    for item in fields:
        yield from (Linked(link, item.id, item.kind.value, rows) for link in item.links)
        made = [link.path for link in item.links if link.reading is Reading.ANSWER]
        yield from _linked(item.fields, made[0] if made else "")


def _always_defects(always: Mapping[str, Any]) -> Iterator[str]:
    for path, value in always.items():
        shape = describe_facts().get(path)
        if (
            shape is None
            or shape.items
            or shape.kind not in (FactType.FLAG, FactType.ANSWER)
            or value not in (True, False)
        ):
            yield f"always: {path} is no fact that is true or false"


def _field(item: Mapping[str, Any]) -> Field:
    expected = item.get("must_be", {})
    return Field(
        id=item["id"],
        kind=FieldKind(item["kind"]),
        codes=item.get("codes", ""),
        required=item.get("required", False),
        required_when=_condition(item.get("required_when")),
        waived_when=_condition(item.get("waived_when")),
        personal=item.get("personal", False),
        max=item.get("max", 0),
        min=item.get("min", 0),
        minimum=item.get("minimum"),
        maximum=item.get("maximum"),
        at_least_days=item.get("days_from_now", {}).get("at_least"),
        at_most_days=item.get("days_from_now", {}).get("at_most"),
        must_be=expected.get("value", ""),
        must_be_rule=expected.get("rule", ""),
        side=item.get("side", ""),
        one_of=tuple(item.get("one_of", ())),
        fields=tuple(_field(child) for child in item.get("fields", ())),
        links=parse_links(item.get("fact")),
        first=parse_first(item.get("first")),
    )


def _condition(item: Mapping[str, Any] | None) -> Condition | None:
    if item is None:
        return None
    return Condition(item["field"], tuple(item.get("in", ())))


def _clock(item: Mapping[str, Any]) -> ClockRule:
    within = timedelta(**item["within"])
    return ClockRule(item["id"], within, timedelta(**item.get("urgent", item["within"])), frozenset(item["met_by"]))


def _preservation(item: Mapping[str, Any] | None) -> PreservationRule | None:
    if item is None:
        return None
    return PreservationRule(
        timedelta(days=item["at_least_days"]),
        item["until"],
        tuple(timedelta(days=days) for days in sorted(item["warn_days"], reverse=True)),
    )
