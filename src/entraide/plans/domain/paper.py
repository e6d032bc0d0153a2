"""What a party on paper did, stated by the registrar whose node speaks for it: one-sided, and sealed by that node."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from entraide.directory.domain.paper import PaperFact, parse_scan
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.codecs import Text
from entraide.kernel.wire import Document
from entraide.plans.domain.plan_text import Day, Digest, PartyNamed, Post


class PaperAct(StrEnum):
    """What a party does on paper."""

    AGREEMENT = "plan-agreement-on-paper"
    SIGNATURE = "plan-signature-on-paper"


@dataclass(frozen=True, slots=True)
class PaperStatement(Document):
    """What the registrar's node seals under `PAPER_LABEL`: the act, the text, the paper, and who recorded it when."""

    act: Annotated[PaperAct, "what the party did"]
    plan: Annotated[UUID, "the plan"]
    digest: Annotated[Digest, "of the text that the paper has"]
    party: Annotated[str, PartyNamed, "the party on paper"]
    post: Annotated[str, Post, "of who agreed or signed, never a name"]
    signed_on: Annotated[str, Day, "the day on the paper"]
    scan: Annotated[str, Text(64, pattern="([0-9a-f]{64})?"), "SHA-256 of its scan, or empty"]
    recorded_by: Annotated[str, Post, "the post of who recorded it"]
    recorded_on: Annotated[str, Day, "when"]


def paper_statement(
    act: PaperAct, fact: PaperFact, *, plan_id: UUID, digest: str, party: str, recorded_by: str, recorded_on: str
) -> PaperStatement:
    """Return what is sealed of a fact on paper; raises `BadScan`."""
    post, by = (unicodedata.normalize("NFC", text) for text in (fact.post, recorded_by))
    scan = parse_scan(fact.scan)
    return PaperStatement(act, plan_id, digest, party, post, fact.signed_on, scan, by, recorded_on)


def paper_bytes(statement: PaperStatement, node: str) -> bytes:
    """Return what a node seals under `PAPER_LABEL`: that a party for which it speaks did on paper what is stated."""
    return canonical_bytes({"node": node, "statement": statement.to_json()})
