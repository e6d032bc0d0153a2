"""Commitments: every subject of cooperation that the report names is a candidate; one scorer says what is said of it.

A candidate is a phrase of a domain in a sentence of the report. Its clause, the verbs above it, the nouns around it and
its place in the report are told to the scorer, which says whether it is done, ongoing, pledged, proposed or no
commitment at all. Mentions of one domain add up.
"""

from dataclasses import dataclass

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.domains import GENERAL, WEAK, find_domains
from entraide.reader.domain.frame_state import Facts, body_sentences
from entraide.reader.domain.grammar.syntax import Context, Syntax
from entraide.reader.domain.scoring import Scorer, load_scorer
from entraide.reader.domain.standing import SentenceVerbs, standing_features, verbs_of
from entraide.reader.domain.vocabulary import Hit

DECISION = "commitment"
STATUS_DECISION = "commitment-status"
NONE = "none"
STATUSES = ("done", "ongoing", "pledged", "proposed")
ENOUGH = 0.55
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
ALSO = 0.4
"""Probability from which a further status of the same domain is proposed."""
_LEAD = 2
_BACK = 12
_MANY = 4
_BULLETS = frozenset("-–•*+")
_STATUS_CUES = frozenset({"says", "who", "sentence", "signs", "above", "domain"})
"""Features that tell the status; whether there is a commitment at all is weighed with all of them."""


@dataclass(frozen=True, slots=True)
class Candidate:
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


@dataclass(frozen=True, slots=True)
class Pledge:
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
    best: dict[str, dict[str, tuple[float, Candidate]]] = {}
    for candidate in candidates:
        none = scorer.probabilities(candidate.features)[NONE]
        missing[candidate.domain] = missing.get(candidate.domain, 1.0) * none
        shown = best.setdefault(candidate.domain, {})
        for status, probability in statuses.probabilities(candidate.status_features).items():
            weight = (1.0 - none) * probability
            if weight > shown.get(status, (-1.0, candidate))[0]:
                shown[status] = (weight, candidate)
    found: list[Pledge] = []
    for domain, shown in best.items():
        if 1.0 - missing[domain] >= SURE.get(domain, ENOUGH):
            top = max(shown, key=lambda status: shown[status][0])
            kept = [status for status, (weight, _) in shown.items() if status == top or weight >= ALSO]
            found += [_pledge(shown[status], status, statuses) for status in kept]
    return sorted(found, key=lambda pledge: (pledge.start, pledge.domain, pledge.status))


def _pledge(shown: tuple[float, Candidate], status: str, statuses: Scorer) -> Pledge:
    confidence, candidate = shown
    reason = ", ".join(statuses.telling(candidate.status_features, status)) or "the words of the domain"
    return Pledge(candidate.domain, status, candidate.start, candidate.end, *candidate.verb, confidence, reason)


def find_candidates(facts: Facts, syntax: Syntax) -> list[Candidate]:
    """Return every mention of a domain in the report's own sentences, with what the scorer is told of it."""
    document = facts.document
    found: list[Candidate] = []
    sentences = body_sentences(document)
    titled = {hit.value for s in document.sentences if s.kind == "title" for hit in find_domains(document, s)}
    scene = _Scene(facts, syntax, [verbs_of(document, syntax, sentence) for sentence in sentences])
    named = [
        [hit for hit in find_domains(document, sentence) if not facts.in_a_post(hit.start)] for sentence in sentences
    ]
    precise = {hit.value for hits in named for hit in hits if hit.form != WEAK} - {GENERAL}
    for order, (sentence, hits) in enumerate(zip(sentences, named, strict=True)):
        around = scene.around(order, hits)
        for hit in hits:
            token = document.token_at(hit.start)
            context = syntax.context_of(token)
            features = [
                *standing_features(context, syntax, scene.verbs[order], token),
                *around,
                *_own(document, sentence, hit, hits),
                *(["titled"] if hit.value in titled else []),
            ]
            if hit.value == GENERAL:
                features += _general(features, len(precise))
            found.append(Candidate(hit.value, hit.start, hit.end, _verb_span(document, context, hit), tuple(features)))
    return found


def _general(features: list[str], precise: int) -> list[str]:
    """Cooperation without a domain counts by what is said of it, and where little else is said."""
    said = next(feature for feature in features if feature.startswith("says="))
    return [f"general+{said}", f"general+among={min(precise, _MANY)}"]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all phrases of a sentence share."""

    facts: Facts
    syntax: Syntax
    verbs: list[SentenceVerbs]

    def around(self, order: int, hits: list[Hit]) -> list[str]:
        """The features of the sentence: its place, who speaks, its instruments, and what the sentences before say."""
        sentence = self.verbs[order].sentence
        found = [f"place={self._place(order)}", f"who={self._who(sentence)}", f"sentence={self.verbs[order].speech}"]
        found += [f"before={self.verbs[order - 1].speech}"] if order else ["before=none"]
        found += [f"signs={word}" for word in self._instruments(order)]
        found += [f"intro={self._intro(order)}"]
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

    def _intro(self, order: int) -> str:
        """What the sentence above a list says: the bullet's own verb is under it."""
        document = self.facts.document
        text = document.text
        if text[self.verbs[order].sentence.start : self.verbs[order].sentence.end].lstrip()[:1] not in _BULLETS:
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


def _own(document: Document, sentence: Sentence, hit: Hit, hits: list[Hit]) -> list[str]:
    """The words of the phrase: how they show the domain, whether they stand in a name, and with what."""
    found = [f"domain={hit.value}", f"form={hit.form}", f"domain+form={hit.value},{hit.form}"]
    found.append(f"language={document.vocabulary.language}")
    token = document.token_at(hit.start)
    before = document.tokens[token - 1].text if token else ""
    after = document.token_at(max(hit.end - 1, hit.start)) + 1
    capital = document.text[hit.start].isupper() and hit.start > sentence.start
    if document.vocabulary.language != "vi":
        if capital:
            found.append("capital")
        if before[:1].isupper() and before.isalpha() and document.tokens[token - 1].start > sentence.start:
            found.append("after_a_name")
        if after < len(document.tokens) and document.tokens[after].text[:1].isupper():
            found.append("before_a_name")
    head = _head_before(document, sentence, hit)
    if head:
        found.append(f"head={head}")
    if hit.value == GENERAL:
        found.append("general+alone" if all(other.value == GENERAL for other in hits) else "general+others")
    return found


def _verb_span(document: Document, context: Context, hit: Hit) -> tuple[int, int]:
    verb = context.clause.verb
    if verb is None:
        return hit.start, hit.end
    return document.tokens[verb.start].start, document.tokens[verb.end - 1].end
