"""One example of each message and document of the exchange, for the vectors of the protocol."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from entraide.channel.domain.batch import SUITE_1, BatchHeader, sealing_key_id
from entraide.channel.domain.envelope import DIGEST_LABEL, Envelope, message_leaf
from entraide.channel.domain.evidence import STATEMENT_LABEL, Fate, Statement, StatementKind
from entraide.channel.domain.messages import HeadTold
from entraide.channel.domain.pairing import CONFIRM_LABEL, Card, commit_to, confirmation, derive_transcript
from entraide.channel.domain.pairing_steps import Abort, Commit, Confirm, Reveal
from entraide.channel.domain.posts import ErrorAnswer, Recorded, SignedStatement, StatementPush
from entraide.directory.domain.messages import AnnouncedAuthority, AuthoritiesAnnounced
from entraide.kernel.ids import MessageId, ThreadId
from entraide.kernel.signing import PublicKeys, Signature
from entraide.kernel.wire import Document, Message
from entraide.plans.domain.messages import (
    ClauseSent,
    PlanAgreed,
    PlanAgreedOnPaper,
    PlanAmended,
    PlanProposed,
    PlanSigned,
    PlanSignedOnPaper,
)
from entraide.plans.domain.paper import PaperAct, PaperFact, PaperStatement, paper_bytes, paper_statement
from entraide.plans.domain.plan_text import (
    ATTESTATION_LABEL,
    PAPER_LABEL,
    SIGNATURE_LABEL,
    PlanParty,
    attestation_statement,
)
from entraide.plans.domain.plan_text import SignatureStatement as PlanStatement
from entraide.requests.domain.messages import (
    EvaluationTold,
    FindingTold,
    RequestAcknowledged,
    RequestAnswered,
    RequestProgressed,
    RequestReleased,
    RequestWithdrawn,
)
from entraide.requests.domain.statements import (
    ANSWER_LABEL,
    RELEASE_LABEL,
    AnswerStatement,
    ClearanceNamed,
    FormNamed,
    ReleaseStatement,
    derive_content_digest,
)

AT = datetime(2025, 1, 12, 8, 30, tzinfo=UTC)
AUTHOR, READER = "vn-mps", "la-mops"
PAPER = f"{AUTHOR}/01945a62-b570-7c38-b77e-a6375b8e4cdd"
REQUEST, ANSWER, PLAN, CLAUSE = (UUID(int=number) for number in (1, 2, 3, 4))
SALT, DIGEST = bytes(range(32)), sha256(b"example").hexdigest()
FORM = FormNamed("preservation", 1, DIGEST)
# Signs the bytes for the purpose of the label: (label, message) -> signature.
Sign = Callable[[str, bytes], Signature]


def list_example_messages(note: str, public: PublicKeys, sign: Sign) -> list[Message]:
    """Return one message of each type, by the node of `public`; `note` is the signed head of its own log."""
    return [
        HeadTold(note),
        AuthoritiesAnnounced((_authority(),)),
        *_requests(sign),
        *_plans(public, sign),
    ]


def list_example_documents(public: PublicKeys, sign: Sign, note: str) -> list[Document]:
    """Return one of each document that is no message, by the node of `public`."""
    card = Card(AUTHOR, "VN", {"fr": "Ministère"}, "https://vn.example", public, (SUITE_1,))
    other = Card(READER, "LA", {"fr": "Ministère"}, "https://la.example", PublicKeys(b"e", b"m", b"s"), (SUITE_1,))
    nonce, pairing = b"n" * 32, UUID(int=5)
    transcript = derive_transcript(initiator=card, responder=other, initiator_nonce=nonce, responder_nonce=SALT)
    statement = Statement(
        StatementKind.RECEIPT,
        author=READER,
        reader=AUTHOR,
        n0=1,
        n1=4,
        at=AT,
        root=SALT,
        exceptions={2: (Fate.REJECTED, "out_of_turn"), 3: (Fate.WAITING, "channel.handler_failed")},
        received_at=AT - timedelta(seconds=1),
    )
    content = statement.to_bytes()
    return [
        BatchHeader(SUITE_1, AUTHOR, READER, sealing_key_id(public), 1, 3, b"sealed", note.encode(), (100, 200)),
        statement,
        StatementPush(AUTHOR, READER, (SignedStatement(content, sign(STATEMENT_LABEL, content)),)),
        Recorded(1),
        ErrorAnswer("channel.unknown_sender", "This node is not paired with x.", "Pair the two nodes first."),
        card,
        Commit(pairing, commit_to(card, nonce)),
        Reveal(pairing, card, nonce),
        Confirm(pairing, sign(CONFIRM_LABEL, confirmation(transcript, AUTHOR))),
        Abort(pairing, "channel.pairing_stopped"),
    ]


def wrap_example(message: Message) -> dict[str, Any]:
    """Return the envelope of a message with its leaf, as a vector: bytes as text, the rest in hexadecimal."""
    data = Envelope(
        message_id=MessageId(UUID(int=9)),
        thread_id=ThreadId(UUID(int=1)),
        type=message.message_type,
        version=message.message_version,
        submitted_at=AT,
        payload=message.to_json(),
    ).to_bytes()
    return {
        "type": message.message_type,
        "version": message.message_version,
        "label": DIGEST_LABEL,
        "salt": SALT.hex(),
        "envelope": data.decode(),
        "leaf": message_leaf(SALT, data).hex(),
    }


def _authority() -> AnnouncedAuthority:
    return AnnouncedAuthority(
        id=UUID(int=6),
        state="VN",
        organisation={"fr": "Ministère", "vi": "Bộ Công an"},
        name="24/7 contact point",
        kind="contact_point_24_7",
        request_types=("preservation",),
        legal_bases=("UNCAC", "UNTOC"),
        languages=("fr", "vi"),
        hours="24/7",
        time_zone="Asia/Ho_Chi_Minh",
        aliases=("MPS",),
    )


def _requests(sign: Sign) -> list[Message]:
    asked, answered = {"custodian": "Provider One"}, {"outcome": "executed", "done": "Kept."}
    named = {"request": REQUEST, "reference": "VN-2025-000001", "requesting": AUTHOR, "requested": READER, "at": AT}
    release = ReleaseStatement(
        **named,
        form=FORM,
        content_digest=derive_content_digest(asked, SALT),
        rules_digest=DIGEST,
        decision="clear",
        clearances=(ClearanceNamed("R20", "Approver", "Second approver"),),
        approved_by="Approver",
    )
    answer_form = FormNamed("answer", 1, DIGEST)
    answer = AnswerStatement(
        **named, form=answer_form, content_digest=derive_content_digest(answered, SALT), outcome="executed"
    )
    told = EvaluationTold(DIGEST, "clear", (FindingTold("R20", "clear"),))
    return [
        RequestReleased(
            request=REQUEST,
            reference=release.reference,
            form=FORM,
            content=asked,
            salt=SALT,
            evaluation=told,
            statement=release,
            signature=sign(RELEASE_LABEL, release.to_bytes()),
        ),
        RequestAcknowledged(REQUEST, FormNamed("acknowledgement", 1, DIGEST), {"assigned_to": "central_authority"}, AT),
        RequestProgressed(REQUEST, "execution_started", AT),
        RequestAnswered(REQUEST, ANSWER, answer_form, answered, SALT, answer, sign(ANSWER_LABEL, answer.to_bytes())),
        RequestWithdrawn(REQUEST, AT),
    ]


def _plans(public: PublicKeys, sign: Sign) -> list[Message]:
    units = {AUTHOR: "C04"}
    clause = ClauseSent(CLAUSE, 10, removed=False, domain="drugs", texts={"fr": "Texte."}, lead_units=units)
    parties = (
        PlanParty(READER, "LA", READER, {"fr": "Ministère"}),
        PlanParty(AUTHOR, "VN", AUTHOR, {"fr": "Ministère"}),
        PlanParty(PAPER, "XX", AUTHOR, {"fr": "Secrétariat"}),
    )
    statement = PlanStatement(PLAN, DIGEST, AUTHOR, "Minister", "2025-01-12")
    signatory = PublicKeys(public.ed25519, public.mldsa44)
    return [
        PlanProposed(PLAN, DIGEST, 1, "2026", {"fr": "Plan"}, ("fr",), ("fr",), parties, (clause,)),
        PlanAmended(PLAN, AUTHOR, DIGEST, 1, (AUTHOR,), 2, (clause,)),
        PlanAgreed(PLAN, AUTHOR, DIGEST, 2),
        PlanSigned(
            plan=PLAN,
            drafter=AUTHOR,
            digest=DIGEST,
            version=2,
            statement=statement,
            public_keys=signatory,
            signature=sign(SIGNATURE_LABEL, statement.to_bytes()),
            attestation=sign(ATTESTATION_LABEL, attestation_statement(statement, signatory, AUTHOR)),
        ),
        PlanAgreedOnPaper(PLAN, AUTHOR, DIGEST, 2, *_on_paper(PaperAct.AGREEMENT, sign)),
        PlanSignedOnPaper(PLAN, AUTHOR, DIGEST, 2, *_on_paper(PaperAct.SIGNATURE, sign)),
    ]


def _on_paper(act: PaperAct, sign: Sign) -> tuple[PaperStatement, Signature]:
    """What a registrar states of a paper, with the seal of the node that speaks for the party."""
    fact = PaperFact("Secretary-General", "2025-01-14", SALT.hex())
    stated = paper_statement(
        act, fact, plan_id=PLAN, digest=DIGEST, party=PAPER, recorded_by="Registrar", recorded_on="2025-01-20"
    )
    return stated, sign(PAPER_LABEL, paper_bytes(stated, AUTHOR))
