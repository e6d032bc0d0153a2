"""Limits how often programs ask for what is made for them: REST, feeds, calendars, linked data, exports, the
sitemap.

Each process keeps the buckets of the addresses and tokens that it saw last, so that memory is bounded whoever asks;
with several processes each has its share of the rate (`[limits] processes`). Pages for people are not limited, but for
reports of errors, which anybody may send.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from entraide.access.api import Scope, authenticate_token
from entraide.access.domain.errors import BadToken, ScopeMissing, TooManyRequests
from entraide.access.domain.rates import Allowance, Bucket, Buckets, Rate, take_one
from entraide.access.domain.tokens import parse_token
from entraide.config.limits import Limits, Network
from entraide.config.middleware import answer_error
from entraide.config.programs import is_for_programs
from entraide.kernel.node import Node
from entraide.rest.interface import problem_of
from entraide.web.http import node_of

REPORTS = re.compile(r"/error-reports/new/")
MOST_BUCKETS = 20_000
IPV6_NETWORK = 64
"""Bits of an IPv6 address that a provider gives to one customer."""


class MemoryBuckets:
    """The buckets of whoever asked this process last, at most `most` of them."""

    def __init__(self, most: int = MOST_BUCKETS) -> None:
        self._most = most
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: str, rate: Rate, at: datetime) -> Allowance:
        """Take one request from the bucket of `key`."""
        with self._lock:
            bucket, allowance = take_one(rate, self._buckets.get(key), at)
            self._buckets[key] = bucket
            self._buckets.move_to_end(key)
            while len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            return allowance


class LimitMiddleware:
    """Answers 429 to an address, or to a token, that asks too often (RFC 6585, section 4)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.buckets: Buckets = MemoryBuckets()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request`, or say when to come back; a token that is not valid is told at once."""
        limits: Limits | None = settings.RATE_LIMITS
        if limits is None or request.method == "OPTIONS" or not _is_limited(request.path_info):
            return self.get_response(request)
        node, bearer = node_of(request), _bearer(request)
        key, rate, valid = f"address {client_of(request, limits.proxies)}", limits.address, True
        if bearer:
            valid = _is_valid(node, bearer)
            if valid:
                key, rate = f"token {parse_token(bearer)[0]}", limits.token
        allowance = self.buckets.take(key, rate, node.clock.now())
        if not allowance.allowed:
            response = problem_of(TooManyRequests(seconds=allowance.wait))
            response.headers["Retry-After"] = str(allowance.wait)
        else:
            response = self.get_response(request) if valid else problem_of(BadToken())
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
        response.headers["RateLimit-Limit"] = str(allowance.limit)
        response.headers["RateLimit-Remaining"] = str(allowance.left)
        response.headers["RateLimit-Reset"] = str(allowance.reset)
        return response


def _is_limited(path: str) -> bool:
    """Whether an address counts: REST and what is made for programs; not what tells them to go easy."""
    return path.startswith("/api/") or (is_for_programs(path) and path != "/robots.txt")


class ReportLimitMiddleware:
    """Answers 429 to an address that sends more reports of errors than a person writes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.buckets: Buckets = MemoryBuckets()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve `request`, or say when to come back."""
        limits: Limits | None = settings.RATE_LIMITS
        if limits is None or request.method != "POST" or not REPORTS.match(request.path_info):
            return self.get_response(request)
        client = client_of(request, limits.proxies)
        allowance = self.buckets.take(client, limits.reports, node_of(request).clock.now())
        if allowance.allowed:
            return self.get_response(request)
        response = answer_error(request, TooManyRequests(seconds=allowance.wait))
        response.headers["Retry-After"] = str(allowance.wait)
        return response


def client_of(request: HttpRequest, proxies: tuple[Network, ...]) -> str:
    """Return whom to count: the address that reached us, or the one that our own proxies say reached them.

    X-Forwarded-For is read from its end, as far as proxies of ours wrote it: what stands before, anybody may write.
    """
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    while hops and _is_in(address, proxies):
        address = hops.pop()
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, IPV6_NETWORK), strict=False))
    return str(parsed)


def _is_in(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)


def _bearer(request: HttpRequest) -> str:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else ""


def _is_valid(node: Node, text: str) -> bool:
    try:
        authenticate_token(node, text, Scope.read_register)
    except ScopeMissing:
        return True
    except BadToken:
        return False
    return True
