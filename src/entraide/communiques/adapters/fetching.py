"""Fetching from the web what an operator named: within limits of size, time and redirects, and from nowhere else.

A name is resolved here, each of its addresses is judged, and the connection goes to one that was judged: neither a
redirect nor a name that changes meanwhile leads into a private network. Proxies of the environment are not used.
"""

import ipaddress
import socket
import threading
import zlib
from dataclasses import dataclass
from typing import Final

import httpx

from entraide.communiques.domain.errors import Gone, NotFetched
from entraide.kernel.text import N_

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 10.0
MOST_REDIRECTS: Final = 3
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_REFUSALS: Final = frozenset({400, 401, 403, 404, 405, 406, 410, 414, 415, 451})
"""Answers that will be the same tomorrow."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What may be fetched: from these `hosts` (with and without `www.`), from a private network only where `private`,
    `size` in bytes, `seconds` for all redirects together.
    """

    hosts: frozenset[str]
    size: int
    private: bool = False
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: `unchanged` without a body where the server says that nothing is new since the validators given."""

    body: bytes
    media_type: str
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


def fetch(url: str, limits: FetchLimits, *, agent: str, etag: str = "", last_modified: str = "") -> Fetched:
    """Return what is at `url`; raises `Gone` where it will not be there tomorrow either, else `NotFetched`."""
    headers = {"user-agent": agent, "accept-encoding": "identity"}
    headers |= {"if-none-match": etag} if etag else {}
    headers |= {"if-modified-since": last_modified} if last_modified else {}
    client = httpx.Client(follow_redirects=False, trust_env=False)
    # A server that sends one byte at a time keeps within the time-out of every read; this ends it all the same.
    end = threading.Timer(limits.seconds, client.close)
    end.daemon = True
    end.start()
    try:
        for _hop in range(MOST_REDIRECTS + 1):
            answer = _ask(client, url, limits, headers)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise NotFetched(address=url, why=N_("it leads on too often"))
    except httpx.TimeoutException as error:
        raise NotFetched(address=url, why=N_("no answer in time")) from error
    except httpx.ConnectError as error:
        raise NotFetched(address=url, why=N_("no connection")) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, RuntimeError, ValueError) as error:
        why = N_("no answer in time") if not end.is_alive() else N_("its answer is broken off or no HTTP")
        raise NotFetched(address=url, why=why) from error
    finally:
        end.cancel()
        client.close()


def _ask(client: httpx.Client, url: str, limits: FetchLimits, headers: dict[str, str]) -> Fetched | str:
    """Ask once; return what came, or the address to which the answer leads."""
    target = httpx.URL(url)
    address = judge(target, limits)
    # The connection goes to the judged address; the host's name is what the server and its certificate are asked for.
    request = client.build_request(
        "GET",
        target.copy_with(host=address),
        headers={**headers, "host": target.netloc.decode("ascii")},
        extensions={"sni_hostname": target.raw_host.decode("ascii")},
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
    )
    answer = client.send(request, stream=True)
    try:
        return _answered(answer, target, limits)
    finally:
        answer.close()


def judge(target: httpx.URL, limits: FetchLimits) -> str:
    """Return the address to connect to for `target`; raises `NotFetched` where it may not be fetched."""
    if target.scheme not in {"http", "https"} or target.userinfo:
        raise NotFetched(address=str(target), why=N_("it is no plain address of the web"))
    if _bare(target.host) not in {_bare(host) for host in limits.hosts}:
        raise NotFetched(address=str(target), why=N_("its host is none that the operator named"))
    addresses = _resolve(target)
    if not limits.private and not all(is_public(address) for address in addresses):
        raise NotFetched(address=str(target), why=N_("its host is in a private network"))
    return addresses[0]


def _resolve(target: httpx.URL) -> list[str]:
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(target.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotFetched(address=str(target), why=N_("its host has no address")) from error
    return [str(info[4][0]) for info in found]


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet, also where it wraps one of version 4."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        wrapped = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if parsed in _NAT64:
            wrapped = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return parsed.is_global and not parsed.is_multicast


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _answered(answer: httpx.Response, target: httpx.URL, limits: FetchLimits) -> Fetched | str:
    if answer.status_code == 304:
        return Fetched(b"", "", unchanged=True)
    if answer.is_redirect:
        onward = target.join(answer.headers["location"])
        if target.scheme == "https" and onward.scheme != "https":
            raise NotFetched(address=str(target), why=N_("it leads from https to an address without encryption"))
        return str(onward)
    if answer.status_code in _REFUSALS:
        raise Gone(address=str(target), status=answer.status_code)
    if answer.status_code != 200:
        raise NotFetched(address=str(target), why=N_("the server answers with an error"))
    return Fetched(
        _body(answer, target, limits),
        answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
        answer.headers.get("etag", "")[:200],
        answer.headers.get("last-modified", "")[:100],
    )


def _body(answer: httpx.Response, target: httpx.URL, limits: FetchLimits) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_raw():
        size += len(part)
        if size > limits.size:
            raise NotFetched(address=str(target), why=N_("it is too large"))
        parts.append(part)
    data = b"".join(parts)
    packed = answer.headers.get("content-encoding", "identity").lower()
    if packed == "identity":
        return data
    if packed not in {"gzip", "x-gzip", "deflate"}:
        raise NotFetched(address=str(target), why=N_("it is packed in a way that was not asked for"))
    try:
        unpacked = zlib.decompressobj(47).decompress(data, limits.size + 1)
    except zlib.error as error:
        raise NotFetched(address=str(target), why=N_("its answer is broken off or no HTTP")) from error
    if len(unpacked) > limits.size:
        raise NotFetched(address=str(target), why=N_("it is too large"))
    return unpacked
