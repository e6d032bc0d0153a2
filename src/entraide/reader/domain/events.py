"""What the frames share of an event: a meeting that took place, or one that is only referred to."""

from dataclasses import dataclass, field

from entraide.kernel.partial_dates import PartialDate
from entraide.reader.domain.document import Sentence
from entraide.reader.domain.frame_state import Mark


@dataclass(slots=True)
class Event:
    """A meeting or a reference while the document is read; `time` is past, before (an earlier one) or future."""

    start: int
    end: int
    sentence: Sentence
    type: str
    verb: bool
    time: str
    definite: bool
    ordinal: int | None = None
    series: str = ""
    series_end: int = 0
    date: PartialDate | None = None
    place: str | None = None
    people: list[str] = field(default_factory=list)
    co_chairs: tuple[str, ...] = ()
    marks: dict[str, Mark] = field(default_factory=dict)
    when: str = ""
    level: str = ""
    confidence: float = 0.0
