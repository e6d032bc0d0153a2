"""What a registrar holds in hand of a party on paper."""

import re
from dataclasses import dataclass

from entraide.directory.domain.errors import BadScan
from entraide.kernel.partial_dates import NotADate, PartialDate


@dataclass(frozen=True, slots=True)
class PaperFact:
    """The post that signed a paper, on which day (ISO 8601), and the paper's scan.

    `scan` is the SHA-256 of the scanned paper in hexadecimal, empty where there is none.
    """

    post: str
    signed_on: str
    scan: str = ""


def parse_scan(text: str) -> str:
    """Return a SHA-256 as 64 hexadecimal digits in small letters, or an empty text for none; raises `BadScan`."""
    digest = "".join(text.split()).lower()
    if digest and not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise BadScan
    return digest


def parse_day(text: str) -> str:
    """Return a whole day as ISO 8601 writes it; raises `NotADate`."""
    day = PartialDate(text)
    if day.start != day.end or len(day.value) != 10:
        raise NotADate(value=text[:21])
    return day.value
