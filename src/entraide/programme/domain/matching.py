"""When is a fact of a source one that the register already has? By its own keys alone; likeness only asks a person.

A match of strength 3 rests on the fact's own key: keeping then adds a source to it. Everything below is a question, put
to a person with its reason; nothing is joined by it. Domain, status and period are keys of nothing.

1. A meeting: its series and ordinal, whatever else the sources say, or its series and day. Two ordinals of one series
   are two meetings; a report of the same day and place with another ordinal is asked about. Without a series, one
   mechanism, day and level likely mean one meeting; dates that agree as far as they go, at places that do not differ,
   possibly do.
2. An instrument: its parties and kind, and the day on which it was signed, with its title for kinds of which several
   are signed on one day. A plan of the same period, and a like title, are asked about.
3. A commitment: the sentence that makes it, in the same text. Like words, or the same words with another status, are
   asked about; other words are another commitment, whatever their domain.
4. What disagrees, as the declaration of the kind says that sources may, is listed beside the match and put before a
   person; nothing is overwritten.
"""

from rapidfuzz import fuzz

from entraide.kernel.decision import Reason
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.text import N_
from entraide.programme.domain.dates import DateRelation, relate_dates
from entraide.programme.domain.facts import CommitmentFacts, Contradiction, InstrumentFacts, Match, MeetingFacts
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.places import same_place
from entraide.programme.domain.relating import contradictions_of, differences_of_parts, values_of_facts
from entraide.programme.domain.terms import ActionKind, InstrumentKind
from entraide.programme.domain.words import SAME_WORDS, fold_words, names_other_numbers

CERTAIN, LIKELY, POSSIBLE = 3, 2, 1
SAME_SENTENCE = 99.0
"""Likeness of words from which two sentences are one, but for marks and spaces."""
ONE_A_DAY = frozenset({InstrumentKind.PLAN, InstrumentKind.MINUTES})
"""Kinds of which two sides hardly sign two on one day."""


def match_meeting(kind: Kind, recorded: MeetingFacts, given: MeetingFacts) -> Match | None:
    """Return why `given` may be the meeting `recorded` of the same mechanism (rule 1), or None."""
    contradicted = contradictions_of(kind.fields, values_of_facts(kind, recorded), values_of_facts(kind, given))
    if recorded.series_id is not None and recorded.series_id == given.series_id:
        match = _match_in_series(recorded, given, contradicted)
        if match is not None or (recorded.ordinal and given.ordinal):
            return match
    apart = _differ(recorded.level, given.level) or _differ(recorded.series_id, given.series_id)
    return None if apart else _match_by_date(recorded, given, contradicted)


def _match_in_series(
    recorded: MeetingFacts, given: MeetingFacts, contradicted: tuple[Contradiction, ...]
) -> Match | None:
    if recorded.ordinal and given.ordinal:
        if recorded.ordinal != given.ordinal:
            return _match_misnumbered(recorded, given, contradicted)
        return Match(CERTAIN, Reason("meeting.ordinal", N_("Same ordinal in the same series.")), contradicted)
    if is_same_day(recorded.date, given.date):
        return Match(CERTAIN, Reason("meeting.series_day", N_("Same series and day.")), contradicted)
    return None


def is_same_day(recorded: PartialDate | None, given: PartialDate | None) -> bool:
    """Whether both are known to the day and are the same."""
    if recorded is None or given is None or len(given.start) < 10:
        return False
    return relate_dates(recorded, given) is DateRelation.EQUAL


def _differ(recorded: object, given: object) -> bool:
    """Whether both are known and are not the same."""
    return bool(recorded and given) and recorded != given


def _match_misnumbered(
    recorded: MeetingFacts, given: MeetingFacts, contradicted: tuple[Contradiction, ...]
) -> Match | None:
    if not (is_same_day(recorded.date, given.date) and same_place(recorded.place, given.place)):
        return None
    reason = Reason("meeting.misnumbered", N_("Same series, day and place, but another ordinal."))
    return Match(POSSIBLE, reason, contradicted)


def _match_by_date(
    recorded: MeetingFacts, given: MeetingFacts, contradicted: tuple[Contradiction, ...]
) -> Match | None:
    if recorded.date is None or given.date is None:
        return None
    relation = relate_dates(recorded.date, given.date)
    if relation is DateRelation.CONTRADICTS:
        return None
    if relation is DateRelation.EQUAL and len(given.date.start) == 10:
        return Match(LIKELY, Reason("meeting.day", N_("Same mechanism, level and day.")), contradicted)
    if same_place(recorded.place, given.place) is False:
        return None
    if relation is DateRelation.NESTED:
        return Match(POSSIBLE, Reason("meeting.days", N_("Same mechanism and level, but other days.")), contradicted)
    return Match(POSSIBLE, Reason("meeting.period", N_("The dates agree as far as they are known.")))


def match_instrument(action: Kind, recorded: InstrumentFacts, given: InstrumentFacts) -> Match | None:
    """Return why `given` may be the instrument `recorded` of the same mechanism (rule 2), or None.

    `action` is the declaration of the actions on it, whose dates may differ.
    """
    if recorded.kind != given.kind or _differ(recorded.period, given.period):
        return None
    contradicted = differences_of_parts(action, [_action_of(recorded)], [_action_of(given)])
    signed_together = _is_signed_together(recorded, given)
    if signed_together and (recorded.kind in ONE_A_DAY or _is_same_title(recorded, given)):
        return Match(CERTAIN, Reason("instrument.signed", N_("Same parties and kind, signed on the same day.")))
    if recorded.kind in ONE_A_DAY and _same_act_and_day(recorded, given):
        return Match(LIKELY, Reason("instrument.day", N_("Same mechanism and kind, and the same act on the same day.")))
    same_period = bool(recorded.period) and recorded.period == given.period
    if same_period and recorded.kind is InstrumentKind.PLAN:
        return Match(LIKELY, Reason("instrument.period", N_("Same mechanism, kind and period.")), contradicted)
    return _match_title(recorded, given, contradicted, same_period=same_period)


def _is_signed_together(recorded: InstrumentFacts, given: InstrumentFacts) -> bool:
    return given.action is ActionKind.SIGNED and _same_act_and_day(recorded, given)


def _is_same_title(recorded: InstrumentFacts, given: InstrumentFacts) -> bool:
    title = fold_words(recorded.title)
    return bool(title) and title == fold_words(given.title)


def _action_of(facts: InstrumentFacts) -> dict[str, object]:
    return {"kind": facts.action, "date": facts.action_date}


def _match_title(
    recorded: InstrumentFacts, given: InstrumentFacts, contradicted: tuple[Contradiction, ...], *, same_period: bool
) -> Match | None:
    if not _alike(recorded.title, given.title):
        return None
    same_day = bool(recorded.action_date and given.action_date) and not contradicted
    if same_period or same_day:
        reason = Reason("instrument.title", N_("Same mechanism and kind, a like title, the same period or day."))
        return Match(LIKELY, reason, contradicted)
    return Match(POSSIBLE, Reason("instrument.words", N_("Same mechanism and kind, and a like title.")), contradicted)


def _alike(recorded: str, given: str) -> bool:
    """Whether two titles have like words; an empty one is like none."""
    if not recorded or not given or names_other_numbers(recorded, given):
        return False
    return fuzz.token_set_ratio(fold_words(recorded), fold_words(given)) >= SAME_WORDS


def _same_act_and_day(recorded: InstrumentFacts, given: InstrumentFacts) -> bool:
    if recorded.action is None or recorded.action != given.action:
        return False
    return is_same_day(recorded.action_date, given.action_date)


def match_commitment(kind: Kind, recorded: CommitmentFacts, given: CommitmentFacts) -> Match | None:
    """Return why `given` may be the commitment `recorded` of the same mechanism (rule 3), or None."""
    if recorded.domain != given.domain or not _same_origin(recorded, given):
        return None
    likeness = fuzz.token_sort_ratio(fold_words(recorded.text), fold_words(given.text))
    if recorded.status != given.status:
        same_text = given.instrument_id == recorded.instrument_id and likeness >= SAME_WORDS
        contradicted = contradictions_of(kind.fields, values_of_facts(kind, recorded), values_of_facts(kind, given))
        other = Reason("commitment.status", N_("Same text and words, but another status."))
        return Match(POSSIBLE, other, contradicted) if same_text else None
    if likeness >= SAME_SENTENCE:
        return Match(CERTAIN, Reason("commitment.words", N_("The same sentence of the same text.")))
    if likeness >= SAME_WORDS:
        return Match(POSSIBLE, Reason("commitment.like", N_("Like words in the same text.")))
    return None


def _same_origin(recorded: CommitmentFacts, given: CommitmentFacts) -> bool:
    """Whether both come from one instrument or from one meeting."""
    pairs = ((recorded.instrument_id, given.instrument_id), (recorded.meeting_id, given.meeting_id))
    return any(theirs is not None and own == theirs for own, theirs in pairs)


def refine_date(recorded: PartialDate | None, given: PartialDate | None) -> PartialDate | None:
    """Return the date that the register should have after `given`: a gap filled or a vaguer date made precise.

    A contradicting date leaves the recorded one; it is kept as a statement of its own.
    """
    if recorded is None or given is None:
        return recorded or given
    return given if relate_dates(recorded, given) is DateRelation.REFINES else recorded
