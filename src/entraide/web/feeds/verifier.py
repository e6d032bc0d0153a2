"""The stand-alone verifier of proofs, handed out as it is: one file, for who does not trust this program."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest

import entraide
from entraide.kernel.node import Node
from entraide.keys.api import dated_fingerprint
from entraide.web.feeds.answers import Made, machine_readable

NAME = "verify_entraide.py"
PLACES = (Path(__file__).parent / "handed_out" / NAME, Path(entraide.__file__).parents[2] / "conformance" / NAME)
"""Where it lies in an installed package, and in a checkout."""


@machine_readable
def verifier(_request: HttpRequest) -> Made:
    """Answer the verifier's source."""
    return Made("text/x-python; charset=utf-8", read_verifier, filename=NAME)


@cache
def read_verifier() -> bytes:
    """Return the verifier's source."""
    return next(place for place in PLACES if place.is_file()).read_bytes()


def list_fingerprints(node: Node) -> list[str]:
    """Return the fingerprint of each generation of the node's keys with its days, as the verifier takes them."""
    return [dated_fingerprint(keys) for keys in reversed(node.keyring.history.generations)]
