"""Builders of nodes in memory: a clock that stands until it is moved, seeded randomness, and what a test passes in."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from entraide.kernel.node import Blobs, Edition, Handlers, KeyRing, Node, NodeSettings, Transport

NOON = datetime(2025, 1, 12, 12, tzinfo=UTC)
MINISTRIES = {
    "vn-mps": (
        "VN",
        {"en": "Ministry of Public Security", "fr": "Ministère de la Sécurité publique", "vi": "Bộ Công an"},
        "http://127.0.0.1:8000",
    ),
    "la-mops": (
        "LA",
        {"en": "Ministry of Public Security", "fr": "Ministère de la Sécurité publique", "vi": "Bộ An ninh Lào"},
        "http://127.0.0.1:8001",
    ),
    "vn-moj": (
        "VN",
        {"en": "Ministry of Justice", "fr": "Ministère de la Justice", "vi": "Bộ Tư pháp"},
        "http://127.0.0.1:8002",
    ),
    "kh-moi": (
        "KH",
        {"en": "Ministry of Interior", "fr": "Ministère de l'Intérieur", "vi": "Bộ Nội vụ Campuchia"},
        "http://127.0.0.1:8003",
    ),
}


@dataclass
class StandingClock:
    """Tells the moment it was set to; `advance` moves it."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def advance(self, **step: float) -> None:
        self.at += timedelta(**step)


@dataclass
class SeededRandomness:
    """Draws the same bytes in every run of a test."""

    seed: str = "entraide"
    drawn: int = field(default=0)

    def draw(self, size: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_256(f"{self.seed} {self.drawn}".encode()).digest(size)


def make_node(
    database: str = "default",
    *,
    name: str | None = None,
    clock: StandingClock | None = None,
    keyring: KeyRing | None = None,
    transport: Transport | None = None,
    blobs: Blobs | None = None,
    demonstration: bool = False,
    edition: Edition = Edition.NODE,
    request_forms: Path | None = None,
    safeguards: Path | None = None,
    handlers: Handlers | None = None,
) -> Node:
    """Return the node of Vietnam's ministry in the database "default", or of Laos's in "partner".

    A part that is not given is missing, so that a test which uses it by mistake fails at once.
    """
    own_name = name or {"default": "vn-mps", "partner": "la-mops"}[database]
    state, organisation, origin = MINISTRIES[own_name]
    missing = cast(Any, None)
    return Node(
        settings=NodeSettings(
            Path(),
            own_name,
            state,
            organisation,
            origin,
            demonstration,
            edition,
            request_forms=request_forms,
            safeguards=safeguards,
        ),
        clock=clock or StandingClock(),
        random=SeededRandomness(own_name),
        keyring=keyring or missing,
        transport=transport or missing,
        blobs=blobs or missing,
        database=database,
        handlers=handlers,
    )
