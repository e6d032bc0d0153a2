"""Messages about plans that a partner should not send are refused with a code and change nothing."""

import copy

import pytest

from entraide.kernel.ids import new_uuid
from entraide.plans import models
from entraide.plans.domain.messages import (
    PlanAgreed,
    PlanAgreedOnPaper,
    PlanAmended,
    PlanProposed,
    PlanSigned,
    PlanSignedOnPaper,
)
from tests.simulators.handling import Incoming, hand_over
from tests.simulators.negotiation import Table

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def table(pair):
    return Table(pair)


def receive(table, kind, payload, *, side="b"):
    """Hand one message to the handler of its type, as the channel would, and return the code of its rejection."""
    node, partner = table.node(side), getattr(table.pair, side).partner_id
    return hand_over(node, partner, Incoming(kind.message_type, payload, new_uuid(node), kind.message_version))


def proposal(table):
    """A proposal that B would accept, as it would travel."""
    node = table.a
    return {
        "plan": str(new_uuid(node)),
        "version": 1,
        "digest": "0" * 64,
        "period": "2027",
        "titles": {"fr": "Plan"},
        "languages": ["fr"],
        "authentic": ["fr"],
        "parties": [
            {"id": "la-mops", "state": "LA", "node": "la-mops", "organisation": {"fr": "Ministère"}},
            {"id": "vn-mps", "state": "VN", "node": "vn-mps", "organisation": {"fr": "Ministère"}},
        ],
        "clauses": [
            {
                "id": str(new_uuid(node)),
                "position": 10,
                "removed": False,
                "domain": "drugs",
                "texts": {"fr": "Texte."},
                "lead_units": {},
            }
        ],
    }


def party(party_id, state, node=None):
    """A party as a message has it."""
    return {"id": party_id, "state": state, "node": node or party_id, "organisation": {"fr": "Ministère"}}


def paper(node):
    """A party on paper for which `node` speaks."""
    return party(f"{node}/01945a62-b570-7c38-b77e-a6375b8e4cdb", "ZW", node)


BAD = "plans.bad_plan_message"
HOSTILE = {
    "another text than its digest": (lambda p: None, "plans.other_text"),
    "a third party that is not paired": (lambda p: p["parties"].insert(0, party("kh-moi", "KH")), BAD),
    "a party of another State than its node's": (lambda p: p["parties"][0].update(state="KH"), BAD),
    "a party on paper for which a stranger speaks": (lambda p: p["parties"].append(paper("kh-moi")), BAD),
    "a party on paper without an id of its own": (
        lambda p: p["parties"].append(party("vn-mps/x", "VN", "vn-mps")),
        BAD,
    ),
    "parties out of order": (lambda p: p["parties"].reverse(), BAD),
    "a party twice": (lambda p: p["parties"].append(p["parties"][1]), BAD),
    "the sender left out": (lambda p: p["parties"].pop(1), BAD),
    "somebody else's ministry": (lambda p: p["parties"][0].update(id="kh-moi", node="kh-moi"), BAD),
    "no parties": (lambda p: p.pop("parties"), BAD),
    "a period that is no date": (lambda p: p.update(period="soon"), "kernel.not_a_date"),
    "languages that are no codes": (lambda p: p.update(authentic=[1, 2]), BAD),
    "a title that is no text": (lambda p: p.update(titles={"fr": 7}), BAD),
    "an unknown domain": (lambda p: p["clauses"][0].update(domain="surveillance"), "programme.unknown_code"),
    "a clause without an id": (lambda p: p["clauses"][0].pop("id"), BAD),
    "a clause whose text is a list": (lambda p: p["clauses"][0].update(texts=["a"]), BAD),
    "a plan without an id": (lambda p: p.update(plan="not-an-id"), BAD),
}


@pytest.mark.parametrize(("change", "code"), HOSTILE.values(), ids=HOSTILE)
def test_bad_proposals_leave_nothing(table, change, code):
    """A proposal that is malformed, speaks for others or hides another text is refused whole."""
    payload = copy.deepcopy(proposal(table))
    change(payload)
    assert receive(table, PlanProposed, payload) == code
    with table.b.active():
        assert not models.Plan.objects.exists()
        assert not models.ClauseVersion.objects.exists()
        assert not models.PlanMove.objects.exists()


def test_a_plan_proposed_again_with_another_text_is_refused(table):
    """The same plan may come twice, but not with another text."""
    plan_id = table.propose()
    assert receive(table, PlanProposed, proposal(table) | {"plan": str(plan_id)}) == "plans.other_text"


def test_a_clause_of_another_plan_is_not_taken_over(table):
    """A clause's identity belongs to one plan."""
    plan_id = table.propose()
    (first, _) = table.clauses("b", plan_id)
    payload = proposal(table)
    payload["clauses"][0]["id"] = str(first.id)
    assert receive(table, PlanProposed, payload) == BAD


NO_KEY = {"ed25519": "", "mldsa44": ""}
SIGNATURE = {
    "statement": {
        "act": "plan-signature",
        "plan": "019459f0-0000-7000-8000-00000000000f",
        "digest": "0" * 64,
        "party": "vn-mps",
        "post": "Minister",
        "signed_on": "2027-01-12",
    },
    "public_keys": NO_KEY | {"sealing": ""},
    "signature": NO_KEY,
    "attestation": NO_KEY,
    "version": 1,
}
ON_PAPER = {
    "statement": {
        "act": "plan-agreement-on-paper",
        "plan": "019459f0-0000-7000-8000-00000000000f",
        "digest": "0" * 64,
        "party": "la-mops",
        "post": "Minister",
        "signed_on": "2027-01-12",
        "scan": "",
        "recorded_by": "Registrar",
        "recorded_on": "2027-01-12",
    },
    "attestation": NO_KEY,
    "version": 1,
}
HEAD = {"drafter": "vn-mps", "digest": "0" * 64}
AMENDING = {"base_version": 1, "version": 2, "agreed": [], "clauses": []}
NEVER_GIVEN = AMENDING | {"agreed": ["la-mops"]}
MOVES = {
    "amending out of turn": (PlanAmended, AMENDING, "plans.not_your_turn"),
    "amending out of turn with an agreement that was never given": (PlanAmended, NEVER_GIVEN, "plans.not_your_turn"),
    "agreeing on paper for a party with a node": (PlanAgreedOnPaper, ON_PAPER, BAD),
    "signing on paper for a party with a node": (PlanSignedOnPaper, ON_PAPER, BAD),
    "agreeing to a version to come": (PlanAgreed, {"version": 7}, "plans.changed_meanwhile"),
    "agreeing to another text": (PlanAgreed, {"version": 1}, "plans.other_text"),
    "signing before both agreed": (PlanSigned, SIGNATURE, "plans.wrong_state"),
}


@pytest.mark.parametrize(("kind", "payload", "code"), MOVES.values(), ids=MOVES)
def test_moves_that_the_state_does_not_allow(table, kind, payload, code):
    """The partner cannot move a plan out of turn, ahead of time or to another text."""
    plan_id = table.propose()
    assert receive(table, kind, {"plan": str(plan_id), **HEAD, **payload}) == code
    assert table.plan("b", plan_id).negotiation.agreed == frozenset()


@pytest.mark.parametrize("what", ["signature", "attestation", "statement"])
def test_a_forged_signature_is_refused(table, what):
    """A signature that does not hold, or a key that the partner's node does not attest, is not kept."""
    plan_id = table.propose()
    table.agree_both(plan_id)
    table.sign("b", plan_id)
    with table.b.active():
        row = models.PlanSignature.objects.get()
        payload = {
            "plan": str(plan_id),
            "drafter": "vn-mps",
            "version": 1,
            "digest": table.plan("b", plan_id).digest,
            "statement": {**row.statement, "party": "vn-mps"},
            "public_keys": row.public_keys,
            "signature": row.signature,
            "attestation": row.attestation,
        }
    if what != "statement":
        payload["statement"] = {**payload["statement"], "post": "Minister"}
    assert receive(table, PlanSigned, payload) == "plans.plan_not_verified"
    assert table.plan("b", plan_id).negotiation.signed == {"la-mops"}


MORE = {
    "a clause twice": lambda p: p["clauses"].append(dict(p["clauses"][0])),
    "a party with more to say": lambda p: p["parties"][0].update(contact="Subject A"),
    "an organisation that is a list": lambda p: p["parties"][0].update(organisation=["Ministère"]),
    "a text of megabytes": lambda p: p["clauses"][0].update(texts={"fr": "a" * 100_000}),
    "a language that is a sentence": lambda p: p["clauses"][0].update(texts={"written by Subject A in French": "a"}),
    "a position beyond every column": lambda p: p["clauses"][0].update(position=2**53 - 1),
    "a position below none": lambda p: p["clauses"][0].update(position=-1),
    "ten thousand clauses": lambda p: p["clauses"].extend({"id": str(n)} for n in range(10_000)),
}


@pytest.mark.parametrize("case", MORE)
def test_a_proposal_of_the_wrong_shape_is_rejected_never_tried_again(table, case):
    """Whatever a partner puts into a proposal, its handler answers; a message that fails would block its thread."""
    payload = proposal(table)
    MORE[case](payload)
    assert receive(table, PlanProposed, payload) == BAD
    with table.b.active():
        assert not models.Plan.objects.exists()


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        (PlanAmended, AMENDING | {"version": 1, "base_version": 0}, "plans.other_text"),
        (PlanAmended, AMENDING | {"version": 0, "base_version": 0}, BAD),
        (PlanAmended, AMENDING | {"version": "1", "base_version": 0}, BAD),
        (PlanAgreed, {"version": -5}, BAD),
        (PlanAgreed, {"version": 0}, BAD),
        (PlanAgreed, {"version": 1, "by": "Subject A"}, BAD),
        (PlanAgreed, {"version": 1, "digest": "0" * 63}, BAD),
        (PlanSigned, SIGNATURE | {"statement": {}}, BAD),
        (PlanSigned, SIGNATURE | {"signature": None}, "kernel.not_a_key"),
    ],
)
def test_a_move_of_a_number_long_past_is_not_kept_with_another_text(table, kind, change, code):
    """Repeating a move is harmless; using its number for another text, or a number that never was, is refused."""
    plan_id = table.propose()
    payload = {"plan": str(plan_id), **HEAD, **change}
    assert receive(table, kind, payload) == code
    with table.b.active():
        assert not models.PlanAgreement.objects.exists()
