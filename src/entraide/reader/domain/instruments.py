"""Instruments: which of those that a report names are signed, planned, reviewed, in force, or only referred to.

Every naming is a candidate. The scorer is told its determiner, its clause and the verbs above it, what follows it, the
other instruments beside it and its own dates; the namings of one instrument then decide together.
"""

from bisect import bisect_right
from dataclasses import dataclass

import regex

from entraide.reader.domain.dates import DateMention
from entraide.reader.domain.deeds import Deed, gather, points_back
from entraide.reader.domain.document import Sentence
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.grammar.syntax import Clause, Syntax, VerbGroup
from entraide.reader.domain.instrument_days import dates_between, distance_of, find_day, resolve_day
from entraide.reader.domain.naming_features import group_features, phrase_features
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import Scorer, load_scorer
from entraide.reader.domain.signatories import find_signatories
from entraide.reader.domain.titles import Naming, find_namings

DECISION = "instrument"
NONE = "none"
STATUSES = ("signed", "planned", "reviewed", "in-force", "referenced")
ENOUGH = 0.5
"""Probability from which an instrument is proposed."""
SIGNED_FROM = 0.4
_SIGNING = frozenset({"sign", "conclude", "adopt"})
_WISHING = frozenset({"propose", "intend", "agree", "negotiate", "discuss", "stress", "await"})
_LOOKING = frozenset({"review", "discuss"})
_HOPING = frozenset({"propose", "intend", "await", "negotiate"})
_NOMINALS = {
    "negotiate": "wish", "propose": "wish", "intend": "wish", "agree": "wish", "review": "review",
    "implement": "implement", "renew": "renew", "replace": "replace", "ratify": "force",
}  # fmt: skip
_MEANINGS = {
    "propose": "wish", "intend": "wish", "agree": "wish", "negotiate": "prepare",
    "await": "wish", "discuss": "discuss",
    "stress": "speech", "say": "speech", "welcome": "speech", "review": "review", "implement": "implement",
    "renew": "renew", "replace": "replace", "ratify": "force",
    "cover": "content", "allow": "content", "follow": "content",
    "strengthen": "further",
    "continue": "further", "create": "create", "hold": "event", "meet": "event", "attend": "event", "give": "give",
}  # fmt: skip
_DISTANCES = {
    "same": "now", "near": "just_before", "soon": "to_come", "after": "to_come", "before": "earlier",
    "long_before": "earlier",
    "same_year": "this_year", "other_year": "earlier", "later_year": "to_come",
}  # fmt: skip
_HAS = {"review": "review", "ratify": "force", "renew": "renew", "sign": "sign", "negotiate": "prepare"}
_MODIFIER_REACH = 12
_FOLLOWING = 8
_UNDER = 6
_NOMINAL_REACH = 5
_TOLD = frozenset({"content", "speech", "discuss", "event", "further", "give"})
_SIGNED = frozenset({"signed", "modified", "signing"})
_IT_OPENS = (
    "it ", "they ", "il ", "elle ", "ils ", "elles ", "ce texte", "ce document", "celui-ci", "văn kiện", "both ",
)  # fmt: skip
_IT_BEFORE = (" l'a", " l'ont", " les a", " les ont", " l'avait", " l'avaient", " le sign", " la sign")
_IT_AFTER = (" it ", " it,", " it.", " them", " both")
_NOT_YET = frozenset({"coming", "wished", "not"})
_TOWARDS = ("để", "nhằm", "tiến tới", "đi đến", "khả năng", "sớm", "dự kiến")
_DAY_REACH = 45
_LEAD = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One naming with what the scorer is told of it."""

    naming: Naming
    features: tuple[str, ...]


def find_instruments(facts: Facts, syntax: Syntax, meetings: list[Event], references: list[Event]) -> list[Deed]:
    """Return the instruments, each once, with the strongest thing said of it."""
    scorer = load_scorer(DECISION)
    groups = find_candidates(facts, syntax, meetings)
    deeds = [deed for group in groups if (deed := _deed(facts, group, scorer)) is not None]
    for deed in deeds:
        day = find_day(facts, syntax, deed, deeds, meetings, references)
        if day is not None:
            deed.date, deed.dated, deed.marks["date"] = day
    for deed in deeds:
        deed.signatories, mark = find_signatories(facts, syntax, deed, deeds, meetings)
        if mark is not None:
            deed.marks["signatories"] = mark
    return deeds


def find_candidates(facts: Facts, syntax: Syntax, meetings: list[Event]) -> list[list[Candidate]]:
    """Return all namings, those of one instrument together, with what the scorer is told of each."""
    groups = gather(find_namings(facts, syntax))
    starts = sorted(naming.head.start for group in groups for naming in group)
    return [
        [
            Candidate(
                naming, tuple(_features(facts, syntax, meetings, naming, starts, place) + group_features(group, groups))
            )
            for place, naming in enumerate(group)
        ]
        for group in groups
    ]


def _deed(facts: Facts, group: list[Candidate], scorer: Scorer) -> Deed | None:
    """The instrument that a group of namings names, or None where they name none."""
    found = [scorer.probabilities(candidate.features) for candidate in group]
    status, confidence, place = decide(found)
    if status is None:
        return None
    candidate = group[place]
    namings = [one.naming for one in group]
    named = max(namings, key=lambda one: (not points_back(one), one.in_body, one is candidate.naming))
    deed = Deed(named.kind, named.title, status, named.start, named.end, named.sentence)
    deed.namings, deed.confidence, deed.marks = in_report(namings), confidence, dict(named.marks)
    lasting = next((naming for naming in namings if naming.period), None)
    if lasting is not None:
        deed.period, deed.marks["period"] = lasting.period, lasting.marks["period"]
    reason = in_words(scorer.telling(candidate.features, status), "the phrase of the instrument")
    deed.marks["status"] = Mark(*_verb_span(facts, candidate.naming), reason, confidence=confidence)
    return deed


def in_report(namings: list[Naming]) -> list[Naming]:
    """Return the namings in the report itself; where there are none those of its headlines and captions."""
    return [naming for naming in namings if naming.in_body] or namings


def decide(found: list[dict[str, float]]) -> tuple[str | None, float, int]:
    """Return what the namings of one instrument say together: its status (None: no instrument), how sure, which naming.

    One naming that shows the signing outweighs the others, which only point at what was signed.
    """
    none = 1.0
    for probabilities in found:
        none *= probabilities[NONE]
    if 1 - none < ENOUGH:
        return None, 1 - none, 0
    best = {name: max(range(len(found)), key=lambda n: found[n][name]) for name in STATUSES}
    scores = {name: found[best[name]][name] for name in STATUSES}
    status = max(STATUSES, key=lambda name: scores[name])
    if scores["signed"] >= SIGNED_FROM:
        status = "signed"
    return status, 1 - none, best[status]


def _verb_span(facts: Facts, naming: Naming) -> tuple[int, int]:
    verb, tokens = naming.context.clause.verb, facts.document.tokens
    if verb is None:
        return naming.start, max(naming.end, naming.head.end)
    return tokens[verb.start].start, tokens[verb.end - 1].end


def _features(
    facts: Facts, syntax: Syntax, meetings: list[Event], naming: Naming, starts: list[int], place: int
) -> list[str]:
    scene = _Scene(facts, syntax, naming)
    act, day = _act(scene), _own_day(scene, meetings)
    deed, _, stage = act.partition(":")
    kind = deed if deed not in _SIGNED else f"signing {stage}" if stage in _NOT_YET else "signing"
    title = "pointing" if points_back(naming) else "bare" if naming.bare else "said"
    again = "again" if place else "first"
    found = [
        f"act={act}", f"deed={kind}", f"title={title}", f"determiner={naming.determiner}", f"instrument={naming.kind}",
        f"deed+determiner={kind},{naming.determiner}",
        f"deed+day={kind},{day}", f"day={day}", f"named={again}", f"deed+named={kind},{again}",
        f"lead={naming.order < _LEAD}",
    ]  # fmt: skip
    found += [] if naming.in_body else [f"in+deed={naming.sentence.kind},{kind}"]
    found += [f"also={name}" for name in _also(scene)]
    found += [*_has(scene), *_of_nominal(scene)]
    found += _modified(scene)
    found += _then(scene, starts)
    return found + phrase_features(facts, naming, starts)


class _Scene:
    """A naming with the clauses around it: the one that governs it and the one that follows it and tells of it."""

    def __init__(self, facts: Facts, syntax: Syntax, naming: Naming) -> None:
        self.facts, self.syntax, self.naming = facts, syntax, naming
        document = facts.document
        self.last = document.token_at(max(naming.end, naming.head.end) - 1)
        self.clause = self._governing()
        self.above = syntax.governors(self.clause)
        self.modifier = self._modifier()

    def _governing(self) -> Clause:
        """The clause of the noun; where its verb is a word of the title that of the next verb, or of the one before."""
        clause, token = self.naming.context.clause, self.naming.token
        verb = clause.verb
        if verb is None or not token <= verb.start <= self.last:
            return clause
        clauses = self.syntax.clauses[max(clause.number - 1, 0) : clause.number + _FOLLOWING]
        told = [(c, c.verb) for c in clauses if c.verb is not None and c.sentence == clause.sentence]
        after = [c for c, other in told if other.start > self.last]
        before = [c for c, other in told if other.end <= token]
        return next(iter([*after, *before]), clause._replace(verb=None))

    def _modifier(self) -> Clause | None:
        """The participle or relative clause on the noun: `signed in 2019`, `qui lie les deux polices`."""
        own = self.syntax.of_token[self.naming.token]
        for number in range(self.naming.token + 1, min(self.last + _MODIFIER_REACH, len(self.syntax.of_token))):
            found = self.syntax.of_token[number]
            clause = self.syntax.clauses[found]
            if found != own and (clause.verb is None or clause.verb.start > self.last or number > self.last):
                told = (
                    clause.kind in {"participle", "relative"} and clause.sentence == self.syntax.clauses[own].sentence
                )
                return clause if told else None
        return None

    def is_alone(self) -> bool:
        """Whether its sentence names no other instrument: of two only one may be what is signed."""
        sentence = self.naming.sentence
        return len(self.facts.document.within("instrument", sentence.start, sentence.end)) == 1

    def told_in(self, sentence: Sentence) -> tuple[list[Clause], list[str]]:
        """The clauses of a sentence, and the classes of its nouns of deeds."""
        span = self.facts.document.tokens_within(sentence.start, sentence.end)
        markers = self.syntax.markers_between(span.start, span.stop)
        nouns = [marker.value for marker in markers if marker.kind == "nominal"]
        return self.syntax.clauses_within(span), nouns

    def nominal(self) -> str:
        """The meaning of the noun of a deed right before the instrument: `la signature de l'accord`."""
        token = self.facts.document.token_at(self.naming.start)
        markers = [m for m in self.syntax.markers_between(token - _NOMINAL_REACH, token) if m.kind == "nominal"]
        if not markers:
            return ""
        tokens = self.facts.document.tokens
        between = self.facts.document.text[tokens[markers[-1].end - 1].end : tokens[token].start]
        return "" if "," in between else markers[-1].value

    def signing_after(self, verb: VerbGroup) -> str:
        """`are expected to be signed`: how far the signing is that a verb of wishing governs, or empty."""
        number = self.syntax.of_token[verb.start] + 1
        clause = self.syntax.clauses[number] if number < len(self.syntax.clauses) else self.clause
        near = clause.verb is not None and 0 <= clause.verb.start - verb.end < _UNDER
        return "wished" if near and clause.verb is not None and clause.verb.name in _SIGNING else ""

    def stage(self, clause: Clause) -> str:
        """How far the deed of a clause is: done, earlier (before something past), coming, wished, or not done."""
        verb = clause.verb
        if verb is None:
            return "alone"
        if verb.tense in {"future", "conditional"} or verb.modal:
            return "coming"
        if verb.negated:
            return "not"
        if verb.tense == "infinitive" or (verb.tense == "bare" and self._is_under(clause, verb)):
            return "wished"
        return (
            "earlier" if verb.tense == "before" else "participle" if verb.tense in {"participle", "gerund"} else "done"
        )

    def _is_under(self, clause: Clause, verb: VerbGroup) -> bool:
        """Vietnamese: whether a verb or a word before it wishes, plans or negotiates what the bare verb says."""
        document = self.facts.document
        words = document.text[document.tokens[max(verb.start - _UNDER, 0)].start : document.tokens[verb.start].start]
        if any(word in words.lower() for word in _TOWARDS):
            return True
        before = self.syntax.clauses[clause.number - 1] if clause.number else None
        if before is None or before.verb is None or before.sentence != clause.sentence:
            return False
        return before.verb.name in _WISHING and verb.start - before.verb.end < _UNDER


def _act(scene: _Scene) -> str:
    """What is done with the instrument and how far it is: the clause on the noun, the noun before it, or its verb."""
    modifier, nominal = scene.modifier, scene.nominal()
    if modifier is not None and modifier.verb is not None and modifier.verb.name in _SIGNING:
        return f"modified:{scene.stage(modifier)}"
    verb = scene.clause.verb
    if nominal in _SIGNING:
        return f"signing:{'wished' if _is_hoped(scene, verb) else scene.stage(scene.clause)}"
    if nominal in _NOMINALS:
        return f"noun {_NOMINALS[nominal]}:{_meaning(verb) if verb else 'alone'}"
    if verb is None:
        return "none"
    if verb.name in _SIGNING:
        return f"{_link(scene, verb)}:{scene.stage(scene.clause)}"
    return _act_of_verb(scene, verb)


def _is_hoped(scene: _Scene, verb: VerbGroup | None) -> bool:
    """`La signature de l'accord est prévue en juin`."""
    return verb is not None and verb.start > scene.naming.token and verb.name in _HOPING


def _meaning(verb: VerbGroup) -> str:
    return _MEANINGS.get(verb.name, "other")


def _act_of_verb(scene: _Scene, verb: VerbGroup) -> str:
    """What a verb that is no signing says of the instrument, its object or its subject."""
    stage, meaning = scene.stage(scene.clause), _meaning(verb)
    if scene.naming.token > verb.start:
        return f"{meaning}:object" if meaning in _TOLD else f"{meaning}:{stage}"
    if meaning == "wish" and (following := scene.signing_after(verb)):
        return f"signed:{following}"
    # `The agreement provides`, `would ease`: what an instrument does itself is its content.
    if not verb.passive and verb.tense != "bare" and meaning not in {"force", "renew", "replace"}:
        return f"content:{stage if stage in _NOT_YET else 'subject'}"
    return f"{meaning}:subject" if meaning in _TOLD else f"{meaning}:{stage}"


_JOINED = regex.compile(
    r"(?:^|\s)(?:et|and|và|ainsi que|as well as|cùng)(?:\s+(?:le|la|les|l'|l’|un|une|des|the|a|an|bản))?$"
)
"""`the minutes of the conference and the`: what follows is signed with what stands before the word that joins them."""


def _link(scene: _Scene, verb: VerbGroup) -> str:
    """Whether the noun is what is signed, or only stands in the sentence of a signing."""
    naming, document = scene.naming, scene.facts.document
    if naming.token < verb.start:
        return "signed" if verb.passive or verb.tense == "bare" else "modified"
    low, high = document.tokens[verb.end - 1].end, naming.head.start
    between = document.within("instrument", low, high)
    if between:
        gap = document.text[between[-1].end : high].strip().lower()
        return "signed" if gap.startswith((",", "et ", "and ", "và ")) or _JOINED.search(gap) else "under signed"
    return "signed apart" if "," in document.text[low:high] and not verb.passive else "signed"


def _also(scene: _Scene) -> list[str]:
    """The meanings of the verbs above the noun's clause, and of a noun of a deed before its verb."""
    names = [clause.verb.name for clause in scene.above if clause.verb]
    verb, clause = scene.clause.verb, scene.clause
    if verb is not None and verb.end <= scene.naming.token:
        markers = scene.syntax.markers_between(clause.start, verb.start)
        names += [marker.value for marker in markers if marker.kind == "nominal"]
    return list(dict.fromkeys(_MEANINGS.get(name, "sign" if name in _SIGNING else "other") for name in names))[:3]


def _has(scene: _Scene) -> list[str]:
    """What else the sentence says: a review, a coming into force, a renewal, a signature."""
    sentence = scene.naming.sentence
    clauses, nouns = scene.told_in(sentence)
    verbs = [clause for clause in clauses if clause.verb and clause.verb.name in _HAS]
    found = [f"has={_HAS[clause.verb.name]}" for clause in verbs if clause.verb and clause.verb.name != "sign"]
    found += _signings(scene, verbs) if scene.is_alone() else []
    found += [f"has=noun {_HAS[noun]}" for noun in nouns if noun in _HAS]
    return list(dict.fromkeys(found))


def _of_nominal(scene: _Scene) -> list[str]:
    """`Ils ont examiné la mise en œuvre du plan`, `en marge de la signature de l'accord`."""
    nominal = scene.nominal()
    if nominal == "implement":
        clauses, _ = scene.told_in(scene.naming.sentence)
        looked_at = any(clause.verb and clause.verb.name in _LOOKING for clause in clauses)
        return ["has=look at what was done"] if looked_at else []
    return [f"signing_under={scene.naming.context.preposition}"] if nominal in _SIGNING else []


def _signings(scene: _Scene, clauses: list[Clause]) -> list[str]:
    return [f"has=sign:{scene.stage(clause)}" for clause in clauses if clause.verb and clause.verb.name == "sign"]


def _modified(scene: _Scene) -> list[str]:
    """What a clause on the noun says of it, where this is no signing."""
    clause = scene.modifier
    if clause is None or clause.verb is None or clause.verb.name in _SIGNING:
        return []
    return [f"told={_MEANINGS.get(clause.verb.name, 'other')}", f"told_stage={scene.stage(clause)}"]


def _then(scene: _Scene, starts: list[int]) -> list[str]:
    """`It was signed in Rome by ...`: the sentence after, where it names no instrument and tells of a signing."""
    number = scene.naming.sentence.number
    for sentence in scene.facts.document.sentences[number + 1 : number + 2]:
        if sentence.kind != "body" or bisect_right(starts, sentence.end) > bisect_right(starts, sentence.start - 1):
            return []
        clauses, nouns = scene.told_in(sentence)
        signing = next((clause for clause in clauses if clause.verb and clause.verb.name == "sign"), None)
        if signing is not None and signing.verb is not None:
            stage = scene.stage(signing)
            return [f"then=sign:{stage}", f"then_of_it={_is_of_it(scene, sentence, signing.verb)},{stage}"]
        return ["then=signing"] if "sign" in nouns else []
    return []


def _is_of_it(scene: _Scene, sentence: Sentence, verb: VerbGroup) -> bool:
    """`inked it`, `l'a signé`, `It was signed`: whether a pronoun beside the verb points at the instrument."""
    document = scene.facts.document
    before = document.text[sentence.start : document.tokens[verb.start].end].lower().replace("\u2019", "'")
    after = document.text[document.tokens[verb.end - 1].end : document.tokens[verb.end - 1].end + 8].lower()
    return before.startswith(_IT_OPENS) or any(word in before for word in _IT_BEFORE) or after.startswith(_IT_AFTER)


def _own_day(scene: _Scene, meetings: list[Event]) -> str:
    """How the date of the phrase, of its clause or before it in the sentence lies to the meeting's day."""
    facts, naming = scene.facts, scene.naming
    mentions = [m for m in dates_between(facts, naming.head.end, naming.sentence.end)[:2] if _is_near(scene, m)]
    mentions += [
        m for m in dates_between(facts, naming.sentence.start, naming.head.start)[-1:] if not _is_held(scene, m)
    ]
    period = naming.marks.get("period")
    mentions = [m for m in mentions if not (period and period.start <= m.start < period.end)]
    for mention in mentions:
        return _DISTANCES.get(_distance(facts, mention, meetings), "unknown")
    return "none"


def _is_held(scene: _Scene, mention: DateMention) -> bool:
    """`held on 12 January the conference on the plan`: between the day and the phrase stands what has the day."""
    return bool(scene.facts.document.within("meetings", mention.end, scene.naming.head.start))


def _is_near(scene: _Scene, mention: DateMention) -> bool:
    naming, document = scene.naming, scene.facts.document
    if document.within("instrument", naming.head.end, mention.start):
        return False
    if mention.start < max(naming.end, naming.head.end) + _DAY_REACH:
        return True
    modifier = scene.modifier
    return modifier is not None and scene.syntax.of_token[document.token_at(mention.start)] == modifier.number


def _distance(facts: Facts, mention: DateMention, meetings: list[Event]) -> str:
    date = resolve_day(facts, mention)
    return distance_of(date, meetings, facts) if date is not None else "unknown"
