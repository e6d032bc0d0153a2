"""How proposals of kinds with rules of their own become facts, and what they may mean: matched, or created.

`services.keeping` names these for declarations. `same_as` names the fact that a person says it is; `new` says that it
is none of them. Without either, a match by the fact's own key is another source of it; likeness is asked about.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from entraide.communiques.domain.errors import KeepFirst, OtherSentence
from entraide.communiques.domain.kinds import kind_of_meeting
from entraide.communiques.domain.proposals import Fields
from entraide.communiques.models import Proposal
from entraide.communiques.services.context import CandidateView, Desk, FoundContradiction, Kept, candidate_view, date_of
from entraide.communiques.services.mechanisms import choose, ensure_mechanism_of, mechanisms_of, without_own
from entraide.communiques.services.numbered import find_series_of, keep_series, list_same_number
from entraide.communiques.services.organisations import (
    find_organisations,
    find_organisations_of_post,
    keep_organisation,
)
from entraide.communiques.services.posts import find_posts, keep_post
from entraide.directory.api import CERTAIN, LIKELY, POSSIBLE, OrganisationMatch, record_tenure
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
    MeetingView,
    PersonInPost,
    PersonRole,
    When,
    add_commitment_text,
    complete_meeting,
    create_commitment,
    create_instrument,
    create_meeting,
    find_action_contradiction,
    find_commitments,
    find_difference,
    find_instruments,
    find_meetings,
    get_commitment,
    record_action,
    record_reference,
)
from entraide.programme.domain.words import has_same_numbers

ORGANISATION, TENURE = "organisation", "tenure"
SAME_NUMBER = N_("The same number, in a series of another name.")


def keep_party(desk: Desk, proposal: Proposal, same_as: UUID | None, *, new: bool) -> Kept:
    """Keep a party: its organisation, known or new; a State alone has no record."""
    if not proposal.fields["organisation"]:
        return Kept("state", None)
    organisation, known = keep_organisation(desk, proposal.fields, same_as, new=new)
    return Kept(ORGANISATION, organisation, known, ((ORGANISATION, organisation, ("state", "organisation")),))


def keep_official(desk: Desk, proposal: Proposal, same_as: UUID | None, *, new: bool) -> Kept:
    """Keep who held a post, with the post and its organisation; raises `OrganisationMissing`."""
    fields = proposal.fields
    post = keep_post(desk, fields, same_as, new=new)
    tenure = record_tenure(
        desk.node, actor=desk.actor, post_id=post, person_name=fields["name"], seen_on=desk.seen_on(fields)
    )
    return Kept(TENURE, tenure, citations=((TENURE, tenure, ("name", "post", "state")),))


def keep_meeting(desk: Desk, proposal: Proposal, same_as: UUID | None, *, new: bool) -> Kept:
    """Keep a report of a meeting: a new one, or another source of one that is recorded or was only mentioned."""
    fields = proposal.fields
    mechanism = ensure_mechanism_of(desk, proposal, (FactKind.MEETING, same_as) if same_as else None)
    series = keep_series(desk, mechanism, fields, same_as)
    facts = meeting_facts(fields, series)
    people = desk.people(fields["people"], PersonRole(fields["people_role"]))
    people += desk.people(fields["members"], PersonRole.PARTICIPANT)
    found = choose(without_own(desk, find_meetings(mechanism, facts)), same_as, new=new)
    contradictions: tuple[FoundContradiction, ...] = ()
    if found is None:
        meeting = create_meeting(desk.node, actor=desk.actor, mechanism_id=mechanism, facts=facts, people=people)
    else:
        meeting = MeetingId(found)
        contradicted = complete_meeting(
            desk.node, actor=desk.actor, meeting_id=meeting, facts=facts, people=people, keep_differences=False
        )
        contradictions = tuple(_contradiction_of_meeting(meeting, item, facts, people) for item in contradicted)
    apart = {item.cited_field for item in contradictions}
    told = [name for name in ("kind", "ordinal", "date", "place", "people", "members") if name not in apart]
    cited: list[tuple[str, UUID, Sequence[str]]] = [(FactKind.MEETING, meeting, told)]
    if series is not None:
        cited.append((FactKind.SERIES, series, ("series", "ordinal")))
    return Kept(FactKind.MEETING, meeting, found is not None, tuple(cited), contradictions)


def _contradiction_of_meeting(
    meeting: MeetingId, item: Contradiction, facts: MeetingFacts, people: Sequence[PersonInPost]
) -> FoundContradiction:
    declared = find_difference(FactKind.MEETING, item.field)
    in_part = declared is not None and declared[0].name != FactKind.MEETING
    person = next((one for one in people if in_part and one.name == item.given), None)
    field = "people" if in_part else item.field
    basis = facts.date.basis.value if facts.date and item.field == "date" else ""
    kind = FactKind.MEETING
    return FoundContradiction(kind, meeting, item.field, item.recorded, item.given, basis, kind, meeting, field, person)


def keep_instrument(desk: Desk, proposal: Proposal, same_as: UUID | None, *, new: bool) -> Kept:
    """Keep a text that was agreed and what was done with it."""
    fields = proposal.fields
    meeting = desk.fact_of(fields["meeting"])
    mechanism = ensure_mechanism_of(desk, proposal, (FactKind.INSTRUMENT, same_as) if same_as else None)
    facts = instrument_facts(fields)
    found = choose(without_own(desk, find_instruments(mechanism, facts)), same_as, new=new)
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
    contradicted = find_action_contradiction(instrument, ActionKind(fields["action"]), facts.action_date)
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
        (FactKind.ACTION, action, ("action", "people") if contradicted else ("action", "date", "people")),
    )
    contradictions = _contradiction_of_action(instrument, action, contradicted, facts) if contradicted else ()
    return Kept(FactKind.INSTRUMENT, instrument, found is not None, cited, contradictions)


def _contradiction_of_action(
    instrument: InstrumentId, action: UUID, item: Contradiction, facts: InstrumentFacts
) -> tuple[FoundContradiction, ...]:
    basis = facts.action_date.basis.value if facts.action_date else ""
    kind, cited = FactKind.INSTRUMENT, FactKind.ACTION
    return (FoundContradiction(kind, instrument, item.field, item.recorded, item.given, basis, cited, action, "date"),)


def keep_reference(desk: Desk, proposal: Proposal, same_as: UUID | None, *, new: bool) -> Kept:
    """Keep a mention: an earlier numbered conference enters the register itself, with what is known of it.

    Raises `KeepFirst` before the meeting that its source is about.
    """
    fields = proposal.fields
    meeting = desk.fact_of(fields["meeting"])
    if meeting is None:
        raise KeepFirst(what=N_("meeting"))
    mechanism = ensure_mechanism_of(desk, proposal)
    told = levelled(desk, fields)
    referred = same_as or _referred(desk, mechanism, told, new=new)
    series = keep_series(desk, mechanism, told, referred)
    facts = meeting_facts(told, series)
    matched, contradictions = referred is not None, list[FoundContradiction]()
    if referred is not None:
        known = MeetingId(referred)
        contradicted = complete_meeting(
            desk.node, actor=desk.actor, meeting_id=known, facts=facts, keep_differences=False, reported=False
        )
        contradictions = [_contradiction_of_meeting(known, item, facts, ()) for item in contradicted]
    elif fields["when"] == When.EARLIER and (series is not None or facts.date is not None):
        referred = create_meeting(desk.node, actor=desk.actor, mechanism_id=mechanism, facts=facts, reported=False)
    cited: list[tuple[str, UUID, Sequence[str]]] = []
    if referred is not None:
        apart = {item.cited_field for item in contradictions}
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
    return Kept(FactKind.REFERENCE, reference, matched, tuple(cited), tuple(contradictions))


def _referred(desk: Desk, mechanism: MechanismId, told: Fields, *, new: bool) -> UUID | None:
    """Return the recorded meeting that a mention means by its own key: its series and number, or series and day."""
    if new:
        return None
    own = desk.fact_of(told["meeting"])
    facts = meeting_facts(told, find_series_of(desk, mechanism, told))
    found = [item for item in find_meetings(mechanism, facts) if item.id != own]
    return found[0].id if found and found[0].certain else None


def levelled(desk: Desk, fields: Fields) -> Fields:
    """Return the fields of a mention with the level of the meeting whose source mentions it, and a kind by its name."""
    if "when" not in fields:
        return fields
    meeting = desk.proposals.get(fields["meeting"])
    level = meeting.fields["level"] if meeting is not None else ""
    return {**fields, "kind": kind_of_meeting(fields["series"]), "level": level}


def units_by_state(lines: Iterable[str]) -> dict[str, str]:
    """Return the units of lines like `VN: Police Academy` by State, several parted by semicolons; others are left."""
    found: dict[str, list[str]] = {}
    for line in lines:
        state, _, unit = line.partition(":")
        if unit.strip() and len(state.strip()) == 2:
            found.setdefault(state.strip().upper(), []).append(unit.strip())
    return {state: "; ".join(units) for state, units in found.items()}


def keep_commitment(desk: Desk, proposal: Proposal, same_as: UUID | None, *, new: bool) -> Kept:
    """Keep what was promised: a new commitment, or one that is known in other words or another language."""
    fields = proposal.fields
    instrument, meeting = desk.fact_of(fields["instrument"]), desk.fact_of(fields["meeting"])
    mechanism = ensure_mechanism_of(desk, proposal)
    facts = commitment_facts(fields, instrument, meeting)
    found = choose(find_commitments_like(desk, mechanism, facts), same_as, new=new)
    if found is not None:
        _word(desk, CommitmentId(found), facts)
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
    kind = FactKind.COMMITMENT
    if recorded == fields["status"]:
        return Kept(kind, commitment, found is not None, ((kind, commitment, ("domain", "status", "text")),))
    given = FoundContradiction(kind, commitment, "status", recorded, fields["status"], "", kind, commitment, "status")
    return Kept(kind, commitment, found is not None, ((kind, commitment, ("domain", "text")),), (given,))


def _word(desk: Desk, commitment_id: CommitmentId, facts: CommitmentFacts) -> None:
    """Add the words of a commitment in the source's language, where it has none; raises `OtherSentence`.

    Only a sentence of the same text, with the same numbers, is the same in other words: another one is never attached.
    """
    known = get_commitment(desk.node, commitment_id)
    if desk.language in known.texts:
        return
    same_text = any(own and own == given for own, given in (
        (known.instrument_id, facts.instrument_id), (known.meeting_id, facts.meeting_id),
    ))  # fmt: skip
    if not same_text or not all(has_same_numbers(text, facts.text) for text in known.texts.values()):
        raise OtherSentence
    add_commitment_text(
        desk.node, actor=desk.actor, commitment_id=commitment_id, language=desk.language, text=facts.text
    )


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
    """Return the commitments that `facts` may repeat, best first: the same sentence, or like words in the same text."""
    key = (mechanism, facts)
    if key not in desk.found:
        desk.found[key] = without_own(desk, find_commitments(mechanism, facts))
    return desk.found[key]


def list_organisations_named(desk: Desk, proposal: Proposal) -> tuple[CandidateView, ...]:
    """Return the organisations that a party may be."""
    return _organisations(find_organisations(desk.node, proposal.fields))


def list_posts_named(desk: Desk, proposal: Proposal) -> tuple[CandidateView, ...]:
    """Return the posts that a title may mean in other words, else the organisations that it may belong to.

    One of the very title is kept without asking.
    """
    posts = tuple(
        CandidateView(item.post.id, " / ".join(item.post.spellings[:3]), item.strength, item.reason)
        for item in find_posts(desk, proposal.fields)
        if item.strength < CERTAIN
    )
    return posts or _organisations(find_organisations_of_post(desk, proposal.fields))


def _organisations(matches: Sequence[OrganisationMatch]) -> tuple[CandidateView, ...]:
    return tuple(
        CandidateView(
            item.organisation.id, item.organisation.name_in("en"), item.strength, item.reason, (), item.portfolio
        )
        for item in matches
    )


def list_meetings_like(desk: Desk, proposal: Proposal) -> tuple[CandidateView, ...]:
    """Return the meetings that a report may be about; also of the same number, in a series of another name."""
    fields = proposal.fields
    found = [
        item
        for mechanism in mechanisms_of(desk, proposal)
        for item in find_meetings(mechanism, meeting_facts(fields, find_series_of(desk, mechanism, fields)))
    ]
    return _with_same_numbers(desk, proposal, without_own(desk, found))


def list_meetings_mentioned(desk: Desk, proposal: Proposal) -> tuple[CandidateView, ...]:
    """Return the meetings that a mention may mean, but for the one that its source is about."""
    own, fields = desk.fact_of(proposal.fields["meeting"]), levelled(desk, proposal.fields)
    found = [
        item
        for mechanism in mechanisms_of(desk, proposal)
        for item in find_meetings(mechanism, meeting_facts(fields, find_series_of(desk, mechanism, fields)))
    ]
    return _with_same_numbers(desk, proposal, [item for item in found if item.id != own])


def _with_same_numbers(desk: Desk, proposal: Proposal, found: Sequence[Candidate]) -> tuple[CandidateView, ...]:
    """Return candidates with the meetings of the same number, whose series may have a name in another language."""
    offered = {item.id for item in found} | {item.fact_id for item in desk.kept(FactKind.MEETING)}
    fields = levelled(desk, proposal.fields)
    numbered = [pair for one in mechanisms_of(desk, proposal) for pair in list_same_number(desk, one, fields)]
    others = (
        CandidateView(item.id, _summary(item), LIKELY if likely else POSSIBLE, SAME_NUMBER)
        for item, likely in numbered
        if item.id not in offered
    )
    return (*map(candidate_view, found), *others)


def _summary(meeting: MeetingView) -> str:
    date = meeting.date.value if meeting.date else ""
    return " · ".join(part for part in (str(meeting.ordinal or ""), meeting.name, date, meeting.place) if part)


def list_instruments_like(desk: Desk, proposal: Proposal) -> tuple[CandidateView, ...]:
    """Return the instruments that a text may be."""
    facts = instrument_facts(proposal.fields)
    found = [item for one in mechanisms_of(desk, proposal) for item in find_instruments(one, facts)]
    return tuple(map(candidate_view, without_own(desk, found)))


def list_commitments_like(desk: Desk, proposal: Proposal) -> tuple[CandidateView, ...]:
    """Return the commitments that a clause may repeat."""
    fields = proposal.fields
    facts = commitment_facts(fields, desk.fact_of(fields["instrument"]), desk.fact_of(fields["meeting"]))
    found = [item for one in mechanisms_of(desk, proposal) for item in find_commitments_like(desk, one, facts)]
    return tuple(map(candidate_view, found))
