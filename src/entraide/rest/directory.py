"""States' organisations, and what a token may do."""

from django.http import HttpRequest
from ninja import Router

from entraide.access.api import Bearer, Scope
from entraide.directory.api import list_organisations
from entraide.rest.interface import PROBLEMS, Limit, Offset, ScopedToken
from entraide.rest.schemas import OrganisationFacts, Organisations, TokenFacts

router = Router(tags=["directory"], auth=ScopedToken(Scope.read_register))


@router.get("/token", response={200: TokenFacts, **PROBLEMS})
def read_token(request: HttpRequest) -> TokenFacts:
    """Return what the token of this request may do and until when."""
    bearer: Bearer = request.auth  # type: ignore[attr-defined]  # set by ninja
    return TokenFacts(
        label=bearer.terms.label,
        scopes=sorted(scope.value for scope in bearer.terms.scopes),
        expires_at=bearer.terms.expires_at,
    )


@router.get("/organisations", response={200: Organisations, **PROBLEMS})
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
