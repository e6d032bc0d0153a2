"""Where a saved web page came from, as browsers and publishers write it into the file. Pure."""

from typing import Final
from urllib.parse import urlsplit

import regex

_BEGINNING: Final = 200_000
"""Bytes in which a page says it; what comes later is its text."""
_SAID: Final = (
    # Chromium's and the older Internet Explorer's mark of a saved page, and the header of an MHTML archive.
    regex.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", regex.IGNORECASE),
    regex.compile(rb"^(?:Snapshot-Content-Location|Content-Location):\s*(\S+)", regex.IGNORECASE | regex.MULTILINE),
    regex.compile(rb"<link\b[^>]{0,300}?\brel=[\"']?canonical\b[^>]{0,300}?\bhref=[\"']([^\"'>\s]+)", regex.IGNORECASE),
    regex.compile(
        rb"<link\b[^>]{0,300}?\bhref=[\"']([^\"'>\s]+)[\"'][^>]{0,300}?\brel=[\"']?canonical\b", regex.IGNORECASE
    ),
    regex.compile(
        rb"<meta\b[^>]{0,300}?\bproperty=[\"']?og:url\b[^>]{0,300}?\bcontent=[\"']([^\"'>\s]+)", regex.IGNORECASE
    ),
)
LONGEST: Final = 500


def address_of_page(data: bytes) -> str:
    """Return the address of the web that a saved page gives as its own, empty where it gives none."""
    for said in _SAID:
        found = said.search(data, 0, _BEGINNING)
        if found is not None and (address := _of_web(found[1].decode("utf-8", "replace"))):
            return address
    return ""


def _of_web(address: str) -> str:
    """Return an address that a reader can follow, else nothing."""
    address = address.replace("&amp;", "&")
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    fits = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and len(address) <= LONGEST
    return address if fits and address.isprintable() else ""
