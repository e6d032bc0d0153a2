"""What a draft need not be asked: answers that a field proposes when the draft is opened. People may change them.

They are declared by the field (`first`) and are no part of the form's digest: what is proposed is not what is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entraide.requests.domain.forms import Form


class Known(StrEnum):
    """What the node knows of who asks whom."""

    POST = "post"
    """The post of the drafter."""
    SENDING = "sending"
    """The id of the own authority, where there is one only."""
    RECEIVING = "receiving"
    """The id of the partner's authority, where there is one only."""
    HOURS = "hours"
    """The hours of the own authority."""
    TIME_ZONE = "time_zone"
    """The time zone of the own authority."""


@dataclass(frozen=True, slots=True)
class First:
    """What a field proposes: a `value`, something `known`, a day so many `days` away, or the day of erasure.

    A field of an answer may propose what a field of the request said (`asked`).
    """

    value: Any = None
    known: Known | None = None
    days: int | None = None
    retention: bool = False
    asked: str = ""


def parse_first(item: Mapping[str, Any] | None) -> First | None:
    """Return what `first` declares; raises `TypeError` or `ValueError` for something else."""
    if item is None:
        return None
    known = item.get("known")
    return First(**{**item, "known": Known(known) if known else None})


def derive_first_answers(
    form: "Form", known: Mapping[Known, str], today: date, asked: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the content that a draft of `form` begins with; what is not known stays unanswered.

    `asked` is the content of the request that an answer is drafted to.
    """
    proposed = [(item.id, item.first) for item in form.fields if item.first is not None]
    found = {
        name: (asked or {}).get(first.asked) if first.asked else _answer(first, known, today, today + form.retention)
        for name, first in proposed
    }
    return {name: value for name, value in found.items() if value not in (None, "")}


def _answer(first: First, known: Mapping[Known, str], today: date, erased: date) -> Any:  # noqa: ANN401 - an answer
    if first.known is not None:
        return known.get(first.known)
    if first.retention:
        return erased.isoformat()
    if first.days is not None:
        return (today + timedelta(days=first.days)).isoformat()
    return first.value
