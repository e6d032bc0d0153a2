"""`[reader.endpoint]` of node.toml: off unless switched on, and refused with the reason where it would be unsafe."""

from pathlib import Path
from typing import Any

import pytest

from entraide.config.endpoint import read_endpoint

HOME = Path("/srv/entraide")
ON: dict[str, Any] = {"enabled": True, "url": "https://models.example.org/v1/", "model": "small"}


@pytest.mark.parametrize("table", [{}, {**ON, "enabled": False}, {"url": "https://x.org", "model": "m"}])
def test_it_is_off_unless_the_file_switches_it_on(table):
    """No table, a table that says no, and a table that says nothing are all off."""
    assert read_endpoint(table, HOME) is None


def test_a_table_that_is_on():
    """The address loses its slash, the key's file lies in the home, the limits have defaults."""
    endpoint = read_endpoint({**ON, "key_file": "keys/model", "timeout_seconds": 20}, HOME)
    assert endpoint is not None
    assert (endpoint.url, endpoint.host) == ("https://models.example.org/v1", "models.example.org")
    assert endpoint.key_file == HOME / "keys/model"
    assert (endpoint.timeout_seconds, endpoint.max_bytes) == (20, 1_000_000)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"urll": "x"}, "urll is not a setting"),
        ({"api_key": "secret"}, "api_key is not a setting"),
        ({"enabled": "yes"}, "enabled is true or false"),
        ({"url": "http://models.example.org/v1"}, "https"),
        ({"url": ""}, "address"),
        ({"url": 5}, "url is a text"),
        ({"model": ""}, "model"),
        ({"timeout_seconds": 0}, "timeout_seconds is a number from 1 to 600"),
        ({"max_bytes": True}, "max_bytes is a number"),
        ({"key_file": "a", "key_variable": "B"}, "not both"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_setting_that_does_not_fit_is_named(change, why):
    """The operator reads which setting it is; a key itself is never one."""
    with pytest.raises(ValueError, match=why):
        read_endpoint({**ON, **change}, HOME)
