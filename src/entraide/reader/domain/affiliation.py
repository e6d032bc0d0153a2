"""The State of an official: every State that the text names is a candidate; one scorer weighs, the document decides.

What is told to the scorer of a person and a State: how the words around the person claim it (in the post, before the
name, by a delegation), which State is claimed otherwise, how the whole text stands to it (title, dateline, agency), and
what the persons beside are. Then the document decides: two counterparts or two sides of a meeting are of two States.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from babel.core import get_global

from entraide.reader.domain.claims import STATED, claims_of
from entraide.reader.domain.document import Document
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.homes import BODY, Ground, Landscape, survey
from entraide.reader.domain.kinship import APART, Relation, last_before, relate, shared_posts
from entraide.reader.domain.persons import Person
from entraide.reader.domain.posts import Post
from entraide.reader.domain.scoring import Scorer, load_scorer

DECISION = "state"
NONE, OWN = "none", "own"
ENOUGH = 0.25
"""Probability from which a State is proposed."""
_MOST_CANDIDATES = 30
_TWO = 2
_STRENGTH = {kind: len(STATED) - place for place, kind in enumerate(STATED)}


@dataclass(slots=True)
class Candidate:
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
    relations: list[list[Relation]]
    stated: list[str]
    known: list[str]


def assign_states(document: Document, syntax: Syntax, people: list[Person], posts: tuple[Post, ...]) -> None:
    """Fill `state`, its span, reason and confidence for every person whom the text gives one, the surest first."""
    setting = survey_people(document, syntax, people, posts)
    scorer = load_scorer(DECISION)
    weighed = {index: _best(setting, people, scorer, index) for index in range(len(people))}
    while weighed:
        index = max(weighed, key=lambda place: weighed[place][0])
        probability, candidate = weighed.pop(index)
        if candidate is None or probability < ENOUGH:
            continue
        person = people[index]
        person.state, person.state_confidence = candidate.state, probability
        person.state_span = (candidate.ground.start, candidate.ground.end)
        person.state_reason = ", ".join(scorer.telling(candidate.features, OWN)) or candidate.ground.kind
        setting.known[index] = candidate.state
        for relation in setting.relations[index]:
            if relation.other in weighed:
                weighed[relation.other] = _best(setting, people, scorer, relation.other)
    resolve_posts(people, posts, setting.relations)


def _best(setting: Setting, people: Sequence[Person], scorer: Scorer, index: int) -> tuple[float, Candidate | None]:
    """The likeliest State that the person may be of, with its probability."""
    best: tuple[float, Candidate | None] = (0.0, None)
    for candidate in candidates_of(setting, index):
        probability = scorer.probabilities(candidate.features)[OWN]
        if probability > best[0] and not _forbidden(people, setting, candidate):
            best = (probability, candidate)
    return best


def _forbidden(people: Sequence[Person], setting: Setting, candidate: Candidate) -> bool:
    """Whether a counterpart or the other side of a meeting is already of this State; bodies of States may meet."""
    if candidate.state == BODY or setting.stated[candidate.person] == candidate.state:
        return False
    return any(
        relation.kind in APART and people[relation.other].state == candidate.state
        for relation in setting.relations[candidate.person]
    )


def main_states(document: Document, people: Sequence[Person]) -> list[str]:
    """Return the States that the text is about, most named first."""
    counted = Counter(hit.value for hit in document.hits.get("state", ()))
    counted.update(person.state for person in people if person.state)
    first = {hit.value: hit.start for hit in reversed(document.hits.get("state", ()))}
    return sorted(counted, key=lambda code: (-counted[code], first.get(code, 0)))


def survey_people(
    document: Document, syntax: Syntax, people: Sequence[Person], posts: tuple[Post, ...]
) -> Setting:
    """Return what the text says of the officials and their States."""
    landscape = survey(document)
    claims = [claims_of(document, syntax, person, landscape) for person in people]
    for index, ground in shared_posts(document, people).items():
        own = [claim for claim in claims[index] if not claim.kind.startswith("post_")]
        claims[index] = [ground, *own]
    for index, ground in _elsewhere(document, people, posts):
        claims[index].append(ground)
    stated = [_stated(own) for own in claims]
    traits = [_traits(document, syntax, person) for person in people]
    return Setting(document, landscape, claims, traits, relate(document, syntax, people), stated, list(stated))


def candidates_of(setting: Setting, index: int) -> list[Candidate]:
    """Return every State that may be the person's, with what the scorer is told of it."""
    codes = dict.fromkeys([*(claim.state for claim in setting.claims[index]), *setting.landscape.codes])
    return [_candidate(setting, index, code) for code in list(codes)[:_MOST_CANDIDATES]]


def _stated(claims: Sequence[Ground]) -> str:
    """The State that the words beside the person state, or empty."""
    best = max(claims, key=lambda claim: _STRENGTH.get(claim.kind, 0), default=None)
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
        if not post.state or id(post) in held or post.plural or post.counterpart:
            continue
        same = heads.get(post.head, [])
        kind = "elsewhere_one" if len(same) == 1 else "elsewhere"
        found += [(index, Ground(post.state, post.state_start, post.state_end, kind)) for index in same[:4]]
    return found


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


def _traits(document: Document, syntax: Syntax, person: Person) -> tuple[str, ...]:
    """What the person is without regard to any State."""
    context = syntax.context_of(person.names[0].first)
    found = ["counterpart" if any(post.counterpart for post in person.posts) else "posted" if person.posts else "unposted"]
    if context.verb in {"meet", "visit", "greet", "attend", "sign", "hold", "say"}:
        found.append(f"{context.slot}_of_{context.verb}{'_passive' if context.passive else ''}")
    near = document.folded[max(0, person.name_start - 60) : person.name_end + 40]
    if any(word in near for word in _GUESTS):
        found.append("guest_near")
    before = document.folded[max(0, person.names[0].lead_start - 24) : person.name_start]
    if any(word in before for word in _HOST):
        found.append("the_host")
    if any(word in near for word in _HOSTS):
        found.append("of_the_host")
    return tuple(found)


def _candidate(setting: Setting, index: int, code: str) -> Candidate:
    claims = setting.claims[index]
    own = [claim for claim in claims if claim.state == code]
    rivals = [claim for claim in claims if claim.state != code]
    best = max(own, key=lambda claim: _STRENGTH.get(claim.kind, 0), default=None)
    rival = max(rivals, key=lambda claim: _STRENGTH.get(claim.kind, 0), default=None)
    stated = bool(best and best.kind in _STRENGTH)
    opposed = bool(rival and rival.kind in _STRENGTH)
    found = [f"claim={kind}" for kind in dict.fromkeys(claim.kind for claim in own)]
    found += [f"rival={rival.kind}"] if rival and opposed else []
    found.append(f"stated={stated},{opposed}")
    bare = not stated and not opposed
    found += _of_text(setting, index, code, bare=bare)
    found += _of_others(setting, index, code, bare=bare)
    if bare:
        found += [f"bare:claim={kind}" for kind in dict.fromkeys(claim.kind for claim in own)]
    ground = best or next((g for g in setting.landscape.grounds if g.state == code), None)
    if ground is None:
        ground = Ground(code, *setting.landscape.span(setting.document, code), "named in the text")
    return Candidate(index, code, ground, tuple(dict.fromkeys(found)))


def _of_text(setting: Setting, index: int, code: str, *, bare: bool) -> list[str]:
    """How the whole text stands to the State; it counts where nothing beside the person states one."""
    landscape = setting.landscape
    rank = landscape.codes.index(code) if code in landscape.codes else 9
    several = sum(1 for other in landscape.codes if landscape.counts.get(other, 0))
    holders = sum(1 for place, state in enumerate(setting.known) if state == code and place != index)
    found = ["body"] if code == BODY else []
    if not bare:
        return [*found, f"rank={min(rank, 3)}"]
    kinds = dict.fromkeys(ground.kind for ground in landscape.grounds if ground.state == code)
    own = _own_state(setting.document.vocabulary.language) == code
    facts = [
        *(["own_language"] if own else []),
        f"rank={min(rank, 3)}",
        f"rank+several={min(rank, 3)},{min(several, 4)}",
        f"held={min(holders, 2)}",
        f"rank+held={min(rank, 3)},{min(holders, 2)}",
        *(f"ground={kind}" for kind in kinds),
        *(f"ground+held={kind},{min(holders, 1)}" for kind in kinds),
        f"no_ground={not kinds}",
    ]
    found += [f"bare:{fact}" for fact in facts]
    for trait in setting.traits[index]:
        found += [f"{trait}:{fact}" for fact in facts]
    return found


@cache
def _own_state(language: str) -> str:
    """The State where the language is at home, by Unicode CLDR: `vi` is of Viet Nam."""
    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]


def _of_others(setting: Setting, index: int, code: str, *, bare: bool) -> list[str]:
    """What the words beside the related persons state."""
    found: list[str] = []
    pair = setting.landscape.codes[:_TWO]
    for relation in setting.relations[index]:
        state = setting.known[relation.other]
        if not state:
            found.append(f"{relation.kind}=unknown")
            continue
        same = "same" if state == code else "other_of_two" if code in pair and state in pair else "other"
        found.append(f"{relation.kind}={same}")
        if bare:
            found.append(f"bare:{relation.kind}={same}")
    return found


def resolve_posts(people: Sequence[Person], posts: tuple[Post, ...], relations: Sequence[Sequence[Relation]]) -> None:
    """Give a counterpart the person whose post he holds, and a collective post to those of its States who have none."""
    for index, person in enumerate(people):
        if any(post.counterpart for post in person.posts):
            others = [r.other for r in relations[index] if r.kind == "counterpart"]
            own = [n for n in others if not any(post.counterpart for post in people[n].posts)]
            if own:
                start = person.name_start
                person.counterpart_of = max((people[n] for n in own), key=lambda p: last_before(p, start)).name
    collective: Mapping[str, Post] = {code: post for post in reversed(posts) if post.plural for code, _, _ in post.states}
    for person in people:
        if not person.posts and person.state in collective:
            person.posts = [collective[person.state]]
