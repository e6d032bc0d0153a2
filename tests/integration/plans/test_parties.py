"""Plans of two ministries of one State, of three States, and with a party on paper, on real nodes."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from entraide.access.api import Role, SamePerson
from entraide.channel.api import EvidenceKind
from entraide.channel.models import InboxMessage
from entraide.directory.api import BadScan, PaperFact
from entraide.directory.models import PartnerNode
from entraide.plans import models
from entraide.plans.api import (
    PlanState,
    edit_clause,
    list_clauses,
    list_moves,
    list_paper_agreements,
    list_plans,
    list_signatures,
    propose_plan,
    register_signatory,
    send_amendments,
    sign_plan,
    verify_plan,
)
from entraide.plans.domain.errors import NoOtherParty, NotOnPaper, NotYourTurn, PlanNotVerified, WrongState
from entraide.programme.api import list_commitments, list_instruments, list_mechanisms
from entraide.programme.domain.errors import PlanExists
from tests.factories.people import make_actor
from tests.simulators.council import FACT, Council

pytestmark = pytest.mark.django_db(databases=["default", "partner", "third"])
PHRASE = "mot de passe du ministre"
VN, LA, KH, MOJ = "vn-mps", "la-mops", "kh-moi", "vn-moj"


@pytest.fixture
def council(ring):
    return Council(ring)


def test_three_states_amend_agree_and_sign_one_plan(council):
    """The turn goes round in the order of the parties; one text, its signatures and the register on all three nodes."""
    plan_id = council.propose(VN, [LA, KH])
    assert [plan.negotiation.turn for plan in council.plans(plan_id)] == [KH, KH, KH]
    council.amend(KH, plan_id, "Former ensemble à Phnom Penh.")
    with pytest.raises(NotYourTurn):
        council.amend(VN, plan_id, "Former ensemble à Hanoï.")
    council.amend(LA, plan_id, "Former ensemble à Vientiane.")
    council.agree(plan_id, VN, KH)
    assert {plan.state for plan in council.plans(plan_id)} == {PlanState.AMENDED}
    with pytest.raises(WrongState):
        council.sign(plan_id, VN)
    council.agree(plan_id, LA)
    plans = council.plans(plan_id)
    assert {(plan.state, plan.negotiation.version) for plan in plans} == {(PlanState.AGREED, 3)}
    assert len({plan.digest for plan in plans}) == 1

    council.sign(plan_id, LA, VN)
    assert {plan.state for plan in council.plans(plan_id)} == {PlanState.AGREED}
    council.sign(plan_id, KH)
    first, *rest = council.verified(plan_id)
    assert [signature.party.id for signature in first.signatures] == [KH, LA, VN]
    assert rest == [first, first]
    for node in council.nodes.values():
        with node.active():
            (instrument,) = list_instruments(node, mechanism_id=list_mechanisms(node)[0].id, limit=1)
            (commitment,) = list_commitments(node, instrument_id=instrument.id)
        assert {person.state for person in instrument.latest.signatories} == {"KH", "LA", "VN"}
        assert commitment.texts["fr"] == "Former ensemble à Vientiane."


def test_a_move_is_told_to_each_other_node(council):
    """Who moved a plan sees for each other party how far that reached."""
    plan_id = council.propose(VN, [LA, KH])
    (sent,) = list_moves(council.nodes[VN], plan_id)
    assert [(item.node, item.latest.kind) for item in sent.deliveries] == [
        (KH, EvidenceKind.DELIVERED),
        (LA, EvidenceKind.DELIVERED),
    ]
    (received,) = list_moves(council.nodes[LA], plan_id)
    assert [item.node for item in received.deliveries] == [VN]


def test_an_amendment_that_comes_before_the_proposal_waits_for_it(council):
    """What rests on a third party's message is held back, not refused, until that message is here."""
    plan_id = council.draft(VN, [LA, KH])
    propose_plan(council.nodes[VN], actor=council.desk[VN], plan_id=plan_id)
    with council.ring.away(LA):
        council.ring.deliver(VN, KH, rounds=5)
    council.amend(KH, plan_id, "Former ensemble à Phnom Penh.", deliver=False)
    council.ring.deliver(KH, LA, rounds=5)
    with council.nodes[LA].active():
        assert not models.Plan.objects.exists()
        assert list(InboxMessage.objects.filter(state="blocked").values_list("code", flat=True)) == [
            "plans.move_to_come"
        ]
    council.ring.deliver(step=60)
    assert [(plan.negotiation.version, plan.negotiation.turn) for plan in council.plans(plan_id)] == [(2, LA)] * 3


def test_what_is_sent_about_a_refused_plan_waits_for_nothing(council):
    """Laos knows a party as one of another State and refuses the proposal; what Cambodia sends of it is refused too."""
    plan_id = council.draft(VN, [LA, KH])
    with council.nodes[LA].active():
        PartnerNode.objects.filter(name=KH).update(state="TH")
    propose_plan(council.nodes[VN], actor=council.desk[VN], plan_id=plan_id)
    council.ring.deliver()
    council.amend(KH, plan_id, "Former ensemble à Phnom Penh.")
    codes = [delivery.code for move in list_moves(council.nodes[KH], plan_id) for delivery in move.deliveries]
    assert codes == ["", "plans.no_such_plan", ""]
    with council.nodes[LA].active():
        assert not InboxMessage.objects.filter(state="blocked").exists()


def test_a_signature_that_comes_before_the_last_agreement_waits_for_it(council):
    """Laos hears that Vietnam signed before it hears that Cambodia agreed."""
    plan_id = council.propose(VN, [LA, KH])
    council.agree(plan_id, VN, LA)
    with council.ring.away(LA):
        council.agree(plan_id, KH, deliver=False)
        council.ring.deliver(KH, VN, rounds=5)
    with council.ring.away(KH):
        register_signatory(council.nodes[VN], actor=council.chief[VN], passphrase=PHRASE)
        sign_plan(council.nodes[VN], actor=council.chief[VN], plan_id=plan_id, passphrase=PHRASE)
        council.ring.deliver(VN, LA, rounds=5)
    assert council.plan(LA, plan_id).state is PlanState.PROPOSED
    council.ring.deliver(step=60)
    assert [(plan.state, plan.negotiation.signed) for plan in council.plans(plan_id)] == [(PlanState.AGREED, {VN})] * 3


def test_agreements_that_cross_end_in_one_frozen_text(council):
    """All three agree before they hear of each other."""
    plan_id = council.propose(VN, [LA, KH])
    council.agree(plan_id, VN, LA, KH, deliver=False)
    council.ring.deliver(step=60)
    plans = council.plans(plan_id)
    assert {plan.state for plan in plans} == {PlanState.AGREED}
    assert len({plan.digest for plan in plans}) == 1


def test_an_agreement_that_crosses_an_amendment_changes_nothing(council):
    """Laos agrees to version 1 while Cambodia sends version 2: all have version 2 and nobody's agreement."""
    plan_id = council.propose(VN, [LA, KH])
    council.amend(KH, plan_id, "Former ensemble à Phnom Penh.", deliver=False)
    council.agree(plan_id, LA, deliver=False)
    council.ring.deliver(step=60)
    assert [(plan.negotiation.version, plan.negotiation.agreed) for plan in council.plans(plan_id)] == [(2, set())] * 3


class TestTwoMinistriesOfOneState:
    """Public security and justice of Vietnam with public security of Laos."""

    @pytest.fixture
    def ministries(self):
        return (VN, LA, MOJ)

    def test_they_sign_one_plan_as_two_parties(self, council):
        """Each of the two has its own turn, leading unit, agreement and signature."""
        plan_id = council.propose(LA, [VN, MOJ])
        assert [party.id for party in council.plan(LA, plan_id).parties] == [LA, MOJ, VN]
        clause = list_clauses(council.nodes[MOJ], plan_id)[0]
        units = {VN: "C04", MOJ: "Department of International Law", LA: "Police"}
        edit_clause(
            council.nodes[MOJ],
            actor=council.desk[MOJ],
            plan_id=plan_id,
            clause_id=clause.id,
            texts=clause.texts,
            lead_units=units,
        )
        send_amendments(council.nodes[MOJ], actor=council.desk[MOJ], plan_id=plan_id)
        council.ring.deliver()
        council.agree(plan_id, VN, LA, MOJ)
        council.sign(plan_id, VN, LA)
        assert council.plan(LA, plan_id).state is PlanState.AGREED, "one ministry does not sign for the other"
        council.sign(plan_id, MOJ)
        first, *rest = council.verified(plan_id)
        assert rest == [first, first]
        signed = [(item.party.id, item.party.state, item.post) for item in first.signatures]
        assert signed == [(name, name[:2].upper(), f"Minister of {name}") for name in (LA, MOJ, VN)]
        for name, node in council.nodes.items():
            assert list_clauses(node, plan_id)[0].lead_units == units, name
            with node.active():
                (commitment,) = list_commitments(node)
            assert commitment.lead_units == {"LA": "Police", "VN": "Department of International Law; C04"}

    def test_each_has_a_plan_of_its_own_with_the_same_partner_for_the_same_year(self, council):
        """Two plans of one State's ministries do not stand in each other's way, and a second of one does."""
        ours, theirs = council.propose(VN, [LA]), council.propose(MOJ, [LA])
        for plan_id, name in ((ours, VN), (theirs, MOJ)):
            council.agree(plan_id, name, LA)
            council.sign(plan_id, name, LA)
        signed = {plan.id: plan for plan in list_plans(council.nodes[LA])}
        assert {signed[plan_id].state for plan_id in (ours, theirs)} == {PlanState.SIGNED}
        assert len({plan.instrument_id for plan in signed.values()}) == 2
        with pytest.raises(PlanExists):
            council.draft(VN, [LA])


class TestOnPaper:
    """Vietnam and Laos with an organisation of States that has no node and for which Vietnam's node speaks."""

    @pytest.fixture
    def ministries(self):
        return (VN, LA)

    @pytest.fixture
    def plan_id(self, council):
        return council.propose(VN, [LA], paper=[council.organisation(VN)])

    @pytest.fixture
    def party(self, council, plan_id):
        (party,) = [party for party in council.plan(VN, plan_id).parties if party.on_paper]
        return party

    def test_what_it_did_is_recorded_sealed_and_verified_on_every_node(self, council, plan_id, party):
        """Its agreement and signature count, and are shown as what they are: one party says so."""
        assert (party.state, party.node, party.name_in("en")) == ("XX", VN, "Secretariat of Tests")
        council.agree(plan_id, VN, LA)
        assert [plan.negotiation.turn for plan in council.plans(plan_id)] == [VN, VN]
        council.agree_on_paper(VN, plan_id, party.id)
        assert {plan.state for plan in council.plans(plan_id)} == {PlanState.AGREED}
        (agreement,) = list_paper_agreements(council.nodes[LA], plan_id)
        assert (agreement.party, agreement.statement["post"]) == (party.id, FACT.post)
        council.sign(plan_id, VN, LA)
        council.sign_on_paper(VN, plan_id, party.id)
        first, second = council.verified(plan_id)
        assert first == second
        assert [item.on_paper for item in first.signatures] == [False, False, True]
        on_paper = first.signatures[-1]
        assert (on_paper.node, on_paper.post, on_paper.fingerprint) == (VN, FACT.post, "")
        assert (on_paper.scan, on_paper.recorded_by) == (FACT.scan, council.chief[VN].post)
        (shown,) = [item for item in list_signatures(council.nodes[LA], plan_id) if item.party.on_paper]
        assert shown.recorded_by == council.chief[VN].post

    def test_what_comes_back_on_paper_is_amended_by_the_party_that_speaks_for_it(self, council, plan_id):
        """When all with a node have agreed, the registrar's party has the turn once more."""
        council.agree(plan_id, VN, LA)
        council.amend(VN, plan_id, "Former ensemble à Jakarta.")
        assert [(plan.negotiation.version, plan.negotiation.turn) for plan in council.plans(plan_id)] == [(2, LA)] * 2

    def test_only_the_node_that_speaks_for_it_records_what_it_did(self, council, plan_id, party):
        """Laos cannot record it, nobody can record a party with a node, and who wrote the text cannot either."""
        for name, wanted in ((LA, party.id), (VN, LA), (VN, VN)):
            with pytest.raises(NotOnPaper):
                council.agree_on_paper(name, plan_id, wanted)
        with pytest.raises(BadScan):
            council.agree_on_paper(VN, plan_id, party.id, PaperFact("Secretary-General", "2026-01-12", "scan.pdf"))
        writer = make_actor(council.nodes[LA], Role.approver)
        council.chief[LA] = council.desk[LA] = writer
        council.amend(LA, plan_id, "Autre.")
        with pytest.raises(SamePerson):
            council.agree(plan_id, LA)

    @pytest.mark.parametrize(
        ("tamper", "step"),
        [
            (lambda row: row.statement.update(post="Other"), 5),
            (lambda row: row.statement.update(party=LA), 3),
            (lambda row: row.statement.update(scan="cd" * 32), 5),
            (lambda row: row.attestation.update(ed25519=row.attestation["mldsa44"][:88]), 5),
        ],
        ids=["post", "party", "scan", "seal"],
    )
    def test_a_changed_record_does_not_verify(self, council, plan_id, party, tamper, step):
        """The node's seal holds the statement together."""
        council.agree(plan_id, VN, LA)
        council.agree_on_paper(VN, plan_id, party.id)
        council.sign(plan_id, VN, LA)
        council.sign_on_paper(VN, plan_id, party.id)
        with council.nodes[LA].active():
            row = models.PlanSignature.objects.get(party=party.id)
            tamper(row)
            row.save()
        with pytest.raises(PlanNotVerified) as failed:
            verify_plan(council.nodes[LA], plan_id)
        assert failed.value.params["step"] == step

    def test_a_partner_without_a_node_is_enough_for_a_plan(self, council):
        """One node and one party on paper: proposed, amended, agreed and signed without any message."""
        plan_id = council.propose(VN, [], paper=[council.organisation(VN, called="Agency of Tests")])
        (other,) = council.plan(VN, plan_id).others
        council.amend(VN, plan_id, "Ce qui est revenu sur papier.")
        council.agree(plan_id, VN)
        council.agree_on_paper(VN, plan_id, other.id)
        council.sign_on_paper(VN, plan_id, other.id, PaperFact("Secretary-General", "2026-01-14"))
        council.sign(plan_id, VN)
        assert [item.on_paper for item in verify_plan(council.nodes[VN], plan_id).signatures] == [False, True]
        assert all(not move.deliveries for move in list_moves(council.nodes[VN], plan_id))

    def test_a_plan_with_oneself_is_none(self, council):
        """A plan has at least two parties."""
        with pytest.raises(NoOtherParty):
            council.draft(VN, [])


READ_ONCE = ("plans_plan", "plans_clauseversion", "plans_planagreement", "plans_plansignature")


def reads(queries):
    """How often each table of a plan was read."""
    selects = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    return {table: sum(f'FROM "{table}"' in sql for sql in selects) for table in READ_ONCE}


def test_a_use_case_reads_a_plan_once(council):
    """Agreeing and signing, here and by message, read each table of the plan once."""
    plan_id = council.propose(VN, [LA, KH])
    once = dict.fromkeys(READ_ONCE, 1)
    with CaptureQueriesContext(connections["default"]) as agreeing:
        council.agree(plan_id, VN, deliver=False)
    assert reads(agreeing) == once
    council.ring.deliver()
    council.agree(plan_id, LA)
    with CaptureQueriesContext(connections["default"]) as hearing:
        council.agree(plan_id, KH)
    assert reads(hearing) == once
    register_signatory(council.nodes[VN], actor=council.chief[VN], passphrase=PHRASE)
    council.sign(plan_id, LA, KH)
    with CaptureQueriesContext(connections["default"]) as signing:
        sign_plan(council.nodes[VN], actor=council.chief[VN], plan_id=plan_id, passphrase=PHRASE)
    assert reads(signing) == once
    assert council.plan(VN, plan_id).state is PlanState.SIGNED
