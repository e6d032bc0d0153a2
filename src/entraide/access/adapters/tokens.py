"""What the rows of tokens say."""

from entraide.access.domain.tokens import Scope, TokenTerms
from entraide.access.models import ApiToken


def terms_of(token: ApiToken) -> TokenTerms:
    """Return what a token row says, without its digest."""
    return TokenTerms(
        token_id=token.id,
        label=token.label,
        scopes=frozenset(Scope(scope) for scope in token.scopes),
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
    )
