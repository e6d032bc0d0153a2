"""The shape of a model's answer, and the strict reading of its JSON."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from entraide.kernel.text import N_

MOST_ITEMS = 60
LONGEST_QUOTE = 500

ITEMS: Mapping[str, tuple[str, ...]] = {
    "meetings": ("type", "series", "ordinal", "level", "date", "place", "co_chairs"),
    "instruments": ("kind", "title_short", "status", "date", "period", "signatories"),
    "officials": ("name", "post", "state"),
    "commitments": ("domain", "status"),
    "parties": ("state", "organisation"),
    "references": ("series", "ordinal", "date", "place", "when"),
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "meetings": ("type",),
    "instruments": ("kind", "title_short", "status"),
    "officials": ("name", "post"),
    "commitments": ("domain", "status"),
    "parties": ("state",),
    "references": ("series", "when"),
}
VALUES: Mapping[str, tuple[str, ...]] = {
    "meetings.level": ("state", "minister", "vice-minister", "unit", "province"),
    "instruments.kind": ("minutes", "memorandum", "plan", "declaration", "agreement"),
    "instruments.status": ("signed", "reviewed", "planned", "in-force", "referenced"),
    "commitments.status": ("done", "ongoing", "pledged", "proposed"),
    "references.when": ("earlier", "later"),
}


class Dropped(StrEnum):
    """Why a part of the answer was left out."""

    QUOTE_NOT_IN_TEXT = "quote_not_in_text"
    NOT_IN_QUOTE = "not_in_quote"
    BAD_VALUE = "bad_value"
    UNKNOWN_KEY = "unknown_key"
    INCOMPLETE = "incomplete"
    TOO_MANY = "too_many"
    REPEATED = "repeated"


DROPPED_TEXTS: Mapping[Dropped, str] = {
    Dropped.QUOTE_NOT_IN_TEXT: N_("quotes that are not in the text"),
    Dropped.NOT_IN_QUOTE: N_("values that their quote does not bear out"),
    Dropped.BAD_VALUE: N_("values of another kind or list"),
    Dropped.UNKNOWN_KEY: N_("keys that were not asked for"),
    Dropped.INCOMPLETE: N_("proposals without a field that they need"),
    Dropped.TOO_MANY: N_("proposals beyond the limit"),
    Dropped.REPEATED: N_("proposals made twice"),
}


class Failure(StrEnum):
    """Why an endpoint's answer could not be used at all."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    STATUS = "status"
    REDIRECTED = "redirected"
    TOO_LARGE = "too_large"
    BROKEN_OFF = "broken_off"
    NOT_JSON = "not_json"
    WRONG_SHAPE = "wrong_shape"
    NOTHING_VERIFIED = "nothing_verified"
    NO_KEY = "no_key"
    TEXT_TOO_LONG = "text_too_long"


FAILURE_TEXTS: Mapping[Failure, str] = {
    Failure.UNREACHABLE: N_("no connection"),
    Failure.TIMED_OUT: N_("no whole answer in time"),
    Failure.STATUS: N_("it answered with an error"),
    Failure.REDIRECTED: N_("it pointed to another address, which is not followed"),
    Failure.TOO_LARGE: N_("its answer is longer than allowed"),
    Failure.BROKEN_OFF: N_("its answer broke off"),
    Failure.NOT_JSON: N_("its answer is not JSON"),
    Failure.WRONG_SHAPE: N_("its answer has another shape than asked for"),
    Failure.NOTHING_VERIFIED: N_("nothing of its answer could be found in the text"),
    Failure.NO_KEY: N_("its key could not be read"),
    Failure.TEXT_TOO_LONG: N_("the text is longer than an endpoint is asked about"),
}


class BadAnswer(Exception):
    """The answer cannot be used; `failure` says why. Never shown as it is."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def parse_json(text: str | bytes) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Return the JSON value of `text`: no key twice, no NaN; raises `BadAnswer`."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadAnswer(Failure.NOT_JSON) from error


def parse_completion(body: bytes) -> dict[str, Any]:
    """Return the object that a chat completion's first choice holds; raises `BadAnswer`."""
    try:
        choice = parse_json(body)["choices"][0]
        content, reason = choice["message"]["content"], choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise BadAnswer(Failure.WRONG_SHAPE) from error
    if reason == "length":
        raise BadAnswer(Failure.BROKEN_OFF)
    if not isinstance(content, str):
        raise BadAnswer(Failure.WRONG_SHAPE)
    answer = parse_json(content)
    if not isinstance(answer, dict) or not set(answer) & set(ITEMS):
        raise BadAnswer(Failure.WRONG_SHAPE)
    return answer


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _refuse(name: str) -> Any:  # noqa: ANN401 - never returns
    raise ValueError(name)
