"""Instruments and the actions on them: minutes, memoranda, plans, agreements, declarations."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from entraide.access.api import Actor
from entraide.kernel.ids import InstrumentId, MechanismId, MeetingId, UserId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.domain.errors import NoSuchFact, PlanExists
from entraide.programme.domain.facts import Candidate, Contradiction, InstrumentFacts, Match, PersonInPost
from entraide.programme.domain.matching import match_instrument, refine_date
from entraide.programme.domain.relating import differences_of_parts
from entraide.programme.domain.terms import ActionKind, FactKind, InstrumentKind
from entraide.programme.models import ActionSignatory, Instrument, InstrumentAction
from entraide.programme.services.finding import index_instruments, index_with_instrument
from entraide.programme.services.listing import correct_lists_of
from entraide.programme.services.recorded_contradictions import store_contradictions
from entraide.programme.services.recording import (
    clean_texts,
    date_columns,
    record,
    require_registrar,
    sort_date,
)
from entraide.storage.api import transaction


def find_instruments(mechanism_id: MechanismId, facts: InstrumentFacts) -> tuple[Candidate, ...]:
    """Return the mechanism's instruments that `facts` may mean, best first, each with its reason and contradictions.

    Same mechanism, kind and period is the same plan (`domain.matching`, rule 3). At most 20 are returned.
    """
    rows = Instrument.objects.filter(mechanism_id=mechanism_id, kind=facts.kind.value).prefetch_related("actions")
    found = []
    for row in rows.order_by("-sort_date")[:500]:
        match = _best_match(row, facts)
        if match is not None:
            found.append(Candidate(FactKind.INSTRUMENT, row.id, _summary(row), match))
    return tuple(sorted(found, key=lambda item: -item.match.strength)[:20])


def create_instrument(
    node: Node,
    *,
    actor: Actor,
    mechanism_id: MechanismId,
    kind: InstrumentKind,
    titles: Mapping[str, str],
    period: str = "",
    meeting_id: MeetingId | None = None,
    languages: Sequence[str] = (),
) -> InstrumentId:
    """Record an instrument and return its id; what happened to it is recorded by `record_action`.

    `period` is an EDTF year or two years with a slash. Raises `PlanExists`, `TextMissing`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        return store_instrument(
            node,
            by,
            mechanism_id=mechanism_id,
            kind=kind,
            titles=titles,
            period=period,
            meeting_id=meeting_id,
            languages=languages,
        )


def store_instrument(
    node: Node,
    by: UserId | None,
    *,
    mechanism_id: UUID,
    kind: InstrumentKind,
    titles: Mapping[str, str],
    period: str,
    meeting_id: UUID | None,
    languages: Sequence[str],
    plan_id: UUID | None = None,
) -> InstrumentId:
    """Do `create_instrument` within a running transaction; raises `PlanExists`."""
    if period:
        PartialDate(period)
    same = Instrument.objects.filter(mechanism_id=mechanism_id, kind=InstrumentKind.PLAN.value, period=period)
    if kind is InstrumentKind.PLAN and period and same.exists():
        raise PlanExists(period=period)
    row = Instrument.objects.create(
        id=new_uuid(node),
        mechanism_id=mechanism_id,
        meeting_id=meeting_id,
        kind=kind.value,
        titles=clean_texts(titles, "title"),
        period=period,
        languages=list(languages),
        plan_id=plan_id,
        created_at=node.clock.now(),
    )
    record(node, "instrument_created", row.id, by, mechanism=mechanism_id, kind=kind.value, period=period)
    index_instruments([row])
    return InstrumentId(row.id)


def mark_signed_here(instrument_id: UUID, *, plan_id: UUID, languages: Sequence[str]) -> None:
    """Tie an instrument, within the running transaction, to the text that was signed on this node, once."""
    Instrument.objects.filter(id=instrument_id, plan_id__isnull=True).update(plan_id=plan_id, languages=list(languages))


def place_instrument(instrument_id: UUID, meeting_id: MeetingId) -> None:
    """Say, within the running transaction, at which meeting an instrument was made, where that is not yet known."""
    if Instrument.objects.filter(id=instrument_id, meeting__isnull=True).update(meeting_id=meeting_id):
        index_instruments(Instrument.objects.filter(id=instrument_id))


def record_action(
    node: Node,
    *,
    actor: Actor,
    instrument_id: InstrumentId,
    kind: ActionKind,
    date: PartialDate | None = None,
    meeting_id: MeetingId | None = None,
    signatories: Sequence[PersonInPost] = (),
    keep_differences: bool = True,
) -> UUID:
    """Record an action on an instrument and return its id.

    The same action at a date that agrees is one action: its vaguer date is made precise and missing signatories are
    added. Signature, entry into force, expiry and termination happen once, so a contradicting date is kept as a
    statement of its own, unless `keep_differences` is false, because a person is asked. Raises `NoSuchFact`,
    `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        return store_action(
            node,
            by,
            instrument_id=instrument_id,
            kind=kind,
            date=date,
            meeting_id=meeting_id,
            signatories=signatories,
            keep_differences=keep_differences,
        )


def find_action_contradiction(
    instrument_id: InstrumentId, kind: ActionKind, date: PartialDate | None
) -> Contradiction | None:
    """Return how `date` contradicts the recorded date of an action that happens once; None where it agrees."""
    if kind not in ONCE:
        return None
    instrument = Instrument.objects.filter(id=instrument_id).first()
    known = instrument.actions.filter(kind=kind.value).order_by("created_at").first() if instrument else None
    if instrument is None or known is None:
        return None
    return next(iter(_differences(known, kind, date)), None)


ONCE = frozenset({ActionKind.SIGNED, ActionKind.IN_FORCE, ActionKind.EXPIRED, ActionKind.TERMINATED})
"""Actions that an instrument undergoes once, so that two dates of one are a contradiction."""


def _known_action(
    instrument: Instrument, kind: ActionKind, date: PartialDate | None
) -> tuple[InstrumentAction | None, tuple[Contradiction, ...]]:
    """Return the recorded action that this one is, and where their dates disagree although it happens once."""
    for known in instrument.actions.filter(kind=kind.value).order_by("created_at"):
        contradicted = _differences(known, kind, date)
        if not contradicted or kind in ONCE:
            return known, contradicted
    return None, ()


def _differences(known: InstrumentAction, kind: ActionKind, date: PartialDate | None) -> tuple[Contradiction, ...]:
    """Return how `date` differs from that of a recorded action, as the declaration of actions says."""
    recorded = {"kind": known.kind, "date": _date_of(known)}
    return differences_of_parts(load_kinds().get("action"), [recorded], [{"kind": kind, "date": date}])


def save_action(row: InstrumentAction) -> None:
    """Save an action whose settled date stands in it; the instrument that lists ordered by the former date follows."""
    former = InstrumentAction.objects.get(id=row.id).sort_date
    row.save()
    if row.instrument.sort_date in (None, former):
        _list_by(row.instrument, row.sort_date)


def _list_by(instrument: Instrument, day: dt.date | None) -> None:
    """Save an instrument that lists are to order by `day`."""
    moved = instrument.sort_date != day
    instrument.sort_date = day
    instrument.save(update_fields=["sort_date", "meeting_id"])
    index_instruments([instrument])
    if moved:
        correct_lists_of(instrument_id=instrument.id)
        index_with_instrument(instrument.id)


def store_action(
    node: Node,
    by: UserId | None,
    *,
    instrument_id: UUID,
    kind: ActionKind,
    date: PartialDate | None,
    meeting_id: UUID | None,
    signatories: Sequence[PersonInPost],
    keep_differences: bool = True,
) -> UUID:
    """Do `record_action` within a running transaction; raises `NoSuchFact`."""
    instrument = Instrument.objects.select_for_update().filter(id=instrument_id).first()
    if instrument is None:
        raise NoSuchFact(kind="instrument", id=instrument_id)
    row, contradicted = _known_action(instrument, kind, date)
    if keep_differences:
        store_contradictions(node, by, FactKind.INSTRUMENT, instrument.id, contradicted, date)
    if row is None:
        row = InstrumentAction(id=new_uuid(node), instrument=instrument, kind=kind.value, created_at=node.clock.now())
    for name, value in date_columns(refine_date(_date_of(row), date)).items():
        setattr(row, name, value)
    row.meeting_id = row.meeting_id or meeting_id
    row.save()
    _add_signatories(node, row, signatories)
    if kind is ActionKind.SIGNED:
        instrument.meeting_id = instrument.meeting_id or meeting_id
    signed_on = row.sort_date if kind is ActionKind.SIGNED else None
    _list_by(instrument, signed_on or instrument.sort_date or sort_date(date))
    record(node, "action_recorded", row.id, by, instrument=instrument_id, kind=kind.value, date=row.date)
    return row.id


def _add_signatories(node: Node, row: InstrumentAction, signatories: Sequence[PersonInPost]) -> None:
    present = {(person.name, person.state) for person in row.signatories.all()}
    new = [person for person in signatories if (person.name, person.state) not in present]
    ActionSignatory.objects.bulk_create(
        ActionSignatory(
            id=new_uuid(node),
            action=row,
            position=position,
            name=person.name[:200],
            post=person.post[:400],
            state=person.state,
            tenure_id=person.tenure_id,
        )
        for position, person in enumerate(new, start=len(present))
    )


def _best_match(row: Instrument, facts: InstrumentFacts) -> Match | None:
    same_action = next((action for action in row.actions.all() if facts.action and action.kind == facts.action), None)
    kind = load_kinds().get("action")
    matches = [match_instrument(kind, _with_action(row, same_action, title), facts) for title in row.titles.values()]
    return max((match for match in matches if match), key=lambda match: match.strength, default=None)


def _with_action(row: Instrument, action: InstrumentAction | None, title: str = "") -> InstrumentFacts:
    kind = InstrumentKind(row.kind)
    if action is None:
        return InstrumentFacts(kind, row.period, title)
    return InstrumentFacts(kind, row.period, title, ActionKind(action.kind), _date_of(action))


def _date_of(row: InstrumentAction) -> PartialDate | None:
    return PartialDate(row.date, DateBasis(row.date_basis)) if row.date else None


def _summary(row: Instrument) -> str:
    return " · ".join(part for part in (next(iter(row.titles.values()), ""), row.period) if part)
