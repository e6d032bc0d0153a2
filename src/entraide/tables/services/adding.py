"""New facts of an import: one act per table, each returning the id of what it made."""

from collections.abc import Callable
from uuid import UUID

from entraide.directory.api import (
    correct_organisation,
    correct_post,
    correct_tenure,
    ensure_organisation,
    ensure_post,
    record_tenure,
)
from entraide.kernel.ids import (
    InstrumentId,
    MechanismId,
    MeetingId,
    OrganisationId,
    PostId,
    TenureId,
)
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.api import (
    ActionKind,
    CommitmentStatus,
    InstrumentKind,
    Level,
    MechanismStatus,
    MeetingFacts,
    MeetingKind,
    PersonInPost,
    PersonRole,
    complete_meeting,
    create_commitment,
    create_instrument,
    create_meeting,
    ensure_mechanism,
    ensure_series,
    record_action,
)
from entraide.tables.domain.cells import split_list, split_pairs
from entraide.tables.services.acting import Acting, Cells, date_in
from entraide.tables.services.likeness import texts_in


def _add_organisation(act: Acting, cells: Cells) -> UUID:
    names = texts_in("name", cells)
    language, name = next(iter(names.items()))
    state = "" if cells.get("state") == "XX" else cells.get("state", "")
    aliases = split_list(cells.get("aliases", ""))
    made = ensure_organisation(act.node, actor=act.actor, state=state, name=name, language=language, aliases=aliases)
    if len(names) > 1:
        correct_organisation(act.node, actor=act.actor, organisation_id=made, names=names)
    return made


def _add_post(act: Acting, cells: Cells) -> UUID:
    titles = texts_in("title", cells)
    language, title = next(iter(titles.items()))
    organisation = OrganisationId(act.needed(cells, "organisation"))
    made = ensure_post(act.node, actor=act.actor, organisation_id=organisation, title=title, language=language)
    if len(titles) > 1:
        correct_post(act.node, actor=act.actor, post_id=made, titles=titles)
    return made


def _add_tenure(act: Acting, cells: Cells) -> UUID:
    first = PartialDate(cells["first_seen"], DateBasis(cells.get("first_seen_basis") or DateBasis.STATED))
    post = PostId(act.needed(cells, "post"))
    made = record_tenure(act.node, actor=act.actor, post_id=post, person_name=cells["person"], seen_on=first)
    last, spellings = date_in(cells, "last_seen"), split_list(cells.get("spellings", ""))
    if last is not None or spellings:
        correct_tenure(act.node, actor=act.actor, tenure_id=made, last_seen=last, spellings=spellings)
    return made


def _add_mechanism(act: Acting, cells: Cells) -> UUID:
    return ensure_mechanism(
        act.node,
        actor=act.actor,
        parties=act.parties(cells["states"], cells.get("organisations", "")),
        names=texts_in("name", cells),
        level=Level(cells.get("level") or Level.MINISTER),
        status=MechanismStatus(cells.get("status") or MechanismStatus.ACTIVE),
    )


def _add_series(act: Acting, cells: Cells) -> UUID:
    return ensure_series(
        act.node,
        actor=act.actor,
        mechanism_id=MechanismId(act.needed(cells, "mechanism")),
        level=Level(cells["level"]),
        names=texts_in("name", cells),
    )


def _add_meeting(act: Acting, cells: Cells) -> UUID:
    facts = MeetingFacts(
        series_id=act.link(cells, "series"),
        ordinal=int(cells["ordinal"]) if cells.get("ordinal") else None,
        date=date_in(cells),
        place=cells.get("place", ""),
        level=Level(cells["level"]) if cells.get("level") else None,
        kind=MeetingKind(cells["kind"]),
        name=cells.get("name", ""),
    )
    mechanism = MechanismId(act.needed(cells, "mechanism"))
    return create_meeting(act.node, actor=act.actor, mechanism_id=mechanism, facts=facts)


def _add_person(act: Acting, cells: Cells) -> UUID:
    meeting = MeetingId(act.needed(cells, "meeting"))
    tenure = act.link(cells, "tenure")
    person = PersonInPost(
        cells["name"],
        cells.get("post", ""),
        cells.get("state", ""),
        PersonRole(cells["role"]),
        TenureId(tenure) if tenure else None,
    )
    complete_meeting(act.node, actor=act.actor, meeting_id=meeting, facts=MeetingFacts(), people=[person])
    return meeting


def _add_instrument(act: Acting, cells: Cells) -> UUID:
    meeting = act.link(cells, "meeting")
    return create_instrument(
        act.node,
        actor=act.actor,
        mechanism_id=MechanismId(act.needed(cells, "mechanism")),
        kind=InstrumentKind(cells["kind"]),
        titles=texts_in("title", cells),
        period=cells.get("period", ""),
        meeting_id=MeetingId(meeting) if meeting else None,
        languages=split_list(cells.get("languages", "")),
    )


def _add_action(act: Acting, cells: Cells) -> UUID:
    meeting = act.link(cells, "meeting")
    return record_action(
        act.node,
        actor=act.actor,
        instrument_id=InstrumentId(act.needed(cells, "instrument")),
        kind=ActionKind(cells["kind"]),
        date=date_in(cells),
        meeting_id=MeetingId(meeting) if meeting else None,
    )


def _add_commitment(act: Acting, cells: Cells) -> UUID:
    instrument, meeting = act.link(cells, "instrument"), act.link(cells, "meeting")
    return create_commitment(
        act.node,
        actor=act.actor,
        mechanism_id=MechanismId(act.needed(cells, "mechanism")),
        domain=cells["domain"],
        status=CommitmentStatus(cells["status"]),
        texts=texts_in("text", cells),
        instrument_id=InstrumentId(instrument) if instrument else None,
        meeting_id=MeetingId(meeting) if meeting else None,
        period=cells.get("period", ""),
        lead_units=split_pairs(cells.get("lead_units", "")),
    )


ADD: dict[str, Callable[[Acting, Cells], UUID]] = {
    "organisations": _add_organisation,
    "posts": _add_post,
    "tenures": _add_tenure,
    "mechanisms": _add_mechanism,
    "series": _add_series,
    "meetings": _add_meeting,
    "delegations": _add_person,
    "instruments": _add_instrument,
    "actions": _add_action,
    "commitments": _add_commitment,
}
