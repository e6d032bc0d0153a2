"""Instruments: which of those that a report names are signed, planned, reviewed, in force, or only referred to.

Every naming is a candidate. The scorer is told its determiner, its clause and the verbs above it, what follows it, the
other instruments beside it and its own dates; the namings of one instrument then decide together.
"""

from bisect import bisect_right
from dataclasses import dataclass

from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.dates import DateMention
from entraide.reader.domain.deeds import Deed, gather, points_back
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.grammar.features import grammar_features
from entraide.reader.domain.grammar.syntax import Clause, Syntax, VerbGroup
from entraide.reader.domain.instrument_days import distance_of, find_day
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
_MODIFIER_REACH = 12
_CUES = ("signed", "signing_after", "to_sign", "reviewed_cues", "in_force_cues", "referenced_cues")
_CUE_REACH = 60
_LEAD = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One naming with what the scorer is told of it."""

    naming: Naming
    features: tuple[str, ...]


def find_instruments(
    facts: Facts, syntax: Syntax, meetings: list[Event], references: list[Event]
) -> list[Deed]:
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
            Candidate(naming, tuple(_features(facts, syntax, meetings, naming, starts, len(group), place)))
            for place, naming in enumerate(group)
        ]
        for group in groups
    ]


def _deed(facts: Facts, group: list[Candidate], scorer: Scorer) -> Deed | None:
    """The instrument that a group of namings names, or None where they name none."""
    found = [scorer.probabilities(candidate.features) for candidate in group]
    none = 1.0
    for probabilities in found:
        none *= probabilities[NONE]
    if 1 - none < ENOUGH:
        return None
    best = {name: max(range(len(group)), key=lambda n: found[n][name]) for name in STATUSES}
    scores = {name: found[best[name]][name] for name in STATUSES}
    status = max(STATUSES, key=lambda name: scores[name])
    if scores["signed"] >= SIGNED_FROM:
        status = "signed"
    candidate = group[best[status]]
    named = max((c.naming for c in group), key=lambda naming: (not points_back(naming), naming is candidate.naming))
    deed = Deed(named.kind, named.title, status, named.start, named.end, named.sentence)
    deed.period = next((c.naming.period for c in group if c.naming.period), None)
    deed.namings = [c.naming for c in group]
    deed.confidence = 1 - none
    deed.marks = dict(named.marks)
    period = next((c.naming.marks["period"] for c in group if c.naming.period), None)
    if period is not None:
        deed.marks["period"] = period
    reason = ", ".join(scorer.telling(candidate.features, status)) or "the phrase of the instrument"
    deed.marks["status"] = Mark(*_verb_span(facts, candidate.naming), reason)
    return deed


def _verb_span(facts: Facts, naming: Naming) -> tuple[int, int]:
    verb, tokens = naming.context.clause.verb, facts.document.tokens
    if verb is None:
        return naming.start, max(naming.end, naming.head.end)
    return tokens[verb.start].start, tokens[verb.end - 1].end


def _features(
    facts: Facts, syntax: Syntax, meetings: list[Event], naming: Naming, starts: list[int], size: int, place: int
) -> list[str]:
    context = naming.context
    pointing = points_back(naming)
    found = [
        *grammar_features(context),
        f"instrument={naming.kind}",
        f"determiner={naming.determiner}",
        f"determiner+verb={naming.determiner},{context.verb}",
        f"plural={naming.plural}",
        f"title={'pointing' if pointing else 'bare' if naming.bare else 'said'}",
        f"lead={naming.order < _LEAD}",
        f"language={facts.document.vocabulary.language}",
        f"capital={facts.document.text[naming.head.start].isupper() and naming.head.start > naming.sentence.start}",
        f"named={'again' if place else 'first'}",
    ]
    found += [f"quality={quality}" for quality in naming.qualities]
    found += _stages(syntax, naming)
    found += _years(facts, naming, meetings)
    found += _beside(facts, naming, starts)
    found += _cues(facts, naming)
    return found


def _stages(syntax: Syntax, naming: Naming) -> list[str]:
    """How far the signing is, as the verbs of signing around the noun say it."""
    context = naming.context
    clause = context.clause
    above = syntax.governors(clause)
    stages: list[str] = []
    if clause.verb is not None:
        stages.append(f"{_name(clause.verb)}:{_stage(clause, above)}")
    modifier = _modifier(syntax, naming)
    if modifier is not None and modifier.verb is not None:
        governors = [clause, *above]
        stages.append(f"modifier {_name(modifier.verb)}:{_stage(modifier, governors)}")
    if context.nominal in _SIGNING or context.nominal in {"negotiate", "review", "implement", "renew", "ratify"}:
        kind = "sign" if context.nominal in _SIGNING else context.nominal
        stages.append(f"noun {kind}:{_stage(clause, above) if clause.verb else 'alone'}")
    return [f"stage={stage}" for stage in stages]


def _name(verb: VerbGroup) -> str:
    return "sign" if verb.name in _SIGNING else verb.name or "unknown"


def _stage(clause: Clause, above: list[Clause]) -> str:
    verb = clause.verb
    assert verb is not None
    if verb.negated:
        return "not"
    if verb.tense in {"future", "conditional"} or verb.modal:
        return "coming"
    if verb.tense == "infinitive":
        parent = above[0].verb if above else None
        if parent is not None and (parent.name in _WISHING or parent.modal or parent.tense in {"future", "conditional"}):
            return "wished"
        return "wished" if clause.nominal in _WISHING else "infinitive"
    if verb.tense == "before":
        return "earlier"
    if verb.tense in {"participle", "gerund"}:
        return "participle"
    return "done"


def _modifier(syntax: Syntax, naming: Naming) -> Clause | None:
    """The participle or relative clause that follows the noun: `signed in 2019`, `qui lie les deux polices`."""
    own = syntax.of_token[naming.token]
    for number in range(naming.token + 1, min(naming.token + _MODIFIER_REACH, len(syntax.of_token))):
        found = syntax.of_token[number]
        if found != own:
            clause = syntax.clauses[found]
            return clause if clause.kind in {"participle", "relative"} and clause.parent == own else None
    return None


def _years(facts: Facts, naming: Naming, meetings: list[Event]) -> list[str]:
    """The dates of the phrase and of its sentence, beside the meeting's day or the report's."""
    found: list[str] = []
    limit = min(naming.sentence.end, naming.end + 45)
    for mention in facts.dates_in(naming.head.end, limit)[:2]:
        if facts.document.within("instrument", naming.head.end, mention.start):
            break
        found.append(f"own_date={_distance(facts, mention, meetings)}")
    for mention in facts.dates_in(naming.sentence.start, naming.head.start)[-1:]:
        found.append(f"date_before={_distance(facts, mention, meetings)}")
    if naming.period:
        last, year = int(naming.period[-4:]), facts.context.year
        found.append(f"period={'unknown' if year is None else 'past' if last < year else 'now' if last == year else 'to_come'}")
        found.append("period")
    return found


def _distance(facts: Facts, mention: DateMention, meetings: list[Event]) -> str:
    date = resolve(mention, facts.context)
    return distance_of(date, meetings, facts) if date is not None else "unknown"


def _beside(facts: Facts, naming: Naming, starts: list[int]) -> list[str]:
    """Whether another instrument stands before it in the sentence, and how many the report names."""
    place = bisect_right(starts, naming.head.start - 1)
    found = [f"place={min(place, 3)}"]
    if place and starts[place - 1] >= naming.sentence.start:
        between = facts.document.folded[starts[place - 1] : naming.head.start]
        found.append("after_another=" + ("listed" if "," in between or " et " in between or " and " in between else "nested"))
    return found


def _cues(facts: Facts, naming: Naming) -> list[str]:
    """The nearest phrase of the lexicon before and after the noun."""
    document = facts.document
    before = [
        (hit.end, name)
        for name in _CUES
        for hit in document.within(name, max(naming.sentence.start, naming.start - _CUE_REACH), naming.start)
    ]
    after = [
        (hit.start, name)
        for name in _CUES
        for hit in document.within(name, naming.head.end, min(naming.sentence.end, naming.end + _CUE_REACH))
    ]
    found = [f"cue_before={max(before)[1]}"] if before else ["cue_before="]
    found += [f"cue_after={min(after)[1]}"] if after else ["cue_after="]
    return found
