"""How machine-readable addresses answer: in which language, and with which tag.

The tag is made from the revision of the register, so that "not modified" costs one short query and nothing is built.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation.trans_real import parse_accept_lang_header

from entraide import __version__
from entraide.kernel.errors import BadInput
from entraide.kernel.languages import SOURCE, SPOKEN, base_of
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.storage.api import get_revision
from entraide.web.http import node_of

P = ParamSpec("P")
FRESH_SECONDS = 300
KEPT_ANSWERS = 32
LARGEST_KEPT = 1_000_000


class UnknownLanguage(BadInput):
    """A feed is asked for in a language that it does not speak."""

    code = "web.unknown_language"
    message = N_("“{language}” is not a language of this site.")
    remedy = N_("Use one of: {known}.")


@dataclass(frozen=True, slots=True)
class Made:
    """What is answered: bytes, their media type, and the language of their texts (empty: all languages there are).

    `day` is the date on which the content depends, as what is due does; `filename` is offered for saving.
    """

    content_type: str
    build: Callable[[], bytes]
    language: str = ""
    day: dt.date | None = None
    filename: str = ""


def machine_readable(
    view: Callable[Concatenate[HttpRequest, P], Made],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Serve what `view` describes, with conditions; what all addresses for programs do, `config.programs` does."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return _conditional(request, view(request, *args, **kwargs))

    return answer


def language_asked(request: HttpRequest) -> str:
    """Return the language of `?lang=`, else the first known one of Accept-Language, else English.

    No cookie counts: a shared cache may keep the answer. Raises `UnknownLanguage`.
    """
    asked = request.GET.get("lang", "")
    if asked:
        code = base_of(asked)
        if code not in SPOKEN:
            raise UnknownLanguage(language=asked[:20], known=", ".join(SPOKEN))
        return code
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        code = base_of(wanted)
        if code in SPOKEN:
            return code
    return SOURCE


def _conditional(request: HttpRequest, made: Made) -> HttpResponse:
    node = node_of(request)
    revision = get_revision(node)
    # What the node file says of the publisher stands in feeds, and changes without a change of the register.
    publisher = sorted(node.settings.organisation.items())
    address = (node.settings.origin, request.get_full_path())
    tag = revision.tag_of(__version__, publisher, *address, made.language, made.day)
    # Dates of HTTP are the world's, also where the clock of a demonstration is moved.
    modified = _modified(revision.modified_before(timezone.now()), made.day)
    stamp = int(modified.timestamp()) if modified else None
    # Only who was answered here before has this tag: then nothing is built. All other conditions hold for an answer of
    # 200 only (RFC 9110, section 13.2.1), so that what is wrong or missing is told first.
    known = tag in {item.strip() for item in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponse(b"" if known else _built(node, tag, made), content_type=made.content_type)
    if made.filename:
        response.headers["Content-Disposition"] = f'inline; filename="{made.filename}"'
    response = get_conditional_response(request, etag=tag, last_modified=stamp, response=response) or response
    response.headers["ETag"] = tag
    if stamp is not None:
        response.headers["Last-Modified"] = http_date(stamp)
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    if made.language:
        response.headers["Content-Language"] = made.language
        if "lang" not in request.GET:
            patch_vary_headers(response, ["Accept-Language"])
    return response


def _modified(changed: dt.datetime | None, day: dt.date | None) -> dt.datetime | None:
    """Return when the answer last changed: with the register, or as the day began on which it depends."""
    if changed is None or day is None:
        return changed
    return max(changed, dt.datetime.combine(timezone.now().date(), dt.time(), dt.UTC))


class KeptAnswers:
    """The answers of one node that were asked for last, by tag: a tag names one content for ever."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._contents: OrderedDict[str, bytes] = OrderedDict()

    def find(self, tag: str) -> bytes | None:
        """Return the content of `tag` if it was kept."""
        with self._guard:
            if tag in self._contents:
                self._contents.move_to_end(tag)
            return self._contents.get(tag)

    def keep(self, tag: str, content: bytes) -> None:
        """Keep `content` unless it is large; the longest unasked one makes room."""
        if len(content) > LARGEST_KEPT:
            return
        with self._guard:
            self._contents[tag] = content
            while len(self._contents) > KEPT_ANSWERS:
                self._contents.popitem(last=False)


def _built(node: Node, tag: str, made: Made) -> bytes:
    """Return the content of `tag`, built once while it is asked for often."""
    kept = node.process.of(KeptAnswers)
    content = kept.find(tag)
    if content is not None:
        return content
    if made.language:
        with translation.override(made.language):
            content = made.build()
    else:
        content = made.build()
    kept.keep(tag, content)
    return content
