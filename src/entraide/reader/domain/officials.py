"""Officials: every name is a candidate, joined with the posts beside it; one scorer says who is an official."""

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from entraide.reader.domain.document import Document
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.names import NameMention, find_names
from entraide.reader.domain.persons import Person, group_names
from entraide.reader.domain.posts import Post, find_posts
from entraide.reader.domain.scoring import load_scorer

DECISION = "official"
NONE, OFFICIAL = "none", "official"
ENOUGH = 0.5
"""Probability from which a person is proposed."""
_BESIDE = regex.compile(r"[\s,(:–—-]*(?:le |la |l['’]|M\. |the )?\Z")
_AFTER_NAME = regex.compile(
    r"\s*+(?:\([^()\n]{1,40}\)\s*+)?[,(–—-]\s*+"
    r"(?:(?:who|qui) (?:is |was |est |était )?(?:currently |also |as )?(?:its )?)?"
    r"(?:le |la |les |l['’]|the |a |its |son |sa |his |her |[Hh]on['’]ble |[Hh]onou?rable |also |currently |hiện là )?"
    r"(?:first |new |newly appointed |outgoing |two |both |deux |nouveau |nouvelle |premier |première )?(?:countries['’]s? )?\s*+\Z"
)
_AND = regex.compile(r"\s*(?:,\s*)?(?:et|and|và|ainsi que)\s++(?:de |à |avec |with )?(?:le |la |l['’]|the )?\s*+\Z")
_ITEM = regex.compile(
    r"[\s,;:()'’`s]*(?:(?:et|and|và|with|avec|ainsi que|as well as|son|sa|his|her|of|for|from|de|du|des|d['’]|de la|pour"
    r"|pour les|le|la|les|l['’]|the|royal|của|cùng|respectivement|respectively|colleague|collègue)[\s,;:()'’]+)*\Z",
    regex.IGNORECASE,
)
_OF_STATE = regex.compile(r"\s*(?:of|from|for|du|de|de la|de l['’]|des|d['’]|của)\s+(?:the )?")
_OTHER = regex.compile(r"\s*(?:will be|would be|is|was|est|sera|était|là)\s+\Z")
_APPOSED = 6
_LONGEST_LIST = 8
_WIDEST_ITEM = 120
_FEW = 6
_LAST_PART = 0.8


@dataclass(slots=True)
class Candidate:
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
        person.confidence = scorer.probabilities(candidate.features)[OFFICIAL]
        if person.confidence >= ENOUGH:
            person.reason = ", ".join(scorer.telling(candidate.features, OFFICIAL)) or "a name"
            people.append(person)
    return people, posts


def find_candidates(document: Document, syntax: Syntax) -> tuple[list[Candidate], tuple[Post, ...]]:
    """Return every person that the text may name, in order, and all posts."""
    posts, taken = find_posts(document)
    names = find_names(document, taken)
    joined, ways = _join(document, names, posts)
    people = group_names(document, names, joined)
    posted = {name.start for person in people if person.posts for name in person.names}
    found: list[Candidate] = []
    places = {name.start: index for index, name in enumerate(names)}
    for person in people:
        if all(_bears(document, name) for name in person.names):
            continue
        if len(person.words) == 1 and not person.posts and not any(name.led for name in person.names):
            continue
        features = _features(document, syntax, person)
        features += sorted({f"joined={ways[name.start]}" for name in person.names if name.start in ways})
        features += _neighbours(document, names, places, posted, person)
        found.append(Candidate(person, tuple(dict.fromkeys(features))))
    return found, posts


def _features(document: Document, syntax: Syntax, person: Person) -> list[str]:
    """What the person's mentions show: posts, ranks, verbs, where they stand."""
    found = [f"words={min(len(person.words), 4)}", f"mentions={min(len(person.mentions), 3)}"]
    found += [f"language={document.vocabulary.language}"]
    text = [post for post in person.posts if post.text]
    found.append("post=named" if text else "post=counterpart" if person.posts else "post=none")
    leads = sorted({name.led for name in person.names if name.led})
    found += [f"led={lead}" for lead in leads] or ["led=none"]
    if text and any(post.plural for post in text):
        found.append("post=plural")
    found += [f"words+post={min(len(person.words), 4)},{bool(person.posts)},{bool(leads)}"]
    if len(person.mentions) > 1 and any(name.last == name.first for name in person.names):
        found.append("short_mention")
    kinds = {document.sentence_at(start).kind for start, _ in person.mentions[:_FEW]}
    found += [f"only_in={next(iter(kinds))}"] if len(kinds) == 1 else ["in_several_kinds"]
    for name in person.names[:_FEW]:
        found += _of_mention(document, syntax, name)
    return found + _shape(document, person)


def _of_mention(document: Document, syntax: Syntax, name: NameMention) -> list[str]:
    context = syntax.context_of(name.first)
    sentence = document.sentence_at(name.start)
    found = [f"slot+verb={context.slot},{context.verb}", f"slot={context.slot}", f"preposition={context.preposition}"]
    before = document.tokens[name.first - 1] if name.first and not name.led else None
    after = document.tokens[name.last + 1] if name.last + 1 < len(document.tokens) else None
    if context.slot == "subject" and context.clause.verb and context.clause.verb.start - name.last <= 2:
        found.append("right_before_a_verb")
    if context.slot == "object" and context.clause.verb and name.first - context.clause.verb.end <= 1:
        found.append("right_after_a_verb")
    if name.start <= sentence.start + 1:
        found.append("begins_sentence")
    if before is not None:
        found.append(f"before={_kind(document, before.start, before.text)}")
    if after is not None:
        found.append(f"after={_kind(document, after.start, after.text)}")
    if sentence.start > document.sentences[-1].start * _LAST_PART:
        found.append("late")
    if document.within("agency", name.end, name.end + 5) or document.within("agency", name.start - 12, name.start):
        found.append("credit")
    return found


def _bears(document: Document, name: NameMention) -> bool:
    """`le monument du Président X`: a place or a work that bears the name."""
    words = document.folded[max(0, name.start - 34) : name.start].replace("'", " ").split()
    return any(word in document.vocabulary.words["not_officials"] for word in words[-4:])


def _kind(document: Document, start: int, text: str) -> str:
    """The kind of a word beside a name: its mark, a class of the lexicon, or upper or lower case."""
    for kind in ("state", "town", "met", "signed", "chaired", "held_past", "org_heads", "body"):
        if document.within(kind, start, start + 1):
            return kind
    if not text[0].isalnum():
        return text[0] if text[0] in ",.;:()-–«»\"“”/" else "mark"
    return text.lower() if len(text) <= 4 and text.islower() else "upper" if text[0].isupper() else "lower"


def _shape(document: Document, person: Person) -> list[str]:
    """Signs that the words are no name: short forms, words of offices, hyphens between capitals."""
    found: list[str] = []
    words = document.vocabulary.words
    parts = person.name.split()
    if any(part.isupper() and len(part) > 2 for part in parts):
        found.append("capitals" if all(part.isupper() for part in parts) else "some_capitals")
    if any(word in words["portfolio"] for word in person.words):
        found.append("words_of_office")
    if any(word in words["not_names"] for word in person.words):
        found.append("words_of_no_name")
    if any("-" in part for part in parts):
        found.append("hyphen")
    if len(parts) > 1 and parts[0] in _family_names(document):
        found.append("family_name")
    return found


def _family_names(document: Document) -> frozenset[str]:
    return frozenset(name for names in document.vocabulary.states["family_names"].values() for name in names)


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


def _join(
    document: Document, names: tuple[NameMention, ...], posts: tuple[Post, ...]
) -> tuple[dict[int, list[Post]], dict[int, str]]:
    """Posts by the start of the name that they belong to, and how the two stand."""
    joined: dict[int, list[Post]] = {}
    ways: dict[int, str] = {}
    index = 0
    waiting: Post | None = None
    for number, post in enumerate(posts):
        while index < len(names) and names[index].end <= post.start:
            index += 1
        before = names[index - 1] if index else None
        after = names[index] if index < len(names) else None
        partner, way = _partner(document, post, before, after)
        for name in [partner] if partner else []:
            joined.setdefault(name.start, []).append(post)
            ways.setdefault(name.start, way)
            if waiting is not None and post.start - waiting.end <= _APPOSED:
                joined[name.start].append(waiting)
        if post.plural:
            holes = [(other.start, other.end) for other in posts[number + 1 : number + 1 + _LONGEST_LIST]]
            for name in _sharing(document, names, holes, post, index, partner):
                if post not in joined.setdefault(name.start, []):
                    joined[name.start].append(post)
                ways.setdefault(name.start, "shared")
        # `le directeur général de la police, l'inspecteur général X`: the first post waits for the name.
        waiting = None if partner else post
    return joined, ways


def _partner(
    document: Document, post: Post, before: NameMention | None, after: NameMention | None
) -> tuple[NameMention | None, str]:
    gap_after = document.text[post.end : after.lead_start] if after else "x"
    gap_before = _behind_states(document, before.end, post.start) if before else "x"
    forward = after is not None and len(gap_after) <= 7 and bool(_BESIDE.match(gap_after)) and "\n" not in gap_after
    backward = (
        before is not None and len(gap_before) <= 60 and bool(_AFTER_NAME.match(gap_before)) and "\n" not in gap_before
    )
    if forward and gap_after.strip() == "":
        return after, "right_before"
    if post.counterpart and after is not None and _OTHER.match(gap_after):
        return after, "before"
    if backward and not post.determined:
        return before, "behind"
    if forward and (post.determined or (not backward and gap_after.strip() == ",")):
        return after, "before"
    return (before, "behind") if backward else (None, "")


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
    if not post.plural:
        return []
    following = _listed(document, names[index : index + _LONGEST_LIST], post.end, holes)
    if following and (partner is None or partner.start >= post.end):
        return following
    if partner is None or partner.start > post.start:
        return []
    before = [partner]
    for name in reversed(names[max(0, index - _LONGEST_LIST) : index - 1]):
        gap = document.text[name.end : before[-1].lead_start]
        if not (_AND.match(gap) or (len(before) > 1 and gap.strip() == ",")):
            break
        before.append(name)
    return before


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


