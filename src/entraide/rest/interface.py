"""The interface for programs: what it is built on, who may read, and how errors look.

Reading only. A token's scopes say what; errors are the tree's, with their code, message and remedy in English.
"""

from typing import Annotated, Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.security import HttpBearer

from entraide.access.api import Bearer, Scope, authenticate_token
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.rest.schemas import Problem

VERSION = "1"
DESCRIPTION = (
    "What two ministries agreed and did, for programs. Every fact carries the address of its page. "
    "Ask the operator of the node for a token and send it as `Authorization: Bearer …`."
)

# The pages that ninja offers for reading this description load scripts from elsewhere, so they stay off.
api = NinjaAPI(
    title="Entraide",
    version=VERSION,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="rest",
)


def node_of(request: HttpRequest) -> Node:
    """Return the node that serves `request` (set by `config.middleware.NodeMiddleware`)."""
    return cast(Node, request.node)  # type: ignore[attr-defined]  # set by the middleware


PROBLEMS: dict[int, type[Problem]] = dict.fromkeys((400, 401, 403, 404), Problem)
"""What every address may answer instead."""

MOST_ITEMS = 200
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS)]
Offset = Annotated[int, Query(ge=0)]


class ScopedToken(HttpBearer):
    """Lets a program in whose token holds one scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Bearer:
        """Return who shows `token`; raises `BadToken` or `ScopeMissing`."""
        return authenticate_token(node_of(request), token, self.scope)


@api.exception_handler(EntraideError)
def show_problem(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's signature
    """Answer an error of the tree with its code, message and remedy."""
    problem = Problem(code=error.code, message=str(error), remedy=error.remedy_text)
    return api.create_response(request, problem.model_dump(), status=error.http_status)
