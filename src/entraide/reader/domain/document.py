"""The document: blocks, sentences and the words of the lexicon that each holds."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import regex

from entraide.reader.domain.cleaning import CleanText
from entraide.reader.domain.page_parts import page_parts
from entraide.reader.domain.vocabulary import Hit, Vocabulary

_BLOCK = regex.compile(r"[^\n]+")
_END = regex.compile(r"(?<=[.!?…;][»”\")]?)\s+(?=[«“\"(]?[\p{Lu}\d-])|(?<=[\p{Ll})][.;…])(?=\p{Lu}\p{Ll})")
_ABBREVIATION = regex.compile(
    r"(?<![^\s(«'’.])(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|St|Ste|Gen|Gén|Lt|Lieut|Adm|Capt|Supt|Insp|Comdt|Sgt|Cdr|Cmdr|Sen|Col|Maj|Brig|Cap|Hon|Mr|Mrs|Ms|Smt|Shri|No|Nos|Art|art|Jr|Sr|H\.E|S\.E|S\.E\.M|Inc|Prof|TS|PGS|GS|\p{Lu})\.$"
)
_TOKEN = re.compile(
    r"(?:[lLdDsSnjtmcJTMC]|[qQ]u|[jJ]usqu|[lL]orsqu)['’](?=\w)|[^\W\d_]+(?:['’.-][^\W\d_]+)*|(?<!\d)\d+(?:er|e|è|ème|eme|st|nd|rd|th)?\b|[^\w\s]"
)
_DATELINE = regex.compile(
    r"\s*(?P<place>\p{Lu}[\p{L}\p{M}'’. -]{1,40}?)(?: \[[^\]\n]{2,30}\])?(?P<rest>,[^()\n–—-]{1,40})?"
    r"\s*(?P<agency>\([^)\n]{2,40}\))?(?:\s*(?:[-–—]{1,2}|:)\s+(?=[\p{L}«\"“])|(?<=\))\s+(?=\p{Lu}))"
)
# `ISLAMABAD: Pakistan ...`, `OSLO, 6 September 2023. Swedish ...`: a place in capitals, a date or neither, a stop.
_CAPITALS = regex.compile(
    r"\s*(?P<place>\p{Lu}[\p{Lu}\p{M}'’. -]{2,30}\p{Lu})(?P<rest>, ?[^()\n.:–—]{1,30})?"
    r"\s*(?:\([^)\n]{2,40}\)\s*)?[.:–—-]{1,2}\s+(?=[\p{L}«\"“])"
)
_BRACKETED = regex.compile(r"\s*\(\p{Lu}[^()\n]{2,40}\)\s*(?:[-–—:]\s*)?(?=\p{Lu})")
_OVERLAPPING = frozenset({"domain", "pair", "without", "weak_domain"})
_LONGEST_SENTENCE = 2500


class Token(NamedTuple):
    """A word or mark: offsets in the clean text, the text itself and its folded form."""

    start: int
    end: int
    text: str
    folded: str


class Block(NamedTuple):
    """A paragraph: offsets, kind (see `page_parts`) and where its text begins after a dateline."""

    start: int
    end: int
    kind: str
    body_start: int


class Sentence(NamedTuple):
    """A sentence: offsets, the kind of its block, its number and the number of its block."""

    start: int
    end: int
    kind: str
    number: int
    block: int


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned text with its blocks, sentences, tokens and hits; hits are sorted by start, longest first kept.

    `named` are the codes of the states that it names, `at` the hits by their start and kind.
    """

    clean: CleanText
    text: str
    folded: str
    vocabulary: Vocabulary
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    hits: Mapping[str, tuple[Hit, ...]]
    starts: Mapping[str, tuple[int, ...]]
    token_starts: tuple[int, ...]
    sentence_starts: tuple[int, ...]
    block_starts: tuple[int, ...]
    named: frozenset[str]
    at: Mapping[int, Mapping[str, Hit]]
    _merged: dict[tuple[str, ...], tuple[list[int], list[str]]] = field(default_factory=dict, repr=False, compare=False)

    def hit_at(self, kind: str, position: int) -> Hit | None:
        """Return the first hit of `kind` that begins at `position`."""
        found = self.at.get(position)
        return found.get(kind) if found else None

    def kinds_at(self, position: int) -> Collection[str]:
        """Return the kinds of the hits that begin at `position`."""
        return self.at.get(position, ())

    def within(self, kind: str, start: int, end: int) -> tuple[Hit, ...]:
        """Return the hits of `kind` that begin in `start`..`end`."""
        starts = self.starts.get(kind)
        if not starts:
            return ()
        low = bisect_left(starts, start)
        if low == len(starts) or starts[low] >= end:
            return ()
        return self.hits[kind][low : bisect_left(starts, end, low)]

    def last_kind(self, kinds: tuple[str, ...], start: int, end: int) -> tuple[int, str] | None:
        """Return where the last hit of any of `kinds` that begins in `start`..`end` begins, and its kind, or None.

        Of two that begin together the kind that stands first among `kinds` counts.
        """
        merged = self._merged.get(kinds)
        if merged is None:
            # Backwards, so that of two hits at one place the kind that counts comes last.
            order = [(place, -rank) for rank, kind in enumerate(kinds) for place in self.starts.get(kind, ())]
            order.sort()
            merged = self._merged[kinds] = [place for place, _ in order], [kinds[-rank] for _, rank in order]
        places, names = merged
        number = bisect_left(places, end) - 1
        return (places[number], names[number]) if number >= 0 and places[number] >= start else None

    def tokens_within(self, start: int, end: int) -> range:
        """Return the numbers of the tokens that begin in `start`..`end`."""
        return range(bisect_left(self.token_starts, start), bisect_left(self.token_starts, end))

    def token_at(self, position: int) -> int:
        """Return the number of the token that holds `position`, or of the one before it: a hit may begin in a token."""
        number = bisect_right(self.token_starts, position)
        return number - 1 if number else 0

    def in_dateline(self, position: int) -> bool:
        """Return whether the position stands in the dateline of a block, before its first sentence."""
        block = self.block_at(position)
        return block.start <= position < block.body_start

    def block_at(self, position: int) -> Block:
        """Return the block that holds `position` (or the one before it)."""
        number = bisect_right(self.block_starts, position)
        return self.blocks[number - 1 if number else 0]

    def breaks(self, start: int, end: int) -> bool:
        """Return whether a line ends between two positions and no sentence goes on over it."""
        return "\n" in self.text[start:end] and self.sentence_at(start) != self.sentence_at(end)

    def sentence_at(self, position: int) -> Sentence:
        """Return the sentence that holds `position` (or the one before it)."""
        number = bisect_right(self.sentence_starts, position)
        return self.sentences[number - 1 if number else 0]


def build_document(clean: CleanText, vocabulary: Vocabulary) -> Document:
    """Split the clean text and find the words of the lexicon."""
    text = clean.text
    folded = vocabulary.fold(text)
    blocks = _blocks(text, folded, vocabulary)
    sentences = _sentences(text, blocks)
    spans = [match.span() for match in _TOKEN.finditer(text)]
    begins, ends = zip(*spans, strict=True) if spans else ((), ())
    pieces = list(map(slice, begins, ends))
    words = zip(begins, ends, map(text.__getitem__, pieces), map(folded.__getitem__, pieces), strict=True)
    # Made without a call of Python per token: tokens are a third of the reading's objects.
    tokens: tuple[Token, ...] = tuple(map(partial(tuple.__new__, Token), words))
    found = vocabulary.find(text, folded)
    hits = _group(_without_names(found, text, folded, vocabulary) if vocabulary.language == "vi" else found)
    starts = {kind: tuple([hit.start for hit in found]) for kind, found in hits.items()}
    return Document(
        clean,
        text,
        folded,
        vocabulary,
        blocks,
        sentences,
        tokens,
        hits,
        starts,
        begins,
        tuple([s.start for s in sentences]),
        tuple([block.start for block in blocks]),
        frozenset(hit.value for hit in hits.get("state", ())),
        _by_start(hits),
    )


def _by_start(hits: Mapping[str, tuple[Hit, ...]]) -> dict[int, dict[str, Hit]]:
    """Hits by where they begin and by kind, the longest of a kind."""
    table: dict[int, dict[str, Hit]] = {}
    for kind, found in hits.items():
        for hit in found:
            table.setdefault(hit[0], {}).setdefault(kind, hit)
    return table


def _without_names(found: list[Hit], text: str, folded: str, vocabulary: Vocabulary) -> list[Hit]:
    """Vietnamese: `Phan Đức Thịnh`, `Lan Anh`: a state of one syllable right after a word of a name is a name's.

    `Pháp luật`, `Ý định`: a longer word that begins like a state is none.
    """
    claimed = {
        hit.end for hit in found if hit.kind not in {"domain", "weak_domain", "pair", "general", "cue", "weak_cue"}
    }
    words = {hit.start for hit in found if hit.kind == "not_states"}
    kept: list[Hit] = []
    for hit in found:
        if hit.kind == "state" and hit.start in words:
            continue
        before = folded.rfind(" ", max(0, hit.start - 12), max(0, hit.start - 1)) + 1
        before = before or max(0, hit.start - 12)
        word = folded[before : hit.start].strip()
        name = (
            hit.kind == "state"
            and " " not in text[hit.start : hit.end]
            and text[hit.start - 1 : hit.start] == " "
            and word.isalpha()
            and text[before : before + 1].isupper()
            and word not in vocabulary.words["not_names"]
            and hit.start - 1 not in claimed
        )
        if not name:
            kept.append(hit)
    return kept


def _group(found: list[Hit]) -> dict[str, tuple[Hit, ...]]:
    """Hits by kind; within a kind the longest wins, except that a domain's and a cue's words may overlap others."""
    by_kind: dict[str, list[Hit]] = {}
    for hit in found:
        by_kind.setdefault(hit.kind, []).append(hit)
    grouped: dict[str, tuple[Hit, ...]] = {}
    for kind, hits in by_kind.items():
        if _are_apart(hits):
            grouped[kind] = tuple(hits)
            continue
        # `Tadjikistan` is a name before it is an adjective that goes on.
        hits.sort(key=lambda hit: (hit.start, -hit.end, hit.form == "adjective"))
        kept: list[Hit] = []
        end = -1
        for hit in hits:
            if hit.end > end:
                kept.append(hit)
                end = hit.end
            elif kind in _OVERLAPPING and not any(
                hit.value == other.value and hit.end <= other.end for other in kept[-4:]
            ):
                kept.append(hit)
        grouped[kind] = tuple(kept)
    return grouped


def _are_apart(hits: list[Hit]) -> bool:
    """Whether the hits of one kind, found in the order of their ends, overlap nowhere: all are kept as they are."""
    end = 0
    for hit in hits:
        if hit[0] < end:
            return False
        end = hit[1]
    return True


def _blocks(text: str, folded: str, vocabulary: Vocabulary) -> tuple[Block, ...]:
    captions = vocabulary.lists["captions"]
    blocks: list[Block] = []
    spans = [m.span() for m in _BLOCK.finditer(text) if text[m.start() : m.end()].strip()]
    parts = page_parts(text, spans, lambda start, end: _names_any(folded[start:end], captions))
    for (start, end), kind in zip(spans, parts, strict=True):
        body_start = start if kind == "title" else _body_start(text, start, end)
        blocks.append(Block(start, end, kind, body_start))
    return tuple(blocks)


def _names_any(part: str, words: Iterable[str]) -> bool:
    for word in words:  # noqa: SIM110 - a generator costs more than the search, for every block
        if word in part:
            return True
    return False


def _body_start(text: str, start: int, end: int) -> int:
    """Where the text of a block begins after its dateline."""
    dateline = _DATELINE.match(text, start, min(end, start + 110))
    if dateline and _is_dateline(dateline, text):
        return dateline.end()
    own = _CAPITALS.match(text, start, min(end, start + 90)) or _BRACKETED.match(text, start, min(end, start + 60))
    return own.end() if own else start


def _is_dateline(match: "regex.Match[str]", text: str) -> bool:
    """A dateline names an agency in brackets, or is short and parted from the report by a dash."""
    if match["agency"]:
        return True
    words = match["place"].split()
    return (
        len(words) <= 4
        and all(word[0].isupper() or word in {"de", "en", "la", "ligne"} for word in words)
        and text[match.start() : match.end()].rstrip()[-1] in "-–—"
    )


def _sentences(text: str, blocks: tuple[Block, ...]) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    for number, block in enumerate(blocks):
        start = block.body_start
        for match in _END.finditer(text, start, block.end):
            if _ABBREVIATION.search(text, max(start, match.start() - 12), match.start()):
                continue
            for piece, end in _short(text, start, match.start()):
                if text[piece:end].strip():
                    sentences.append(Sentence(piece, end, block.kind, len(sentences), number))
            start = match.end()
        for piece, end in _short(text, start, block.end):
            if text[piece:end].strip():
                sentences.append(Sentence(piece, end, block.kind, len(sentences), number))
    return tuple(sentences)


def _short(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span, cut at spaces where it is longer than any sentence; the bound keeps the reader linear."""
    pieces: list[tuple[int, int]] = []
    while end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = cut if cut > start else start + _LONGEST_SENTENCE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]
