"""States' organisations, and what a token may do."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from entraide.access.api import Bearer, Scope
from entraide.directory.api import list_organisations
from entraide.rest.interface import ScopedToken
from entraide.rest.schemas import OrganisationFacts, Organisations, Problem, TokenFacts

MOST_ITEMS = 200

router = Router(tags=["directory"])

Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS)]
Offset = Annotated[int, Query(ge=0)]


@router.get("/token", auth=ScopedToken(Scope.read_register), response={200: TokenFacts, 401: Problem, 403: Problem})
def read_token(request: HttpRequest) -> TokenFacts:
    """Return what the token of this request may do and until when."""
    bearer: Bearer = request.auth  # type: ignore[attr-defined]  # set by ninja
    return TokenFacts(
        label=bearer.terms.label,
        scopes=sorted(scope.value for scope in bearer.terms.scopes),
        expires_at=bearer.terms.expires_at,
    )


@router.get(
    "/organisations",
    auth=ScopedToken(Scope.read_register),
    response={200: Organisations, 400: Problem, 401: Problem, 403: Problem},
)
def read_organisations(
    request: HttpRequest, state: str | None = None, limit: Limit = 50, offset: Offset = 0
) -> Organisations:
    """Return the organisations of the register, all or one State's, by State."""
    del request
    found = list_organisations(state=state)
    items = [
        OrganisationFacts(
            id=organisation.id,
            state=organisation.state,
            names=organisation.names,
            other_names=list(organisation.aliases),
        )
        for organisation in found[offset : offset + limit]
    ]
    return Organisations(count=len(found), items=items)
