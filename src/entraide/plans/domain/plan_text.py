"""The text of a plan: its clauses, its canonical bytes and digest (the same on all nodes), and what a signature says.

The bytes are those of `kernel.canonical`; every text is in NFC with single spaces. They hold nothing that differs
between the nodes: no database number, no local mechanism, no time of arrival.
"""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID

from entraide.directory.domain.parties import LONGEST_PARTY, Party, order_parties
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.codecs import Filed, Text
from entraide.kernel.ids import PartyId
from entraide.kernel.signing import PublicKeys
from entraide.kernel.wire import Document

FORMAT = "entraide/plan/v2"
SIGNATURE_LABEL = "entraide/plan-signature/v2"
ATTESTATION_LABEL = "entraide/signatory-attestation/v1"
PAPER_LABEL = "entraide/plan-on-paper/v1"
MOST_LANGUAGES, LONGEST_TEXT = 30, 20_000
Digest = Annotated[str, Text(64, pattern="[0-9a-f]{64}")]
PartyNamed = Text(LONGEST_PARTY, least=1, ascii=True)
Day = Text(10, pattern=r"\d{4}-\d\d-\d\d", ascii=True)
Post = Text(300, least=1)


@dataclass(frozen=True, slots=True)
class PlanParty(Document):
    """A party as a plan's text has it."""

    id: Annotated[str, PartyNamed, "the same on every node"]
    state: Annotated[str, Text(2), "ISO 3166-1 alpha-2; `XX` for an organisation of States"]
    node: Annotated[str, Text(63), "name of the node that speaks for it"]
    organisation: Annotated[
        Mapping[str, str], Filed(Text(20), Text(LONGEST_TEXT), MOST_LANGUAGES), "its name by language"
    ]

    @classmethod
    def of(cls, party: Party) -> "PlanParty":
        """Return the party as the text has it."""
        return cls(party.id, party.state, party.node, clean(party.organisation))

    @property
    def party(self) -> Party:
        """The party."""
        return Party(PartyId(self.id), self.state, self.node, self.organisation)


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One clause as it stands in a version: text per language and leading unit per party."""

    id: UUID
    domain: str
    texts: Mapping[str, str]
    lead_units: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return a canonical object."""
        return {
            "id": str(self.id),
            "domain": self.domain,
            "texts": clean(self.texts),
            "lead_units": clean(self.lead_units),
        }


@dataclass(frozen=True, slots=True)
class PlanText:
    """A whole plan at one version, with its clauses in order. `authentic` are the languages that are equally valid."""

    id: UUID
    period: str
    titles: Mapping[str, str]
    parties: tuple[Party, ...]
    authentic: tuple[str, ...]
    clauses: tuple[ClauseText, ...]


def clean(texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts in NFC with single spaces, empty ones dropped."""
    tidy = {key: " ".join(unicodedata.normalize("NFC", text).split()) for key, text in texts.items()}
    return {key: text for key, text in tidy.items() if text}


def plan_bytes(plan: PlanText) -> bytes:
    """Return the canonical bytes of a plan; parties are ordered by state, clauses as they stand."""
    return canonical_bytes(
        {
            "format": FORMAT,
            "id": str(plan.id),
            "period": plan.period,
            "titles": clean(plan.titles),
            "parties": [PlanParty.of(party).to_json() for party in order_parties(plan.parties)],
            "authentic": sorted(plan.authentic),
            "clauses": [clause.to_json() for clause in plan.clauses],
        }
    )


def plan_digest(plan: PlanText) -> str:
    """Return the SHA-256 of the plan's bytes in hexadecimal (64 characters)."""
    return hashlib.sha256(plan_bytes(plan)).hexdigest()


def clause_digest(clause: ClauseText) -> str:
    """Return the SHA-256 of one clause's canonical bytes, by which an editor notices a change by someone else."""
    return hashlib.sha256(canonical_bytes(clause.to_json())).hexdigest()


def group_digest(digest: str) -> str:
    """Return a digest in groups of four characters, for two people to compare by voice."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


@dataclass(frozen=True, slots=True)
class SignatureStatement(Document):
    """What a signatory signs under `entraide/plan-signature/v2`: the plan's digest, the party, the post and the day."""

    constants = {"act": "plan-signature"}

    plan: Annotated[UUID, "the plan"]
    digest: Annotated[Digest, "of its frozen text"]
    party: Annotated[str, PartyNamed, "the party that signs"]
    post: Annotated[str, Post, "the signatory's, never a name"]
    signed_on: Annotated[str, Day, "the day"]


def signature_statement(plan_id: UUID, digest: str, party: str, post: str, signed_on: str) -> SignatureStatement:
    """Return what a signatory of `party` in `post` signs on the day `signed_on`."""
    return SignatureStatement(plan_id, digest, party, unicodedata.normalize("NFC", post), signed_on)


def attestation_statement(statement: SignatureStatement, public_keys: PublicKeys, node: str) -> bytes:
    """Return what a node seals under `ATTESTATION_LABEL`: that these public keys are those of the statement's post."""
    return canonical_bytes({"node": node, "statement": statement.to_json(), "public_keys": public_keys.to_json()})


def read_clauses(rows: Sequence[Mapping[str, Any]]) -> tuple[ClauseText, ...]:
    """Return the clauses of a message's JSON; raises `KeyError`, `TypeError` or `ValueError` for another shape."""
    return tuple(
        ClauseText(UUID(row["id"]), str(row["domain"]), _texts(row["texts"]), _texts(row["lead_units"])) for row in rows
    )


def _texts(value: Any) -> dict[str, str]:  # noqa: ANN401 - a message's JSON
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise TypeError("texts are an object of strings")
    return dict(value)
