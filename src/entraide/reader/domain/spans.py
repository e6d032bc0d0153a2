"""Highlighted passages: a text cut into segments, so that overlapping spans show without markup in the text."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of a text in characters, end excluded, with the keys of what it shows."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that lies in the same spans throughout; `begins` are the keys whose first segment this is."""

    text: str
    keys: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def split_spans(text: str, spans: Iterable[Span]) -> list[Segment]:
    """Return `text` cut at the borders of `spans`; spans outside the text or empty are left out.

    The segments' texts joined are `text` again. Linear in the text and in the number of borders times the spans that
    are open there.
    """
    used = sorted(
        (span for span in spans if 0 <= span.start < span.end <= len(text)),
        key=lambda span: (span.start, span.end, span.key),
    )
    borders = sorted({0, len(text), *(span.start for span in used), *(span.end for span in used)})
    segments: list[Segment] = []
    begun: set[str] = set()
    waiting, running = 0, list[Span]()
    for start, end in pairwise(borders):
        while waiting < len(used) and used[waiting].start <= start:
            running.append(used[waiting])
            waiting += 1
        running = [span for span in running if span.end > start]
        keys = tuple(dict.fromkeys(span.key for span in running))
        begins = tuple(key for key in keys if key not in begun)
        begun.update(begins)
        segments.append(Segment(text[start:end], keys, begins))
    return segments
