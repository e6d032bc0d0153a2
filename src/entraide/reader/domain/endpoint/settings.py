"""What an endpoint's settings must be, whoever gives them: the node file or the command line."""

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from entraide.kernel.node import ReaderEndpoint


def make_endpoint(
    *, url: str, model: str, key_variable: str = "", key_file: Path | None = None, **numbers: int
) -> ReaderEndpoint:
    """Return an endpoint whose address and names fit; raises `ValueError` with what does not."""
    if not model or len(model) > 100 or not model.isprintable():
        raise ValueError("the endpoint needs the name of a model, of at most 100 characters")
    if key_variable and key_file:
        raise ValueError("the endpoint has a key_variable or a key_file, not both")
    return ReaderEndpoint(url=_address(url), model=model, key_variable=key_variable, key_file=key_file, **numbers)


def _address(url: str) -> str:
    """Return the address without its last slash; http only on this machine: the key passes there."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("the url of the endpoint is an address such as https://host/v1")
    if parts.username or parts.password:
        raise ValueError("the url of the endpoint holds no name or password; the key has a setting of its own")
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise ValueError("the url of the endpoint begins with https:// unless it is on this machine")
    return url.rstrip("/").removesuffix("/chat/completions")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
