"""Domains of cooperation that a sentence names: by a term, or by two words that show a domain together.

A longer term hides what its parts would say alone (`cross-border crime` is no border), and the phrases listed as
`without` hide theirs.
"""

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.vocabulary import Hit, Pair

GENERAL = "general"
TERM, WEAK, PAIR = "term", "weak", "pair"
_PRECISE = frozenset({"terrorism", "drugs", "trafficking-in-persons", "arms", "multilateral"})
"""Domains that count inside a longer term too: the financing of terrorism speaks of terrorism."""
_CRIMES = frozenset({"drugs", "arms", "trafficking-in-persons", "irregular-migration", "economic-crime"})
_OBJECTS = _CRIMES | {"terrorism", "cybercrime"}
"""Domains that say which offence another word means."""
_CRIME = "organised-crime"
_BROAD = frozenset({_CRIME, "economic-crime", "border", GENERAL})
_STOPS = (";", " – ", " — ", "\n")
_KINDS = ("domain", "weak_domain", "general", "pair")
_TWO = 2
_COMMAS = 2
"""Commas between the two words of a pair: a list shares its head, a sentence does not."""
_MOST = 40
"""Domains of one sentence; the bound keeps the reader linear on any text."""


def find_domains(document: Document, sentence: Sentence) -> list[Hit]:
    """Return the domains that the sentence names, in the order of the text; of one domain no two overlap.

    The form of a hit is `term`, `weak` (a word that may mean the domain) or `pair`.
    """
    low, high = sentence.start, sentence.end
    if document.last_kind(_KINDS, low, high) is None:
        return []
    named = _listed_apart(document, _named(document, low, high), low, high)[:_MOST]
    heads = document.within("pair", low, high)[: 2 * _MOST]
    pairs = [hit for head in heads for hit in _paired(document, sentence, head)]
    kept = [hit for hit in named if not _is_told_better(document, hit, named, pairs)]
    return _apart([*kept, *pairs])


def _listed_apart(document: Document, named: list[Hit], low: int, high: int) -> list[Hit]:
    """The hits outside the phrases that are listed as no sign of their domain."""
    without = document.within("without", low, high) if named else ()
    return [hit for hit in named if not _listed(hit, without)] if without else named


def _is_told_better(document: Document, hit: Hit, named: list[Hit], pairs: list[Hit]) -> bool:
    """Whether other words around or beside the hit say more precisely what it means."""
    return _hidden(hit, named) or _is_crime_of(document, hit, named) or _has_an_object(hit, pairs)


def _named(document: Document, low: int, high: int) -> list[Hit]:
    """The domains that one word or phrase shows."""
    return [
        *(Hit(start, end, "domain", value, TERM) for start, end, _, value, _ in document.within("domain", low, high)),
        *(
            Hit(start, end, "domain", code, WEAK)
            for start, end, _, code, _ in document.within("weak_domain", low, high)
        ),
        *(Hit(start, end, kind, GENERAL, TERM) for start, end, kind, _, _ in document.within("general", low, high)),
    ]


def _listed(hit: Hit, without: tuple[Hit, ...]) -> bool:
    return any(_covers(other, hit) and other.value == hit.value for other in without)


def _covers(outer: Hit, inner: Hit) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _hidden(hit: Hit, named: list[Hit]) -> bool:
    """Whether a longer term says what the hit would say alone, or a more precise one follows right behind."""
    if hit.value in _PRECISE:
        return False
    if hit.value == _CRIME and _goes_on(hit, named):
        return True
    size = hit.end - hit.start
    longer = (other for other in named if other.form == TERM and other.end - other.start > size and _covers(other, hit))
    return any(other.value not in {hit.value, GENERAL} for other in longer)


def _goes_on(hit: Hit, named: list[Hit]) -> bool:
    """Whether what follows says which crime: `phòng, chống tội phạm ma túy`."""
    return any(hit.start < other.start <= hit.end + 1 and other.end > hit.end for other in named)


_OFFENCES = frozenset({_CRIME, "economic-crime"})
_OF_WHAT = frozenset(
    ["", "-", "of", "in", "de", "d'", "des", "du", "-related", "related", "illicite de", "illicite d'", "illegal de"]
)
"""What may stand between an offence and its object: `trafic illicite de migrants`, `firearms trafficking`."""
_NEAREST = 14


def _is_crime_of(document: Document, hit: Hit, named: list[Hit]) -> bool:
    """Whether the hit is an offence in general, and what stands beside it says of what."""
    if hit.value not in _OFFENCES:
        return False
    for other in named:
        if other.value in _OBJECTS and other.value != hit.value:
            low, high = (other.end, hit.start) if other.start < hit.start else (hit.end, other.start)
            if 0 <= high - low <= _NEAREST and document.folded[low:high].strip().replace("’", "'") in _OF_WHAT:
                return True
    return False


def _has_an_object(hit: Hit, pairs: list[Hit]) -> bool:
    """Whether the hit is the head of an offence that names its object: `smuggling of drugs` is none of goods."""
    return hit.value in _BROAD and any(p.value in _CRIMES and p.value != hit.value and _covers(p, hit) for p in pairs)


def _paired(document: Document, sentence: Sentence, head: Hit) -> list[Hit]:
    """The first word of a pair with the nearest second word, after it or before it."""
    pair = document.vocabulary.pairs[head.value]
    end = min(sentence.end, head.end + pair.gap)
    after = pair.second.search(document.folded, head.end, _whole_word(document, end, sentence.end))
    if after and not _stopped(document, pair, head.end, after.start()):
        return [Hit(head.start, after.end(), "domain", pair.domain, PAIR)]
    before = _last(document, pair, max(sentence.start, head.start - pair.gap), head.start)
    if before and not _stopped(document, pair, before[1], head.start):
        return [Hit(before[0], head.end, "domain", pair.domain, PAIR)]
    return []


def _whole_word(document: Document, end: int, most: int) -> int:
    while end < most and document.folded[end].isalnum():
        end += 1
    return end


def _last(document: Document, pair: Pair, start: int, end: int) -> tuple[int, int] | None:
    while start > 0 and document.folded[start - 1].isalnum() and document.folded[start : start + 1].isalnum():
        start += 1
    spans = [match.span() for match in pair.second.finditer(document.folded, start, end)]
    return spans[-1] if spans else None


def _stopped(document: Document, pair: Pair, start: int, end: int) -> bool:
    """Whether the two words stand too far apart: offences share their head over a list, other words do not."""
    between = document.text[start:end]
    commas = _COMMAS if pair.domain in _CRIMES else 0
    return any(stop in between for stop in _STOPS) or between.count(",") > commas


def _apart(hits: list[Hit]) -> list[Hit]:
    """One hit for each place and domain: a term before a pair, a pair before a weak word."""
    order = {TERM: 0, PAIR: 1, WEAK: 2}
    kept: dict[str, list[Hit]] = {}
    if len(hits) < _TWO:
        return hits
    for hit in sorted(hits, key=lambda h: (order[h.form], h.end - h.start, h.start)):
        others = kept.setdefault(hit.value, [])
        if all(hit.end <= other.start or other.end <= hit.start for other in others[-_MOST:]):
            others.append(hit)
    return sorted(hit for others in kept.values() for hit in others)
