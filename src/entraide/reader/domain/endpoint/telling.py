"""How a reading came about, for people: the reader, why an endpoint's answer was not used, what of it was left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entraide.reader.domain.bounds import BOUND_TEXTS, Bound
from entraide.reader.domain.endpoint.shape import DROPPED_TEXTS, FAILURE_TEXTS, Dropped, Failure
from entraide.reader.domain.model import RULES


@dataclass(frozen=True, slots=True)
class ReadingView:
    """How a source was read: `rules` or a model's name; why an endpoint's answer was not used; what of it was left out.

    `dropped` are pairs of an English text and a count, `bounds` texts of what was too long; the texts are for gettext.
    """

    reader: str = RULES
    failure: str = ""
    dropped: tuple[tuple[str, int], ...] = ()
    bounds: tuple[str, ...] = ()

    @property
    def by_model(self) -> bool:
        """Whether a model proposed what is proposed."""
        return self.reader != RULES


def reading_view(told: Mapping[str, Any]) -> ReadingView:
    """Return what a source keeps of its reading in words; a source of before this was kept is of the rules."""
    failure = told.get("failure", "")
    dropped = tuple((DROPPED_TEXTS[Dropped(code)], count) for code, count in told.get("dropped", {}).items())
    bounds = tuple(BOUND_TEXTS[Bound(code)] for code in told.get("bounds", ()))
    return ReadingView(told.get("reader", RULES), FAILURE_TEXTS[Failure(failure)] if failure else "", dropped, bounds)


def told_of(
    reader: str, failure: Failure | None, dropped: Mapping[Dropped, int], bounds: Sequence[Bound] = ()
) -> dict[str, Any]:
    """Return in codes how a text was read: nothing of the text, the address or the key; `bounds` only where met."""
    met = {"bounds": [bound.value for bound in bounds]} if bounds else {}
    return {
        "reader": reader,
        "failure": failure.value if failure else "",
        "dropped": {reason.value: count for reason, count in dropped.items()},
        **met,
    }
