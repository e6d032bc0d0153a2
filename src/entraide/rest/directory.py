"""Organisations and posts in the order they were entered, and what a token may do."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from entraide.access.api import Bearer, Scope
from entraide.directory.api import page_organisations, page_posts, parse_state
from entraide.kernel.ids import OrganisationId
from entraide.programme.domain.paths import Item
from entraide.rest.interface import ORGANISATION_OF_STATES, PROBLEMS, Cursor, Limit, ScopedToken, node_of
from entraide.rest.paging import link_pages, page_by_id
from entraide.rest.schemas import TokenFacts
from entraide.rest.shapes import facts_of, page_shape_of

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


@router.get(
    "/organisations",
    response={200: page_shape_of("organisation", counted=False), **PROBLEMS},
    summary="Organisations, as entered",
)
def read_organisations(
    request: HttpRequest,
    response: HttpResponse,
    state: Annotated[str | None, Query(min_length=2, max_length=2, description="ISO 3166-1 alpha-2")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Return the organisations of the register in the order they were entered, all or one State's."""
    node = node_of(request)
    origin = node.settings.origin
    found, following, preceding = page_by_id(
        lambda beyond, backwards, most: page_organisations(
            node, state=_state(state), beyond=beyond, backwards=backwards, limit=most
        ),
        cursor,
        limit,
    )
    links = link_pages(request, response, following, preceding)
    return {**links, "items": [facts_of("organisation", Item(item), origin) for item in found]}


@router.get("/posts", response={200: page_shape_of("post", counted=False), **PROBLEMS}, summary="Posts, as entered")
def read_posts(
    request: HttpRequest,
    response: HttpResponse,
    organisation: Annotated[UUID | None, Query(description="Id of an organisation")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Return public posts in the order they were entered, all or one organisation's."""
    node = node_of(request)
    origin = node.settings.origin
    wanted = OrganisationId(organisation) if organisation else None
    found, following, preceding = page_by_id(
        lambda beyond, backwards, most: page_posts(
            node, organisation_id=wanted, beyond=beyond, backwards=backwards, limit=most
        ),
        cursor,
        limit,
    )
    links = link_pages(request, response, following, preceding)
    return {**links, "items": [facts_of("post", Item(item), origin) for item in found]}


def _state(code: str | None) -> str | None:
    """Return a State's code as the directory has it, which is empty for a body of no State; raises `UnknownState`."""
    if code is None:
        return None
    return "" if code.upper() == ORGANISATION_OF_STATES else parse_state(code)
