"""Names of persons: runs of capitalised words, with particles, that no word of the lexicon claims."""

from typing import NamedTuple

import regex

from entraide.reader.domain.document import Document

_CLAIMS = (
    "state",
    "town",
    "body",
    "agency",
    "posts",
    "counterparts",
    "org_heads",
    "instrument",
    "meetings",
    "ranks",
    "titles",
    "memberships",
    "visits",
)
_MOST_WORDS = 8
_SHORT_ACRONYM = 3
_INITIAL = 2
_LEADS = ("titles", "ranks")
_LEAD_REACH = 60
_VOWEL = regex.compile(r"[\p{Lu}--[BCDĐFGHJKLMNPQRSTVWXZ]]", regex.V1)


class NameMention(NamedTuple):
    """A run of words that may be a name; `led` is `rank`, `title` or empty, `first` and `last` are token numbers."""

    start: int
    end: int
    text: str
    first: int
    last: int
    led: str
    lead_start: int


def find_names(document: Document, taken: set[int]) -> tuple[NameMention, ...]:
    """Return the candidates in order; `taken` are numbers of tokens that posts already hold."""
    blocked = _blocked(document) | taken
    names: list[NameMention] = []
    tokens = document.tokens
    number, size = 0, len(tokens)
    while number < size:
        if number in blocked or not tokens[number].text[0].isupper() or not _begins(document, number, blocked):
            number += 1
            continue
        last = _extend(document, number, blocked)
        names.append(_mention(document, number, last, taken))
        number = last + 1
    return tuple(names)


def _blocked(document: Document) -> set[int]:
    """Token numbers that belong to states, posts, organisations, instruments and the like."""
    blocked: set[int] = set()
    for kind in _CLAIMS:
        for hit in document.hits.get(kind, ()):
            blocked.update(document.tokens_within(hit.start, hit.end))
    return blocked


def _begins(document: Document, number: int, blocked: set[int]) -> bool:
    """Whether a name begins at a token that begins with a capital and that nothing claims."""
    token = document.tokens[number]
    if _is_acronym(token.text):
        return False
    words = document.vocabulary.words
    if len(token.text) == 1:
        return _initials(document, number, blocked)
    if token.folded in words["not_names"] or token.folded in words["portfolio"]:
        return _is_surname_le(document, number, blocked)
    return True


def _is_acronym(text: str) -> bool:
    """`VKSND`, `MSPC`: letters without a vowel between them, which no name in capitals is."""
    return len(text) > _SHORT_ACRONYM and text.isupper() and not _VOWEL.search(text)


def _initials(document: Document, number: int, blocked: set[int]) -> bool:
    """`A K M Hasan`, `K. Shanmugam`: initials before a name; a single `A` or the `M.` of a title is none."""
    tokens = document.tokens
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    if following is None or number + 1 in blocked or document.text[tokens[number].end : following.start].strip(" "):
        return False
    if len(following.text) == 1 and following.text.isupper():
        return True
    return following.text == "." and not _is_title(document, number) and _goes_on(document, number + 2, blocked)


def _is_title(document: Document, number: int) -> bool:
    return bool(document.within("titles", document.tokens[number].start, document.tokens[number].start + 1))


def _is_surname_le(document: Document, number: int, blocked: set[int]) -> bool:
    """`Le` before two more capitalised free words is a family name: French sets no article before a bare name."""
    if document.tokens[number].folded != "le" or number + 2 >= len(document.tokens):
        return False
    return all(
        _goes_on(document, number + step, blocked) and len(document.tokens[number + step].text) <= 6 for step in (1, 2)
    )


def _goes_on(document: Document, number: int, blocked: set[int]) -> bool:
    if number >= len(document.tokens) or number in blocked:
        return False
    token = document.tokens[number]
    words = document.vocabulary.words
    if document.vocabulary.language == "vi":
        return token.text[0].isupper()
    return token.text[0].isupper() and token.folded not in words["not_names"]


def _extend(document: Document, first: int, blocked: set[int]) -> int:
    last = first
    while last - first < _MOST_WORDS:
        step = _step(document, last, blocked)
        if not step:
            break
        last += step
    return last


def _step(document: Document, last: int, blocked: set[int]) -> int:
    """How many tokens the name goes on by: a word, a point and a word after an initial, or particles and a word."""
    tokens = document.tokens
    if last + 1 >= len(tokens) or not _adjacent(document, last):
        return 0
    if _goes_on(document, last + 1, blocked):
        return 1
    if len(tokens[last].text) <= _INITIAL and tokens[last + 1].text == "." and tokens[last].text[0].isupper():
        return 2 if _goes_on(document, last + 2, blocked) and _adjacent(document, last + 1) else 0
    return _particles(document, last, blocked)


def _particles(document: Document, last: int, blocked: set[int]) -> int:
    """`bin Hamad`, `de los Ríos`: one particle or two with the word behind them."""
    particles = document.vocabulary.words["name_particles"]
    for count in (1, 2):
        here = last + count
        if here + 1 >= len(document.tokens) or not _adjacent(document, here):
            break
        if document.tokens[here].folded not in particles and not _is_inner(document, here):
            break
        if _goes_on(document, here + 1, blocked):
            return count + 1
    return 0


def _is_inner(document: Document, number: int) -> bool:
    """`Pham The Cuong`, `Ould Cheikh Brahim`: a word that begins no name but stands within one."""
    token = document.tokens[number]
    return token.text[0].isupper() and token.folded in document.vocabulary.words["name_inner"]


def _adjacent(document: Document, number: int) -> bool:
    """Whether only a space (no break of line) or nothing parts this token from the next."""
    here, following = document.tokens[number], document.tokens[number + 1]
    between = document.text[here.end : following.start]
    return between in {" ", "", "  ", "\u00a0"}


def _mention(document: Document, first: int, last: int, taken: set[int]) -> NameMention:
    start, end = document.tokens[first].start, document.tokens[last].end
    if document.vocabulary.language == "en" and document.folded[end - 2 : end] == "'s":
        end -= 2
    lead, lead_start = "", start
    if document.last_kind(_LEADS, max(0, start - _LEAD_REACH), start) is None:
        return NameMention(start, end, document.text[start:end], first, last, lead, lead_start)
    # A rank may stand before a title (Lt Gen Md X), a title before a rank (M. le général X).
    for kind in ("titles", "ranks", "titles"):
        for hit in document.within(kind, max(0, lead_start - _LEAD_REACH), lead_start):
            gap = document.folded[hit.end : lead_start]
            own = document.token_at(hit.start) not in taken
            if own and gap.strip(" .") in {"", "le"} and len(gap) <= 4:
                lead, lead_start = kind[:-1], hit.start
                break
    return NameMention(start, end, document.text[start:end], first, last, lead, lead_start)
