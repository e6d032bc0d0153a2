"""What every address of the interface does alike: HEAD and OPTIONS, conditions, unknown parameters, any origin."""

import datetime as dt
from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from entraide import __version__
from entraide.rest.errors import NoSuchAddress, UnknownParameter
from entraide.rest.interface import api, node_of, problem_of
from entraide.storage.api import get_revision

METHODS = "GET, HEAD, OPTIONS"
FRESH_SECONDS = 60
PRIVATE = frozenset({"read_token", "read_counts"})
"""Answers for one program only: never kept by a cache."""
DAILY = frozenset({"read_timeline", "read_series"})
"""Answers that change with the date."""
EXPOSED = "ETag, Last-Modified, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"

View = Callable[..., HttpResponseBase]


def serve_publicly(pattern: URLPattern) -> URLPattern:
    """Return an address of ninja's with what all addresses do."""
    operation = pattern.name or ""
    return URLPattern(pattern.pattern, _answer(operation, pattern.callback), pattern.default_args, pattern.name)


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer an address that is not served."""
    del request, rest
    return problem_of(NoSuchAddress())


def with_any_origin(view: View) -> View:
    """Let scripts of any site read what `view` answers (Fetch standard, CORS), without credentials."""

    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = "Authorization, If-None-Match, If-Modified-Since"
            response.headers["Access-Control-Max-Age"] = "86400"
        elif request.method in {"GET", "HEAD"}:
            response = view(request, *args, **kwargs)
        else:
            response = HttpResponse(status=405)
        response.headers["Allow"] = METHODS
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written here; other methods are 405
    return answer


def _answer(operation: str, view: View) -> View:
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        unknown = sorted(set(request.GET) - _parameters().get(operation, frozenset()))
        if unknown:
            known = ", ".join(sorted(_parameters().get(operation, ()))) or "none"
            return problem_of(UnknownParameter(name=unknown[0][:40], known=known))
        if request.method == "HEAD":
            request.method = "GET"  # ninja knows no HEAD; Django sends no body to the one who asked for it
            response = answer_get(request, *args, **kwargs)
            request.method = "HEAD"
            return response
        return answer_get(request, *args, **kwargs)

    def answer_get(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if operation in PRIVATE:
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "private, no-store"
            return response
        return _conditional(request, operation, lambda: view(request, *args, **kwargs))

    return with_any_origin(answer)


def _conditional(request: HttpRequest, operation: str, read: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer 304 when nothing changed (RFC 9110, section 13), else what is read, with its tag and date."""
    node = node_of(request)
    revision, now = get_revision(node), timezone.now()
    day = node.clock.now().date() if operation in DAILY else None
    tag = revision.tag_of(__version__, node.settings.origin, request.get_full_path(), day)
    # Dates of HTTP are the world's, also where the clock of a demonstration is moved.
    changed = revision.modified_before(now)
    if changed and day:
        changed = max(changed, dt.datetime.combine(now.date(), dt.time(), dt.UTC))
    stamp = int(changed.timestamp()) if changed else None
    # Only who was answered here before has this tag: then nothing is read. All other conditions hold for an answer of
    # 200 only (RFC 9110, section 13.2.1), so that a wrong parameter is told first.
    known = tag in {item.strip() for item in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponse() if known else read()
    if response.status_code == 200 and isinstance(response, HttpResponse):
        response = get_conditional_response(request, etag=tag, last_modified=stamp, response=response) or response
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
        if stamp is not None:
            response.headers["Last-Modified"] = http_date(stamp)
    return response


@cache
def _parameters() -> dict[str, frozenset[str]]:
    """Return the names of the parameters in the query of each address."""
    return {
        operation["operationId"]: frozenset(
            item["name"] for item in operation.get("parameters", ()) if item["in"] == "query"
        )
        for methods in api.get_description()["paths"].values()
        for operation in methods.values()
    }
