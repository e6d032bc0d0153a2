"""Commitments: every subject of cooperation that the report names is a candidate; one scorer says what is said of it.

A candidate is a phrase of a domain in a sentence of the report. Its clause, the verbs above it, the nouns around it and
its place in the report are told to the scorer, which says whether it is done, ongoing, pledged, proposed or no
commitment at all. Mentions of one domain add up.
"""

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import regex

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.domain_frames import MECHANISM, find_frames
from entraide.reader.domain.domain_surroundings import neighbour_features
from entraide.reader.domain.domains import GENERAL, find_domains
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.grammar.syntax import Context, Syntax
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import Scorer, load_scorer
from entraide.reader.domain.standing import SentenceVerbs, standing_of, verbs_of, verdict_of
from entraide.reader.domain.vocabulary import Hit

DECISION = "commitment"
STATUS_DECISION = "commitment-status"
NONE, SAID = "none", "said"
STATUSES = ("done", "ongoing", "pledged", "proposed")
ENOUGH = 0.66
"""Probability from which a domain is proposed, with its likeliest status.

Of texts that were left out three quarters are found so, with one domain too many each; from 0.69 on 0.72 and 0.7. What
is too much is rejected by one key, what is missed must be typed.
"""
ALSO = 0.5
"""Weight of a mention from which a further status of the same domain is proposed."""
_TRADE = "trafficking-in-persons"
_LEAD = 2
_BACK = 12
_MANY = 4
_BARE = frozenset({"none", "is", "act.present", "act.behind", "act.participle", "act.gerund", "act.bare"})
"""What the verbs of a sentence say that speaks of no cooperation."""
_COOPERATING = ("general", "together", "joint_subjects", "instrument", "meetings", "visits")
"""Kinds of words that speak of cooperation."""
_MOST_DOMAINS = 8
_LONGEST_WORD = 30
_READ = frozenset({"body", "line"})
"""Kinds of text that may say something of a commitment: the report, and lines of it that stand alone."""
_BULLET = regex.compile(r"\s*(?:[-–—•*+·▪‣]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s*")
"""What a point of a list begins with."""
_FORMLESS = frozenset({"none", "infinitive", "gerund", "participle", "bare"})
_UNCLEAR = "unclear"
_STATUS_CUES = frozenset({"says", "signs"})
"""Features that tell the status: what the words mean. Of all others, left-out texts show less than they mislead."""
_DOMAIN_CUES = frozenset(
    [
        "domain",
        "form",
        "domain+form",
        "count",
        "among",
        "place",
        "clear",
        "nominal",
        "year",
        "general+slot",
        "word",
        "mechanism+among",
        "mechanism+clear",
    ]
)
_DOMAIN_SIGNS = frozenset(["capital", "in_a_name", "negated", "general+alone", "bare"])
"""Features that tell whether the domain is a commitment at all: which it is, and how often and where it is named.

More of the clause tells no more of a text that was left out: what a report names as a subject of its cooperation, its
annotators counted whatever the verb was.
"""


class Candidate(NamedTuple):
    """A domain named in the report: its code, where its words stand, its clause's verb and what the scorer is told."""

    domain: str
    start: int
    end: int
    verb: tuple[int, int]
    features: tuple[str, ...]

    @property
    def domain_features(self) -> tuple[str, ...]:
        """What the scorer of whether there is a commitment is told."""
        return tuple(f for f in self.features if f in _DOMAIN_SIGNS or f.partition("=")[0] in _DOMAIN_CUES)

    @property
    def status_features(self) -> tuple[str, ...]:
        """What the scorer of the status is told."""
        return tuple(feature for feature in self.features if feature.partition("=")[0] in _STATUS_CUES)


class Pledge(NamedTuple):
    """One domain with its status, where its words stand, the verb that gave the status, and how sure it is."""

    domain: str
    status: str
    start: int
    end: int
    cue_start: int
    cue_end: int
    confidence: float
    reason: str


def find_commitments(facts: Facts, syntax: Syntax) -> list[Pledge]:
    """Return one pledge per pair of domain and status, the mention that shows it best."""
    return choose(find_candidates(facts, syntax), load_scorer(DECISION), load_scorer(STATUS_DECISION))


def choose(candidates: list[Candidate], scorer: Scorer, statuses: Scorer) -> list[Pledge]:
    """Return the pledges among the candidates, in the order of the text.

    Mentions of one domain add up to whether it is a commitment; each status is that of the mention that shows it best.
    """
    missing: dict[str, float] = {}
    named: dict[str, list[tuple[float, Candidate]]] = {}
    for candidate in candidates:
        none = scorer.probability(candidate.features, NONE)
        missing[candidate.domain] = missing.get(candidate.domain, 1.0) * none
        named.setdefault(candidate.domain, []).append((none, candidate))
    found: list[Pledge] = []
    for domain, mentions in named.items():
        if 1.0 - missing[domain] >= ENOUGH:
            found += _stated(mentions, statuses)
    return sorted(found, key=lambda pledge: (pledge.start, pledge.domain, pledge.status))


def _stated(mentions: list[tuple[float, Candidate]], statuses: Scorer) -> list[Pledge]:
    """The pledges of one domain; `mentions` with the probability that they are nothing.

    The status for which all mentions together speak most is stated, and each other that a sure mention shows.
    """
    sums = dict.fromkeys(STATUSES, 0.0)
    best: dict[str, tuple[float, float, Candidate]] = {}
    sure: set[str] = set()
    for none, candidate in mentions:
        # The statuses' weights are of `status_features` alone: of the others the scorer knows nothing.
        found = statuses.probabilities(candidate.features)
        likeliest = max(found, key=lambda status: found[status])
        for status, probability in found.items():
            weight = sqrt(1.0 - none) * probability
            sums[status] += weight
            if status not in best or weight > best[status][0]:
                best[status] = (weight, (1.0 - none) * probability, candidate)
            if status == likeliest and weight >= ALSO:
                sure.add(status)
    top = max(sums, key=lambda status: sums[status])
    return [
        _pledge(best[status][2], status, best[status][1], statuses) for status in STATUSES if status in {top, *sure}
    ]


def _pledge(candidate: Candidate, status: str, confidence: float, statuses: Scorer) -> Pledge:
    reason = in_words(statuses.telling(candidate.features, status), "the words of the domain")
    return Pledge(candidate.domain, status, candidate.start, candidate.end, *candidate.verb, confidence, reason)


def find_candidates(facts: Facts, syntax: Syntax) -> list[Candidate]:
    """Return every mention of a domain in the report's own sentences, with what the scorers are told of it."""
    document = facts.document
    found: list[Candidate] = []
    sentences = [sentence for sentence in document.sentences if sentence.kind in _READ]
    scene = _Scene(facts, syntax, [verbs_of(document, syntax, sentence) for sentence in sentences])
    for order, sentence in enumerate(sentences):
        hits = _named(facts, syntax, sentence)
        if not hits:
            continue
        intro = scene.intro(order)
        around = scene.around(order, hits, intro)
        for hit in hits:
            context = syntax.context_of(document.token_at(hit.start))
            features = [*scene.of_phrase(order, hit, context, intro), *around]
            features += neighbour_features(facts, sentence, hit, context)
            found.append(Candidate(hit.value, hit.start, hit.end, _verb_span(document, context, hit), tuple(features)))
    return _counted(found)


def _counted(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates with how often the report names their domain, and how many domains it names."""
    times = Counter(candidate.domain for candidate in candidates)
    among = f"among={min(len(times), _MOST_DOMAINS)}"
    found = []
    for candidate in candidates:
        features = [*candidate.features, f"count={min(times[candidate.domain], _MANY)}", among]
        if candidate.domain == MECHANISM:
            features += [f"mechanism+{f}" for f in features if f.startswith(("clear=", "among="))]
        found.append(Candidate(*candidate[:-1], tuple(features)))
    return found


def _named(facts: Facts, syntax: Syntax, sentence: Sentence) -> list[Hit]:
    """The domains that the sentence names outside the posts of persons, and those that only a frame shows."""
    document = facts.document
    hits = [
        hit
        for hit in find_domains(document, sentence)
        if not facts.in_a_post(hit.start) and not _is_verb(document, syntax, hit)
    ]
    frames = [frame for frame in find_frames(document, syntax, sentence) if _is_new(frame, hits)]
    return sorted([*hits, *frames]) if frames else hits


def _is_new(frame: Hit, hits: list[Hit]) -> bool:
    """Whether no words of the same domain stand where the frame does."""
    return all(frame.value != hit.value or hit.end <= frame.start or frame.end <= hit.start for hit in hits)


def _is_verb(document: Document, syntax: Syntax, hit: Hit) -> bool:
    """`le texte traite des migrations`: no trade in persons; `traite des êtres humains` is one."""
    alone = hit.end == document.tokens[document.token_at(hit.start)].end
    if hit.value != _TRADE or not alone or document.vocabulary.language != "fr":
        return False
    token = document.token_at(hit.start)
    verb = syntax.clause_at(token).verb
    return verb is not None and verb.finite and verb.start <= token < verb.end


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all phrases of a sentence share."""

    facts: Facts
    syntax: Syntax
    verbs: list[SentenceVerbs]

    def of_phrase(self, order: int, hit: Hit, context: Context, intro: str) -> list[str]:
        """The features of the phrase itself: what the verbs say of it, and its own words."""
        document, verbs = self.facts.document, self.verbs[order]
        says, is_clear, is_negated = standing_of(self.facts, self.syntax, verbs, document.token_at(hit.start))
        if says == _UNCLEAR or (context.tense in _FORMLESS and not is_clear):
            says = verdict_of(intro) or says
        said = [f"says={says}", f"clear={'clear' if is_clear else 'none'}"]
        return [*said, *(["negated"] if is_negated else ()), *_own(document, verbs.sentence, hit)]

    def around(self, order: int, hits: list[Hit], intro: str) -> list[str]:
        """The features of the sentence: its place, its instruments, and whether anybody cooperates."""
        found = [f"place={self._place(order)}"]
        found += [f"signs={word}" for word in self._instruments(order)]
        if intro == "none" and self._is_bare(order):
            found.append("bare")
        if all(hit.value == GENERAL for hit in hits):
            found.append("general+alone")
        return found

    def _is_bare(self, order: int) -> bool:
        """Whether nothing in the sentence speaks of cooperation: nobody acts, nothing is agreed, wished or to come."""
        verbs, document = self.verbs[order], self.facts.document
        start, end = verbs.sentence.start, verbs.sentence.end
        return (
            all(word in _BARE for word in verbs.said)
            and not verbs.nouns
            and not any(document.within(kind, start, end) for kind in _COOPERATING)
            and not self.facts.people_in(start, end)
        )

    def _place(self, order: int) -> str:
        return "lead" if order < _LEAD else "last" if order >= len(self.verbs) - 1 else "middle"

    def _instruments(self, order: int) -> list[str]:
        """Whether an instrument is named here, and whether one is signed here or in the two sentences before."""
        document = self.facts.document
        found = []
        for back in range(min(order, 2) + 1):
            verbs = self.verbs[order - back]
            if document.within("instrument", verbs.sentence.start, verbs.sentence.end):
                found.append(f"named-{back}")
                if any(verb.name in {"sign", "conclude", "adopt"} for verb in verbs.verbs):
                    found.append(f"signed-{back}")
        return found

    def intro(self, order: int) -> str:
        """What the sentence above a list says: the bullet's own verb is under it."""
        document = self.facts.document
        text = document.text
        sentence = self.verbs[order].sentence
        if not _BULLET.match(text, sentence.start, sentence.end):
            return "none"
        for back in range(order - 1, max(order - _BACK, -1), -1):
            verbs = self.verbs[back]
            if text[verbs.sentence.start : verbs.sentence.end].rstrip().endswith(":"):
                return verbs.speech
        return "bullet"


def _own(document: Document, sentence: Sentence, hit: Hit) -> list[str]:
    """The words of the phrase: how they show the domain, and whether they are written as a name."""
    found = [
        f"domain={hit.value}",
        f"form={hit.form}",
        f"domain+form={hit.value},{hit.form}",
        f"word={document.folded[hit.start : min(hit.end, hit.start + _LONGEST_WORD)]}",
    ]
    named = document.text[hit.start].isupper() and hit.start > sentence.start and document.vocabulary.language != "vi"
    return [*found, "capital"] if named else found


def _verb_span(document: Document, context: Context, hit: Hit) -> tuple[int, int]:
    verb = context.clause.verb
    if verb is None:
        return hit.start, hit.end
    return document.tokens[verb.start].start, document.tokens[verb.end - 1].end
