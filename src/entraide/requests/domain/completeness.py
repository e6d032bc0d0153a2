"""Completeness: whether content answers its form, with one clear reason per missing, wrong or extra field (R01, R25).

Content is canonical JSON: field id to text, number, list of codes or list of rows; unanswered fields are absent. A
field that the form does not ask for is refused, so that nothing personal travels that was not asked (R30).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from entraide.kernel.decision import Decision, Outcome, Reason
from entraide.kernel.errors import EntraideError
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.text import N_, NN_
from entraide.requests.domain.forms import Field, FieldKind, Form

CONTROL: Final = r"\x00-\x08\x0b-\x1f\x7f"
STATE: Final = r"[A-Z]{2}"
AUTHORITY: Final = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
MOMENT: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
EMAIL: Final = r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+"
PHONE: Final = r"\+[1-9][0-9]{5,14}"
"""ITU-T E.164: + and at most 15 digits."""
_CONTROL: Final = re.compile(f"[{CONTROL}]")
CodeLists = Mapping[str, frozenset[str]]
"""The codes of each list that forms name."""

MISSING: Final = N_("“{label}” is required and has no answer.")
TOO_FEW: Final = NN_("“{label}” needs at least {limit} entry.", "“{label}” needs at least {limit} entries.", by="limit")
TOO_MANY: Final = NN_("“{label}” takes at most {limit} entry.", "“{label}” takes at most {limit} entries.", by="limit")
TOO_LONG: Final = NN_(
    "“{label}” is longer than {limit} character.", "“{label}” is longer than {limit} characters.", by="limit"
)
NOT_A_CODE: Final = N_("“{label}” must be one of the offered answers.")
REPEATED: Final = N_("“{label}” holds the same answer twice.")
NOT_A_DATE: Final = N_("“{label}” is not a date: write year-month-day, for example 2025-03-31.")
NOT_A_PARTIAL_DATE: Final = N_(
    "“{label}” is not a date: write 2025, 2025-03 or 2025-03-31, with X for an unknown digit."
)
NOT_A_MOMENT: Final = N_("“{label}” is not a moment in UTC: write it like 2025-03-31T14:05:00Z.")
NOT_A_NUMBER: Final = N_("“{label}” is not a whole number in the allowed range.")
NOT_A_STATE: Final = N_("“{label}” is not the code of a State.")
NOT_AN_IP: Final = N_("“{label}” is not an IP address: write it like 203.0.113.7 or 2001:db8::7.")
NOT_AN_EMAIL: Final = N_("“{label}” is not an e-mail address.")
NOT_A_PHONE: Final = N_("“{label}” is not an international telephone number: write + and 6 to 15 digits.")
NOT_A_URL: Final = N_("“{label}” is not an address of the web: it begins with https:// or http://.")
NOT_TEXT: Final = N_("“{label}” is not of the expected kind.")
TOO_SOON: Final = NN_(
    "“{label}” must lie at least {limit} day from now.",
    "“{label}” must lie at least {limit} days from now.",
    by="limit",
)
IN_THE_PAST: Final = N_("“{label}” lies in the past.")
IN_THE_FUTURE: Final = N_("“{label}” lies in the future.")
ONE_OF: Final = N_("“{label}”: at least one of these is needed: {fields}.")
MUST_BE: Final = N_("“{label}”: the instrument asks for the other answer (rule {rule}).")
EXTRA: Final = N_("This form has no field “{path}”; it is not carried.")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at `path` (`persons.0.name`): a stable `code`, an English message id and its values.

    The values `label` and `fields` (separated by a comma) are ids of fields, which a page replaces by their labels.
    """

    path: str
    code: str
    message: str
    params: Mapping[str, str]


def decide_completeness(form: Form, content: Mapping[str, Any], codes: CodeLists, at: datetime) -> Decision:
    """Return PERMIT when `content` answers `form` at the moment `at`, else BLOCK with one reason per problem.

    Each reason has the rule id `form.<code>` and the parameters `path` and `label` (the field's id, which a page
    replaces by its label), so that a page can put the reason beside the field.
    """
    problems = find_problems(form, content, codes, at)
    reasons = tuple(Reason(f"form.{item.code}", item.message, {"path": item.path, **item.params}) for item in problems)
    return Decision(Outcome.BLOCK if reasons else Outcome.PERMIT, (f"form.{form.id}.v{form.version}",), reasons)


def find_problems(form: Form, content: Mapping[str, Any], codes: CodeLists, at: datetime) -> tuple[Problem, ...]:
    """Return every problem of `content`, in the order of the form, extra fields last."""
    return tuple(_check_fields(tuple(form.fields), content, "", "", _Checks(codes, at)))


@dataclass(frozen=True, slots=True)
class _Checks:
    codes: CodeLists
    at: datetime


def _check_fields(
    fields: Sequence[Field], content: Mapping[str, Any], prefix: str, label: str, checks: _Checks
) -> Iterator[Problem]:
    for item in fields:
        yield from _check_field(item, content, f"{prefix}{item.id}", f"{label}{item.id}", checks)
    for extra in sorted(set(content) - {item.id for item in fields}):
        yield Problem(f"{prefix}{extra}", "extra", EXTRA, {"label": f"{prefix}{extra}"})


def _check_field(item: Field, content: Mapping[str, Any], path: str, name: str, checks: _Checks) -> Iterator[Problem]:
    value = content.get(item.id)
    if value is None and item.id in content:
        yield _problem(path, name, "not_text", NOT_TEXT)
    elif _is_blank(value):
        if item.is_required(content):
            yield _problem(path, name, "missing", MISSING)
    elif item.kind is FieldKind.ROWS:
        yield from _check_rows(item, value, path, name, checks)
    else:
        found = _check_identifier(content.get("kind"), value) if item.kind is FieldKind.IDENTIFIER else None
        found = found or _check_value(item, value, checks)
        if found:
            yield _problem(path, name, *found)


def _check_rows(item: Field, rows: object, path: str, name: str, checks: _Checks) -> Iterator[Problem]:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        yield _problem(path, name, "not_text", NOT_TEXT)
        return
    if len(rows) < item.min:
        yield _problem(path, name, "too_few", TOO_FEW, limit=item.min)
    if len(rows) > item.max:
        yield _problem(path, name, "too_many", TOO_MANY, limit=item.max)
    for index, row in enumerate(rows):
        yield from _check_fields(item.fields, row, f"{path}.{index}.", f"{name}.", checks)
        if item.one_of and not _any_answered(item.one_of, row):
            fields = ", ".join(f"{name}.{field}" for field in item.one_of)
            yield Problem(f"{path}.{index}.{item.one_of[0]}", "one_of", ONE_OF, {"label": name, "fields": fields})


def _any_answered(fields: Sequence[str], row: Mapping[str, Any]) -> bool:
    return any(not _is_blank(row.get(field)) for field in fields)


def _is_blank(value: object) -> bool:
    """Whether nothing is answered: also a text of spaces and of characters that nobody sees."""
    if isinstance(value, str):
        return all(character.isspace() or unicodedata.category(character) == "Cf" for character in value)
    return value is None or value == []


Found = tuple[str, str] | tuple[str, str, object]


def _check_value(item: Field, value: object, checks: _Checks) -> Found | None:
    if item.kind is FieldKind.CODES:
        return _check_codes(item, value, checks.codes[item.codes])
    if item.kind is FieldKind.INTEGER:
        return _check_integer(item, value)
    if not isinstance(value, str):
        return "not_text", NOT_TEXT
    if item.max and len(value) > item.max:
        return "too_long", TOO_LONG, item.max
    if _CONTROL.search(value):
        return "not_text", NOT_TEXT
    return _check_text(item, value, checks)


def _check_text(item: Field, value: str, checks: _Checks) -> Found | None:
    if item.kind is FieldKind.CODE:
        return _check_code(item, value, checks.codes[item.codes])
    if item.kind is FieldKind.DATE:
        return _check_date(item, value, checks.at)
    check = _SIMPLE.get(item.kind)
    return check(value) if check else None


def _check_code(item: Field, value: str, codes: frozenset[str]) -> Found | None:
    if value not in codes:
        return "not_a_code", NOT_A_CODE
    if item.must_be and value != item.must_be:
        return "must_be", MUST_BE, item.must_be_rule
    return None


def _check_codes(item: Field, value: object, codes: frozenset[str]) -> Found | None:
    if not isinstance(value, list) or not all(isinstance(code, str) and code in codes for code in value):
        return "not_a_code", NOT_A_CODE
    if item.max and len(value) > item.max:
        return "too_many", TOO_MANY, item.max
    return ("repeated", REPEATED) if len(set(value)) != len(value) else None


def _check_integer(item: Field, value: object) -> Found | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return "not_a_number", NOT_A_NUMBER
    low = item.minimum is not None and value < item.minimum
    high = item.maximum is not None and value > item.maximum
    return ("not_a_number", NOT_A_NUMBER) if low or high else None


def _check_date(item: Field, value: str, at: datetime) -> Found | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return "not_a_date", NOT_A_DATE
    if len(value) != 10:
        return "not_a_date", NOT_A_DATE
    if item.at_least_days is not None and day < at.date() + timedelta(days=item.at_least_days):
        return ("too_soon", TOO_SOON, item.at_least_days) if item.at_least_days else ("in_the_past", IN_THE_PAST)
    if item.at_most_days is not None and day > at.date() + timedelta(days=item.at_most_days):
        return "in_the_future", IN_THE_FUTURE
    return None


def _check_partial_date(value: str) -> Found | None:
    try:
        PartialDate(value)
    except EntraideError:
        return "not_a_partial_date", NOT_A_PARTIAL_DATE
    return None


def _check_moment(value: str) -> Found | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return "not_a_moment", NOT_A_MOMENT
    # The one spelling has the zone Z, so nothing has to be converted: a moment near year 1 would overflow.
    if moment.tzinfo is not UTC or moment.strftime("%Y-%m-%dT%H:%M:%SZ") != value:
        return "not_a_moment", NOT_A_MOMENT
    return None


def _check_state(value: str) -> Found | None:
    return None if re.fullmatch(STATE, value) else ("not_a_state", NOT_A_STATE)


def _check_authority(value: str) -> Found | None:
    return None if re.fullmatch(AUTHORITY, value) else ("not_text", NOT_TEXT)


def _check_identifier(kind: object, value: object) -> Found | None:
    check = _IDENTIFIERS.get(str(kind))
    return check(value) if check and isinstance(value, str) else None


def _check_ip(value: str) -> Found | None:
    try:
        ip_address(value)
    except ValueError:
        return "not_an_ip", NOT_AN_IP
    return None


def _check_email(value: str) -> Found | None:
    return None if re.fullmatch(EMAIL, value) else ("not_an_email", NOT_AN_EMAIL)


def _check_phone(value: str) -> Found | None:
    return None if re.fullmatch(PHONE, value) else ("not_a_phone", NOT_A_PHONE)


def _check_url(value: str) -> Found | None:
    try:
        parts = urlsplit(value)
    except ValueError:
        return "not_a_url", NOT_A_URL
    valid = parts.scheme in {"http", "https"} and parts.hostname and not re.search(r"\s", value)
    return None if valid else ("not_a_url", NOT_A_URL)


_SIMPLE: Final[Mapping[FieldKind, Callable[[str], Found | None]]] = {
    FieldKind.PARTIAL_DATE: _check_partial_date,
    FieldKind.MOMENT: _check_moment,
    FieldKind.STATE: _check_state,
    FieldKind.AUTHORITY: _check_authority,
}
_IDENTIFIERS: Final[Mapping[str, Callable[[str], Found | None]]] = {
    "ip_port_utc": _check_ip,
    "email": _check_email,
    "phone": _check_phone,
    "url": _check_url,
}


def _problem(path: str, label: str, code: str, message: str, limit: object = "") -> Problem:
    params = {"label": label}
    if limit != "":
        params["rule" if code == "must_be" else "limit"] = str(limit)
    return Problem(path, code, message, params)
