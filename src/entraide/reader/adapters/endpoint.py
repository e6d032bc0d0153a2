"""HTTP to an OpenAI-compatible endpoint: one question, a deadline over all of it, a limit on the answer, no redirects.

The text of one source is all that is sent. The key is read when it is needed and stands in no setting, error or log.
"""

import json
import os
import threading
import time
from typing import Any, Final

import httpx

from entraide.kernel.node import ReaderEndpoint
from entraide.reader.domain.endpoint.shape import BadAnswer, Failure

CONNECT_SECONDS: Final = 5.0
_CLOSING_SECONDS: Final = 0.2


def ask_endpoint(endpoint: ReaderEndpoint, question: dict[str, Any]) -> bytes:
    """Return the bytes that the endpoint answers to `question`, within its time-out; raises `BadAnswer`.

    The work is done in a thread of its own: a server that sends one byte of its headers at a time keeps within every
    time-out of a single read, and only somebody outside can put an end to it.
    """
    headers = {"content-type": "application/json", "accept": "application/json", "accept-encoding": "identity"}
    key = read_key(endpoint)
    if key:
        headers["authorization"] = f"Bearer {key}"
    body = json.dumps(question).encode()
    outcome: list[bytes | BadAnswer] = []
    client = httpx.Client(follow_redirects=False, trust_env=False)
    asked = threading.Thread(target=_ask, args=(client, endpoint, headers, body, outcome), daemon=True)
    asked.start()
    asked.join(endpoint.timeout_seconds)
    late = asked.is_alive()
    client.close()
    if late:
        asked.join(_CLOSING_SECONDS)
        raise BadAnswer(Failure.TIMED_OUT)
    answer = outcome[0] if outcome else BadAnswer(Failure.BROKEN_OFF)
    if isinstance(answer, BadAnswer):
        raise answer
    return answer


def read_key(endpoint: ReaderEndpoint) -> str:
    """Return the key, empty where none is configured; raises `BadAnswer` when it cannot be had."""
    try:
        if endpoint.key_variable:
            key = os.environ[endpoint.key_variable]
        elif endpoint.key_file is not None:
            key = endpoint.key_file.read_text(encoding="ascii")
        else:
            return ""
    except (OSError, KeyError, ValueError) as error:
        raise BadAnswer(Failure.NO_KEY) from error
    key = key.strip()
    if not key or not key.isascii() or not key.isprintable():
        raise BadAnswer(Failure.NO_KEY)
    return key


def _ask(
    client: httpx.Client, endpoint: ReaderEndpoint, headers: dict[str, str], body: bytes,
    outcome: list[bytes | BadAnswer],
) -> None:  # fmt: skip
    """Ask, and leave in `outcome` what came of it; nothing is raised into the thread."""
    seconds = endpoint.timeout_seconds
    limits = httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
    address = f"{endpoint.url}/chat/completions"
    try:
        with client.stream("POST", address, content=body, headers=headers, timeout=limits) as answer:
            outcome.append(_read(answer, endpoint, time.monotonic() + seconds))
    except BadAnswer as error:
        outcome.append(error)
    except httpx.TimeoutException:
        outcome.append(BadAnswer(Failure.TIMED_OUT))
    except (httpx.ConnectError, httpx.InvalidURL, httpx.UnsupportedProtocol):
        outcome.append(BadAnswer(Failure.UNREACHABLE))
    except (httpx.HTTPError, OSError, RuntimeError, ValueError):
        # Broken HTTP, a connection that ends early, or the client closed by the deadline.
        outcome.append(BadAnswer(Failure.BROKEN_OFF))


def _read(answer: httpx.Response, endpoint: ReaderEndpoint, deadline: float) -> bytes:
    if answer.is_redirect:
        raise BadAnswer(Failure.REDIRECTED)
    if answer.status_code != httpx.codes.OK:
        raise BadAnswer(Failure.STATUS)
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise BadAnswer(Failure.WRONG_SHAPE)
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_raw():
        size += len(part)
        if size > endpoint.max_bytes:
            raise BadAnswer(Failure.TOO_LARGE)
        if time.monotonic() > deadline:
            raise BadAnswer(Failure.TIMED_OUT)
        parts.append(part)
    return b"".join(parts)
