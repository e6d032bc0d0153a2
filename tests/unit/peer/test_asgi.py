"""The peer door under bad clients: too large, too slow, gone, wrong method, wrong path."""

import asyncio
import json

import pytest

from entraide.peer.asgi import build_application
from entraide.peer.dispatch import LIMITS
from tests.factories.nodes import make_node

PATH = "/peer/v1/pairing"


def ask(messages, *, method="POST", path=PATH, headers=(), body_seconds=0.2):
    """Send `messages` (ASGI receive events; a number is a pause in seconds) and return what was answered."""
    sent = []
    left = list(messages)

    async def receive():
        while left:
            message = left.pop(0)
            if isinstance(message, int | float):
                await asyncio.sleep(message)
                continue
            return message
        await asyncio.sleep(30)
        raise AssertionError

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": list(headers)}
    application = build_application(make_node(), body_seconds=body_seconds)
    asyncio.run(application(scope, receive, send))
    if not sent:
        return None
    return sent[0]["status"], json.loads(sent[1]["body"])


def part(body, *, more=False):
    return {"type": "http.request", "body": body, "more_body": more}


@pytest.mark.parametrize(
    ("messages", "options", "status", "code"),
    [
        pytest.param([part(b"")], {"path": "/peer/v1/other"}, 404, "peer.no_such_path", id="unknown path"),
        pytest.param([part(b"")], {"method": "GET"}, 405, "peer.post_only", id="not a POST"),
        pytest.param(
            [], {"headers": [(b"content-length", b"99999999")]}, 413, "peer.too_large", id="announced too large"
        ),
        pytest.param(
            [part(b"x" * 40_000, more=True)] * 3, {}, 413, "peer.too_large", id="too large without announcing it"
        ),
        pytest.param([part(b"x", more=True)], {}, 408, "peer.too_slow", id="half-sent body"),
        pytest.param([part(b"x", more=True), 0.05] * 20, {}, 408, "peer.too_slow", id="one byte now and then"),
        pytest.param([part(b"nonsense")], {}, 400, "channel.bad_pairing", id="nonsense"),
    ],
)
def test_a_bad_client_gets_a_clear_answer(messages, options, status, code):
    """Each bad request is answered with its status, a code, a message and a remedy, without touching the database."""
    answer = ask(messages, **options)
    assert answer is not None
    assert (answer[0], answer[1]["code"]) == (status, code)
    assert answer[1]["message"]
    assert answer[1]["remedy"]


def test_a_client_that_hangs_up_is_not_answered():
    """A connection that ends in the middle of a body is let go."""
    assert ask([part(b"x", more=True), {"type": "http.disconnect"}]) is None


def test_every_path_has_a_limit():
    """No path reads without a limit of bytes."""
    assert LIMITS
    assert all(0 < limit <= 8 * 1024 * 1024 for limit in LIMITS.values())
