"""How officials stand to each other: in one list, on two sides of a verb of meeting, counterparts, of one post."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from entraide.reader.domain.document import Document
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.homes import Ground
from entraide.reader.domain.persons import Person
from entraide.reader.domain.posts import Post
from entraide.reader.domain.vocabulary import Hit

_NEIGHBOURS = 3
_MOST_MENTIONS = 6
_TWO = 2
_MOST_COUNTERPARTS = 40
_ORDER_REACH = 110
_WITH = regex.compile(
    r"\b(?:with|avec|với|between|entre|giữa|received by|reçu\w* par|recu\w* par|by his|by her|to his|to her)\b"
)
_TOGETHER = regex.compile(
    r"\b(?:accompani|accompagn|flanked|entour|alongside|aux cotes d|a ses cotes|assiste d|tháp tùng|cùng dự|cùng đi"
    r"|included|presence of|presence d|with (?:him|her|them)\b|joined by|together with|secondé|seconde par)"
)
_LISTING = regex.compile(
    r"[\s,;]*(?:(?:et|and|và|ainsi que|as well as|cùng|cung)\s+)?(?:le |la |l'|the |m\. |mme |mr\.? |ong |ba )?\Z"
)


_ASIDE = regex.compile(r"[^;.]*,\s*(?:with|avec|cùng)\s+(?:le |la |l'|the |m\. |mme |mr\.? |ong |ba )?\s*\Z")
_OF_A_NAME = ("state", "ranks", "titles", "body")
_OPENING = 70


class Relation(NamedTuple):
    """One relation of a person to another (its place in the list of persons)."""

    kind: str
    other: int


def relate(document: Document, syntax: Syntax, people: Sequence[Person]) -> list[list[Relation]]:
    """Return for each person the relations to those who are named near, at most a few for each."""
    found: list[list[Relation]] = [[] for _ in people]
    places = sorted(
        (start, end, index) for index, person in enumerate(people) for start, end in person.mentions[:_MOST_MENTIONS]
    )
    for number, first in enumerate(places):
        kind = ""
        for last, second in pairwise(places[number : number + 1 + _NEIGHBOURS]):
            if document.sentence_at(first[0]).number != document.sentence_at(second[0]).number:
                break
            kind = _composed(kind, _kind(document, syntax, people, last, second))
            if first[2] != second[2]:
                found[first[2]].append(Relation(kind, second[2]))
                found[second[2]].append(Relation(kind, first[2]))
    for index, before in _companions(document, places):
        found[index].append(Relation("companion", before))
        found[before].append(Relation("companion", index))
    for index, before in _counterparts(document, people):
        found[index].append(Relation("counterpart", before))
        found[before].append(Relation("counterpart", index))
    return [list(dict.fromkeys(relations)) for relations in found]


def _companions(document: Document, places: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield who is named first in a sentence that begins `With him was`, with who is named first in that before."""
    firsts: dict[int, tuple[int, int]] = {}
    for start, _, index in places:
        firsts.setdefault(document.sentence_at(start).number, (start, index))
    for number, (start, index) in firsts.items():
        opening = document.folded[document.sentences[number].start : start][:_OPENING]
        before = firsts.get(number - 1)
        if before is not None and before[1] != index and _TOGETHER.search(opening):
            yield index, before[1]


_SAME_SIDE = frozenset({"listed", "accompanied"})


def _composed(before: str, link: str) -> str:
    """How the first stands to the third, by how each stands to the second: who is with him is with all of his side."""
    if not before:
        return link
    if before in _SAME_SIDE:
        return link if link not in {"one_clause", "one_sentence"} else "one_sentence"
    if link in _SAME_SIDE and before == "across":
        return before
    return "one_sentence"


def _counterparts(document: Document, people: Sequence[Person]) -> Iterator[tuple[int, int]]:
    """Yield each counterpart with the person whose counterpart he is; at most so many as a report has."""
    for index in [index for index, person in enumerate(people) if person.is_counterpart][:_MOST_COUNTERPARTS]:
        before = _antecedent(document, people, index)
        if before is not None:
            yield index, before


def _kind(
    document: Document,
    syntax: Syntax,
    people: Sequence[Person],
    first: tuple[int, int, int],
    second: tuple[int, int, int],
) -> str:
    low, high = first[1], second[0]
    one, other = people[first[2]], people[second[2]]
    holes = [(post.start, post.end) for post in (*one.posts, *other.posts)]
    plain = _without(document, low, high, holes)
    if _has_counterpart(other, low, high):
        return "counterpart_near"
    if _ASIDE.match(plain):
        return "with_him"
    if _TOGETHER.search(document.folded, low, high):
        return "accompanied"
    if document.within("met", low, high) or _WITH.search(document.folded, low, high):
        return "met_too" if _goes_on_meeting(document, syntax, low, high) else "across"
    return _side_by_side(document, syntax, plain, low, high)


def _side_by_side(document: Document, syntax: Syntax, plain: str, low: int, high: int) -> str:
    if _LISTING.match(plain):
        return "listed"
    same = syntax.of_token[document.token_at(low)] == syntax.of_token[document.token_at(high)]
    return "one_clause" if same else "one_sentence"


def _goes_on_meeting(document: Document, syntax: Syntax, low: int, high: int) -> bool:
    """`received by A and met B`: who was met first is no subject, so the second is on his side."""
    hits = document.within("met", low, high)
    return bool(hits) and syntax.context_of(document.token_at(low - 1)).slot in {"object", "adjunct", "agent"}


def _has_counterpart(person: Person, low: int, high: int) -> bool:
    return any(post.counterpart and low <= post.start and post.end <= high + 1 for post in person.posts)


def _without(document: Document, start: int, end: int, holes: list[tuple[int, int]]) -> str:
    holes += [(hit.start, hit.end) for kind in _OF_A_NAME for hit in document.within(kind, start, end)]
    text, place = "", start
    for first, last in sorted(holes):
        if place <= first < end:
            text += document.folded[place:first]
            place = last
    return text + document.folded[place:end]


_JOINED = regex.compile(
    r",? ?(?:et|and|và|puis|ainsi que|as well as)\b(?: (?:par|by|avec|with|cùng))? ?(?:\w+['’ ])?\Z"
)


def _antecedent(document: Document, people: Sequence[Person], index: int) -> int | None:
    """Whose counterpart the person is: the official named last before the word, else the next one.

    `reçu par A et par son homologue B`: A stands beside B, so it is the counterpart of who was named before A.
    """
    position = min(post.start for post in people[index].posts if post.counterpart)
    own = [number for number, person in enumerate(people) if not person.is_counterpart]
    posted = [number for number in own if people[number].post] or own
    beside = [number for number in posted if _stands_beside(document, people[number], position)]
    posted = [number for number in posted if number not in beside] or posted
    # Of those who are all named later the first.
    return max(posted, key=lambda number: last_before(people[number], position), default=None)


def _stands_beside(document: Document, person: Person, position: int) -> bool:
    """Whether `et` joins the name that stands right before the position."""
    ends = [end for start, end in person.mentions if start < position]
    return bool(ends) and position - ends[-1] < _LINK and bool(_JOINED.fullmatch(document.folded, ends[-1], position))


_LINK = 24


def last_before(person: Person, position: int) -> int:
    """Return where the person was last named before `position`: `Doval met his counterpart` speaks of Doval's post."""
    return max((start for start, _ in person.mentions if start < position), default=-1)


def shared_posts(document: Document, people: Sequence[Person]) -> Mapping[int, Ground]:
    """Return by person the State that a plural post gives: as many States as holders, in their order.

    `les ministres de l'Intérieur du Sénégal et de la France, A et B`; `A and B, ministers of X and of Y respectively`.
    """
    holders: dict[Post, list[int]] = {}
    for index, person in enumerate(people):
        for post in dict.fromkeys(person.posts):
            holders.setdefault(post, []).append(index)
    found: dict[int, Ground] = {}
    for post, holding in holders.items():
        held = sorted(holding, key=lambda index: _nearest_to(document, people[index], post))
        order = _states_of(document, post) if post.plural else []
        if len(held) >= _TWO and len(order) == len(held):
            for index, hit in zip(held, order, strict=True):
                found[index] = Ground(hit.value, hit.start, hit.end, "post_shared")
    return found


def _nearest_to(document: Document, person: Person, post: Post) -> int:
    """Where the person is named beside the post: a caption may name the same persons in another order."""
    sentence = document.sentence_at(post.start)
    inside = [start for start, _ in person.mentions if sentence.start <= start < sentence.end]
    return min(inside or [person.name_start], key=lambda start: abs(start - post.start))


def _states_of(document: Document, post: Post) -> list[Hit]:
    """The States that a plural post and the words behind it name, in their order."""
    end = min(document.sentence_at(post.start).end, post.end + _ORDER_REACH)
    hits = [hit for hit in document.within("state", post.start, end) if hit.form != "compound"]
    return sorted({hit.value: hit for hit in reversed(hits)}.values())
