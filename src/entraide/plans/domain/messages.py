"""What the nodes of a plan's parties tell each other of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from entraide.kernel.codecs import Filed, Number, Text
from entraide.kernel.signing import PublicKeys, Signature
from entraide.kernel.wire import Document, Message, Most
from entraide.plans.domain.errors import BadPlanMessage
from entraide.plans.domain.paper import PaperStatement
from entraide.plans.domain.plan_text import (
    LONGEST_TEXT,
    MOST_LANGUAGES,
    Digest,
    PartyNamed,
    PlanParty,
    SignatureStatement,
)

MOST_CLAUSES, MOST_PARTIES, LARGEST_NUMBER = 1000, 30, 1_000_000
LanguageCode = Annotated[str, Text(8)]
PartyCode = Annotated[str, PartyNamed]
Texts = Filed(Text(20), Text(LONGEST_TEXT), MOST_LANGUAGES)
PlanNamed = Annotated[UUID, "the plan; its thread has the same id"]
LeadsTo = Annotated[Digest, "of the text to which the message leads"]
Drafter = Annotated[str, PartyNamed, "the party that proposed the plan"]
Version = Number(1, LARGEST_NUMBER)


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
    lead_units: Annotated[Mapping[str, str], Filed(PartyNamed, Text(LONGEST_TEXT), MOST_PARTIES), "by party"]


@dataclass(frozen=True, slots=True)
class PlanProposed(Message):
    """The party that drafted shows its draft."""

    message_type, message_version = "plans.proposed", 2
    refused_with = BadPlanMessage.code
    sender = "the party that drafted"

    plan: PlanNamed
    digest: LeadsTo
    version: Annotated[int, Number(1, 1), "the first"]
    period: Annotated[str, Text(21), "a year, or two with a slash"]
    titles: Annotated[Mapping[str, str], Texts, "by language"]
    languages: Annotated[tuple[LanguageCode, ...], Most(MOST_LANGUAGES), "in which it is written"]
    authentic: Annotated[tuple[LanguageCode, ...], Most(MOST_LANGUAGES), "which are equally valid"]
    parties: Annotated[tuple[PlanParty, ...], Most(MOST_PARTIES), "all, in order"]
    clauses: Annotated[tuple[ClauseSent, ...], Most(MOST_CLAUSES), "all"]


@dataclass(frozen=True, slots=True)
class PlanAmended(Message):
    """The party that has the turn changes, adds or removes clauses."""

    message_type, message_version = "plans.amended", 2
    refused_with = BadPlanMessage.code
    sender = "the party that has the turn"

    plan: PlanNamed
    drafter: Drafter
    digest: LeadsTo
    base_version: Annotated[int, Number(0, LARGEST_NUMBER), "the version that is amended"]
    agreed: Annotated[tuple[PartyCode, ...], Most(MOST_PARTIES), "who had agreed to it, as the sender knew"]
    version: Annotated[int, Version, "one more"]
    clauses: Annotated[tuple[ClauseSent, ...], Most(MOST_CLAUSES), "only those that change"]


@dataclass(frozen=True, slots=True)
class PlanAgreed(Message):
    """A party agrees to a version, for itself."""

    message_type, message_version = "plans.agreed", 2
    refused_with = BadPlanMessage.code
    sender = "any party"

    plan: PlanNamed
    drafter: Drafter
    digest: LeadsTo
    version: Annotated[int, Version, "to which the party agrees"]


@dataclass(frozen=True, slots=True)
class PlanSigned(Message):
    """A party's signatory has signed the frozen text."""

    message_type, message_version = "plans.signed", 2
    refused_with = BadPlanMessage.code
    sender = "any party, once all agreed"

    plan: PlanNamed
    drafter: Drafter
    digest: LeadsTo
    version: Annotated[int, Version, "the frozen one"]
    statement: Annotated[SignatureStatement, "what the signatory signed"]
    public_keys: Annotated[PublicKeys, "the signatory's; without a sealing key"]
    signature: Annotated[Signature, "the signatory's, under `entraide/plan-signature/v2`"]
    attestation: Annotated[Signature, "the node's, under `entraide/signatory-attestation/v1`"]


@dataclass(frozen=True, slots=True)
class PlanAgreedOnPaper(Message):
    """A party on paper agreed to a version, as the party that speaks for it recorded."""

    message_type, message_version = "plans.agreed_on_paper", 1
    refused_with = BadPlanMessage.code
    sender = "the party whose node speaks for the one on paper"

    plan: PlanNamed
    drafter: Drafter
    digest: LeadsTo
    version: Annotated[int, Version, "to which the party agreed"]
    statement: Annotated[PaperStatement, "what was recorded"]
    attestation: Annotated[Signature, "the node's, under `entraide/plan-on-paper/v1`"]


@dataclass(frozen=True, slots=True)
class PlanSignedOnPaper(Message):
    """A party on paper signed the frozen text, as the party that speaks for it recorded."""

    message_type, message_version = "plans.signed_on_paper", 1
    refused_with = BadPlanMessage.code
    sender = "the party whose node speaks for the one on paper, once all agreed"

    plan: PlanNamed
    drafter: Drafter
    digest: LeadsTo
    version: Annotated[int, Version, "the frozen one"]
    statement: Annotated[PaperStatement, "what was recorded"]
    attestation: Annotated[Signature, "the node's, under `entraide/plan-on-paper/v1`"]
