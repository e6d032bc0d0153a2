"""Who signs an instrument: every person is a candidate for each place where the report speaks of its signing.

Such a place is a verb or noun of signing in a sentence that names the instrument, or in one that follows and points
back to it. `Both ministers signed` means the two heads of the meeting; who only looks on does not sign.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from entraide.reader.domain.deeds import Deed
from entraide.reader.domain.document import Sentence
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.grammar.syntax import Syntax, VerbGroup
from entraide.reader.domain.persons import Person
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import load_scorer

DECISION = "signatory"
NONE, SIGNS = "none", "signs"
ENOUGH = 0.5
ALMOST = 0.35
_TWO, _TOGETHER = 2, 0.8
_MOST_PEOPLE = 24
_MOST_SPOTS = 6
_FOLLOWING = 3
_SIGNING = frozenset({"sign", "conclude", "adopt"})
_NEAR, _MIDDLE = 6, 25
_MOST_SIGNING = 6
_AGENTS = frozenset(
    [
        "par",
        "by",
        "do",
        "bởi",
        "signatures",
        "signature",
        "signataires",
        "signatories",
        "signatory",
        "paraphe",
        "paraphes",
        "names",
        "name",
        "là",
    ]
)
_APART = (
    "presence", "witness", "chứng kiến", "temoin", "accompagn", "along with", "assist", "attended", "looked on",
    "tham dự", "present", "sous le regard",
)  # fmt: skip
_AND = (" et ", " and ", " và ", "ainsi que", " cùng ", "as well as")
_WITH = ("avec", "with", "cùng", "với", "aux cotes")
_PAIR = regex.compile(r"\b(?:the two|both|these two|deux|hai|the pair of)(?: (?:new|vi|pho|vice|deputy))? (?P<who>\w+)")
_SIDES = frozenset(
    [
        "parties", "pays", "cotes", "etats", "delegations", "ministeres", "gouvernements", "services",
        "institutions", "polices", "nations", "voisins", "capitales", "textes", "accords", "documents", "forces",
        "corps", "jours",
        "sides", "countries", "states", "ministries", "governments", "agencies", "neighbours", "neighbors", "texts",
        "agreements", "organisations", "organizations", "days",
        "bên", "nước", "bộ", "quốc", "đoàn", "cơ", "lực", "văn", "hiệp", "thỏa", "ngày", "chính",
    ]
)  # fmt: skip
"""Those of whom two are named together and who are no persons, and what is signed."""
_JOINT = ("nobody", "sides", "they", "persons")
_SPEAKING = frozenset({"say", "stress", "welcome", "propose", "discuss"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a signing is told: its sentence, its tokens, its kind and where it stands to the instrument."""

    sentence: Sentence
    start: int
    end: int
    kind: str
    where: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person and what the scorer is told of a signature by them."""

    person: Person
    mark: tuple[int, int]
    features: tuple[str, ...]


def find_signatories(
    facts: Facts, syntax: Syntax, deed: Deed, deeds: list[Deed], meetings: list[Event]
) -> tuple[tuple[str, ...], Mark | None]:
    """Return the names of those who sign, in the order of the text, and the passage that shows the first of them."""
    scorer = load_scorer(DECISION)
    candidates = signatory_candidates(facts, syntax, deed, deeds, meetings)
    scored = [scorer.probabilities(candidate.features)[SIGNS] for candidate in candidates]
    found = [candidates[place] for place in choose(scored)]
    if not found or len(found) > _MOST_SIGNING:
        return (), None
    best = candidates[max(range(len(scored)), key=lambda place: scored[place])]
    reason = in_words(scorer.telling(best.features, SIGNS), "the persons who sign")
    return tuple(candidate.person.name for candidate in found), Mark(*best.mark, reason)


def choose(scored: list[float]) -> list[int]:
    """Return the places of those who sign: nobody signs alone where a second one is nearly as sure.

    Of two who are named together each may fall short of what one alone needs.
    """
    enough = ENOUGH
    if len(scored) >= _TWO and max(scored) < ENOUGH and sum(sorted(scored)[-_TWO:]) >= _TOGETHER:
        enough = max(sorted(scored)[-_TWO], ALMOST)
    if sum(value >= ENOUGH for value in scored) == 1:
        second = sorted(scored)[-2:][0] if len(scored) > 1 else 0.0
        enough = second if ALMOST <= second < ENOUGH else ENOUGH
    return [place for place, value in enumerate(scored) if value >= enough]


def signatory_candidates(
    facts: Facts, syntax: Syntax, deed: Deed, deeds: list[Deed], meetings: list[Event]
) -> list[Candidate]:
    """Return every person of the report with what is told of them beside the signing; none where nothing is signed."""
    spots = find_spots(facts, syntax, deed, deeds)
    heads = _heads(facts, meetings)
    found: list[Candidate] = []
    for person in facts.people[:_MOST_PEOPLE] if spots else ():
        mark, features = _features(facts, syntax, deed, spots, person, heads)
        features += [f"head={person in heads}", f"deeds={min(len(deeds), 3)}"]
        found.append(Candidate(person, mark, tuple(features)))
    return found


def find_spots(facts: Facts, syntax: Syntax, deed: Deed, deeds: list[Deed]) -> list[Spot]:
    """Return the places where the instrument's signing is told, its own sentences first."""
    sentences = facts.document.sentences
    named = {naming.sentence.number for other in deeds for naming in other.namings}
    own = sorted({naming.sentence.number for naming in deed.namings})[:_MOST_SPOTS]
    spots = [spot for number in own for spot in _spots_in(facts, syntax, sentences[number], "own")]
    for number in own:
        for sentence in sentences[number + 1 : number + _FOLLOWING]:
            if sentence.kind != "body" or sentence.number in named:
                break
            spots += _spots_in(facts, syntax, sentence, f"after{sentence.number - number}")
    return spots[:_MOST_SPOTS]


def _spots_in(facts: Facts, syntax: Syntax, sentence: Sentence, where: str) -> Iterator[Spot]:
    """Verbs and nouns of signing in one sentence."""
    span = facts.document.tokens_within(sentence.start, sentence.end)
    verbs = [syntax.clauses[number].verb for number in dict.fromkeys(syntax.of_token[n] for n in span)]
    for verb in verbs:
        if verb is not None and verb.name in _SIGNING and verb.start >= span.start:
            yield Spot(sentence, verb.start, verb.end, _kind_of(facts, verb), where)
    for marker in syntax.markers_between(span.start, span.stop):
        if marker.kind == "nominal" and marker.value in _SIGNING:
            yield Spot(sentence, marker.start, marker.end, "noun", where)


def _kind_of(facts: Facts, verb: VerbGroup) -> str:
    """Voice and time of a signing; of a verb of concluding or adopting its class, unless `and signed` follows."""
    following = facts.document.tokens[verb.end : verb.end + 2]
    signs = len(following) > 1 and facts.document.within("signed", following[1].start, following[1].end)
    if verb.name != "sign" and not (signs and following[0].folded in {"et", "and", "và", "va"}):
        return verb.name
    coming = verb.tense in {"future", "conditional", "infinitive"} or verb.modal
    return f"{'passive' if verb.passive else 'active'} {'coming' if coming else 'done'}"


def _heads(facts: Facts, meetings: list[Event]) -> list[Person]:
    """Whom `the two ministers` means: those who chair, else the first persons with posts of two States."""
    if facts.chairs:
        return facts.chairs[:2]
    states: dict[str, Person] = {}
    named = {name for meeting in meetings[:1] for name in meeting.people}
    for person in sorted(facts.people, key=lambda person: person.name not in named):
        if person.posts and person.state:
            states.setdefault(person.state, person)
    return list(states.values())[:2]


def _features(
    facts: Facts, syntax: Syntax, deed: Deed, spots: list[Spot], person: Person, heads: list[Person]
) -> tuple[tuple[int, int], list[str]]:
    """What is told of the person beside the spot that they stand nearest to."""
    best: tuple[int, Spot, tuple[int, int]] | None = None
    for rank, spot in enumerate(spots):
        for mention in person.mentions:
            if spot.sentence.start <= mention[0] < spot.sentence.end:
                apart = abs(facts.document.token_at(mention[0]) - spot.start) + 40 * rank
                if best is None or apart < best[0]:
                    best = (apart, spot, mention)
    first = spots[0]
    general = [
        f"kind={deed.kind}",
        f"status={deed.status}",
        f"spots={min(len(spots), 3)}",
        f"first_spot={first.where},{first.kind}",
    ]
    named = any(facts.people_in(spot.sentence.start, spot.sentence.end) for spot in spots)
    general.append(f"somebody_beside={named}")
    if best is None:
        together = max((_joint(facts, spot) for spot in spots), key=_JOINT.index)
        found = ["beside=no", f"together={together}", f"together+head={together},{person in heads},{named}"]
        sentence = first.sentence
        return (sentence.start, sentence.end), [*general, *found]
    _, spot, mention = best
    return mention, [*general, *_beside(facts, syntax, spot, mention, person)]


def _joint(facts: Facts, spot: Spot) -> str:
    """Whether persons (`the two ministers signed`), sides or `they` are named together where the signing is told."""
    span = (spot.sentence.start, spot.sentence.end)
    pairs = [match["who"] for match in _PAIR.finditer(facts.document.folded, *span)]
    if any(who not in _SIDES for who in pairs):
        return "persons"
    if pairs:
        return "sides"
    return "they" if facts.document.within("joint_subjects", *span) else "nobody"


def _beside(facts: Facts, syntax: Syntax, spot: Spot, mention: tuple[int, int], person: Person) -> list[str]:
    document = facts.document
    token = document.token_at(mention[0])
    context = syntax.context_of(token)
    before = token < spot.start
    side, apart = ("before", spot.start - token) if before else ("after", token - spot.end)
    distance = "near" if apart < _NEAR else "middle" if apart < _MIDDLE else "far"
    same = syntax.of_token[token] == syntax.of_token[spot.start]
    low, high = _between(facts, spot, mention, before=before)
    between = document.folded[low:high]
    others = [other for other in facts.people_in(low, high) if other is not person]
    agent = not before and _is_agent(document.text[low:high].lower())
    looks_on = _holds(between, _APART)
    joined = bool(others) and _holds(between, _AND)
    return [
        "beside=yes", f"spot={spot.where}", f"kind={spot.kind}", f"side+kind={side},{spot.kind}",
        f"side={side},{spot.where}",
        f"distance={side},{distance}", f"same_clause={side},{same}", f"others={side},{min(len(others), 3)}",
        "not_after" if before else f"agent+kind={agent},{spot.kind}", f"looks_on={looks_on}",
        f"joined={side},{joined},{min(len(others), 2)}", f"with={side},{between.lstrip(' ,').startswith(_WITH)}",
        f"slot={side},{context.slot}", f"verb={context.verb}", f"speaks={context.verb in _SPEAKING}",
        f"preposition={side},{context.preposition}",
    ]  # fmt: skip


def _holds(between: str, words: tuple[str, ...]) -> bool:
    return any(word in between for word in words)


def _between(facts: Facts, spot: Spot, mention: tuple[int, int], *, before: bool) -> tuple[int, int]:
    """The span between a person and the signing, empty where they overlap."""
    tokens = facts.document.tokens
    low, high = (mention[1], tokens[spot.start].start) if before else (tokens[spot.end - 1].end, mention[0])
    return low, max(low, high)


def _is_agent(between: str) -> bool:
    """Whether `by`, `par` or a word of signatures stands between the signing and the person."""
    return any(word.strip(".,;:()") in _AGENTS for word in between.split())
