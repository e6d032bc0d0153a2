"""The register and the counts, as programs read them."""

import pytest

from entraide.access.api import Role, Scope, create_token
from entraide.kernel.partial_dates import PartialDate
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
)
from entraide.requests.api import acknowledge, approve_answer, draft_answer, start_execution
from tests.factories.contents import answer_content
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def node(pair):
    """Vietnam's node, paired with that of Laos."""
    return pair.a.node


@pytest.fixture
def read(site):
    """Read an address with a token of one scope."""
    operator = make_actor(site.node, Role.operator)

    def read_with(scope: Scope, path: str):
        made = create_token(site.node, actor=operator, label="Library", scopes=[scope], days=30)
        answer = site.visitor().get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {made.text}"})
        assert answer.status_code == 200, answer.content
        return answer.json()

    return read_with


def test_the_register_is_read_with_addresses(node, read):
    """Mechanism, meeting, instrument and commitment come with their facts and the address of their page."""
    desk_officer = make_actor(node, Role.desk_officer)
    with node.active():
        mechanism = ensure_mechanism(node, actor=desk_officer, parties=[Party("VN"), Party("LA")])
        facts = MeetingFacts(date=PartialDate("2025-01-12"), level=Level.MINISTER, place="Vientiane")
        meeting = create_meeting(node, actor=desk_officer, mechanism_id=mechanism, facts=facts)
        plan = create_instrument(
            node,
            actor=desk_officer,
            mechanism_id=mechanism,
            meeting_id=meeting,
            kind=InstrumentKind.PLAN,
            titles={"fr": "plan de coopération 2025"},
            period="2025",
        )
        commitment = create_commitment(
            node,
            actor=desk_officer,
            mechanism_id=mechanism,
            domain="drugs",
            status=CommitmentStatus.PLEDGED,
            texts={"fr": "Lutter contre la drogue."},
            instrument_id=plan,
            period="2025",
        )
    (found,) = read(Scope.read_register, "mechanisms")
    assert [party["state"] for party in found["parties"]] == ["LA", "VN"]
    assert found["page"] == f"{node.settings.origin}/mechanisms/{mechanism}/"
    assert read(Scope.read_register, f"meetings?mechanism={mechanism}")["items"][0]["date"] == {
        "value": "2025-01-12",
        "basis": "stated",
    }
    assert read(Scope.read_register, "instruments")[0]["period"] == "2025"
    (promised,) = read(Scope.read_register, "commitments?domain=drugs&period=2025")
    assert promised["id"] == str(commitment)
    assert read(Scope.read_register, "commitments?domain=cybercrime") == []


def test_counts_tell_no_person(exchange, read):
    """Answered requests are counted by domain, with nothing else."""
    request_id = exchange.release("preservation")
    here, there = exchange.a, exchange.b
    acknowledge(there.node, actor=there.officer, request_id=request_id)
    start_execution(there.node, actor=there.officer, request_id=request_id)
    draft_answer(there.node, actor=there.officer, request_id=request_id, content=answer_content())
    approve_answer(there.node, actor=there.approver, request_id=request_id)
    exchange.pair.deliver()
    assert here.node.settings.name == "vn-mps"
    counted = read(Scope.read_counts, "requests/counts?since=2025-01-01&until=2026-01-01")
    assert {"answered_in_time": 1, "answered_late": 0, "open": 0, "overdue": 0} in [
        {key: value for key, value in row.items() if key != "domain"} for row in counted
    ]
    assert read(Scope.read_counts, "requests/counts?since=2020-01-01&until=2021-01-01") == []
