"""Logs hold no content, whatever fails."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from entraide.config.logs import set_up_logs


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged while the test runs; afterwards logging is as before."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr(sys, "stderr", stream)
    set_up_logs()
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def read(content: dict[str, str]) -> str:
    """Fail with content in a variable and in the exception's text."""
    raise KeyError(str(content))


def fail() -> None:
    """Fail as a service would: the cause has content in its text too."""
    try:
        read({"name": "Subject A", "passphrase": "correct horse"})
    except KeyError as error:
        raise ValueError("what Subject A said") from error


@pytest.mark.parametrize("name", ["django.request", "entraide.requests"])
def test_an_exception_is_logged_by_its_kind_and_places_alone(lines: io.StringIO, name: str):
    """Neither the text of an exception nor the value of a variable reaches the log."""
    try:
        fail()
    except ValueError:
        if name.startswith("django"):
            logging.getLogger(name).exception("Internal Server Error: /requests/")
        else:
            structlog.get_logger(name).exception("handler_failed")
    text = lines.getvalue()
    assert "Subject A" not in text
    assert "correct horse" not in text
    logged = json.loads(text)
    assert [item["kind"] for item in logged["exception"]] == ["ValueError", "KeyError"]
    assert "test_logs.py" in logged["exception"][0]["places"][-1]
