"""The interface for programs: what it is built on, who may read, and how errors look.

Reading only. The register is public and needs no token; the counts of requests need one with their scope. Errors are
the tree's, with their code, message and remedy in English, as problem details (RFC 9457).
"""

from http import HTTPStatus
from typing import Annotated, Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from entraide.access.api import Bearer, Scope, authenticate_token
from entraide.access.domain.errors import BadToken
from entraide.communiques.api import withdrawal_of
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.rest.errors import BadParameter
from entraide.rest.schemas import Problem

VERSION = "1"
PROBLEM_TYPE = "application/problem+json"
DESCRIPTION = (
    "What ministries agreed and did, for programs. Reading the register needs no token; a token, sent as "
    "`Authorization: Bearer …`, allows more requests a minute and, with its scope, the counts of requests. Every "
    "object has `url`, the permanent address of its page, and `api_url`, its address here. Lists come in pages: follow "
    "`next`, or the Link header, until it is null. Ask again with If-None-Match: an unchanged answer is 304 and costs "
    "little."
)


class Interface(NinjaAPI):
    """The interface, whose operations are called as their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of the function that answers."""
        return operation.view_func.__name__

    def get_description(self) -> dict[str, Any]:
        """Return ninja's OpenAPI document for the addresses below `/api/`."""
        return self.get_openapi_schema(path_prefix="/api/")


class ReadableRenderer(JSONRenderer):
    """JSON in UTF-8 with letters as they are."""

    json_dumps_params = {"ensure_ascii": False}


# The pages that ninja offers for reading this description load scripts from elsewhere, so they stay off.
api = Interface(
    title="Entraide",
    version=VERSION,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="rest",
    renderer=ReadableRenderer(),
)


def node_of(request: HttpRequest) -> Node:
    """Return the node that serves `request` (set by `config.middleware.NodeMiddleware`)."""
    return cast(Node, request.node)  # type: ignore[attr-defined]  # set by the middleware


PROBLEMS: dict[int, type[Problem]] = dict.fromkeys((400, 401, 403, 404, 410, 429), Problem)
"""What every address may answer instead."""

MOST_ITEMS = 200
ORGANISATION_OF_STATES = "XX"
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS, description="Items in a page")]
Cursor = Annotated[
    str | None,
    Query(min_length=1, max_length=130, description="Place in the list, from `next` or `previous` of another page"),
]


class ScopedToken(HttpBearer):
    """Lets a program in whose token holds one scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Bearer:
        """Return who shows `token`; raises `BadToken` or `ScopeMissing`."""
        return authenticate_token(node_of(request), token, self.scope)


def problem_of(error: EntraideError) -> HttpResponse:
    """Return an error of the tree as problem details (RFC 9457, section 3)."""
    problem = Problem(
        type="about:blank",
        title=HTTPStatus(error.http_status).phrase,
        status=error.http_status,
        detail=str(error),
        code=error.code,
        remedy=error.remedy_text,
    )
    response = HttpResponse(problem.model_dump_json(), status=error.http_status, content_type=PROBLEM_TYPE)
    if error.http_status == HTTPStatus.GONE:
        # Kept for ever by clients otherwise, and a fact that was withdrawn may count again.
        response.headers["Cache-Control"] = "no-cache"
    if error.http_status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(EntraideError)
def show_problem(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's signature
    """Answer an error of the tree with its code, message and remedy; of a fact that was withdrawn, that it was."""
    return problem_of(withdrawal_of(node_of(request), error) or error)


@api.exception_handler(AuthenticationError)
def show_missing_token(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - the same
    """Answer a request without a token where one is needed."""
    del request, error
    return problem_of(BadToken())


@api.exception_handler(ValidationError)
def show_bad_parameter(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - the same
    """Answer a parameter that is not what the description says; its value is not repeated."""
    del request
    first = error.errors[0]
    return problem_of(BadParameter(name=str(first["loc"][-1]), why=str(first["msg"]).rstrip(".").lower()))
