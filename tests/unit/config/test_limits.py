"""`[limits]` of node.toml, and whom a request is counted for."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from entraide.access.domain.rates import Rate
from entraide.config.limiting import MemoryBuckets, client_of
from entraide.config.limits import DEFAULT_LIMITS, read_limits


def test_limits_are_there_unless_they_are_switched_off():
    """Without a table the defaults hold; only `off = true` removes them; processes share them."""
    assert read_limits({}) == DEFAULT_LIMITS
    assert read_limits({"off": True}) is None
    shared = read_limits({"per_minute": 100, "burst": 10, "processes": 4})
    assert shared is not None
    assert shared.address == Rate(burst=2, per_minute=25)


@pytest.mark.parametrize(
    "table",
    [
        {"burst": 0},
        {"per_minute": "many"},
        {"processes": True},
        {"proxies": ["nowhere"]},
        {"bursts": 5},
        {"off": "yes"},
    ],
)
def test_a_wrong_limit_is_refused(table):
    """A number below one, a word, an address that is none, or a misspelt setting."""
    with pytest.raises(ValueError):  # noqa: PT011 - the node file says which line
        read_limits(table)


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        pytest.param("203.0.113.9", "", "203.0.113.9", id="who reached us"),
        pytest.param("203.0.113.9", "198.51.100.1", "203.0.113.9", id="a stranger's word does not count"),
        pytest.param("127.0.0.1", "198.51.100.1", "198.51.100.1", id="our proxy's does"),
        pytest.param("127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1", id="not what the client wrote before"),
        pytest.param("127.0.0.1", "198.51.100.1, ::1", "198.51.100.1", id="two proxies of ours"),
        pytest.param("127.0.0.1", "", "127.0.0.1", id="on this machine"),
        pytest.param("127.0.0.1", "nonsense", "unknown", id="nonsense"),
        pytest.param("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64", id="one customer of a provider"),
        pytest.param("::ffff:203.0.113.9", "", "203.0.113.9", id="IPv4 within IPv6"),
        pytest.param("", "", "unknown", id="no address"),
    ],
)
def test_whom_a_request_is_counted_for(remote, forwarded, expected):
    """The address that reached us, or what our own proxy says."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/api/v1/meetings", headers=headers, REMOTE_ADDR=remote)
    assert client_of(request, DEFAULT_LIMITS.proxies) == expected


def test_memory_is_bounded():
    """However many addresses ask, the latest are kept."""
    buckets, at = MemoryBuckets(most=10), datetime(2025, 1, 12, tzinfo=UTC)
    for number in range(1000):
        buckets.take(f"address {number}", Rate(1, 60), at)
    assert len(buckets) == 10
    assert not buckets.take("address 999", Rate(1, 60), at).allowed
