"""Requests between two ministries of one State, among three parties, and to a party on paper, on real nodes."""

from datetime import UTC, datetime

import pytest

from entraide.access.api import RoleMissing, SamePerson
from entraide.channel.models import OutboxMessage
from entraide.directory.api import (
    BadScan,
    NoSuchParty,
    PaperFact,
    ensure_organisation,
    get_organisation,
    list_parties_to_ask,
    paper_party,
    register_authority,
)
from entraide.journal.api import list_entries
from entraide.kernel.ids import PartyId, RequestId
from entraide.requests.api import (
    AnswerIncomplete,
    acknowledge,
    approve_answer,
    approve_release,
    check_request,
    count_answers,
    create_draft,
    draft_answer,
    get_request,
    list_requests,
    open_request,
    record_on_paper,
    record_paper_answer,
    submit_for_approval,
    verify_statements,
    withdraw,
)
from entraide.requests.domain.counting import Pair
from entraide.requests.domain.errors import AskedItself
from entraide.requests.domain.lifecycle import Act, ActOutOfTurn, Direction, State
from entraide.requests.domain.paper import Means, NotOnPaper, PaperDayOutOfRange, PaperPostMissing
from entraide.requests.domain.statements import ReleaseStatement
from entraide.requests.domain.timeline import ItemKind
from entraide.requests.models import Request
from tests.factories.contents import answer_content, evidence_content, preservation_content
from tests.simulators.exchange import Desk
from tests.simulators.ring import Ring

pytestmark = pytest.mark.django_db(databases=["default", "partner", "third"])
MPS, MOJ, LA = "vn-mps", "vn-moj", "la-mops"
SINCE, UNTIL = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
FACT = PaperFact("Director of Legal Affairs", "2025-01-20", "ab" * 32)


@pytest.fixture
def ministries() -> tuple[str, ...]:
    """Two ministries of Vietnam, and one of Laos."""
    return (MPS, MOJ, LA)


def ask(asking: Desk, party_id: str, authority: str) -> RequestId:
    """Draft and release a request from one desk to another party's authority."""
    content = preservation_content(sending_authority=asking.authority, receiving_authority=authority)
    request_id = create_draft(
        asking.node, actor=asking.officer, form_id="preservation", party_id=PartyId(party_id), content=content
    )
    submit_for_approval(asking.node, actor=asking.officer, request_id=request_id)
    approve_release(asking.node, actor=asking.approver, request_id=request_id)
    return request_id


def answer(asked: Desk, request_id: RequestId) -> None:
    acknowledge(asked.node, actor=asked.officer, request_id=request_id)
    draft_answer(asked.node, actor=asked.officer, request_id=request_id, content=answer_content())
    approve_answer(asked.node, actor=asked.approver, request_id=request_id)


def counted(desk: Desk, asking: str, asked: str) -> tuple[int, int, bool]:
    """What a node counts of one pair: answered in time, open, and whether it is one-sided."""
    found = count_answers(desk.node, domain="telecom-fraud", since=SINCE, until=UNTIL)[Pair(asking, asked)]
    return found.in_time, found.open, found.one_sided > 0


def test_two_ministries_of_one_state_ask_each_other(ring: Ring, desks: dict[str, Desk]):
    """Both give the first number of their year to a request; each keeps its own, and the answer comes back."""
    mps, moj = desks[MPS], desks[MOJ]
    out, back = ask(mps, MOJ, moj.authority), ask(moj, MPS, mps.authority)
    ring.deliver()
    answer(moj, out)
    ring.deliver()
    for desk in (mps, moj):
        rows = {row.id: row for row in list_requests(desk.node).requests}
        assert {row.reference for row in rows.values()} == {"VN-2025-000001"}
        assert (rows[out].state, rows[out].sides.requesting.id, rows[out].sides.requested.id) == (
            State.ANSWERED, MPS, MOJ,
        )  # fmt: skip
        assert rows[out].direction is (Direction.OUTGOING if desk is mps else Direction.INCOMING)
        assert (counted(desk, MPS, MOJ), counted(desk, MOJ, MPS)) == ((1, 0, False), (0, 1, False))
    assert get_request(mps.node, back).summary.sides.other.id == MOJ
    assert [item.signer for item in verify_statements(mps.node, out)] == [MPS, MOJ]
    assert list_requests(desks[LA].node).total == 0


def test_one_party_asks_two_and_each_pair_counts_for_itself(ring: Ring, desks: dict[str, Desk]):
    """What Laos asked of Vietnam's police is not what it asked of Vietnam's ministry of justice."""
    la = desks[LA]
    first, _ = ask(la, MPS, desks[MPS].authority), ask(la, MOJ, desks[MOJ].authority)
    ring.deliver()
    answer(desks[MPS], first)
    ring.deliver()
    assert (counted(la, LA, MPS), counted(la, LA, MOJ)) == ((1, 0, False), (0, 1, False))
    assert [row.id for row in list_requests(la.node, party_id=PartyId(MPS)).requests] == [first]


def test_an_authority_of_another_ministry_of_the_same_state_does_not_do(ring: Ring, desks: dict[str, Desk]):
    """The authority belongs to a party, not to a State: a request to one ministry does not name the other's."""
    with pytest.raises(ActOutOfTurn):
        ask(desks[LA], MPS, desks[MOJ].authority)
    (row,) = list_requests(desks[LA].node).requests
    codes = {item.code for item in get_request(desks[LA].node, row.id).findings}
    assert (row.state, "R03.unregistered" in codes) == (State.STOPPED, True)


def test_nobody_asks_itself_or_a_party_that_is_not_reached(ring: Ring, desks: dict[str, Desk]):
    """The own ministry, a stranger, and a party on paper of which another node speaks."""
    mps = desks[MPS]
    with pytest.raises(AskedItself):
        create_draft(mps.node, actor=mps.officer, form_id="preservation", party_id=PartyId(MPS))
    for stranger in ("kh-moi", f"{LA}/{mps.authority}", f"{MPS}/{mps.authority}", ""):
        with pytest.raises(NoSuchParty):
            create_draft(mps.node, actor=mps.officer, form_id="preservation", party_id=PartyId(stranger))


class Paper:
    """A ministry of Cambodia without a node, with an authority that Vietnam's police entered."""

    def __init__(self, ring: Ring, desk: Desk) -> None:
        self.ring, self.desk, self.node = ring, desk, desk.node
        operator = ring.member(MPS).operator
        organisation = ensure_organisation(
            self.node, actor=operator, state="KH", name="Ministry of Justice", language="en"
        )
        self.party = paper_party(self.node, get_organisation(self.node, organisation))
        self.authority = register_authority(
            self.node,
            actor=operator,
            organisation_id=organisation,
            name="Central authority",
            kind="central_authority",
            request_types=["preservation", "evidence"],
            legal_bases=["UNTOC", "UNCAC"],
            languages=["en"],
            hours="Mon-Fri",
            time_zone="Asia/Phnom_Penh",
            on_paper=True,
        )

    def ask(self) -> RequestId:
        return ask(self.desk, self.party.id, str(self.authority))

    def record(self, request_id: RequestId, act: Act, fact: PaperFact = FACT) -> None:
        record_on_paper(
            self.node, actor=self.desk.officer, request_id=request_id, act=act, fact=fact, means=Means.COURIER
        )

    def answer(self, request_id: RequestId, **changes: object) -> None:
        record_paper_answer(
            self.node,
            actor=self.desk.approver,
            request_id=request_id,
            content=answer_content(**changes),
            fact=FACT,
            means=Means.POST,
        )


@pytest.fixture
def paper(ring: Ring, desks: dict[str, Desk]) -> Paper:
    return Paper(ring, desks[MPS])


def test_a_party_on_paper_is_asked_and_its_answer_recorded(paper: Paper):
    """Drafted, checked, approved and signed as ever; nothing is sent; receipt and answer are recorded by hand."""
    node = paper.node
    with node.active():
        sent = OutboxMessage.objects.count()
    request_id = paper.ask()
    detail = get_request(node, request_id)
    assert (detail.summary.state, detail.summary.sides.on_paper) == (State.RELEASED, True)
    with node.active():
        assert OutboxMessage.objects.count() == sent
        statement = ReleaseStatement.from_bytes(bytes(Request.objects.get(id=request_id).statement))
    assert (statement.requesting, statement.requested) == (MPS, paper.party.id)
    assert counted(paper.desk, MPS, paper.party.id) == (0, 1, True)

    paper.ring.clock.advance(days=10)
    paper.record(request_id, Act.RECEIVED, PaperFact("Registry", "2025-01-15"))
    assert get_request(node, request_id).summary.state is State.RECEIVED
    paper.answer(request_id)
    detail = get_request(node, request_id)
    assert detail.summary.state is State.ANSWERED
    done = [(item.name, item.by) for item in detail.timeline if item.kind is ItemKind.ACT]
    assert done[-2:] == [("received", "Registry"), ("answered", "Director of Legal Affairs")]
    assert counted(paper.desk, MPS, paper.party.id) == (1, 0, True)
    opened = open_request(node, actor=paper.desk.approver, request_id=request_id, reason="I read the answer.")
    assert [*opened.answers.values()] == [answer_content()]


def test_the_journal_says_how_a_paper_went_and_came(paper: Paper):
    """Each entry of a request on paper names the party and the way; recorded ones the day, the means and the scan."""
    request_id = paper.ask()
    paper.ring.clock.advance(days=10)
    paper.record(request_id, Act.ACKNOWLEDGED, PaperFact("Registry", "2025-01-15"))
    paper.answer(request_id)
    entries = list_entries(paper.node, subject=request_id)
    told = {entry.kind: entry.content for entry in entries if entry.kind.startswith("requests.")}
    assert {(entry["reach"], entry["party"]) for entry in told.values()} == {("paper", paper.party.id)}
    assert "message" not in told["requests.released"]
    acknowledged, answered = told["requests.acknowledged"], told["requests.answered"]
    assert (acknowledged["means"], acknowledged["signed_on"], acknowledged["scan"]) == ("courier", "2025-01-15", "")
    assert (answered["means"], answered["signed_on"], answered["scan"]) == ("post", "2025-01-20", "ab" * 32)


def test_what_is_recorded_is_sealed_by_the_node_that_holds_the_paper(paper: Paper):
    """The release and the recorded answer verify later, both under this node's own keys."""
    request_id = paper.ask()
    paper.ring.clock.advance(days=10)
    paper.answer(request_id)
    found = verify_statements(paper.node, request_id)
    assert [(item.label, item.signer) for item in found] == [
        ("entraide/request-release/v1", MPS),
        ("entraide/request-on-paper/v1", MPS),
    ]


def test_time_limits_run_by_the_days_on_the_papers(paper: Paper):
    """A receipt counts from the beginning of its day, and never from before the release."""
    request_id = paper.ask()
    released = paper.ring.clock.now()
    paper.ring.clock.advance(days=10)
    paper.record(request_id, Act.RECEIVED, PaperFact("Registry", released.date().isoformat()))
    (first, *_) = get_request(paper.node, request_id).clocks
    assert first.started == released
    paper.record(request_id, Act.EXECUTION_STARTED, PaperFact("Registry", "2025-01-15"))
    began = next(item for item in get_request(paper.node, request_id).timeline if item.name == "execution_started")
    assert began.at == datetime(2025, 1, 15, tzinfo=UTC)


WRONG = {
    "the day before the release": (PaperFact("Registry", "2025-01-11"), PaperDayOutOfRange),
    "tomorrow": (PaperFact("Registry", "2025-01-13"), PaperDayOutOfRange),
    "nobody": (PaperFact(" ", "2025-01-12"), PaperPostMissing),
    "a scan that is no digest": (PaperFact("Registry", "2025-01-12", "scan.pdf"), BadScan),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_paper_that_cannot_be_is_refused(paper: Paper, name: str):
    """Nothing is recorded, and the line says what is wrong."""
    fact, error = WRONG[name]
    request_id = paper.ask()
    with pytest.raises(error):
        paper.record(request_id, Act.RECEIVED, fact)
    assert get_request(paper.node, request_id).summary.state is State.RELEASED


def test_by_hand_only_what_the_party_on_paper_does_and_by_whom_it_may(paper: Paper, desks: dict[str, Desk]):
    """Own acts are not recorded, an answer needs its form and an approver who did not write the request."""
    node, desk, request_id = paper.node, paper.desk, paper.ask()
    for act in (Act.CLOSED, Act.WITHDRAWN, Act.ANSWERED):
        with pytest.raises(NotOnPaper):
            paper.record(request_id, act, PaperFact("Registry", "2025-01-12"))
    today = {"fact": PaperFact("Registry", "2025-01-12"), "means": Means.BY_HAND, "request_id": request_id}
    with pytest.raises(RoleMissing):
        record_paper_answer(node, actor=desk.officer, content=answer_content(), **today)
    Request.objects.filter(id=request_id).update(drafter_id=desk.approver.user_id)
    with pytest.raises(SamePerson):
        record_paper_answer(node, actor=desk.approver, content=answer_content(), **today)
    with pytest.raises(AnswerIncomplete):
        record_paper_answer(node, actor=desk.second_approver, content={"outcome": "executed"}, **today)
    other = ask(desk, MOJ, desks[MOJ].authority)
    with pytest.raises(NotOnPaper):
        paper.record(other, Act.RECEIVED, PaperFact("Registry", "2025-01-12"))


def test_a_released_request_to_a_party_on_paper_is_withdrawn_without_a_message(paper: Paper):
    """The recall goes on paper too; the journal keeps it."""
    request_id = paper.ask()
    withdraw(paper.node, actor=paper.desk.officer, request_id=request_id)
    assert get_request(paper.node, request_id).summary.state is State.WITHDRAWN


def test_safeguards_stop_a_request_on_paper_as_any_other(paper: Paper):
    """On paper or not: a request about an opinion is not carried."""
    node, desk = paper.node, paper.desk
    content = evidence_content(
        sending_authority=desk.authority,
        receiving_authority=str(paper.authority),
        conduct=["expression"],
        main_element="opinion",
        harm_to_persons="no",
    )
    request_id = create_draft(node, actor=desk.officer, form_id="evidence", party_id=paper.party.id, content=content)
    assert submit_for_approval(node, actor=desk.officer, request_id=request_id).state is State.STOPPED
    findings = check_request(node, actor=desk.officer, request_id=request_id).evaluation.findings
    assert "R04" in {item.rule_id for item in findings}


def test_whom_a_ministry_may_ask_is_listed_by_state(paper: Paper, desks: dict[str, Desk]):
    """Partners, and parties on paper with an authority here; a party on paper is not told to partners."""
    assert [party.id for party in list_parties_to_ask(paper.node)] == [paper.party.id, LA, MOJ]
    assert [party.id for party in list_parties_to_ask(desks[LA].node)] == [MOJ, MPS]
