"""Bodies of requests beyond the limit are passed over and never kept."""

import asyncio
from collections.abc import Iterable

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from entraide.config import bodies
from entraide.config.bodies import TOO_LARGE, bound_bodies
from entraide.config.middleware import BodyMiddleware


def taken(parts: Iterable[bytes], headers: dict[bytes, bytes], largest: int) -> tuple[bytes, bool, str]:
    """Return what an application behind the limit is given of `parts`, whether it is told, and the last message."""
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append({"type": "http.request", "body": b"", "more_body": False})
    coming = iter(messages)
    got = b""
    scope_seen = {}
    last = ""

    async def receive():
        return next(coming)

    async def send(_message):
        raise AssertionError

    async def application(scope, receive, _send):
        nonlocal got, last
        while True:
            message = await receive()
            last = message["type"]
            got += message.get("body", b"")
            if last == "http.disconnect" or not message["more_body"]:
                scope_seen.update(scope)
                return

    scope = {"type": "http", "headers": list(headers.items())}
    asyncio.run(bound_bodies(application, largest=largest)(scope, receive, send))
    return got, scope_seen[TOO_LARGE], last


@pytest.mark.parametrize(
    ("parts", "headers", "expected"),
    [
        pytest.param([b"ab", b"cd"], {b"content-length": b"4"}, (b"abcd", False), id="within"),
        pytest.param([b"ab" * 4], {b"content-length": b"8"}, (b"abababab", False), id="at the limit"),
        pytest.param([b"ab" * 4, b"c"], {b"content-length": b"9"}, (b"", True), id="declared beyond"),
        pytest.param([b"abcd", b"efgh", b"ij", b"kl"], {}, (b"abcdefgh", True), id="beyond without saying so"),
        pytest.param(
            [b"abcd", b"efgh", b"ij"], {b"content-length": b"4"}, (b"abcdefgh", True), id="more than declared"
        ),
        pytest.param([b"ab"], {b"content-length": b"many"}, (b"", True), id="no number"),
    ],
)
def test_no_more_than_the_limit_is_given_on(parts, headers, expected) -> None:
    """What is beyond does not reach Django, which would keep it in a file, and the scope says so."""
    assert taken(parts, headers, 8) == (*expected, "http.request")


def test_a_body_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while the connection is given up instead of being read for ever."""
    monkeypatch.setattr(bodies, "PASSED_OVER", 20)
    assert taken([b"abcd"] * 6, {}, 8) == (b"abcdefgh".replace(b"efgh", b"abcd"), True, "http.disconnect")


def test_a_program_is_told_in_json() -> None:
    """The answer is 413 with code, message and remedy."""
    request = RequestFactory().post("/api/x")
    request.scope = {TOO_LARGE: True}
    answer = BodyMiddleware(lambda _request: HttpResponse("kept"))(request)
    assert answer.status_code == 413
    assert b"config.body_too_large" in answer.content
    request.scope = {TOO_LARGE: False}
    assert BodyMiddleware(lambda _request: HttpResponse("kept"))(request).content == b"kept"
