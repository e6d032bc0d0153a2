"""Changes of facts by an import: one act per table, for the fact at a permalink and the cells that differ."""

from collections.abc import Callable

from entraide.directory.api import (
    correct_organisation,
    correct_post,
    correct_tenure,
    list_tenures,
)
from entraide.kernel.ids import (
    CommitmentId,
    InstrumentId,
    MechanismId,
    MeetingId,
    OrganisationId,
    PostId,
    SeriesId,
    TenureId,
)
from entraide.programme.api import (
    CommitmentStatus,
    InstrumentKind,
    Level,
    MechanismStatus,
    MeetingKind,
    PersonRole,
    complete_action,
    correct_commitment,
    correct_instrument,
    correct_mechanism,
    correct_meeting,
    correct_person,
    correct_series,
    ensure_mechanism,
    get_mechanism,
    get_meeting,
)
from entraide.tables.domain.cells import split_list, split_pairs
from entraide.tables.domain.permalinks import id_of
from entraide.tables.services.acting import Acting, Cells, date_in
from entraide.tables.services.likeness import texts_in


def _change_organisation(act: Acting, permalink: str, cells: Cells) -> None:
    correct_organisation(
        act.node,
        actor=act.actor,
        organisation_id=OrganisationId(id_of(permalink)),
        names=texts_in("name", cells),
        aliases=split_list(cells.get("aliases", "")),
    )


def _change_post(act: Acting, permalink: str, cells: Cells) -> None:
    correct_post(act.node, actor=act.actor, post_id=PostId(id_of(permalink)), titles=texts_in("title", cells))


def _change_tenure(act: Acting, permalink: str, cells: Cells) -> None:
    (tenure,) = list_tenures(ids=[id_of(permalink)])
    correct_tenure(
        act.node,
        actor=act.actor,
        tenure_id=TenureId(id_of(permalink)),
        first_seen=date_in(cells, "first_seen", tenure.first_seen),
        last_seen=date_in(cells, "last_seen", tenure.last_seen),
        spellings=[item for item in split_list(cells.get("spellings", "")) if item not in tenure.spellings],
    )


def _change_mechanism(act: Acting, permalink: str, cells: Cells) -> None:
    mechanism = get_mechanism(MechanismId(id_of(permalink)))
    if cells.get("organisations"):
        states = " | ".join(party.state for party in mechanism.parties)
        ensure_mechanism(act.node, actor=act.actor, parties=act.parties(states, cells["organisations"]))
    correct_mechanism(
        act.node,
        actor=act.actor,
        mechanism_id=mechanism.id,
        names=texts_in("name", cells),
        level=Level(cells["level"]) if cells.get("level") else None,
        status=MechanismStatus(cells["status"]) if cells.get("status") else None,
    )


def _change_series(act: Acting, permalink: str, cells: Cells) -> None:
    correct_series(act.node, actor=act.actor, series_id=SeriesId(id_of(permalink)), names=texts_in("name", cells))


def _change_meeting(act: Acting, permalink: str, cells: Cells) -> None:
    meeting = get_meeting(MeetingId(id_of(permalink)))
    series = act.link(cells, "series")
    correct_meeting(
        act.node,
        actor=act.actor,
        meeting_id=meeting.id,
        series_id=SeriesId(series) if series else None,
        ordinal=int(cells["ordinal"]) if cells.get("ordinal") else None,
        level=Level(cells["level"]) if cells.get("level") else None,
        kind=MeetingKind(cells["kind"]) if cells.get("kind") else None,
        name=cells.get("name"),
        date=date_in(cells, "date", meeting.date),
        place=cells.get("place"),
    )


def _change_person(act: Acting, permalink: str, cells: Cells) -> None:
    page, number = permalink.split("/#person-")
    tenure = act.link(cells, "tenure")
    correct_person(
        act.node,
        actor=act.actor,
        meeting_id=MeetingId(id_of(page)),
        position=int(number) - 1,
        role=PersonRole(cells["role"]) if cells.get("role") else None,
        post=cells.get("post"),
        state=cells.get("state"),
        tenure_id=TenureId(tenure) if tenure else None,
    )


def _change_instrument(act: Acting, permalink: str, cells: Cells) -> None:
    meeting = act.link(cells, "meeting")
    correct_instrument(
        act.node,
        actor=act.actor,
        instrument_id=InstrumentId(id_of(permalink)),
        kind=InstrumentKind(cells["kind"]) if cells.get("kind") else None,
        titles=texts_in("title", cells),
        period=cells.get("period"),
        meeting_id=MeetingId(meeting) if meeting else None,
        languages=split_list(cells["languages"]) if cells.get("languages") else None,
    )


def _change_action(act: Acting, permalink: str, cells: Cells) -> None:
    meeting = act.link(cells, "meeting")
    complete_action(
        act.node,
        actor=act.actor,
        action_id=id_of(permalink),
        date=date_in(cells),
        meeting_id=MeetingId(meeting) if meeting else None,
    )


def _change_commitment(act: Acting, permalink: str, cells: Cells) -> None:
    instrument, meeting = act.link(cells, "instrument"), act.link(cells, "meeting")
    correct_commitment(
        act.node,
        actor=act.actor,
        commitment_id=CommitmentId(id_of(permalink)),
        domain=cells.get("domain"),
        status=CommitmentStatus(cells["status"]) if cells.get("status") else None,
        texts=texts_in("text", cells),
        period=cells.get("period"),
        instrument_id=InstrumentId(instrument) if instrument else None,
        meeting_id=MeetingId(meeting) if meeting else None,
        lead_units=split_pairs(cells["lead_units"]) if cells.get("lead_units") else None,
    )


CHANGE: dict[str, Callable[[Acting, str, Cells], None]] = {
    "organisations": _change_organisation,
    "posts": _change_post,
    "tenures": _change_tenure,
    "mechanisms": _change_mechanism,
    "series": _change_series,
    "meetings": _change_meeting,
    "delegations": _change_person,
    "instruments": _change_instrument,
    "actions": _change_action,
    "commitments": _change_commitment,
}
