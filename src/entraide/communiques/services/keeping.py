"""How each kind of proposal becomes a fact: matched with what the register has, or created; one function per kind.

`same_as` names the fact that a person says it is; `new` says that it is none of them. Without either, a certain or
likely match is another source of that fact.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from entraide.communiques.domain.errors import KeepFirst, OrganisationMissing
from entraide.communiques.domain.kinds import kind_of_meeting
from entraide.communiques.domain.proposals import Fields, ProposalKind
from entraide.communiques.models import Proposal
from entraide.communiques.services.context import IN_REGISTER, Desk, Differing, Kept, date_of
from entraide.communiques.services.numbered import keep_series
from entraide.communiques.services.organisations import keep_organisation, organisation_of_post
from entraide.directory.api import LIKELY, ensure_post, record_tenure
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
    find_meetings,
    get_commitment,
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
    organisation = organisation_of_post(desk, fields, same_as, new=new)
    if organisation is None:
        raise OrganisationMissing
    post = ensure_post(
        desk.node, actor=desk.actor, organisation_id=organisation, title=fields["post"], language=desk.language
    )
    tenure = record_tenure(
        desk.node, actor=desk.actor, post_id=post, person_name=fields["name"], seen_on=desk.seen_on(fields)
    )
    return Kept(TENURE, tenure, citations=((TENURE, tenure, ("name", "post", "state")),))


def _keep_meeting(desk: Desk, proposal: Proposal, same_as: UUID | None, new: bool) -> Kept:  # noqa: FBT001
    fields = proposal.fields
    mechanism = _mechanism(desk, fields["parties"], fields["level"])
    series = keep_series(desk, mechanism, fields, same_as)
    facts = meeting_facts(fields, series)
    people = desk.people(fields["people"], PersonRole(fields["people_role"]))
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
    told = [name for name in ("kind", "ordinal", "date", "place", "people") if name not in apart]
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
    mechanism = _mechanism_of(desk, fields)
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
    told = {
        **fields,
        "kind": kind_of_meeting(fields["series"]),
        "level": desk.proposals[fields["meeting"]].fields["level"],
    }
    series = keep_series(desk, mechanism, told, same_as)
    facts = meeting_facts(told, series)
    candidates = tuple(item for item in find_meetings(mechanism, facts) if item.id != meeting)
    referred = _chosen(candidates, same_as, new)
    matched = referred is not None
    cited: list[tuple[str, UUID, Sequence[str]]] = []
    if referred is None and series is not None and fields["when"] == When.EARLIER:
        referred = create_meeting(desk.node, actor=desk.actor, mechanism_id=mechanism, facts=facts)
    if referred is not None:
        cited.append((FactKind.MEETING, referred, ("ordinal", "date", "place")))
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
    return Kept(FactKind.REFERENCE, reference, matched, tuple(cited))


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
    )
    recorded = get_commitment(CommitmentId(commitment)).status.value
    kind = FactKind.COMMITMENT.value
    if recorded == fields["status"]:
        return Kept(kind, commitment, found is not None, ((kind, commitment, ("domain", "status", "text")),))
    given = Differing(kind, commitment, "status", recorded, fields["status"], "", kind, commitment, "status")
    return Kept(kind, commitment, found is not None, ((kind, commitment, ("domain", "text")),), (given,))


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
    found = without_own(desk, find_commitments(mechanism, facts))
    if len(found) != 1 or found[0].match.strength >= LIKELY:
        return found
    if desk.language in get_commitment(CommitmentId(found[0].id)).texts:
        return found
    return [replace(found[0], match=replace(found[0].match, strength=LIKELY, reason=OTHER_LANGUAGE))]


def _mechanism(desk: Desk, states: Sequence[str], level: str) -> MechanismId:
    parties = desk.parties(states)
    return ensure_mechanism(
        desk.node, actor=desk.actor, parties=parties, level=Level(level) if level else Level.MINISTER
    )


def _mechanism_of(desk: Desk, fields: dict[str, Any]) -> MechanismId:
    """Return the mechanism of the meeting or instrument that a proposal rests on, or of its own parties."""
    for key in (fields.get("meeting", ""), fields.get("instrument", "")):
        proposal = desk.proposals.get(key)
        if proposal is not None and proposal.state in IN_REGISTER:
            if proposal.kind == ProposalKind.MEETING.value:
                return _mechanism(desk, proposal.fields["parties"], proposal.fields["level"])
            return _mechanism_of(desk, proposal.fields)
    return _mechanism(desk, fields.get("parties", []), "")


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
