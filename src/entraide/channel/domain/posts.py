"""What nodes post to each other beside batches, and what they answer."""

from dataclasses import dataclass
from typing import Annotated

from entraide.journal.domain.notes import Cosignature
from entraide.kernel.codecs import Base64, Number, Text
from entraide.kernel.signing import Signature
from entraide.kernel.wire import Document, Most, Named

MAX_STATEMENTS = 100
MAX_STATEMENT = 256 * 1024
MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class SignedStatement(Document):
    """The canonical bytes of a statement of evidence with the signature of the node that makes it."""

    content: Annotated[bytes, Base64(MAX_STATEMENT), "the canonical bytes of the statement"]
    signature: Annotated[Signature, "of its reader, under `entraide/evidence/v1`"]


@dataclass(frozen=True, slots=True)
class Receipt(Document):
    """The answer to a batch: the reader's cosignature of the head, and its evidence of the range."""

    constants = {"v": 1}

    cosignature: Annotated[Cosignature, "on the checkpoint at n1"]
    statement: Annotated[SignedStatement, "of the kind `receipt`"]


@dataclass(frozen=True, slots=True)
class StatementPush(Document):
    """Statements that their reader brings to the author of the log."""

    constants = {"v": 1}

    sender: Annotated[str, Text(MAX_NAME), Named("from"), "name of the node that made them"]
    reader: Annotated[str, Text(MAX_NAME), Named("to"), "name of the node that writes the log"]
    statements: Annotated[tuple[SignedStatement, ...], Most(MAX_STATEMENTS), "all are recorded or none"]


@dataclass(frozen=True, slots=True)
class Recorded(Document):
    """The answer to a push of statements."""

    constants = {"v": 1}

    recorded: Annotated[int, Number(0, MAX_STATEMENTS), "how many are recorded now"]


@dataclass(frozen=True, slots=True)
class ErrorAnswer(Document):
    """The answer with any status but 200, in English."""

    code: Annotated[str, Text(80, ascii=True), "stable"]
    message: Annotated[str, Text(10_000), "what and where"]
    remedy: Annotated[str, Text(10_000), "what to do"]
