"""Officials: every name is a candidate, joined with the posts beside it; one scorer says who is an official."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from entraide.reader.domain.document import Document
from entraide.reader.domain.grammar.syntax import Context, Syntax
from entraide.reader.domain.names import NameMention, find_names
from entraide.reader.domain.persons import Person, group_names
from entraide.reader.domain.posts import Post, find_posts
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import load_scorer
from entraide.reader.domain.vocabulary import family_names

DECISION = "official"
NONE, OFFICIAL = "none", "official"
ENOUGH = 0.5
"""Probability from which a person is proposed."""
_BESIDE = regex.compile(r"[\s,(:–—-]*(?:le |la |l['’]|M\. |the )?\Z")
_AFTER_NAME = regex.compile(
    r"\s*+(?:\([^()\n]{1,40}\)\s*+)?[,(–—-]\s*+"
    r"(?:(?:who|qui) (?:is |was |has been |had been |serves as |est |était )?(?:currently |also |as )?(?:its )?)?"
    r"(?:then |alors |at the time |à l['’]époque |formerly |nguyên |khi đó là )?"
    r"(?:le |la |les |l['’]|the |a |its |son |sa |his |her |[Hh]on['’]ble |[Hh]onou?rable |also |currently |hiện là )?"
    r"(?:first |new |newly appointed |outgoing |two |both |deux |nouveau |nouvelle |premier |première )?"
    r"(?:countries['’]s? )?\s*+\Z"
)
_AND = regex.compile(r"\s*(?:,\s*)?(?:et|and|và|ainsi que)\s++(?:de |à |avec |with )?(?:le |la |l['’]|the )?\s*+\Z")
_ITEM = regex.compile(
    r"[\s,;:()'’`s]*+(?:(?:et|and|và|with|avec|ainsi que|as well as|son|sa|his|her|of|for|from|de|du|des|d|pour"
    r"|le|la|les|l|the|royal|của|cùng|respectivement|respectively|colleague|collègue)[\s,;:()'’]++)*+\Z",
    regex.IGNORECASE,
)
_OF_STATE = regex.compile(r"\s*+(?:of|from|for|du|de la|de l['’]|des|de|d['’]|của)\s++(?:the )?")
_OTHER = regex.compile(r"\s*(?:will be|would be|is|was|est|sera|était|là)\s+\Z")
_IS_APPOSED = regex.compile(r"[\s,(–—]{0,3}(?:the |le |la |l['’])?")
_LONGEST_LIST = 8
_CLOSE = 2
_NEXT = 7
_APART = 60
_WIDEST_ITEM = 120
_FEW = 6
_LAST_PART = 0.8


class Candidate(NamedTuple):
    """A person who may be an official, and what the scorer is told."""

    person: Person
    features: tuple[str, ...]


def find_people(document: Document, syntax: Syntax) -> tuple[list[Person], tuple[Post, ...]]:
    """Return the officials with their posts, in the order of their first mention, and all posts."""
    candidates, posts = find_candidates(document, syntax)
    scorer = load_scorer(DECISION)
    people: list[Person] = []
    for candidate in candidates:
        person = candidate.person
        person.confidence = scorer.probability(candidate.features, OFFICIAL)
        if person.confidence >= ENOUGH:
            person.reason = in_words(scorer.telling(candidate.features, OFFICIAL), "a name of a person")
            people.append(person)
    return people, posts


def find_candidates(document: Document, syntax: Syntax) -> tuple[list[Candidate], tuple[Post, ...]]:
    """Return every person that the text may name, in order, and all posts."""
    posts, taken = find_posts(document)
    names = find_names(document, taken)
    joined = _join(document, names, posts)
    ways = joined.ways
    people = group_names(document, names, joined.posts)
    posted = {name.start for person in people if person.posts for name in person.names}
    places = {name.start: index for index, name in enumerate(names)}
    found: list[Candidate] = []
    for person in people:
        if _may_be_official(document, person):
            features = _features(document, syntax, person)
            features += sorted({f"joined={ways[name.start]}" for name in person.names if name.start in ways})
            features += _neighbours(document, names, places, posted, person)
            found.append(Candidate(person, tuple(dict.fromkeys(features))))
    return found, posts


def _may_be_official(document: Document, person: Person) -> bool:
    """Whether the name is more than one word alone without post or rank, and no monument's."""
    told = len(person.words) > 1 or bool(person.posts) or any(name.led for name in person.names)
    return told and not all(_bears(document, name) for name in person.names)


def _features(document: Document, syntax: Syntax, person: Person) -> list[str]:
    """What the person's mentions show: posts, ranks, verbs, where they stand."""
    found = [f"words={min(len(person.words), 4)}", f"mentions={min(len(person.mentions), 3)}"]
    found += [f"language={document.vocabulary.language}", *_titles_of(person)]
    if len(person.mentions) > 1 and any(name.last == name.first for name in person.names):
        found.append("short_mention")
    kinds = {document.sentence_at(start).kind for start, _ in person.mentions[:_FEW]}
    found += [f"only_in={next(iter(kinds))}"] if len(kinds) == 1 else ["in_several_kinds"]
    for name in person.names[:_FEW]:
        found += _of_mention(document, syntax, name)
    return found + _shape(document, person)


def _titles_of(person: Person) -> list[str]:
    """The posts, ranks and titles that stand with the name."""
    text = [post for post in person.posts if post.text]
    leads = sorted({name.led for name in person.names} - {""})
    found = ["post=named" if text else "post=counterpart" if person.posts else "post=none"]
    found += [f"led={lead}" for lead in leads] or ["led=none"]
    found += ["post=plural"] if any(post.plural for post in text) else []
    return [*found, f"words+post={min(len(person.words), 4)},{bool(person.posts)},{bool(leads)}"]


def _of_mention(document: Document, syntax: Syntax, name: NameMention) -> list[str]:
    context = syntax.context_of(name.first)
    sentence = document.sentence_at(name.start)
    found = [f"slot+verb={context.slot},{context.verb}", f"slot={context.slot}", f"preposition={context.preposition}"]
    found += [*_beside_verb(context, name), *_beside_words(document, name)]
    if name.start <= sentence.start + 1:
        found.append("begins_sentence")
    if sentence.start > document.sentences[-1].start * _LAST_PART:
        found.append("late")
    if document.within("agency", name.end, name.end + 5) or document.within("agency", name.start - 12, name.start):
        found.append("credit")
    return found


def _beside_verb(context: Context, name: NameMention) -> list[str]:
    verb = context.clause.verb
    if verb is None:
        return []
    if context.slot == "subject":
        return ["right_before_a_verb"] if verb.start - name.last <= _CLOSE else []
    return ["right_after_a_verb"] if name.first - verb.end < _CLOSE else []


def _beside_words(document: Document, name: NameMention) -> list[str]:
    found: list[str] = []
    if name.first and not name.led:
        before = document.tokens[name.first - 1]
        found.append(f"before={_kind(document, before.start, before.text)}")
    if name.last + 1 < len(document.tokens):
        after = document.tokens[name.last + 1]
        found.append(f"after={_kind(document, after.start, after.text)}")
    return found


def _bears(document: Document, name: NameMention) -> bool:
    """`le monument du Président X`: a place or a work that bears the name."""
    words = document.folded[max(0, name.start - 34) : name.start].replace("'", " ").split()
    return any(word in document.vocabulary.words["not_officials"] for word in words[-4:])


def _kind(document: Document, start: int, text: str) -> str:
    """The kind of a word beside a name: its mark, a class of the lexicon, or upper or lower case."""
    claimed = document.kinds_at(start)
    if claimed:
        for kind in ("state", "town", "met", "signed", "chaired", "held_past", "org_heads", "body"):
            if kind in claimed:
                return kind
    if not text[0].isalnum():
        return text[0] if text[0] in ',.;:()-–«»"“”/' else "mark"
    return text.lower() if len(text) <= 4 and text.islower() else "upper" if text[0].isupper() else "lower"


def _shape(document: Document, person: Person) -> list[str]:
    """Signs that the words are no name: short forms, words of offices, hyphens between capitals."""
    words = document.vocabulary.words
    parts = person.name.split()
    upper = [part.isupper() for part in parts if len(part) > _CLOSE]
    signs = {
        "capitals": any(upper) and all(upper),
        "some_capitals": any(upper) and not all(upper),
        "words_of_office": not person.words.isdisjoint(words["portfolio"]),
        "words_of_no_name": not person.words.isdisjoint(words["not_names"]),
        "hyphen": "-" in person.name,
        "family_name": len(parts) > 1 and parts[0] in family_names(),
    }
    return [sign for sign, holds in signs.items() if holds]


def _neighbours(
    document: Document,
    names: tuple[NameMention, ...],
    places: dict[int, int],
    posted: set[int],
    person: Person,
) -> list[str]:
    """Whether a person with a post, or one of two words, is joined to this one by `and` or a comma."""
    found: list[str] = []
    for name in person.names[:_FEW]:
        index = places[name.start]
        for other in (index - 1, index + 1):
            if not 0 <= other < len(names):
                continue
            first, second = sorted((names[index], names[other]), key=lambda n: n.start)
            gap = document.text[first.end : second.lead_start]
            if len(gap) < _WIDEST_ITEM and _AND.match(gap):
                found.append("and_official" if names[other].start in posted or names[other].led else "and_name")
            elif gap.strip() in {",", ";"}:
                found.append("comma_official" if names[other].start in posted else "comma_name")
    return found


@dataclass(slots=True)
class _Joined:
    """Posts by the start of the name that they belong to, and how the first of them stands to it."""

    posts: dict[int, list[Post]] = field(default_factory=dict)
    ways: dict[int, str] = field(default_factory=dict)

    def add(self, name: NameMention, post: Post, way: str) -> None:
        """Give the name a post, once."""
        held = self.posts.setdefault(name.start, [])
        if post not in held:
            held.append(post)
        self.ways.setdefault(name.start, way)


def _join(document: Document, names: tuple[NameMention, ...], posts: tuple[Post, ...]) -> _Joined:
    """Give every post to the name beside it; a plural one to all names of its list."""
    joined = _Joined()
    ends = [name.end for name in names]
    waiting: Post | None = None
    for number, post in enumerate(posts):
        index = bisect_right(ends, post.start)
        partner, way = _partner(document, post, names[index - 1 : index], names[index : index + 1])
        if partner is not None:
            joined.add(partner, post, way)
            if waiting is not None and _IS_APPOSED.fullmatch(document.text, waiting.end, post.start):
                joined.add(partner, waiting, way)
        holes = [(other.start, other.end) for other in posts[number + 1 : number + 1 + _LONGEST_LIST]]
        for name in _sharing(document, names, holes, post, index, partner) if post.plural else ():
            joined.add(name, post, "shared")
        # `le directeur général de la police, l'inspecteur général X`: the first post waits for the name.
        waiting = None if partner else post
    return joined


def _partner(
    document: Document, post: Post, last: tuple[NameMention, ...], following: tuple[NameMention, ...]
) -> tuple[NameMention | None, str]:
    """The name beside the post, and on which side; of two the nearer one that the determiner allows."""
    before, after = next(iter(last), None), next(iter(following), None)
    ahead = _ahead(document, post, after)
    backward = before is not None and _is_before(document, post, before)
    if ahead == "right_before":
        return after, ahead
    if ahead == "other":
        return after, "before"
    if backward and not post.determined:
        return before, "behind"
    if ahead and (post.determined or ahead == "comma"):
        return after, "before"
    return (before, "behind") if backward else (None, "")


def _ahead(document: Document, post: Post, after: NameMention | None) -> str:
    """How the next name stands behind the post: right behind, after a comma, after a verb, or not at all."""
    if after is None:
        return ""
    gap = document.text[post.end : after.lead_start]
    if post.counterpart and _OTHER.match(gap):
        return "other"
    if len(gap) > _NEXT or document.breaks(post.end, after.lead_start) or not _BESIDE.match(gap):
        return ""
    return {"": "right_before", ",": "comma"}.get(gap.strip(), "near")


def _is_before(document: Document, post: Post, before: NameMention) -> bool:
    gap = _behind_states(document, before.end, post.start)
    broken = document.breaks(before.end, post.start)
    return len(gap) <= _APART and not broken and bool(_AFTER_NAME.match(gap))


def _behind_states(document: Document, start: int, end: int) -> str:
    """The text between a name and a post without the State that a short link joins to the name: `of Norway`."""
    for hit in document.within("state", start, min(end, start + 16))[:1]:
        if _OF_STATE.fullmatch(document.text, start, hit.start):
            return document.text[hit.end : end]
    return document.text[start:end]


def _sharing(
    document: Document,
    names: tuple[NameMention, ...],
    holes: list[tuple[int, int]],
    post: Post,
    index: int,
    partner: NameMention | None,
) -> list[NameMention]:
    """The names of a list that one plural post governs, after the post or before it.

    States, ranks and further posts may stand between the names: `the two chiefs, A of X and her colleague B`.
    """
    following = _listed(document, names[index : index + _LONGEST_LIST], post.end, holes)
    if following and (partner is None or partner.start >= post.end):
        return following
    if partner is None or partner.start > post.start:
        return []
    return _list_before(document, names[max(0, index - _LONGEST_LIST) : index - 1], partner)


def _list_before(document: Document, names: tuple[NameMention, ...], last: NameMention) -> list[NameMention]:
    found = [last]
    for name in reversed(names):
        gap = document.text[name.end : found[-1].lead_start]
        if not (_AND.match(gap) or (len(found) > 1 and gap.strip() == ",")):
            break
        found.append(name)
    return found


def _listed(
    document: Document, names: Iterable[NameMention], start: int, holes: list[tuple[int, int]]
) -> list[NameMention]:
    found: list[NameMention] = []
    sentence = document.sentence_at(start)
    for name in names:
        if name.lead_start < start or name.start >= sentence.end or name.lead_start - start > _WIDEST_ITEM:
            break
        if name.last == name.first or not _ITEM.match(_without_holes(document, start, name.lead_start, holes)):
            break
        found.append(name)
        start = name.end
    return found


def _without_holes(document: Document, start: int, end: int, holes: list[tuple[int, int]]) -> str:
    """The text of the span without states, towns and the posts within it."""
    cut = [(hit.start, hit.end) for kind in ("state", "town", "body") for hit in document.within(kind, start, end)]
    cut += [(first, last) for first, last in holes if start <= first < end]
    text, place = "", start
    for first, last in sorted(cut):
        if first >= place:
            text += document.text[place:first]
            place = max(place, last)
    return (text + document.text[place:end]) if place <= end else text
