"""The JSON Schema of a form's content (dialect 2020-12), for programs that fill in or check a request.

It says what completeness checks without a clock: `days_from_now` stands in a comment. A field that is not answered is
absent, as in the content that travels; a blank answer, which completeness takes for none, is none here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from entraide.requests.domain.completeness import AUTHORITY, CONTROL, EMAIL, MOMENT, PHONE, STATE
from entraide.requests.domain.forms import Condition, Field, FieldKind, Form

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
PART_OF_A_DATE: Final = r"[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?"
SEEN: Final = r"[^\s\p{Cf}]"
Schema = dict[str, Any]
Labels = Callable[[str], str]


def derive_schema(form: Form, codes: Mapping[str, Sequence[str]], labels: Labels | None = None) -> Schema:
    """Return the JSON Schema of the contents that answer `form`; `codes` are the lists in the order of the schema.

    `labels` gives the title of a field by its path, such as `persons.name`. What the standard has no word for stands
    under `x-entraide`: whether a field is personal, and the facts that the safeguards read from it.
    """
    return {
        "$schema": DIALECT,
        "$id": f"urn:entraide:form:{form.id}:{form.version}:{form.digest}",
        **_object(tuple(form.fields), codes, "", labels or (lambda path: path)),
    }


def _object(fields: Sequence[Field], codes: Mapping[str, Sequence[str]], prefix: str, labels: Labels) -> Schema:
    by_id = {item.id: item for item in fields}
    required = [item.id for item in fields if item.required and item.waived_when is None]
    conditions = [*_needed(fields, by_id), *(kind for item in fields for kind in _identifier_kinds(item))]
    schema: Schema = {
        "type": "object",
        "properties": {item.id: _titled(item, codes, f"{prefix}{item.id}", labels) for item in fields},
        "required": required,
        "additionalProperties": False,
    }
    return schema | ({"allOf": conditions} if conditions else {})


def _titled(item: Field, codes: Mapping[str, Sequence[str]], path: str, labels: Labels) -> Schema:
    about: Schema = {"title": labels(path), **_value(item, codes, path, labels)}
    told = [{link.reading.value: link.path} for link in item.links]
    noted = {"personal": True} if item.personal else {}
    if told or noted:
        about["x-entraide"] = {**noted, **({"facts": told} if told else {})}
    return about


def _value(item: Field, codes: Mapping[str, Sequence[str]], path: str, labels: Labels) -> Schema:
    if item.kind is FieldKind.ROWS:
        return _rows(item, codes, path, labels)
    if item.kind is FieldKind.CODE:
        return {"const": item.must_be} if item.must_be else {"enum": list(codes[item.codes])}
    if item.kind is FieldKind.CODES:
        return _codes(item, codes[item.codes])
    return _number(item) if item.kind is FieldKind.INTEGER else _text(item)


def _rows(item: Field, codes: Mapping[str, Sequence[str]], path: str, labels: Labels) -> Schema:
    row = _object(item.fields, codes, f"{path}.", labels)
    if item.one_of:
        row["anyOf"] = [{"required": [name]} for name in item.one_of]
    return {"type": "array", "minItems": max(item.min, 1), "maxItems": item.max, "items": row}


def _codes(item: Field, codes: Sequence[str]) -> Schema:
    limit = {"maxItems": item.max} if item.max else {}
    return {"type": "array", "items": {"enum": list(codes)}, "minItems": 1, "uniqueItems": True, **limit}


def _number(item: Field) -> Schema:
    limits = {"minimum": item.minimum, "maximum": item.maximum}
    return {"type": "integer", **{name: value for name, value in limits.items() if value is not None}}


def _text(item: Field) -> Schema:
    limit = {"maxLength": item.max} if item.max else {}
    patterns = [{"pattern": SEEN}, {"pattern": f"^[^{CONTROL}]*$"}]
    return {"type": "string", **limit, **_FORMATS.get(item.kind, {}), **_comment(item), "allOf": patterns}


def _comment(item: Field) -> Schema:
    days = {"at least": item.at_least_days, "at most": item.at_most_days}
    said = " and ".join(f"{words} {number}" for words, number in days.items() if number is not None)
    return {"$comment": f"{said} days from the moment of the release"} if said else {}


_FORMATS: Final[Mapping[FieldKind, Schema]] = {
    FieldKind.DATE: {"format": "date", "pattern": f"^{DAY}$"},
    # A whole day must be one of the calendar; a pattern cannot say so, a format can.
    FieldKind.PARTIAL_DATE: {
        "anyOf": [
            {"format": "date", "pattern": f"^{DAY}$"},
            {"pattern": f"^(?!{DAY}$){PART_OF_A_DATE}(/{PART_OF_A_DATE})?$"},
        ]
    },
    FieldKind.MOMENT: {"format": "date-time", "pattern": f"^{MOMENT}$"},
    FieldKind.STATE: {"pattern": f"^{STATE}$"},
    FieldKind.AUTHORITY: {"format": "uuid", "pattern": f"^{AUTHORITY}$"},
}
_IDENTIFIERS: Final[Mapping[str, Schema]] = {
    "ip_port_utc": {"anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]},
    "email": {"pattern": f"^{EMAIL}$"},
    "phone": {"pattern": f"^{PHONE}$"},
    "url": {"pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]"},
}


def _needed(fields: Iterable[Field], by_id: Mapping[str, Field]) -> Iterator[Schema]:
    """The fields that some answers make necessary, or needless, each as `if` and `then`."""
    for item in fields:
        when = _holds(item.required_when, by_id) if item.required_when else True
        unless = {"not": _holds(item.waived_when, by_id)} if item.waived_when else True
        if item.required and item.waived_when is not None:
            yield {"if": unless, "then": {"required": [item.id]}}
        elif item.required_when is not None and not item.required:
            both = when if unless is True else {"allOf": [when, unless]}
            yield {"if": both, "then": {"required": [item.id]}}


def _holds(condition: Condition, by_id: Mapping[str, Field]) -> Schema:
    """That `condition` holds: its field is there, and holds one of the codes."""
    if not condition.values:
        return {"required": [condition.field]}
    values: Schema = {"enum": list(condition.values)}
    if by_id[condition.field].kind is FieldKind.CODES:
        values = {"type": "array", "contains": values}
    return {"properties": {condition.field: values}, "required": [condition.field]}


def _identifier_kinds(item: Field) -> Iterator[Schema]:
    """How the value of an identifier is written, by the `kind` of its row."""
    if item.kind is FieldKind.IDENTIFIER:
        for kind, schema in _IDENTIFIERS.items():
            named = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
            yield {"if": named, "then": {"properties": {item.id: schema}}}
