"""`[limits]` of node.toml: how often programs may ask, and whose word about an address counts."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from entraide.access.domain.rates import Rate

Network = IPv4Network | IPv6Network


REPORTS = Rate(burst=5, per_minute=1)
"""At which an address may report errors, where the node file says nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The rates of an address and of a token in one of `processes`, and the networks of our own reverse proxies.

    `reports` is the rate at which one address may report errors.
    """

    address: Rate
    token: Rate
    proxies: tuple[Network, ...]
    processes: int = 1
    reports: Rate = REPORTS


DEFAULT_LIMITS = Limits(
    address=Rate(burst=60, per_minute=120),
    token=Rate(burst=300, per_minute=1200),
    proxies=(ip_network("127.0.0.0/8"), ip_network("::1/128")),
)
_NUMBERS = (
    "per_minute",
    "burst",
    "token_per_minute",
    "token_burst",
    "reports_per_minute",
    "reports_burst",
    "processes",
)


def read_limits(table: dict[str, Any]) -> Limits | None:
    """Return the limits of a node file's table, None when they are switched off; raises `ValueError`."""
    unknown = set(table) - {*_NUMBERS, "proxies", "off"}
    if unknown:
        raise ValueError(f"limits.{min(unknown)} is not a setting")
    if not isinstance(table.get("off", False), bool):
        raise ValueError("limits.off is true or false")  # noqa: TRY004 - the node file reports values
    if table.get("off", False):
        return None
    for name in _NUMBERS:
        value = table.get(name, 1)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ValueError(f"limits.{name} is a number of one or more")
    processes = int(table.get("processes", 1))
    known = DEFAULT_LIMITS

    def share(name: str, default: int) -> int:
        return max(1, int(table.get(name, default)) // processes)

    proxies = table.get("proxies")
    return Limits(
        address=Rate(share("burst", known.address.burst), share("per_minute", known.address.per_minute)),
        token=Rate(share("token_burst", known.token.burst), share("token_per_minute", known.token.per_minute)),
        proxies=known.proxies if proxies is None else tuple(ip_network(str(item)) for item in proxies),
        processes=processes,
        reports=Rate(
            share("reports_burst", known.reports.burst), share("reports_per_minute", known.reports.per_minute)
        ),
    )
