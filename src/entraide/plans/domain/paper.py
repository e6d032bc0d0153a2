"""What a party on paper did, stated by the registrar whose node speaks for it: one-sided, and sealed by that node."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from entraide.plans.domain.errors import BadScan


class PaperAct(StrEnum):
    """What a party does on paper."""

    AGREEMENT = "plan-agreement-on-paper"
    SIGNATURE = "plan-signature-on-paper"


@dataclass(frozen=True, slots=True)
class PaperFact:
    """What a registrar holds in hand: the post that agreed or signed, on which day (ISO 8601), and its scan.

    `scan` is the SHA-256 of the scanned paper in hexadecimal, empty where there is none.
    """

    post: str
    signed_on: str
    scan: str = ""


def paper_statement(
    act: PaperAct, fact: PaperFact, *, plan_id: UUID, digest: str, party: str, recorded_by: str, recorded_on: str
) -> dict[str, Any]:
    """Return what the registrar's node seals: the act, the text it is about, the paper, and who recorded it when."""
    return {
        "act": act.value,
        "plan": str(plan_id),
        "digest": digest,
        "party": party,
        "post": unicodedata.normalize("NFC", fact.post),
        "signed_on": fact.signed_on,
        "scan": fact.scan,
        "recorded_by": unicodedata.normalize("NFC", recorded_by),
        "recorded_on": recorded_on,
    }


def is_on_paper(statement: Mapping[str, Any]) -> bool:
    """Return whether a statement tells of paper, and not of a signatory's own key."""
    return statement.get("act") in set(PaperAct)


def parse_scan(text: str) -> str:
    """Return a SHA-256 as 64 hexadecimal digits in small letters, or an empty text for none; raises `BadScan`."""
    digest = "".join(text.split()).lower()
    if digest and not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise BadScan
    return digest
