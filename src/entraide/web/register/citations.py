"""The passages of sources that a fact of the register cites, with a little of the text around each."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from entraide.communiques.api import CitationView, citations_of, list_texts
from entraide.kernel.node import Node
from entraide.web.templatetags.programme import edtf, source_kind

AROUND = 90


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source with the cited spans marked; `segments` are (text, whether cited).

    `offsets` count characters of the source's text.
    """

    segments: tuple[tuple[str, bool], ...]
    source: str
    href: str
    date: str
    kind: str
    language: str
    offsets: str
    source_id: UUID
    sample: bool = False


def list_passages(node: Node, kind: str, fact_id: UUID) -> tuple[Passage, ...]:
    """Return the cited passages of a fact, neighbours of one source in one stretch, in the order of the texts."""
    by_source: dict[UUID, list[CitationView]] = {}
    for citation in citations_of(node, str(kind), fact_id):
        by_source.setdefault(citation.source.id, []).append(citation)
    texts = list_texts(node, by_source) if by_source else {}
    found: list[Passage] = []
    for source_id, citations in by_source.items():
        found += quote_passages(texts[source_id], citations)
    return tuple(found)


def quote_passages(text: str, citations: Sequence[CitationView]) -> tuple[Passage, ...]:
    """Return what `citations` of one source with this `text` quote, neighbours in one stretch."""
    spans = _merged([(item.start, item.end) for item in citations])
    return tuple(_passage(citations[0], text, run) for run in _runs(spans))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap or touch as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _runs(spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return spans in runs whose surroundings meet, so that one sentence is quoted once."""
    runs: list[list[tuple[int, int]]] = []
    for span in spans:
        if runs and span[0] - runs[-1][-1][1] <= 2 * AROUND:
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a quote begins and ends around what is cited: within its paragraph, and at whole words."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    paragraph = text.rfind("\n", first, start) + 1
    if paragraph:
        first = paragraph
    elif first and not text[first - 1].isspace():
        first = text.find(" ", first, start) + 1 or first
    paragraph = text.find("\n", end, last)
    if paragraph >= 0:
        last = paragraph
    elif last < len(text) and not text[last].isspace():
        blank = text.rfind(" ", end, last)
        last = blank if blank >= 0 else last
    return first, last


def _segments(text: str, first: int, last: int, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Return the words from `first` to `last`, those of `spans` marked, with "…" where the line goes on."""
    segments = [("…" if text[:first].rstrip(" ") and text[first - 1] != "\n" else "", False)]
    at = first
    for left, right in spans:
        segments += [(text[at:left], False), (text[left:right], True)]
        at = right
    goes_on = text[last:].lstrip(" ") and text[last] != "\n"
    return [*segments, (text[at:last], False), ("…" if goes_on else "", False)]


def _passage(citation: CitationView, text: str, spans: list[tuple[int, int]]) -> Passage:
    source, start, end = citation.source, spans[0][0], spans[-1][1]
    first, last = _around(text, start, end)
    segments = _segments(text, first, last, spans)
    return Passage(
        segments=tuple(segment for segment in segments if segment[0]),
        source=" · ".join(part for part in (source.title or source.name, source.publisher) if part),
        href=f"{reverse('sources:source', args=[source.id])}#at-{start}",
        date=edtf(source.published) if source.published else "",
        kind=source_kind(source.kind),
        language=source.language,
        offsets=f"{start}–{end}",
        source_id=source.id,
        sample=source.sample,
    )
