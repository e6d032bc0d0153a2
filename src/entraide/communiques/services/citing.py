"""Citing a passage for a fact that a person enters: the words have to stand in the source, letter for letter."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from entraide.communiques.domain.errors import NoSuchSource, QuoteMissing, QuoteNotFound
from entraide.communiques.models import Citation, Passage, Source
from entraide.communiques.services.finding import index_source
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.programme.api import require_fact_kind

LONGEST_QUOTE = 2000
"""Characters of a quoted passage."""


def cite_passage(
    node: Node, *, fact_kind: str, fact_id: UUID, fields: Sequence[str], source_id: UUID, quote: str
) -> None:
    """Cite the words `quote` of a source for `fields` of a fact, within the running transaction.

    White space counts as one space, nothing else is forgiven. Raises `NoSuchKind`, `QuoteMissing`, `NoSuchSource`,
    `QuoteNotFound`.
    """
    require_fact_kind(fact_kind)
    if not quote.split():
        raise QuoteMissing
    source = Source.objects.filter(id=source_id).first()
    if source is None:
        raise NoSuchSource
    passage = passage_of(node, source, quote)
    for field in fields:
        Citation.objects.get_or_create(
            fact_kind=fact_kind, fact_id=fact_id, field=field, passage=passage, defaults={"id": new_uuid(node)}
        )
    index_source(source.id)


def passage_of(node: Node, source: Source, quote: str) -> Passage:
    """Return the passage where the words `quote` stand in a source, within the running transaction.

    Raises `QuoteMissing`, `QuoteNotFound`.
    """
    words = quote.split()
    if not words:
        raise QuoteMissing
    span = find_words(source.text, " ".join(words)[:LONGEST_QUOTE].split())
    if span is None:
        raise QuoteNotFound(quote=" ".join(words)[:40])
    found, _ = Passage.objects.get_or_create(
        source=source,
        start=span[0],
        end=span[1],
        defaults={"id": new_uuid(node), "quote": source.text[span[0] : span[1]]},
    )
    return found


def cite_span(
    node: Node, *, fact_kind: str, fact_id: UUID, fields: Iterable[str], source_id: UUID, start: int, end: int
) -> None:
    """Cite the characters from `start` to `end` of a source for each field of a fact, within the running transaction.

    What was cited for such a field before counts as corrected. Whoever calls makes the source findable afterwards
    (`index_source`), once for all its citations. Raises `NoSuchKind`, `NoSuchSource`.
    """
    require_fact_kind(fact_kind)
    source = Source.objects.filter(id=source_id).first()
    if source is None:
        raise NoSuchSource
    passage, _ = Passage.objects.get_or_create(
        source=source, start=start, end=end, defaults={"id": new_uuid(node), "quote": source.text[start:end]}
    )
    for field in dict.fromkeys(fields):
        earlier = Citation.objects.filter(fact_kind=fact_kind, fact_id=fact_id, field=field)
        earlier.exclude(passage=passage).update(corrected=True)
        Citation.objects.get_or_create(
            fact_kind=fact_kind,
            fact_id=fact_id,
            field=field,
            passage=passage,
            defaults={"id": new_uuid(node), "proposal": None},
        )


def find_words(text: str, words: Sequence[str]) -> tuple[int, int] | None:
    """Return the first place in `text` where `words` stand one after another, parted by any white space, or None."""
    starts, joined, at = list[int](), text.split(), 0
    for piece in joined:
        at = text.index(piece, at)
        starts.append(at)
        at += len(piece)
    flat = " ".join(joined)
    found = flat.find(" ".join(words))
    if found < 0:
        return None
    return _unflatten(found, joined, starts), _unflatten(found + len(" ".join(words)) - 1, joined, starts) + 1


def _unflatten(position: int, pieces: Sequence[str], starts: Sequence[int]) -> int:
    """Return where the character at `position` of the pieces joined by spaces stands in the text."""
    passed = 0
    for piece, start in zip(pieces, starts, strict=True):
        if position < passed + len(piece):
            return start + position - passed
        passed += len(piece) + 1
    return starts[-1] + len(pieces[-1])
