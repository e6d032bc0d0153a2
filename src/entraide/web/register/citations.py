"""The passages of sources that a fact of the register cites, with a little of the text around each."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from entraide.communiques.api import CitationView, SourceKind, citations_of, get_source
from entraide.programme.api import FactKind
from entraide.web.templatetags.programme import edtf

AROUND = 120
KINDS = {
    SourceKind.SIGNED_TEXT: gettext_noop("signed text"),
    SourceKind.OFFICIAL_RELEASE: gettext_noop("official release"),
    SourceKind.PRESS: gettext_noop("press"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage as `components/passage.html` shows it; `offsets` count characters of the source's text."""

    before: str
    span: str
    after: str
    source: str
    href: str
    date: str
    kind: str
    language: str
    offsets: str


def list_passages(kind: FactKind, fact_id: UUID) -> tuple[Passage, ...]:
    """Return the cited passages of a fact, each place of a source once, in the order of the sources' texts."""
    found: dict[tuple[UUID, int, int], CitationView] = {}
    for citation in citations_of(kind.value, fact_id):
        found.setdefault((citation.source.id, citation.start, citation.end), citation)
    texts = {source_id: get_source(source_id).text for source_id, _, _ in found}
    return tuple(_passage(item, texts[item.source.id]) for item in found.values())


def _passage(citation: CitationView, text: str) -> Passage:
    source, start, end = citation.source, citation.start, citation.end
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Passage(
        before=("…" if start > AROUND else "") + before,
        span=text[start:end],
        after=after + ("…" if end + AROUND < len(text) else ""),
        source=" · ".join(part for part in (source.title or source.name, source.publisher) if part),
        href=f"{reverse('sources:source', args=[source.id])}#at-{start}",
        date=edtf(source.published) if source.published else "",
        kind=gettext(KINDS[source.kind]),
        language=source.language,
        offsets=f"{start}–{end}",
    )
