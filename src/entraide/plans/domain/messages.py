"""What two nodes tell each other of a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from entraide.kernel.codecs import Filed, Number, Text
from entraide.kernel.signing import PublicKeys, Signature
from entraide.kernel.wire import Document, Message, Most
from entraide.plans.domain.errors import BadPlanMessage
from entraide.plans.domain.plan_text import LONGEST_TEXT, MOST_LANGUAGES, Digest, PlanParty, SignatureStatement

MOST_CLAUSES, LARGEST_NUMBER = 1000, 1_000_000
LanguageCode = Annotated[str, Text(8)]
Texts = Filed(Text(20), Text(LONGEST_TEXT), MOST_LANGUAGES)
PlanNamed = Annotated[UUID, "the plan; its thread has the same id"]
LeadsTo = Annotated[Digest, "of the text to which the message leads"]


@dataclass(frozen=True, slots=True)
class ClauseSent(Document):
    """A clause as a version has it."""

    id: Annotated[UUID, "the same through all versions"]
    position: Annotated[
        int, Number(0, LARGEST_NUMBER), "clauses are in the order of their positions, then of their ids"
    ]
    removed: Annotated[bool, "whether the version leaves it out"]
    domain: Annotated[str, Text(40), "a code of `entraide/cooperation-domains`"]
    texts: Annotated[Mapping[str, str], Texts, "by language"]
    lead_units: Annotated[Mapping[str, str], Texts, "by State"]


@dataclass(frozen=True, slots=True)
class PlanProposed(Message):
    """The side that drafted shows its draft."""

    message_type, message_version = "plans.proposed", 1
    refused_with = BadPlanMessage.code
    sender = "the side that drafted"

    plan: PlanNamed
    digest: LeadsTo
    version: Annotated[int, Number(1, 1), "the first"]
    period: Annotated[str, Text(21), "a year, or two with a slash"]
    titles: Annotated[Mapping[str, str], Texts, "by language"]
    languages: Annotated[tuple[LanguageCode, ...], Most(MOST_LANGUAGES), "in which it is written"]
    authentic: Annotated[tuple[LanguageCode, ...], Most(MOST_LANGUAGES), "which are equally valid"]
    parties: Annotated[tuple[PlanParty, ...], Most(20), "both sides"]
    clauses: Annotated[tuple[ClauseSent, ...], Most(MOST_CLAUSES), "all"]


@dataclass(frozen=True, slots=True)
class PlanAmended(Message):
    """The side that has the turn changes, adds or removes clauses."""

    message_type, message_version = "plans.amended", 1
    refused_with = BadPlanMessage.code
    sender = "the side that has the turn"

    plan: PlanNamed
    digest: LeadsTo
    base_version: Annotated[int, Number(0, LARGEST_NUMBER), "the version that is amended"]
    version: Annotated[int, Number(1, LARGEST_NUMBER), "one more"]
    clauses: Annotated[tuple[ClauseSent, ...], Most(MOST_CLAUSES), "only those that change"]


@dataclass(frozen=True, slots=True)
class PlanAgreed(Message):
    """A side agrees to a version, for itself."""

    message_type, message_version = "plans.agreed", 1
    refused_with = BadPlanMessage.code

    plan: PlanNamed
    digest: LeadsTo
    version: Annotated[int, Number(1, LARGEST_NUMBER), "to which the side agrees"]


@dataclass(frozen=True, slots=True)
class PlanSigned(Message):
    """A side's signatory has signed the frozen text."""

    message_type, message_version = "plans.signed", 1
    refused_with = BadPlanMessage.code
    sender = "either side, once both agreed"

    plan: PlanNamed
    digest: LeadsTo
    statement: Annotated[SignatureStatement, "what the signatory signed"]
    public_keys: Annotated[PublicKeys, "the signatory's; without a sealing key"]
    signature: Annotated[Signature, "the signatory's, under `entraide/plan-signature/v1`"]
    attestation: Annotated[Signature, "the node's, under `entraide/signatory-attestation/v1`"]
