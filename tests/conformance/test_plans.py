"""The text of a plan against its vector and a canonical form that is not our own."""

import hashlib
import json
from uuid import UUID

import rfc8785

from entraide.plans.domain.plan_text import PlanParty, PlanText, plan_bytes, plan_digest, read_clauses
from tools.protocol_vectors import FOLDER

VECTOR = json.loads((FOLDER / "plan.json").read_text(encoding="utf-8"))


def test_the_vector_holds_for_any_implementation():
    """RFC 8785 and SHA-256 alone give the digest of the vector."""
    assert hashlib.sha256(rfc8785.dumps(VECTOR["plan"])).hexdigest() == VECTOR["digest"]


def test_the_program_computes_the_vector():
    """The program gives the same bytes, from parties in any order and texts with any spacing."""
    value = VECTOR["plan"]
    plan = PlanText(
        id=UUID(value["id"]),
        period=value["period"],
        titles={language: f" {text.replace(' ', '  ')}" for language, text in value["titles"].items()},
        parties=tuple(PlanParty(**party) for party in reversed(value["parties"])),
        authentic=tuple(reversed(value["authentic"])),
        clauses=read_clauses(value["clauses"]),
    )
    assert plan_bytes(plan) == rfc8785.dumps(value)
    assert plan_digest(plan) == VECTOR["digest"]
