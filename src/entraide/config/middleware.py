"""Gives every request its node, maps the error tree to HTTP once, and sets the content security policy."""

import re
from collections.abc import Callable
from dataclasses import asdict
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation

from entraide.communiques.domain.undoing import FactWithdrawn
from entraide.config.bodies import TOO_LARGE, BodyTooLarge
from entraide.config.composition import current_node
from entraide.config.programs import is_for_programs
from entraide.documents.domain.errors import LARGEST_BYTES
from entraide.kernel.errors import EntraideError
from entraide.kernel.languages import SPOKEN
from entraide.programme.api import find_joined_fact
from entraide.rest.interface import problem_of
from entraide.web.acts.facts import withdrawal_at
from entraide.web.editions import NotInThisEdition, is_of_edition
from entraide.web.errors import error_text
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.typography import set_french

ID_IN_PATH = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
log = structlog.get_logger(__name__)


# Every script and style is a file of this site; nothing is framed, embedded or sent elsewhere.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class PolicyMiddleware:
    """Tells the browser to run and load nothing but this site's own files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request` with the policy, unless its view has set a policy of its own."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response


class AddressLanguageMiddleware:
    """Speaks the language that the address of a page asks for (`?lang=vi`), so that an archive can keep each.

    Addresses for programs read `lang` themselves and know no cookie; of pages, one that is not spoken changes nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request` in the language of its address, where it names one."""
        asked = request.GET.get("lang", "")
        if request.method in ("GET", "HEAD") and asked in SPOKEN:
            translation.activate(asked)
            request.LANGUAGE_CODE = asked
        return self.get_response(request)


class NodeMiddleware:
    """Sets `request.node`, routes the database to it, and tells the time of its place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request` with the node of this process."""
        node = current_node()
        request.node = node  # type: ignore[attr-defined]  # read through web.http.node_of
        with node.active(), timezone.override(ZoneInfo(node.settings.time_zone)):
            return self.get_response(request)


class JoinedMiddleware:
    """Leads from the address of a fact that was joined into another to that one, on pages, in files and in REST alike.

    The answer says that it lasts (301) and must be asked for again: a join can be undone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request`; where nothing is found, look whether the fact that its address names was joined."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.method not in ("GET", "HEAD"):
            return response
        named = ID_IN_PATH.search(request.path)
        joined = find_joined_fact(node_of(request), UUID(named.group())) if named else None
        if named is None or joined is None:
            return response
        path = request.get_full_path().replace(named.group(), str(joined[1]), 1)
        return HttpResponsePermanentRedirect(path, headers={"Cache-Control": "no-cache"})


class ErrorMiddleware:
    """Shows an error of the tree as one clear line with its remedy, in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request`; errors come to `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Render `errors/error.html` for an `EntraideError`; anything else is a defect and stays one."""
        if not isinstance(exception, EntraideError):
            return None
        return answer_error(request, withdrawal_at(request, node_of(request), exception) or exception)


class BodyMiddleware:
    """Answers a body beyond the limit of `bodies` with one line, before any view or form looks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request` unless what it brought was passed over."""
        if getattr(request, "scope", {}).get(TOO_LARGE):
            return answer_error(request, BodyTooLarge(limit=LARGEST_BYTES // 2**20))
        return self.get_response(request)


class EditionMiddleware:
    """Answers what this edition does not have with 404 and one sentence, before any view is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request` where the node's edition has its address."""
        if is_of_edition(node_of(request).settings.edition, request.path_info):
            return self.get_response(request)
        return answer_error(request, NotInThisEdition())


def answer_error(request: HttpRequest, error: EntraideError) -> HttpResponse:
    """Answer a program with problem details, a partner's node with JSON, and a person with a page."""
    if request.path_info.startswith("/api/") or is_for_programs(request.path_info):
        return problem_of(error)
    if request.path_info.startswith("/peer/"):
        body = {"code": error.code, "message": str(error), "remedy": error.remedy_text}
        return JsonResponse(body, status=error.http_status)
    return _show_error(request, error)


def _show_error(request: HttpRequest, error: EntraideError) -> HttpResponse:
    log.info("request_refused", code=error.code, path=request.path)
    withdrawn = isinstance(error, FactWithdrawn)
    template = "acts/withdrawn.html" if withdrawn else "errors/error.html"
    response = render(request, template, asdict(error_text(error)), status=error.http_status)
    if withdrawn:
        # Browsers keep 410 for ever by themselves, and a fact that was withdrawn may count again.
        response.headers["Cache-Control"] = "no-cache"
    return response


class TypographyMiddleware:
    """Sets the words of French pages as French prints them; see `web.typography`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request`; of what is answered only whole pages and parts of pages in French are changed."""
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming and reader_language() == "fr":
            response.content = set_french(response.content.decode(response.charset)).encode(response.charset)
            if "Content-Length" in response.headers:
                response.headers["Content-Length"] = str(len(response.content))
        return response
