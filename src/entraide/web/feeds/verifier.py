"""The stand-alone verifier of proofs, handed out as it is: one file, for who does not trust this program."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

import entraide
from entraide.kernel.node import Node
from entraide.keys.api import dated_fingerprint
from entraide.web.feeds.answers import Made, machine_readable
from entraide.web.http import node_of

NAME = "verify_entraide.py"
PLACES = (Path(__file__).parent / "handed_out" / NAME, Path(entraide.__file__).parents[2] / "conformance" / NAME)
"""Where it lies in an installed package, and in a checkout."""


@require_safe
def show_verify(request: HttpRequest) -> HttpResponse:
    """Say how to verify a proof, with the fingerprints of this node's keys."""
    context = {
        "fingerprints": _fingerprints(node_of(request)),
        "said": {name: format_html('<code lang="en">{}</code>', words) for name, words in _SAID.items()},
        "trail": [
            {"label": gettext("Register"), "href": reverse("register:home")},
            {"label": gettext("Data"), "href": reverse("feeds:data")},
            {"label": gettext("Verify a proof")},
        ],
    }
    return render(request, "feeds/verify.html", context)


@machine_readable
def verifier(_request: HttpRequest) -> Made:
    """Answer the verifier's source."""
    return Made("text/x-python; charset=utf-8", read_verifier, filename=NAME)


@cache
def read_verifier() -> bytes:
    """Return the verifier's source."""
    return next(place for place in PLACES if place.is_file()).read_bytes()


_SAID = {"holds": "HOLDS", "unknown": "HOLDS, KEYS NOT COMPARED", "fails": "DOES NOT HOLD"}
"""What the verifier's last line begins with."""


def _fingerprints(node: Node) -> list[str]:
    """Return the fingerprint of each generation of the node's keys with its days, as the verifier takes them."""
    return [dated_fingerprint(keys) for keys in reversed(node.keyring.history.generations)]
