"""What an authority may be entered with."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from entraide.directory.domain.errors import BadAuthority
from entraide.directory.domain.names import clean_name
from entraide.directory.domain.organisations import AuthorityKind
from entraide.directory.domain.states import parse_language
from entraide.kernel.text import N_, Said

_CODE = re.compile(r"[a-z0-9][a-z0-9_.()/-]{0,59}\Z", re.IGNORECASE)
LONGEST_NAME = 300
MOST_ITEMS = 200


@dataclass(frozen=True, slots=True)
class Competence:
    """The checked facts of an authority; lists are sorted and without repetition."""

    name: str
    kind: AuthorityKind
    request_types: tuple[str, ...]
    legal_bases: tuple[str, ...]
    languages: tuple[str, ...]
    hours: str
    time_zone: str


def parse_competence(
    *,
    name: Any,  # noqa: ANN401 - what a partner sent
    kind: Any,  # noqa: ANN401 - the same
    request_types: Any,  # noqa: ANN401 - the same
    legal_bases: Any,  # noqa: ANN401 - the same
    languages: Any,  # noqa: ANN401 - the same
    hours: Any,  # noqa: ANN401 - the same
    time_zone: Any,  # noqa: ANN401 - the same
) -> Competence:
    """Return the checked facts, whether typed here or sent by a partner; raises `BadAuthority` or `UnknownLanguage`."""
    if kind not in set(AuthorityKind):
        raise BadAuthority(why=N_("its kind is neither central authority nor 24/7 contact point"))
    types, bases = _codes(request_types, N_("request types")), _codes(legal_bases, N_("legal bases"))
    spoken = tuple(sorted({parse_language(code) for code in _codes(languages, N_("languages"))}))
    if not types or not spoken:
        raise BadAuthority(why=N_("it needs a request type and a language"))
    return Competence(
        name=_text(name, N_("name")),
        kind=AuthorityKind(kind),
        request_types=types,
        legal_bases=bases,
        languages=spoken,
        hours=_text(hours, N_("opening hours")),
        time_zone=_time_zone(time_zone),
    )


def _text(value: object, what: str) -> str:
    text = clean_name(value, LONGEST_NAME + 1) if isinstance(value, str) else ""
    if not text or len(text) > LONGEST_NAME:
        raise BadAuthority(why=Said(N_("this is missing or too long: {what}"), {"what": what}))
    return text


def _codes(values: object, what: str) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise BadAuthority(why=Said(N_("this is no list: {what}"), {"what": what}))
    codes = list(values)
    if len(codes) > MOST_ITEMS or not all(isinstance(code, str) and _CODE.match(code) for code in codes):
        raise BadAuthority(why=Said(N_("this holds something that is no code: {what}"), {"what": what}))
    return tuple(sorted(set(codes)))


def _time_zone(value: object) -> str:
    try:
        return ZoneInfo(value if isinstance(value, str) else "").key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadAuthority(why=N_("its time zone is unknown")) from error
