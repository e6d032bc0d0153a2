"""Pairing: commit, reveal, compare digits, confirm.

The node that starts commits to its card and a nonce, the other answers with its own card and nonce, and only then is
the first revealed. Neither can choose its part after seeing the other's, so that somebody who stands between them and
pairs with each cannot make both sides show the same digits, except by a chance of one in 10**15 (49.8 bits; DESIGN asks
for 40). The transcript covers both nodes' keys, origins, names, suites and TLS pins; its digest is leaf 0 of both
directed logs.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, NewType
from urllib.parse import urlsplit
from uuid import UUID

from entraide.channel.domain.batch import SUITES
from entraide.channel.domain.errors import BadOrigin, BadPairing
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.codecs import Fault, Filed, Instead, Malformed, Text
from entraide.kernel.signing import PublicKeys
from entraide.kernel.text import N_
from entraide.kernel.wire import Document, Most

PAIRING_VERSION = 1
COMMIT_LABEL = b"entraide/pairing/commitment/v1\n"
TRANSCRIPT_LABEL = b"entraide/pairing/transcript/v1\n"
DIGITS_LABEL = b"entraide/pairing/digits/v1\n"
CONFIRM_LABEL = "entraide/pairing/confirm/v1"
ABORT_LABEL = "entraide/pairing/abort/v1"
NONCE_BYTES = 32
DIGITS = 15
MOST_NAMES = 30
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\Z")

PairingId = NewType("PairingId", UUID)


class PairingState(StrEnum):
    """Where a pairing stands on this node."""

    STARTED = "started"
    INCOMING = "incoming"
    COMPARE = "compare"
    CONFIRMED = "confirmed"
    PAIRED = "paired"
    ABORTED = "aborted"


OPEN_STATES = (PairingState.STARTED, PairingState.INCOMING, PairingState.COMPARE, PairingState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Card(Document):
    """What a node says of itself."""

    constants = {"v": PAIRING_VERSION}

    name: Annotated[str, Text(100), "lower-case letters, digits and dashes"]
    state: Annotated[str, Text(2), "ISO 3166-1 alpha-2"]
    organisation: Annotated[
        Mapping[str, str], Filed(Text(20), Text(200), MOST_NAMES), "the ministry's name by language"
    ]
    origin: Annotated[str, Text(300), "where it is reached"]
    keys: Annotated[PublicKeys, "its three public keys"]
    suites: Annotated[tuple[Annotated[str, Text(100)], ...], Most(20), "the suites that it accepts"]
    tls_pin: Annotated[
        str | None, Instead(Text(100)), "SHA-256 of its TLS key, 64 hexadecimal digits; null on loopback http"
    ] = None


def parse_card(value: object) -> Card:
    """Return the card of a JSON object; raises `BadPairing` for anything a node could not be paired with."""
    try:
        card = Card.from_json(value)
    except Malformed as error:
        if error.fault is Fault.UNKNOWN_VERSION:
            raise BadPairing(why=N_("the partner's card has an unknown version")) from error
        raise BadPairing(why=N_("the partner's card is malformed")) from error
    check_card(card)
    return card


def check_origin(origin: str) -> str:
    """Return `origin` without a trailing slash; raises `BadOrigin` unless it is https, or http on this machine."""
    parts = urlsplit(origin.strip().rstrip("/"))
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not parts.hostname or parts.path or parts.query or parts.fragment or parts.username is not None:
        raise BadOrigin(why=N_("an origin is https:// with a host and perhaps a port"))
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise BadOrigin(why=N_("an origin begins with https:// (http:// only on the same machine)"))
    return f"{parts.scheme}://{parts.netloc}"


def confirmation(transcript: bytes, name: str) -> bytes:
    """Return what the node called `name` signs when its operator has confirmed the digits."""
    return transcript + name.encode("ascii")


def commit_to(card: Card, nonce: bytes) -> bytes:
    """Return the commitment of the node that starts: SHA-256 over label, nonce and card (32 bytes)."""
    return hashlib.sha256(COMMIT_LABEL + nonce + card.to_bytes()).digest()


def derive_transcript(*, initiator: Card, responder: Card, initiator_nonce: bytes, responder_nonce: bytes) -> bytes:
    """Return the digest over everything both sides said (32 bytes): leaf 0 of both directed logs.

    Raises `BadPairing` for a short nonce, one node shown twice, or two without a common suite.
    """
    if len(initiator_nonce) != NONCE_BYTES or len(responder_nonce) != NONCE_BYTES:
        raise BadPairing(why=N_("a nonce does not have 32 bytes"))
    if initiator.name == responder.name or initiator.keys == responder.keys:
        raise BadPairing(why=N_("both sides show the same name or the same keys"))
    if not agree_suites(initiator.suites, responder.suites):
        raise BadPairing(why=N_("the two nodes have no suite of algorithms in common"))
    transcript = {
        "v": PAIRING_VERSION,
        "initiator": initiator.to_json(),
        "responder": responder.to_json(),
        "initiator_nonce": initiator_nonce.hex(),
        "responder_nonce": responder_nonce.hex(),
    }
    return hashlib.sha256(TRANSCRIPT_LABEL + canonical_bytes(transcript)).digest()


def derive_digits(transcript: bytes) -> str:
    """Return the 15 digits that two people compare, in groups of three: `123 456 789 012 345`."""
    number = int.from_bytes(hashlib.sha256(DIGITS_LABEL + transcript).digest()) % 10**DIGITS
    text = f"{number:0{DIGITS}d}"
    return " ".join(text[start : start + 3] for start in range(0, DIGITS, 3))


def same_digits(expected: str, given: str) -> bool:
    """Whether what a person typed is the expected digits; spaces and dashes do not matter."""
    return re.sub(r"[\s\-.]", "", given) == expected.replace(" ", "")


def agree_suites(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the suites that both accept, in this node's order of preference."""
    return tuple(suite for suite in mine if suite in theirs)


def agreed_suite(theirs: tuple[str, ...]) -> str | None:
    """Return the suite to send with to a partner that accepts `theirs`, or None."""
    return next(iter(agree_suites(SUITES, theirs)), None)


def check_card(card: Card) -> None:
    """Raise `BadPairing` unless a node with this card could be paired with."""
    if not _NAME.match(card.name):
        raise BadPairing(why=N_("the partner's name is not lower-case letters, digits and dashes"))
    if len(card.state) != 2 or not card.state.isascii() or not card.state.isupper():
        raise BadPairing(why=N_("the partner's State is not a code of two letters"))
    if card.tls_pin is not None and not re.fullmatch(r"[0-9a-f]{64}", card.tls_pin):
        raise BadPairing(why=N_("the partner's TLS pin is malformed"))
    lengths = (len(card.keys.ed25519), len(card.keys.mldsa44), len(card.keys.sealing))
    if lengths != (32, 1312, 1216):
        raise BadPairing(why=N_("the partner's keys are not of the agreed kinds"))
    if not _is_origin(card.origin) or not card.organisation:
        raise BadPairing(why=N_("the partner's origin or organisation is malformed"))


def _is_origin(origin: str) -> bool:
    try:
        return check_origin(origin) == origin
    except BadOrigin:
        return False
