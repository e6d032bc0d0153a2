"""What the desk shows to whom."""

from dataclasses import replace

import pytest

from entraide.access.api import Role
from entraide.kernel.node import Edition
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.api import (
    draft_plan_from_commitments,
    propose_plan,
)
from entraide.programme.api import (
    CommitmentStatus,
    InstrumentKind,
    Level,
    MeetingFacts,
    Party,
    create_commitment,
    create_instrument,
    create_meeting,
    ensure_mechanism,
    ensure_series,
)
from entraide.web.plans.desk import plan_items
from entraide.web.register.desk import meeting_items
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def node(pair):
    """The pages of Vietnam's node, paired with that of Laos."""
    return pair.a.node


@pytest.fixture
def desk_officer(node):
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def mechanism(node, desk_officer):
    with node.active():
        return ensure_mechanism(node, actor=desk_officer, parties=[Party("VN"), Party("LA")], names={"en": "Police"})


def test_a_plan_waits_on_the_side_whose_turn_it_is(site, pair, mechanism, desk_officer):
    """A draft waits here, a proposed plan at the partner, and there for its desk officer."""
    node = pair.a.node
    with node.active():
        signed = create_instrument(
            node,
            actor=desk_officer,
            mechanism_id=mechanism,
            kind=InstrumentKind.PLAN,
            titles={"en": "Plan of 2025"},
            period="2025",
        )
        commitment = create_commitment(
            node,
            actor=desk_officer,
            mechanism_id=mechanism,
            domain="drugs",
            status=CommitmentStatus.PLEDGED,
            texts={"fr": "Lutter contre la drogue."},
            instrument_id=signed,
            period="2025",
        )
        plan_id = draft_plan_from_commitments(
            node,
            actor=desk_officer,
            partner_ids=[pair.a.partner_id],
            mechanism_id=mechanism,
            period="2026",
            commitment_ids=[commitment],
        )
        client = site.client_of(desk_officer)
        assert "not proposed to the partner yet" in client.get("/desk/").content.decode()
        propose_plan(node, actor=desk_officer, plan_id=plan_id)
        pair.deliver()
        page = client.get("/desk/").content.decode()
        assert "Ministry of Public Security must act" in page
        assert f"/plans/{plan_id}/" in page
    there = make_actor(pair.b.node, Role.desk_officer)
    with pair.b.node.active():
        items = [item for item in plan_items(pair.b.node, there) if item.area == "Plans"]
    assert [(item.side, item.text) for item in items] == [
        ("", "The partner's version is here: amend it or agree to it.")
    ]


def test_a_meeting_that_did_not_come_is_overdue(site, pair, mechanism, desk_officer):
    """From two numbered conferences a year apart the desk knows the next, and that it is late."""
    node = pair.a.node
    with node.active():
        series = ensure_series(
            node, actor=desk_officer, mechanism_id=mechanism, level=Level.MINISTER, names={"en": "Conference"}
        )
        for ordinal, day in ((12, "2021-03-02"), (13, "2022-03-04")):
            facts = MeetingFacts(series_id=series, ordinal=ordinal, date=PartialDate(day), level=Level.MINISTER)
            create_meeting(node, actor=desk_officer, mechanism_id=mechanism, facts=facts)
    page = site.client_of(desk_officer).get("/desk/").content.decode()
    assert "Meeting number 14 was due in 2023" in page
    assert "Conference · " in page
    assert "no record" in page


def test_a_ministrys_desk_shows_its_own_mechanisms_and_an_observatorys_all(site, node, desk_officer):
    """What two other States owe each other waits on nobody's desk here."""
    with node.active():
        for parties in (("VN", "LA"), ("CN", "US")):
            other = ensure_mechanism(node, actor=desk_officer, parties=[Party(code) for code in parties], names={})
            series = ensure_series(
                node,
                actor=desk_officer,
                mechanism_id=other,
                level=Level.MINISTER,
                names={"en": f"Talks of {parties[0]}"},
            )
            for year, ordinal in ((2020, 1), (2021, 2), (2022, 3)):
                create_meeting(
                    node,
                    actor=desk_officer,
                    mechanism_id=other,
                    facts=MeetingFacts(date=PartialDate(f"{year}-05-02"), ordinal=ordinal, series_id=series),
                )
    page = site.client_of(desk_officer).get("/desk/").content.decode()
    assert ("Talks of VN" in page, "Talks of CN" in page) == (True, False)
    watching = replace(node, settings=replace(node.settings, edition=Edition.OBSERVATORY))
    with node.active():
        assert len(list(meeting_items(watching, desk_officer))) == 2
