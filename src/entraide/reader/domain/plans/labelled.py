"""Cards in running text: `Action 3. …`, then lines of labels, several of which a typesetter may have run together."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import regex

from entraide.documents.domain.tree import Block, DocumentTree, Paragraph
from entraide.reader.domain.plans.units import labels_of
from entraide.reader.domain.plans.words import PlanWords, alternatives, load_words

_FEWEST = 2
_NUMBER = r"(?:n[°ºo]\s?|no\.\s?|số\s)?(?P<number>\d{1,3}(?:\.\d{1,2})*|[ivx]{1,5}|[a-z]\d{0,2})"
_STOP = r"\s?(?:[.:)]|\s[–—-])\s+"


def with_cards(tree: DocumentTree, words: PlanWords) -> DocumentTree:
    """Return `tree` with each card's number as the marker of its activity and each of its labels on a line of its own.

    The same tree where fewer than two lines begin as a card does: elsewhere a label may stand within a sentence.
    """
    head = _patterns(words.language)[0]
    if sum(_head_end(line, head, words) > 0 for line in tree.paragraphs) < _FEWEST:
        return tree
    return replace(tree, blocks=tuple(part for block in tree.blocks for part in _parts(block, words)))


@cache
def _patterns(language: str) -> "tuple[regex.Pattern[str], regex.Pattern[str]]":
    """What begins a card, and what begins a label within a line; over folded text."""
    words = load_words(language)
    heads = alternatives(words.lists.get("card_heads", ()), words.fold) or "(?!)"
    labels = alternatives(
        (term for name, _ in labels_of(words) for term in words.lists.get(f"{name}_label", ())), words.fold
    )
    return regex.compile(rf"(?:{heads})\s{_NUMBER}{_STOP}"), regex.compile(rf"(?<=\S\s)(?:{labels})\s?:\s")


def _head_end(line: Paragraph, head: "regex.Pattern[str]", words: PlanWords) -> int:
    """Return where the activity begins behind a card's number, 0 where the line begins no card."""
    match = head.match(words.fold(line.text)) if not line.marker else None
    return match.end() if match and line.text[match.end() : match.end() + 1].isupper() else 0


def _parts(block: Block, words: PlanWords) -> Iterator[Block]:
    if not isinstance(block, Paragraph):
        yield block
        return
    head, label = _patterns(words.language)
    begin = _head_end(block, head, words)
    marker = block.marker
    if begin and (number := head.match(words.fold(block.text))):
        marker = f"{block.text[number.start('number') : number.end('number')]}."
    labels = label.finditer(words.fold(block.text), begin)
    cuts = [match.start() for match in labels if block.text[match.start()].isupper()]
    for start, end in zip([begin, *cuts], [*cuts, len(block.text)], strict=True):
        text = block.text[start:end]
        first = start == begin
        yield replace(block, text=text.rstrip(), start=block.start + start, marker=marker if first else "")
