"""What a token may do; organisations and posts are added as they are declared."""

from django.http import HttpRequest
from ninja import Router

from entraide.access.api import Bearer, Scope
from entraide.rest.interface import PROBLEMS, ScopedToken
from entraide.rest.schemas import TokenFacts

router = Router(tags=["directory"])


@router.get(
    "/token",
    response={200: TokenFacts, **PROBLEMS},
    auth=ScopedToken(Scope.read_register),
    summary="What the token of this request may do",
)
def read_token(request: HttpRequest) -> TokenFacts:
    """Return what the token of this request may do and until when."""
    bearer: Bearer = request.auth  # type: ignore[attr-defined]  # set by ninja
    return TokenFacts(
        label=bearer.terms.label,
        scopes=sorted(scope.value for scope in bearer.terms.scopes),
        expires_at=bearer.terms.expires_at,
    )
