"""The text of a plan and what is signed of it, against the vector and a canonical form that is not our own."""

import hashlib
import json
from uuid import UUID

import pytest
import rfc8785

from entraide.kernel.signing import PublicKeys, Signature
from entraide.keys.api import BadSignature, verify_signature
from entraide.plans.domain.paper import PaperStatement, paper_bytes
from entraide.plans.domain.plan_text import (
    PlanParty,
    PlanText,
    SignatureStatement,
    attestation_statement,
    plan_bytes,
    plan_digest,
    read_clauses,
)
from tools.protocol_vectors import FOLDER

VECTOR = json.loads((FOLDER / "plan.json").read_text(encoding="utf-8"))
SIGNED, ON_PAPER = VECTOR["signature"], VECTOR["on_paper"]


def test_the_vector_holds_for_any_implementation():
    """RFC 8785 and SHA-256 alone give the digest of the vector, and every statement names it."""
    assert hashlib.sha256(rfc8785.dumps(VECTOR["plan"])).hexdigest() == VECTOR["digest"]
    assert {SIGNED["statement"]["digest"], ON_PAPER["statement"]["digest"]} == {VECTOR["digest"]}


def test_the_program_computes_the_vector():
    """The program gives the same bytes, from parties in any order and texts with any spacing."""
    value = VECTOR["plan"]
    plan = PlanText(
        id=UUID(value["id"]),
        period=value["period"],
        titles={language: f" {text.replace(' ', '  ')}" for language, text in value["titles"].items()},
        parties=tuple(PlanParty.from_json(party).party for party in reversed(value["parties"])),
        authentic=tuple(reversed(value["authentic"])),
        clauses=read_clauses(value["clauses"]),
    )
    assert plan_bytes(plan) == rfc8785.dumps(value)
    assert plan_digest(plan) == VECTOR["digest"]


def test_parties_stand_by_state_and_id_and_one_on_paper_names_the_node_that_speaks_for_it():
    """Two ministries of one State are two parties."""
    parties = [(party["id"], party["state"], party["node"]) for party in VECTOR["plan"]["parties"]]
    assert [state for _, state, _ in parties] == ["LA", "VN", "VN", "XX"]
    assert parties == sorted(parties, key=lambda party: (party[1], party[0]))
    assert [(id_, node) for id_, _, node in parties if id_ != node] == [(ON_PAPER["statement"]["party"], "vn-mps")]


CHECKS = {
    "the signatory's signature": (
        SIGNED["public_keys"],
        SIGNED["label"],
        rfc8785.dumps(SIGNED["statement"]),
        SIGNED["signature"],
    ),
    "its node's attestation": (
        VECTOR["node_keys"],
        SIGNED["attestation_label"],
        attestation_statement(
            SignatureStatement.from_json(SIGNED["statement"]), PublicKeys.from_json(SIGNED["public_keys"]), "vn-mps"
        ),
        SIGNED["attestation"],
    ),
    "the seal under a signature on paper": (
        VECTOR["node_keys"],
        ON_PAPER["label"],
        paper_bytes(PaperStatement.from_json(ON_PAPER["statement"]), "vn-mps"),
        ON_PAPER["attestation"],
    ),
}


@pytest.mark.parametrize(("keys", "label", "message", "signature"), CHECKS.values(), ids=CHECKS)
def test_what_is_signed_holds(keys, label, message, signature):
    """Each signature of the vector holds for its bytes, and for no others."""
    public, given = PublicKeys.from_json(keys), Signature.from_json(signature)
    verify_signature(public, label, message, given)
    with pytest.raises(BadSignature):
        verify_signature(public, label, message + b" ", given)
