"""How each kind of proposal becomes a fact: matched with what the register has, or created; one function per kind.

`same_as` names the fact that a person says it is; `new` says that it is none of them. Without either, a certain or
likely match is another source of that fact.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from entraide.communiques.domain.errors import KeepFirst
from entraide.communiques.domain.kinds import kind_of_meeting
from entraide.communiques.domain.proposals import Fields, ProposalKind
from entraide.communiques.models import Proposal
from entraide.communiques.services.context import IN_REGISTER, Desk, Differing, Kept, date_of
from entraide.communiques.services.numbered import find_series_of, keep_series, list_same_number
from entraide.communiques.services.organisations import keep_organisation
from entraide.communiques.services.posts import keep_post
from entraide.directory.api import LIKELY, record_tenure
from entraide.kernel.decision import Reason
from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId
from entraide.kernel.text import N_
from entraide.programme.api import (
    ActionKind,
    Candidate,
    CommitmentFacts,
    CommitmentStatus,
    Contradiction,
    FactKind,
    InstrumentFacts,
    InstrumentKind,
    Level,
    MeetingFacts,
    MeetingKind,
    PersonInPost,
    PersonRole,
    When,
    add_commitment_text,
    complete_meeting,
    create_commitment,
    create_instrument,
    create_meeting,
    ensure_mechanism,
    find_action_against,
    find_commitments,
    find_instruments,
    find_mechanisms,
    find_meetings,
    get_commitment,
    get_instrument,
    get_meeting,
    record_action,
    record_reference,
)

ORGANISATION, TENURE = "organisation", "tenure"
OTHER_LANGUAGE = Reason("commitment.language", N_("Same text, domain and status, in another language."))
Keeper = Callable[[Desk, Proposal, UUID | None, bool], Kept]


def keep(desk: Desk, proposal: Proposal, same_as: UUID | None, new: bool) -> Kept:  # noqa: FBT001 - one signature for all keepers
    """Put the fields of `proposal` into the register or the directory within the running transaction."""
    return KEEPERS[ProposalKind(proposal.kind)](desk, proposal, same_as, new)


def _keep_party(desk: Desk, proposal: Proposal, same_as: UUID | None, new: bool) -> Kept:  # noqa: FBT001
    if not proposal.fields["organisation"]:
        return Kept("state", None)
    organisation, known = keep_organisation(desk, proposal.fields, same_as, new=new)
    return Kept(ORGANISATION, organisation, known, ((ORGANISATION, organisation, ("state", "organisation")),))


def _keep_official(desk: Desk, proposal: Proposal, same_as: UUID | None, new: bool) -> Kept:  # noqa: FBT001
    fields = proposal.fields
    post = keep_post(desk, fields, same_as, new=new)
    tenure = record_tenure(
        desk.node, actor=desk.actor, post_id=post, person_name=fields["name"], seen_on=desk.seen_on(fields)
    )
    return Kept(TENURE, tenure, citations=((TENURE, tenure, ("name", "post", "state")),))


def _keep_meeting(desk: Desk, proposal: Proposal, same_as: UUID | None, new: bool) -> Kept:  # noqa: FBT001
    fields = proposal.fields
    mechanism = _mechanism(desk, fields["parties"], fields["level"], same_as)
    series = keep_series(desk, mechanism, fields, same_as)
    facts = meeting_facts(fields, series)
    people = desk.people(fields["people"], PersonRole(fields["people_role"]))
    people += desk.people(fields["members"], PersonRole.PARTICIPANT)
    found = _chosen(without_own(desk, find_meetings(mechanism, facts)), same_as, new)
    differing: tuple[Differing, ...] = ()
    if found is None:
        meeting = create_meeting(desk.node, actor=desk.actor, mechanism_id=mechanism, facts=facts, people=people)
    else:
        meeting = MeetingId(found)
        against = complete_meeting(
            desk.node, actor=desk.actor, meeting_id=meeting, facts=facts, people=people, keep_differences=False
        )
        differing = tuple(_differing_meeting(meeting, item, facts, people) for item in against)
    apart = {item.cited_field for item in differing}
    told = [name for name in ("kind", "ordinal", "date", "place", "people", "members") if name not in apart]
    cited: list[tuple[str, UUID, Sequence[str]]] = [(FactKind.MEETING, meeting, told)]
    if series is not None:
        cited.append((FactKind.SERIES, series, ("series", "ordinal")))
    return Kept(FactKind.MEETING, meeting, found is not None, tuple(cited), differing)


def _differing_meeting(
    meeting: MeetingId, item: Contradiction, facts: MeetingFacts, people: Sequence[PersonInPost]
) -> Differing:
    person = next((one for one in people if item.field.startswith("co_chair.") and one.name == item.given), None)
    field = "people" if person else item.field
    basis = facts.date.basis.value if facts.date and item.field == "date" else ""
    kind = FactKind.MEETING.value
    return Differing(kind, meeting, item.field, item.recorded, item.given, basis, kind, meeting, field, person)


def _keep_instrument(desk: Desk, proposal: Proposal, same_as: UUID | None, new: bool) -> Kept:  # noqa: FBT001
    fields = proposal.fields
    meeting = desk.fact_of(fields["meeting"])
    mechanism = (
        get_instrument(desk.node, InstrumentId(same_as)).mechanism_id if same_as else _mechanism_of(desk, fields)
    )
    facts = instrument_facts(fields)
    found = _chosen(without_own(desk, find_instruments(mechanism, facts)), same_as, new)
    # A text that is reviewed or only referred to was not made at this meeting.
    made_here = MeetingId(meeting) if meeting and facts.action is ActionKind.SIGNED else None
    if found is None:
        instrument = create_instrument(
            desk.node,
            actor=desk.actor,
            mechanism_id=mechanism,
            kind=facts.kind,
            titles={desk.language: fields["title"]},
            period=fields["period"],
            meeting_id=made_here,
        )
    else:
        instrument = InstrumentId(found)
    against = find_action_against(instrument, ActionKind(fields["action"]), facts.action_date)
    action = record_action(
        desk.node,
        actor=desk.actor,
        instrument_id=instrument,
        kind=ActionKind(fields["action"]),
        date=facts.action_date,
        meeting_id=MeetingId(meeting) if meeting else None,
        signatories=desk.people(fields["people"], PersonRole.PARTICIPANT),
        keep_differences=False,
    )
    cited = (
        (FactKind.INSTRUMENT, instrument, ("kind", "title", "period")),
        (FactKind.ACTION, action, ("action", "people") if against else ("action", "date", "people")),
    )
    differing = _differing_action(instrument, action, against, facts) if against else ()
    return Kept(FactKind.INSTRUMENT, instrument, found is not None, cited, differing)


def _differing_action(
    instrument: InstrumentId, action: UUID, item: Contradiction, facts: InstrumentFacts
) -> tuple[Differing, ...]:
    basis = facts.action_date.basis.value if facts.action_date else ""
    kind, cited = FactKind.INSTRUMENT.value, FactKind.ACTION.value
    return (Differing(kind, instrument, item.field, item.recorded, item.given, basis, cited, action, "date"),)


def _keep_reference(desk: Desk, proposal: Proposal, same_as: UUID | None, new: bool) -> Kept:  # noqa: FBT001
    """An earlier numbered conference that a text mentions enters the register itself, with what is known of it."""
    fields = proposal.fields
    meeting = desk.fact_of(fields["meeting"])
    if meeting is None:
        raise KeepFirst(what="meeting")
    mechanism = _mechanism_of(desk, fields)
    told = levelled(desk, fields)
    referred = same_as or _referred(desk, mechanism, told, new=new)
    series = keep_series(desk, mechanism, told, referred)
    facts = meeting_facts(told, series)
    matched, differing = referred is not None, list[Differing]()
    if referred is not None:
        known = MeetingId(referred)
        against = complete_meeting(
            desk.node, actor=desk.actor, meeting_id=known, facts=facts, keep_differences=False, reported=False
        )
        differing = [_differing_meeting(known, item, facts, ()) for item in against]
    elif fields["when"] == When.EARLIER and (series is not None or facts.date is not None):
        referred = create_meeting(desk.node, actor=desk.actor, mechanism_id=mechanism, facts=facts, reported=False)
    cited: list[tuple[str, UUID, Sequence[str]]] = []
    if referred is not None:
        apart = {item.cited_field for item in differing}
        cited.append((FactKind.MEETING, referred, [name for name in ("ordinal", "date", "place") if name not in apart]))
    if series is not None:
        cited.append((FactKind.SERIES, series, ("series", "ordinal")))
    reference = record_reference(
        desk.node,
        actor=desk.actor,
        meeting_id=MeetingId(meeting),
        facts=facts,
        when=When(fields["when"]),
        referred_id=MeetingId(referred) if referred else None,
    )
    cited.append((FactKind.REFERENCE, reference, ("series", "ordinal", "date", "place", "when")))
    return Kept(FactKind.REFERENCE, reference, matched, tuple(cited), tuple(differing))


def _referred(desk: Desk, mechanism: MechanismId, told: Fields, *, new: bool) -> UUID | None:
    """Return the recorded meeting that a mention likely means: by series, number and date, or by its number alone."""
    if new:
        return None
    own = desk.fact_of(told["meeting"])
    facts = meeting_facts(told, find_series_of(desk, mechanism, told))
    found = [item for item in find_meetings(mechanism, facts) if item.id != own]
    if found and found[0].match.strength >= LIKELY:
        return found[0].id
    sure = [item.id for item, likely in list_same_number(desk, mechanism, told) if likely and item.id != own]
    return sure[0] if len(sure) == 1 else None


def levelled(desk: Desk, fields: Fields) -> Fields:
    """Return the fields of a mention with the level of the meeting whose source mentions it, and a kind by its name."""
    if "when" not in fields:
        return fields
    meeting = desk.proposals.get(fields["meeting"])
    level = meeting.fields["level"] if meeting is not None else ""
    return {**fields, "kind": kind_of_meeting(fields["series"]), "level": level}


def _keep_commitment(desk: Desk, proposal: Proposal, same_as: UUID | None, new: bool) -> Kept:  # noqa: FBT001
    fields = proposal.fields
    instrument, meeting = desk.fact_of(fields["instrument"]), desk.fact_of(fields["meeting"])
    mechanism = _mechanism_of(desk, fields)
    facts = commitment_facts(fields, instrument, meeting)
    found = _chosen(find_commitments_like(desk, mechanism, facts), same_as, new)
    if found is not None:
        add_commitment_text(
            desk.node,
            actor=desk.actor,
            commitment_id=CommitmentId(found),
            language=desk.language,
            text=fields["text"],
        )
    commitment: UUID = found or create_commitment(
        desk.node,
        actor=desk.actor,
        mechanism_id=mechanism,
        domain=fields["domain"],
        status=CommitmentStatus(fields["status"]),
        texts={desk.language: fields["text"]},
        instrument_id=InstrumentId(instrument) if instrument else None,
        meeting_id=MeetingId(meeting) if meeting else None,
        period=fields["period"],
        lead_units=units_by_state(fields.get("lead_units", ())),
    )
    recorded = get_commitment(desk.node, CommitmentId(commitment)).status.value
    kind = FactKind.COMMITMENT.value
    if recorded == fields["status"]:
        return Kept(kind, commitment, found is not None, ((kind, commitment, ("domain", "status", "text")),))
    given = Differing(kind, commitment, "status", recorded, fields["status"], "", kind, commitment, "status")
    return Kept(kind, commitment, found is not None, ((kind, commitment, ("domain", "text")),), (given,))


def units_by_state(lines: Iterable[str]) -> dict[str, str]:
    """Return the units of lines like `VN: Police Academy` by State, several parted by semicolons; others are left."""
    found: dict[str, list[str]] = {}
    for line in lines:
        state, _, unit = line.partition(":")
        if unit.strip() and len(state.strip()) == 2:
            found.setdefault(state.strip().upper(), []).append(unit.strip())
    return {state: "; ".join(units) for state, units in found.items()}


KEEPERS: dict[ProposalKind, Keeper] = {
    ProposalKind.PARTY: _keep_party,
    ProposalKind.OFFICIAL: _keep_official,
    ProposalKind.MEETING: _keep_meeting,
    ProposalKind.INSTRUMENT: _keep_instrument,
    ProposalKind.REFERENCE: _keep_reference,
    ProposalKind.COMMITMENT: _keep_commitment,
}


def meeting_facts(fields: Fields, series: UUID | None) -> MeetingFacts:
    """Return a meeting proposal's fields as the register's facts; an ordinal counts only within a series."""
    return MeetingFacts(
        series_id=series,
        ordinal=fields["ordinal"] if series else None,
        date=date_of(fields),
        place=fields["place"],
        level=Level(fields["level"]) if fields["level"] else None,
        kind=MeetingKind(fields["kind"]),
        name=fields["series"],
    )


def instrument_facts(fields: Fields) -> InstrumentFacts:
    """Return an instrument proposal's fields as the register's facts."""
    return InstrumentFacts(
        InstrumentKind(fields["kind"]), fields["period"], fields["title"], ActionKind(fields["action"]), date_of(fields)
    )


def commitment_facts(fields: Fields, instrument: UUID | None, meeting: UUID | None) -> CommitmentFacts:
    """Return a commitment proposal's fields as the register's facts."""
    return CommitmentFacts(fields["domain"], fields["status"], fields["text"], fields["period"], instrument, meeting)


def find_commitments_like(desk: Desk, mechanism: MechanismId, facts: CommitmentFacts) -> list[Candidate]:
    """Return the commitments that `facts` may repeat, best first.

    One of the same text, domain and status that has no words yet in the source's language is likely the same in
    another language, when there is no other: what two reports of one plan say of one domain is one commitment.
    """
    key = (mechanism, facts)
    if key not in desk.found:
        desk.found[key] = _find_commitments_like(desk, mechanism, facts)
    return desk.found[key]


def _find_commitments_like(desk: Desk, mechanism: MechanismId, facts: CommitmentFacts) -> list[Candidate]:
    found = without_own(desk, find_commitments(mechanism, facts))
    if len(found) != 1 or found[0].match.strength >= LIKELY:
        return found
    if desk.language in get_commitment(desk.node, CommitmentId(found[0].id)).texts:
        return found
    return [replace(found[0], match=replace(found[0].match, strength=LIKELY, reason=OTHER_LANGUAGE))]


def _mechanism(desk: Desk, states: Sequence[str], level: str, same_as: UUID | None = None) -> MechanismId:
    """Return the mechanism of the parties: that of the meeting `same_as`, the one a person chose, or the only one."""
    if same_as is not None:
        return get_meeting(desk.node, MeetingId(same_as)).mechanism_id
    return ensure_mechanism(
        desk.node,
        actor=desk.actor,
        parties=desk.parties(states),
        level=Level(level) if level else Level.MINISTER,
        choose=desk.mechanism,
    )


def _mechanism_of(desk: Desk, fields: dict[str, Any]) -> MechanismId:
    """Return the mechanism of the meeting or instrument that a proposal rests on, or of its own parties."""
    known = _rests_on(desk, fields)
    return known or _mechanism(desk, fields.get("parties", []), "")


def _rests_on(desk: Desk, fields: Fields) -> MechanismId | None:
    for key in (fields.get("meeting", ""), fields.get("instrument", "")):
        proposal = desk.proposals.get(key)
        if proposal is None or proposal.state not in IN_REGISTER or proposal.fact_id is None:
            continue
        if proposal.kind == ProposalKind.MEETING.value:
            return get_meeting(desk.node, MeetingId(proposal.fact_id)).mechanism_id
        return get_instrument(desk.node, InstrumentId(proposal.fact_id)).mechanism_id
    return None


def mechanisms_of(desk: Desk, fields: Fields) -> tuple[MechanismId, ...]:
    """Return the mechanisms that a proposal may belong to; raises `KeepFirst` and `PartiesMissing`."""
    known = _rests_on(desk, fields)
    if known is not None:
        return (known,)
    return (desk.mechanism,) if desk.mechanism else find_mechanisms(desk.parties(fields.get("parties", [])))


def without_own(desk: Desk, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return `candidates` without what another proposal of the source became: two proposals of one text are two facts,
    unless the match is certain.
    """
    own = {item.fact_id for item in desk.proposals.values() if item.state in IN_REGISTER}
    return [item for item in candidates if item.certain or item.id not in own]


def _chosen(candidates: Sequence[Candidate], same_as: UUID | None, new: bool) -> UUID | None:  # noqa: FBT001
    """Return the fact to add to: the one a person named, else the first certain or likely one; None for a new fact."""
    if same_as is not None:
        return same_as
    if new or not candidates or candidates[0].match.strength < LIKELY:
        return None
    return candidates[0].id
