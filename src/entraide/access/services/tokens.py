"""Tokens for programs: made by an operator, stored as a digest, ended by time or by hand."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from entraide.access.adapters.tokens import terms_of
from entraide.access.domain.actor import Actor, require_role
from entraide.access.domain.errors import BadToken, BadTokenTerms, NoSuchToken, NotLoggedIn
from entraide.access.domain.roles import Role
from entraide.access.domain.tokens import (
    LONGEST_LIFE_DAYS,
    Bearer,
    NewToken,
    Scope,
    format_token,
    parse_token,
    verify_terms,
)
from entraide.access.models import ApiToken
from entraide.access.selectors import actor_of
from entraide.journal.api import append_entry
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import transaction


def create_token(node: Node, *, actor: Actor, label: str, scopes: Iterable[Scope], days: int) -> NewToken:
    """Make a token that lives `days` days (1 to 366); its text is in the result and nowhere else.

    Raises `RoleMissing` unless `actor` is an operator, and `BadTokenTerms`.
    """
    require_role(actor, Role.operator)
    reach = sorted({Scope(scope) for scope in scopes})
    name = " ".join(label.split())[:100]
    if not name or not reach or not 1 <= days <= LONGEST_LIFE_DAYS:
        raise BadTokenTerms(longest=LONGEST_LIFE_DAYS)
    secret = node.random.draw(32)
    now = node.clock.now()
    with transaction(node):
        token = ApiToken.objects.create(
            id=new_uuid(node),
            owner_id=actor.user_id,
            label=name,
            digest=hashlib.sha256(secret).digest(),
            scopes=reach,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        append_entry(
            node,
            kind="access.token_created",
            subject=token.id,
            content={"scopes": reach, "days": days},
            actor=actor.user_id,
        )
    return NewToken(terms_of(token), format_token(token.id, secret))


def authenticate_token(node: Node, text: str, scope: Scope) -> Bearer:
    """Return the bearer of a token: (1) it parses, (2) its digest matches, (3) its owner is active, (4) it holds.

    Raises `BadToken` for (1) to (3) without telling which, and as `verify_terms` does for (4).
    """
    token_id, secret = parse_token(text)
    with node.active():
        token = ApiToken.objects.select_related("owner").filter(id=token_id).first()
        expected = bytes(token.digest) if token else bytes(32)
        if not hmac.compare_digest(hashlib.sha256(secret).digest(), expected) or token is None:
            raise BadToken
        try:
            owner = actor_of(node, token.owner)
        except NotLoggedIn as error:
            raise BadToken from error
    terms = terms_of(token)
    verify_terms(terms, scope, node.clock.now())
    return Bearer(terms, owner)


def revoke_token(node: Node, *, actor: Actor, token_id: UUID) -> None:
    """End a token now; raises `RoleMissing` unless `actor` is an operator, and `NoSuchToken`."""
    require_role(actor, Role.operator)
    with transaction(node):
        token = ApiToken.objects.select_for_update().filter(id=token_id).first()
        if token is None:
            raise NoSuchToken
        if token.revoked_at is None:
            token.revoked_at = node.clock.now()
            token.save(update_fields=["revoked_at"])
            append_entry(node, kind="access.token_revoked", subject=token.id, content={}, actor=actor.user_id)
