"""When is a fact of a source one that the register already has? Rules with their reasons; a human decides.

1. The ordinal belongs to the series: same series and same ordinal is the same meeting, whatever else the sources say;
   two ordinals of one series are two meetings.
   A report of the same day and place with another ordinal is possibly the same meeting misnumbered: a person is asked.
2. Without an ordinal, a meeting is likely the same when mechanism, day and level agree, possible when the dates agree
   as far as they go and the places do not differ.
3. Same mechanism, same kind and same period is the same plan. A plan, or minutes, without a period is likely the one
   that was signed or reviewed that day. Other instruments need their titles to agree: three memoranda may be signed
   on one day.
4. A commitment is the same when it comes from the same text, in the same domain and status, with the same words; the
   same words of the same text with another status are possibly the same commitment.
5. What disagrees, as the declaration of the kind says that sources may, is listed beside the match and put before a
   person; nothing is overwritten.
"""

from rapidfuzz import fuzz

from entraide.kernel.decision import Reason
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.text import N_
from entraide.programme.domain.dates import DateRelation, relate_dates
from entraide.programme.domain.facts import CommitmentFacts, Contradiction, InstrumentFacts, Match, MeetingFacts
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.relating import contradictions_of, differences_of_parts, values_of_facts
from entraide.programme.domain.terms import InstrumentKind
from entraide.programme.domain.words import SAME_WORDS, fold_words, same_place

CERTAIN, LIKELY, POSSIBLE = 3, 2, 1
ONE_A_DAY = frozenset({InstrumentKind.PLAN, InstrumentKind.MINUTES})
"""Kinds of which two sides hardly sign two on one day."""


def match_meeting(kind: Kind, recorded: MeetingFacts, given: MeetingFacts) -> Match | None:
    """Return why `given` may be the meeting `recorded` of the same mechanism (rules 1 and 2), or None."""
    contradicted = contradictions_of(kind.fields, values_of_facts(kind, recorded), values_of_facts(kind, given))
    same_series = recorded.series_id is not None and recorded.series_id == given.series_id
    if same_series and recorded.ordinal and given.ordinal:
        if recorded.ordinal != given.ordinal:
            return _match_misnumbered(recorded, given, contradicted)
        return Match(CERTAIN, Reason("meeting.ordinal", N_("Same ordinal in the same series.")), contradicted)
    apart = _differ(recorded.level, given.level) or _differ(recorded.series_id, given.series_id)
    return None if apart else _match_by_date(recorded, given, contradicted)


def _differ(recorded: object, given: object) -> bool:
    """Whether both are known and are not the same."""
    return bool(recorded and given) and recorded != given


def _match_misnumbered(
    recorded: MeetingFacts, given: MeetingFacts, contradicted: tuple[Contradiction, ...]
) -> Match | None:
    if recorded.date is None or given.date is None or not same_place(recorded.place, given.place):
        return None
    if len(given.date.start) < 10 or relate_dates(recorded.date, given.date) is not DateRelation.EQUAL:
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
    """Return why `given` may be the instrument `recorded` of the same mechanism (rule 3), or None.

    `action` is the declaration of the actions on it, whose dates may differ.
    """
    if recorded.kind != given.kind or _differ(recorded.period, given.period):
        return None
    contradicted = differences_of_parts(action, [_action_of(recorded)], [_action_of(given)])
    same_period = bool(recorded.period) and recorded.period == given.period
    if same_period and recorded.kind is InstrumentKind.PLAN:
        return Match(CERTAIN, Reason("instrument.period", N_("Same mechanism, kind and period.")), contradicted)
    if recorded.kind in ONE_A_DAY and _same_act_and_day(recorded, given):
        return Match(LIKELY, Reason("instrument.day", N_("Same mechanism and kind, and the same act on the same day.")))
    return _match_title(recorded, given, contradicted, same_period=same_period)


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
    if not recorded or not given:
        return False
    return fuzz.token_set_ratio(fold_words(recorded), fold_words(given)) >= SAME_WORDS


def _same_act_and_day(recorded: InstrumentFacts, given: InstrumentFacts) -> bool:
    if recorded.action is None or recorded.action != given.action or not (recorded.action_date and given.action_date):
        return False
    same = relate_dates(recorded.action_date, given.action_date) is DateRelation.EQUAL
    return same and len(given.action_date.start) == 10


def match_commitment(kind: Kind, recorded: CommitmentFacts, given: CommitmentFacts) -> Match | None:
    """Return why `given` may be the commitment `recorded` of the same mechanism (rule 4), or None."""
    if recorded.domain != given.domain or not _same_origin(recorded, given):
        return None
    likeness = fuzz.token_sort_ratio(fold_words(recorded.text), fold_words(given.text))
    if recorded.status != given.status:
        same_text = given.instrument_id == recorded.instrument_id and likeness >= SAME_WORDS
        contradicted = contradictions_of(kind.fields, values_of_facts(kind, recorded), values_of_facts(kind, given))
        other = Reason("commitment.status", N_("Same text, domain and words, but another status."))
        return Match(POSSIBLE, other, contradicted) if same_text else None
    if likeness >= 99:
        return Match(CERTAIN, Reason("commitment.words", N_("Same text, domain, status and words.")))
    if likeness >= SAME_WORDS:
        return Match(LIKELY, Reason("commitment.like", N_("Same text, domain and status, and like words.")))
    return Match(POSSIBLE, Reason("commitment.domain", N_("Same text, domain and status, in other words.")))


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
