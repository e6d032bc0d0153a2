"""What may stand in the fields of a proposal; a person's correction is held to the same rules as the reader's words."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from entraide.communiques.domain.errors import BadField
from entraide.communiques.domain.proposals import Fields, ProposalKind
from entraide.kernel.errors import BadInput
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.domain.terms import (
    ActionKind,
    CommitmentStatus,
    InstrumentKind,
    Level,
    MeetingKind,
    PersonRole,
    When,
)

Check = Callable[[str, object], object]
LONGEST = {"text": 4000, "title": 400, "series": 400}


def clean_fields(kind: ProposalKind, raw: Mapping[str, Any], *, domains: Collection[str]) -> Fields:
    """Return exactly the fields of `kind`, each in its form; raises `BadField` naming the first that cannot stand.

    Empty texts stand for what is not known. `domains` are the codes of cooperation domains.
    """
    return {name: check(name, raw.get(name)) for name, check in _checks(kind, domains).items()}


def _checks(kind: ProposalKind, domains: Collection[str]) -> dict[str, Check]:
    date: dict[str, Check] = {"date": _date, "date_basis": _one_of(["", *DateBasis])}
    checks: dict[ProposalKind, dict[str, Check]] = {
        ProposalKind.PARTY: {"state": _state, "organisation": _text},
        ProposalKind.OFFICIAL: {"name": _needed, "post": _needed, "state": _state, "organisation": _text, "role": _text}
        | date,
        ProposalKind.MEETING: {
            "parties": _states,
            "kind": _one_of(list(MeetingKind)),
            "series": _text,
            "ordinal": _ordinal,
            "level": _one_of(["", *Level]),
            **date,
            "place": _text,
            "people": _names,
            "people_role": _one_of(list(PersonRole)),
            "members": _names,
        },
        ProposalKind.INSTRUMENT: {
            "kind": _one_of(list(InstrumentKind)),
            "title": _needed,
            "action": _one_of(list(ActionKind)),
            **date,
            "period": _date,
            "people": _names,
            "meeting": _text,
            "parties": _states,
        },
        ProposalKind.REFERENCE: {
            "series": _text,
            "ordinal": _ordinal,
            **date,
            "place": _text,
            "when": _one_of(list(When)),
            "meeting": _needed,
        },
        ProposalKind.COMMITMENT: {
            "domain": _one_of(list(domains)),
            "status": _one_of(list(CommitmentStatus)),
            "text": _needed,
            "period": _date,
            "instrument": _text,
            "meeting": _text,
        },
        ProposalKind.CONFLICT: {},
    }
    return checks[kind]


def _text(name: str, value: object) -> str:
    text = " ".join(str(value or "").split())
    if len(text) > LONGEST.get(name, 300):
        raise BadField(field=name, value=f"{text[:30]}…")
    return text


def _needed(name: str, value: object) -> str:
    text = _text(name, value)
    if not text:
        raise BadField(field=name, value="")
    return text


def _one_of(allowed: Collection[str]) -> Check:
    def check(name: str, value: object) -> str:
        code = str(value or "")
        if code not in allowed:
            raise BadField(field=name, value=code[:40])
        return code

    return check


def _date(name: str, value: object) -> str:
    text = _text(name, value)
    if text:
        try:
            PartialDate(text)
        except BadInput as error:
            raise BadField(field=name, value=text[:40]) from error
    return text


def _state(name: str, value: object) -> str:
    code = str(value or "").upper()
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise BadField(field=name, value=code[:40])
    return code


def _list(name: str, value: object) -> list[object]:
    if not value:
        return []
    if not isinstance(value, list | tuple):
        raise BadField(field=name, value=str(value)[:40])
    return list(value)


def _states(name: str, value: object) -> list[str]:
    return [_state(name, code) for code in dict.fromkeys(_list(name, value))]


def _names(name: str, value: object) -> list[str]:
    return list(dict.fromkeys(_needed(name, item) for item in _list(name, value)))


def _ordinal(name: str, value: object) -> int | None:
    if value in (None, ""):
        return None
    text = str(value)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10_000):
        raise BadField(field=name, value=text[:40])
    return int(text)
