"""Builders of a register with one of everything that the public reads."""

from dataclasses import dataclass
from uuid import UUID

from entraide.access.api import Actor, Role
from entraide.directory.api import ensure_post, record_tenure
from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId, OrganisationId, PostId, SeriesId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    ActionKind,
    AssessmentMethod,
    CommitmentStatus,
    FactKind,
    Grade,
    InstrumentKind,
    Level,
    MeetingFacts,
    MeetingKind,
    Party,
    PersonInPost,
    PersonRole,
    When,
    create_commitment,
    create_instrument,
    create_meeting,
    ensure_mechanism,
    ensure_series,
    record_action,
    record_assessment,
    record_contradiction,
    record_reference,
)
from tests.factories.directory import make_organisation
from tests.factories.nodes import StandingClock
from tests.factories.people import make_actor


@dataclass(frozen=True)
class Register:
    """A mechanism with two numbered meetings, one with an exact date and one with a month; a plan that was signed and
    reviewed; a commitment; an announced meeting; a contradiction; an organisation, a post and its holder.
    """

    organisation: OrganisationId
    post: PostId
    mechanism: MechanismId
    series: SeriesId
    earlier: MeetingId
    meeting: MeetingId
    plan: InstrumentId
    commitment: CommitmentId
    announced: UUID
    contradiction: UUID


def make_register(node: Node, *, state: str = "LA", actor: Actor | None = None, year: int = 2024) -> Register:
    """Return what was recorded at `node` of its state's cooperation with `state`, the later meeting held in `year`."""
    officer = actor or make_actor(node, Role.desk_officer, Role.operator)
    with node.active():
        organisation = make_organisation(node, actor=officer, state=state, name=f"Ministry of Tests of {state}")
        post = ensure_post(node, actor=officer, organisation_id=organisation, title="Minister of Tests", language="en")
        held = PartialDate(f"{year}-10-22")
        tenure = record_tenure(node, actor=officer, post_id=post, person_name="Holder of the Post", seen_on=held)
        mechanism = ensure_mechanism(
            node, actor=officer, parties=[Party(node.settings.state), Party(state, organisation)], level=Level.MINISTER
        )
        series = ensure_series(
            node, actor=officer, mechanism_id=mechanism, level=Level.MINISTER, names={"en": "Ministers' conference"}
        )
        person = PersonInPost("Holder of the Post", "Minister of Tests", state, PersonRole.CO_CHAIR, tenure)

        def meet(ordinal: int, date: str) -> MeetingId:
            facts = MeetingFacts(
                series, ordinal, PartialDate(date), "Hà Nội", Level.MINISTER, MeetingKind.CONFERENCE, "Conference"
            )
            return create_meeting(node, actor=officer, mechanism_id=mechanism, facts=facts, people=[person])

        earlier, meeting = meet(8, f"{year - 1}-11"), meet(9, f"{year}-10-22/{year}-10-23")
        plan = create_instrument(
            node,
            actor=officer,
            mechanism_id=mechanism,
            meeting_id=meeting,
            kind=InstrumentKind.PLAN,
            titles={"en": f"Plan of {year + 1}", "fr": f"Plan de {year + 1}"},
            period=str(year + 1),
        )
        for kind in (ActionKind.SIGNED, ActionKind.REVIEWED):
            _pass_a_second(node)
            record_action(
                node,
                actor=officer,
                instrument_id=plan,
                kind=kind,
                date=PartialDate(f"{year}-10-23"),
                meeting_id=meeting,
            )
        _pass_a_second(node)
        commitment = create_commitment(
            node,
            actor=officer,
            mechanism_id=mechanism,
            domain="drugs",
            status=CommitmentStatus.PLEDGED,
            texts={"fr": "Lutter contre la drogue.", "en": "Fight drugs & <trafficking>."},
            instrument_id=plan,
            meeting_id=meeting,
            period=str(year + 1),
        )
        record_assessment(
            node,
            actor=officer,
            commitment_id=commitment,
            assessor="An institute",
            method=AssessmentMethod.INDEPENDENT,
            grade=Grade.LIMITED,
            period=str(year + 1),
            note="",
        )
        _pass_a_second(node)
        announced = record_reference(
            node,
            actor=officer,
            meeting_id=meeting,
            facts=MeetingFacts(series, 10, PartialDate(str(year + 1)), "Vientiane", name="Conference"),
            when=When.LATER,
        )
        contradiction = record_contradiction(
            node,
            actor=officer,
            fact_kind=FactKind.MEETING,
            fact_id=meeting,
            field="date",
            value=f"{year}-10-24",
            basis="stated",
        )
    return Register(organisation, post, mechanism, series, earlier, meeting, plan, commitment, announced, contradiction)


def _pass_a_second(node: Node) -> None:
    """Let the order of ids be that of recording, where the test's clock stands."""
    if isinstance(node.clock, StandingClock):
        node.clock.advance(seconds=1)
