"""What every address for programs beside REST answers alike: any origin, HEAD and OPTIONS, errors that programs read.

Calendars, feeds, linked data, tables, the package, the sitemap: told by their ending, so that a new one needs nothing.
"""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from entraide.kernel.errors import EntraideError, NotFound
from entraide.kernel.text import N_
from entraide.rest.interface import problem_of

METHODS = "GET, HEAD, OPTIONS"
EXPOSED = (
    "ETag, Last-Modified, Link, Content-Disposition, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"
)
ASKED = "Authorization, If-None-Match, If-Modified-Since"
_FILES = re.compile(
    r"/exports/.+|/robots\.txt|/data/[a-z_]+\.py"
    r"|(?!/(?:api|journal|peer|static)/).*\.(?:atom|bib|csv|ics|json|jsonl|jsonld|ris|xlsx|xml|zip)"
)
_COMPRESSED = frozenset(
    {"application/zip", "application/gzip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
)


class NoSuchFile(NotFound):
    """Nothing is served there."""

    code = "config.no_such_file"
    message = N_("Nothing is served at this address.")
    remedy = N_("/data/ says what there is for programs, and where.")


class ReadOnly(EntraideError):
    """An address that is only read was asked to change something."""

    code = "config.read_only"
    message = N_("This address is only read: {methods}.")
    remedy = N_("Ask with GET. What is in the register is changed on its pages.")
    http_status = 405


def is_for_programs(path: str) -> bool:
    """Whether what is at `path` is made for programs; REST and what partners' nodes say have rules of their own."""
    return _FILES.fullmatch(path) is not None


class ProgramsMiddleware:
    """Answers programs: OPTIONS for scripts of other sites, reading only, problem details (RFC 9457) for what fails.

    Nothing of it depends on who asks, and no cookie is sent, so that any site's script may read it (Fetch standard).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request`; one that is not for programs is passed on untouched."""
        if not is_for_programs(request.path_info):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = ASKED
            response.headers["Access-Control-Max-Age"] = "86400"
        elif request.method in {"GET", "HEAD"}:
            response = _told(self.get_response(request))
        else:
            response = problem_of(ReadOnly(methods=METHODS))
        response.headers["Allow"] = METHODS
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        return response


def _told(response: HttpResponse) -> HttpResponse:
    """Return an answer, a page that says that nothing is there as problem details."""
    page = response.headers.get("Content-Type", "").startswith("text/html")
    return problem_of(NoSuchFile()) if page and response.status_code == HTTPStatus.NOT_FOUND else response


class CompressionMiddleware(GZipMiddleware):
    """Compresses what holds no secret: what programs read, and pages for readers who are not signed in (ADR 38)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return `response`, compressed where its reader takes that and nothing in it is theirs alone."""
        if _holds_secret(request, response) or _kind_of(response) in _COMPRESSED:
            return response
        return super().process_response(request, response)


def _holds_secret(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer may hold what only its reader may know: a form's token of a session, counts, an account."""
    if request.path_info.startswith("/accounts/") or "Authorization" in request.headers:
        return True
    return settings.SESSION_COOKIE_NAME in {**request.COOKIES, **response.cookies}


def _kind_of(response: HttpResponseBase) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0]
