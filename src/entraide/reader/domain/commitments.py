"""Commitments: every subject of cooperation that the report names is a candidate; one scorer says what is said of it.

A candidate is a phrase of a domain in a sentence of the report. Its clause, the verbs above it, the nouns around it and
its place in the report are told to the scorer, which says whether it is done, ongoing, pledged, proposed or no
commitment at all. Mentions of one domain add up.
"""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import regex

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.domains import GENERAL, WEAK, find_domains
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.grammar.syntax import Context, Syntax
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import Scorer, load_scorer
from entraide.reader.domain.standing import SentenceVerbs, standing_features, verbs_of, verdict_of
from entraide.reader.domain.vocabulary import Hit

DECISION = "commitment"
STATUS_DECISION = "commitment-status"
NONE = "none"
STATUSES = ("done", "ongoing", "pledged", "proposed")
ENOUGH = 0.65
"""Probability from which a domain is proposed, with its likeliest status."""
SURE = {
    "multilateral": 0.95,
    "state-security": 0.95,
    "digital": 0.95,
    "telecom-fraud": 0.95,
    "technology": 0.95,
    "funding": 0.95,
    "peacekeeping": 0.95,
    "assistance": 0.95,
    "event-security": 0.95,
    "legal-assistance": 0.85,
    "economic-crime": 0.85,
    "general": 0.6,
}
"""The same for domains that reports name more often than they say something agreed, done or wished of them."""
ALSO = 0.55
"""Weight of a mention from which a further status of the same domain is proposed."""
_LEAD = 2
_BACK = 12
_MANY = 4
_READ = frozenset({"body", "line"})
"""Kinds of text that may say something of a commitment: the report, and lines of it that stand alone."""
_BULLET = regex.compile(r"\s*(?:[-–—•*+·▪‣]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s*")
"""What a point of a list begins with."""
_FORMLESS = frozenset({"none", "infinitive", "gerund", "participle", "bare"})
_UNCLEAR = "says=unclear"
_STATUS_CUES = frozenset({"says", "signs"})
"""Features that tell the status: what the words mean. Of all others, left-out texts show less than they mislead."""


class Candidate(NamedTuple):
    """A domain named in the report: its code, where its words stand, its clause's verb and what the scorer is told."""

    domain: str
    start: int
    end: int
    verb: tuple[int, int]
    features: tuple[str, ...]

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
        none = scorer.probabilities(candidate.features)[NONE]
        missing[candidate.domain] = missing.get(candidate.domain, 1.0) * none
        named.setdefault(candidate.domain, []).append((none, candidate))
    found: list[Pledge] = []
    for domain, mentions in named.items():
        if 1.0 - missing[domain] >= SURE.get(domain, ENOUGH):
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
    """Return every mention of a domain in the report's own sentences, with what the scorer is told of it."""
    document = facts.document
    found: list[Candidate] = []
    sentences = [sentence for sentence in document.sentences if sentence.kind in _READ]
    scene = _Scene(facts, syntax, [verbs_of(document, syntax, sentence) for sentence in sentences])
    named = [_named(facts, sentence) for sentence in sentences]
    titled = _titled(document)
    precise = len({hit.value for hits in named for hit in hits if hit.form != WEAK} - {GENERAL})
    for order, hits in enumerate(named):
        if not hits:
            continue
        intro = scene.intro(order)
        around = scene.around(order, hits, intro)
        for hit in hits:
            context = syntax.context_of(document.token_at(hit.start))
            features = [*scene.of_phrase(order, hit, context, intro), *around, *titled.get(hit.value, ())]
            features += _crossed(features, hit, hits, precise)
            found.append(Candidate(hit.value, hit.start, hit.end, _verb_span(document, context, hit), tuple(features)))
    return found


def _named(facts: Facts, sentence: Sentence) -> list[Hit]:
    """The domains that the sentence names outside the posts of persons."""
    return [hit for hit in find_domains(facts.document, sentence) if not facts.in_a_post(hit.start)]


def _titled(document: Document) -> dict[str, tuple[str, ...]]:
    """The feature of the domains that the title names."""
    titles = [sentence for sentence in document.sentences if sentence.kind == "title"]
    return {hit.value: ("titled",) for title in titles for hit in find_domains(document, title)}


def _crossed(features: list[str], hit: Hit, hits: list[Hit], precise: int) -> list[str]:
    """What is said, beside who does it; cooperation without a domain also counts by what else the report names."""
    said = next(feature for feature in features if feature.startswith("says="))
    found = [f"together+{said}"] if "together" in features else []
    return [*found, *_general(said, hits, precise)] if hit.value == GENERAL else found


def _general(said: str, hits: list[Hit], precise: int) -> list[str]:
    alone = all(hit.value == GENERAL for hit in hits)
    return [
        f"general+{said}",
        f"general+among={min(precise, _MANY)}",
        "general+alone" if alone else "general+others",
    ]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all phrases of a sentence share."""

    facts: Facts
    syntax: Syntax
    verbs: list[SentenceVerbs]

    def of_phrase(self, order: int, hit: Hit, context: Context, intro: str) -> list[str]:
        """The features of the phrase itself: what the verbs say of it, and its own words."""
        document, verbs = self.facts.document, self.verbs[order]
        said = standing_features(self.facts, self.syntax, verbs, document.token_at(hit.start))
        above = verdict_of(intro) if _UNCLEAR in said or (context.tense in _FORMLESS and "above=none" in said) else ""
        if above:
            said = [f"says={above}" if feature.startswith("says=") else feature for feature in said]
        return [*said, *_own(document, verbs.sentence, hit)]

    def around(self, order: int, hits: list[Hit], intro: str) -> list[str]:
        """The features of the sentence: its place, who speaks, its instruments, and what the sentences before say."""
        sentence = self.verbs[order].sentence
        found = [f"place={self._place(order)}", f"who={self._who(sentence)}", f"sentence={self.verbs[order].speech}"]
        found += [f"before={self.verbs[order - 1].speech}"] if order else ["before=none"]
        found += [f"signs={word}" for word in self._instruments(order)]
        if sentence.kind != "body":
            found.append(f"kind={sentence.kind}")
        if self.facts.document.within("together", sentence.start, sentence.end):
            found.append("together")
        found += [f"intro={intro}"]
        precise = len({hit.value for hit in hits} - {GENERAL})
        found.append(f"domains={min(precise, 3)}")
        return found

    def _place(self, order: int) -> str:
        return "lead" if order < _LEAD else "last" if order >= len(self.verbs) - 1 else "middle"

    def _who(self, sentence: Sentence) -> str:
        document = self.facts.document
        if document.within("joint_subjects", sentence.start, sentence.end):
            return "joint"
        people = len(self.facts.people_in(sentence.start, sentence.end))
        return "one" if people == 1 else "many" if people else "nobody"

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


_HEADS = {"instrument": 90, "meetings": 90, "visits": 90, "org_heads": 40, "ministries": 40}
"""Nouns that a phrase may belong to, and how many characters before it they may stand."""


def _head_before(document: Document, sentence: Sentence, hit: Hit) -> str:
    """The kind of the nearest noun before the phrase that it may belong to, without a comma between."""
    best, kind_of_best = -1, ""
    for kind, reach in _HEADS.items():
        for other in document.within(kind, max(sentence.start, hit.start - reach), hit.start):
            if other.start > best and "," not in document.text[other.end : hit.start]:
                best, kind_of_best = other.start, kind
    return kind_of_best


def _own(document: Document, sentence: Sentence, hit: Hit) -> list[str]:
    """The words of the phrase: how they show the domain, whether they stand in a name, and what they belong to."""
    found = [
        f"domain={hit.value}",
        f"form={hit.form}",
        f"domain+form={hit.value},{hit.form}",
        f"language={document.vocabulary.language}",
    ]
    if document.vocabulary.language != "vi":
        found += _capitals(document, sentence, hit)
    head = _head_before(document, sentence, hit)
    return [*found, f"head={head}"] if head else found


def _capitals(document: Document, sentence: Sentence, hit: Hit) -> list[str]:
    """Whether the phrase is a name or stands in one: `the Cross-Border Crime Forum`."""
    tokens, token = document.tokens, document.token_at(hit.start)
    after = document.token_at(max(hit.end - 1, hit.start)) + 1
    found = ["capital"] if document.text[hit.start].isupper() and hit.start > sentence.start else []
    if token and tokens[token - 1].start > sentence.start and tokens[token - 1].text.istitle():
        found.append("after_a_name")
    if after < len(tokens) and tokens[after].text[:1].isupper():
        found.append("before_a_name")
    return found


def _verb_span(document: Document, context: Context, hit: Hit) -> tuple[int, int]:
    verb = context.clause.verb
    if verb is None:
        return hit.start, hit.end
    return document.tokens[verb.start].start, document.tokens[verb.end - 1].end
