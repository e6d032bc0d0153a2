"""Organisations and posts with their holders, as the register names them, and what a token may do."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from entraide.access.api import Bearer, Scope
from entraide.directory.api import (
    get_organisation,
    get_post,
    list_posts,
    list_tenures,
    page_organisations,
    page_posts,
)
from entraide.kernel.ids import OrganisationId, PostId
from entraide.rest.facts import organisation_facts, post_facts, tenure_facts
from entraide.rest.interface import ORGANISATION_OF_STATES, PROBLEMS, Cursor, Limit, ScopedToken, node_of
from entraide.rest.paging import link_pages, page_by_id
from entraide.rest.schemas import OrganisationDetail, Organisations, PostDetail, Posts, TokenFacts

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


@router.get("/organisations", response={200: Organisations, **PROBLEMS}, summary="Organisations, as entered")
def read_organisations(
    request: HttpRequest,
    response: HttpResponse,
    state: Annotated[str | None, Query(max_length=2, description="ISO 3166-1 alpha-2")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Organisations:
    """Return the organisations of the register in the order they were entered, all or one State's."""
    origin = node_of(request).settings.origin
    found, following, preceding = page_by_id(
        lambda beyond, backwards, most: page_organisations(state=state, beyond=beyond, backwards=backwards, limit=most),
        cursor,
        limit,
    )
    links = link_pages(request, response, following, preceding)
    return Organisations(**links, items=[organisation_facts(item, origin) for item in found])


@router.get(
    "/organisations/{uuid:organisation_id}", response={200: OrganisationDetail, **PROBLEMS}, summary="One organisation"
)
def read_organisation(request: HttpRequest, organisation_id: UUID) -> OrganisationDetail:
    """Return an organisation with its names and posts."""
    origin = node_of(request).settings.origin
    organisation = get_organisation(OrganisationId(organisation_id))
    return OrganisationDetail(
        **organisation_facts(organisation, origin).model_dump(),
        posts=[post_facts(post, origin) for post in list_posts(organisation_id=organisation.id)],
    )


@router.get("/posts", response={200: Posts, **PROBLEMS}, summary="Posts, as entered")
def read_posts(
    request: HttpRequest,
    response: HttpResponse,
    organisation: Annotated[UUID | None, Query(description="Id of an organisation")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Posts:
    """Return public posts in the order they were entered, all or one organisation's."""
    origin = node_of(request).settings.origin
    wanted = OrganisationId(organisation) if organisation else None
    found, following, preceding = page_by_id(
        lambda beyond, backwards, most: page_posts(
            organisation_id=wanted, beyond=beyond, backwards=backwards, limit=most
        ),
        cursor,
        limit,
    )
    links = link_pages(request, response, following, preceding)
    return Posts(**links, items=[post_facts(item, origin) for item in found])


@router.get("/posts/{uuid:post_id}", response={200: PostDetail, **PROBLEMS}, summary="One post and its holders")
def read_post(request: HttpRequest, post_id: UUID) -> PostDetail:
    """Return a post with everyone whom a source showed in it, earliest first."""
    origin, post = node_of(request).settings.origin, get_post(PostId(post_id))
    return PostDetail(
        **post_facts(post, origin).model_dump(),
        holders=[tenure_facts(tenure) for tenure in list_tenures(post_id=post.id)],
    )


def _state(code: str | None) -> str | None:
    """Return a State's code as the directory has it, which is empty for a body of no State."""
    return "" if code is not None and code.upper() == ORGANISATION_OF_STATES else code
