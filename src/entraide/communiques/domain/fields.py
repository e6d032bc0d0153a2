"""What may stand in the fields of a proposal, as its kind declares it; a person's correction is held to the same rules
as the reader's words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from entraide.communiques.domain.errors import BadField
from entraide.communiques.domain.proposals import Fields
from entraide.kernel.errors import BadInput
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.domain.kinds import Field, FieldType

Check = Callable[[str, object], object]
STATES = "states"
MOST = 100_000
"""Every number that a proposal says is below it."""


def clean_fields(declared: Iterable[Field], raw: Mapping[str, Any]) -> Fields:
    """Return exactly the declared fields of a proposal, each in its form; raises `BadField` naming the first that
    cannot stand. Empty texts stand for what is not known.
    """
    checks: dict[str, Check] = {}
    for field in declared:
        checks[field.name] = _check(field)
        if field.basis:
            checks[f"{field.name}_basis"] = _one_of(["", *DateBasis])
    return {name: check(name, raw.get(name)) for name, check in checks.items()}


def _check(field: Field) -> Check:
    """Return the check of a field by its type; a State is any code of two letters, as texts name them."""
    if field.code_list == STATES:
        return _states if field.type is FieldType.LIST else _state if field.needed else _state_or_none
    if field.type is FieldType.CODE:
        return _one_of(field.codes if field.needed else ["", *field.codes])
    if field.type in BY_LENGTH:
        return BY_LENGTH[field.type](field.longest)
    if field.type in PLAIN:
        return PLAIN[field.type]
    return _needed(field.longest) if field.needed else _text(field.longest)


def _text(longest: int) -> Check:
    def check(name: str, value: object) -> str:
        return _plain(name, value, longest)

    return check


def _needed(longest: int) -> Check:
    def check(name: str, value: object) -> str:
        text = _plain(name, value, longest)
        if not text:
            raise BadField(field=name, value="")
        return text

    return check


def _plain(name: str, value: object, longest: int) -> str:
    text = " ".join(str(value or "").split())
    if len(text) > longest:
        raise BadField(field=name, value=f"{text[:30]}…")
    return text


def _one_of(allowed: Collection[str]) -> Check:
    def check(name: str, value: object) -> str:
        code = str(value or "")
        if code not in allowed:
            raise BadField(field=name, value=code[:40])
        return code

    return check


def _date(longest: int) -> Check:
    def check(name: str, value: object) -> str:
        text = _plain(name, value, longest)
        if text:
            try:
                PartialDate(text)
            except BadInput as error:
                raise BadField(field=name, value=text[:40]) from error
        return text

    return check


def _state(name: str, value: object) -> str:
    code = str(value or "").upper()
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise BadField(field=name, value=code[:40])
    return code


def _state_or_none(name: str, value: object) -> str:
    return _state(name, value) if value else ""


def _truth(name: str, value: object) -> bool | None:
    if value in (None, ""):
        return None
    if value not in (True, False):
        raise BadField(field=name, value=str(value)[:40])
    return bool(value)


def _list(name: str, value: object) -> list[object]:
    if not value:
        return []
    if not isinstance(value, list | tuple):
        raise BadField(field=name, value=str(value)[:40])
    return list(value)


def _states(name: str, value: object) -> list[str]:
    return [_state(name, code) for code in dict.fromkeys(_list(name, value))]


def _names(longest: int) -> Check:
    check = _needed(longest)

    def check_all(name: str, value: object) -> list[object]:
        return list(dict.fromkeys(check(name, item) for item in _list(name, value)))

    return check_all


def _number(name: str, value: object) -> int | None:
    if value in (None, ""):
        return None
    text = str(value)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < MOST):
        raise BadField(field=name, value=text[:40])
    return int(text)


BY_LENGTH: Mapping[FieldType, Callable[[int], Check]] = {FieldType.LIST: _names, FieldType.EDTF: _date}
PLAIN: Mapping[FieldType, Check] = {FieldType.NUMBER: _number, FieldType.YESNO: _truth}
