"""Tokens for programs: what they look like, what they reach, and when they hold."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from entraide.access.domain.actor import Actor
from entraide.access.domain.errors import BadToken, ScopeMissing

PREFIX = "entraide_"
LONGEST_LIFE_DAYS = 366


class Scope(StrEnum):
    """What a token may read; nothing can be written with a token."""

    read_register = "register:read"
    read_counts = "requests:counts"


@dataclass(frozen=True, slots=True)
class TokenTerms:
    """A token without its secret: `expires_at` and `revoked_at` are aware moments."""

    token_id: UUID
    label: str
    scopes: frozenset[Scope]
    expires_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made: `text` is shown once and stored nowhere."""

    terms: TokenTerms
    text: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """A program that showed a valid token, and the person who answers for it."""

    terms: TokenTerms
    owner: Actor


def format_token(token_id: UUID, secret: bytes) -> str:
    """Return the text of a token: prefix, id and secret in hexadecimal digits."""
    return f"{PREFIX}{token_id.hex}_{secret.hex()}"


def parse_token(text: str) -> tuple[UUID, bytes]:
    """Return the id and the secret of a token's text; raises `BadToken`."""
    token_id, _, secret = text.strip().removeprefix(PREFIX).partition("_")
    try:
        return UUID(hex=token_id), bytes.fromhex(secret)
    except ValueError as error:
        raise BadToken from error


def verify_terms(terms: TokenTerms, scope: Scope, at: datetime) -> None:
    """Verify that a token holds: (1) not revoked, (2) not expired at `at`, (3) it has `scope`.

    Raises `BadToken` for (1) and (2), `ScopeMissing` for (3).
    """
    if terms.revoked_at is not None or at >= terms.expires_at:
        raise BadToken
    if scope not in terms.scopes:
        raise ScopeMissing(scope=scope.value)
