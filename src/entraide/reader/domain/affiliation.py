"""The State of an official: every State that the text names is a candidate; one scorer weighs, the document decides.

What is told to the scorer of a person and a State: how the words around the person claim it (in the post, before the
name, by a delegation), which State is claimed otherwise, how the whole text stands to it (title, dateline, agency), and
what the persons beside are. Then the document decides: two counterparts or two sides of a meeting are of two States.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple

from babel.core import get_global

from entraide.reader.domain.claims import STATED, claims_of
from entraide.reader.domain.document import Document
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.homes import BODY, Ground, Landscape, survey
from entraide.reader.domain.kinship import Relation, last_before, relate, shared_posts
from entraide.reader.domain.persons import Person
from entraide.reader.domain.posts import Post
from entraide.reader.domain.scoring import Scorer, load_scorer

DECISION = "state"
NONE, OWN = "none", "own"
ENOUGH = 0.4
"""Probability from which a State is proposed."""
_MOST_CANDIDATES = 30
_TWO = 2
_LAST_RANK = 3
_STRENGTH = {kind: len(STATED) - place for place, kind in enumerate(STATED)}


class Candidate(NamedTuple):
    """A State that may be a person's: place of the person, the words that show it best, what the scorer is told."""

    person: int
    state: str
    ground: Ground
    features: tuple[str, ...]


@dataclass(slots=True)
class Setting:
    """The officials of a text with the claims on each, their traits and relations and what the whole text says.

    `known` are the States that are held for the others while one is weighed: those stated, then those decided.
    """

    document: Document
    landscape: Landscape
    claims: list[list[Ground]]
    traits: list[tuple[str, ...]]
    heads: list[tuple[str, ...]]
    relations: list[list[Relation]]
    stated: list[str]
    known: list[str]
    _own: dict[tuple[int, str], "_Own"] = field(default_factory=dict)
    _told: dict[tuple[int, str, int], list[str]] = field(default_factory=dict)

    def own_of(self, index: int, code: str) -> "_Own":
        """Return what the words beside the person say of the State; it does not change while States are given."""
        found = self._own.get((index, code))
        if found is None:
            found = self._own[index, code] = _own_of(self, index, code)
        return found

    def told_of(self, index: int, code: str, rank: int, holders: int) -> list[str]:
        """Return how the whole text stands to the State that so many others are of."""
        found = self._told.get((index, code, holders))
        if found is None:
            facts = _facts_of(self, code, rank, holders)
            traits = ("bare", *self.traits[index])
            found = self._told[index, code, holders] = [f"{trait}:{fact}" for trait in traits for fact in facts]
        return found


class _Own(NamedTuple):
    """What the words beside a person say of a State: the strongest, the features, whether any State is stated."""

    ground: Ground
    features: list[str]
    bare: bool


def assign_states(document: Document, syntax: Syntax, people: list[Person], posts: tuple[Post, ...]) -> None:
    """Fill `state`, its span, reason and confidence for every person whom the text gives one, the surest first."""
    setting = survey_people(document, syntax, people, posts)
    scorer = load_scorer(DECISION)
    weighed = {index: _best(setting, scorer, index) for index in range(len(people))}
    while weighed:
        index = max(weighed, key=lambda place: weighed[place][0])
        probability, candidate = weighed.pop(index)
        if candidate is None or probability < ENOUGH:
            continue
        person = people[index]
        person.state, person.state_confidence = candidate.state, probability
        person.state_span = (candidate.ground.start, candidate.ground.end)
        person.state_stated = setting.stated[index] == candidate.state
        person.state_reason = _reason(candidate, scorer)
        setting.known[index] = candidate.state
        for relation in setting.relations[index]:
            if relation.other in weighed:
                weighed[relation.other] = _best(setting, scorer, relation.other)
    resolve_posts(people, posts, setting.relations)


_SAID = {
    "claim=post_shared": "the post names the States in the order of the names",
    "claim=post_name": "the post names the State",
    "claim=post_adjective": "the post names the State",
    "claim=post_organ": "the post names a service of the State",
    "claim=post_compound": "the post names the State",
    "claim=post_town": "the post names a place there",
    "claim=post_short": "the post names a service of the State by letters",
    "claim=post_body": "the post names a body of States",
    "claim=post_short_body": "the post names a body of States by letters",
    "claim=envoy": "the post says whose envoy",
    "claim=brackets": "the State in brackets",
    "claim=adjective": "the adjective before the name",
    "claim=of_after": "the State behind the name",
    "claim=for_after": "the State behind the name",
    "claim=by": "the State is said to be represented by the name",
    "claim=behalf": "on behalf of the State",
    "claim=fronted": "whom the sentence speaks for",
    "claim=leads": "leads the State's delegation",
    "claim=led_by": "leads the State's delegation",
    "claim=delegation_before": "the delegation of the sentence",
    "claim=delegation_behind": "the delegation of the sentence",
    "claim=peculiar": "only this State has such a post",
    "claim=elsewhere_one": "the same post is named with its State elsewhere",
    "claim=only_of_sentence": "the only State of the sentence",
    "claim=near_before": "the nearest State before the name",
    "claim=near_after": "the nearest State behind the name",
    "claim=clause_before": "a State in the clause",
    "claim=clause_after": "a State in the clause",
    "claim=town_of_sentence": "a place in the sentence",
    "claim=body_of_sentence": "a body of States in the sentence",
    "claim=sentence_before": "the last State of the sentence before",
    "claim=family_name": "the family name is usual there",
    "claim=name_ending": "the form of the family name is usual there",
    "listed=same": "in one list with an official of the State",
    "accompanied=same": "accompanied by an official of the State",
    "one_clause=same": "in one clause with an official of the State",
    "across=other_of_two": "the other of the two States that meet",
    "counterpart=other_of_two": "the counterpart is of the other State",
    "ground=agency": "the State of the agency that reports",
    "ground=own_page": "the State of the ministry whose page it is",
    "ground=dateline": "the place where the release was issued",
    "ground=goal": "the State that is visited",
    "ground=town_of_lead": "the place that the report begins with",
    "ground=title_1": "the first State of the title",
    "ground=title_2": "the second State of the title",
    "rank=0": "the State that is named most",
}
"""What a person is told of the features that spoke for a State; of the others nothing can be said in words."""
_TOLD = 8


def _reason(candidate: Candidate, scorer: Scorer) -> str:
    told = [feature.rpartition(":")[2] for feature in scorer.telling(candidate.features, OWN, most=_TOLD)]
    if candidate.ground.kind in _STRENGTH:
        told.insert(0, f"claim={candidate.ground.kind}")
    said = dict.fromkeys(_SAID[feature] for feature in told if feature in _SAID)
    return "; ".join(list(said)[:_TWO]) or "named in the text"


def _best(setting: Setting, scorer: Scorer, index: int) -> tuple[float, Candidate | None]:
    """The likeliest State that the person may be of, with its probability."""
    open_ones = candidates_of(setting, index)
    if not open_ones:
        return 0.0, None
    sums = [scorer.weigh(candidate.features, OWN) for candidate in open_ones]
    place = max(range(len(sums)), key=sums.__getitem__)
    return 1 / sum(math.exp(value - sums[place]) for value in sums), open_ones[place]


def main_states(document: Document, people: Sequence[Person]) -> list[str]:
    """Return the States that the text is about, most named first."""
    counted = Counter(hit.value for hit in document.hits.get("state", ()))
    counted.update(person.state for person in people if person.state)
    first = {hit.value: hit.start for hit in reversed(document.hits.get("state", ()))}
    return sorted(counted, key=lambda code: (-counted[code], first.get(code, 0)))


def survey_people(document: Document, syntax: Syntax, people: Sequence[Person], posts: tuple[Post, ...]) -> Setting:
    """Return what the text says of the officials and their States."""
    landscape = survey(document)
    claims = [claims_of(document, syntax, person, landscape) for person in people]
    for index, ground in shared_posts(document, people).items():
        own = [claim for claim in claims[index] if not claim.kind.startswith("post_")]
        claims[index] = [ground, *own]
    for index, ground in _elsewhere(document, people, posts):
        claims[index].append(ground)
    claims = _parted_by_owner(people, claims)
    stated = [_stated(own) for own in claims]
    traits = [_traits(document, person) for person in people]
    heads = [tuple(sorted({f"body:head={post.head}" for post in person.posts})) for person in people]
    return Setting(document, landscape, claims, traits, heads, relate(document, syntax, people), stated, list(stated))


def candidates_of(setting: Setting, index: int) -> list[Candidate]:
    """Return every State that may be the person's, with what the scorer is told of it."""
    home = _own_state(setting.document.vocabulary.language)
    codes = dict.fromkeys([*(claim.state for claim in setting.claims[index]), home, *setting.landscape.codes])
    return [_candidate(setting, index, code) for code in list(codes)[:_MOST_CANDIDATES]]


def _parted_by_owner(people: Sequence[Person], claims: Sequence[Sequence[Ground]]) -> list[list[Ground]]:
    """Mark the States near a person that the words beside another one claim: `A, ministre, et B, ministre malien`."""
    owners: dict[int, set[int]] = {}
    for index, person in enumerate(people):
        for start in _claimed(person, claims[index]):
            owners.setdefault(start, set()).add(index)
    return [
        [*own, *(claim._replace(kind=f"held_{near}") for claim in own if (near := _held(claim, owners, index)))]
        for index, own in enumerate(claims)
    ]


def _claimed(person: Person, claims: Sequence[Ground]) -> list[int]:
    """Where the States stand that the person's own posts and the words right beside the name name."""
    inside = [start for post in person.posts if not post.plural for _, start, _ in post.states]
    return inside + [claim.start for claim in claims if claim.kind in _BESIDE]


def _held(claim: Ground, owners: Mapping[int, set[int]], index: int) -> str:
    kind = claim.kind
    near = "clause" if kind.startswith("clause_") else kind if kind in _NEAR else ""
    return near if claim.start in owners and index not in owners[claim.start] else ""


_NEAR = frozenset({"near_before", "near_after", "only_of_sentence"})
_BESIDE = frozenset({"brackets", "adjective", "of_after", "for_after", "leads", "led_by", "by"})


def _stated(claims: Sequence[Ground]) -> str:
    """The State that the words beside the person state, or empty."""
    best = _strongest(claims)
    return best.state if best is not None and best.kind in _STRENGTH else ""


def _elsewhere(document: Document, people: Sequence[Person], posts: tuple[Post, ...]) -> list[tuple[int, Ground]]:
    """`Le ministre vietnamien a proposé` speaks of the only minister whose State is not said beside the name."""
    held = {id(post) for person in people for post in person.posts}
    heads: dict[str, list[int]] = {}
    for index, person in enumerate(people):
        for head in _heads_of(document, person):
            heads.setdefault(head, []).append(index)
    found: list[tuple[int, Ground]] = []
    for post in posts:
        same = heads.get(post.head, []) if _is_of_one(post) and id(post) not in held else []
        kind = "elsewhere_one" if len(same) == 1 else "elsewhere"
        found += [(index, Ground(post.state, post.state_start, post.state_end, kind)) for index in same[:4]]
    return found


def _is_of_one(post: Post) -> bool:
    return bool(post.state) and not post.plural and not post.counterpart


def _heads_of(document: Document, person: Person) -> frozenset[str]:
    """The heads of the person's posts and of their further parts: `Vice-premier ministre et ministre de la Justice`."""
    found = {post.head for post in person.posts}
    for post in person.posts[:8]:
        start = document.within("posts", post.start + 1, post.end)
        found.update(document.folded[hit.start : hit.end] for hit in start)
    return frozenset(found)


_HOSTS = ("nước chủ nhà", "host country", "pays hote", "pays d'accueil", "nước này", "nước sở tại")
_HOST = ("host ", "hote ", "chủ nhà", "host,", "hote,")
_GUESTS = ("visit", "guest", "thăm", "invit", "arriv", "rendu", "tháp tùng")


def _traits(document: Document, person: Person) -> tuple[str, ...]:
    """What the person is without regard to any State."""
    found = ["counterpart" if person.is_counterpart else "posted" if person.posts else "unposted"]
    near = document.folded[max(0, person.name_start - 60) : person.name_end + 40]
    before = document.folded[max(0, person.names[0].lead_start - 24) : person.name_start]
    signs = (("guest_near", _GUESTS, near), ("the_host", _HOST, before), ("of_the_host", _HOSTS, near))
    return (*found, *(sign for sign, words, text in signs if any(word in text for word in words)))


def _strongest(claims: Iterable[Ground]) -> Ground | None:
    best, most = None, -1
    for claim in claims:
        strength = _STRENGTH.get(claim.kind, 0)
        if strength > most:
            best, most = claim, strength
    return best


def _stated_kind(claims: Sequence[Ground]) -> str:
    """The kind of the strongest claim, where words beside the person state it."""
    best = _strongest(claims)
    return best.kind if best is not None and best.kind in _STRENGTH else ""


def _candidate(setting: Setting, index: int, code: str) -> Candidate:
    own = setting.own_of(index, code)
    found = [
        *own.features,
        *_of_text(setting, index, code, bare=own.bare),
        *_of_others(setting, index, code, bare=own.bare),
        *(setting.heads[index] if code == BODY else ()),
    ]
    return Candidate(index, code, own.ground, tuple(dict.fromkeys(found)))


def _own_of(setting: Setting, index: int, code: str) -> _Own:
    claims = setting.claims[index]
    own, others = _parted(claims, code)
    kinds = list(dict.fromkeys(claim.kind for claim in own))
    best, rival = _strongest(own), _stated_kind(others)
    stated = best.kind if best is not None and best.kind in _STRENGTH else ""
    bare = not (stated or rival)
    found = [f"{prefix}claim={kind}" for prefix in _PREFIXES[bare] for kind in kinds]
    found += [f"stated={bool(stated)},{bool(rival)}", f"rival={rival}", *_usual_elsewhere(claims, code)]
    if bare and _is_unusual(setting.document, code, kinds):
        found.append(f"unusual_in={code}")
    return _Own(best or _ground_of(setting, code), found, bare)


def _parted(claims: Sequence[Ground], code: str) -> tuple[list[Ground], list[Ground]]:
    own = [claim for claim in claims if claim.state == code]
    return own, [claim for claim in claims if claim.state != code]


def _usual_elsewhere(claims: Sequence[Ground], code: str) -> list[str]:
    """The form of the name is usual in another State."""
    return [f"elsewhere_usual={claim.kind}" for claim in claims if claim.state != code and claim.kind in _USUAL]


def _is_unusual(document: Document, code: str, kinds: Sequence[str]) -> bool:
    """Whether nearly everybody of the State has one of few family names, and this person has none of them."""
    return len(document.vocabulary.states["family_names"].get(code, ())) >= _NEARLY_ALL and _USUAL.isdisjoint(kinds)


_NEARLY_ALL = 40
"""So many family names of a State are all that are usual: of China, Korea and Viet Nam nine tenths of the people."""
_USUAL = frozenset({"family_name", "family_name_of_two", "name_ending"})
_PREFIXES = {True: ("", "bare:"), False: ("",)}
"""What nothing is stated of is told apart: there the rest of the text counts."""


def _ground_of(setting: Setting, code: str) -> Ground:
    """What the whole text shows of the State, else where it is first named."""
    for ground in setting.landscape.grounds:
        if ground.state == code:
            return ground
    return Ground(code, *setting.landscape.span(setting.document, code), "named in the text")


def _of_text(setting: Setting, index: int, code: str, *, bare: bool) -> list[str]:
    """How the whole text stands to the State; it counts where nothing beside the person states one."""
    codes = setting.landscape.codes
    rank = min(codes.index(code) if code in codes else _LAST_RANK, _LAST_RANK)
    found = ["body"] if code == BODY else []
    if not bare:
        return [*found, f"rank={rank}"]
    holders = sum(1 for place, state in enumerate(setting.known) if state == code and place != index)
    return [*found, *setting.told_of(index, code, rank, min(holders, 2))]


def _facts_of(setting: Setting, code: str, rank: int, holders: int) -> list[str]:
    landscape, language = setting.landscape, setting.document.vocabulary.language
    kinds = dict.fromkeys(ground.kind for ground in landscape.grounds if ground.state == code)
    return [
        *([f"own_language={language}"] if _own_state(language) == code else []),
        f"rank={rank}",
        f"held={holders}",
        *(f"ground={kind}" for kind in kinds),
        f"no_ground={not kinds}",
    ]


@cache
def _own_state(language: str) -> str:
    """The State where the language is at home, by Unicode CLDR: `vi` is of Viet Nam."""
    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]


def _of_others(setting: Setting, index: int, code: str, *, bare: bool) -> list[str]:
    """What is known of the related persons, where nothing beside the person states a State."""
    found: list[str] = []
    pair = [code for code in setting.landscape.codes if code != BODY][:_TWO]
    for relation in setting.relations[index] if bare else ():
        state = setting.known[relation.other]
        if not state:
            continue
        same = "same" if state == code else "other_of_two" if code in pair and state in pair else "other"
        stated = "stated" if setting.stated[relation.other] else "told"
        found += [f"bare:{relation.kind}={same}", f"bare:{relation.kind}+{stated}={same}"]
    return found


def resolve_posts(people: Sequence[Person], posts: tuple[Post, ...], relations: Sequence[Sequence[Relation]]) -> None:
    """Give a counterpart the person whose post he holds, and a collective post to those of its States who have none."""
    for index, person in enumerate(people):
        if person.is_counterpart:
            person.counterpart_of = _holder_before(people, relations[index], person.name_start)
    plural = [post for post in reversed(posts) if post.plural]
    collective = {code: post for post in plural for code, _, _ in post.states}
    for person in people:
        if not person.posts and person.state in collective:
            person.posts = [collective[person.state]]


def _holder_before(people: Sequence[Person], relations: Sequence[Relation], position: int) -> str:
    """The name of the counterpart who was last named before and is not called one himself, or empty."""
    others = [people[relation.other] for relation in relations if relation.kind == "counterpart"]
    own = [other for other in others if not other.is_counterpart]
    return max(own, key=partial(last_before, position=position)).name if own else ""
