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
5. What disagrees is listed beside the match and put before a person; nothing is overwritten.
"""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

from entraide.kernel.decision import Reason
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.text import N_
from entraide.programme.domain.dates import DateRelation, relate_dates
from entraide.programme.domain.facts import (
    CommitmentFacts,
    Contradiction,
    InstrumentFacts,
    Match,
    MeetingFacts,
    PersonInPost,
)
from entraide.programme.domain.terms import InstrumentKind, PersonRole

CERTAIN, LIKELY, POSSIBLE = 3, 2, 1
ONE_A_DAY = frozenset({InstrumentKind.PLAN, InstrumentKind.MINUTES})
"""Kinds of which two sides hardly sign two on one day."""
SAME_WORDS = 88.0
"""Token-set similarity (0 to 100) from which two titles or commitments are taken for the same words."""


def fold_words(text: str) -> str:
    """Return `text` without accents, case and punctuation, for comparing names and titles."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def match_meeting(recorded: MeetingFacts, given: MeetingFacts) -> Match | None:
    """Return why `given` may be the meeting `recorded` of the same mechanism (rules 1 and 2), or None."""
    same_series = recorded.series_id is not None and recorded.series_id == given.series_id
    if same_series and recorded.ordinal and given.ordinal:
        if recorded.ordinal != given.ordinal:
            return _match_misnumbered(recorded, given)
        against = contradictions_of_meeting(recorded, given)
        return Match(CERTAIN, Reason("meeting.ordinal", N_("Same ordinal in the same series.")), against)
    apart = _differ(recorded.level, given.level) or _differ(recorded.series_id, given.series_id)
    return None if apart else _match_by_date(recorded, given)


def _differ(recorded: object, given: object) -> bool:
    """Whether both are known and are not the same."""
    return bool(recorded and given) and recorded != given


def _match_misnumbered(recorded: MeetingFacts, given: MeetingFacts) -> Match | None:
    if recorded.date is None or given.date is None or not same_place(recorded.place, given.place):
        return None
    if len(given.date.start) < 10 or relate_dates(recorded.date, given.date) is not DateRelation.EQUAL:
        return None
    reason = Reason("meeting.misnumbered", N_("Same series, day and place, but another ordinal."))
    return Match(POSSIBLE, reason, contradictions_of_meeting(recorded, given))


def _match_by_date(recorded: MeetingFacts, given: MeetingFacts) -> Match | None:
    if recorded.date is None or given.date is None:
        return None
    relation = relate_dates(recorded.date, given.date)
    if relation is DateRelation.CONTRADICTS:
        return None
    if relation is DateRelation.EQUAL and len(given.date.start) == 10:
        against = contradictions_of_meeting(recorded, given)
        return Match(LIKELY, Reason("meeting.day", N_("Same mechanism, level and day.")), against)
    if same_place(recorded.place, given.place) is False:
        return None
    if relation is DateRelation.NESTED:
        against = contradictions_of_meeting(recorded, given)
        return Match(POSSIBLE, Reason("meeting.days", N_("Same mechanism and level, but other days.")), against)
    return Match(POSSIBLE, Reason("meeting.period", N_("The dates agree as far as they are known.")))


def contradictions_of_meeting(recorded: MeetingFacts, given: MeetingFacts) -> tuple[Contradiction, ...]:
    """Return the fields (ordinal, date, place) in which `given` says something else than `recorded`."""
    found = []
    same_series = recorded.series_id is not None and recorded.series_id == given.series_id
    if same_series and recorded.ordinal and given.ordinal and recorded.ordinal != given.ordinal:
        found.append(Contradiction("ordinal", str(recorded.ordinal), str(given.ordinal)))
    if recorded.date and given.date and relate_dates(recorded.date, given.date).differs:
        found.append(Contradiction("date", recorded.date.value, given.date.value))
    if same_place(recorded.place, given.place) is False:
        found.append(Contradiction("place", recorded.place, given.place))
    return tuple(found)


def contradictions_of_chairs(
    recorded: Sequence[PersonInPost], given: Sequence[PersonInPost]
) -> tuple[Contradiction, ...]:
    """Return where `given` names another co-chair of a State than `recorded`, as the field `co_chair.<state>`.

    Other letters of one name, or its parts in another order, are the same person (`same_person`).
    """
    found = []
    for person in given:
        theirs = [one for one in recorded if one.state == person.state and one.role is PersonRole.CO_CHAIR]
        if person.role is not PersonRole.CO_CHAIR or not (person.state and theirs):
            continue
        if not any(same_person(one.name, person.name) for one in theirs):
            found.append(Contradiction(f"co_chair.{person.state}", theirs[0].name, person.name))
    return tuple(found)


def same_person(left: str, right: str) -> bool:
    """Whether two printed names are one in other letters: `Tô Lâm` and `To Lam`, also with the parts exchanged."""
    a, b = fold_words(left), fold_words(right)
    return bool(a) and (a.replace(" ", "") == b.replace(" ", "") or sorted(a.split()) == sorted(b.split()))


def match_instrument(recorded: InstrumentFacts, given: InstrumentFacts) -> Match | None:
    """Return why `given` may be the instrument `recorded` of the same mechanism (rule 3), or None."""
    if recorded.kind != given.kind or _differ(recorded.period, given.period):
        return None
    against = contradictions_of_action(recorded, given)
    same_period = bool(recorded.period) and recorded.period == given.period
    if same_period and recorded.kind is InstrumentKind.PLAN:
        return Match(CERTAIN, Reason("instrument.period", N_("Same mechanism, kind and period.")), against)
    if recorded.kind in ONE_A_DAY and _same_act_and_day(recorded, given):
        return Match(LIKELY, Reason("instrument.day", N_("Same mechanism and kind, and the same act on the same day.")))
    return _match_title(recorded, given, against, same_period=same_period)


def _match_title(
    recorded: InstrumentFacts, given: InstrumentFacts, against: tuple[Contradiction, ...], *, same_period: bool
) -> Match | None:
    if not _alike(recorded.title, given.title):
        return None
    same_day = bool(recorded.action_date and given.action_date) and not against
    if same_period or same_day:
        reason = Reason("instrument.title", N_("Same mechanism and kind, a like title, the same period or day."))
        return Match(LIKELY, reason, against)
    return Match(POSSIBLE, Reason("instrument.words", N_("Same mechanism and kind, and a like title.")), against)


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


def contradictions_of_action(recorded: InstrumentFacts, given: InstrumentFacts) -> tuple[Contradiction, ...]:
    """Return the contradiction of the dates of the same action, if there is one."""
    if recorded.action is None or recorded.action != given.action or not (recorded.action_date and given.action_date):
        return ()
    if not relate_dates(recorded.action_date, given.action_date).differs:
        return ()
    return (Contradiction(f"{given.action}.date", recorded.action_date.value, given.action_date.value),)


def match_commitment(recorded: CommitmentFacts, given: CommitmentFacts) -> Match | None:
    """Return why `given` may be the commitment `recorded` of the same mechanism (rule 4), or None."""
    if recorded.domain != given.domain or not _same_origin(recorded, given):
        return None
    likeness = fuzz.token_sort_ratio(fold_words(recorded.text), fold_words(given.text))
    if recorded.status != given.status:
        same_text = given.instrument_id == recorded.instrument_id and likeness >= SAME_WORDS
        against = (Contradiction("status", recorded.status, given.status),)
        other = Reason("commitment.status", N_("Same text, domain and words, but another status."))
        return Match(POSSIBLE, other, against) if same_text else None
    if likeness >= 99:
        return Match(CERTAIN, Reason("commitment.words", N_("Same text, domain, status and words.")))
    if likeness >= SAME_WORDS:
        return Match(LIKELY, Reason("commitment.like", N_("Same text, domain and status, and like words.")))
    return Match(POSSIBLE, Reason("commitment.domain", N_("Same text, domain and status, in other words.")))


def _same_origin(recorded: CommitmentFacts, given: CommitmentFacts) -> bool:
    """Whether both come from one instrument or from one meeting."""
    pairs = ((recorded.instrument_id, given.instrument_id), (recorded.meeting_id, given.meeting_id))
    return any(theirs is not None and own == theirs for own, theirs in pairs)


def same_place(left: str, right: str) -> bool | None:
    """Return whether two places are the same in other letters, None when one of them is not known."""
    a, b = fold_words(left).replace(" ", ""), fold_words(right).replace(" ", "")
    if not a or not b:
        return None
    return a == b or a in b or b in a


def refine_date(recorded: PartialDate | None, given: PartialDate | None) -> PartialDate | None:
    """Return the date that the register should have after `given`: a gap filled or a vaguer date made precise.

    A contradicting date leaves the recorded one; it is kept as a statement of its own.
    """
    if recorded is None or given is None:
        return recorded or given
    return given if relate_dates(recorded, given) is DateRelation.REFINES else recorded
