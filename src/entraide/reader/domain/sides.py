"""Sides: a sentence that names a delegation, or whom it speaks for, goes on with the members of that side.

`On the Zambian side there were A, Minister of X; B, Minister of Y`: all who follow are of the side, up to the next one.
"""

from collections.abc import Iterator

import regex

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.homes import Ground
from entraide.reader.domain.persons import Person
from entraide.reader.domain.vocabulary import Hit

_MOST_SIDES = 12
_AFTER = 48
_NOUNS = ("deleg", "đoàn", "side", "partie", "phía", "team", "equipe")
_SPEAKS = regex.compile(
    r"[\w' ]{0,24}(?:,\s*)?(?:for (?:its|their) part|pour sa part|de son cote|quant a|(?:was|were) represented"
    r"|etait represente|a ete represente|represented by|represente\w* par|fielded|sent|dispatched|a depeche|a envoye"
    r"|came under|were led|was led|had sent|do|có)\b"
)
_FRONT = regex.compile(
    r"(?:^|[,;.]\s*|\A)(?:for|from|on behalf of|pour|du cote|cote|au nom|về phía|phía|on)\s+"
    r"(?:the |le |la |l'|les |de la |de l'|du |des |d')?\Z"
)
_FRONT_REACH = 26
_WITH = regex.compile(
    r"\b(?:with|avec|với|met|rencontre\w*|received|recu\w*|welcomed|hosted|accueilli\w*|tiếp|hội đàm|gặp|được)\b"
)


def sides_of(document: Document, person: Person) -> Iterator[Ground]:
    """Yield the side that the sentence of the person's first mention opened before it, and how far it reaches."""
    name = person.names[0]
    sentence = document.sentence_at(name.start)
    opened = [hit for hit in _openings(document, sentence) if hit.end <= name.lead_start]
    if not opened:
        return
    side = opened[-1]
    between = document.within("state", side.end, name.lead_start)
    foreign = any(state.value != side.value for state in between)
    crossed = bool(_WITH.search(document.folded, side.end, name.lead_start))
    kind = "side_foreign" if foreign else "side_across" if crossed else "side"
    yield Ground(side.value, side.start, side.end, kind)


def _openings(document: Document, sentence: Sentence) -> list[Hit]:
    """The States and bodies of the sentence that open a side, in order."""
    hits = sorted(
        [
            *document.within("state", sentence.start, sentence.end),
            *document.within("body", sentence.start, sentence.end),
        ]
    )
    return [hit for hit in hits[: 2 * _MOST_SIDES] if _opens(document, sentence, hit)][:_MOST_SIDES]


def _opens(document: Document, sentence: Sentence, hit: Hit) -> bool:
    folded = document.folded
    if _SPEAKS.match(folded, hit.end, min(sentence.end, hit.end + _AFTER)):
        return True
    if _FRONT.search(folded[max(sentence.start, hit.start - _FRONT_REACH) : hit.start]):
        return True
    nouns = [
        noun
        for noun in document.within("org_heads", hit.start - _FRONT_REACH, hit.end + _FRONT_REACH)
        if folded.startswith(_NOUNS, noun.start)
    ]
    return any(_is_close(document, hit, noun) for noun in nouns)


def _is_close(document: Document, hit: Hit, noun: Hit) -> bool:
    """Whether only a link or a few words stand between the State and the noun of its side."""
    low, high = (noun.end, hit.start) if noun.end <= hit.start else (hit.end, noun.start)
    return low <= high and not set(",;.(") & set(document.folded[low:high])
